//! What the generated code costs at run time, beside plain hand-written code in the same run.
//!
//! ```text
//! cargo bench -p weixin-tests --bench runtime
//! ```
//!
//! Validating a card of 60 fields stands beside the same length checks written out by hand; reading an answer stands
//! beside plain derived `serde` structs of the same shape, which read no numbers from text and keep no unknown values.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};
use weixin::card::Create;
use weixin::card::code::Get;
use weixin::{Endpoint, Validate};

fn main() {
    println!("what                              generated   by hand     ratio");
    let create: Create = serde_json::from_value(card()).unwrap_or_else(|error| panic!("{error}"));
    let plain = card();
    pair(
        "validate a member card",
        || drop(black_box(create.validate())),
        || drop(black_box(by_hand(black_box(&plain)))),
    );
    let body = answer().to_string();
    pair(
        "read an answer of code/get",
        || drop(black_box(Get::read(200, body.as_bytes()))),
        || drop(black_box(serde_json::from_str::<Plain>(&body))),
    );
    let request = Get::new("220418063571").card_id("pX2gTj9kQm4RzVb7sLw0aNcY8eUd").check_consume(true);
    pair(
        "write a request of code/get",
        || drop(black_box(request.wire())),
        || {
            let value =
                json!({"code": "220418063571", "card_id": "pX2gTj9kQm4RzVb7sLw0aNcY8eUd", "check_consume": true});
            drop(black_box(value.to_string()));
        },
    );
}

/// Times both in turn, so that a slow moment of the machine hits both, and prints medians.
fn pair(what: &str, mut generated: impl FnMut(), mut by_hand: impl FnMut()) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..21 {
        ours.push(batch(&mut generated));
        theirs.push(batch(&mut by_hand));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "{what:<32} {:>8} ns {:>8} ns {:>8.2}",
        ours.as_nanos() / BATCH,
        theirs.as_nanos() / BATCH,
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
}

const BATCH: u128 = 2_000;

fn batch(run: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    for _ in 0..BATCH {
        run();
    }
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn card() -> Value {
    json!({"card": {"card_type": "MEMBER_CARD", "member_card": {
        "base_info": {
            "logo_url": "http://mmbiz.qpic.cn/mmbiz/Rk7dQ2vXw9LmTzB4sYcN8hUe1oGpJf/0", "brand_name": "青禾茶室",
            "code_type": "CODE_TYPE_TEXT", "title": "双人下午茶", "color": "Color010", "notice": "结账前请出示本券",
            "service_phone": "020-88888888", "description": "每桌限用一张", "date_info": {"type": "DATE_TYPE_PERMANENT"},
            "sku": {"quantity": 500}, "get_limit": 3, "use_custom_code": false, "can_give_friend": true,
            "custom_url_name": "立即使用", "custom_url": "https://example.com", "custom_url_sub_title": "更多惊喜",
        },
        "prerogative": "会员九折", "supply_bonus": true, "supply_balance": false, "bonus_rules": "消费一元积一分",
        "custom_field1": {"name_type": "FIELD_NAME_TYPE_LEVEL", "url": "https://example.com"},
    }}})
}

/// The limits of the fields above, as somebody would write them once for this very card.
fn by_hand(card: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let member = &card["card"]["member_card"];
    let mut check = |at: &Value, name: &str, limit: usize| {
        if at[name].as_str().is_some_and(|text| text.len() > limit) {
            faults.push(format!("{name} is longer than {limit}"));
        }
    };
    let base = &member["base_info"];
    for (name, limit) in [
        ("logo_url", 128),
        ("brand_name", 36),
        ("title", 27),
        ("color", 3072),
        ("notice", 48),
        ("service_phone", 24),
        ("description", 3072),
        ("custom_url_name", 16),
        ("custom_url", 128),
        ("custom_url_sub_title", 18),
    ] {
        check(base, name, limit);
    }
    check(member, "prerogative", 3072);
    check(member, "bonus_rules", 3072);
    check(&member["custom_field1"], "url", 128);
    faults
}

fn answer() -> Value {
    json!({
        "errcode": 0, "errmsg": "ok", "openid": "oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf", "can_consume": true, "user_card_status": "NORMAL",
        "card": {"card_id": "pX2gTj9kQm4RzVb7sLw0aNcY8eUd", "begin_time": 1488326400, "end_time": 1490918399},
    })
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only read")]
struct Plain {
    errcode: i64,
    errmsg: String,
    openid: String,
    can_consume: bool,
    user_card_status: String,
    card: PlainCard,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only read")]
struct PlainCard {
    card_id: String,
    begin_time: u64,
    end_time: u64,
}
