//! The one error of all calls.

mod display;
mod explain;
mod made;
mod no_token;
mod waiting;

use std::error::Error as StdError;
use std::time::Duration;

use crate::meta::{CodeInfo, ErrorClass, Meta, Repeat};
use crate::response::RawResponse;
use crate::validate::Violations;

pub(crate) use no_token::{Late, Missing, NoToken};

use no_token::Source;

/// Why a call failed. Ask it with its predicates; print it for a log line; [`explain`](Error::explain) it to people.
///
/// Neither `Display` nor `Debug` ever shows an access token, or the URL that carries it.
pub struct Error(Box<Inner>);

struct Inner {
    endpoint: Option<&'static Meta>,
    fault: Fault,
    /// The attempts before the last one.
    attempts: Vec<Attempt>,
}

/// An attempt of a call that failed, after which it was sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// How long it took, with the pause before it.
    pub took: Duration,
    /// Why it failed, as a log line.
    pub failed: String,
}

pub(crate) enum Fault {
    /// The server answered with an error code.
    Api(Api),
    /// The request breaks documented limits and was not sent.
    Invalid(Violations),
    /// The response or the push is not what is documented.
    Decode { subject: Subject, response: RawResponse, path: String, message: String },
    /// An HTTP status that tells of failure, and no error code.
    Status(RawResponse),
    /// The response is larger than the client accepts.
    TooLarge { limit: usize, status: u16 },
    /// The response never came.
    Transport { source: Source, timeout: bool, connect: bool },
    /// There is no access token, or no other.
    Token(NoToken),
    /// A limit that the client was given is reached, and the request was not sent.
    #[cfg_attr(not(feature = "limits"), allow(dead_code))]
    LocalLimit(LocalLimit),
    /// A page leads to no further one: what repeats.
    #[cfg_attr(not(feature = "client"), allow(dead_code))]
    Paging(String),
    /// The client was set up wrongly.
    #[cfg_attr(not(feature = "client"), allow(dead_code))]
    Config(String),
}

pub(crate) struct Api {
    pub(crate) code: i64,
    pub(crate) errmsg: String,
    pub(crate) response: RawResponse,
}

/// A limit that the client was given.
pub(crate) struct LocalLimit {
    pub(crate) most: u64,
    /// Whether it is one per day, or one per second.
    pub(crate) per_day: bool,
    /// Whether it is that of one endpoint alone.
    pub(crate) own: bool,
}

/// What could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Response,
    Push,
}

impl Error {
    pub(crate) fn new(endpoint: Option<&'static Meta>, fault: Fault) -> Self {
        Error(Box::new(Inner { endpoint, fault, attempts: Vec::new() }))
    }

    /// The same, of a call that was sent before.
    #[cfg(feature = "client")]
    pub(crate) fn after(mut self, attempts: Vec<Attempt>) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// The attempts before the last one, which this error is about.
    pub fn attempts(&self) -> &[Attempt] {
        &self.0.attempts
    }

    /// Whether the server refused the access token.
    #[cfg(feature = "client")]
    pub(crate) fn is_refused_token(&self) -> bool {
        self.class() == Some(ErrorClass::Token) && matches!(self.0.fault, Fault::Api(_))
    }

    /// Whether no secure connection could be made: that does not pass.
    #[cfg(feature = "client")]
    pub(crate) fn is_insecure(&self) -> bool {
        matches!(&self.0.fault, Fault::Transport { source, connect: true, .. } if display::is_tls(&**source))
    }

    /// Whether the response never came, or not whole.
    pub fn is_transport(&self) -> bool {
        matches!(self.0.fault, Fault::Transport { .. })
    }

    /// For transports of your own: the response never came. Take care that the source does not show the URL.
    pub fn transport(endpoint: &'static Meta, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Error::new(Some(endpoint), Fault::Transport { source: source.into(), timeout: false, connect: false })
    }

    /// For transports of your own: the response did not come in time.
    pub fn timeout(endpoint: &'static Meta, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Error::new(Some(endpoint), Fault::Transport { source: source.into(), timeout: true, connect: false })
    }

    /// For transports of your own: the server could not be reached, and has seen nothing of the request.
    pub fn connect(endpoint: &'static Meta, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Error::new(Some(endpoint), Fault::Transport { source: source.into(), timeout: false, connect: true })
    }

