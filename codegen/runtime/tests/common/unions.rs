//! Unions of all shapes.

use weixin_runtime::{Content, UnionShape, VariantShape};

const fn variant(name: &'static str, value: &'static str, content: Content) -> VariantShape {
    VariantShape { name, value, also: &[], content, when: &[] }
}

object! {
    /// What two variants of a figure hold.
    Circle 0b01 { base: Base = "base", note: Option<String> = "note" }
}

object! {
    /// A radius, and terms.
    Base 0b01 { radius: u32 = "radius", terms: Option<Vec<Term>> = "terms" }
}

impl Circle {
    pub(crate) fn of(radius: u32) -> Self {
        Circle { base: Base { radius, terms: None }, note: None }
    }
}

object! {
    /// A number of days.
    Days 0b01 { days: u64 = "days", hours: Option<u32> = "hours" }
}

union! {
    /// A union with its tag beside the fields. The tag is a number somewhere.
    Term UnionShape {
        name: "Term",
        tag: "type",
        tagged: true,
        variants: &[
            VariantShape { also: &["1", "DAY"], ..variant("Days", "DAYS", Content::Inline) },
            VariantShape { also: &["2"], ..variant("Forever", "FOREVER", Content::Unit) },
        ],
    }, { 0 Days(Days); 1 Forever }
}

union! {
    /// A union with its content under a key; a point is a circle whose `base.radius` is 0, with or without a sign.
    Figure UnionShape {
        name: "Figure",
        tag: "kind",
        tagged: true,
        variants: &[
            VariantShape {
                when: &[(&["base", "radius"], &["0", "-0"])], ..variant("Point", "CIRCLE", Content::Keyed("circle"))
            },
            variant("Circle", "CIRCLE", Content::Keyed("circle")),
            variant("Group", "GROUP", Content::Keyed("group")),
        ],
    }, { 0 Point(Circle), 1 Circle(Circle), 2 Group(Group) }
}

object! {
    /// Figures inside of a figure.
    Group 0 { figures: Option<Vec<Figure>> = "figures" }
}

union! {
    /// A union without a tag.
    FigureChange UnionShape {
        name: "FigureChange",
        tag: "figure",
        tagged: false,
        variants: &[
            variant("Circle", "", Content::Keyed("circle")),
            variant("Square", "", Content::Keyed("square")),
        ],
    }, { 0 Circle(Circle), 1 Square(Days) }
}

object! {
    /// Has a union beside its keys that must be there.
    Change 0b011 { id: String = "id", figure: FigureChange = "", note: Option<String> = "note" }
}

object! {
    /// Has unions beside its keys that may be absent.
    Mixed 0 {
        id: Option<String> = "id",
        figure: Option<FigureChange> = "",
        term: Option<Term> = "",
        list: Option<Vec<Change>> = "list",
        named: Option<Named> = "named",
    }
}

object! {
    /// Holds a union under a key, and strangers that look like its keys.
    Named 0 { figure: Option<Figure> = "figure", note: Option<String> = "note" }
}
