//! Every rule across fields: a request that obeys it, and one that breaks it and nothing else.

#[path = "shared/cards.rs"]
mod cards;

use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use weixin::card::qrcode::{Create as Qr, QrActionInfo, QrCard, QrListedCard, QrMultipleCard};
use weixin::card::types::{
    Abstract, AdvancedInfoUpdate, BaseInfoUpdate, BoardingPassUpdate, ConsumeShareCard, CustomCodeMode,
    FixTimeRangeUpdate, NewAdvancedInfo, NewBoardingPass, NewBusTicket, NewCash, NewDateInfo, NewDiscount,
    NewFixTimeRange, NewFriendsAdvancedInfo, NewFriendsCash, NewFriendsFixTimeRange, NewFriendsGift,
    NewFriendsGiftRequired, NewGeneralCoupon, NewGift, NewGroupon, NewMeetingTicket, NewMemberCard, NewMovieTicket,
    NewScenicTicket, UseCondition,
};
use weixin::datacube::types::CardSource;
use weixin::datacube::{GetCardBizuinInfo, GetCardCardInfo};
use weixin::promoter::types::{EnvVersion, ShareType};
use weixin::{Rule, Unit, Validate};
use weixin_codegen::model::{Condition, Path, Rule as Documented, RuleKind, TypeKind};

/// What a check finds: rules and paths.
type Found = Vec<(Rule, String)>;

struct Case {
    /// The rule: its owner, its kind, its fields.
    rule: &'static str,
    obeyed: Found,
    broken: Found,
    expected: Vec<(Rule, &'static str)>,
}

fn found(request: &impl Validate) -> Found {
    let violations = request.validate().err().unwrap_or_default();
    violations.into_iter().map(|violation| (violation.rule, violation.path)).collect()
}

fn case(rule: &'static str, obeys: &impl Validate, breaks: &impl Validate, expected: &[(Rule, &'static str)]) -> Case {
    Case { rule, obeyed: found(obeys), broken: found(breaks), expected: expected.to_vec() }
}

fn friends_cash(condition: UseCondition) -> NewFriendsCash {
    NewFriendsCash::new(
        cards::friends_base_info(false, false),
        cards::friends_advanced_info().use_condition(condition),
        1,
    )
}

fn friends_gift(condition: UseCondition) -> NewFriendsGift {
    NewFriendsGift::new(NewFriendsGiftRequired {
        base_info: cards::friends_base_info(false, false),
        advanced_info: cards::friends_advanced_info().use_condition(condition),
        gift_name: "桂花糕".into(),
        gift_num: 2,
        gift_unit: "盒".into(),
    })
}

fn coupon_cases() -> Vec<Case> {
    let cash = |condition| NewCash::new(cards::base_info(), 1).advanced_info(cards::with_condition(condition));
    let gift = |condition| NewGift::new(cards::base_info(), "茶").advanced_info(cards::with_condition(condition));
    let goods = || UseCondition::new().accept_category("茶").reject_category("酒");
    let not_goods = [
        (Rule::ForbiddenWhen, "advanced_info.use_condition.accept_category"),
        (Rule::ForbiddenWhen, "advanced_info.use_condition.reject_category"),
    ];
    let bought = || UseCondition::new().object_use_for("茶");
    let not_bought = [(Rule::ForbiddenWhen, "advanced_info.use_condition.object_use_for")];
    vec![
        case(
            "NewCash forbidden_when advanced_info.use_condition.object_use_for",
            &cash(goods()),
            &cash(bought()),
            &not_bought,
        ),
        case(
            "NewFriendsCash forbidden_when advanced_info.use_condition.object_use_for",
            &friends_cash(goods()),
            &friends_cash(bought()),
            &not_bought,
        ),
        case(
            "NewGift forbidden_when advanced_info.use_condition.accept_category advanced_info.use_condition.reject_category",
            &gift(bought()),
            &gift(goods()),
            &not_goods,
        ),
        case(
            "NewFriendsGift forbidden_when advanced_info.use_condition.accept_category advanced_info.use_condition.reject_category",
            &friends_gift(bought()),
            &friends_gift(goods()),
            &not_goods,
        ),
    ]
}