    /// For transports of your own: the response has more than `limit` bytes.
    pub fn too_large(endpoint: &'static Meta, status: u16, limit: usize) -> Self {
        Error::new(Some(endpoint), Fault::TooLarge { limit, status })
    }

    /// For a [`TokenSource`](crate::TokenSource) of your own: it cannot get a token. What is shown of the source, and
    /// [`source`](StdError::source) too, leaves out the values of parameters with names like `secret`;
    /// [`token_error`](Error::token_error) gives the source itself.
    pub fn token_source(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Error::new(None, Fault::Token(NoToken::new(source.into())))
    }

    /// Whether the server may have done what it was asked, although no response says so. It has not where it refused the
    /// call or never saw it.
    pub fn may_have_acted(&self) -> bool {
        // A policy of the caller's own may have sent a call again that was lost.
        let sent_before = !self.0.attempts.is_empty();
        sent_before
            || match &self.0.fault {
                Fault::Invalid(_) | Fault::Token(_) | Fault::LocalLimit(_) | Fault::Paging(_) | Fault::Config(_) => {
                    false
                }
                Fault::Transport { connect, .. } => !connect,
                Fault::Api(_) => self.is_busy(),
                Fault::Status(_) | Fault::Decode { .. } | Fault::TooLarge { .. } => true,
            }
    }

    /// Whether the same call may succeed later and does no harm then: the server was busy, or it could not be reached, or
    /// its response never came, and the call is not one of those that could be done twice.
    pub fn is_retryable(&self) -> bool {
        let harmless = self.endpoint().is_none_or(|meta| meta.repeat != Repeat::Unsafe);
        let passing = match &self.0.fault {
            // The call was not sent, or refused before anything was done.
            Fault::Token(no_token) => return no_token.is_passing(),
            Fault::LocalLimit(limit) => return !limit.per_day,
            Fault::Transport { .. } => true,
            Fault::Status(response) => matches!(response.status, 502..=504),
            _ => self.is_busy(),
        };
        harmless && passing
    }

    /// Whether the server was busy, or its data not ready.
    pub fn is_busy(&self) -> bool {
        self.class() == Some(ErrorClass::Busy)
    }

    /// Whether the access token was refused, or there is none.
    pub fn is_token_problem(&self) -> bool {
        let none = matches!(&self.0.fault, Fault::Token(none) if none.missing == Missing::AccessToken);
        none || self.class() == Some(ErrorClass::Token)
    }

    /// Whether a quota or a rate limit is used up: one of the server, or one that the client was given
    /// ([`is_local_limit`](Error::is_local_limit)).
    pub fn is_quota(&self) -> bool {
        matches!(self.class(), Some(ErrorClass::Quota | ErrorClass::Rate)) || self.is_local_limit()
    }

    /// Whether a limit is reached that the client was given, so that the request was not sent.
    pub fn is_local_limit(&self) -> bool {
        matches!(self.0.fault, Fault::LocalLimit(_))
    }

    /// Whether the account may not do this.
    pub fn is_permission(&self) -> bool {
        self.class() == Some(ErrorClass::Permission)
    }

    /// Whether the server found the request wrong. For what the client found, see [`is_invalid`](Error::is_invalid).
    pub fn is_argument(&self) -> bool {
        self.class() == Some(ErrorClass::Argument)
    }

    /// Whether what the request names is not there.
    pub fn is_missing(&self) -> bool {
        self.class() == Some(ErrorClass::Missing)
    }

    /// Whether what the request names is in a state that does not allow this.
    pub fn is_state(&self) -> bool {
        self.class() == Some(ErrorClass::State)
    }

    /// Whether the feature is switched off.
    pub fn is_closed(&self) -> bool {
        self.class() == Some(ErrorClass::Closed)
    }

    /// Whether this is how the endpoint says that there is no further page.
    pub fn is_page_end(&self) -> bool {
        self.code().is_some() && self.code() == self.endpoint().and_then(|meta| meta.paging?.end_error)
    }

    /// Whether reading page by page was given up, because the server leads back to where it was before.
    pub fn is_paging(&self) -> bool {
        matches!(self.0.fault, Fault::Paging(_))
    }

