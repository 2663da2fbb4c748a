//! Every limit that a validator enforces, at the border: just within it is accepted, one unit more is refused.

#[path = "shared/dispatch.rs"]
mod dispatch;
#[path = "shared/walk.rs"]
mod walk;

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use walk::Place;
use weixin::{Rule, Unit, Validate, Violation};
use weixin_codegen::model::{Bound, Limit, Model, Scalar, TypeKind, TypeRef, Unit as Of};

#[test]
fn every_enforced_limit() {
    let model = weixin_tests::real();
    dispatch::assert_complete(&model);
    let mut seen = BTreeSet::new();
    let mut visit = |place: &Place<'_>| {
        for limit in place.field.limits.iter().filter(|limit| limit.enforced) {
            let border = Border::new(&model, place, limit);
            border.test();
            seen.insert(key(place.owner, &place.field.wire, limit));
        }
    };
    walk::fields(&model, &mut visit);
    walk::signed(&model, &mut visit);
    assert_eq!(seen, documented(&model), "each limit of each type of a request was reached");
    assert!(seen.len() > 150, "only {}", seen.len());
}

fn key(owner: &str, field: &str, limit: &Limit) -> String {
    let each = if limit.each { "each " } else { "" };
    format!("{owner} {field} {each}{:?} {} {:?}", limit.bound, limit.value, limit.unit)
}

/// Every enforced limit of a request, or of a type that occurs in one.
fn documented(model: &Model) -> BTreeSet<String> {
    let requests: Vec<_> =
        model.endpoints.iter().map(|endpoint| (endpoint.path.as_str(), endpoint.request.whole())).collect();
    let requests = requests.iter().map(|(path, request)| (*path, request));
    let types = model.types.iter().filter(|ty| ty.side.request).filter_map(|ty| match &ty.kind {
        TypeKind::Object(object) => Some((ty.ident.as_str(), object)),
        _ => None,
    });
    let mut keys = BTreeSet::new();
    for (owner, object) in requests.chain(types) {
        for field in &object.fields {
            keys.extend(field.limits.iter().filter(|limit| limit.enforced).map(|limit| key(owner, &field.wire, limit)));
        }
    }
    keys
}

struct Border<'a> {
    place: &'a Place<'a>,
    limit: &'a Limit,
    /// The path of the value that is limited.
    path: String,
    rule: Rule,
    unit: Unit,
    /// Of a list: an item. Else the shape of the value.
    ty: &'a TypeRef,
    model: &'a Model,
}

impl<'a> Border<'a> {
    fn new(model: &'a Model, place: &'a Place<'a>, limit: &'a Limit) -> Self {
        let file = place.field.ty == TypeRef::Scalar(Scalar::File);
        let (rule, unit) = match (limit.bound, limit.unit) {
            (Bound::Max, Of::Bytes) if file => (Rule::MaxBytes, Unit::FileBytes),
            (Bound::Min, Of::Bytes) if file => (Rule::MinBytes, Unit::FileBytes),
            (Bound::Max, Of::Bytes) => (Rule::MaxBytes, Unit::Bytes),
            (Bound::Min, Of::Bytes) => (Rule::MinBytes, Unit::Bytes),
            (Bound::Max, Of::Chars) => (Rule::MaxChars, Unit::Chars),
            (Bound::Min, Of::Chars) => (Rule::MinChars, Unit::Chars),
            (Bound::Max, Of::Items) => (Rule::MaxItems, Unit::Items),
            (Bound::Min, Of::Items) => (Rule::MinItems, Unit::Items),
            (Bound::Max, Of::Value) => (Rule::MaxValue, Unit::Value),
            (Bound::Min, Of::Value) => (Rule::MinValue, Unit::Value),
        };
        let mut ty = &place.field.ty;
        if let TypeRef::OrText(inner) = ty {
            ty = inner;
        }
        if let TypeRef::List(item) = ty {
            ty = item;
        }
        let in_list = limit.unit != Of::Items && place.field.ty.is_list();
        let path = if in_list { format!("{}[0]", place.path) } else { place.path.clone() };
        Border { place, limit, path, rule, unit, ty, model }
    }

