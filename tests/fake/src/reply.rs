//! What goes back: JSON, or something that is none because a test wants it so.

use std::borrow::Cow;

use serde_json::{Map, Value, json};
use weixin::CodeInfo;
use weixin_runtime::Field;

/// Why a call fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fail {
    /// The code.
    pub(crate) code: i64,
    /// What was wrong, for people.
    pub(crate) hint: String,
}

impl Fail {
    /// A code that errors.yaml explains.
    pub(crate) fn new(code: i64) -> Self {
        Fail { code, hint: String::new() }
    }

    /// With what was wrong.
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Fail { hint: hint.into(), ..self }
    }
}

impl From<i64> for Fail {
    fn from(code: i64) -> Self {
        Fail::new(code)
    }
}

/// What goes back over the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: Cow<'static, str>,
    pub(crate) body: Vec<u8>,
}

pub(crate) const JSON: &str = "application/json; encoding=utf-8";

impl Reply {
    pub(crate) fn json(value: &Value) -> Self {
        Reply { status: 200, content_type: JSON.into(), body: value.to_string().into_bytes() }
    }

    pub(crate) fn new(content_type: impl Into<Cow<'static, str>>, body: impl Into<Vec<u8>>) -> Self {
        Reply { status: 200, content_type: content_type.into(), body: body.into() }
    }
}

/// A success: the envelope, and the content.
pub(crate) fn success(content: Value) -> Value {
    let envelope = weixin::API.envelope;
    let mut members = Map::new();
    members.insert(envelope.code.to_owned(), envelope.ok.into());
    members.insert(envelope.message.to_owned(), "ok".into());
    if let Value::Object(content) = content {
        members.extend(content);
    }
    Value::Object(members)
}

/// A failure, worded as the platform does: the name of the code, what was wrong, and the id of the call.
pub(crate) fn failure(fail: &Fail, rid: &str) -> Value {
    let envelope = weixin::API.envelope;
    let known = weixin::API.known.iter().find(|info: &&CodeInfo| info.code == fail.code);
    let name = known.map_or_else(|| "error".to_owned(), |info| info.name.replace('_', " "));
    let hint = if fail.hint.is_empty() { String::new() } else { format!(", hint: [{}]", fail.hint) };
    let trace = envelope.trace.unwrap_or_default();
    json!({ (envelope.code): fail.code, (envelope.message): format!("{name}{hint} {trace}{rid}") })
}

/// The code that a reply tells.
pub(crate) fn code_of(reply: &Value) -> i64 {
    reply.get(weixin::API.envelope.code).and_then(Value::as_i64).unwrap_or(weixin::API.envelope.ok)
}

/// What a generated type is as JSON.
pub(crate) fn typed(value: &dyn Field) -> Value {
    // What the crate writes is JSON: there is no way in which reading it fails.
    serde_json::from_str(&weixin_runtime::json::to_string(value)).unwrap_or_default()
}
