//! The table of error codes.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::doc::{chinese, english, escape, one_line};
use super::format::Above;
use super::{docs_of, format, literal, scope};
use crate::model::{ErrorCode, Model, Text};
use crate::output::OutputFile;

/// How many codes go into one file: an entry takes at most 20 lines.
const CODES_IN_A_FILE: usize = 120;

const SPEC: &str = "errors.yaml";

/// `errors.rs` and what is below it.
pub(super) fn files(model: &Model) -> Vec<OutputFile> {
    let mut files = vec![table(model)];
    files.extend(parts(model, "info", info));
    files.extend(parts(model, "code", code));
    files
}

/// What a file holds: code, and what is put into it as text.
#[derive(Default)]
struct Content {
    code: TokenStream,
    above: Vec<Above>,
    written: Vec<String>,
}

fn file(path: &str, doc: &[&str], content: &Content) -> OutputFile {
    let doc: Vec<String> = doc.iter().map(|line| (*line).to_owned()).collect();
    let Content { code, above, written } = content;
    OutputFile { path: path.to_owned(), text: format::file(SPEC, &doc, code.clone(), above, written) }
}

/// The table itself, and how to look something up.
fn table(model: &Model) -> OutputFile {
    let names = model.errors.iter().map(|error| format_ident!("{}", error.ident));
    let (code, message) = (&model.api.code_field, &model.api.message_field);
    let ok = literal::integer(model.api.ok);
    let trace = model.api.trace.as_ref().map_or_else(|| quote!(None), |trace| quote!(Some(#trace)));
    let docs = [
        vec!["The keys that every response may carry beside its own, and the code of success.".to_owned()],
        vec![
            "Every documented code in its general meaning, ascending. An endpoint may mean something narrower."
                .to_owned(),
        ],
        vec!["What a code means in general.".to_owned(), String::new(), "中文：错误码的通用含义。".to_owned()],
    ]
    .map(Above::from);
    let code = quote! {
        use crate::rt;
        pub mod code;
        pub(crate) mod info;
        #[doc = "@1"]
        pub static ALL: &[rt::CodeInfo] = &[#(info::#names),*];
        #[doc = "@0"]
        pub const ENVELOPE: rt::Envelope = rt::Envelope { code: #code, message: #message, ok: #ok, trace: #trace };
        #[doc = "@2"]
        #[must_use]
        pub fn explain(code: i64) -> Option<&'static rt::CodeInfo> {
            ALL.binary_search_by_key(&code, |info| info.code).ok().map(|index| &ALL[index])
        }
    };
    file(
        "src/errors.rs",
        &["Error codes: what they mean, why they happen and what to do.", "", "中文：错误码的含义、原因与处理办法。"],
        &Content { code, above: docs.into(), written: Vec::new() },
    )
}

/// Adds what is made for each code.
type Entry = fn(&mut Content, &ErrorCode);

/// A module with one item for each code, in as many files as it takes.
fn parts(model: &Model, name: &str, entry: Entry) -> Vec<OutputFile> {
    let visibility = if name == "code" { quote!(pub) } else { quote!(pub(crate)) };
    let doc: &[&str] = if name == "code" {
        &["The numbers of the error codes, by name."]
    } else {
        &["What is known about each code."]
    };
    let chunks = chunks(&model.errors);
    if model.errors.len() <= CODES_IN_A_FILE {
        return vec![part(&format!("src/errors/{name}.rs"), doc, &model.errors, name, entry)];
    }
    let modules = chunks.iter().map(|(name, _)| format_ident!("{name}"));
    let uses = chunks.iter().map(|(name, chunk)| {
        let name = format_ident!("{name}");
        let items = chunk.iter().map(|error| format_ident!("{}", error.ident));
        quote!(#visibility use self::#name::{#(#items),*};)
    });
    let code = quote!(#(mod #modules;)* #(#uses)*);
    let root = file(&format!("src/errors/{name}.rs"), doc, &Content { code, ..Content::default() });
    let rest =
        chunks.iter().map(|(file, chunk)| part(&format!("src/errors/{name}/{file}.rs"), doc, chunk, name, entry));
    std::iter::once(root).chain(rest).collect()
}

/// The codes of each ten thousand, or thousand where those would be too many, with the name of their file: `from_40000`. A
/// new code moves no other one.
fn chunks(errors: &[ErrorCode]) -> Vec<(String, &[ErrorCode])> {
    let by = |width: i64| errors.chunk_by(move |one, next| one.code.div_euclid(width) == next.code.div_euclid(width));
    let width = if by(10_000).all(|chunk| chunk.len() <= CODES_IN_A_FILE) { 10_000 } else { 1_000 };
    let name = |chunk: &[ErrorCode]| match chunk.first().map_or(0, |error| error.code.div_euclid(width)) {
        below if below < 0 => "below_0".to_owned(),
        begin => format!("from_{}", begin * width),
    };
    by(width).map(|chunk| (name(chunk), chunk)).collect()
}

fn part(path: &str, doc: &[&str], errors: &[ErrorCode], name: &str, entry: Entry) -> OutputFile {
    let mut content = Content::default();
    if name == "info" && !errors.is_empty() {
        content.code.extend(quote!(
            use crate::rt;
        ));
    }
    errors.iter().for_each(|error| entry(&mut content, error));
    file(path, doc, &content)
}

/// What is known about a code. All look alike: the formatter would only give each text four lines.
fn info(content: &mut Content, error: &ErrorCode) {
    let class = scope::variant_of(error.class);
    let quoted = |text: &str| Literal::string(text.trim());
    let text = |text: &Text| format!("rt::Text {{ en: {}, zh: {} }}", quoted(&text.en), quoted(&text.zh));
    let item = format!(
        "pub(crate) const {}: rt::CodeInfo = rt::CodeInfo {{\n    code: {},\n    name: {},\n    class: \
         rt::ErrorClass::{class},\n    text: {},\n    cause: {},\n    remedy: {},\n}};\n",
        error.ident,
        error.code,
        quoted(&error.name),
        text(&error.text),
        text(&error.cause),
        text(&error.remedy),
    );
    let number = Literal::usize_unsuffixed(content.written.len());
    content.written.push(item);
    content.code.extend(quote!(written!(#number);));
}

fn code(content: &mut Content, error: &ErrorCode) {
    let constant = format_ident!("{}", error.ident);
    let number = literal::integer(error.code);
    // Cause and remedy are a call of `explain` away.
    let zh = escape(&one_line(&chinese(&[&error.text.zh])));
    let doc = format!("{}: {} 中文：{zh}", error.code, escape(&one_line(&english(&error.text))));
    let marker = format!("@{}", content.above.len());
    let attributes = docs_of::alias([error.code.to_string().as_str()].into_iter(), "");
    content.above.push(Above { doc: vec![doc], attributes });
    content.code.extend(quote!(#[doc = #marker] pub const #constant: i64 = #number;));
}