    fn test(&self) {
        let limit = self.limit.value;
        let beyond = if self.limit.bound == Bound::Max { limit + 1 } else { limit - 1 };
        for value in self.sized(limit) {
            self.accepts(value);
        }
        let signed = matches!(self.ty, TypeRef::Scalar(Scalar::Int | Scalar::Int32 | Scalar::Int64));
        if beyond < 0 && !signed {
            // The type itself cannot hold less than nothing: see `a_request_is_read_whole_or_refused`.
            return;
        }
        for value in self.sized(beyond) {
            self.refuses(value, beyond);
        }
    }

    /// Values of this size; of texts several, in letters of one byte and of three.
    fn sized(&self, size: i64) -> Vec<Value> {
        if self.limit.unit == Of::Value {
            return vec![json!(size)];
        }
        let count = usize::try_from(size).expect("a size");
        match (self.limit.unit, self.ty) {
            (Of::Items, ty) => vec![Value::Array(vec![walk::valid(self.model, ty); count])],
            (Of::Bytes, TypeRef::Scalar(Scalar::File)) => vec![json!({ "name": "a.jpg", "bytes": vec![0_u8; count] })],
            (Of::Bytes, _) => {
                let chinese = "汉".repeat(count / 3) + &"z".repeat(count % 3);
                let late = "z".repeat(count % 3 + count / 3 / 2 * 3) + &"汉".repeat(count / 3 - count / 3 / 2);
                assert_eq!((chinese.len(), late.len()), (count, count));
                vec![json!("z".repeat(count)), json!(chinese), json!(late)]
            }
            _ => vec![json!("z".repeat(count)), json!("汉".repeat(count)), json!("𠮷".repeat(count))],
        }
    }

    fn request(&self, value: Value) -> Value {
        let value = if self.path == self.place.path { value } else { json!([value]) };
        (self.place.request)(value)
    }

    fn violations(&self, value: Value) -> Vec<Violation> {
        let request = self.request(value);
        let of = self.place.endpoint;
        let checked =
            if of.starts_with('/') { dispatch::check(of, &request) } else { dispatch::check_type(of, &request) };
        let outcome = checked.unwrap_or_else(|error| panic!("{} {}: {error}", self.place.endpoint, self.path));
        let violations = outcome.err().unwrap_or_default();
        // Rules across fields have tests of their own.
        violations.into_iter().filter(|violation| violation.limit.is_some()).collect()
    }

    fn accepts(&self, value: Value) {
        let violations = self.violations(value);
        assert!(violations.is_empty(), "{} {} at its limit: {violations:?}", self.place.endpoint, self.path);
    }

    fn refuses(&self, value: Value, actual: i64) {
        let violations = self.violations(value);
        let [violation] = &violations[..] else {
            panic!("{} {} beyond its limit: {violations:?}", self.place.endpoint, self.path);
        };
        assert_eq!(violation.path, self.path, "{}", self.place.endpoint);
        assert_eq!((violation.rule, violation.unit), (self.rule, Some(self.unit)), "{}", self.path);
        assert_eq!(violation.limit, Some(self.limit.value), "{}", self.path);
        assert_eq!(violation.actual, Some(actual.to_string()), "{}", self.path);
    }
}

