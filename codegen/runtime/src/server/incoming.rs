//! What came over the network.

use serde_json::{Map, Value};

use super::Why;
use crate::json;
use crate::meta::{BodyKind, Meta};
use crate::multipart::{Part, PartContent};

/// A request as it came, without its access token.
#[derive(Clone, Copy, Debug, Default)]
pub struct Incoming<'a> {
    /// The parameters of the query, decoded.
    pub query: &'a [(String, String)],
    /// The body, unless it has parts.
    pub body: &'a [u8],
    /// The parts of the body.
    pub parts: &'a [Part],
}

/// The members of a request, wherever they came.
pub(super) struct Members {
    /// All of them.
    pub(super) all: Map<String, Value>,
    /// Those of which the type is seen: in a query or a form everything is text.
    pub(super) typed: Map<String, Value>,
}

impl Incoming<'_> {
    /// All members as one object.
    pub(super) fn members(&self, meta: &Meta) -> Result<Members, Why> {
        let typed = match meta.body {
            BodyKind::Json => self.json()?,
            BodyKind::None | BodyKind::Multipart => Map::new(),
        };
        let mut all = typed.clone();
        let of_query = |name: &str| meta.body == BodyKind::None || meta.query.contains(&name);
        for (name, value) in self.query.iter().filter(|(name, _)| *name != meta.token_param && of_query(name)) {
            all.insert(name.clone(), value.as_str().into());
        }
        for part in self.parts {
            let value = match &part.content {
                PartContent::Text(text) => text.as_str().into(),
                PartContent::File(file) => serde_json::from_str(&json::to_string(file)).unwrap_or_default(),
            };
            all.insert(part.name.to_string(), value);
        }
        Ok(Members { all, typed })
    }

    fn json(&self) -> Result<Map<String, Value>, Why> {
        if self.body.trim_ascii().is_empty() {
            return Err(Why::NoBody);
        }
        match serde_json::from_slice(self.body) {
            Ok(Value::Object(members)) => Ok(members),
            Ok(_) => Err(Why::NoJson("it is another value".to_owned())),
            Err(error) => Err(Why::NoJson(error.to_string())),
        }
    }
}