fn advanced_info_cases() -> Vec<Case> {
    let other = || [ConsumeShareCard::new("pTest0other").num(1)];
    let list = [(Rule::ForbiddenWhen, "consume_share_card_list")];
    let new = || NewAdvancedInfo::new().consume_share_card_list(other());
    let friends = || cards::friends_advanced_info().consume_share_card_list(other());
    let update = || AdvancedInfoUpdate::new().consume_share_card_list(other());
    let cover = [(Rule::RequiredWhen, "abstract.abstract"), (Rule::RequiredWhen, "abstract.icon_url_list")];
    let mut unshared = cards::friends_advanced_info();
    unshared.share_friends = false;
    vec![
        case(
            "NewAdvancedInfo forbidden_when consume_share_card_list",
            &new().consume_share_self_num(0),
            &new().consume_share_self_num(1),
            &list,
        ),
        case(
            "NewFriendsAdvancedInfo forbidden_when consume_share_card_list",
            &friends().consume_share_self_num(0),
            &friends().consume_share_self_num(1),
            &list,
        ),
        case(
            "AdvancedInfoUpdate forbidden_when consume_share_card_list",
            &update().consume_share_self_num(0),
            &update().consume_share_self_num(1),
            &list,
        ),
        case(
            "NewFriendsAdvancedInfo equals_when share_friends=true",
            &cards::friends_advanced_info(),
            &unshared,
            &[(Rule::EqualsWhen, "share_friends")],
        ),
        case(
            "NewAdvancedInfo differs_when share_friends=true",
            &NewAdvancedInfo::new().share_friends(false),
            &cards::shared(),
            &[(Rule::DiffersWhen, "share_friends")],
        ),
        case(
            "NewFriendsAdvancedInfo required_when abstract.abstract abstract.icon_url_list",
            &cards::friends_advanced_info(),
            &NewFriendsAdvancedInfo::new(Abstract::new(), [cards::picture()]),
            &cover,
        ),
    ]
}

fn base_info_cases() -> Vec<Case> {
    let deposit = |quantity| cards::stocked(quantity).get_custom_code_mode(CustomCodeMode::Deposit);
    let friends = || cards::friends_base_info(false, false);
    let name = [(Rule::Requires, "custom_url_name")];
    vec![
        case(
            "NewBaseInfo at_most_one location_id_list use_all_locations",
            &cards::base_info().location_id_list([1]).use_all_locations(false),
            &cards::base_info().location_id_list([1]).use_all_locations(true),
            &[(Rule::AtMostOne, "")],
        ),
        case(
            "NewBaseInfo requires custom_url custom_url_name",
            &cards::base_info().custom_url("u").custom_url_name("n"),
            &cards::base_info().custom_url("u"),
            &name,
        ),
        case(
            "NewFriendsBaseInfo requires custom_url custom_url_name",
            &friends().custom_url("u").custom_url_name("n"),
            &friends().custom_url("u"),
            &name,
        ),
        case(
            "NewBaseInfo requires_one custom_url_name custom_url custom_app_brand_user_name",
            &cards::base_info().custom_url_name("n").custom_app_brand_user_name("gh_1@app"),
            &cards::base_info().custom_url_name("n").use_all_locations(false),
            &[(Rule::RequiresOne, "custom_url_name")],
        ),
        case(
            "NewFriendsBaseInfo requires_one custom_url_name custom_url custom_app_brand_user_name",
            &friends().custom_url_name("n").custom_url("u"),
            &friends().custom_url_name("n"),
            &[(Rule::RequiresOne, "custom_url_name")],
        ),
        case(
            "BaseInfoUpdate not_empty",
            &BaseInfoUpdate::new().get_limit(1),
            &BaseInfoUpdate::new(),
            &[(Rule::NotEmpty, "")],
        ),
        case(
            "NewFriendsBaseInfo equals_when can_share=false can_give_friend=false",
            &friends(),
            &cards::friends_base_info(true, true),
            &[(Rule::EqualsWhen, "can_share"), (Rule::EqualsWhen, "can_give_friend")],
        ),
        case(
            "NewBaseInfo equals_when use_custom_code=true sku.quantity=0",
            &deposit(0).use_custom_code(true),
            &deposit(5).use_custom_code(false),
            &[(Rule::EqualsWhen, "use_custom_code"), (Rule::EqualsWhen, "sku.quantity")],
        ),
        case(
            "NewBaseInfo equals_when get_custom_code_mode=GET_CUSTOM_CODE_MODE_DEPOSIT",
            &deposit(0).use_custom_code(true),
            &cards::stocked(0),
            &[(Rule::EqualsWhen, "get_custom_code_mode")],
        ),
    ]
}