    /// Whether the response did not come in time; the server may have done what it was asked. Or the access token did not
    /// ([`is_token_problem`](Error::is_token_problem)); then nothing was done.
    pub fn is_timeout(&self) -> bool {
        match &self.0.fault {
            Fault::Transport { timeout, .. } => *timeout,
            Fault::Token(no_token) => no_token.is_late(),
            _ => false,
        }
    }

    /// Whether the server could not be reached. It has seen nothing of the request.
    pub fn is_connect(&self) -> bool {
        matches!(self.0.fault, Fault::Transport { connect: true, .. })
    }

    /// Whether the response could not be read. The server may have done what it was asked.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.fault, Fault::Decode { .. })
    }

    /// Whether the request breaks documented limits and was not sent.
    pub fn is_invalid(&self) -> bool {
        matches!(self.0.fault, Fault::Invalid(_))
    }

    /// Whether the response was larger than the client accepts. The server may have done what it was asked.
    pub fn is_too_large(&self) -> bool {
        matches!(self.0.fault, Fault::TooLarge { .. })
    }

    /// The error code that the server told. Of a renewal of the access token that failed, the code that led to it.
    pub fn code(&self) -> Option<i64> {
        match &self.0.fault {
            Fault::Api(api) => Some(api.code),
            Fault::Token(no_token) => no_token.refused.or_else(|| no_token.ticket_code()),
            _ => None,
        }
    }

    /// The server's message. Its wording changes; programs should look at the code.
    pub fn errmsg(&self) -> Option<&str> {
        match &self.0.fault {
            Fault::Api(api) => Some(&api.errmsg),
            _ => None,
        }
    }

    /// The id under which the server finds the call in its log, where its message ends with one: tell it to the support.
    pub fn rid(&self) -> Option<&str> {
        let mark = self.endpoint()?.envelope.trace?;
        let (before, id) = self.errmsg()?.rsplit_once(mark)?;
        let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let end = id.find(|c| !belongs(c)).unwrap_or(id.len());
        Some(&id[..end]).filter(|id| (1..=64).contains(&id.len()) && !before.ends_with(belongs))
    }

    /// The error of the [`TokenSource`](crate::TokenSource) itself, to look into it with `downcast_ref`. It is what it is:
    /// printed, it may show secrets that this error leaves out.
    pub fn token_error(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        match &self.0.fault {
            Fault::Token(no_token) => Some(&*no_token.cause),
            _ => None,
        }
    }

    /// The endpoint that was called.
    pub fn endpoint(&self) -> Option<&'static Meta> {
        self.0.endpoint
    }

    /// What is known about the code, as the endpoint means it.
    pub fn info(&self) -> Option<&'static CodeInfo> {
        self.endpoint()?.explain(self.code()?)
    }

    /// What kind of trouble the code tells of, if it is a known one.
    pub fn class(&self) -> Option<ErrorClass> {
        self.info().map(|info| info.class)
    }

    /// The broken limits and rules.
    pub fn violations(&self) -> Option<&Violations> {
        match &self.0.fault {
            Fault::Invalid(violations) => Some(violations),
            _ => None,
        }
    }

    /// The HTTP status of the response, if one came.
    pub fn http_status(&self) -> Option<u16> {
        match &self.0.fault {
            Fault::TooLarge { status, .. } => Some(*status),
            _ => self.response().map(|response| response.status).filter(|status| *status != 0),
        }
    }

    /// The body of the response, if one came.
    pub fn body(&self) -> Option<&[u8]> {
        self.response().map(|response| response.body.as_slice())
    }

    /// Where in the response the fault is, when it could not be read: `card.discount.base_info.sku.quantity`. None when
    /// the response as a whole is wrong.
    pub fn json_path(&self) -> Option<&str> {
        match &self.0.fault {
            Fault::Decode { path, .. } => Some(path.as_str()).filter(|path| !path.is_empty()),
            _ => None,
        }
    }

    fn response(&self) -> Option<&RawResponse> {
        match &self.0.fault {
            Fault::Api(Api { response, .. }) | Fault::Status(response) | Fault::Decode { response, .. } => {
                Some(response)
            }
            _ => None,
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.fault {
            Fault::Transport { source, .. } => Some(&**source),
            Fault::Token(no_token) => Some(&no_token.told),
            Fault::Invalid(violations) => Some(violations),
            _ => None,
        }
    }
}
