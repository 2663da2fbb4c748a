//! Arguments: JSON as it is; forms and queries by what the schema says of each field.

use schemars::Schema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::refusal::Refusal;

/// Fields of a form that begin so are no arguments: they steer the page.
const OWN: char = '_';

/// The field that says in which language the browser goes on.
pub(crate) const LANGUAGE: &str = "_lang";

/// The field with the verb, where it is one that a form does not know.
pub(crate) const VERB: &str = "_verb";

/// What came with a request.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Given<'g> {
    pub(crate) query: &'g [(String, String)],
    pub(crate) body: &'g [u8],
    /// The fields of a form, where the body is one.
    pub(crate) form: Option<&'g [(String, String)]>,
}

/// Whether a body is a form.
pub(crate) fn is_form(content_type: &str) -> bool {
    content_type.split(';').next().is_some_and(|kind| kind.trim() == "application/x-www-form-urlencoded")
}

/// The fields that are texts, although they may look like numbers.
#[derive(Clone, Debug)]
pub(super) struct Texts(Vec<String>);

impl Texts {
    pub(super) fn of(schema: &Schema) -> Self {
        let fields = schema.get("properties").and_then(Value::as_object);
        let texts = fields.into_iter().flatten().filter(|(_, field)| is_text(field));
        Texts(texts.map(|(name, _)| name.clone()).collect())
    }
}

fn is_text(schema: &Value) -> bool {
    match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        Some(kind) => kind == "string",
        None => false,
    }
}

impl Given<'_> {
    /// All arguments as one object.
    pub(super) fn value(&self, in_body: bool, texts: &Texts) -> Result<Value, Refusal> {
        match (in_body, self.form) {
            (false, _) => object(self.query, texts),
            (true, _) if !self.query.is_empty() => {
                Err(Refusal::new(400, "the arguments of POST stand in the body, not in the query"))
            }
            (true, Some(form)) => object(form, texts),
            (true, None) if self.body.trim_ascii().is_empty() => Ok(Value::Object(Map::new())),
            (true, None) => serde_json::from_slice(self.body)
                .map_err(|error| Refusal::new(400, format!("the body is no JSON: {error}"))),
        }
    }
}

/// An object of fields; `verdict.reject` is a field in a field. One that was left empty is none.
fn object(fields: &[(String, String)], texts: &Texts) -> Result<Value, Refusal> {
    let mut all = Map::new();
    for (name, text) in fields.iter().filter(|(name, text)| !text.is_empty() && !name.starts_with(OWN)) {
        let (outer, inner) = match name.split_once('.') {
            Some((outer, inner)) => (outer, Some(inner)),
            None => (name.as_str(), None),
        };
        let value = match inner {
            None if texts.0.iter().any(|own| own == outer) => Value::String(text.clone()),
            None => serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone())),
            Some(inner) => Value::Object(Map::from_iter([(inner.to_owned(), Value::String(text.clone()))])),
        };
        if all.insert(outer.to_owned(), value).is_some() {
            return Err(Refusal::new(400, format!("`{outer}` is given twice")));
        }
    }
    Ok(Value::Object(all))
}

/// Arguments of a type. What does not fit is named with its place.
pub(super) fn typed<A: DeserializeOwned>(given: Value) -> Result<A, Refusal> {
    serde_path_to_error::deserialize(given).map_err(|error| {
        let place = error.path().to_string();
        let why = error.into_inner();
        Refusal::new(400, if place == "." { why.to_string() } else { format!("`{place}`: {why}") })
    })
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::Deserialize;
    use serde_json::json;

    use super::super::operation::inlined;
    use super::*;
    use crate::act::Verdict;

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its schema and its reader are looked at")]
    struct Arguments {
        code: String,
        count: Option<u64>,
        verdict: Verdict,
    }

    fn form(fields: &[(&str, &str)]) -> Result<Value, Refusal> {
        let fields: Vec<_> = fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let given = Given { form: Some(&fields), ..Given::default() };
        given.value(true, &Texts::of(&inlined::<Arguments>()))
    }

    #[test]
    fn a_form_becomes_what_json_would_have_been() {
        let read = form(&[("code", "012"), ("count", "3"), ("verdict.reject", "7"), (LANGUAGE, "zh")]);
        assert_eq!(read, Ok(json!({ "code": "012", "count": 3, "verdict": { "reject": "7" } })));
        let read = form(&[("code", "{}"), ("count", ""), ("verdict", "approve")]);
        assert_eq!(read, Ok(json!({ "code": "{}", "verdict": "approve" })));
        assert_eq!(form(&[("code", "1"), ("code", "2")]), Err(Refusal::new(400, "`code` is given twice")));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let refused = |value: Value| typed::<Arguments>(value).expect_err("nothing fits").message;
        let approve = "approve";
        let told = refused(json!({ "code": "1", "verdict": approve, "colour": 1 }));
        assert!(told.starts_with("`colour`: unknown field `colour`"), "{told}");
        assert_eq!(refused(json!({ "verdict": approve })), "missing field `code`");
        let told = refused(json!({ "code": "1", "verdict": approve, "count": "x" }));
        assert_eq!(told, "`count`: invalid type: string \"x\", expected u64");
        let told = refused(json!({ "code": "1", "verdict": "perhaps" }));
        assert!(told.contains("`verdict") && told.contains("approve"), "{told}");
    }
}
