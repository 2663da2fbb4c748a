//! The axes on which rules lie, and the three effects a change can have.

/// Gives an enum the names that ids and output use.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// The name in ids and output; empty where the axis adds nothing.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }
    };
}

named! {
    /// Which way the statement's values travel.
    Direction {
        /// In the body of a request, or in a type that is sent.
        Request = "request",
        /// In the query of a request.
        Query = "query",
        /// In a response, or in a type that is received.
        Response = "response",
        /// In a push.
        Event = "event",
        /// The direction makes no difference.
        None = "",
    }
}

named! {
    /// What the statement is about.
    Area {
        /// A field.
        Field = "field",
        /// Whether a field must be there.
        Required = "field-required",
        /// The type of a field or of a variant's content.
        Type = "field-type",
        /// A limit that the validator checks.
        Limit = "field-limit",
        /// What such a limit counts.
        LimitUnit = "field-limit-unit",
        /// Whether the keys of a field's union stand beside the other fields.
        Flatten = "field-flatten",
        /// In which view of an object something occurs.
        View = "view",
        /// A value of an enumeration.
        Value = "enum-value",
        /// Other values that are read as one.
        Also = "also",
        /// The form that responses give in place of the values.
        ResponseForm = "response-form",
        /// What responses give in place of one value.
        ResponseValue = "response-value",
        /// A variant of a union.
        Variant = "union-variant",
        /// The key of a variant's content.
        VariantKey = "union-key",
        /// What tells variants with one tag value apart.
        Condition = "union-condition",
        /// The tag of a union.
        Tag = "union-tag",
        /// Where the fields of variants stand.
        Content = "union-content",
        /// A type.
        NamedType = "type",
        /// What a type is made of.
        TypeKind = "type-kind",
        /// A Rust name.
        Name = "name",
        /// The order of the arguments of `new`.
        Arguments = "argument-order",
        /// A limit that is printed and not checked.
        Printed = "printed-limit",
        /// The type column as printed.
        Declared = "declared",
        /// A quirk.
        Quirk = "quirk",
        /// What WeChat assumes for a field that is not sent.
        Default = "default",
        /// Whether an empty text or list clears the field.
        Clears = "clears",
        /// Whether the value is a credential.
        Secret = "secret",
        /// The unit of a number.
        Unit = "unit",
        /// Whether a change sends the card back to review.
        Review = "review",
        /// A condition only the caller can know.
        RequiredIf = "required-if",
        /// A cross-field rule.
        Rule = "rule",
        /// The code a broken rule or limit leads to.
        RuleError = "rule-error",
        /// The code that a missing field leads to.
        MissingError = "missing-error",
        /// Prose.
        Doc = "doc",
        /// An example.
        Example = "example",
        /// Where a statement is documented.
        Source = "source",
        /// An endpoint.
        Endpoint = "endpoint",
        /// Its verb.
        Method = "method",
        /// How its body is written.
        Body = "body",
        /// Whether it may be repeated.
        Repeat = "repeat",
        /// What proves success.
        Success = "success",
        /// How to read on.
        Paging = "paging",
        /// The list that comes page by page.
        PagingItems = "paging-items",
        /// How the next page is asked for.
        PagingCursor = "paging-cursor",
        /// The field that says how many items are wanted.
        PagingSize = "paging-size",
        /// The field that tells the last page.
        PagingTotal = "paging-total",
        /// The most items on one page.
        PagingMax = "paging-max",
        /// The code that means "no more".
        PagingEnd = "paging-end",
        /// Whether the call carries the access token.
        TokenUse = "token-use",
        /// Which kinds of account may call.
        Account = "account",
        /// How to find out what a lost call did.
        FindOut = "find-out",
        /// Which call tells what a lost one did.
        Verify = "verify",
        /// How often an account may call it.
        Quota = "quota",
        /// What became of it.
        Closed = "closed",
        /// What part of an endpoint no longer works.
        Restricted = "restricted",
        /// A code it is documented to return.
        EndpointError = "endpoint-error",
        /// A push.
        Push = "event",
        /// By which values it is known.
        KnownBy = "event-known-by",
        /// An error code.
        ErrorCode = "error-code",
        /// Its class, from which retrying follows.
        ErrorClass = "error-class",
        /// Whether any endpoint may return a code.
        General = "error-general",
        /// What it means.
        ErrorText = "error-text",
        /// A source document.
        Document = "document",
        /// The day a document was read.
        Read = "document-read",
        /// The text of a section as it was transcribed.
        Section = "document-section",
        /// The language of a document.
        Language = "document-language",
        /// Where a document is on the web.
        Url = "document-url",
        /// Whether a document is a page of those who run the interface.
        Official = "document-official",
        /// The host.
        Host = "host",
        /// The zone in which days are counted.
        Zone = "zone",
        /// The query parameter with the access token.
        Token = "token",
        /// How the client gets an access token.
        TokenIssue = "token-issue",
        /// How the client gets a ticket with which pages sign.
        Ticket = "ticket",
        /// How an object is signed that pages hand out.
        Signed = "signed",
        /// The fields that tell an error.
        Envelope = "envelope",
        /// What marks the id of a call in the message.
        Trace = "trace",
        /// Where the reference is published.
        Reference = "reference",
        /// How pushes are signed, encrypted and told apart.
        PushScheme = "push",
        /// By which codes a server refuses a request.
        Refusals = "refusals",
        /// The name of the generated crate.
        Crate = "crate",
        /// The version of the generated crate.
        Version = "crate-version",
        /// A folder of the spec; it comes and goes with what is in it.
        Module = "module",
    }
}

