//! Cards: how they are made, reviewed, changed and counted.

use crate::support::{ALICE, DAY, LOGO, World, base, code_of, groupon, member_card, ranged, shared, world};
use weixin::card::types::{
    BaseInfoUpdate, BoardingPassUpdate, Card, CardStatus, Color, CustomCodeMode, DateInfo, FixTimeRangeUpdate,
    GrouponUpdate, MemberCardUpdate, NewDiscount, NewFixTerm, NewSku, SubMerchantInfo,
};
use weixin::card::{BatchGet, Create, Delete, Get, ModifyStock, Update};
use weixin::event::Event;
use weixin_fake::state::{Merchant, Review};
use weixin_fake::{Claim, Fault, Plan, Verdict};

async fn read(world: &World, id: &str) -> Card {
    Get::new(id).send(&world.client).await.expect("a known card").card
}

async fn status(world: &World, id: &str) -> CardStatus {
    let card = read(world, id).await;
    card.base_info().and_then(|base| base.status.clone()).expect("a state")
}

#[tokio::test]
async fn a_card_is_read_as_it_was_made_with_what_became_of_it() {
    let world = world().await;
    let id = Create::new(groupon(300)).send(&world.client).await.unwrap().card_id;
    assert!(id.starts_with('p') && id.len() == 28, "{id}");
    let Card::Groupon(card) = read(&world, &id).await else { panic!("a groupon") };
    let base = &card.base_info;
    assert_eq!(base.id.as_deref(), Some(id.as_str()));
    assert_eq!(base.title.as_deref(), Some("双人下午茶"));
    assert_eq!(card.deal_detail.as_deref(), Some("任选一款茶"));
    assert_eq!(base.status, Some(CardStatus::NotVerify));
    assert_eq!(base.color.as_ref().map(Color::as_str), Color::Color020.hex(), "a response has the value of the color");
    assert_eq!(base.get_limit, Some(u64::from(u32::MAX)), "no limit is the largest number");
    let sku = base.sku.as_ref().unwrap();
    assert_eq!((sku.quantity, sku.total_quantity), (Some(300), Some(300)));
    let (created, now) = (base.create_time.unwrap(), world.server.now());
    assert!(created <= now && now < created + 60, "{created} {now}");
    let Some(DateInfo::FixTerm(term)) = &base.date_info else { panic!("a term") };
    assert_eq!((term.fixed_term, term.fixed_begin_term), (Some(30), Some(0)));
}

#[tokio::test]
async fn each_kind_is_read_as_the_kind_it_is() {
    let world = world().await;
    let discount = NewDiscount::new(base(NewFixTerm::new(30, 0), 10), 15);
    let member = Create::new(member_card()).send(&world.client).await.unwrap().card_id;
    let discount = Create::new(discount).send(&world.client).await.unwrap().card_id;
    let now = world.server.now();
    let cash = Create::new(shared(now, now + 86_400)).send(&world.client).await.unwrap().card_id;
    assert!(matches!(read(&world, &member).await, Card::MemberCard(_)));
    assert!(matches!(read(&world, &discount).await, Card::Discount(card) if card.discount == Some(15)));
    let Card::Cash(cash) = read(&world, &cash).await else { panic!("a cash voucher") };
    assert_eq!(cash.advanced_info.unwrap().share_friends, Some(true));
    assert_eq!(cash.base_info.sku.unwrap().quantity, Some(0), "it is bought afterwards");
}

