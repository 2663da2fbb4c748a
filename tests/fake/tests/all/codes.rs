//! Coupons: how they are claimed, used, given away and ended.

use crate::support::{ALICE, BOB, DAY, World, code_of, groupon, member_card, ranged, shared, world};
use weixin::card::code::{Consume, Decrypt, Get, Mark, Unavailable, Update, UserCardStatus};
use weixin::card::types::NewGroupon;
use weixin::card::user::GetCardList;
use weixin::datacube::GetCardBizuinInfo;
use weixin::datacube::types::CardSource;
use weixin::event::{ConsumeSource, Event};
use weixin::{Client, ValidationPolicy, Verified, card};
use weixin_fake::state::Day;
use weixin_fake::{Claim, Fault, Plan};

/// What a query says without checking.
async fn status(world: &World, code: &str) -> UserCardStatus {
    let asked = Get::new(code).check_consume(false).send(&world.client).await.expect("a known code");
    asked.user_card_status.expect("a state")
}

/// By which codes a query that checks is refused, and redeeming.
async fn refusals(world: &World, code: &str) -> [Option<i64>; 2] {
    let checked = Get::new(code).check_consume(true).send(&world.client).await;
    [code_of(checked), code_of(Consume::new(code).send(&world.client).await)]
}

fn day(world: &World, card: &str) -> Day {
    world.server.look(|state| state.days.iter().find(|(key, _)| key.ends_with(card)).expect("a day").1.clone())
}

fn custom(quantity: u64) -> NewGroupon {
    let mut card = groupon(quantity);
    card.base_info = card.base_info.use_custom_code(true);
    card
}

#[tokio::test]
async fn the_life_of_a_coupon() {
    let mut world = world().await;
    let id = world.approved(groupon(100)).await;
    let handed = card::qrcode::QrActionInfo::new().card(card::qrcode::QrCard::new(id.as_str()).outer_str("counter-3"));
    let handed = card::qrcode::Create::new("QR_CARD", handed).send(&world.client).await.unwrap();
    assert!(handed.show_qrcode_url.unwrap().contains("showqrcode?ticket="));
    let claim = Claim { outer_str: Some("counter-3".into()), ..Claim::default() };
    let code = world.server.claim(&id, ALICE, claim).unwrap();
    let Event::UserGetCard(event) = world.pushed().await else { panic!("a claim") };
    assert_eq!((event.card_id.as_str(), event.user_card_code.as_deref()), (id.as_str(), Some(code.as_str())));
    assert_eq!((event.from_user_name.as_deref(), event.is_give_by_friend), (Some(ALICE), Some(false)));
    assert_eq!(event.outer_str.as_deref(), Some("counter-3"));
    let asked = Get::new(code.as_str()).send(&world.client).await.unwrap();
    assert_eq!((asked.can_consume, asked.user_card_status), (Some(true), Some(UserCardStatus::Normal)));
    assert_eq!((asked.openid.as_deref(), asked.outer_str.as_deref()), (Some(ALICE), Some("counter-3")));
    let (begin, end) = asked.card.map(|card| (card.begin_time.unwrap(), card.end_time.unwrap())).unwrap();
    assert!(begin <= world.server.now() && end + 1 - begin == 30 * 86_400, "{begin} {end}");
    let used = Consume::new(code.as_str()).send(&world.client).await.unwrap();
    assert_eq!((used.card.unwrap().card_id, used.openid.as_deref()), (Some(id.clone()), Some(ALICE)));
    let Event::UserConsumeCard(event) = world.pushed().await else { panic!("a redemption") };
    assert_eq!((event.card_id.as_str(), event.user_card_code.as_deref()), (id.as_str(), Some(code.as_str())));
    assert_eq!(event.consume_source, Some(ConsumeSource::FromApi));
    assert_eq!(status(&world, &code).await, UserCardStatus::Consumed);
    assert_eq!(refusals(&world, &code).await, [Some(40127), Some(40099)]);
    assert!(world.is_quiet(), "what was refused is not pushed");
    let day = day(&world, &id);
    assert_eq!((day.received, day.receivers), (1, vec![ALICE.to_owned()]));
    assert_eq!((day.redeemed, day.redeemers), (1, vec![ALICE.to_owned()]));
    assert_eq!(world.server.look(|state| state.cards.get(&id).map(|card| (card.left, card.total))), Some((99, 100)));
}

