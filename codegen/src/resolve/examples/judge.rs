//! Compares a JSON value with what the model says of it.

use weixin_runtime::calendar;

use super::fault::Fault;
use super::rule;
use crate::model::{
    Bound, EnumKind, Field, JsonMap, Limit, Model, ObjectType, Rule, Scalar, TypeId, TypeKind, TypeRef, UnionType,
    Unit, Value, Variant, VariantContent,
};

/// Judges values; `enforce` also applies limits and rules, which hold for requests only.
pub(super) struct Judge<'m> {
    pub(super) model: &'m Model,
    pub(super) enforce: bool,
}

impl Judge<'_> {
    pub(super) fn object(&self, object: &ObjectType, value: &Value, ignored: &[&str]) -> Vec<Fault> {
        let Some(map) = value.as_object() else {
            return vec![Fault::new(format!("{} is no object", kind(value)))];
        };
        let mut faults = Vec::new();
        let flat = object.fields.iter().find(|field| field.flatten);
        for field in &object.fields {
            if field.flatten {
                let known = |key: &String| {
                    ignored.contains(&key.as_str())
                        || object.fields.iter().any(|other| !other.flatten && other.wire == *key)
                };
                let rest = map.iter().filter(|(key, _)| !known(key)).map(|(k, v)| (k.clone(), v.clone()));
                let rest: JsonMap = rest.collect();
                if field.required || !rest.is_empty() {
                    faults.extend(self.value(&field.ty, &Value::Object(rest)));
                }
                continue;
            }
            match map.get(&field.wire) {
                Some(value) => faults.extend(self.field(field, value).into_iter().map(|f| f.inside(&field.wire))),
                None if field.required => faults.push(Fault::new(format!("the required `{}` is missing", field.wire))),
                None => {}
            }
        }
        for key in map.keys() {
            let known = object.fields.iter().any(|field| field.wire == *key) || ignored.contains(&key.as_str());
            if !known && flat.is_none() {
                faults.push(Fault::unknown(key, object.fields.iter().map(|field| field.wire.as_str())));
            }
        }
        if self.enforce {
            faults.extend(broken(&object.rules, map));
        }
        faults
    }

    pub(super) fn field(&self, field: &Field, value: &Value) -> Vec<Fault> {
        let mut faults = self.value(&field.ty, value);
        if self.enforce && faults.is_empty() {
            faults.extend(field.limits.iter().filter(|limit| limit.enforced).filter_map(|limit| exceeds(limit, value)));
        }
        faults
    }

    fn value(&self, ty: &TypeRef, value: &Value) -> Vec<Fault> {
        if ty.is_unknown() {
            return Vec::new();
        }
        match ty {
            TypeRef::Scalar(scalar) => self.scalar(*scalar, value).into_iter().collect(),
            TypeRef::List(inner) => match value.as_array() {
                Some(items) => items
                    .iter()
                    .enumerate()
                    .flat_map(|(index, item)| {
                        self.value(inner, item).into_iter().map(move |fault| fault.inside(&index.to_string()))
                    })
                    .collect(),
                None => vec![Fault::new(format!("{} is no list", kind(value)))],
            },
            TypeRef::Map(inner) => match value.as_object() {
                Some(map) => map
                    .iter()
                    .flat_map(|(key, item)| self.value(inner, item).into_iter().map(|fault| fault.inside(key)))
                    .collect(),
                None => vec![Fault::new(format!("{} is no map", kind(value)))],
            },
            TypeRef::OrText(_) if value.is_string() => Vec::new(),
            TypeRef::OrText(inner) => self.value(inner, value),
            TypeRef::Named(id) => match &self.model.ty(*id).kind {
                TypeKind::Object(object) => self.object(object, value, &[]),
                TypeKind::Enum(known) => {
                    let wire = match (known.kind, value) {
                        (EnumKind::String, Value::String(text)) => text.clone(),
                        (EnumKind::Int, Value::Number(number)) => number.to_string(),
                        _ => {
                            return vec![Fault::new(
                                format!("{} is no {:?} value", kind(value), known.kind).to_lowercase(),
                            )];
                        }
                    };
                    let given = !self.enforce && known.is_response_form(&wire);
                    if given || known.values.iter().any(|variant| variant.wire == wire) {
                        Vec::new()
                    } else {
                        vec![Fault::new(format!("`{wire}` is no documented value of `{}`", self.model.ty(*id).name))]
                    }
                }
                TypeKind::Union(union) => self.union(union, value),
            },
        }
    }

    fn union(&self, union: &UnionType, value: &Value) -> Vec<Fault> {
        let Some(map) = value.as_object() else {
            return vec![Fault::new(format!("{} is no object", kind(value)))];
        };
        let tag = map.get(&union.tag).and_then(Value::as_str);
        if union.tagged && tag.is_none() {
            return vec![Fault::new(format!("the tag `{}` is missing", union.tag))];
        }
        // What else is read as the tag is no value of an example.
        let written = |variant: &&Variant| !union.tagged || tag == Some(&variant.value);
        let Some(variant) = union.choose(map).filter(written) else {
            return vec![Fault::new("no variant of the union fits".to_owned())];
        };
        self.variant(union, variant, map)
    }

    fn variant(&self, union: &UnionType, variant: &Variant, map: &JsonMap) -> Vec<Fault> {
        match &variant.content {
            VariantContent::Keyed(key, id) => {
                let mut faults = match map.get(key) {
                    Some(content) => {
                        self.value(&TypeRef::Named(*id), content).into_iter().map(|fault| fault.inside(key)).collect()
                    }
                    None => vec![Fault::new(format!("the key `{key}` is missing"))],
                };
                let strange = map.keys().filter(|other| *other != key && !(union.tagged && **other == union.tag));
                faults.extend(strange.map(|other| Fault::unknown(other, std::iter::once(key.as_str()))));
                faults
            }
            VariantContent::Inline(TypeId::UNKNOWN) => Vec::new(),
            VariantContent::Inline(id) => match &self.model.ty(*id).kind {
                TypeKind::Object(object) => self.object(object, &Value::Object(map.clone()), &[&union.tag]),
                _ => Vec::new(),
            },
            VariantContent::Unit => self.object(&ObjectType::default(), &Value::Object(map.clone()), &[&union.tag]),
        }
    }

    fn scalar(&self, scalar: Scalar, value: &Value) -> Option<Fault> {
        let integer = || value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
        let within = |low: i128, high: i128| integer().is_some_and(|n| (low..=high).contains(&n));
        let good = match scalar {
            Scalar::String | Scalar::Base64 => value.is_string(),
            Scalar::Bool => value.is_boolean(),
            Scalar::Int | Scalar::Int64 => within(i64::MIN.into(), i64::MAX.into()),
            Scalar::Uint | Scalar::Uint64 | Scalar::Timestamp => within(0, u64::MAX.into()),
            Scalar::Int32 => within(i32::MIN.into(), i32::MAX.into()),
            Scalar::Uint32 => within(0, u32::MAX.into()),
            Scalar::Date => value.as_str().is_some_and(|text| !self.enforce || calendar::day(text).is_some()),
            Scalar::DateNumber => {
                let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
                number.is_some_and(|number| !self.enforce || calendar::day_of_number(number).is_some())
            }
            Scalar::Json => true,
            Scalar::File => false,
        };
        (!good).then(|| match (scalar, value) {
            (Scalar::Date, Value::String(text)) => {
                Fault::new(format!("`{}` is no day written `yyyy-MM-dd`", text.escape_debug()))
            }
            (Scalar::DateNumber, Value::Number(number)) => Fault::new(format!("{number} is no day written `yyyyMMdd`")),
            _ => Fault::new(format!("{} is no `{}`", kind(value), scalar.name())),
        })
    }
}

