//! Rustdoc says what to obey, in a few lines: this counts them, over the crate as it is made now.

use weixin_codegen::emit;
use weixin_codegen::output::OutputFile;
use weixin_tests::real;

/// The most lines of documentation above a public field.
const FIELD: usize = 8;

/// The most lines above a type.
const TYPE: usize = 60;

/// The most lines above a public field, on average.
const MEAN: usize = 5;

/// What belongs in the published reference: where a statement comes from, and what pages say otherwise.
const ELSEWHERE: &[&str] = &["Quirk", "Printed as", "printed as", "not enforced", "not checked", "# Source"];

/// Documentation, and the line of code below it.
struct Told {
    file: String,
    lines: Vec<String>,
    code: String,
}

/// Everything that has documentation, and every public field even without.
fn told() -> Vec<Told> {
    let files: Vec<OutputFile> =
        emit::all(&real()).into_iter().filter(|it| it.path.starts_with("src/") && it.path.ends_with(".rs")).collect();
    assert!(files.len() > 50, "only {} files", files.len());
    let mut all = Vec::new();
    for file in &files {
        let mut lines = Vec::new();
        for line in file.text.lines().map(str::trim) {
            if let Some(text) = line.strip_prefix("///") {
                lines.push(text.trim_start().to_owned());
            } else if !line.starts_with("#[") {
                let lines = std::mem::take(&mut lines);
                if !lines.is_empty() || is_field(line) {
                    all.push(Told { file: file.path.clone(), lines, code: line.to_owned() });
                }
            }
        }
    }
    all
}

fn is_field(code: &str) -> bool {
    let name = code.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")).map(|(name, _)| name);
    code.ends_with(',') && name.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || "_#".contains(c)))
}

fn is_type(code: &str) -> bool {
    code.starts_with("pub struct") || code.starts_with("pub enum")
}

#[test]
fn a_field_is_told_in_a_few_lines() {
    let all = told();
    let fields: Vec<&Told> = all.iter().filter(|it| is_field(&it.code)).collect();
    assert!(fields.len() > 500, "only {} fields", fields.len());
    let odd = |it: &&&Told| it.lines.is_empty() || it.lines.len() > FIELD;
    let odd: Vec<String> =
        fields.iter().filter(odd).map(|it| format!("{}: {} has {} lines", it.file, it.code, it.lines.len())).collect();
    assert!(odd.is_empty(), "between 1 and {FIELD} lines, please:\n{}", odd.join("\n"));
    let sum: usize = fields.iter().map(|it| it.lines.len()).sum();
    assert!(sum <= MEAN * fields.len(), "{sum} lines above {} fields", fields.len());
}

#[test]
fn a_type_is_told_in_a_screen() {
    let all = told();
    let types: Vec<&Told> = all.iter().filter(|it| is_type(&it.code)).collect();
    assert!(types.len() > 150, "only {} types", types.len());
    let long: Vec<String> = types
        .iter()
        .filter(|it| it.lines.len() > TYPE)
        .map(|it| format!("{}: {} has {} lines", it.file, it.code, it.lines.len()))
        .collect();
    assert!(long.is_empty(), "at most {TYPE} lines, please:\n{}", long.join("\n"));
}

#[test]
fn every_request_shows_one_call() {
    let model = real();
    let all = told();
    for endpoint in &model.endpoints {
        let head = format!("pub struct {} {{", endpoint.ident);
        let file = format!("src/{}.rs", endpoint.namespace.join("/"));
        let folder = file.trim_end_matches(".rs").to_owned() + "/";
        let it = all.iter().find(|it| it.file.starts_with(&folder) && it.code == head && aliased(it, &endpoint.path));
        let it = it.unwrap_or_else(|| panic!("no documentation of {}", endpoint.path));
        let calls = it.lines.iter().filter(|line| line.contains("send(client)")).count();
        assert_eq!(calls, 1, "{} shows one call with `send`", endpoint.path);
    }
}

fn aliased(it: &Told, path: &str) -> bool {
    it.lines.iter().any(|line| line.contains(&format!(" {path}`")))
}

#[test]
fn provenance_stays_in_the_reference() {
    for it in told() {
        for line in &it.lines {
            let found = ELSEWHERE.iter().find(|words| line.contains(**words));
            assert!(found.is_none(), "{}: {}: {line}", it.file, it.code);
        }
    }
}

#[test]
fn at_most_a_third_of_the_source_is_documentation() {
    let files = emit::all(&real());
    let lines: Vec<&str> =
        files.iter().filter(|it| it.path.starts_with("src/")).flat_map(|it| it.text.lines().map(str::trim)).collect();
    let docs = lines.iter().filter(|line| line.starts_with("///") || line.starts_with("//!")).count();
    assert!(docs > 1_000 && docs * 3 <= lines.len(), "{docs} of {} lines", lines.len());
}