#[tokio::test]
async fn what_is_not_documented_is_refused_with_its_code() {
    let world = world().await;
    let client = &world.client;
    let mut foreign = groupon(5);
    foreign.base_info.logo_url = "https://example.com/logo.png".into();
    assert_eq!(code_of(Create::new(foreign).send(client).await), Some(52000));
    let now = world.server.now();
    assert_eq!(code_of(Create::new(ranged(now - 100, now - 1)).send(client).await), Some(40079));
    assert_eq!(code_of(Get::new("pX2gTj0aBc1DeFg2HiJk3LmNo4Pq").send(client).await), Some(40073));
    let empty = weixin::Client::builder().base_url(world.server.url()).policy(weixin::ValidationPolicy::Off);
    let (id, secret) = world.server.account();
    let empty = empty.app(id, secret).build().unwrap();
    assert_eq!(code_of(Create::new(groupon(0)).send(&empty).await), Some(52005));
    let mut imported = groupon(1);
    imported.base_info = imported.base_info.use_custom_code(true).get_custom_code_mode(CustomCodeMode::Deposit);
    assert_eq!(code_of(Create::new(imported.clone()).send(&empty).await), Some(40136));
    imported.base_info.sku = NewSku::new(0);
    Create::new(imported).send(client).await.unwrap();
}

#[tokio::test]
async fn a_card_for_a_sub_merchant_needs_one_that_is_approved() {
    let world = world().await;
    let made = |merchant: u64| {
        let mut card = groupon(5);
        card.base_info = card.base_info.sub_merchant_info(SubMerchantInfo::new(merchant));
        Create::new(card).send(&world.client)
    };
    let app = world.server.account().0.to_owned();
    let put = |review: Review| {
        let content = serde_json::Value::Null;
        let merchant = Merchant { app: app.clone(), content, review, reason: String::new(), created: 0, updated: 0 };
        world.server.change(|state| state.merchants.put("640218", merchant));
    };
    assert_eq!(code_of(made(640218).await), Some(40139));
    put(Review::Checking);
    assert_eq!(code_of(made(640218).await), Some(40140));
    put(Review::Approved);
    let id = made(640218).await.unwrap().card_id;
    assert_eq!(world.server.look(|state| state.cards.get(&id).unwrap().merchant), Some(640218));
    let base = read(&world, &id).await.base_info().unwrap().clone();
    assert_eq!(base.sub_merchant_info.unwrap().merchant_id, 640218);
}

#[tokio::test]
async fn a_review_is_pushed_and_done_once() {
    let mut world = world().await;
    let id = Create::new(groupon(5)).send(&world.client).await.unwrap().card_id;
    world.server.review_card(&id, Verdict::Reject("图片不清晰".into())).unwrap();
    let Event::CardNotPassCheck(event) = world.pushed().await else { panic!("a refusal") };
    assert_eq!((event.card_id.as_str(), event.refuse_reason.as_deref()), (id.as_str(), Some("图片不清晰")));
    let app = world.server.account().0.to_owned();
    let original = world.server.look(|state| state.accounts.get(&app).unwrap().original_id.clone());
    assert_eq!(event.to_user_name, Some(original));
    assert_eq!(event.msg_type.as_ref().map(weixin::event::types::MessageType::as_str), Some("event"));
    assert_eq!(status(&world, &id).await, CardStatus::VerifyFail);
    assert!(world.server.review_card(&id, Verdict::Approve).is_err(), "it waits no more");
    let other = world.approved(groupon(5)).await;
    assert_eq!(status(&world, &other).await, CardStatus::VerifyOk);
    assert!(world.server.review_card("p0", Verdict::Approve).is_err());
}

#[tokio::test]
async fn a_change_goes_to_review_only_where_it_must() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let change = |base: BaseInfoUpdate| Update::new(id.as_str(), GrouponUpdate::new().base_info(base));
    let answer = change(BaseInfoUpdate::new().service_phone("021-55550123")).send(&world.client).await.unwrap();
    assert_eq!(answer.send_check, Some(false));
    assert_eq!(status(&world, &id).await, CardStatus::VerifyOk);
    let answer = change(BaseInfoUpdate::new().notice("请先预约")).send(&world.client).await.unwrap();
    assert_eq!(answer.send_check, Some(true));
    let base = read(&world, &id).await.base_info().unwrap().clone();
    assert_eq!(base.status, Some(CardStatus::NotVerify));
    assert_eq!((base.notice.as_deref(), base.service_phone.as_deref()), (Some("请先预约"), Some("021-55550123")));
    assert_eq!(base.title.as_deref(), Some("双人下午茶"), "what was not sent stays");
    assert!(world.server.claim(&id, ALICE, Claim::default()).is_err(), "it has to pass again");
}

