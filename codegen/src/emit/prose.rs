//! Words that more than one emitter needs, in both languages.

use crate::model::keys::{Key, When, distinct};
use crate::model::{
    Api, Bound, Condition, DayWindow, Endpoint, Limit, Model, Proof, Quota, Scalar, Text, TypeRef, Unit, Value,
    Variant, Verify,
};

/// A language of the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// `en` or `zh`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.pick("en", "zh")
    }

    /// The one of two that belongs to the language.
    pub fn pick<T>(self, en: T, zh: T) -> T {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }

    /// The words of a text in the language.
    #[must_use]
    pub fn text(self, text: &Text) -> &str {
        self.pick(&text.en, &text.zh)
    }
}

/// That a call can be found out.
#[must_use]
pub fn can_verify(lang: Lang, verify: &Verify) -> &'static str {
    match verify.proof {
        Proof::State(_) => lang.pick("`verify_after` asks for you.", "可用 `verify_after` 完成此查询。"),
        Proof::Change { .. } => lang.pick(
            "`note_before`, called ahead, and `verify_after` of what it gives compare for you.",
            "可在调用前用 `note_before` 记下当前数值，再用其返回值的 `verify_after` 完成此比较。",
        ),
    }
}

/// How often an account may call: `500000 calls a day, 10000 a minute`.
#[must_use]
pub fn quota(lang: Lang, quota: &Quota) -> String {
    let day = quota.day.map(|day| lang.pick(format!("{day} calls a day"), format!("每天 {day} 次")));
    let minute = quota.minute.map(|it| match day {
        Some(_) => lang.pick(format!("{it} a minute"), format!("每分钟 {it} 次")),
        None => lang.pick(format!("{it} calls a minute"), format!("每分钟 {it} 次")),
    });
    let both: Vec<_> = day.into_iter().chain(minute).collect();
    both.join(lang.pick(", ", "，"))
}

/// One limit in words, lower case, without a stop: `at most 36 bytes of UTF-8 (12 Chinese characters)`.
///
/// Whether it is enforced is for the caller to say.
#[must_use]
pub fn limit(lang: Lang, limit: &Limit, ty: &TypeRef) -> String {
    let each = if limit.each { lang.pick("each ", "每项") } else { "" };
    if (limit.bound, limit.value) == (Bound::Min, 1) && limit.unit != Unit::Value {
        return format!("{each}{}", lang.pick("not empty", "不可为空"));
    }
    let bound = match (limit.bound, limit.unit) {
        (Bound::Max, Unit::Value) => lang.pick("at most", "不大于"),
        (Bound::Max, _) => lang.pick("at most", "不超过"),
        (Bound::Min, Unit::Value) => lang.pick("at least", "不小于"),
        (Bound::Min, _) => lang.pick("at least", "不少于"),
    };
    format!("{each}{bound} {}", amount(lang, limit, ty))
}

/// The number of a limit with what it counts.
fn amount(lang: Lang, limit: &Limit, ty: &TypeRef) -> String {
    let n = limit.value;
    let s = if n == 1 { "" } else { "s" };
    match limit.unit {
        Unit::Value => n.to_string(),
        Unit::Chars => lang.pick(format!("{n} character{s}"), format!("{n} 个字符")),
        Unit::Items => lang.pick(format!("{n} item{s}"), format!("{n} 项")),
        // What is not enforced is told as the page has it, without a reckoning in Chinese characters.
        Unit::Bytes if limit.enforced && is_text(ty) && n >= 3 && n % 3 == 0 => {
            let chinese = n / 3;
            let s = if chinese == 1 { "" } else { "s" };
            lang.pick(
                format!("{n} bytes of UTF-8 ({chinese} Chinese character{s})"),
                format!("{n} 字节（UTF-8，合 {chinese} 个汉字）"),
            )
        }
        Unit::Bytes if limit.enforced && is_text(ty) => {
            lang.pick(format!("{n} byte{s} of UTF-8"), format!("{n} 字节（UTF-8）"))
        }
        Unit::Bytes => lang.pick(format!("{n} byte{s}"), format!("{n} 字节")),
    }
}

fn is_text(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => *scalar == Scalar::String,
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::OrText(inner) => is_text(inner),
        TypeRef::Named(_) => false,
    }
}

/// What proves success, lower case, without a stop: `` `errcode` is 0, or it is missing and `list` is there ``.
#[must_use]
pub fn success(lang: Lang, api: &Api, fields: &[String]) -> String {
    let (code, ok) = (&api.code_field, api.ok);
    let plain = lang.pick(format!("`{code}` is {ok}"), format!("`{code}` 为 {ok}"));
    let names: Vec<String> = fields.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => plain,
        [one] => lang.pick(
            format!("{plain}, or it is missing and {one} is there"),
            format!("{plain}，或没有 `{code}` 而有 {one}"),
        ),
        many => lang.pick(
            format!("{plain}, or it is missing and one of {} is there", many.join(", ")),
            format!("{plain}，或没有 `{code}` 而有 {} 之一", many.join("、")),
        ),
    }
}

