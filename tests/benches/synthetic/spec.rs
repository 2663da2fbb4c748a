//! The synthetic endpoints as a spec of ours.

use std::fmt::Write as _;

use super::{Field, Kind, ROWS, answer_fields, folder, purpose, request_fields, small_fields};

const API: &str = r#"
crate: synthetic
version: 0.1.0
title: { en: A synthetic interface, zh: 合成接口 }
host: https://api.example.com
zone: "+08:00"
documents:
  page: { title: { en: The page, zh: 页面 }, language: en, read: "2026-11-21" }
token: { query: access_token, doc: { en: The token., zh: 凭证。 } }
envelope:
  code: errcode
  message: errmsg
  ok: 0
  code_doc: { en: The code., zh: 错误码。 }
  message_doc: { en: The message., zh: 错误信息。 }
"#;

const ERRORS: &str = r"
40001:
  name: invalid_credential
  class: token
  text: { en: The token is bad., zh: 凭证无效。 }
  cause: { en: It expired., zh: 已过期。 }
  remedy: { en: Fetch a new one., zh: 重新获取。 }
  source: page
";

/// The files of a spec of so many endpoints.
pub(crate) fn sources(size: usize) -> Vec<(String, String)> {
    let mut sources = vec![("api.yaml".to_owned(), API.to_owned()), ("errors.yaml".to_owned(), ERRORS.to_owned())];
    sources.extend((0..size).map(|index| (format!("{}/call{index}.yaml", folder(index)), endpoint(index))));
    sources
}

fn endpoint(index: usize) -> String {
    let mut yaml = format!(
        "title: {{ en: Call {index}, zh: 接口 {index} }}\n\
         doc: {{ en: \"{}\", zh: 执行编号 {index} 的操作并返回结果。 }}\n\
         method: POST\nsource: page\nrepeat: safe\nrequest:\n",
        purpose(index)
    );
    request_fields().for_each(|field| yaml.push_str(&lines(&field, 2)));
    let _ = writeln!(
        yaml,
        "  nested:\n    type: Nested{index}\n    doc: {{ en: An object inside., zh: 内层对象。 }}\n  rows:\n    type: Row{index}[]\n    max: {{ items: {ROWS} }}\n    doc: {{ en: Some rows., zh: 若干行。 }}\nresponse:"
    );
    answer_fields().for_each(|field| yaml.push_str(&lines(&field, 2)));
    yaml.push_str("types:\n");
    for name in ["Nested", "Row"] {
        let _ = writeln!(yaml, "  {name}{index}:\n    doc: {{ en: A small object., zh: 小对象。 }}\n    fields:");
        small_fields().iter().for_each(|field| yaml.push_str(&lines(field, 6)));
    }
    yaml.push_str("errors: { 40001: {} }\nexamples:\n  - request: { field_0: a, field_1: 1 }\n    response: { errcode: 0, errmsg: ok, answer_0: x }\n");
    yaml
}

fn lines(field: &Field, indent: usize) -> String {
    let Field { name, kind, required, en, zh } = field;
    let (ty, max) = match kind {
        Kind::Text { bytes } => ("string", bytes.map(|bytes| format!("bytes: {bytes}"))),
        Kind::Int { most } => ("int", most.map(|most| format!("value: {most}"))),
        Kind::Texts { items } => ("\"string[]\"", Some(format!("items: {items}"))),
    };
    let max = max.map(|max| format!("max: {{ {max} }}, ")).unwrap_or_default();
    format!("{:indent$}{name}: {{ type: {ty}, required: {required}, {max}doc: {{ en: {en}, zh: {zh} }} }}\n", "")
}
