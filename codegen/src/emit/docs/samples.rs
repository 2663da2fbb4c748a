//! Short samples: the same call from a shell and from Rust.

use super::language::Docs;
use crate::model::{Body, Endpoint, Event, Example, Field, Model, Proof, Scalar, TypeKind, TypeRef, Value, Verify};
use crate::target::required_struct;

/// Bodies longer than this go into a file, lest the command disappear behind them.
const LONG_BODY: usize = 240;

/// The call that the samples make: an example that sends something and succeeds, where there is one.
pub(super) struct Sample<'a> {
    model: &'a Model,
    endpoint: &'a Endpoint,
    query: Option<&'a Value>,
    body: Option<&'a Value>,
    /// Which request the samples mean, in words.
    body_of: String,
}

impl<'a> Sample<'a> {
    pub(super) fn new(docs: &Docs<'a>, endpoint: &'a Endpoint) -> Self {
        let sends = |example: &&Example| example.request.is_some() || example.query.is_some();
        let good = |example: &&Example| sends(example) && example.response.is_some();
        let example = endpoint.examples.iter().find(good).or_else(|| endpoint.examples.iter().find(sends));
        let title = example.and_then(|example| example.title.as_ref());
        let title = title.map_or(docs.words.first_example, |title| docs.lang.text(title));
        Self {
            model: docs.model,
            endpoint,
            query: example.and_then(|example| example.query.as_ref()),
            body: example.and_then(|example| example.request.as_ref()),
            body_of: docs.words.body_of.replace("{title}", title),
        }
    }

    /// The call with `curl`.
    pub(super) fn curl(&self) -> String {
        let api = &self.model.api;
        let mut address = format!("{}{}", api.host, self.endpoint.path);
        let token = self.endpoint.takes_token.then(|| format!("{}=ACCESS_TOKEN", api.token_param));
        let query = self.query.and_then(Value::as_object).into_iter().flatten();
        let query = query.map(|(key, value)| format!("{key}={}", percent(&text(value))));
        for (index, parameter) in token.into_iter().chain(query).enumerate() {
            address += if index == 0 { "?" } else { "&" };
            address += &parameter;
        }
        let command = format!("curl '{address}'");
        match self.endpoint.body {
            Body::None => command,
            Body::Json => self.curl_json(&command),
            Body::Multipart => self
                .endpoint
                .request
                .body
                .fields
                .iter()
                .fold(command, |command, field| command + &self.form_part(field)),
        }
    }

    fn curl_json(&self, command: &str) -> String {
        let body = self.body.map_or_else(|| "{}".to_owned(), Value::to_string);
        let head = format!("{command} \\\n  -H 'Content-Type: application/json'");
        if body.len() > LONG_BODY {
            return format!("# request.json: {}\n{head} \\\n  -d @request.json", self.body_of);
        }
        format!("{head} \\\n  -d {}", quoted(&body))
    }

    fn form_part(&self, field: &Field) -> String {
        let name = &field.wire;
        if field.ty == TypeRef::Scalar(Scalar::File) {
            return format!(" \\\n  -F '{name}=@FILE'");
        }
        let value = self.body.and_then(|body| body.get(name));
        value.map_or_else(String::new, |value| format!(" \\\n  -F {}", quoted(&format!("{name}={}", text(value)))))
    }

    /// The call from Rust: with typed values where the request is flat, else from the JSON of the example.
    pub(super) fn rust(&self) -> String {
        let name = self.endpoint.full_name();
        let root = self.endpoint.namespace.first().unwrap_or(&self.endpoint.ident);
        let head = format!("use {}::{root};\n\n", self.model.api.krate);
        if let Some(call) = self.typed() {
            return format!("{head}let response = {call}.send(&client).await?;");
        }
        format!(
            "{head}// REQUEST: {}\nlet request: {name} = serde_json::from_str(REQUEST)?;\n\
             let response = request.send(&client).await?;",
            self.body_of
        )
    }

    /// Many calls from Rust: a stream made of the request, and what each of its values is.
    pub(super) fn many(&self, stream: &str, made: &str, value: &str) -> String {
        let root = self.endpoint.namespace.first().unwrap_or(&self.endpoint.ident);
        let request = self.request();
        format!(
            "use {}::{root};\n\n{request}\nlet mut {stream} = request{made};\n\
             while let Some({value}) = {stream}.next().await {{\n    let {value} = {value}?;\n}}",
            self.model.api.krate
        )
    }

