//! Small shapes that occur everywhere in the dialect.

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer};

/// Prose in both languages. Either may be missing while reading, so that the checker can name
/// every missing one in a single run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// English.
    pub en: Option<String>,
    /// Chinese.
    pub zh: Option<String>,
}

/// One value or a list of them: `source: promoter` and `source: [promoter, collected]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either<T> {
            Many(Vec<T>),
            One(T),
        }
        Ok(match Either::deserialize(deserializer)? {
            Either::Many(many) => Self(many),
            Either::One(one) => Self(vec![one]),
        })
    }
}

/// A bound with its unit: `{ bytes: 64 }`. A bare number is read too, so that the checker can
/// say "limit without unit" with a place and a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Bounds {
    /// `{ bytes: 64 }`, `{ items: 10 }`, `{ chars: 20 }`, `{ value: 50 }`.
    ByUnit(IndexMap<String, i64>),
    /// `64`: a fault, reported by the checker.
    Bare(i64),
}
