//! The fields of a request or a response as one table: what is nested stands right below what holds it, and every field
//! has an anchor that is the same in both languages.

use std::collections::HashMap;

use super::super::prose;
use super::fields;
use super::language::Way;
use super::markdown::{code, link};
use super::origins::Origins;
use super::page::Page;
use crate::model::keys::{Key, Keys, What};
use crate::model::walk::below;
use crate::model::{Source, TypeId};

/// A row: the field, its type, whether it is required, and what it is.
pub(super) type Row = [String; 4];

/// How far a level is moved to the right.
const INDENT: &str = "&nbsp;&nbsp;&nbsp;";

/// The table of everything below some keys; `first` rows come before them.
pub(super) fn table<'a>(page: &mut Page<'a>, way: Way, first: Vec<Row>, keys: &Keys<'a>) {
    let alone = keys.len() == 1;
    let mut tree =
        Tree { way, rows: first, entered: Vec::new(), told: HashMap::new(), alone, origins: Origins::default() };
    tree.level(page, &Place::default(), keys);
    let words = page.docs.words;
    if tree.rows.is_empty() {
        page.block(words.no_fields);
        return;
    }
    let required = if way == Way::Sent { words.required } else { words.always };
    page.table([words.field, words.type_, required, words.meaning], &tree.rows);
    tree.origins.fold(page);
}

/// The table of one level: what is nested has a section of its own. The anchors begin with the name of the type.
pub(super) fn flat<'a>(page: &mut Page<'a>, way: Way, name: &str, keys: &Keys<'a>) {
    let mut origins = Origins::default();
    let rows: Vec<Row> = keys
        .values()
        .map(|key| {
            let path = format!("{name}.{}", key.wire);
            let anchor = page.field_anchor(way, &path, &path);
            let [ty, required, meaning] = fields::cells(page, way, key);
            read(&mut origins, page, key, &path, &anchor);
            [format!("<a id=\"{anchor}\"></a>{}", code(key.wire)), ty, required, meaning]
        })
        .collect();
    let words = page.docs.words;
    if rows.is_empty() {
        page.block(words.no_fields);
        return;
    }
    let required = if way == Way::Sent { words.required } else { words.always };
    page.table([words.field, words.type_, required, words.meaning], &rows);
    origins.fold(page);
}

/// Where a field was read, and those of its values that were read elsewhere.
fn read(origins: &mut Origins, page: &Page<'_>, key: &Key<'_>, path: &str, anchor: &str) {
    let own: Vec<&Source> = key.parts.iter().flat_map(|part| part.sources).collect();
    let elsewhere =
        key.values(page.docs.model).into_iter().filter(|one| !one.sources.iter().all(|it| own.contains(&it)));
    origins.field(path, anchor, own.iter().copied());
    for one in elsewhere {
        let value = prose::plain_value(&one.value);
        origins.field(&format!("{path}: {value}"), anchor, one.sources);
    }
}

/// A row for a field that every endpoint has.
pub(super) fn plain_row(page: &Page<'_>, name: &str, ty: &str, required: bool, meaning: &str) -> Row {
    let required = if required { page.docs.words.yes } else { "" };
    [code(name), code(ty), required.to_owned(), page.words(meaning)]
}

/// Where in the JSON a level is.
#[derive(Clone, Default)]
struct Place {
    depth: usize,
    /// The whole path: `cash.base_info`.
    path: String,
    /// The same without the keys by which a union tells its variants, which are many for one and the same field.
    short: String,
}

struct Tree {
    way: Way,
    rows: Vec<Row>,
    /// The types on the way from the top to here.
    entered: Vec<TypeId>,
    /// The types whose fields stand above already, with the place where they do.
    told: HashMap<Vec<TypeId>, (String, String)>,
    /// Whether one key at the top holds all the others.
    alone: bool,
    origins: Origins,
}

impl Tree {
    fn level<'a>(&mut self, page: &mut Page<'a>, place: &Place, keys: &Keys<'a>) {
        let mut ordered: Vec<&Key<'a>> = keys.values().collect();
        if self.way == Way::Sent {
            // What has to be there first, then what may have to be.
            ordered.sort_by_key(|key| (!key.required, prose::required_if(prose::Lang::En, key).is_none()));
        }
        for key in ordered {
            self.key(page, place, key);
        }
    }

    fn key<'a>(&mut self, page: &mut Page<'a>, place: &Place, key: &Key<'a>) {
        let here = place.inside(key);
        let anchor = page.field_anchor(self.way, &here.short, &here.path);
        let [ty, required, mut meaning] = fields::cells(page, self.way, key);
        let nested = below(page.docs.model, key, &self.entered);
        let open = nested.iter().find(|below| self.told.contains_key(&below.types));
        if let Some((target, words)) = open.and_then(|below| self.told.get(&below.types)) {
            let as_above = page.docs.words.as_above.replace("{field}", &link(&code(words), &format!("#{target}")));
            meaning = if meaning.is_empty() { as_above } else { format!("{meaning}\n{as_above}") };
        }
        let indent = INDENT.repeat(place.depth);
        let field = format!("<a id=\"{anchor}\"></a>{indent}{}", code(key.wire));
        self.rows.push([field, ty, required, meaning]);
        let name = if here.short.is_empty() { &here.path } else { &here.short };
        read(&mut self.origins, page, key, name, &anchor);
        for below in nested {
            if self.told.contains_key(&below.types) {
                continue;
            }
            self.told.insert(below.types.clone(), (anchor.clone(), here.path.clone()));
            let depth = self.entered.len();
            self.entered.extend(&below.types);
            // What holds all of a request is no part of how people call a field.
            let short = if self.alone { String::new() } else { here.short.clone() };
            self.alone = false;
            self.level(page, &Place { depth: place.depth + 1, short, ..here.clone() }, &below.keys);
            self.entered.truncate(depth);
        }
    }
}

impl Place {
    fn inside(&self, key: &Key<'_>) -> Self {
        let join = |path: &str| if path.is_empty() { key.wire.to_owned() } else { format!("{path}.{}", key.wire) };
        let is_variant = key.parts.iter().all(|part| matches!(part.what, What::Content(..)));
        let short = if is_variant { self.short.clone() } else { join(&self.short) };
        Self { depth: self.depth, path: join(&self.path), short }
    }
}
