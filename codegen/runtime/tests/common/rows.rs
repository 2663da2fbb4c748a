//! Objects with fields of every kind.

use std::collections::BTreeMap;

use weixin_runtime::{self as rt, *};

use super::{Days, Figure};

/// An open enumeration of integers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Level {
    Low,
    Unknown(Unknown<i64>),
}

impl From<i64> for Level {
    fn from(value: i64) -> Self {
        match value {
            0 => Level::Low,
            other => Level::Unknown(private::unknown(other)),
        }
    }
}

impl Blank for Level {
    const BLANK: Self = Level::Unknown(Unknown::<i64>::BLANK);
}

impl Field for Level {
    fn view(&self) -> View<'_> {
        match self {
            Level::Low => View::Int(0),
            Level::Unknown(value) => View::Int(*value.get()),
        }
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        *self = reader.option()?.into();
        Ok(())
    }
}

/// An open enumeration of texts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mode {
    On,
    Unknown(Unknown<String>),
}

impl From<String> for Mode {
    fn from(value: String) -> Self {
        match value.as_str() {
            "ON" => Mode::On,
            _ => Mode::Unknown(private::unknown(value)),
        }
    }
}

impl Blank for Mode {
    const BLANK: Self = Mode::Unknown(Unknown::<String>::BLANK);
}

impl Field for Mode {
    fn view(&self) -> View<'_> {
        match self {
            Mode::On => View::Text("ON"),
            Mode::Unknown(value) => View::Text(value.get()),
        }
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        *self = reader.text()?.into_owned().into();
        Ok(())
    }
}

object! {
    /// A field of every kind, all of which may be absent.
    Row 0 {
        text: Option<String> = "text",
        int: Option<i64> = "int",
        small: Option<i32> = "small",
        uint: Option<u64> = "uint",
        short: Option<u32> = "short",
        on: Option<bool> = "on",
        level: Option<Level> = "level",
        mode: Option<Mode> = "mode",
        days: Option<Days> = "days",
        list: Option<Vec<Days>> = "list",
        texts: Option<Vec<String>> = "texts",
        numbers: Option<Vec<u32>> = "numbers",
        map: Option<BTreeMap<String, Days>> = "map",
        figure: Option<Figure> = "figure",
        places: Option<OrText<Vec<u32>>> = "places",
        json: Option<Json> = "json",
        last: Option<String> = "last",
    }
}

object! {
    /// Many rows.
    Rows 0 { rows: Vec<Row> = "rows", total: Option<u32> = "total" }
}

object! {
    /// Lists in lists, and in maps.
    Sheet 0 {
        cells: Option<Vec<Vec<String>>> = "cells",
        columns: Option<BTreeMap<String, Vec<u64>>> = "columns",
        total: Option<u32> = "total",
    }
}

object! {
    /// A type that holds itself in a list.
    Node 0b01 { id: u32 = "id", nodes: Option<Vec<Node>> = "nodes", note: Option<String> = "note" }
}

/// A type that holds itself.
#[derive(Clone)]
pub(crate) struct Tree {
    pub(crate) id: u32,
    pub(crate) left: Option<Box<Tree>>,
    pub(crate) right: Option<Box<Tree>>,
    pub(crate) nodes: Option<Vec<Node>>,
}

static TREE: rt::Shape = rt::Shape::new("Tree", &["id", "left", "right", "nodes"], &["id"]);

impl Object for Tree {
    fn lend(&self, to: rt::Borrower<'_>) {
        to(&TREE, &[&self.id, &rt::Boxed(&self.left), &rt::Boxed(&self.right), &self.nodes]);
    }

    fn fill(&mut self, reader: &mut Reader<'_>) -> Done {
        reader.object(
            &TREE,
            &mut [&mut self.id, &mut rt::Boxed(&mut self.left), &mut rt::Boxed(&mut self.right), &mut self.nodes],
        )
    }
}

impl Blank for Tree {
    const BLANK: Self = Self { id: 0, left: None, right: None, nodes: None };
}

through_view!(Tree);
