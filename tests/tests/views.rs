//! Cards as people write them, seen from each side.

#[path = "shared/cards.rs"]
mod cards;

use serde_json::{Value, json};
use weixin::card::types::*;
use weixin::card::{Create, Update};
use weixin::{OrText, Validate};

/// The card inside of the request, which is valid and survives being read.
fn written(card: impl Into<NewCard>) -> Value {
    let request = Create::new(card);
    request.validate().expect("a valid card");
    let json = serde_json::to_value(&request).expect("JSON");
    assert_eq!(serde_json::from_value::<Create>(json.clone()).expect("it is read"), request);
    json["card"].clone()
}

fn base() -> Value {
    json!({
        "logo_url": "http://mmbiz.qpic.cn/a/0", "code_type": "CODE_TYPE_TEXT", "brand_name": "小山面馆", "title": "双人套餐",
        "color": "Color010", "notice": "出示即可", "description": "仅限堂食",
        "date_info": { "type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": 1, "end_timestamp": 2 }, "sku": { "quantity": 1 }
    })
}

/// A card as it is sent: its type, the key of its content, and what is in it beside `base_info`.
type Kind = (Value, &'static str, &'static str, Value);

fn coupons() -> Vec<Kind> {
    let info = cards::base_info;
    vec![
        (written(NewGroupon::new(info(), "面")), "GROUPON", "groupon", json!({ "deal_detail": "面" })),
        (
            written(NewCash::new(info(), 100).least_cost(1000)),
            "CASH",
            "cash",
            json!({ "reduce_cost": 100, "least_cost": 1000 }),
        ),
        (written(NewDiscount::new(info(), 30)), "DISCOUNT", "discount", json!({ "discount": 30 })),
        (written(NewGift::new(info(), "茶")), "GIFT", "gift", json!({ "gift": "茶" })),
        (
            written(NewGeneralCoupon::new(info(), "惠")),
            "GENERAL_COUPON",
            "general_coupon",
            json!({ "default_detail": "惠" }),
        ),
    ]
}

fn cards_and_tickets() -> Vec<Kind> {
    let info = cards::base_info;
    vec![
        (
            written(NewMemberCard::new(info(), "特权", true, false).bonus_rules("一元一分").discount(10)),
            "MEMBER_CARD",
            "member_card",
            json!({ "prerogative": "特权", "supply_bonus": true, "supply_balance": false, "bonus_rules": "一元一分", "discount": 10 }),
        ),
        (
            written(NewScenicTicket::new(info(), "全票")),
            "SCENIC_TICKET",
            "scenic_ticket",
            json!({ "ticket_class": "全票" }),
        ),
        (written(NewMovieTicket::new(info(), "片")), "MOVIE_TICKET", "movie_ticket", json!({ "detail": "片" })),
        (
            written(
                NewBoardingPass::new(info())
                    .from("昆明")
                    .to("厦门")
                    .departure_time(OrText::Text("1434507901".into()))
                    .landing_time(2),
            ),
            "BOARDING_PASS",
            "boarding_pass",
            json!({ "from": "昆明", "to": "厦门", "departure_time": "1434507901", "landing_time": 2 }),
        ),
        (
            written(NewMeetingTicket::new(info(), "会")),
            "MEETING_TICKET",
            "meeting_ticket",
            json!({ "meeting_detail": "会" }),
        ),
        (written(NewBusTicket::new(info())), "BUS_TICKET", "bus_ticket", json!({})),
        (
            written(NewGeneralCard::new(info()).sub_card_type("GIFT_CARD")),
            "GENERAL_CARD",
            "general_card",
            json!({ "sub_card_type": "GIFT_CARD" }),
        ),
    ]
}

#[test]
fn every_type_of_card() {
    for (card, tag, key, mut content) in coupons().into_iter().chain(cards_and_tickets()) {
        content["base_info"] = base();
        assert_eq!(card, json!({ "card_type": tag, key: content }));
    }
}

#[test]
fn coupons_for_friends() {
    let mut info = base();
    let fields = info.as_object_mut().expect("an object");
    fields.retain(|key, _| key != "title" && key != "sku");
    fields.extend(
        json!({ "location_id_list": [123], "can_share": false, "can_give_friend": false })
            .as_object()
            .expect("an object")
            .clone(),
    );
    let advanced = json!({
        "abstract": { "abstract": "春茶已到", "icon_url_list": ["http://mmbiz.qpic.cn/b/0"] },
        "text_image_list": [{ "image_url": "http://mmbiz.qpic.cn/b/0", "text": "现做" }], "share_friends": true
    });
    let cash = NewFriendsCash::new(cards::friends_base_info(false, false), cards::friends_advanced_info(), 100);
    assert_eq!(
        written(cash),
        json!({ "card_type": "CASH", "cash": { "base_info": info, "advanced_info": advanced, "reduce_cost": 100 } })
    );
    let gift = NewFriendsGift::new(NewFriendsGiftRequired {
        base_info: cards::friends_base_info(false, false),
        advanced_info: cards::friends_advanced_info(),
        gift_name: "桂花糕".into(),
        gift_num: 2,
        gift_unit: "盒".into(),
    });
    assert_eq!(
        written(gift),
        json!({ "card_type": "GIFT", "gift": {
            "base_info": info, "advanced_info": advanced, "gift_name": "桂花糕", "gift_num": 2, "gift_unit": "盒"
        } })
    );
    // The flag alone tells the two kinds of the same card type apart, as number or text too.
    for flag in [json!(true), json!(1), json!("true"), json!("1")] {
        let mut card = json!({ "base_info": info, "advanced_info": advanced, "reduce_cost": 1 });
        card["advanced_info"]["share_friends"] = flag.clone();
        let card: NewCard = serde_json::from_value(json!({ "card_type": "CASH", "cash": card })).expect("a card");
        assert!(matches!(card, NewCard::FriendsCash(_)), "{flag}");
    }
    let plain: NewCard = serde_json::from_value(json!({ "card_type": "CASH", "cash": {
        "base_info": base(), "advanced_info": { "share_friends": false }, "reduce_cost": 1
    } }))
    .expect("a card");
    assert!(matches!(plain, NewCard::Cash(_)));
}

#[test]
fn an_update_has_no_tag() {
    let update = |card: CardUpdate| serde_json::to_value(Update::new("p", card)).expect("JSON");
    assert_eq!(update(BusTicketUpdate::new().into()), json!({ "card_id": "p", "bus_ticket": {} }));
    let boarding = BoardingPassUpdate::new().gate("12号").departure_time(1);
    let written = json!({ "card_id": "p", "boarding_pass": { "gate": "12号", "departure_time": 1 } });
    assert_eq!(update(boarding.into()), written);
    let read: Update = serde_json::from_value(written.clone()).expect("an update");
    assert!(matches!(read.card, CardUpdate::BoardingPass(_)));
    let strange = json!({ "card_id": "p", "space_flight": { "orbit": 1 } });
    let read: Update = serde_json::from_value(strange.clone()).expect("an update");
    assert!(matches!(&read.card, CardUpdate::Unknown(card) if card.tag() == "space_flight"));
    assert_eq!(serde_json::to_value(&read).expect("JSON"), strange);
    assert_eq!(read.review_fields(), [""; 0]);
}
