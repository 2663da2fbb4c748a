//! Failures on demand.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::Ids;
use crate::reply::Reply;

/// A failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// This code, and nothing is done.
    Code(i64),
    /// So many milliseconds go by; then all is well.
    Latency(u64),
    /// The connection is cut before anything is done.
    CutBefore,
    /// It is done, and the connection is cut.
    CutAfter,
    /// Nothing is done; the status is 502, and the body HTML.
    BadGateway,
    /// Nothing is done, and this goes back.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The header `Content-Type`.
        content_type: String,
        /// The body.
        body: String,
    },
    /// Nothing is done, and nothing ever goes back.
    Silence,
    /// Nothing is done, and what goes back never ends.
    Endless,
    /// It is done; the body ends in the middle.
    InvalidJson,
    /// It is done; numbers come as text.
    NumbersAsText,
    /// It is done; every field but those of the envelope is null.
    NullFields,
    /// It is done; every object has a field that nobody knows.
    UnknownFields,
    /// It is done; every value of an enumeration is one that nobody knows.
    UnknownValues,
    /// It is done; every number is 4294967295.
    MaxNumbers,
    /// It is done; the body says that it is plain text.
    TextPlain,
    /// It is done; the body is encoded in GBK.
    Gbk,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, serde_json::to_string(self)) {
            (Fault::Code(code), _) => write!(f, "code {code}"),
            (Fault::Latency(milliseconds), _) => write!(f, "latency {milliseconds} ms"),
            (Fault::Answer { status, .. }, _) => write!(f, "answer {status}"),
            (_, Ok(name)) => f.write_str(name.trim_matches('"')),
            (_, Err(_)) => Err(fmt::Error),
        }
    }
}

/// When a failure happens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The path of the calls; all, where there is none.
    #[serde(default)]
    pub path: Option<String>,
    /// What happens.
    pub fault: Fault,
    /// How often it happens; without end, where nothing is said.
    #[serde(default)]
    pub times: Option<u64>,
    /// How many calls go by before.
    #[serde(default)]
    pub after: u64,
    /// In which part of the calls it happens, from 0 to 1.
    #[serde(default = "always")]
    pub probability: f64,
}

fn always() -> f64 {
    1.0
}

impl Plan {
    /// It happens to every call.
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Plan { path: None, fault, times: None, after: 0, probability: 1.0 }
    }

    /// Only to calls of this path.
    #[must_use]
    pub fn at(self, path: impl Into<String>) -> Self {
        Plan { path: Some(path.into()), ..self }
    }

    /// So many times.
    #[must_use]
    pub fn times(self, times: u64) -> Self {
        Plan { times: Some(times), ..self }
    }

    /// After so many calls without it.
    #[must_use]
    pub fn after(self, calls: u64) -> Self {
        Plan { after: calls, ..self }
    }

    /// In this part of the calls, from 0 to 1.
    #[must_use]
    pub fn probability(self, probability: f64) -> Self {
        Plan { probability: probability.clamp(0.0, 1.0), ..self }
    }
}

/// All failures that are planned.
#[derive(Clone, Debug, Default)]
pub struct Faults(Vec<Plan>);

impl Faults {
    /// Adds one.
    pub fn add(&mut self, plan: Plan) {
        self.0.push(plan);
    }

