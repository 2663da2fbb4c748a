//! What a server needs of the endpoints, for test doubles: it reads a request strictly, checks it, and says by which code it
//! is refused.
//!
//! Generated code has a table of [`Served`], one for each endpoint. What came is an [`Incoming`]; [`Served::accept`] makes it the
//! request type of the endpoint, or says why not.
//!
//! | file | holds |
//! |---|---|
//! | `incoming` | what came over the network, and how it becomes one JSON object |
//! | `served` | an endpoint, and the request that it accepts |
//! | `strict` | what reading forgives and a server does not |
//! | `refusal` | the codes |

mod incoming;
mod refusal;
mod served;
mod strict;

pub use incoming::Incoming;
pub use refusal::{Refusals, Refused, Why};
pub use served::{Accepted, Served};
