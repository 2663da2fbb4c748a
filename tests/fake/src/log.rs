//! The calls that came.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use weixin::CodeInfo;
use weixin_runtime::server::Accepted;

use crate::clock;

/// How many calls are kept, and how many bytes of their bodies.
const KEPT: usize = 10_000;
const BYTES_KEPT: usize = 64 << 20;

/// The keys under which requests and responses have what nobody else may read.
const SECRETS: [&str; 2] = ["secret", "access_token"];

/// A call that came.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Entry {
    /// Its number, from 1.
    pub number: u64,
    /// The seconds at which it came, by the clock of the fake.
    pub at: u64,
    /// The verb.
    pub method: String,
    /// The path.
    pub path: String,
    /// The same to the letter, secrets included: not part of what others see.
    #[serde(skip)]
    #[schemars(skip)]
    pub wire: Wire,
    /// The account, if the token told it.
    pub app: Option<String>,
    /// The request as it was understood, of files their size; none when it was refused before.
    pub request: Option<Value>,
    /// The same as the type of its endpoint.
    #[serde(skip)]
    #[schemars(skip)]
    pub accepted: Option<Arc<Accepted>>,
    /// The HTTP status of the response; none when the connection was cut.
    pub status: Option<u16>,
    /// The code of the response.
    pub code: i64,
    /// The name of the code, such as `invalid_credential`; empty where none is known, or nothing went back.
    pub name: &'static str,
    /// The response, as far as it is JSON.
    pub response: Value,
    /// The failure that a test asked for.
    pub fault: Option<String>,
    /// How long the response took, in microseconds.
    pub micros: u64,
}

/// A call as it came, to the letter.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wire {
    /// The parameters of the query, decoded.
    pub query: Vec<(String, String)>,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Wire {
    /// A header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}

impl Entry {
    /// The call in one line, without anything secret.
    #[must_use]
    pub fn line(&self) -> String {
        let outcome = match self.status {
            None => "cut".to_owned(),
            Some(200) => format!("{} {}", self.code, self.name),
            Some(status) => format!("HTTP {status}"),
        };
        let milliseconds = Duration::from_micros(self.micros).as_secs_f64() * 1_000.0;
        let fault = self.fault.as_ref().map(|fault| format!(" [fault: {fault}]")).unwrap_or_default();
        format!(
            "{} {} {} {} {milliseconds:.1} ms{fault}",
            clock::time(self.at),
            self.method,
            self.path,
            outcome.trim_end()
        )
    }

    /// The same without secrets and tokens, for others to see.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        self.request.iter_mut().for_each(redact);
        redact(&mut self.response);
        self
    }
}

fn redact(value: &mut Value) {
    match value {
        Value::Object(members) => members.iter_mut().for_each(|(key, value)| match value {
            Value::String(text) if SECRETS.contains(&key.as_str()) => "(redacted)".clone_into(text),
            value => redact(value),
        }),
        Value::Array(items) => items.iter_mut().for_each(redact),
        _ => {}
    }
}

/// A request to look at: a file may have a million bytes.
pub(crate) fn shown(json: &str) -> Option<Value> {
    let mut request: Value = serde_json::from_str(json).ok()?;
    for member in request.as_object_mut()?.values_mut() {
        if let Some(bytes) = member.get_mut("bytes").filter(|bytes| bytes.is_array()) {
            *bytes = bytes.as_array().map_or(0, Vec::len).into();
        }
    }
    Some(request)
}

/// What a code is called.
pub(crate) fn name_of(code: i64) -> &'static str {
    if code == weixin::API.envelope.ok {
        return "ok";
    }
    weixin::API.known.iter().find(|info: &&CodeInfo| info.code == code).map_or("", |info| info.name)
}

/// The calls that came, the last 10,000 of them.
#[derive(Debug, Default)]
pub struct Log {
    entries: VecDeque<Entry>,
    came: u64,
    bytes: usize,
}

impl Log {
    /// Gives a call its number.
    pub(crate) fn add(&mut self, entry: &mut Entry) {
        self.came += 1;
        entry.number = self.came;
        self.bytes += entry.wire.body.len();
        self.entries.push_back(entry.clone());
        while self.entries.len() > KEPT || self.bytes > BYTES_KEPT {
            let Some(first) = self.entries.pop_front() else { break };
            self.bytes -= first.wire.body.len();
        }
    }

    /// How many came in all.
    #[must_use]
    pub fn came(&self) -> u64 {
        self.came
    }

    /// Those that are kept, the first first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_redacted_wherever_they_are() {
        let mut value = json!({ "appid": "wx1", "list": [{ "secret": "s", "access_token": "t", "tokens": 3 }] });
        redact(&mut value);
        let hidden = json!({ "secret": "(redacted)", "access_token": "(redacted)", "tokens": 3 });
        assert_eq!(value, json!({ "appid": "wx1", "list": [hidden] }));
    }

    #[test]
    fn codes_have_their_names() {
        assert_eq!([0, -1, 40001, 123_456_789].map(name_of), ["ok", "system_busy", "invalid_credential", ""]);
    }
}