fn qr_cases() -> Vec<Case> {
    let one = || QrActionInfo::new().card(QrCard::new("pTest0one"));
    let several = || QrActionInfo::new().multiple_card(QrMultipleCard::new([QrListedCard::new("pTest0one")]));
    let both = || one().multiple_card(QrMultipleCard::new([QrListedCard::new("pTest0one")]));
    vec![
        case("QrActionInfo at_most_one card multiple_card", &one(), &both(), &[(Rule::AtMostOne, "")]),
        case(
            "QrActionInfo at_least_one card multiple_card",
            &several(),
            &QrActionInfo::new(),
            &[(Rule::AtLeastOne, "")],
        ),
        case(
            "/card/qrcode/create required_when action_info.card",
            &Qr::new("QR_CARD", one()),
            &Qr::new("QR_CARD", several()),
            &[(Rule::RequiredWhen, "action_info.card")],
        ),
        case(
            "/card/qrcode/create required_when action_info.multiple_card",
            &Qr::new("QR_MULTIPLE_CARD", several()),
            &Qr::new("QR_MULTIPLE_CARD", one()),
            &[(Rule::RequiredWhen, "action_info.multiple_card")],
        ),
    ]
}

fn date_cases() -> Vec<Case> {
    let bizuin = |from, to| GetCardBizuinInfo::new(from, to, CardSource::Platform);
    let cards = |from, to| GetCardCardInfo::new(from, to, CardSource::Platform);
    let too_long = [(Rule::DateWindow, "end_date")];
    let late = [(Rule::BeforeToday, "begin_date"), (Rule::BeforeToday, "end_date")];
    vec![
        case(
            "/datacube/getcardbizuininfo date_window begin_date end_date 62",
            &bizuin("2016-01-01", "2016-03-03"),
            &bizuin("2016-01-01", "2016-03-04"),
            &too_long,
        ),
        case(
            "/datacube/getcardcardinfo date_window begin_date end_date 62",
            &cards("2015-01-01", "2015-03-04"),
            &cards("2015-01-01", "2015-03-05"),
            &too_long,
        ),
        case(
            "/datacube/getcardbizuininfo before_today begin_date end_date",
            &bizuin("2015-06-15", "2015-06-15"),
            &bizuin("9998-06-15", "9998-06-15"),
            &late,
        ),
        case(
            "/datacube/getcardcardinfo before_today begin_date end_date",
            &cards("2015-06-15", "2015-06-15"),
            &cards("9998-06-15", "9998-06-15"),
            &late,
        ),
    ]
}

/// The two rules about every kind of card that is not the right one.
fn kind_cases() -> Vec<Case> {
    let forever = || {
        let mut base = cards::base_info();
        base.date_info = NewDateInfo::Permanent;
        base
    };
    let plain = cards::base_info;
    let goods =
        || cards::with_condition(UseCondition::new().accept_category("a").reject_category("b").object_use_for("c"));
    let bought = || cards::with_condition(UseCondition::new().object_use_for("c"));
    let dated = [(Rule::DiffersWhen, "base_info.date_info.type")];
    let condition = [
        (Rule::ForbiddenWhen, "advanced_info.use_condition.accept_category"),
        (Rule::ForbiddenWhen, "advanced_info.use_condition.reject_category"),
        (Rule::ForbiddenWhen, "advanced_info.use_condition.object_use_for"),
    ];
    macro_rules! kinds {
        ($($name:literal, $make:expr, $condition:expr;)*) => { vec![$(
            case(
                concat!($name, " differs_when base_info.date_info.type=DATE_TYPE_PERMANENT"),
                &$make(plain()),
                &$make(forever()),
                &dated,
            ),
            case(
                concat!($name, " forbidden_when advanced_info.use_condition.accept_category advanced_info.use_condition.reject_category advanced_info.use_condition.object_use_for"),
                &$make(plain()),
                &$make(plain()).advanced_info($condition),
                &condition,
            ),
        )*] };
    }
    let mut cases = kinds! {
        "NewDiscount", |base| NewDiscount::new(base, 1), goods();
        "NewGeneralCoupon", |base| NewGeneralCoupon::new(base, "a"), goods();
        "NewScenicTicket", |base| NewScenicTicket::new(base, "a"), goods();
        "NewMovieTicket", |base| NewMovieTicket::new(base, "a"), goods();
        "NewBoardingPass", NewBoardingPass::new, goods();
        "NewMeetingTicket", |base| NewMeetingTicket::new(base, "a"), goods();
        "NewBusTicket", NewBusTicket::new, goods();
    };
    cases.extend([
        case(
            "NewGroupon differs_when base_info.date_info.type=DATE_TYPE_PERMANENT",
            &NewGroupon::new(plain(), "a"),
            &NewGroupon::new(forever(), "a"),
            &dated,
        ),
        case(
            "NewGroupon forbidden_when advanced_info.use_condition.object_use_for",
            &NewGroupon::new(plain(), "a")
                .advanced_info(cards::with_condition(UseCondition::new().accept_category("a"))),
            &NewGroupon::new(plain(), "a").advanced_info(bought()),
            &[(Rule::ForbiddenWhen, "advanced_info.use_condition.object_use_for")],
        ),
        case(
            "NewCash differs_when base_info.date_info.type=DATE_TYPE_PERMANENT",
            &NewCash::new(plain(), 1),
            &NewCash::new(forever(), 1),
            &dated,
        ),
        case(
            "NewGift differs_when base_info.date_info.type=DATE_TYPE_PERMANENT",
            &NewGift::new(plain(), "a"),
            &NewGift::new(forever(), "a"),
            &dated,
        ),
    ]);
    cases
}

