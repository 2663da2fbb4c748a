//! A first version of a new spec file. What only a person can know is an empty text, and the checker asks for each.

use indexmap::IndexSet;

use crate::emit::reference::modeline;
use crate::model::{Method, pascal_case};
use crate::output::OutputFile;
use crate::spec::{Event, Field, Spec};

/// The file of a new endpoint.
///
/// # Errors
///
/// Why no endpoint can have this address.
pub fn endpoint(spec: &Spec, method: Method, address: &str) -> Result<OutputFile, String> {
    let path = checked(address.strip_prefix(spec.api.content.host.trim_end_matches('/')).unwrap_or(address))?;
    let file = format!("{path}.yaml");
    let api = &spec.api.content.envelope;
    let (fields, shown) = match method {
        Method::Get => ("query", ""),
        Method::Post => ("request", "    request: {}\n"),
    };
    let repeat = match method {
        Method::Get => "repeat: safe",
        Method::Post => {
            "repeat: \"\"    # safe: only reads. idempotent: twice is as once. unsafe: never repeat blindly"
        }
    };
    let text = format!(
        "{mode}
name: {rust}    # in words: ModifyStock, not Modifystock
method: {method}
title: {{ en: \"\", zh: \"\" }}
doc: {{ en: \"\", zh: \"\" }}
source: \"\"    # a document of api.yaml and the heading as printed: {document}#HEADING
{repeat}

# A field:
#   code:
#     type: string
#     required: true
#     max: {{ bytes: 64 }}
#     example: \"…\"
#     doc: {{ en: \"\", zh: \"\" }}
{fields}: {{}}

response: {{}}

errors: {{}}    # 40127: {{}} for a code that means what errors.yaml says

examples:
  - title: {{ en: \"\", zh: \"\" }}
{shown}    response: {{ {code}: {ok}, {message}: ok }}
",
        mode = modeline(&file),
        rust = pascal_case(path.rsplit('/').next().unwrap_or(path)),
        method = method.as_str(),
        document = spec.api.content.documents.keys().next().map_or("DOCUMENT", String::as_str),
        code = api.code,
        ok = api.ok,
        message = api.message,
    );
    Ok(OutputFile { path: file, text })
}

/// The path of an endpoint without its first slash.
fn checked(address: &str) -> Result<&str, String> {
    let path = address.strip_prefix('/').ok_or_else(|| {
        format!("`{address}` is no path: write it as in the address, from the slash on, such as `/card/code/get`")
    })?;
    let folders: Vec<&str> = path.split('/').collect();
    let well_formed = |part: &&str| {
        part.starts_with(|first: char| first.is_ascii_alphabetic())
            && part.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-.".contains(letter))
    };
    if let Some(part) = folders.iter().find(|part| !well_formed(part)) {
        return Err(format!(
            "`{part}` in `{address}` cannot name a file: a part of a path has letters, digits, `_` and `-`; leave `?` and what follows away, the access token too"
        ));
    }
    let around = folders.split_last().map_or(&[][..], |(_, around)| around);
    if around.is_empty() {
        return Err(format!(
            "`{address}` lies in no folder: an endpoint has at least two parts, such as `/card/create`"
        ));
    }
    if around.contains(&"types") || around[0] == "events" {
        return Err(format!("`{address}` lies in a folder that holds types or pushes"));
    }
    Ok(path)
}

/// The file of a new push. It begins like those that are there.
///
/// # Errors
///
/// Why no push can have this name.
pub fn event(spec: &Spec, name: &str) -> Result<OutputFile, String> {
    let well_formed = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if !well_formed {
        return Err(format!("`{name}` cannot name a push: write it as in the element Event, such as `user_get_card`"));
    }
    let file = format!("events/{name}.yaml");
    let known: Vec<&Event> = spec.events.iter().map(|file| &file.content).collect();
    let shared: Vec<&String> = known.first().map_or_else(Vec::new, |first| {
        first.include.iter().filter(|mixin| known.iter().all(|event| event.include.contains(mixin))).collect()
    });
    let tag = known.first().and_then(|first| first.known_by.keys().next()).map_or("Event", String::as_str);
    let include = match shared[..] {
        [] => String::new(),
        _ => format!("include: [{}]\n", shared.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ")),
    };
    let head: String = elements(spec, &shared).iter().map(|(element, field)| sample(element, field)).collect();
    let text = format!(
        "{mode}
name: {rust}
title: {{ en: \"\", zh: \"\" }}
doc: {{ en: \"\", zh: \"\" }}
source: \"\"    # a document of api.yaml and the heading as printed: {document}#HEADING
{include}known_by: {{ {tag}: {name} }}

fields:
  {tag}:
    type: string
    required: true
    example: {name}
    doc: {{ en: \"The type of event, `{name}`.\", zh: \"事件类型，即 `{name}`。\" }}

examples:
  - title: {{ en: \"\", zh: \"\" }}
    xml: |
      <xml>
{head}        <{tag}><![CDATA[{name}]]></{tag}>
      </xml>
",
        mode = modeline(&file),
        rust = pascal_case(name),
        document = spec.api.content.documents.keys().next().map_or("DOCUMENT", String::as_str),
    );
    Ok(OutputFile { path: file, text })
}

/// The fields of some mixins.
fn elements<'s>(spec: &'s Spec, mixins: &[&String]) -> Vec<(&'s String, &'s Field)> {
    let types = spec.types.iter().flat_map(|file| &file.content);
    types.filter(|(name, _)| mixins.contains(name)).flat_map(|(_, def)| def.fields.iter().flatten()).collect()
}

fn sample(element: &str, field: &Field) -> String {
    match &field.example {
        Some(serde_yaml::Value::String(text)) => format!("        <{element}><![CDATA[{text}]]></{element}>\n"),
        Some(serde_yaml::Value::Number(number)) => format!("        <{element}>{number}</{element}>\n"),
        _ => format!("        <{element}></{element}>\n"),
    }
}

/// `api.yaml` with a line for each folder around a file that has no title yet, and those folders.
#[must_use]
pub fn with_areas(spec: &Spec, api: &str, file: &str) -> (String, Vec<String>) {
    let known = &spec.api.content.areas;
    let ends = file.match_indices('/').map(|(end, _)| &file[..end]);
    let missing: IndexSet<&str> = ends.filter(|folder| !known.contains_key(*folder)).collect();
    let mut lines: Vec<String> = api.lines().map(str::to_owned).collect();
    let Some(head) = lines.iter().position(|line| line.trim_end() == "areas:") else {
        return (api.to_owned(), Vec::new());
    };
    for folder in &missing {
        let inside = |line: &String| line.starts_with(' ') || line.starts_with('#') || line.is_empty();
        let block = lines[head + 1..].iter().take_while(|line| inside(line)).count();
        let key = |line: &str| {
            let entry = line.strip_prefix("  ")?;
            let name = entry.split(':').next()?.trim_matches(['"', '\'']);
            (!entry.starts_with([' ', '#']) && !entry.is_empty()).then(|| name.to_owned())
        };
        let entries = lines[head + 1..head + 1 + block].iter().enumerate();
        let later = entries.clone().find(|(_, line)| key(line).is_some_and(|name| name.as_str() > *folder));
        let after_all = entries.filter(|(_, line)| !line.is_empty()).map(|(index, _)| index + 1).next_back();
        let at = later.map_or(after_all.unwrap_or_default(), |(index, _)| index);
        lines.insert(head + 1 + at, format!("  {folder}: {{ title: {{ en: \"\", zh: \"\" }} }}"));
    }
    let mut text = lines.join("\n");
    text.push('\n');
    (text, missing.into_iter().map(str::to_owned).collect())
}
