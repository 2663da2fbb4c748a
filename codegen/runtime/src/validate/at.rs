//! A place in a request.

use std::fmt;

/// A place in a request. It lives on the stack and becomes text only when there is a violation to tell:
/// `card.groupon.base_info.list[3]`.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Field(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    /// The request itself.
    pub const fn root() -> At<'a> {
        At { parent: None, step: Step::Root }
    }

    /// A field of the object at this place, or a dotted path of fields.
    pub const fn field<'b>(&'b self, name: &'b str) -> At<'b> {
        At { parent: Some(self), step: Step::Field(name) }
    }

    /// An item of the list at this place.
    pub const fn index(&self, index: usize) -> At<'_> {
        At { parent: Some(self), step: Step::Index(index) }
    }

    fn is_root(&self) -> bool {
        matches!(self.step, Step::Root)
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Field(name) if self.parent.is_none_or(At::is_root) => f.write_str(name),
            Step::Field(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::At;

    #[test]
    fn a_path() {
        let root = At::root();
        assert_eq!(root.to_string(), "");
        let path = root.field("card").field("groupon.base_info").field("list").index(3).to_string();
        assert_eq!(path, "card.groupon.base_info.list[3]");
        assert_eq!(root.index(1).field("a").to_string(), "[1].a");
    }
}