    /// Those that may still happen.
    #[must_use]
    pub fn plans(&self) -> &[Plan] {
        &self.0
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// What happens to a call: the first plan that wants it.
    pub(crate) fn pick(&mut self, path: &str, ids: &mut Ids) -> Option<Fault> {
        let wants = |plan: &&mut Plan| plan.path.as_deref().is_none_or(|at| at == path);
        for plan in self.0.iter_mut().filter(wants) {
            if plan.after > 0 {
                plan.after -= 1;
                continue;
            }
            if plan.times == Some(0) || !ids.happens(plan.probability) {
                continue;
            }
            plan.times = plan.times.map(|times| times - 1);
            let fault = plan.fault.clone();
            self.0.retain(|plan| plan.times != Some(0));
            return Some(fault);
        }
        None
    }
}

/// The response, as the failure wants it.
pub(crate) fn spoil(response: Value, fault: Option<&Fault>) -> Reply {
    let change = |change: &dyn Fn(&mut Value)| {
        let mut response = response.clone();
        inside(&mut response, change);
        Reply::json(&response)
    };
    match fault {
        Some(Fault::InvalidJson) => {
            let mut reply = Reply::json(&response);
            reply.body.truncate(reply.body.len() / 2);
            reply
        }
        Some(Fault::NumbersAsText) => change(&|value| {
            if let Value::Number(number) = value {
                *value = number.to_string().into();
            }
        }),
        Some(Fault::NullFields) => change(&|value| *value = Value::Null),
        Some(Fault::UnknownFields) => {
            let mut reply = response.clone();
            stranger(&mut reply);
            Reply::json(&reply)
        }
        Some(Fault::UnknownValues) => change(&|value| {
            if value.as_str().is_some_and(is_enumerated) {
                *value = "SOMETHING_NEW".into();
            }
        }),
        Some(Fault::MaxNumbers) => change(&|value| {
            if value.is_number() {
                *value = u32::MAX.into();
            }
        }),
        Some(Fault::TextPlain) => Reply { content_type: "text/plain".into(), ..Reply::json(&response) },
        Some(Fault::Gbk) => {
            let text = response.to_string();
            Reply { body: encoding_rs::GBK.encode(&text).0.into_owned(), ..Reply::json(&response) }
        }
        _ => Reply::json(&response),
    }
}

/// Changes every value that is neither an object, a list, nor part of the envelope.
fn inside(response: &mut Value, change: &dyn Fn(&mut Value)) {
    let envelope = weixin::API.envelope;
    if let Value::Object(members) = response {
        let own = |key: &str| key == envelope.code || key == envelope.message;
        members.iter_mut().filter(|(key, _)| !own(key)).for_each(|(_, value)| each(value, change));
    }
}

fn each(value: &mut Value, change: &dyn Fn(&mut Value)) {
    match value {
        Value::Object(members) => members.values_mut().for_each(|value| each(value, change)),
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, change)),
        scalar => change(scalar),
    }
}

fn stranger(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(stranger);
            members.insert("something_new".to_owned(), "of a later version".into());
        }
        Value::Array(items) => items.iter_mut().for_each(stranger),
        _ => {}
    }
}

/// Values of enumerations are written in capitals.
fn is_enumerated(text: &str) -> bool {
    text.len() > 2 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn spoiled(fault: &Fault) -> Value {
        let response = json!({ "errcode": 0, "errmsg": "ok", "state": "NORMAL", "list": [{ "count": 3 }] });
        serde_json::from_slice(&spoil(response, Some(fault)).body).unwrap_or_default()
    }

    #[test]
    fn each_failure_spoils_what_it_says() {
        let envelope = |rest: Value| {
            let mut all = json!({ "errcode": 0, "errmsg": "ok" });
            all.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            all
        };
        let cases = [
            (Fault::NumbersAsText, json!({ "state": "NORMAL", "list": [{ "count": "3" }] })),
            (Fault::NullFields, json!({ "state": null, "list": [{ "count": null }] })),
            (Fault::UnknownValues, json!({ "state": "SOMETHING_NEW", "list": [{ "count": 3 }] })),
            (Fault::MaxNumbers, json!({ "state": "NORMAL", "list": [{ "count": u32::MAX }] })),
        ];
        for (fault, expected) in cases {
            assert_eq!(spoiled(&fault), envelope(expected), "{fault}");
        }
        assert_eq!(spoiled(&Fault::UnknownFields)["list"][0]["something_new"], "of a later version");
        assert_eq!(spoiled(&Fault::InvalidJson), Value::Null);
    }

    #[test]
    fn a_plan_happens_when_it_says() {
        let (mut faults, mut ids) = (Faults::default(), Ids::new(1));
        faults.add(Plan::new(Fault::Code(-1)).at("/a").after(1).times(2));
        let mut picked = |path: &str| faults.pick(path, &mut ids).is_some();
        assert_eq!(["/a", "/b", "/a", "/a", "/a"].map(&mut picked), [false, false, true, true, false]);
    }

    #[test]
    fn a_probability_is_kept() {
        let (mut faults, mut ids) = (Faults::default(), Ids::new(1));
        faults.add(Plan::new(Fault::CutAfter).probability(0.25));
        let happened = (0..10_000).filter(|_| faults.pick("/a", &mut ids).is_some()).count();
        assert!((2_300..2_700).contains(&happened), "{happened}");
    }
}
