//! How the generator grows: a synthetic spec of 25, 250 and 2,500 endpoints, each with 14 request fields
//! with limits, one nested object, one list of objects and 12 answer fields.
//!
//! ```text
//! cargo bench -p weixin-tests --bench scale                    # 25, 250 and 2,500
//! cargo bench -p weixin-tests --bench scale -- 25 --write DIR  # also writes the crate
//! ```
//!
//! Beside the time of the generator stands a floor that every generator with this formatter pays: parsing and
//! printing the same Rust files once more with `syn` and `prettyplease`.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use weixin_codegen::emit;
use weixin_codegen::output::OutputFile;
use weixin_codegen::read::read_sources;
use weixin_codegen::resolve::resolve;

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

fn main() {
    let mut sizes = Vec::new();
    let mut folder = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--write" => folder = arguments.next(),
            other => sizes.extend(other.parse::<usize>()),
        }
    }
    if sizes.is_empty() {
        sizes = vec![25, 250, 2500];
    }
    println!("endpoints      read   resolve      emit       all   lines of Rust   floor   all/floor   peak memory");
    for size in sizes {
        let files = measure(size);
        if let Some(folder) = &folder {
            write(Path::new(folder), &files);
        }
    }
}

fn measure(size: usize) -> Vec<OutputFile> {
    let sources = sources(size);
    let start = Instant::now();
    let spec = read_sources(sources).unwrap_or_else(|faults| panic!("{faults:?}"));
    let read = start.elapsed();
    let model = resolve(&spec).unwrap_or_else(|faults| panic!("{faults:?}"));
    let resolved = start.elapsed();
    let files = emit::all(&model);
    let all = start.elapsed();
    let peak = peak_memory();
    let rust: Vec<_> = files.iter().filter(|file| file.path.ends_with(".rs")).collect();
    let lines: usize = rust.iter().map(|file| file.text.lines().count()).sum();
    let floor = floor(&rust);
    println!(
        "{size:>9} {} {} {} {} {lines:>15} {} {:>11.2} {:>9} MiB",
        seconds(read),
        seconds(resolved - read),
        seconds(all - resolved),
        seconds(all),
        seconds(floor),
        all.as_secs_f64() / floor.as_secs_f64(),
        peak / 1024,
    );
    files
}

fn seconds(time: Duration) -> String {
    format!("{:>7.3} s", time.as_secs_f64())
}

/// One thread, each file once: parse, print.
fn floor(files: &[&OutputFile]) -> Duration {
    let start = Instant::now();
    for file in files {
        let parsed = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        std::hint::black_box(prettyplease::unparse(&parsed));
    }
    start.elapsed()
}

/// The most memory the process ever held, in KiB; 0 where the system does not tell.
fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}

fn write(folder: &Path, files: &[OutputFile]) {
    for file in files {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder)).unwrap_or_else(|error| panic!("{error}"));
        std::fs::write(path, &file.text).unwrap_or_else(|error| panic!("{error}"));
    }
}

fn sources(size: usize) -> Vec<(String, String)> {
    let mut sources = vec![("api.yaml".to_owned(), API.to_owned()), ("errors.yaml".to_owned(), ERRORS.to_owned())];
    for index in 0..size {
        let area = index / 250;
        let group = index / 25;
        sources.push((format!("area{area}/group{group}/call{index}.yaml"), endpoint(index)));
    }
    sources
}

fn endpoint(index: usize) -> String {
    let mut yaml = format!(
        "title: {{ en: Call {index}, zh: 接口 {index} }}\n\
         doc: {{ en: \"Does the thing with number {index}, and tells how it went.\", zh: 执行编号 {index} 的操作并返回结果。 }}\n\
         method: POST\nsource: page\nrepeat: safe\nrequest:\n"
    );
    for field in 0..12 {
        let required = if field < 2 { "true" } else { "false" };
        let (ty, limit) = match field % 3 {
            0 => ("string", "{ bytes: 64 }"),
            1 => ("int", "{ value: 1000 }"),
            _ => ("string[]", "{ items: 10 }"),
        };
        let _ = writeln!(
            yaml,
            "  field_{field}:\n    type: {ty}\n    required: {required}\n    max: {limit}\n    doc: {{ en: The value of field {field}., zh: 字段 {field} 的值。 }}"
        );
    }
    let _ = writeln!(
        yaml,
        "  nested:\n    type: Nested{index}\n    doc: {{ en: An object inside., zh: 内层对象。 }}\n  rows:\n    type: Row{index}[]\n    max: {{ items: 50 }}\n    doc: {{ en: Some rows., zh: 若干行。 }}\nresponse:"
    );
    for field in 0..12 {
        let ty = if field % 2 == 0 { "string" } else { "int" };
        let required = field == 0;
        let _ = writeln!(
            yaml,
            "  answer_{field}:\n    type: {ty}\n    required: {required}\n    doc: {{ en: The answer {field}., zh: 返回值 {field}。 }}"
        );
    }
    let _ = writeln!(yaml, "types:");
    for name in ["Nested", "Row"] {
        let _ = writeln!(
            yaml,
            "  {name}{index}:\n    doc: {{ en: A small object., zh: 小对象。 }}\n    fields:\n      name: {{ type: string, required: true, max: {{ bytes: 36 }}, doc: {{ en: Its name., zh: 名称。 }} }}\n      count: {{ type: int, max: {{ value: 100 }}, doc: {{ en: How many., zh: 数量。 }} }}"
        );
    }
    yaml.push_str("errors: { 40001: {} }\nexamples:\n  - request: { field_0: a, field_1: 1 }\n    response: { errcode: 0, errmsg: ok, answer_0: x }\n");
    yaml
}
