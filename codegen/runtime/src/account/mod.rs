//! Accounts whose access tokens the client gets by itself, and tickets, which it keeps in the same way.
//!
//! | file | holds |
//! |---|---|
//! | `credentials` | [`Account`] and [`AppSecret`] |
//! | `issue` | one call of the endpoint that issues tokens or tickets |
//! | `renewal` | one renewal: over the store that others share, if there is one |
//! | `keeper` | the token or ticket at hand, and one renewal at a time |

mod credentials;
mod issue;
mod keeper;
mod renewal;

pub use credentials::{Account, AppSecret};
pub(crate) use issue::{Fetch, Fetched, Issuer, TokenIssuer};
#[cfg(feature = "jsapi")]
pub(crate) use issue::{fixed, read};
pub(crate) use keeper::Keeper;
