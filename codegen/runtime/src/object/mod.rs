//! What an object knows about itself, said once.
//!
//! A generated type says three things: its [`Shape`], how it lends its fields ([`Object`]), and what it is before anything
//! was read ([`Blank`]). Reading, writing, `Debug`, `PartialEq`, `Serialize` and `Deserialize` are written once, over that
//! description:
//!
//! ```
//! use weixin_runtime::{self as rt, Blank, Field, Object};
//!
//! #[derive(Clone)]
//! struct Coupon { code: String, times: Option<u32> }
//!
//! static COUPON: rt::Shape = rt::Shape::new("Coupon", &["code", "times"], &["code"]);
//!
//! impl Object for Coupon {
//!     fn lend(&self, to: rt::Borrower<'_>) {
//!         to(&COUPON, &[&self.code, &self.times]);
//!     }
//!     fn fill(&mut self, reader: &mut rt::Reader<'_>) -> rt::Done {
//!         reader.object(&COUPON, &mut [&mut self.code, &mut self.times])
//!     }
//! }
//!
//! impl Blank for Coupon {
//!     const BLANK: Self = Self { code: String::BLANK, times: None };
//! }
//!
//! let coupon: Coupon = rt::json::read(br#"{ "code": 8562710938680001, "times": "3" }"#).unwrap();
//! assert_eq!((coupon.code.as_str(), coupon.times), ("8562710938680001", Some(3)));
//! assert_eq!(rt::json::to_string(&coupon), r#"{"code":"8562710938680001","times":3}"#);
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `field` | the traits, and a value as everything but reading sees it |
//! | `scalar`, `container`, `or_text`, `leaf` | the fields that are no objects |
//! | `unknown`, `unknown_variant` | what this version does not know |
//! | `extra` | fields of a request that the spec lacks |
//! | `show`, `same` | `Debug` and `PartialEq` |

mod container;
mod extra;
mod field;
mod leaf;
mod or_text;
mod same;
mod scalar;
mod show;
mod unknown;
mod unknown_variant;

pub use container::Boxed;
pub use extra::Extra;
pub use field::{Blank, Borrower, Chosen, Entries, Field, List, Object, Union, View};
pub use or_text::OrText;
pub use same::same;
pub use show::show;
pub use unknown::{Unknown, private};
pub use unknown_variant::UnknownVariant;