/// The faults of an object that breaks some of the rules.
pub(super) fn broken(rules: &[Rule], object: &JsonMap) -> Vec<Fault> {
    let broken = rules.iter().filter(|rule| rule::is_broken(rule, object));
    broken.map(|rule| Fault::new(format!("the rule `{}` is broken: {}", rule.name, rule.text.en))).collect()
}

fn exceeds(limit: &Limit, value: &Value) -> Option<Fault> {
    if limit.each {
        let once = Limit { each: false, ..limit.clone() };
        return value.as_array()?.iter().find_map(|item| exceeds(&once, item));
    }
    let actual = match (limit.unit, value) {
        (Unit::Bytes, Value::String(text)) => i64::try_from(text.len()).ok()?,
        (Unit::Chars, Value::String(text)) => i64::try_from(text.chars().count()).ok()?,
        (Unit::Items, Value::Array(items)) => i64::try_from(items.len()).ok()?,
        (Unit::Items, Value::Object(map)) => i64::try_from(map.len()).ok()?,
        (Unit::Value, Value::Number(number)) => number.as_i64().unwrap_or(i64::MAX),
        _ => return None,
    };
    let (broken, words) = match limit.bound {
        Bound::Max => (actual > limit.value, "at most"),
        Bound::Min => (actual < limit.value, "at least"),
    };
    let counted = if limit.unit == Unit::Value { String::new() } else { format!(" {}", limit.unit.name()) };
    broken.then(|| Fault::new(format!("{actual}{counted}, where {words} {} is allowed", limit.value)))
}

fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "a bool".to_owned(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(_) => "a text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
