//! What there is to look at.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Nothing, Operation, get};
use crate::act::ActError;
use crate::behave::quota;
use crate::clock;
use crate::engine::{Engine, lock};
use crate::fault::Plan;
use crate::log::Entry;
use crate::push::{Delivery, Format, Mode, PushTarget};
use crate::state::{Coupon, State, Table};

pub(super) fn all() -> Vec<Operation> {
    vec![
        get("/state", "How much there is of everything, and what is set", "总览：各类数据的数量与当前设置", state),
        get("/accounts", "The accounts", "账号列表", accounts),
        get("/cards", "The cards", "卡券列表", |engine, asked| rows(engine, asked, |state| &state.cards)),
        get("/coupons", "The coupons of users", "用户持有的卡券列表", coupons),
        get("/merchants", "The sub-merchants", "子商户列表", |engine, asked| {
            rows(engine, asked, |state| &state.merchants)
        }),
        get("/calls", "The calls that came, without secrets and tokens", "收到的调用记录，不含密钥与令牌", calls),
        get("/faults", "The failures that are planned", "已计划的故障", |engine, _: Nothing| {
            Ok(lock(&engine.faults).plans().to_vec())
        }),
        get("/deliveries", "What became of the pushes", "推送的投递结果", deliveries),
    ]
}

/// Which part of a list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Only what comes after this key: `next` of the page before.
    after: Option<String>,
    /// How many at most.
    #[serde(default = "usual")]
    limit: usize,
}

/// Which calls.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AskedCalls {
    /// Only those of this path.
    path: Option<String>,
    /// Only those after this number: `next` of the page before.
    #[serde(default)]
    after: u64,
    /// How many at most.
    #[serde(default = "usual")]
    limit: usize,
}

fn usual() -> usize {
    100
}

/// A part of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
struct Page<T, K = String> {
    items: Vec<T>,
    /// What `after` has to be for the next page; nothing after the last one.
    next: Option<K>,
}

impl<T, K> Page<T, K> {
    /// The first so many of a list.
    fn of(mut all: impl Iterator<Item = (K, T)>, limit: usize) -> Self {
        let mut page = Page { items: Vec::new(), next: None };
        let mut last = None;
        for (key, item) in all.by_ref().take(limit.max(1)) {
            page.items.push(item);
            last = Some(key);
        }
        page.next = last.filter(|_| all.next().is_some());
        page
    }
}

/// One of a list, with the key under which it is found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{V}Row")]
struct Row<V> {
    key: String,
    #[serde(flatten)]
    row: V,
}

fn after<'t, V>(table: &'t Table<V>, asked: &'t Asked) -> impl Iterator<Item = (&'t String, &'t V)> {
    table.iter().filter(|(key, _)| asked.after.as_ref().is_none_or(|after| *key > after))
}

fn rows<V: Clone>(
    engine: &Engine,
    asked: Asked,
    table: impl Fn(&State) -> &Table<V>,
) -> Result<Page<Row<V>>, ActError> {
    let state = lock(&engine.state);
    let all = after(table(&state), &asked);
    Ok(Page::of(all.map(|(key, row)| (key.clone(), Row { key: key.clone(), row: row.clone() })), asked.limit))
}

/// An account, without its secret.
#[derive(Debug, Serialize, JsonSchema)]
struct AccountRow {
    /// The AppID.
    id: String,
    /// The id to which users write and from which pushes come.
    original_id: String,
}

fn accounts(engine: &Engine, asked: Asked) -> Result<Page<AccountRow>, ActError> {
    let state = lock(&engine.state);
    let all = after(&state.accounts, &asked);
    let row = |id: &String, original_id: &String| AccountRow { id: id.clone(), original_id: original_id.clone() };
    Ok(Page::of(all.map(|(id, account)| (id.clone(), row(id, &account.original_id))), asked.limit))
}

