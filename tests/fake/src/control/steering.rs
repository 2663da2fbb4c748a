//! What is done to the fake itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use weixin_runtime::Json;

use crate::act::ActError;
use crate::engine::Engine;
use crate::push::PushTarget;

/// By how much.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    /// So many seconds; back with a negative number.
    pub(super) advance: i64,
}

/// What time it is then.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Time {
    /// The seconds since 1970 by the clock of the fake.
    now: u64,
    /// By how many seconds it is ahead of the real one.
    ahead: i64,
}

pub(super) fn advance(engine: &Engine, it: Advance) -> Result<Time, ActError> {
    engine.advance(it.advance);
    Ok(Time { now: engine.clock.now(), ahead: engine.clock.offset() })
}

/// An account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAccount {
    /// The AppID.
    pub(super) id: String,
    /// The AppSecret.
    pub(super) secret: String,
}

/// A limit.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    /// The path of an endpoint, such as `/card/create`.
    pub(super) path: String,
    /// How often a day; as often as is documented, where nothing is said.
    pub(super) day: Option<u64>,
}

pub(super) fn push_to(engine: &Engine, target: PushTarget) -> Result<(), ActError> {
    target.check().map_err(ActError::new)?;
    engine.pusher.set(Some(target));
    Ok(())
}

/// An event.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PushEvent {
    /// The account from which it comes; the first one, where nothing is said.
    app: Option<String>,
    /// Its fields, such as `{"MsgType": "event", "Event": "user_get_card"}`.
    message: serde_json::Map<String, Value>,
}

pub(super) fn push_event(engine: &Engine, it: PushEvent) -> Result<(), ActError> {
    let message = Value::Object(it.message).to_string();
    let message = Json::parse(message.as_bytes()).map_err(|error| ActError::new(error.to_string()))?;
    engine.push(it.app.as_deref(), &message)
}
