//! Violations in words.

use super::violation::{Rule, Unit, Violation};
use crate::shown::{self, clean};
use crate::text::Lang;

impl Violation {
    /// What is wrong, without the path.
    pub fn message(&self) -> String {
        self.message_in(Lang::En)
    }

    /// What is wrong, without the path, in one language.
    pub fn message_in(&self, lang: Lang) -> String {
        clean(&of(self, lang), shown::VALUE)
    }
}

fn of(violation: &Violation, lang: Lang) -> String {
    match lang {
        Lang::En => english(violation),
        Lang::Zh => chinese(violation),
    }
}

fn english(violation: &Violation) -> String {
    let (actual, expected, limit) = parts(violation);
    let others = list(&violation.others, ", ");
    match violation.rule {
        Rule::MaxBytes | Rule::MaxChars | Rule::MaxItems | Rule::MaxValue => english_size(violation, true),
        Rule::MinBytes | Rule::MinChars | Rule::MinItems | Rule::MinValue => english_size(violation, false),
        Rule::Blank => "must not be blank".to_owned(),
        Rule::ControlCharacter => {
            format!("contains the control character {actual}; JSON has to escape it, and the server refuses the escape")
        }
        Rule::FileName => "the file has no name".to_owned(),
        Rule::ResponseForm if expected.is_empty() => {
            format!("`{actual}` is what responses give; a request takes the name")
        }
        Rule::ResponseForm => format!("`{actual}` is what responses give; a request takes the name, `{expected}`"),
        Rule::Date => format!("`{actual}` is not a date of the form yyyy-MM-dd"),
        Rule::DateNumber => format!("{actual} is not a date of the form yyyyMMdd"),
        Rule::AtMostOne => format!("at most one of {others} may be set, but {actual} are"),
        Rule::AtLeastOne if expected.is_empty() => format!("at least one of {others} has to be set"),
        Rule::AtLeastOne => format!("at least one of {others} has to be set when {expected}"),
        Rule::RequiredWhen => format!("has to be set when {expected}"),
        Rule::ForbiddenWhen if expected.is_empty() => "must not be set".to_owned(),
        Rule::ForbiddenWhen => format!("must not be set when {expected}"),
        Rule::EqualsWhen if violation.actual.is_none() => format!("has to be set to {expected}"),
        Rule::EqualsWhen => format!("has to be {expected}, not {actual}"),
        Rule::Requires => format!("has to be set, because {others} is"),
        Rule::DiffersWhen if expected.is_empty() => format!("must not be {actual}"),
        Rule::DiffersWhen => format!("must not be {actual} when {expected}"),
        Rule::RequiresOne => format!("needs one of {others} too"),
        Rule::Together => format!("{others} have {actual} items together, at most {limit} allowed"),
        Rule::NotEmpty => "nothing in it is set; leave it out instead".to_owned(),
        Rule::DateWindow => format!("{actual} days after {others}, at most {limit} allowed"),
        Rule::DateOrder => format!("{actual} is before {others}, {expected}"),
        Rule::BeforeToday => format!("{actual} is not before today"),
    }
}

/// A size or a number that is too large or too small.
fn english_size(violation: &Violation, large: bool) -> String {
    let (actual, expected, limit) = parts(violation);
    let unit = match violation.unit {
        Some(Unit::Bytes) => " bytes of UTF-8",
        Some(Unit::FileBytes) => " bytes",
        Some(Unit::Chars) => " characters",
        Some(Unit::Items) => " items",
        Some(Unit::Days) => " days",
        Some(Unit::Value) | None => "",
    };
    match (large, violation.unit) {
        (true, _) if violation.expected.is_some() => {
            format!("{actual} looks like milliseconds, but the value counts seconds, not milliseconds: {expected}")
        }
        (true, _) => format!("{actual}{unit}, at most {limit} allowed"),
        (false, Some(Unit::Bytes | Unit::FileBytes | Unit::Chars | Unit::Items)) if actual == "0" => {
            "must not be empty".to_owned()
        }
        (false, _) => format!("{actual}{unit}, at least {limit} needed"),
    }
}

