//! Accounts whose access tokens the client gets by itself.
//!
//! | file | holds |
//! |---|---|
//! | `credentials` | [`Account`] and [`AppSecret`] |
//! | `issue` | one call of the endpoint that issues tokens |
//! | `renewal` | one renewal: over the store that others share, if there is one |
//! | `keeper` | the token at hand, and one renewal at a time |

mod credentials;
mod issue;
mod keeper;
mod renewal;

pub use credentials::{Account, AppSecret};
pub(crate) use issue::{Fetch, Fetched};
pub(crate) use keeper::Keeper;
