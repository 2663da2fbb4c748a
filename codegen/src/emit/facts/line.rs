//! The lines: the order of the keys here is the order in the output.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Push, Value};

#[derive(Serialize)]
pub(super) struct EndpointFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: &'a str,
    pub(super) method: &'a str,
    pub(super) name: String,
    pub(super) sources: Vec<&'a str>,
    pub(super) repeat: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) find_out: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) find_out_zh: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) account: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) account_zh: Option<&'a str>,
    pub(super) title: &'a str,
    pub(super) zh: &'a str,
}

#[derive(Serialize)]
pub(super) struct SuccessFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: &'a str,
    pub(super) text: String,
    pub(super) zh: String,
    pub(super) fields: &'a [String],
}

#[derive(Serialize)]
pub(super) struct EventFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: &'a str,
    pub(super) name: String,
    pub(super) sources: Vec<&'a str>,
    pub(super) known_by: serde_json::Map<String, Value>,
    pub(super) title: &'a str,
    pub(super) zh: &'a str,
}

#[derive(Serialize)]
pub(super) struct PushFact<'a> {
    pub(super) kind: &'static str,
    pub(super) query: [&'a str; 6],
    pub(super) cipher: &'a str,
    pub(super) envelope: [&'a str; 5],
    pub(super) answer: &'a str,
    pub(super) identity: &'a [String],
}

impl<'a> PushFact<'a> {
    pub(super) fn of(push: &'a Push) -> Self {
        let (query, envelope) = (&push.query, &push.envelope);
        PushFact {
            kind: "push",
            query: [&query.signature, &query.sealed, &query.timestamp, &query.nonce, &query.echo, &query.cipher],
            cipher: &push.cipher,
            envelope: [&envelope.receiver, &envelope.sealed, &envelope.signature, &envelope.timestamp, &envelope.nonce],
            answer: &push.answer,
            identity: &push.identity,
        }
    }
}

#[derive(Serialize)]
pub(super) struct QuotaFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) day: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) minute: Option<u64>,
}

#[derive(Serialize)]
pub(super) struct RefusalsFact {
    pub(super) kind: &'static str,
    #[serde(flatten)]
    pub(super) codes: serde_json::Map<String, Value>,
}

#[derive(Serialize)]
pub(super) struct FieldFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: &'a str,
    pub(super) direction: &'static str,
    pub(super) path: &'a str,
    #[serde(rename = "type")]
    pub(super) ty: String,
    pub(super) required: bool,
    pub(super) limits: Vec<LimitFact>,
    pub(super) declared: Option<String>,
    pub(super) values: Option<Vec<&'a Value>>,
    pub(super) default: Option<&'a Value>,
    pub(super) review: Option<bool>,
    pub(super) sources: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) missing: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) required_if: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) secret: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) clears: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) quirks: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct LimitFact {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) min: Option<i64>,
    pub(super) unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) each: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) enforced: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) implied: Option<bool>,
}

#[derive(Serialize)]
pub(super) struct ValueFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: &'a str,
    pub(super) direction: &'static str,
    pub(super) path: &'a str,
    pub(super) value: &'a Value,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) also: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) response: Option<&'a str>,
    pub(super) text: &'a str,
    pub(super) zh: &'a str,
}

#[derive(Serialize)]
pub(super) struct ErrorFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: Option<&'a str>,
    pub(super) code: i64,
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    pub(super) zh: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) class: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) general: bool,
    pub(super) sources: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) quirks: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct RuleFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: &'a str,
    pub(super) rule: &'a str,
    pub(super) text: &'a str,
    pub(super) zh: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) direction: Option<&'static str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) path: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fields: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) when: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) equals: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) differs: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) quirks: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct QuirkFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: Option<&'a str>,
    pub(super) id: &'a str,
    /// Who has to know it, where that is not a maintainer alone.
    #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
    pub(super) audience: Option<&'static str>,
    pub(super) text: String,
    pub(super) zh: String,
    pub(super) file: &'a str,
}

#[derive(Serialize)]
pub(super) struct PagingFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: &'a str,
    pub(super) text: &'a str,
    pub(super) zh: &'a str,
    pub(super) items: &'a str,
    #[serde(flatten)]
    pub(super) page: serde_json::Map<String, Value>,
    pub(super) max: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_error: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) overlap: Option<bool>,
}

#[derive(Serialize, Default)]
pub(super) struct VerifyFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: &'a str,
    pub(super) asks: &'a str,
    pub(super) with: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) fixed: BTreeMap<&'a str, &'a Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) done_when: BTreeMap<String, &'a [Value]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) plus: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) minus: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ClosedFact<'a> {
    pub(super) kind: &'static str,
    pub(super) endpoint: &'a str,
    pub(super) text: &'a str,
    pub(super) zh: &'a str,
}

#[derive(Serialize)]
pub(super) struct DocumentFact<'a> {
    pub(super) kind: &'static str,
    pub(super) id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<&'a str>,
    pub(super) official: bool,
    pub(super) language: &'a str,
    pub(super) read: &'a str,
    pub(super) title: &'a str,
    pub(super) zh: &'a str,
}
