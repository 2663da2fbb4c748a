//! Short samples: the same call from a shell and from Rust.

use super::language::Docs;
use crate::emit::prose::Calls;
use crate::model::{Body, Endpoint, Event, Field, Model, Proof, Scalar, TypeRef, Value, Verify};

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
    /// The same from Rust.
    calls: Option<&'a Calls>,
}

impl<'a> Sample<'a> {
    pub(super) fn new(docs: &'a Docs<'a>, endpoint: &'a Endpoint) -> Self {
        let example = endpoint.minimal_example();
        let title = example.and_then(|example| example.title.as_ref());
        let title = title.map_or(docs.words.first_example, |title| docs.lang.text(title));
        Self {
            model: docs.model,
            endpoint,
            query: example.and_then(|example| example.query.as_ref()),
            body: example.and_then(|example| example.request.as_ref()),
            calls: docs.calls.get(&endpoint.path),
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

    /// The call from Rust, as the types make it; empty where they cannot.
    pub(super) fn rust(&self) -> String {
        self.calls.map_or_else(String::new, |calls| calls.send.join("\n"))
    }

    /// Many calls from Rust: a stream made of the request, and what each of its values is.
    pub(super) fn many(&self, stream: &str, made: &str, value: &str) -> String {
        let request = self.calls.map_or_else(String::new, |calls| calls.request.join("\n"));
        format!(
            "{request}\nlet mut {stream} = request{made};\n\
             while let Some({value}) = {stream}.next().await {{\n    let {value} = {value}?;\n}}"
        )
    }

    /// A call from Rust that is found out when its response was lost.
    pub(super) fn verified(&self, verify: &Verify) -> String {
        let (before, asked) = match verify.proof {
            Proof::State(_) => ("", "request"),
            Proof::Change { .. } => ("let before = request.note_before(&client).await?;\n", "before"),
        };
        let request = self.calls.map_or_else(String::new, |calls| calls.request.join("\n"));
        format!(
            "use {}::Verified;\n{request}\n{before}if let Err(error) = request.send(&client).await {{\n    \
             match {asked}.verify_after(&error, &client).await? {{\n        Verified::Done => {{}}\n        \
             Verified::NotDone | Verified::Unknown => return Err(error.into()),\n    }}\n}}",
            self.model.api.krate,
        )
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
