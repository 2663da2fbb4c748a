//! What the generated code costs at run time, beside plain derived `serde` types of the same documents in the same run.
//!
//! ```text
//! cargo bench -p weixin-tests --bench runtime
//! ```
//!
//! Prints `NAME RATIO GOAL`: ours by theirs in time of the processor, the median of batches in turn. Both sides are
//! checked to hold the same values first. The plain types read no numbers from text and keep no unknown values.

mod shared;

use std::hint::black_box;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::figure::{header, pair, same};
use shared::{bodies, by_hand, plain, plain_card, plain_create};
use weixin::event::CardMerchantCheckResult;
use weixin::{Body, Endpoint, Validate, card, promoter};

fn main() {
    header();
    read::<card::code::Get, plain::CodeGetAnswer>("read code/get", &bodies::code_get_answer());
    read::<card::Get, plain_card::CardGetAnswer>("read card/get", &bodies::card_get_answer());
    read::<promoter::GetOrder, plain::OrdersAnswer>("read promoter/getorder", &bodies::orders_answer(1000));
    write::<card::code::Get, plain::CodeGet>("write code/get", bodies::code_get());
    write::<card::Create, plain_create::Create>("write card/create", bodies::card_create());
    validate();
    push();
}

/// Reading an answer beside `serde_json::from_slice`.
fn read<E, P>(name: &str, body: &[u8])
where
    E: Endpoint<Response: Serialize>,
    P: Serialize + DeserializeOwned,
{
    let ours = || E::read(200, body).unwrap_or_else(|error| panic!("{name}: {error}"));
    let theirs = || serde_json::from_slice::<P>(body).unwrap_or_else(|error| panic!("{name}: {error}"));
    same(name, &ours(), &theirs());
    pair(name, 0.65, ours, theirs);
}

/// Writing the body of a request beside `serde_json::to_vec`.
fn write<E, P>(name: &str, request: Value)
where
    E: Endpoint + DeserializeOwned,
    P: Serialize + DeserializeOwned,
{
    let (request, plain): (E, P) = both(name, request);
    let ours = || match black_box(&request).body() {
        Body::Json(bytes) => bytes,
        other => panic!("{name}: {other:?}"),
    };
    let theirs = || serde_json::to_vec(black_box(&plain)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let value =
        |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    same(name, &value(ours()), &value(theirs()));
    pair(name, 1.0, ours, theirs);
}

/// Checking a `base_info` with every field beside the same checks written out by hand over plain types.
fn validate() {
    let name = "validate base_info";
    let (ours, theirs): (card::Create, plain_create::Create) = both(name, bodies::groupon());
    assert!(ours.validate().is_ok() && by_hand::validate(&theirs).is_empty(), "{name}: the card is valid");
    let mut long = bodies::groupon();
    long["card"]["groupon"]["base_info"]["source"] = "x".repeat(37).into();
    let (ours_long, theirs_long): (card::Create, plain_create::Create) = both(name, long);
    assert!(ours_long.validate().is_err() && by_hand::validate(&theirs_long).len() == 1, "{name}: both sides check");
    pair(name, 1.2, || black_box(&ours).validate(), || by_hand::validate(black_box(&theirs)));
}

/// Reading a push beside a derived struct of `quick-xml`.
fn push() {
    let name = "read push merchant_check_result";
    let ours = || CardMerchantCheckResult::from_xml(bodies::PUSH).unwrap_or_else(|error| panic!("{name}: {error}"));
    let theirs = || {
        quick_xml::de::from_str::<plain::MerchantCheckResult>(bodies::PUSH)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    same(name, &ours(), &theirs());
    pair(name, 0.7, ours, theirs);
}

/// The same request in our types and in plain ones.
fn both<E: DeserializeOwned, P: DeserializeOwned>(name: &str, request: Value) -> (E, P) {
    let ours = serde_json::from_value(request.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let theirs = serde_json::from_value(request).unwrap_or_else(|error| panic!("{name}: {error}"));
    (ours, theirs)
}