/// A coupon, with its code.
#[derive(Debug, Serialize, JsonSchema)]
struct CouponRow {
    key: String,
    /// The code.
    code: String,
    #[serde(flatten)]
    coupon: Coupon,
}

fn coupons(engine: &Engine, asked: Asked) -> Result<Page<CouponRow>, ActError> {
    let state = lock(&engine.state);
    let row = |key: &String, coupon: &Coupon| {
        let code = code_of(key, coupon).to_owned();
        (key.clone(), CouponRow { key: key.clone(), code, coupon: coupon.clone() })
    };
    Ok(Page::of(after(&state.coupons, &asked).map(|(key, coupon)| row(key, coupon)), asked.limit))
}

/// The code of a coupon: its key without the account.
pub(crate) fn code_of<'k>(key: &'k str, coupon: &Coupon) -> &'k str {
    key.strip_prefix(coupon.app.as_str()).unwrap_or(key).trim_start()
}

fn calls(engine: &Engine, asked: AskedCalls) -> Result<Page<Entry, u64>, ActError> {
    let log = lock(&engine.log);
    let own = log.iter().filter(|entry| entry.number > asked.after);
    let own = own.filter(|entry| asked.path.as_ref().is_none_or(|path| entry.path == *path));
    Ok(Page::of(own.map(|entry| (entry.number, entry.clone().redacted())), asked.limit))
}

/// Which deliveries.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AskedDeliveries {
    /// Only those after this number.
    #[serde(default)]
    after: u64,
    /// How many at most.
    #[serde(default = "usual")]
    limit: usize,
}

fn deliveries(engine: &Engine, asked: AskedDeliveries) -> Result<Page<Delivery, u64>, ActError> {
    let all = engine.pusher.deliveries().into_iter().filter(|delivery| delivery.number > asked.after);
    Ok(Page::of(all.map(|delivery| (delivery.number, delivery)), asked.limit))
}

/// Everything at a glance.
#[derive(Debug, Serialize, JsonSchema)]
struct Summary {
    /// Where the fake is.
    url: String,
    /// The seconds since 1970 by its clock.
    now: u64,
    /// The same for people, in the zone of the platform.
    time: String,
    /// By how many seconds its clock is ahead of the real one.
    ahead: i64,
    accounts: usize,
    cards: usize,
    coupons: usize,
    merchants: usize,
    /// How many access tokens are valid.
    tokens: usize,
    /// How many calls came in all.
    calls: u64,
    /// The failures that are planned.
    faults: Vec<Plan>,
    /// How often a day each account may call a path, where that was set.
    limits: BTreeMap<String, u64>,
    /// Where pushes go.
    push: Option<Address>,
}

/// Where pushes go, without what protects them.
#[derive(Debug, Serialize, JsonSchema)]
struct Address {
    url: String,
    mode: Mode,
    format: Format,
    duplicates: u32,
}

impl From<PushTarget> for Address {
    fn from(target: PushTarget) -> Self {
        let PushTarget { url, mode, format, duplicates, .. } = target;
        Address { url, mode, format, duplicates }
    }
}

fn state(engine: &Engine, _: Nothing) -> Result<Summary, ActError> {
    let now = engine.clock.now();
    let (calls, faults) = (lock(&engine.log).came(), lock(&engine.faults).plans().to_vec());
    let state = lock(&engine.state);
    let limits = state.settings.starting(quota::LIMIT).filter_map(|(key, value)| {
        let path = key.strip_prefix(quota::LIMIT)?;
        Some((path.to_owned(), value.as_u64()?))
    });
    Ok(Summary {
        url: engine.url.clone(),
        now,
        time: clock::moment(now),
        ahead: engine.clock.offset(),
        accounts: state.accounts.len(),
        cards: state.cards.len(),
        coupons: state.coupons.len(),
        merchants: state.merchants.len(),
        tokens: state.tokens.iter().filter(|(_, token)| token.until > now).count(),
        calls,
        faults,
        limits: limits.collect(),
        push: engine.pusher.target().map(Address::from),
    })
}