#[tokio::test]
async fn a_code_that_nobody_has_is_unknown() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let code = world.claimed(&id, ALICE).await;
    assert_eq!(refusals(&world, "220418063571").await, [Some(40056); 2]);
    let unchecked = Get::new("220418063571").check_consume(false).send(&world.client).await;
    assert_eq!(code_of(unchecked), Some(40056), "unknown whatever is asked");
    let other = Get::new(code.as_str()).card_id("pX2gTj0aBc1DeFg2HiJk3LmNo4Pq").send(&world.client).await;
    assert_eq!(code_of(other), Some(40056));
    Get::new(code).card_id(id).send(&world.client).await.unwrap();
}

#[tokio::test]
async fn a_coupon_expires_by_the_clock() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let code = world.claimed(&id, ALICE).await;
    world.server.advance(29 * DAY);
    assert_eq!(status(&world, &code).await, UserCardStatus::Normal);
    world.server.advance(DAY);
    assert_eq!(status(&world, &code).await, UserCardStatus::Expire);
    assert_eq!(refusals(&world, &code).await, [Some(40127), Some(40079)]);
}

#[tokio::test]
async fn a_coupon_is_valid_between_two_moments_and_no_sooner() {
    let mut world = world().await;
    let now = world.server.now();
    let id = world.approved(ranged(now + 1_000, now + 2_000)).await;
    let code = world.claimed(&id, ALICE).await;
    let asked = Get::new(code.as_str()).send(&world.client).await.unwrap();
    assert_eq!((asked.can_consume, asked.user_card_status), (Some(false), Some(UserCardStatus::Normal)));
    assert_eq!(code_of(Consume::new(code.as_str()).send(&world.client).await), Some(40079));
    world.server.advance(1_100);
    let asked = Get::new(code.as_str()).send(&world.client).await.unwrap();
    assert_eq!(asked.can_consume, Some(true));
    let card = asked.card.unwrap();
    assert_eq!((card.begin_time, card.end_time), (Some(now + 1_000), Some(now + 2_000)));
}

#[tokio::test]
async fn a_member_card_is_valid_for_ever() {
    let mut world = world().await;
    let id = world.approved(member_card()).await;
    let code = world.claimed(&id, ALICE).await;
    world.server.advance(1_000 * DAY);
    let card = Get::new(code).send(&world.client).await.unwrap().card.unwrap();
    assert_eq!((card.begin_time, card.end_time), (Some(0), Some(4_294_967_295)));
}

#[tokio::test]
async fn a_gift_goes_on_under_another_code() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let old = world.claimed(&id, ALICE).await;
    world.server.gift(&old).unwrap();
    let Event::UserGiftingCard(event) = world.pushed().await else { panic!("a gift") };
    assert_eq!((event.user_card_code.as_deref(), event.is_return_back), (Some(old.as_str()), Some(false)));
    assert_eq!(status(&world, &old).await, UserCardStatus::Gifting);
    assert_eq!(refusals(&world, &old).await, [Some(40127), Some(40078)]);
    assert!(world.server.gift(&old).is_err(), "it is on its way");
    let new = world.server.accept_gift(&old, BOB).unwrap();
    assert_ne!(new, old);
    let Event::UserGetCard(event) = world.pushed().await else { panic!("a claim") };
    assert_eq!((event.from_user_name.as_deref(), event.is_give_by_friend), (Some(BOB), Some(true)));
    assert_eq!((event.friend_user_name.as_deref(), event.old_user_card_code.as_deref()), (Some(ALICE), Some(&*old)));
    assert_eq!(refusals(&world, &old).await, [Some(40056), Some(40127)]);
    let unchecked = Get::new(old.as_str()).check_consume(false).send(&world.client).await;
    assert_eq!(code_of(unchecked), Some(40056), "taken over by another user");
    assert!(world.server.accept_gift(&old, BOB).is_err(), "it was taken");
    let used = Consume::new(new).send(&world.client).await.unwrap();
    assert_eq!(used.openid.as_deref(), Some(BOB));
    let day = day(&world, &id);
    assert_eq!((day.given, day.givers), (1, vec![ALICE.to_owned()]));
    assert_eq!((day.taken, day.takers), (1, vec![BOB.to_owned()]));
    assert_eq!(world.server.look(|state| state.cards.get(&id).unwrap().left), 4, "a gift takes nothing from the stock");
}