/// A request that is read from JSON becomes what it says or is refused. To leave a value out, as is right in a response,
/// would send something else than was written, and nobody would be told.
#[test]
fn a_request_is_read_whole_or_refused() {
    let model = weixin_tests::real();
    let mut lost = BTreeSet::new();
    walk::fields(&model, &mut |place| {
        let number = matches!(place.field.ty, TypeRef::Scalar(scalar) if scalar.is_number());
        let flag = place.field.ty == TypeRef::Scalar(Scalar::Bool);
        let list = matches!(place.field.ty, TypeRef::List(_));
        if number || flag || list {
            let request = (place.request)(json!("three"));
            // What tells a variant from another is set whatever is put there.
            if request.to_string().contains("three") && dispatch::check(place.endpoint, &request).is_ok() {
                lost.insert(format!("{} {}", place.endpoint, place.path));
            }
        }
    });
    assert!(lost.is_empty(), "{} values are lost, such as {:?}", lost.len(), lost.first());
}

#[test]
fn twelve_chinese_characters_are_thirty_six_bytes() {
    let check = |name: &str| {
        let info = json!({
            "brand_name": name, "logo_url": "http://mmbiz.qpic.cn/a/0", "protocol": "m", "end_time": 1, "primary_category_id": 1,
            "secondary_category_id": 101
        });
        dispatch::check("/card/submerchant/submit", &json!({ "info": info })).expect("it is read")
    };
    for fine in ["x", "十二个汉字的名称正好放下", &"x".repeat(36), &("汉".repeat(11) + "xyz"), &("x".repeat(33) + "汉")]
    {
        assert_eq!(check(fine), Ok(()), "{fine}");
    }
    for (long, actual) in [
        ("十三个汉字的名称就放不下了", "39"),
        (&("x".repeat(35) + "汉"), "38"),
        (&("十二个汉字的名称正好放下".to_owned() + "x"), "37"),
        (&"é".repeat(19), "38"),
    ] {
        let violations = check(long).expect_err(long);
        let [violation] = violations.as_slice() else { panic!("{violations:?}") };
        assert_eq!((violation.path.as_str(), violation.rule), ("info.brand_name", Rule::MaxBytes));
        assert_eq!((violation.limit, violation.actual.as_deref()), (Some(36), Some(actual)));
    }
}

/// A text of one to four bytes a letter, somewhere near so many of the unit, and never blank: that breaks another rule.
fn near(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!['a', '\n', 'é', '汉', '𠮷']), most / 5..=most + 1)
        .prop_map(|letters| std::iter::once('a').chain(letters).collect())
}

proptest! {
    #[test]
    fn a_code_by_bytes(text in near(64)) {
        let checked = weixin::card::code::Get::new(text.as_str()).validate();
        prop_assert_eq!(checked.is_ok(), text.len() <= 64);
    }

    #[test]
    fn a_card_id_by_bytes(text in near(32)) {
        let checked = weixin::card::Delete::new(text.as_str()).validate();
        prop_assert_eq!(checked.is_ok(), text.len() <= 32);
    }

    #[test]
    fn extra_info_and_title_by_characters(info in near(80), title in near(20)) {
        let request = weixin::promoter::GetShareMaterial::new("p", "o").extra_info(info.as_str()).title(title.as_str());
        let wrong: Vec<String> = request.validate().err().unwrap_or_default().into_iter().map(|found| found.path).collect();
        let mut expected = Vec::new();
        if info.chars().count() > 80 { expected.push("extra_info") }
        if title.chars().count() > 20 { expected.push("title") }
        prop_assert_eq!(wrong, expected);
    }

    #[test]
    fn names_of_a_white_list(names in prop::collection::vec(near(32), 0..13)) {
        let wrong = weixin::card::testwhitelist::Set::new().username(names.clone()).validate().err().unwrap_or_default();
        let long = names.iter().filter(|name| name.len() > 32).count();
        prop_assert_eq!(wrong.len(), long + usize::from(names.len() > 10));
    }

    #[test]
    fn a_page_of_cards(offset in -2_i64..3, count in 40_i64..60) {
        let checked = weixin::card::BatchGet::new(offset, count).validate();
        prop_assert_eq!(checked.is_ok(), offset >= 0 && count <= 50);
    }
}
