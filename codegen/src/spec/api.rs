//! `api.yaml` as written.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::Value;

use super::{OneOrMany, Quirk, Text};

/// `api.yaml`: what holds for the whole interface.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// The name of the crate to generate.
    #[serde(rename = "crate")]
    pub krate: String,
    /// The version of the crate to generate.
    pub version: String,
    /// Words by which the crate is found in a registry, at most five.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// What it is.
    pub title: Option<Text>,
    /// `https://api.weixin.qq.com`.
    pub host: String,
    /// Where the reference documentation is published: the address of the folder with `en` and `zh`.
    pub reference: Option<String>,
    /// The offset from UTC in which days are counted: `+08:00`.
    pub zone: String,
    /// The units of numbers that this interface has beside the general ones, by id: what each is called.
    #[serde(default, deserialize_with = "super::unique")]
    pub units: IndexMap<String, Text>,
    /// The documents that statements cite, by id.
    #[serde(deserialize_with = "super::unique")]
    pub documents: IndexMap<String, Document>,
    /// The query parameter that carries the access token.
    pub token: Token,
    /// How the client gets the tickets with which pages sign, by id.
    #[serde(default, deserialize_with = "super::unique")]
    pub tickets: IndexMap<String, TicketIssue>,
    /// The fields that every response may carry.
    pub envelope: Envelope,
    /// How pushes are signed, encrypted, answered and told apart.
    pub push: Option<Push>,
    /// By which code a server refuses a request.
    pub refusals: Option<super::Refusals>,
    /// The sides from which one object is seen, by id.
    #[serde(default, deserialize_with = "super::unique")]
    pub views: IndexMap<String, View>,
    /// Titles of the folders of the spec: `card`, `card/code`.
    #[serde(default, deserialize_with = "super::unique")]
    pub areas: IndexMap<String, Area>,
    /// Quirks of no single endpoint.
    #[serde(default, deserialize_with = "super::unique")]
    pub quirks: IndexMap<String, Quirk>,
    /// Ids of the quirks above that hold everywhere.
    #[serde(default)]
    pub quirk: OneOrMany<String>,
}

/// A source document.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its title.
    pub title: Option<Text>,
    /// Where it is on the web, if it still is.
    pub url: Option<String>,
    /// Whether it is a page of those who run the interface. Statements of others are marked as such.
    #[serde(default = "official")]
    pub official: bool,
    /// The language it is written in: `en` or `zh`.
    pub language: String,
    /// The day it was read, `yyyy-MM-dd`.
    pub read: String,
    /// What it is worth and what is wrong with it.
    pub note: Option<Text>,
}

fn official() -> bool {
    true
}

/// The query parameter with the access token.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// Its name.
    pub query: String,
    /// What it is.
    pub doc: Option<Text>,
    /// How the client gets one by itself.
    pub issue: Option<TokenIssue>,
}

/// How the client gets an access token: the endpoint that issues it, and what each of its fields is for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenIssue {
    /// The path of the endpoint; it takes no access token itself.
    pub endpoint: String,
    /// The request field with the id of the account.
    pub id: String,
    /// The request field with the secret of the account.
    pub secret: String,
    /// Request fields that always have the same value.
    #[serde(default, deserialize_with = "super::unique")]
    #[schemars(with = "IndexMap<String, serde_json::Value>")]
    pub fixed: IndexMap<String, Value>,
    /// The request field that, set to true, asks for another token than the one that is valid.
    pub force: Option<String>,
    /// The response field with the access token.
    pub token: String,
    /// The response field with the seconds for which it is valid.
    pub expires_in: String,
}

/// How the client gets a ticket: the endpoint that issues it, and what each of its fields is for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketIssue {
    /// What it signs.
    pub doc: Option<Text>,
    /// The path of the endpoint.
    pub endpoint: String,
    /// Request fields that always have the same value.
    #[serde(default, deserialize_with = "super::unique")]
    #[schemars(with = "IndexMap<String, serde_json::Value>")]
    pub fixed: IndexMap<String, Value>,
    /// The response field with the ticket.
    pub ticket: String,
    /// The response field with the seconds for which it is valid.
    pub expires_in: String,
}

/// The names of the two fields that tell an error.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// The code; `ok` means success.
    pub code: String,
    /// The message.
    pub message: String,
    /// The code that means success.
    pub ok: i64,
    /// What stands in a message right before the id by which the server finds the call in its log.
    pub trace: Option<String>,
    /// What the code is.
    pub code_doc: Option<Text>,
    /// What the message is.
    pub message_doc: Option<Text>,
}

/// How pushes are signed, encrypted, answered and told apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Push {
    /// The parameters of the address to which a push is sent.
    pub query: PushQuery,
    /// What `query.cipher` says of a push that is encrypted.
    pub cipher: String,
    /// The names in the message that holds an encrypted one.
    pub envelope: PushEnvelope,
    /// The body that says that a push has arrived.
    pub answer: String,
    /// The elements that together tell one push from all others; of each push those that it has.
    pub identity: Vec<String>,
}

/// The names of the parameters of a push.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PushQuery {
    /// The signature over token, timestamp and nonce.
    pub signature: String,
    /// The signature over these and what is encrypted.
    pub sealed: String,
    /// The seconds since 1970 at which it was signed.
    pub timestamp: String,
    /// What is different each time.
    pub nonce: String,
    /// What is to be sent back when the address is checked.
    pub echo: String,
    /// By which cipher it is encrypted.
    pub cipher: String,
}

/// The names in the message that holds an encrypted one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PushEnvelope {
    /// Who receives it.
    pub receiver: String,
    /// What is encrypted.
    pub sealed: String,
    /// Of a reply: the signature.
    pub signature: String,
    /// Of a reply: the seconds since 1970.
    pub timestamp: String,
    /// Of a reply: what is different each time.
    pub nonce: String,
}

/// How the Rust name of one side of an object is made from the object's name.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Put before the name.
    #[serde(default)]
    pub prefix: String,
    /// Put after the name.
    #[serde(default)]
    pub suffix: String,
    /// What the view is.
    pub doc: Option<Text>,
}

/// A folder of the spec.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// What it holds, in a few words.
    pub title: Option<Text>,
    /// More about it.
    pub doc: Option<Text>,
    /// Which kinds of account may call what is in it, where a document says so.
    pub account: Option<Account>,
}

/// Which kinds of account may call.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// English.
    pub en: Option<String>,
    /// Chinese.
    pub zh: Option<String>,
    /// Where it is documented.
    #[serde(default)]
    pub source: OneOrMany<String>,
}