#[tokio::test]
async fn shops_are_set_and_cleared() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let mut base = BaseInfoUpdate::new().location_id_list(vec![1, 2]);
    let send = |base: &BaseInfoUpdate| {
        Update::new(id.as_str(), GrouponUpdate::new().base_info(base.clone())).send(&world.client)
    };
    send(&base).await.unwrap();
    assert_eq!(read(&world, &id).await.base_info().unwrap().location_id_list, [1, 2]);
    base.location_id_list = Some(weixin::OrText::Text("0".into()));
    send(&base).await.unwrap();
    assert!(read(&world, &id).await.base_info().unwrap().location_id_list.is_empty());
}

#[tokio::test]
async fn a_change_is_refused_with_its_code() {
    let mut world = world().await;
    let now = world.server.now();
    let id = world.approved(ranged(now, now + 1_000)).await;
    let span = |begin: u64, end: u64| {
        let range = FixTimeRangeUpdate::new().begin_timestamp(begin).end_timestamp(end);
        let base = BaseInfoUpdate::new().date_info(range);
        Update::new(id.as_str(), GrouponUpdate::new().base_info(base)).send(&world.client)
    };
    assert_eq!(code_of(span(now, now + 999).await), Some(40100));
    assert_eq!(code_of(span(now + 1, now + 1_000).await), Some(40100));
    assert_eq!(span(now - 1, now + 1_001).await.unwrap().send_check, Some(false));
    let other = Update::new(id.as_str(), BoardingPassUpdate::new().gate("12号")).send(&world.client).await;
    assert_eq!(code_of(other), Some(40071), "it is no boarding pass");
    let unknown = Update::new("p0", MemberCardUpdate::new().prerogative("x")).send(&world.client).await;
    assert_eq!(code_of(unknown), Some(40073));
    let foreign = BaseInfoUpdate::new().logo_url("https://example.com/logo.png");
    let foreign = Update::new(id.as_str(), GrouponUpdate::new().base_info(foreign)).send(&world.client).await;
    assert_eq!(code_of(foreign), Some(52000));
}

#[tokio::test]
async fn stock_grows_and_shrinks_but_not_below_nothing() {
    let mut world = world().await;
    let id = world.approved(groupon(10)).await;
    world.claimed(&id, ALICE).await;
    let change = |plus: i64, minus: i64| {
        ModifyStock::new(id.as_str()).increase_stock_value(plus).reduce_stock_value(minus).send(&world.client)
    };
    change(5, 4).await.unwrap();
    let sku = read(&world, &id).await.base_info().unwrap().sku.clone().unwrap();
    assert_eq!((sku.quantity, sku.total_quantity), (Some(10), Some(11)));
    assert_eq!(code_of(change(0, 11).await), Some(45031));
    assert_eq!(code_of(change(99_999_990, 0).await), Some(45041));
    assert_eq!(code_of(change(100_000_000, 0).await), Some(45031));
    change(0, 10).await.unwrap();
    assert!(world.server.claim(&id, crate::support::BOB, Claim::default()).is_err(), "none is left");
    let unknown = ModifyStock::new("p0").increase_stock_value(1).send(&world.client).await;
    assert_eq!(code_of(unknown), Some(40073));
    let now = world.server.now();
    let shared = Create::new(shared(now, now + 9_000)).send(&world.client).await.unwrap().card_id;
    let shared = ModifyStock::new(shared).increase_stock_value(1).send(&world.client).await;
    assert_eq!(code_of(shared), Some(73208));
}

#[tokio::test]
async fn a_lost_change_of_stock_is_found_out() {
    let mut world = world().await;
    let id = world.approved(groupon(10)).await;
    let more = ModifyStock::new(id.as_str()).increase_stock_value(7);
    let noted = more.note_before(&world.client).await.unwrap();
    world.fail(Plan::new(Fault::CutAfter).at("/card/modifystock").times(1));
    let error = more.send(&world.client).await.unwrap_err();
    assert_eq!(error.code(), None, "{error}");
    assert_eq!(noted.verify_after(&error, &world.client).await.unwrap(), weixin::Verified::Done);
    assert_eq!(world.server.look(|state| state.cards.get(&id).unwrap().left), 17);
}