fn other_cases() -> Vec<Case> {
    let member = |bonus, balance| NewMemberCard::new(cards::base_info(), "a", bonus, balance);
    let span = |first, last| {
        let mut span = FixTimeRangeUpdate::new();
        (span.begin_timestamp, span.end_timestamp) = (Some(first), Some(last));
        span
    };
    let late = [(Rule::DateOrder, "end_timestamp")];
    let test = |openids: usize, names: usize| {
        weixin::card::testwhitelist::Set::new().openid(vec!["o"; openids]).username(vec!["u"; names])
    };
    let share = || weixin::promoter::GetShareMaterial::new("p", "o").env_version(EnvVersion::Trial);
    let relation = || weixin::promoter::GetRelation::new("o");
    vec![
        case(
            "NewMemberCard at_least_one bonus_url bonus_cleared bonus_rules bonus_rule",
            &member(true, false).bonus_rules("a"),
            &member(true, false).bonus_rules(""),
            &[(Rule::AtLeastOne, "")],
        ),
        case(
            "NewMemberCard at_least_one balance_url balance_rules",
            &member(false, true).balance_rules("a"),
            &member(false, true),
            &[(Rule::AtLeastOne, "")],
        ),
        case(
            "NewFixTimeRange in_order begin_timestamp end_timestamp",
            &NewFixTimeRange::new(1, 1),
            &NewFixTimeRange::new(2, 1),
            &late,
        ),
        case(
            "NewFriendsFixTimeRange in_order begin_timestamp end_timestamp",
            &NewFriendsFixTimeRange::new(1, 2),
            &NewFriendsFixTimeRange::new(2, 1),
            &late,
        ),
        case("FixTimeRangeUpdate in_order begin_timestamp end_timestamp", &span(1, 2), &span(2, 1), &late),
        case(
            "BoardingPassUpdate in_order departure_time landing_time",
            &BoardingPassUpdate::new().departure_time(1).landing_time(2),
            &BoardingPassUpdate::new().departure_time(2).landing_time(1),
            &[(Rule::DateOrder, "landing_time")],
        ),
        case(
            "/promoter/getrelation in_order begin_time end_time",
            &relation().begin_time(0).end_time(0),
            &relation().begin_time(1).end_time(0),
            &[(Rule::DateOrder, "end_time")],
        ),
        case("/card/testwhitelist/set together openid username 10", &test(4, 6), &test(5, 6), &[(Rule::Together, "")]),
        case(
            "/promoter/getsharematerial differs_when env_version=develop|trial",
            &share().share_type(ShareType::All),
            &share().share_type(ShareType::Path),
            &[(Rule::DiffersWhen, "env_version")],
        ),
    ]
}

fn cases() -> Vec<Case> {
    let all = [
        coupon_cases(),
        advanced_info_cases(),
        base_info_cases(),
        qr_cases(),
        date_cases(),
        kind_cases(),
        other_cases(),
    ];
    all.into_iter().flatten().collect()
}

#[test]
fn each_rule_is_kept_and_broken() {
    for case in cases() {
        assert_eq!(case.obeyed, [], "{} is obeyed", case.rule);
        let broken: Vec<(Rule, &str)> = case.broken.iter().map(|(rule, path)| (*rule, path.as_str())).collect();
        assert_eq!(broken, case.expected, "{} is broken", case.rule);
    }
}

#[test]
fn each_rule_of_the_spec_has_a_case() {
    let model = weixin_tests::real();
    let requests: Vec<_> =
        model.endpoints.iter().map(|endpoint| (endpoint.path.as_str(), endpoint.request.whole())).collect();
    let requests = requests.iter().map(|(path, request)| (*path, request));
    let types = model.types.iter().filter(|ty| ty.side.request).filter_map(|ty| match &ty.kind {
        TypeKind::Object(object) => Some((ty.rust.as_str(), object)),
        _ => None,
    });
    let documented: BTreeSet<String> = requests
        .chain(types)
        .flat_map(|(owner, object)| object.rules.iter().filter_map(move |rule| key(owner, rule)))
        .collect();
    let covered: BTreeSet<String> = cases().iter().map(|case| case.rule.to_owned()).collect();
    assert_eq!(covered, documented);
    assert_eq!(cases().len(), covered.len(), "no case is there twice");
}

