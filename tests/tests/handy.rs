//! What makes the types pleasant to live with.

use std::time::{Duration, UNIX_EPOCH};

use serde_json::json;
use weixin::card::code::{Consume, ConsumeResponse};
use weixin::card::types::{Card, Discount, Groupon, NewCard, NewFixTimeRange, NewGroupon};
use weixin::card::{Get, GetResponse, Update};
use weixin::{Endpoint, Error, Json, Validate};

#[path = "shared/cards.rs"]
mod cards;

fn card() -> GetResponse {
    let body = json!({ "errcode": 0, "card": { "card_type": "DISCOUNT", "discount": {
        "base_info": { "id": "p1", "title": "九折" }, "advanced_info": { "time_limit": [] }, "discount": 10,
    } } });
    Get::read(200, body.to_string().as_bytes()).expect("a card")
}

#[test]
fn a_union_lends_what_its_variants_share() {
    let card: Card = card().card;
    assert_eq!(card.card_type(), "DISCOUNT");
    assert_eq!(card.base_info().and_then(|info| info.id.as_deref()), Some("p1"));
    assert!(card.advanced_info().is_some());
    assert!(card.as_groupon().is_none());
    assert_eq!(card.as_discount().and_then(|discount| discount.discount), Some(10));
    let discount = Discount::try_from(card.clone()).expect("a discount");
    assert_eq!(discount.base_info.title.as_deref(), Some("九折"));
    let other = Card::try_into(card).map(|_: Groupon| ()).expect_err("no group-buying coupon");
    assert_eq!(other.card_type(), "DISCOUNT");
}

#[test]
fn a_union_of_a_request_can_be_changed_in_place() {
    let mut card = NewCard::from(NewGroupon::new(cards::base_info(), "套餐"));
    card.base_info_mut().expect("there").title = "双人".to_owned();
    card.as_groupon_mut().expect("there").deal_detail = "三选一".to_owned();
    let groupon = card.as_groupon().expect("there");
    assert_eq!((groupon.base_info.title.as_str(), groupon.deal_detail.as_str()), ("双人", "三选一"));
}

#[test]
fn a_request_takes_fields_that_nobody_documented() {
    let request = Consume::new("1").extra("level", 3).extra("list", Json::list(["a"])).extra("level", 4);
    let written = json!({ "code": "1", "level": 4, "list": ["a"] });
    assert_eq!(serde_json::to_value(&request).expect("JSON"), written);
    assert_eq!(serde_json::from_value::<Consume>(written).expect("it is read"), request);
    let kept = json!({ "card_id": "p", "member_card": { "base_info": { "brand_new": { "swipe": true } } } });
    let update: Update = serde_json::from_value(kept.clone()).expect("it is read");
    assert_eq!(serde_json::to_value(&update).expect("JSON"), kept);
}

#[test]
fn responses_and_errors_are_made_for_tests() {
    let mut response = ConsumeResponse::new();
    response.openid = Some("o".to_owned());
    assert_ne!(response, ConsumeResponse::default());
    let error = Error::api::<Consume>(40127, "invalid user-card status");
    assert_eq!((error.code(), error.errmsg()), (Some(40127), Some("invalid user-card status")));
    assert_eq!(error.endpoint(), Some(Consume::META));
    let violations = Consume::new("").validate().expect_err("a code is needed");
    let error = Error::invalid::<Consume>(violations);
    assert!(error.is_invalid() && error.to_string().contains("code"), "{error}");
}

#[test]
fn days_and_moments_come_in_many_forms() {
    let moment = UNIX_EPOCH + Duration::from_secs(1_767_196_800);
    assert_eq!(NewFixTimeRange::new(moment, moment), NewFixTimeRange::new(1_767_196_800, 1_767_196_800));
    let query = |begin: (i32, u32, u32)| weixin::datacube::GetCardBizuinInfo::new(begin, "2020-01-31", 0);
    assert_eq!(query((2020, 1, 5)).begin_date, "2020-01-05");
    assert!(query((2020, 1, 5)).validate().is_ok());
    assert!(query((2020, 13, 5)).validate().is_err(), "an impossible day is a violation");
}

#[test]
fn a_file_has_bytes_and_a_name() {
    use weixin::File;
    use weixin::cgi_bin::media::UploadImg;
    let told = |file: File| UploadImg::new(file).validate().err().map(|found| found.to_string()).unwrap_or_default();
    assert_eq!(told(File::new("a.jpg", [1])), "");
    assert!(told(File::new("", [1])).contains("name"), "{}", told(File::new("", [1])));
    assert!(told(File::new("a.jpg", [])).contains("must not be empty"), "{}", told(File::new("a.jpg", [])));
    let large = told(File::new("a.jpg", vec![0; 1_048_577]));
    assert!(large.contains("bytes") && !large.contains("UTF-8"), "{large}");
}
