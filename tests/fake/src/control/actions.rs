//! What can be done: a line for each action, and its arguments.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use weixin_runtime::Json;

use super::operation::{Nothing, Operation, delete, post};
use crate::act::ActError;
use crate::engine::{Engine, lock};
use crate::push::PushTarget;

pub(super) fn all() -> Vec<Operation> {
    vec![
        post("/clock", "Move the clock", "调整时钟", advance),
        post("/tokens/expire", "End every access token", "使全部 access_token 失效", |engine, _: Nothing| {
            engine.expire_tokens();
            Ok(())
        }),
        post(
            "/accounts",
            "Have another account, or another secret",
            "新增账号或更换密钥",
            |engine, it: NewAccount| engine.open_account(&it.id, &it.secret),
        ),
        post(
            "/limits",
            "Limit how often a day a path may be called",
            "限制接口的每日调用次数",
            |engine, it: Limit| engine.limit(&it.path, it.day),
        ),
        post("/faults", "Plan a failure", "计划一次故障", Engine::plan),
        delete("/faults", "Forget all planned failures", "取消全部故障", |engine| lock(&engine.faults).clear()),
        post("/push", "Send pushes to this address", "设置推送地址", push_to),
        delete("/push", "Send pushes nowhere", "取消推送地址", |engine| engine.pusher.set(None)),
        post("/push/event", "Push an event now", "立即推送一个事件", push_event),
        post(
            "/reset",
            "Forget everything but the accounts and the address for pushes",
            "清空账号与推送地址之外的全部数据",
            |engine, _: Nothing| {
                engine.reset();
                Ok(())
            },
        ),
    ]
}

/// By how much.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Advance {
    /// So many seconds; back with a negative number.
    advance: i64,
}

/// What time it is then.
#[derive(Debug, Serialize, JsonSchema)]
struct Time {
    /// The seconds since 1970 by the clock of the fake.
    now: u64,
    /// By how many seconds it is ahead of the real one.
    ahead: i64,
}

fn advance(engine: &Engine, it: Advance) -> Result<Time, ActError> {
    engine.advance(it.advance);
    Ok(Time { now: engine.clock.now(), ahead: engine.clock.offset() })
}

/// An account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewAccount {
    /// The AppID.
    id: String,
    /// The AppSecret.
    secret: String,
}

/// A limit.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Limit {
    /// The path of an endpoint, such as `/card/create`.
    path: String,
    /// How often a day; as often as is documented, where nothing is said.
    day: Option<u64>,
}

fn push_to(engine: &Engine, target: PushTarget) -> Result<(), ActError> {
    target.check().map_err(ActError::new)?;
    engine.pusher.set(Some(target));
    Ok(())
}

/// An event.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PushEvent {
    /// The account from which it comes; the first one, where nothing is said.
    app: Option<String>,
    /// Its fields, such as `{"MsgType": "event", "Event": "user_get_card"}`.
    message: serde_json::Map<String, Value>,
}

fn push_event(engine: &Engine, it: PushEvent) -> Result<(), ActError> {
    let message = Value::Object(it.message).to_string();
    let message = Json::parse(message.as_bytes()).map_err(|error| ActError::new(error.to_string()))?;
    engine.push(it.app.as_deref(), &message)
}