#[tokio::test]
async fn a_gift_that_nobody_takes_comes_back() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let code = world.claimed(&id, ALICE).await;
    assert!(world.server.time_out_gift(&code).is_err(), "nobody gives it away");
    world.server.gift(&code).unwrap();
    world.pushed().await;
    world.server.time_out_gift(&code).unwrap();
    let Event::UserGiftingCard(event) = world.pushed().await else { panic!("a gift") };
    assert_eq!(event.is_return_back, Some(true));
    assert_eq!(status(&world, &code).await, UserCardStatus::GiftTimeout);
    assert_eq!(refusals(&world, &code).await, [Some(40127); 2]);
}

#[tokio::test]
async fn a_deleted_coupon_cannot_be_used() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let code = world.claimed(&id, ALICE).await;
    world.server.delete_coupon(&code).unwrap();
    let Event::UserDelCard(event) = world.pushed().await else { panic!("a deletion") };
    assert_eq!((event.card_id, event.user_card_code.as_deref()), (id, Some(code.as_str())));
    assert_eq!(status(&world, &code).await, UserCardStatus::Delete);
    assert_eq!(refusals(&world, &code).await, [Some(40127); 2]);
    assert!(world.server.delete_coupon(&code).is_err());
}

#[tokio::test]
async fn an_unavailable_coupon_never_comes_back() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let (code, used) = (world.claimed(&id, ALICE).await, world.claimed(&id, BOB).await);
    for _ in 0..2 {
        Unavailable::new(code.as_str()).reason("refunded").send(&world.client).await.unwrap();
    }
    assert_eq!(status(&world, &code).await, UserCardStatus::Unavailable);
    assert_eq!(refusals(&world, &code).await, [Some(40127); 2]);
    Consume::new(used.as_str()).send(&world.client).await.unwrap();
    assert_eq!(code_of(Unavailable::new(used).send(&world.client).await), Some(40127));
    assert_eq!(code_of(Unavailable::new("0").send(&world.client).await), Some(40056));
}

#[tokio::test]
async fn a_shared_coupon_is_redeemed_only_while_it_is_marked() {
    let mut world = world().await;
    let now = world.server.now();
    let id = world.approved(shared(now, now + 100_000)).await;
    assert!(world.server.claim(&id, ALICE, Claim::default()).is_err(), "its stock is bought");
    world.server.restock(&id, 5).unwrap();
    let code = world.claimed(&id, ALICE).await;
    let mark = |openid: &str, is_mark: bool| Mark::new(code.as_str(), id.as_str(), openid, is_mark).send(&world.client);
    let consume = || Consume::new(code.as_str()).send(&world.client);
    assert_eq!(code_of(consume().await), Some(40003));
    mark(ALICE, true).await.unwrap();
    mark(ALICE, true).await.unwrap();
    assert_eq!(code_of(mark(BOB, true).await), Some(40146));
    assert_eq!(code_of(mark(BOB, false).await), Some(40146));
    mark(ALICE, false).await.unwrap();
    assert_eq!(code_of(consume().await), Some(40003));
    mark(BOB, true).await.unwrap();
    world.server.advance(301);
    assert_eq!(code_of(consume().await), Some(40003), "a mark lasts five minutes");
    mark(ALICE, true).await.unwrap();
    consume().await.unwrap();
    assert_eq!(code_of(mark(ALICE, true).await), Some(40099));
}

#[tokio::test]
async fn only_usable_shared_coupons_are_marked() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let code = world.claimed(&id, ALICE).await;
    let mark = |code: &str| Mark::new(code, id.as_str(), ALICE, true).send(&world.client);
    assert_eq!(code_of(mark(&code).await), Some(40078));
    assert_eq!(code_of(mark("220418063571").await), Some(40056));
}

