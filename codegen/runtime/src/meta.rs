//! What is known about an endpoint before it is called. All of it is data that generated code brings along.

use std::fmt;

use crate::text::Text;

/// The HTTP verb of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
}

impl Method {
    /// The verb as it stands in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a call may be repeated when its response was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repeat {
    /// It only reads.
    Safe,
    /// It writes, and writing twice is the same as once.
    Idempotent,
    /// Repeating it could do it twice: find out first what the lost call did.
    Unsafe,
}

/// What the body of a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyKind {
    /// The request as JSON.
    Json,
    /// The request as `multipart/form-data`.
    Multipart,
    /// No body.
    None,
}

/// What kind of trouble an error code tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// The server could not answer now; later it may.
    Busy,
    /// The access token is missing, wrong or expired.
    Token,
    /// A quota is used up.
    Quota,
    /// Calls come too fast: this one was refused, and in a moment one may succeed.
    Rate,
    /// The account may not do this.
    Permission,
    /// The request is wrong.
    Argument,
    /// What the request names is not there, or no longer.
    Missing,
    /// What the request names is in a state that does not allow this.
    State,
    /// The feature is switched off.
    Closed,
}

/// What is known about an error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// The number.
    pub code: i64,
    /// A short name in snake case.
    pub name: &'static str,
    /// What kind of trouble it is.
    pub class: ErrorClass,
    /// What it means.
    pub text: Text,
    /// What usually leads to it.
    pub cause: Text,
    /// What to do about it.
    pub remedy: Text,
}

/// The keys that every response may have beside its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The key of the result code.
    pub code: &'static str,
    /// The key of the message.
    pub message: &'static str,
    /// The code of success.
    pub ok: i64,
    /// What stands in the message right before the id by which the server finds the call in its log.
    pub trace: Option<&'static str>,
}

/// How a long list is read page by page. Names are keys of the request and of the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The list, in the response.
    pub items: &'static str,
    /// How the next page is asked for.
    pub page: Page,
    /// What tells the last page, beside one without items.
    pub end: PageEnd,
    /// The error code that says there is no further page.
    pub end_error: Option<i64>,
    /// Whether a page may begin with the last item of the page before.
    pub overlap: bool,
}

/// The days that one call may ask for. Names are keys of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayWindow {
    /// The first day.
    pub from: &'static str,
    /// The last day.
    pub to: &'static str,
    /// So many days may lie between the two at most.
    pub days: u32,
    /// Where only days before the current one may be asked for: how many seconds the clocks that say so are ahead of UTC.
    pub before_today: Option<i32>,
}

/// How the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// What the response gives as `next` goes into the request as `cursor`.
    Cursor {
        /// The key in the request.
        cursor: &'static str,
        /// The key in the response.
        next: &'static str,
    },
    /// The offset of the request grows by the number of items that came.
    Offset {
        /// The key in the request.
        offset: &'static str,
    },
}

/// What tells the last page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageEnd {
    /// This number of the response is below the most items of a page.
    CountBelow(&'static str, u32),
    /// Fewer items came than this number of the request asked for.
    FewerThan(&'static str),
    /// The offset has reached this number of the response.
    Total(&'static str),
    /// Only a page without items does.
    Empty,
}

/// What holds for a whole interface, for calls that no type describes.
#[derive(Debug, PartialEq, Eq)]
pub struct Api {
    /// The usual host.
    pub host: &'static str,
    /// All known error codes, by number.
    pub known: &'static [CodeInfo],
    /// The keys of the envelope.
    pub envelope: Envelope,
    /// The query parameter of the access token.
    pub token_param: &'static str,
    /// How the client gets an access token by itself.
    pub issue: Option<&'static TokenIssue>,
    /// Seconds east of UTC in which days are counted.
    pub zone_seconds: i32,
}

/// How the client gets an access token. Names are keys of the request and of the response of the endpoint.
#[derive(Debug, PartialEq, Eq)]
pub struct TokenIssue {
    /// The endpoint that issues it.
    pub meta: &'static Meta,
    /// The id of the account, in the request.
    pub id: &'static str,
    /// Its secret, in the request.
    pub secret: &'static str,
    /// What always has the same value, as JSON.
    pub fixed: &'static [(&'static str, &'static str)],
    /// What asks, with `true`, for another token than the valid one.
    pub force: Option<&'static str>,
    /// The access token, in the response.
    pub token: &'static str,
    /// The seconds for which it is valid, in the response.
    pub expires_in: &'static str,
}

/// How the client gets a ticket, with which a page signs. Names are keys of the request and of the response of the endpoint.
#[derive(Debug, PartialEq, Eq)]
pub struct TicketIssue {
    /// What the ticket is called. A store keeps it under that name.
    pub name: &'static str,
    /// The endpoint that issues it.
    pub meta: &'static Meta,
    /// What always has the same value, as JSON.
    pub fixed: &'static [(&'static str, &'static str)],
    /// The ticket, in the response.
    pub ticket: &'static str,
    /// The seconds for which it is valid, in the response.
    pub expires_in: &'static str,
}

/// What is known about an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meta {
    /// Its name in Rust.
    pub name: &'static str,
    /// Its verb.
    pub method: Method,
    /// Its path, from the first slash.
    pub path: &'static str,
    /// What it does, in a few words.
    pub title: Text,
    /// Whether it may be repeated.
    pub repeat: Repeat,
    /// How to find out what a lost call did, where it may not be repeated.
    pub find_out: Option<Text>,
    /// What its body is.
    pub body: BodyKind,
    /// The error codes as this endpoint means them, by number.
    pub errors: &'static [CodeInfo],
    /// All known error codes in their general meaning, by number.
    pub known: &'static [CodeInfo],
    /// The keys of the envelope.
    pub envelope: Envelope,
    /// The query parameter of the access token; empty when the endpoint takes none.
    pub token_param: &'static str,
    /// How the client gets an access token for it by itself.
    pub issue: Option<&'static TokenIssue>,
    /// The usual host, such as `https://api.example.com`; empty when there is none.
    pub host: &'static str,
    /// So many seconds the clocks there are ahead of UTC: at their midnight a day of calls ends.
    pub zone_seconds: i32,
    /// The fields that go into the query instead of the body.
    pub query: &'static [&'static str],
    /// How its list is read page by page, if it has one.
    pub paging: Option<Paging>,
    /// Fields that prove success where the code of the envelope is missing: one of them must be there. When there are
    /// none, the code alone tells it.
    pub success: &'static [&'static str],
}

impl Meta {
    /// What a code means at this endpoint: its own meaning here if it has one, else the general one.
    pub fn explain(&self, code: i64) -> Option<&'static CodeInfo> {
        self.errors.iter().chain(self.known).find(|info| info.code == code)
    }
}
