//! Whatever stands in the files, the reader and the checker answer: with a model or with faults that have a place.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use weixin_codegen::emit;
use weixin_tests::{Case, good, model};

static GOOD: LazyLock<Vec<Case>> = LazyLock::new(good);

type Sources = Vec<(String, String)>;

/// Faults have a place; what has none is whole enough to be emitted.
fn holds(sources: Sources) -> Result<(), TestCaseError> {
    match model(sources) {
        Ok(model) => {
            prop_assert_eq!(emit::all(&model), emit::all(&model));
            prop_assert!(!emit::facts::lines(&model).is_empty());
        }
        Err(faults) => {
            prop_assert!(!faults.is_empty());
            for fault in &faults {
                let place = &fault.primary;
                prop_assert!(!place.file.is_empty() && place.span.line > 0 && place.span.column > 0, "{:?}", fault);
                prop_assert!(place.span.start <= place.span.end && place.span.end <= place.source.len(), "{:?}", fault);
            }
            prop_assert!(!weixin_codegen::diagnostic::render(&faults, "spec/", true).is_empty());
        }
    }
    Ok(())
}

/// One change to one file, as a slip of the hand would make it.
#[derive(Debug, Clone)]
enum Slip {
    DeleteLine,
    DuplicateLine,
    SwapWithNext,
    Indent,
    Cut,
    Insert(&'static str),
    ReplaceValue(&'static str),
    Rename,
}

fn slip() -> impl Strategy<Value = Slip> {
    let pieces = prop::sample::select(vec![
        "{", "}", "[", "]", ": ", "- ", "#", "&a ", "*a", "!!int ", "'", "\"", "|", ">", "\t", "\u{202e}", "卡",
        "\r\n", "? ", "<<: ", "...\n", "---\n", "\u{0}",
    ]);
    let values = prop::sample::select(vec![
        "null",
        "true",
        "-1",
        "1.5",
        ".inf",
        "99999999999999999999",
        "\"\"",
        "[]",
        "{}",
        "[a, b]",
        "{ a: b }",
        "Nothing",
        "string",
        "card",
        "\"string[]\"",
        "\"map<\"",
        "\"[]\"",
        "\"../x\"",
        "\"*/\"",
        "~",
        "2026-01-01",
        "0x10",
        "{ bytes: -1 }",
        "{ value: 9223372036854775807 }",
    ]);
    prop_oneof![
        Just(Slip::DeleteLine),
        Just(Slip::DuplicateLine),
        Just(Slip::SwapWithNext),
        Just(Slip::Indent),
        Just(Slip::Cut),
        Just(Slip::Rename),
        pieces.prop_map(Slip::Insert),
        values.prop_map(Slip::ReplaceValue),
    ]
}

fn apply(text: &str, slip: &Slip, line: &Index, at: &Index) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let index = line.index(lines.len());
    let chosen = lines[index].clone();
    let chars: Vec<char> = chosen.chars().collect();
    let (before, after) = chars.split_at(at.index(chars.len() + 1));
    let (before, after): (String, String) = (before.iter().collect(), after.iter().collect());
    match slip {
        Slip::DeleteLine => drop(lines.remove(index)),
        Slip::DuplicateLine => lines.insert(index, chosen),
        Slip::SwapWithNext => {
            let next = (index + 1) % lines.len();
            lines.swap(index, next);
        }
        Slip::Indent => lines[index].insert_str(0, "  "),
        Slip::Cut => lines[index] = before,
        Slip::Insert(piece) => lines[index] = format!("{before}{piece}{after}"),
        Slip::ReplaceValue(value) => lines[index] = replace_value(&chosen, value, at),
        Slip::Rename => lines[index] = format!("{before}x{}", after.chars().skip(1).collect::<String>()),
    }
    lines.join("\n") + "\n"
}

/// The line with one of its values replaced.
fn replace_value(line: &str, value: &str, at: &Index) -> String {
    let colons: Vec<usize> = line.match_indices(": ").map(|(at, _)| at + 2).collect();
    if colons.is_empty() {
        return line.to_owned();
    }
    let start = colons[at.index(colons.len())];
    let end = line[start..].find([',', '}']).map_or(line.len(), |end| start + end);
    format!("{}{value}{}", &line[..start], &line[end..])
}

fn mutated() -> impl Strategy<Value = Sources> {
    let slips = prop::collection::vec((slip(), any::<Index>(), any::<Index>(), any::<Index>()), 1..4);
    (any::<Index>(), slips).prop_map(|(case, slips)| {
        let mut sources = case.get(&GOOD).sources.clone();
        for (slip, file, line, at) in slips {
            let file = file.index(sources.len());
            sources[file].1 = apply(&sources[file].1, &slip, &line, &at);
        }
        sources
    })
}

/// Text that is mostly made of what YAML is made of.
fn yaml_like() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "method", "request", "type", "doc", "en", "zh", ":", ": ", "\n", "\n  ", "\n    ", "- ", "{ ", " }", "[", "]",
        ", ", "string", "POST", "卡券", "\"", "'", "#", "|", ">", "&a", "*a", "!t", "? ", "%", "@", "1", "-1", "0.5",
        "true", "null", "\t", "\u{feff}", "\u{85}",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.concat())
}

const PATHS: &[&str] = &[
    "api.yaml",
    "errors.yaml",
    "card/get.yaml",
    "card/types/ids.yaml",
    "events/claimed.yaml",
    "card/x.yml",
    "../x.yaml",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn any_text_is_answered(path in prop::sample::select(PATHS), text in any::<String>()) {
        holds(with(path, text))?;
    }

    #[test]
    fn anything_like_yaml_is_answered(path in prop::sample::select(PATHS), text in yaml_like()) {
        holds(with(path, text))?;
    }

    #[test]
    fn any_path_is_answered(path in ".{1,12}(/.{0,6}){0,2}(\\.yaml)?", text in yaml_like()) {
        holds(with(&path, text))?;
    }

    #[test]
    fn every_slip_is_answered(sources in mutated()) {
        holds(sources)?;
    }

    #[test]
    fn the_order_of_files_says_nothing(case in any::<Index>(), seed in any::<prop::sample::Selector>()) {
        let case = case.get(&GOOD);
        let mut shuffled = case.sources.clone();
        shuffled.sort_by_key(|(path, _)| seed.select([0, 1, 2, 3].map(|n| n + path.len())));
        let emitted = |sources| model(sources).map(|model| emit::all(&model)).map_err(|faults| faults.len());
        prop_assert_eq!(emitted(case.sources.clone()), emitted(shuffled));
    }
}

/// The smallest spec, with this file in place or besides.
fn with(path: &str, text: String) -> Sources {
    let mut sources =
        GOOD.iter().find(|case| case.name == "multipart").expect("specs/good/multipart.spec").sources.clone();
    sources.retain(|(own, _)| own != path);
    sources.push((path.to_owned(), text));
    sources
}