#[tokio::test]
async fn custom_codes_are_told_and_can_change() {
    let mut world = world().await;
    let id = world.approved(custom(5)).await;
    let claim = |code: &str| Claim { code: Some(code.into()), ..Claim::default() };
    assert!(world.server.claim(&id, ALICE, Claim::default()).is_err(), "the merchant tells the code");
    assert_eq!(world.server.claim(&id, ALICE, claim("A-1")).unwrap(), "A-1");
    assert!(world.server.claim(&id, BOB, claim("A-1")).is_err(), "the code is taken");
    assert_eq!(code_of(Consume::new("A-1").send(&world.client).await), Some(40056), "it needs the id of the card");
    world.server.claim(&id, BOB, claim("B-1")).unwrap();
    let change = |old: &str, new: &str| Update::new(old, new).card_id(id.as_str()).send(&world.client);
    assert_eq!(code_of(change("A-1", "B-1").await), Some(40116));
    change("A-1", "A-2").await.unwrap();
    assert_eq!(code_of(change("A-1", "A-3").await), Some(40056));
    Consume::new("A-2").card_id(id.as_str()).send(&world.client).await.unwrap();
    assert_eq!(code_of(change("A-2", "A-3").await), Some(40127));
    world.server.gift("B-1").unwrap();
    assert_eq!(
        world.server.accept_gift("B-1", ALICE).unwrap(),
        "B-1",
        "a custom code stays until the merchant changes it"
    );
    let plain = world.approved_after_noise(groupon(5)).await;
    let code = world.server.claim(&plain, ALICE, Claim::default()).unwrap();
    assert_eq!(code_of(Update::new(code, "C-1").send(&world.client).await), Some(45030));
}

#[tokio::test]
async fn only_so_many_are_claimed_as_one_may_have() {
    let mut world = world().await;
    let mut limited = groupon(3);
    limited.base_info = limited.base_info.get_limit(2);
    let id = world.approved(limited).await;
    let claim = |openid: &str| world.server.claim(&id, openid, Claim::default());
    let codes = [claim(ALICE).unwrap(), claim(ALICE).unwrap()];
    assert_ne!(codes[0], codes[1]);
    assert!(claim(ALICE).is_err());
    claim(BOB).unwrap();
    assert!(claim(BOB).is_err(), "none is left");
}

#[tokio::test]
async fn a_user_has_what_can_be_used() {
    let mut world = world().await;
    let now = world.server.now();
    let (plain, later) = (world.approved(groupon(9)).await, world.approved(ranged(now + 9_000, now + 99_000)).await);
    let mut codes = Vec::new();
    for _ in 0..3 {
        codes.push(world.claimed(&plain, ALICE).await);
    }
    let future = world.claimed(&later, ALICE).await;
    world.claimed(&plain, BOB).await;
    Consume::new(codes[0].as_str()).send(&world.client).await.unwrap();
    world.server.gift(&codes[1]).unwrap();
    let list = GetCardList::new(ALICE).send(&world.client).await.unwrap();
    let mut held: Vec<_> = list.card_list.iter().map(|held| (held.card_id.as_deref(), &*held.code)).collect();
    let mut expected = [(Some(plain.as_str()), &*codes[2]), (Some(later.as_str()), &*future)];
    held.sort_unstable();
    expected.sort_unstable();
    assert_eq!((held, list.has_share_card), (expected.to_vec(), Some(false)));
    let one = GetCardList::new(ALICE).card_id(later.as_str()).send(&world.client).await.unwrap();
    assert_eq!(one.card_list.len(), 1);
    world.server.advance(31 * DAY);
    assert!(GetCardList::new(ALICE).send(&world.client).await.unwrap().card_list.is_empty(), "all have expired");
    let none = GetCardList::new("oX2gTj00000000000000000000").send(&world.client).await.unwrap();
    assert!(none.card_list.is_empty());
}

#[tokio::test]
async fn a_shared_coupon_shows_in_the_list() {
    let mut world = world().await;
    let now = world.server.now();
    let id = world.approved(shared(now, now + 100_000)).await;
    world.server.restock(&id, 1).unwrap();
    world.claimed(&id, ALICE).await;
    let list = GetCardList::new(ALICE).send(&world.client).await.unwrap();
    assert_eq!((list.card_list.len(), list.has_share_card), (1, Some(true)));
}

