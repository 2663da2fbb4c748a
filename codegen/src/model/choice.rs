//! Which variant of a union a piece of JSON is: one choice for everybody who looks at examples.

use super::{JsonMap, UnionType, Value, Variant, VariantContent};

impl UnionType {
    /// The variant that the JSON is: the first that is known by the tag there, or by its key where no tag is sent,
    /// and whose conditions hold. Where values are of their documented kinds, generated readers choose the same one.
    #[must_use]
    pub fn choose(&self, json: &JsonMap) -> Option<&Variant> {
        let tag = json.get(&self.tag).and_then(tag_text);
        self.variants.iter().find(|variant| {
            let known = if self.tagged {
                tag.as_deref().is_some_and(|tag| variant.is_read_from(tag))
            } else {
                variant.content_in(json).is_some_and(|_| variant.key().is_some())
            };
            known && variant.conditions_hold(json)
        })
    }

    /// What both variants are known by, so that only conditions tell them apart: a value of the tag, or the key where
    /// no tag is sent.
    #[must_use]
    pub fn shared<'v>(&self, one: &'v Variant, other: &Variant) -> Option<&'v str> {
        if !self.tagged {
            return one.key().filter(|key| other.key() == Some(key));
        }
        one.tags().find(|tag| other.is_read_from(tag))
    }

    /// The variants with conditions that come before one without, and are known by the same: what it is not.
    pub fn tried_before<'u>(&'u self, chosen: &'u Variant) -> impl Iterator<Item = &'u Variant> {
        let earlier = self.variants.iter().take_while(|variant| !std::ptr::eq(*variant, chosen));
        earlier.filter(|variant| chosen.when.is_empty() && self.shared(variant, chosen).is_some())
    }
}

impl Variant {
    /// The values of the tag that are read as this variant, the one that is written first.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.value).chain(&self.also).map(String::as_str)
    }

    /// Whether a value of the tag is read as this variant, conditions aside.
    #[must_use]
    pub fn is_read_from(&self, tag: &str) -> bool {
        self.tags().any(|known| known == tag)
    }

    /// The key that holds the content.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match &self.content {
            VariantContent::Keyed(key, _) => Some(key),
            VariantContent::Unit | VariantContent::Inline(_) => None,
        }
    }

    /// The object with the variant's fields, in the JSON of the union. Where they stand beside the tag, that is the
    /// JSON itself.
    #[must_use]
    pub fn content_in<'j>(&self, json: &'j JsonMap) -> Option<&'j JsonMap> {
        match self.key() {
            Some(key) => json.get(key)?.as_object(),
            None => Some(json),
        }
    }

    fn conditions_hold(&self, json: &JsonMap) -> bool {
        self.when.is_empty()
            || self.content_in(json).is_some_and(|content| self.when.iter().all(|one| one.holds(content)))
    }
}

/// A tag as text: a number stands for its digits.
fn tag_text(tag: &Value) -> Option<String> {
    match tag {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Condition, Path, Text, TypeId, UnionContent};
    use serde_json::json;

    fn variant(rust: &str, value: &str, also: &[&str], when: &[(&str, Value)]) -> Variant {
        let when =
            when.iter().map(|(path, value)| Condition { path: Path::from_dotted(path), values: vec![value.clone()] });
        Variant {
            ident: rust.to_owned(),
            value: value.to_owned(),
            also: also.iter().map(|one| (*one).to_owned()).collect(),
            content: VariantContent::Keyed(value.to_lowercase(), TypeId(0)),
            when: when.collect(),
            doc: Text::default(),
            sources: Vec::new(),
        }
    }

    fn union(tagged: bool) -> UnionType {
        let variants = vec![
            variant("Shared", "CASH", &[], &[("more.share", json!(true))]),
            variant("Cash", "CASH", &["2"], &[]),
            variant("Gift", "GIFT", &[], &[]),
        ];
        UnionType {
            tag: "kind".to_owned(),
            tag_doc: Text::default(),
            tag_declared: Vec::new(),
            tag_quirks: Vec::new(),
            tag_review: None,
            tagged,
            content: UnionContent::Keyed,
            variants,
            checked: false,
            reviewed: false,
        }
    }

    fn chosen(union: &UnionType, json: &Value) -> Option<String> {
        union.choose(json.as_object()?).map(|variant| variant.ident.clone())
    }

    #[test]
    fn a_tag_and_what_is_inside_choose_the_variant() {
        let union = union(true);
        let cash = |share: Value| json!({ "kind": "CASH", "cash": { "more": { "share": share } } });
        assert_eq!(chosen(&union, &cash(json!(true))).as_deref(), Some("Shared"));
        for plain in
            [cash(json!(false)), cash(Value::Null), json!({ "kind": "CASH" }), json!({ "kind": 2, "cash": {} })]
        {
            assert_eq!(chosen(&union, &plain).as_deref(), Some("Cash"), "{plain}");
        }
        for none in [json!({}), json!({ "kind": "OTHER" }), json!({ "kind": null, "cash": {} }), json!({ "cash": {} })]
        {
            assert_eq!(chosen(&union, &none), None, "{none}");
        }
    }

    #[test]
    fn without_a_tag_the_key_chooses() {
        let union = union(false);
        assert_eq!(chosen(&union, &json!({ "gift": {} })).as_deref(), Some("Gift"));
        assert_eq!(chosen(&union, &json!({ "cash": { "more": { "share": true } } })).as_deref(), Some("Shared"));
        assert_eq!(chosen(&union, &json!({ "gift": null, "cash": {} })).as_deref(), Some("Cash"));
        assert_eq!(chosen(&union, &json!({ "kind": "GIFT" })), None);
    }

    #[test]
    fn only_a_plain_variant_is_what_others_are_not() {
        let union = union(true);
        let before = |index: usize| union.tried_before(&union.variants[index]).map(|it| it.ident.as_str()).collect();
        let (shared, cash, gift): (Vec<&str>, Vec<&str>, Vec<&str>) = (before(0), before(1), before(2));
        assert_eq!((shared, cash, gift), (vec![], vec!["Shared"], vec![]));
    }
}
