//! A WeChat that runs on your machine.
//!
//! It serves every endpoint of `weixin` with state behind it, refuses what WeChat refuses, fails on demand, and pushes events.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use weixin::{Client, card};
//! use weixin_fake::{Fault, Plan, Server};
//!
//! let server = Server::start().await?;
//! let (id, secret) = server.account();
//! let client = Client::builder().base_url(server.url()).app(id, secret).build()?;
//!
//! // The first call is lost: the client, which only reads here, calls again.
//! server.fail(Plan::new(Fault::CutAfter).at("/card/getcolors").times(1));
//! let colors = card::GetColors::new().send(&client).await?;
//! println!("{} colors", colors.colors.len());
//! server.assert_received::<card::GetColors>(2);
//! # Ok(()) }
//! ```
//!
//! As a program, for tests in any language: `cargo xtask fake --port 8080`.
//!
//! | module | holds |
//! |---|---|
//! | `server` | starting, stopping, and what tests ask of it |
//! | `engine` | one call, from the address to the answer |
//! | `act` | what people do and no call can: reviewers, users |
//! | `behave` | what the endpoints do, a file for each area |
//! | `state`, `store` | what there is, in memory and in a file |
//! | `fault` | failures on demand |
//! | `event`, `push` | events, and how they come to the address of the account |
//! | `log` | the calls that came |
//! | `control` | the same as `Server` over HTTP, below `/fake` |
//! | `page` | what a browser shows at `/` |
//! | `http`, `query`, `front` | connections, and what comes over them that is no call |
//! | `watch` | tells what happens, as it happens |

mod act;
mod behave;
mod clock;
mod control;
mod engine;
mod event;
mod fault;
mod front;
mod http;
mod id;
mod lock;
mod log;
mod page;
mod push;
mod query;
mod reply;
mod server;
pub mod state;
mod store;
mod watch;

pub use act::{ActError, Claim, Verdict};
pub use clock::Clock;
pub use fault::{Fault, Faults, Plan};
pub use log::{Entry, Log, Wire};
pub use push::{Delivery, Format, Mode, PushTarget};
pub use server::{Builder, Server, StartError};
pub use watch::Seen;
