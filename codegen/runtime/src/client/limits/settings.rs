//! What is limited, and how much.

use std::collections::BTreeMap;

use crate::endpoint::Endpoint;

/// How many requests a client sends, so that it stays below a quota of the server.
///
/// Every request counts that is sent, those included that are sent again after a failure; those that get access tokens do
/// not count. The clones of a client share its limits. A client [for another account](crate::Client::for_account), or for
/// another token source, has a day's count of its own, as the quotas of the server are those of an account; the limit per
/// second it shares.
///
/// ```
/// use weixin_runtime::{Client, Limits, Over};
///
/// let limits = Limits::new().per_second(20).burst(5).per_day(100_000).when_over(Over::Fail);
/// let client = Client::builder().access_token("a token").limits(limits).build()?;
/// # Ok::<(), weixin_runtime::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Limits {
    pub(super) all: Limit,
    /// By the names of the endpoints.
    pub(super) endpoints: BTreeMap<&'static str, Limit>,
    pub(super) over: Over,
}

/// What becomes of a call that would go over a limit. Either way the error, if there is one, says that nothing was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Over {
    /// It waits for its turn, in the order in which calls come. One whose time as a whole does not suffice for that fails:
    /// at once where that is certain.
    #[default]
    Wait,
    /// It fails at once.
    Fail,
}

impl Limits {
    /// No limit yet. What goes over one waits.
    #[must_use]
    pub fn new() -> Self {
        Limits::default()
    }

    /// So many requests a second, evenly spread unless [`burst`](Self::burst) is set.
    #[must_use]
    pub fn per_second(self, most: u32) -> Self {
        Limits { all: self.all.per_second(most), ..self }
    }

    /// So many requests may follow each other at once after a time of rest; 1 unless set. A second may then see as many
    /// more as the limit per second has.
    #[must_use]
    pub fn burst(self, most: u32) -> Self {
        Limits { all: self.all.burst(most), ..self }
    }

    /// So many requests a day, whose end is midnight where the server is. What was sent before the client was set up, or by
    /// others, it does not know.
    #[must_use]
    pub fn per_day(self, most: u64) -> Self {
        Limits { all: self.all.per_day(most), ..self }
    }

    /// A limit for the requests of one type, beside that for all.
    #[must_use]
    pub fn endpoint<E: Endpoint>(mut self, limit: Limit) -> Self {
        self.endpoints.insert(E::META.name, limit);
        self
    }

    /// What becomes of a call that would go over a limit. It waits unless set otherwise.
    #[must_use]
    pub fn when_over(self, over: Over) -> Self {
        Limits { over, ..self }
    }
}

/// A limit for some requests: the figures of [`Limits`].
#[derive(Clone, Debug, Default)]
pub struct Limit {
    pub(super) per_second: Option<u32>,
    pub(super) burst: Option<u32>,
    pub(super) per_day: Option<u64>,
}

impl Limit {
    /// No limit yet.
    #[must_use]
    pub fn new() -> Self {
        Limit::default()
    }

    /// So many requests a second, evenly spread unless [`burst`](Self::burst) is set.
    #[must_use]
    pub fn per_second(self, most: u32) -> Self {
        Limit { per_second: Some(most), ..self }
    }

    /// So many requests may follow each other at once after a time of rest; 1 unless set.
    #[must_use]
    pub fn burst(self, most: u32) -> Self {
        Limit { burst: Some(most), ..self }
    }

    /// So many requests a day, whose end is midnight where the server is.
    #[must_use]
    pub fn per_day(self, most: u64) -> Self {
        Limit { per_day: Some(most), ..self }
    }
}
