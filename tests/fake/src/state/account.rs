//! Accounts, and what lets them call.

use serde::{Deserialize, Serialize};

/// An account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Account {
    /// Its AppSecret.
    pub secret: String,
    /// Its original id, to which users write and from which pushes come.
    pub original_id: String,
    /// The seconds at which its counts were reset in this month.
    pub cleared: Vec<u64>,
    /// The seconds at which another stable token was forced.
    pub forced: Vec<u64>,
}

/// By which endpoint an access token was issued: those of one do not end those of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenKind {
    /// The endpoint that issues another token each time.
    Plain,
    /// The endpoint that issues the same token again.
    Stable,
}

/// An access token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Token {
    /// The account.
    pub app: String,
    /// Who issued it.
    pub kind: TokenKind,
    /// The seconds at which it was issued.
    pub since: u64,
    /// The seconds at which it ends.
    pub until: u64,
    /// Whether another one has taken its place.
    pub replaced: bool,
}

/// A ticket with which pages sign.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ticket {
    /// Its text.
    pub text: String,
    /// The seconds at which it ends.
    pub until: u64,
}

/// How often something was called.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Counted {
    /// The day or minute.
    pub span: i64,
    /// How often.
    pub calls: u64,
}