fn key(owner: &str, rule: &Documented) -> Option<String> {
    let dotted = |paths: &[Path]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
    let values = |conditions: &[Condition]| {
        let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        conditions.iter().map(|one| format!("{}={}", one.path, one.spelled("|", plain))).collect()
    };
    let fields = match &rule.kind {
        RuleKind::Note => return None,
        RuleKind::NotEmpty => Vec::new(),
        RuleKind::AtMostOne(paths) | RuleKind::BeforeToday(paths) => dotted(paths),
        RuleKind::AtLeastOne(paths, _) | RuleKind::RequiredWhen(paths, _) | RuleKind::ForbiddenWhen(paths, _) => {
            dotted(paths)
        }
        RuleKind::EqualsWhen(targets, _) | RuleKind::DiffersWhen(targets, _) => values(targets),
        RuleKind::Together { fields, max } => [dotted(fields), vec![max.to_string()]].concat(),
        RuleKind::Requires(field, needs) | RuleKind::RequiresOne(field, needs) => {
            [dotted(std::slice::from_ref(field)), dotted(needs)].concat()
        }
        RuleKind::InOrder(first, second) => vec![first.to_string(), second.to_string()],
        RuleKind::DateWindow { from, to, days } => vec![from.to_string(), to.to_string(), days.to_string()],
    };
    Some(format!("{owner} {} {}", rule.name, fields.join(" ")).trim_end().to_owned())
}

#[test]
fn windows_of_dates() {
    let window = |from: &str, to: &str| {
        let found = GetCardBizuinInfo::new(from, to, CardSource::Api).validate().err().unwrap_or_default();
        found.into_iter().map(|one| (one.path, one.rule, one.limit, one.unit, one.actual)).collect::<Vec<_>>()
    };
    let tell =
        |path: &str, rule, limit, unit, actual: &str| (path.to_owned(), rule, limit, unit, Some(actual.to_owned()));
    assert_eq!(window("2015-01-01", "2015-01-01"), []);
    assert_eq!(window("2015-01-01", "2015-03-04"), [], "62 days");
    let wide = window("2015-01-01", "2015-03-05");
    assert_eq!(wide, [tell("end_date", Rule::DateWindow, Some(62), Some(Unit::Days), "63")]);
    // The same days in a leap year are one more.
    assert_eq!(window("2016-01-01", "2016-03-04")[0].4.as_deref(), Some("63"));
    let back = window("2015-01-02", "2015-01-01");
    assert_eq!(back, [tell("end_date", Rule::DateOrder, None, None, "2015-01-01")]);
    for wrong in ["", "2015-02-29", "2015-1-1", "20150101", "2015/01/01", " 2015-01-01", "2015-01-01T00", "昨天"] {
        assert_eq!(window(wrong, "2015-01-01"), [tell("begin_date", Rule::Date, None, None, wrong)]);
        assert_eq!(window("2015-01-01", wrong), [tell("end_date", Rule::Date, None, None, wrong)]);
    }
}

#[test]
fn yesterday_but_not_today_where_wechat_is() {
    loop {
        let day = today();
        let dates: Vec<String> = [day - 1, day, day + 1].map(date).into();
        let late = |to: &str| found(&GetCardCardInfo::new(dates[0].as_str(), to, CardSource::Api));
        let outcomes = [late(&dates[0]), late(&dates[1]), late(&dates[2])];
        if day == today() {
            let end = (Rule::BeforeToday, "end_date".to_owned());
            assert_eq!(outcomes, [vec![], vec![end.clone()], vec![end]], "{dates:?}");
            return;
        }
        // Midnight came in between.
    }
}

/// The day in China, counted from 1970.
fn today() -> u64 {
    (SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs() + 8 * 3600) / 86_400
}

/// The date of a day counted from 1970.
fn date(mut day: u64) -> String {
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while day >= 365 + u64::from(leap(year)) {
        day -= 365 + u64::from(leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", day + 1)
}

#[test]
fn the_calendar_of_this_test() {
    assert_eq!(date(0), "1970-01-01");
    assert_eq!(date(11_016), "2000-02-29");
    assert_eq!(date(20_778), "2026-11-21");
    assert_eq!(date(20_818), "2026-12-31");
}