fn chinese(violation: &Violation) -> String {
    let (actual, expected, limit) = parts(violation);
    let others = list(&violation.others, "、");
    match violation.rule {
        Rule::MaxBytes | Rule::MaxChars | Rule::MaxItems | Rule::MaxValue => chinese_size(violation, true),
        Rule::MinBytes | Rule::MinChars | Rule::MinItems | Rule::MinValue => chinese_size(violation, false),
        Rule::Blank => "不可仅含空白".to_owned(),
        Rule::ControlCharacter => format!("含控制字符 {actual}，JSON 须将其转义，而服务端不接受该转义"),
        Rule::FileName => "文件缺少文件名".to_owned(),
        Rule::ResponseForm if expected.is_empty() => format!("`{actual}` 仅见于返回，请求须填写名称"),
        Rule::ResponseForm => format!("`{actual}` 仅见于返回，请求须填写名称 `{expected}`"),
        Rule::Date => format!("`{actual}` 不是 yyyy-MM-dd 格式的有效日期"),
        Rule::DateNumber => format!("{actual} 不是 yyyyMMdd 格式的有效日期"),
        Rule::AtMostOne => format!("{others} 最多只能设置一个，但已设置 {actual}"),
        Rule::AtLeastOne if expected.is_empty() => format!("{others} 至少需要设置一个"),
        Rule::AtLeastOne => format!("当 {expected} 时 {others} 至少需要设置一个"),
        Rule::RequiredWhen => format!("当 {expected} 时必须设置"),
        Rule::ForbiddenWhen if expected.is_empty() => "不能设置".to_owned(),
        Rule::ForbiddenWhen => format!("当 {expected} 时不能设置"),
        Rule::EqualsWhen if violation.actual.is_none() => format!("必须设置为 {expected}"),
        Rule::EqualsWhen => format!("必须为 {expected}，而不是 {actual}"),
        Rule::Requires => format!("设置了 {others} 时必须同时设置"),
        Rule::DiffersWhen if expected.is_empty() => format!("不能为 {actual}"),
        Rule::DiffersWhen => format!("当 {expected} 时不能为 {actual}"),
        Rule::RequiresOne => format!("须同时设置 {others} 之一"),
        Rule::Together => format!("{others} 合计 {actual} 项，最多允许 {limit}"),
        Rule::NotEmpty => "其中未设置任何字段，不改动时请勿传入".to_owned(),
        Rule::DateWindow => format!("比 {others} 晚 {actual} 天，最多允许 {limit} 天"),
        Rule::DateOrder => format!("{actual} 早于 {others} 的 {expected}"),
        Rule::BeforeToday => format!("{actual} 不早于今天"),
    }
}

/// A size or a number that is too large or too small.
fn chinese_size(violation: &Violation, large: bool) -> String {
    let (actual, expected, limit) = parts(violation);
    let unit = match violation.unit {
        Some(Unit::Bytes) => " 字节（UTF-8）",
        Some(Unit::FileBytes) => " 字节",
        Some(Unit::Chars) => " 个字符",
        Some(Unit::Items) => " 项",
        Some(Unit::Days) => " 天",
        Some(Unit::Value) | None => "",
    };
    match (large, violation.unit) {
        (true, _) if violation.expected.is_some() => {
            format!("{actual} 看似毫秒，此处以秒为单位，而非毫秒，应为 {expected}")
        }
        (true, _) => format!("实际为 {actual}{unit}，最多允许 {limit}"),
        (false, Some(Unit::Bytes | Unit::FileBytes | Unit::Chars | Unit::Items)) if actual == "0" => {
            "不可为空".to_owned()
        }
        (false, _) => format!("实际为 {actual}{unit}，至少需要 {limit}"),
    }
}

/// The actual value, the expected one and the limit, as far as the violation has them.
fn parts(violation: &Violation) -> (&str, &str, String) {
    let limit = violation.limit.map(|limit| limit.to_string()).unwrap_or_default();
    (violation.actual.as_deref().unwrap_or_default(), violation.expected.as_deref().unwrap_or_default(), limit)
}

fn list(names: &[String], separator: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(separator)
}
