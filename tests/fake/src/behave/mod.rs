//! What the endpoints do. An endpoint without an entry here answers the example of the spec.
//!
//! | file | area |
//! |---|---|
//! | `call` | a call, and how an endpoint says what it does |
//! | `token`, `ticket`, `quota` | access tokens, tickets, and how often an account may call |
//! | `card`, `shelf` | cards: making, changing, listing |
//! | `code`, `user` | coupons of users, and what users do with them |
//! | `handout` | QR codes, pictures, test users |
//! | `merchant` | sub-merchants and their review |
//! | `statistics` | what happened |
//! | `promoter` | materials, relations and orders |

mod call;
mod card;
pub(crate) mod code;
mod handout;
pub(crate) mod merchant;
pub(crate) mod promoter;
pub(crate) mod quota;
mod shelf;
mod statistics;
mod ticket;
mod token;
mod user;

pub(crate) use call::{Behavior, Call};

use call::Entry;

/// Everything that is done.
pub(crate) fn all() -> Vec<Entry> {
    let all = [
        token::all(),
        ticket::all(),
        quota::all(),
        card::all(),
        shelf::all(),
        code::all(),
        user::all(),
        handout::all(),
        merchant::all(),
        statistics::all(),
        promoter::all(),
    ];
    all.into_iter().flatten().collect()
}