/// When a key is required that not always is: what the variants say, and what only the caller can know.
#[must_use]
pub fn required_if(lang: Lang, key: &Key<'_>) -> Option<String> {
    if key.required {
        return None;
    }
    let mut all = choices(lang, &key.when);
    let told = key.parts.iter().filter_map(|part| part.field()?.required_if.as_ref());
    all.extend(told.map(|text| lang.text(text).to_owned()));
    let all = distinct(all);
    (!all.is_empty()).then(|| all.join(lang.pick("; or ", "；或 ")))
}

/// The choices of variants in words, one for each union: `` `type` is `A` or `B` ``.
fn choices(lang: Lang, when: &[When<'_>]) -> Vec<String> {
    let mut plain: Vec<(&str, Vec<String>)> = Vec::new();
    let mut special = Vec::new();
    for one in when.iter().filter(|one| one.union.tagged) {
        let same = |other: &&Variant| other.value == one.variant.value;
        let chosen = |variant: &&Variant| when.iter().any(|w| std::ptr::eq(w.variant, *variant));
        let whole = one.union.variants.iter().filter(same).all(|variant| chosen(&variant));
        let value = format!("`{}`", one.variant.value);
        if !whole {
            special.push(choice(lang, one, &value));
            continue;
        }
        let tag = one.union.tag.as_str();
        match plain.iter_mut().find(|(known, _)| *known == tag) {
            Some((_, values)) if values.contains(&value) => {}
            Some((_, values)) => values.push(value),
            None => plain.push((tag, vec![value])),
        }
    }
    let or = lang.pick(" or ", " 或 ");
    let is = lang.pick("is", "为");
    let plain = plain.into_iter().map(|(tag, values)| format!("`{tag}` {is} {}", values.join(or)));
    plain.chain(special).collect()
}

/// One variant of several with the same tag value.
fn choice(lang: Lang, one: &When<'_>, value: &str) -> String {
    let (is, and, or) = (lang.pick("is", "为"), lang.pick(" and ", "，且 "), lang.pick(" or ", " 或 "));
    let values = |condition: &Condition| condition.spelled(or, |value| format!("`{}`", plain_value(value)));
    let mut words = format!("`{}` {is} {value}", one.union.tag);
    for condition in &one.variant.when {
        words += &format!("{and}`{}` {is} {}", condition.path, values(condition));
    }
    let is_not = lang.pick("is not", "不为");
    for variant in one.union.tried_before(one.variant) {
        let other = |condition: &Condition| format!("`{}` {is_not} {}", condition.path, values(condition));
        let others: Vec<String> = variant.when.iter().map(other).collect();
        words += &format!("{and}{}", others.join(or));
    }
    words
}

/// The smallest call of an endpoint as code of the crate, for whoever shows it.
#[derive(Debug, Clone, Default)]
pub struct Calls {
    /// The request, and how it is sent.
    pub send: Vec<String>,
    /// The request alone, as `request`.
    pub request: Vec<String>,
}

/// The page of the reference that is made from a spec file, below the folder of a language.
#[must_use]
pub fn page(spec: &str) -> String {
    format!("{}.md", spec.trim_end_matches(".yaml"))
}

/// Where that page is published in English, if the reference is.
#[must_use]
pub fn address(model: &Model, spec: &str) -> Option<String> {
    let reference = model.api.reference.as_ref()?;
    Some(format!("{}/{}/{}", reference.trim_end_matches('/'), Lang::En.id(), page(spec)))
}

/// A value as a reader expects it: text without quotes.
#[must_use]
pub fn plain_value(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The first and the last day of a year, for samples that ask for a long time: the year of the first example.
#[must_use]
pub fn a_year(endpoint: &Endpoint, window: &DayWindow<'_>) -> (String, String) {
    let shown = endpoint.examples.iter().find_map(|it| it.request.as_ref()?.get(window.from)?.as_str()?.get(..4));
    let year = shown.unwrap_or("2026");
    (format!("{year}-01-01"), format!("{year}-12-31"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lang: Lang, bound: Bound, value: i64, unit: Unit, enforced: bool) -> String {
        let text = TypeRef::Scalar(Scalar::String);
        let all = Limit { bound, value, unit, each: false, enforced, implied: false };
        limit(lang, &all, &text)
    }

    #[test]
    fn limits_read_well_in_both_languages() {
        use Bound::{Max, Min};
        let en = |bound, value, unit| words(Lang::En, bound, value, unit, true);
        let zh = |bound, value, unit| words(Lang::Zh, bound, value, unit, true);
        assert_eq!(en(Max, 36, Unit::Bytes), "at most 36 bytes of UTF-8 (12 Chinese characters)");
        assert_eq!(zh(Max, 36, Unit::Bytes), "不超过 36 字节（UTF-8，合 12 个汉字）");
        assert_eq!(en(Max, 64, Unit::Bytes), "at most 64 bytes of UTF-8");
        assert_eq!(en(Min, 2, Unit::Items), "at least 2 items");
        assert_eq!(zh(Min, 1, Unit::Bytes), "不可为空");
        assert_eq!(zh(Min, 1, Unit::Value), "不小于 1");
        assert_eq!(words(Lang::En, Max, 24, Unit::Bytes, false), "at most 24 bytes");
    }
}