#[tokio::test]
async fn all_cards_are_listed_by_state_and_page_by_page() {
    let mut world = world().await;
    let mut all = Vec::new();
    for _ in 0..7 {
        all.push(Create::new(groupon(1)).send(&world.client).await.unwrap().card_id);
    }
    for id in &all[2..5] {
        world.server.review_card(id, Verdict::Approve).unwrap();
        world.pushed().await;
    }
    Delete::new(all[3].as_str()).send(&world.client).await.unwrap();
    let collected = async |request: BatchGet| {
        let (mut items, mut ids) = (request.items(&world.client), Vec::new());
        while let Some(id) = items.next().await {
            ids.push(id.unwrap());
        }
        ids
    };
    assert_eq!(collected(BatchGet::new(0, 3)).await, all, "those of every state, in pages of three");
    assert_eq!(world.server.received::<BatchGet>().len(), 3);
    let approved = BatchGet::new(0, 1).status_list([CardStatus::VerifyOk]);
    assert_eq!(collected(approved).await, [all[2].clone(), all[4].clone()]);
    let page = BatchGet::new(6, 50).send(&world.client).await.unwrap();
    assert_eq!((page.card_id_list, page.total_num), (vec![all[6].clone()], Some(7)));
    let gone = BatchGet::new(0, 9).status_list([CardStatus::Delete, CardStatus::VerifyFail]);
    assert_eq!(gone.send(&world.client).await.unwrap().card_id_list, [all[3].clone()]);
}

#[tokio::test]
async fn a_deleted_card_stays_with_those_who_hold_it() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let code = world.claimed(&id, ALICE).await;
    Delete::new(id.as_str()).send(&world.client).await.unwrap();
    Delete::new(id.as_str()).send(&world.client).await.unwrap();
    assert_eq!(status(&world, &id).await, CardStatus::Delete);
    assert!(world.server.claim(&id, crate::support::BOB, Claim::default()).is_err());
    weixin::card::code::Consume::new(code).send(&world.client).await.unwrap();
    assert_eq!(code_of(Delete::new("p0").send(&world.client).await), Some(40073));
    let change = GrouponUpdate::new().base_info(BaseInfoUpdate::new().logo_url(LOGO));
    assert_eq!(code_of(Update::new(id, change).send(&world.client).await), Some(40078));
}

#[tokio::test]
async fn a_look_at_a_card_is_counted_and_pushed_where_it_asks_for_it() {
    let mut world = world().await;
    let (member, plain) = (world.approved(member_card()).await, world.approved(groupon(5)).await);
    world.server.view_card(&plain, ALICE).unwrap();
    let code = world.claimed(&member, ALICE).await;
    world.server.view_card(&member, ALICE).unwrap();
    let Event::UserViewCard(event) = world.pushed().await else { panic!("a look") };
    assert_eq!((event.card_id, event.user_card_code), (member.clone(), Some(code)));
    assert_eq!(event.from_user_name.as_deref(), Some(ALICE));
    assert!(world.is_quiet());
    let viewed = |card: &str| {
        world.server.look(|state| {
            let days = state.days.iter().filter(|(key, _)| key.ends_with(card));
            days.map(|(_, day)| (day.viewed, day.viewers.clone())).collect::<Vec<_>>()
        })
    };
    assert_eq!(viewed(&plain), [(1, vec![ALICE.to_owned()])]);
    assert_eq!(viewed(&member), [(1, vec![ALICE.to_owned()])]);
    assert!(world.server.view_card("p0", ALICE).is_err());
    world.server.advance(DAY);
    world.server.view_card(&plain, ALICE).unwrap();
    assert_eq!(viewed(&plain).len(), 2, "a day has its own count");
}