named! {
    /// What tells two rules of one area apart.
    Kind {
        /// Nothing.
        Any = "",
        /// The field may be missing.
        Optional = "optional",
        /// The field must be there.
        Required = "required",
        /// The JSON is the same, the Rust type another.
        Rust = "rust",
        /// JSON and Rust are the same, the meaning of the number another.
        Meaning = "meaning",
        /// A rule that no machine checks.
        Note = "note",
    }
}

named! {
    /// What happened to the statement.
    Action {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It says something else.
        Changed = "changed",
        /// It says something else, and allows less.
        Tightened = "tightened",
        /// It says something else, and allows more.
        Loosened = "loosened",
    }
}

named! {
    /// What happens between a program and WeChat.
    Wire {
        /// Nothing.
        None = "none",
        /// There is something new; what was right before still is.
        Compatible = "compatible",
        /// What was right before may now be wrong.
        Breaking = "breaking",
    }
}

named! {
    /// What happens to a program that uses the crate.
    Rust {
        /// It sees no difference.
        None = "none",
        /// It compiles and behaves as before; documentation or details behind the API change.
        Patch = "patch",
        /// It compiles; there is something new, or a validator refuses more.
        Minor = "minor",
        /// It may no longer compile.
        Major = "major",
    }
}

named! {
    /// What happens to the validators.
    Validators {
        /// Nothing.
        None = "none",
        /// They accept more.
        Looser = "looser",
        /// They refuse more.
        Stricter = "stricter",
    }
}

/// The three effects of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Effects {
    /// Between a program and WeChat.
    pub wire: Wire,
    /// On a program that uses the crate.
    pub rust: Rust,
    /// On the validators.
    pub validators: Validators,
}

impl Effects {
    /// For sorting: what breaks something stands first.
    #[must_use]
    pub fn severity(self) -> (bool, Wire, Rust, Validators) {
        (self.breaks(), self.wire, self.rust, self.validators)
    }

    /// Whether `--deny breaking` counts it: the wire breaks, the Rust API needs a major version, or a validator
    /// refuses what it accepted.
    #[must_use]
    pub fn breaks(self) -> bool {
        self.wire == Wire::Breaking || self.rust == Rust::Major || self.validators == Validators::Stricter
    }

    /// Whether nothing here is worse than there.
    #[must_use]
    pub fn within(self, other: Self) -> bool {
        self.wire <= other.wire && self.rust <= other.rust && self.validators <= other.validators
    }
}