#[tokio::test]
async fn what_became_of_a_lost_redemption_is_found_out() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let code = world.claimed(&id, ALICE).await;
    let consume = Consume::new(code.as_str());
    for (fault, expected) in [(Fault::CutBefore, Verified::NotDone), (Fault::CutAfter, Verified::Done)] {
        world.fail(Plan::new(fault).at("/card/code/consume").times(1));
        let error = consume.send(&world.client).await.unwrap_err();
        assert_eq!(error.code(), None, "{error}");
        assert_eq!(consume.verify_after(&error, &world.client).await.unwrap(), expected);
    }
    assert!(matches!(world.pushed().await, Event::UserConsumeCard(_)), "what was done is pushed, heard or not");
    assert_eq!(day(&world, &id).redeemed, 1);
}

#[tokio::test]
async fn an_encrypted_code_is_decrypted() {
    let world = world().await;
    let text = world.server.encrypted_code("220418063571");
    assert_eq!(Decrypt::new(text.as_str()).send(&world.client).await.unwrap().code, "220418063571");
    for wrong in [text.replace('=', "%3D"), text[2..].to_owned(), "XsVm3TpBn9Qa7LrKcYw2ZhEd5oGu8iJf0tSxRk1MvNq=".into()]
    {
        assert_eq!(code_of(Decrypt::new(wrong).send(&world.client).await), Some(40075));
    }
}

#[tokio::test]
async fn many_coupons_are_there_at_once() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let begun = std::time::Instant::now();
    let codes = world.server.seed_coupons(&id, 100_000).unwrap();
    assert!(begun.elapsed() < std::time::Duration::from_secs(2), "{:?}", begun.elapsed());
    let unique: std::collections::HashSet<_> = codes.iter().collect();
    assert_eq!(unique.len(), 100_000);
    let last = codes.last().unwrap();
    assert_eq!(status(&world, last).await, UserCardStatus::Normal);
    Consume::new(last.as_str()).send(&world.client).await.unwrap();
    assert_eq!(refusals(&world, last).await, [Some(40127), Some(40099)]);
    assert!(matches!(world.pushed().await, Event::UserConsumeCard(_)), "no push but this one");
}

#[tokio::test]
async fn a_card_that_runs_low_is_told_once_in_twelve_hours() {
    let mut world = world().await;
    let id = world.approved(groupon(201)).await;
    card::ModifyStock::new(id.as_str()).increase_stock_value(1).send(&world.client).await.unwrap();
    world.server.change(|state| state.cards.edit(&id).unwrap().left = 102);
    world.claimed(&id, ALICE).await;
    world.claimed(&id, ALICE).await;
    let Event::CardSkuRemind(event) = world.pushed().await else { panic!("a warning") };
    assert_eq!((event.card_id.as_str(), event.detail.unwrap().ends_with(" 100")), (id.as_str(), true));
    world.claimed(&id, ALICE).await;
    world.server.advance(12 * 3_600);
    world.claimed(&id, ALICE).await;
    assert!(matches!(world.pushed().await, Event::CardSkuRemind(_)), "the one before was not told again");
}

#[tokio::test]
async fn coupons_that_end_unused_are_counted_on_their_last_day() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let code = world.server.claim(&id, ALICE, Claim::default()).unwrap();
    world.server.claim(&id, BOB, Claim::default()).unwrap();
    Consume::new(code).send(&world.client).await.unwrap();
    world.server.advance(40 * DAY);
    // The client counts days by its own clock.
    let (app, secret) = world.server.account();
    let client = Client::builder().base_url(world.server.url()).app(app, secret).policy(ValidationPolicy::Off);
    let client = client.build().unwrap();
    let date = |ago: i64| {
        let local = i64::try_from(world.server.now()).unwrap() + i64::from(weixin::API.zone_seconds);
        weixin_runtime::calendar::date(local / DAY - ago)
    };
    for _ in 0..2 {
        let request = GetCardBizuinInfo::new(date(30), date(1), CardSource::Api);
        let days = request.send(&client).await.unwrap().list;
        let ended: Vec<_> = days.iter().filter(|day| day.expire_cnt > Some(0)).collect();
        assert_eq!(ended.len(), 1, "{days:?}");
        assert_eq!((ended[0].expire_cnt, ended[0].expire_user), (Some(1), Some(1)));
    }
}
