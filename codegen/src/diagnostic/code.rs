//! The stable codes of all diagnostics.

macro_rules! codes {
    ($($variant:ident = $name:literal, $about:literal;)*) => {
        /// What kind of fault it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $about] $variant,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What the code is about, in one sentence.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $about,)* }
            }
        }
    };
}

codes! {
    Unreadable = "unreadable", "A file is missing, cannot be read or is not UTF-8.";
    Structure = "structure", "A file is not YAML, or a node has another kind than the dialect wants.";
    UnknownKey = "unknown-key", "A key is not part of the dialect.";
    DuplicateName = "duplicate-name", "A name is given twice: a key in one mapping, a type in two files, an error name.";
    UnknownReference = "unknown-reference", "A type, mixin, quirk, field or view is named that nobody defines.";
    UnknownDocument = "unknown-document", "A source cites a document that `api.yaml` does not list.";
    UnknownError = "unknown-error", "An error code is used that `errors.yaml` does not explain.";
    NameCollision = "name-collision", "Two different names become the same Rust name.";
    BadName = "bad-name", "A name would escape its folder, its string or the Rust grammar.";
    MissingText = "missing-text", "Prose is missing, in one language or in both.";
    MissingSource = "missing-source", "A statement does not say where it is documented.";
    LimitWithoutUnit = "limit-without-unit", "A limit is a bare number or has a unit that does not exist.";
    BadLimit = "bad-limit", "A limit cannot hold: its unit does not fit the type, or the least exceeds the most.";
    DeclaredDiffers = "declared-differs", "A page prints another limit than the one enforced, and no quirk says why.";
    BadType = "bad-type", "A type is defined in no way or in two, or refers to itself without end.";
    BadView = "bad-view", "A view is missing where one is needed, or given where there is none.";
    BadUnion = "bad-union", "The variants of a union cannot be told apart or written.";
    BadRule = "bad-rule", "A rule is none or several at once, or cannot be applied to its fields.";
    BadPaging = "bad-paging", "Paging names fields that do not fit together.";
    BadExample = "bad-example", "An example breaks the spec it illustrates.";
    BadValue = "bad-value", "A value of `api.yaml` or of an endpoint's head is malformed.";
    Unused = "unused", "A type, view or quirk is defined and never used.";
}
