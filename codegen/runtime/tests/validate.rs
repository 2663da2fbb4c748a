//! Limits at their borders, and rules.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use weixin_runtime::{
    At, Blank, Done, Extra, Field, Json, Lang, OrText, Reader, Rule, Unit, Validate, View, Violation, Violations,
};

/// What a check finds, a line each.
fn found(check: impl FnOnce(At<'_>, &mut Violations)) -> String {
    let mut out = Violations::new();
    check(At::root(), &mut out);
    out.to_string()
}

#[test]
fn bytes_and_characters_of_chinese() {
    let twelve = "微信卡券微信卡券微信卡券";
    assert_eq!(found(|at, out| out.max_bytes(at.field("brand"), twelve, 36)), "");
    assert_eq!(
        found(|at, out| out.max_bytes(at.field("brand"), &format!("{twelve}!"), 36)),
        "brand: 37 bytes of UTF-8, at most 36 allowed"
    );
    assert_eq!(found(|at, out| out.max_chars(at, twelve, 12)), "");
    assert_eq!(found(|at, out| out.max_chars(at, "一二三", 2)), "3 characters, at most 2 allowed");
    assert_eq!(found(|at, out| out.min_bytes(at, "一", 3)), "");
    assert_eq!(found(|at, out| out.min_bytes(at, "一", 4)), "3 bytes of UTF-8, at least 4 needed");
    assert_eq!(found(|at, out| out.min_chars(at, "", 1)), "must not be empty");
    // An emoji of several code points counts each.
    assert_eq!(found(|at, out| out.max_chars(at, "👨‍👩‍👧", 5)), "");
}

#[test]
fn items_and_values() {
    assert_eq!(found(|at, out| out.max_items(at, 10, 10)), "");
    assert_eq!(found(|at, out| out.max_items(at, 11, 10)), "11 items, at most 10 allowed");
    assert_eq!(found(|at, out| out.min_items(at, 0, 1)), "must not be empty");
    assert_eq!(found(|at, out| out.max_value(at, u64::MAX, 100)), format!("{}, at most 100 allowed", u64::MAX));
    assert_eq!(found(|at, out| out.max_value(at, 100_u32, 100)), "");
    assert_eq!(found(|at, out| out.min_value(at, -1_i64, 0)), "-1, at least 0 needed");
    assert_eq!(found(|at, out| out.min_value(at, i32::MIN, i128::from(i32::MIN))), "");
}

#[test]
fn dates() {
    assert_eq!(found(|at, out| out.date(at.field("day"), "2028-02-29")), "");
    assert_eq!(
        found(|at, out| out.date(at.field("day"), "2026-02-29")),
        "day: `2026-02-29` is not a date of the form yyyy-MM-dd"
    );
    assert!(found(|at, out| out.date(at, &"长".repeat(100))).contains(&format!("`{}…`", "长".repeat(64))));
    assert_eq!(found(|at, out| out.date_number(at, 20_280_229)), "");
    assert_eq!(found(|at, out| out.date_number(at, 20_260_229)), "20260229 is not a date of the form yyyyMMdd");
}

#[test]
fn windows() {
    let window = |from: &str, to: &str| found(|at, out| out.date_window(at, "begin", from, "end", to, 62));
    assert_eq!(window("2026-01-01", "2026-03-04"), "");
    assert_eq!(window("2026-01-01", "2026-03-05"), "end: 63 days after `begin`, at most 62 allowed");
    assert_eq!(window("2026-01-01", "2026-01-01"), "");
    assert_eq!(window("2026-01-02", "2026-01-01"), "end: 2026-01-01 is before `begin`, 2026-01-02");
    assert_eq!(window("2026-01-02", "never"), "");
}

#[test]
fn texts() {
    let filled = |value: &str| found(|at, out| out.filled_within(at.field("code"), value, 6));
    assert_eq!(filled("一二"), "");
    assert_eq!(filled(""), "code: must not be empty");
    assert_eq!(filled(" \u{3000}"), "code: must not be blank");
    assert_eq!(filled("一二!"), "code: 7 bytes of UTF-8, at most 6 allowed");
    assert_eq!(found(|at, out| out.filled(at, "\n")), "must not be blank");
}

#[test]
fn files() {
    use weixin_runtime::File;
    assert_eq!(found(|at, out| out.file(at, &File::new("a.jpg", []))), "");
    assert_eq!(found(|at, out| out.file(at, &File::new(" ", [1]))), "the file has no name");
    assert_eq!(found(|at, out| out.max_file_bytes(at, 11, 10)), "11 bytes, at most 10 allowed");
    assert_eq!(found(|at, out| out.min_file_bytes(at, 0, 1)), "must not be empty");
}

#[test]
fn what_only_responses_give() {
    let told = |instead| found(|at, out| out.response_form(at, "#63b359", instead));
    assert_eq!(told(Some("A")), "`#63b359` is what responses give; a request takes the name, `A`");
    assert_eq!(told(None), "`#63b359` is what responses give; a request takes the name");
}

#[test]
fn moments() {
    let moment = |value: u64| found(|at, out| out.max_timestamp(at, value, u32::MAX.into()));
    assert_eq!(moment(1_767_196_800), "");
    assert_eq!(moment(4_294_967_295), "");
    assert_eq!(moment(4_294_967_296), "4294967296, at most 4294967295 allowed");
    assert_eq!(
        moment(1_767_196_800_000),
        "1767196800000 looks like milliseconds, but the value counts seconds, not milliseconds: 1767196800"
    );
    assert_eq!(moment(u64::MAX), format!("{}, at most 4294967295 allowed", u64::MAX));
    let order = |first, second| found(|at, out| out.in_order(at, "begin", first, "end", second));
    assert_eq!(order(1, 1), "");
    assert_eq!(order(2, 1), "end: 1 is before `begin`, 2");
}

#[test]
fn today_and_later() {
    assert_eq!(found(|at, out| out.before_today(at, "end", "2020-01-01", 8 * 3600)), "");
    assert_eq!(found(|at, out| out.before_today(at, "end", "9999-12-31", 0)), "end: 9999-12-31 is not before today");
    assert_eq!(found(|at, out| out.before_today(at, "end", "no date", 0)), "");
}

#[test]
fn rules_across_fields() {
    let both = [("a", true), ("b.c", true), ("d", false)];
    let none = [("a", false), ("b.c", false)];
    assert_eq!(
        found(|at, out| out.at_most_one(at.field("x"), &both)),
        "x: at most one of `x.a`, `x.b.c`, `x.d` may be set, but a, b.c are"
    );
    assert_eq!(found(|at, out| out.at_most_one(at, &none)), "");
    assert_eq!(found(|at, out| out.at_least_one(at, &both)), "");
    assert_eq!(found(|at, out| out.at_least_one(at, &none)), "at least one of `a`, `b.c` has to be set");
    assert_eq!(
        found(|at, out| out.required_when(at.field("x"), "a.b", "`c` is true")),
        "x.a.b: has to be set when `c` is true"
    );
    assert_eq!(found(|at, out| out.forbidden_when(at, "a", "`c` is true")), "a: must not be set when `c` is true");
    assert_eq!(
        found(|at, out| out.equals_when(at, "a", "false", Some("true".to_owned()))),
        "a: has to be false, not true"
    );
    assert_eq!(found(|at, out| out.equals_when(at, "a", "false", None)), "a: has to be set to false");
    assert_eq!(
        found(|at, out| out.at_least_one_when(at, &none, "c is 1")),
        "at least one of `a`, `b.c` has to be set when c is 1"
    );
    assert_eq!(found(|at, out| out.forbidden_when(at, "a", "")), "a: must not be set");
    assert_eq!(found(|at, out| out.differs_when(at, "a", "1 or 2", "")), "a: must not be 1 or 2");
    assert_eq!(found(|at, out| out.differs_when(at, "a", "1", "b is 2")), "a: must not be 1 when b is 2");
    assert_eq!(found(|at, out| out.requires_one(at, "a", &["b", "c"])), "a: needs one of `b`, `c` too");
    assert_eq!(found(|at, out| out.together(at, &[("a", 4), ("b", 6)], 10)), "");
    assert_eq!(
        found(|at, out| out.together(at, &[("a", 5), ("b", 6)], 10)),
        "`a`, `b` have 11 items together, at most 10 allowed"
    );
    assert_eq!(found(|at, out| out.nothing_set(at.field("a"))), "a: nothing in it is set; leave it out instead");
    assert_eq!(found(|at, out| out.requires(at, "url", "url_name")), "url_name: has to be set, because `url` is");
}

struct Item(&'static str);

impl Validate for Item {
    fn check(&self, at: At<'_>, out: &mut Violations) {
        out.max_bytes(at.field("name"), self.0, 3);
    }
}

impl Blank for Item {
    const BLANK: Self = Item("");
}

impl Field for Item {
    fn view(&self) -> View<'_> {
        View::Text(self.0)
    }

    fn read(&mut self, _: &mut Reader<'_>) -> Done {
        unreachable!("it is only looked at")
    }
}

/// What is wrong with anything that can be seen.
struct Seen<F>(F);

impl<F: Field> Validate for Seen<F> {
    fn check(&self, _: At<'_>, _: &mut Violations) {}
}

impl<F: Field> Field for Seen<F> {
    fn view(&self) -> View<'_> {
        self.0.view()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        self.0.read(reader)
    }
}

#[test]
fn control_characters_are_found_wherever_they_stand() {
    fn found(value: impl Field) -> String {
        Seen(value).validate().err().map(|violations| violations.to_string()).unwrap_or_default()
    }
    let refused = "contains the control character U+000B; JSON has to escape it, and the server refuses the escape";
    assert_eq!(found(String::from("第一行\n第二行\r\n\t缩进，足够长的一段文字")), "");
    assert_eq!(found(String::from("第一行\n第二行\u{b}竖")), refused);
    assert_eq!(found(vec![String::from("a"), String::from("\u{b}")]), format!("[1]: {refused}"));
    assert_eq!(found(Some(OrText::<Vec<String>>::from("\u{b}"))), refused);
    let json: Json = r#"{"a":["\\u000b"]}"#.parse().unwrap();
    assert_eq!(found(json), "");
    let json: Json = r#"{"a":["\u000b"]}"#.parse().unwrap();
    assert_eq!(found(json.clone()), refused);
    let mut extra = Extra::default();
    extra.set("a", json);
    extra.set("b\u{b}", 1);
    assert_eq!(found(extra), format!("a: {refused}\nb\\u{{b}}: {refused}"));
}

#[test]
fn every_violation_is_reported() {
    let list = vec![Item("abcd"), Item("abc"), Item("一二")];
    let violations = list.validate().unwrap_err();
    assert_eq!(
        violations.to_string(),
        "[0].name: 4 bytes of UTF-8, at most 3 allowed\n[2].name: 6 bytes of UTF-8, at most 3 allowed"
    );
    assert!(Some(Item("abc")).validate().is_ok());
    assert_eq!(violations.iter().count(), violations.len());
}

#[test]
fn programs_can_read_a_violation() {
    let violations = Item("一二").validate().unwrap_err();
    let violation = &violations.as_slice()[0];
    assert_eq!(violation.path, "name");
    assert_eq!(violation.rule, Rule::MaxBytes);
    assert_eq!(violation.rule.as_str(), "max_bytes");
    assert_eq!((violation.limit, violation.unit), (Some(3), Some(Unit::Bytes)));
    assert_eq!(violation.actual.as_deref(), Some("6"));
    assert_eq!(violation.message_in(Lang::Zh), "实际为 6 字节（UTF-8），最多允许 3");
}

#[test]
fn every_rule_speaks_chinese() {
    let rules = [
        Rule::Blank,
        Rule::ControlCharacter,
        Rule::FileName,
        Rule::ResponseForm,
        Rule::Date,
        Rule::DateNumber,
        Rule::AtMostOne,
        Rule::AtLeastOne,
        Rule::RequiredWhen,
        Rule::ForbiddenWhen,
        Rule::EqualsWhen,
        Rule::Requires,
        Rule::DiffersWhen,
        Rule::RequiresOne,
        Rule::Together,
        Rule::NotEmpty,
        Rule::DateWindow,
        Rule::DateOrder,
        Rule::BeforeToday,
    ];
    for rule in rules {
        let message = Violation::new("a", rule).message_in(Lang::Zh);
        assert!(message.chars().any(|letter| ('\u{4e00}'..'\u{9fff}').contains(&letter)), "{message}");
    }
}
