//! The stable codes of all diagnostics.

macro_rules! codes {
    ($($variant:ident = $name:literal, $about:literal, $mend:literal;)*) => {
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

            /// How to mend it, in a sentence or two.
            #[must_use]
            pub fn mend(self) -> &'static str {
                match self { $(Self::$variant => $mend,)* }
            }
        }
    };
}

codes! {
    Unreadable = "unreadable", "A file is missing, cannot be read or is not UTF-8.",
        "Restore the file, or save it as UTF-8.";
    Structure = "structure", "A file is not YAML, or a node has another kind than the dialect wants.",
        "Compare the node with the example of its kind in `DIALECT.md`; a text that holds `: ` or begins with a sign needs quotes.";
    UnknownKey = "unknown-key", "A key is not part of the dialect.",
        "Take the proposed key, or look it up in `DIALECT.md`.";
    DuplicateName = "duplicate-name", "A name is given twice: a key in one mapping, a type in two files, an error name.",
        "Remove one of the two, or rename it. Names of types are unique in the whole spec.";
    UnknownReference = "unknown-reference", "A type, mixin, quirk, field or view is named that nobody defines.",
        "Take the proposed name, or define what is missing: types under `types:` or in a `types/` folder, quirks under `quirks:`, views in `api.yaml`.";
    UnknownDocument = "unknown-document", "A source cites a document that `api.yaml` does not list.",
        "Take the proposed id, or add the document to `documents` in `api.yaml`.";
    UnknownError = "unknown-error", "An error code is used that `errors.yaml` does not explain.",
        "Add the code to `errors.yaml`, with its name, class, text, cause and remedy.";
    NameCollision = "name-collision", "Two different names become the same Rust name.",
        "Give one of them another Rust name: `rust:` at a field, `name:` at a value or an endpoint.";
    BadName = "bad-name", "A name would escape its folder, its string or the Rust grammar.",
        "Use letters, digits, `_` and `-`; keep quotes, control characters and comment ends out of names and prose.";
    MissingText = "missing-text", "Prose is missing, in one language or in both.",
        "Write the prose in both languages: `{ en: …, zh: … }`.";
    MissingSource = "missing-source", "A statement does not say where it is documented.",
        "Add `source: DOCUMENT#heading`.";
    LimitWithoutUnit = "limit-without-unit", "A limit is a bare number or has a unit that does not exist.",
        "Write `{ bytes: 64 }` for what a page prints as `string(64)`; the other units are `chars`, `items` and `value`.";
    BadLimit = "bad-limit", "A limit cannot hold: its unit does not fit the type, or the least exceeds the most.",
        "Text has `bytes` and `chars`, numbers `value`, lists `items`. What nobody can check goes into `unenforced`.";
    DeclaredDiffers = "declared-differs", "A page prints another limit than the one enforced, and no quirk says why.",
        "Enforce what the page prints, or name the quirk that says why we do not.";
    BadType = "bad-type", "A type is defined in no way or in two, or refers to itself without end.",
        "Give exactly one of `type`, `enum`, `fields` and `union`, and end every alias at a scalar or an object.";
    BadView = "bad-view", "A view is missing where one is needed, or given where there is none.",
        "Say `in:` at each field of an object with views, and `view:` where such an object is used outside of them.";
    BadUnion = "bad-union", "The variants of a union cannot be told apart or written.",
        "Give each variant a value of its own, or `when:` to all but the last that share one.";
    BadRule = "bad-rule", "A rule is none or several at once, or cannot be applied to its fields.",
        "Give exactly one kind of rule, and paths that lead through objects to fields of the right type.";
    BadPaging = "bad-paging", "Paging names fields that do not fit together.",
        "`cursor`, `offset` and `size` are fields of the request; `items`, `next`, `count` and `total` of the response.";
    BadExample = "bad-example", "An example breaks the spec it illustrates.",
        "Mend the example; where the page really shows it, mend the spec: the widest wins.";
    BadValue = "bad-value", "A value of `api.yaml` or of an endpoint's head is malformed.",
        "Follow the form that the message shows.";
    Unused = "unused", "A type, view or quirk is defined and never used.",
        "Use it, or remove it.";
}