    /// A call from Rust that is found out when its response was lost.
    pub(super) fn verified(&self, verify: &Verify) -> String {
        let root = self.endpoint.namespace.first().unwrap_or(&self.endpoint.ident);
        let (before, asked) = match verify.proof {
            Proof::State(_) => ("", "request"),
            Proof::Change { .. } => ("let before = request.note_before(&client).await?;\n", "before"),
        };
        format!(
            "use {}::{{Verified, {root}}};\n\n{}\n{before}if let Err(error) = request.send(&client).await {{\n    \
             match {asked}.verify_after(&error, &client).await? {{\n        Verified::Done => {{}}\n        \
             Verified::NotDone | Verified::Unknown => return Err(error.into()),\n    }}\n}}",
            self.model.api.krate,
            self.request(),
        )
    }

    fn request(&self) -> String {
        match self.typed() {
            Some(request) => format!("let request = {};", request.trim_end()),
            None => format!(
                "// REQUEST: {}\nlet request: {} = serde_json::from_str(REQUEST)?;",
                self.body_of,
                self.endpoint.full_name()
            ),
        }
    }

    /// The request built by `new` and setters; none when a value of the example is more than a scalar.
    fn typed(&self) -> Option<String> {
        let request = &self.endpoint.request;
        if required_struct(&self.endpoint.ident, request.fields()).is_some() {
            return None;
        }
        let mut arguments = Vec::new();
        let mut setters = String::new();
        let query = request.query.fields.iter().map(|field| (field, self.query));
        let body = request.body.fields.iter().map(|field| (field, self.body));
        for (field, place) in query.chain(body) {
            match (field.required, place.and_then(|place| place.get(&field.wire))) {
                (true, _) if field.ty == TypeRef::Scalar(Scalar::File) => arguments.push("file".to_owned()),
                (true, value) => arguments.push(self.literal(&field.ty, value?)?),
                (false, None) => {}
                (false, Some(value)) => {
                    setters += &format!("\n    .{}({})", field.ident, self.literal(&field.ty, value)?);
                }
            }
        }
        let gap = if setters.is_empty() { "" } else { "\n    " };
        Some(format!("{}::new({}){setters}{gap}", self.endpoint.full_name(), arguments.join(", ")))
    }

    /// A value as Rust source.
    fn literal(&self, ty: &TypeRef, value: &Value) -> Option<String> {
        match ty {
            TypeRef::Scalar(scalar) if scalar.is_text() => value.as_str().map(|text| format!("{text:?}")),
            TypeRef::Scalar(Scalar::Bool) => value.as_bool().map(|value| value.to_string()),
            TypeRef::Scalar(scalar) if scalar.is_number() => value.as_i64().map(|value| value.to_string()),
            TypeRef::Named(id) => {
                let named = self.model.ty(*id);
                let TypeKind::Enum(of) = &named.kind else {
                    return None;
                };
                let wire = text(value);
                let variant = of.values.iter().find(|variant| variant.wire == wire)?;
                Some(format!("{}::{}::{}", named.namespace.join("::"), named.ident, variant.ident))
            }
            TypeRef::List(inner) => {
                let items = value.as_array()?.iter().map(|item| self.literal(inner, item));
                items.collect::<Option<Vec<String>>>().map(|items| format!("[{}]", items.join(", ")))
            }
            TypeRef::Scalar(_) | TypeRef::Map(_) | TypeRef::OrText(_) => None,
        }
    }
}

/// `event::CardMerchantCheckResult`.
pub(super) fn event_path(event: &Event) -> String {
    let module: String = event.namespace.iter().map(|part| format!("{part}::")).collect();
    module + &event.ident
}

/// Reading a push.
pub(super) fn event(krate: &str, event: &Event) -> String {
    let path = event_path(event);
    let root = path.split("::").next().unwrap_or_default();
    format!("use {krate}::{root};\n\nlet push = {path}::from_xml(xml)?;")
}

fn text(value: &Value) -> String {
    super::super::prose::plain_value(value)
}

/// An argument of a shell, in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A value as it may stand in an address.
fn percent(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
