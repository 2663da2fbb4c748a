//! Every diagnostic: its exact words, its place, and that it comes together with all others.

use std::collections::BTreeSet;

use weixin_codegen::diagnostic::{Code, Diagnostic, render};
use weixin_codegen::resolve::resolve;
use weixin_codegen::spec::read_folder;
use weixin_tests::{Case, bad};

/// The code that the name of a case promises: `bad-limit-unit` is about `bad-limit`.
fn promised(case: &Case) -> Option<Code> {
    let is_it = |code: &&Code| {
        case.name == code.name() || case.name.strip_prefix(code.name()).is_some_and(|rest| rest.starts_with('-'))
    };
    Code::ALL.iter().filter(is_it).max_by_key(|code| code.name().len()).copied()
}

fn place(fault: &Diagnostic) -> (&str, usize, usize) {
    (&fault.primary.file, fault.primary.span.line, fault.primary.span.column)
}

#[test]
fn every_bad_spec_is_told_in_these_words() {
    for case in bad() {
        insta::with_settings!({ snapshot_path => "snapshots/bad", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(case.name.clone(), render(&case.faults(), "", false));
        });
    }
}

#[test]
fn every_bad_spec_has_the_fault_of_its_name() {
    for case in bad() {
        let faults = case.faults();
        if let Some(code) = promised(&case) {
            assert!(faults.iter().any(|fault| fault.code == code), "{}:\n{}", case.name, render(&faults, "", false));
        } else {
            assert!(case.name.starts_with("many"), "{} is named after no code", case.name);
        }
    }
}

#[test]
fn every_code_has_a_bad_spec() {
    let shown: BTreeSet<Code> = bad().iter().filter_map(promised).collect();
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !shown.contains(code)).map(|code| code.name()).collect();
    assert!(missing.is_empty(), "no bad spec for {missing:?}");
}

#[test]
fn every_fault_says_what_to_do_and_where() {
    for case in bad() {
        for fault in case.faults() {
            assert!(fault.help.is_some(), "{}: `{}` gives no advice", case.name, fault.message);
            assert!(
                !fault.primary.file.is_empty() && fault.primary.span.line > 0,
                "{}: `{}` is nowhere",
                case.name,
                fault.message
            );
        }
    }
}

#[test]
fn all_faults_come_in_one_run_and_in_order() {
    let case = bad().into_iter().find(|case| case.name == "many").expect("specs/bad/many.spec");
    let faults = case.faults();
    let codes: BTreeSet<_> = faults.iter().map(|fault| fault.code).collect();
    assert!(codes.len() >= 10, "only {codes:?}");
    let places: Vec<_> = faults.iter().map(place).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn five_faults_in_five_files_are_five_messages() {
    let case = bad().into_iter().find(|case| case.name == "many-files").expect("specs/bad/many-files.spec");
    let faults = case.faults();
    let files: Vec<&str> = faults.iter().map(|fault| &*fault.primary.file).collect();
    let wanted = ["card/four.yaml", "card/one.yaml", "card/three.yaml", "card/two.yaml", "card/types/shared.yaml"];
    assert_eq!(files, wanted, "{}", render(&faults, "", false));
}

#[test]
fn columns_count_characters_after_chinese() {
    let case = bad().into_iter().find(|case| case.name == "unknown-document-after-chinese").expect("the spec");
    let [fault] = &case.faults()[..] else { panic!("one fault") };
    let line = fault.primary.source.lines().nth(fault.primary.span.line - 1).expect("the line");
    let before: String = line.chars().take(fault.primary.span.column - 1).collect();
    assert!(before.ends_with("source: ") && before.contains("卡券"), "{before}");
}

#[test]
fn a_folder_that_cannot_be_read_is_a_fault() {
    let folder = std::env::temp_dir().join(format!("weixin-tests-{}", std::process::id()));
    let faults = read_folder(&folder).expect_err("there is no folder");
    let told = render(&faults, "spec/", false);
    let name = folder.display().to_string();
    assert_eq!(faults[0].code, Code::Unreadable);
    assert!(told.matches(&name).count() == 1 && !told.contains("1:1"), "{told}");

    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("api.yaml"), b"crate: \xff\xfe\n").expect("a file");
    std::fs::write(folder.join("errors.yaml"), "{}").expect("a file");
    let faults = read_folder(&folder).and_then(|spec| resolve(&spec)).expect_err("no UTF-8");
    std::fs::remove_dir_all(&folder).expect("the folder");
    let [fault] = &faults[..] else { panic!("one fault, for a file that cannot be read is not missing") };
    assert_eq!((fault.code, place(fault)), (Code::Unreadable, ("api.yaml", 1, 8)));
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    let folder = std::env::temp_dir().join(format!("weixin-tests-regular-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::os::unix::fs::symlink("/dev/zero", folder.join("api.yaml")).expect("a link");
    std::fs::write(folder.join("errors.yaml"), "{}").expect("a file");
    let faults = read_folder(&folder).and_then(|spec| resolve(&spec)).expect_err("a device");
    std::fs::remove_dir_all(&folder).expect("the folder");
    let [fault] = &faults[..] else { panic!("{}", render(&faults, "", false)) };
    assert_eq!((fault.code, &*fault.primary.file), (Code::Unreadable, "api.yaml"));
}

/// A spec of one file beside those that every spec has, and the faults of it.
fn faults_of(path: &str, text: &str) -> Vec<Diagnostic> {
    let mut case = bad().into_iter().find(|case| case.name == "unknown-document").expect("a case");
    case.sources.retain(|(path, _)| path == "api.yaml" || path == "errors.yaml");
    case.sources.push((path.to_owned(), text.to_owned()));
    case.faults()
}

#[test]
fn what_nests_too_deep_is_refused_at_once() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", "")] {
        let deep = format!("request:\n  {}1{}\n", open.repeat(40_000), close.repeat(40_000));
        let started = std::time::Instant::now();
        let faults = faults_of("card/get.yaml", &deep);
        assert!(started.elapsed().as_secs() < 5, "{open}: {:?}", started.elapsed());
        let [fault] = &faults[..] else { panic!("{} faults", faults.len()) };
        assert!(fault.message.contains("nest deeper"), "{}", fault.message);
    }
}

/// A spec file without faults.
const GOOD: &str = "method: POST\ntitle: { en: Query, zh: 查询 }\ndoc: { en: Queries it., zh: 查询。 }\nsource: page\nrepeat: safe\n\
    request:\n  code: { type: Id, required: true, doc: { en: A code., zh: 一个码。 }, quirk: odd }\n  begin: { type: date, doc: { en: First., zh: 首日。 } }\n\
    response:\n  card: { type: Card, doc: { en: A card., zh: 卡。 } }\n\
    rules:\n  - requires: { begin: code }\n    text: { en: One needs the other., zh: 相互依赖。 }\n\
    errors:\n  40056: {}\n\
    types:\n  Id: { type: string, doc: { en: An id., zh: 标识。 } }\n  Card: { doc: { en: A card., zh: 卡。 }, fields: { id: { type: Id } } }\n\
    quirks:\n  odd: { says: { en: It is odd., zh: 有误。 }, we: { en: mend it, zh: 更正 } }\n\
    examples:\n  - request: { code: a }\n    response: { errcode: 0, errmsg: ok, card: { id: a } }\n";

/// What a hand that slips writes in place of what.
const BROKEN: &[(&str, &str)] = &[
    ("type: Id, required", "type: [Id], required"),
    ("type: Id, required", "type: Idd, required"),
    ("type: Id, required", "tpye: Id, required"),
    ("type: Id, required", "required"),
    ("required: true", "required: ture"),
    ("required: true", "required: yes please"),
    ("quirk: odd", "quirk: odf"),
    ("quirk: odd", "quirk: { odd: 1 }"),
    ("quirk: odd", "quirk: 5"),
    ("code: { type: Id, required: true, doc: { en: A code., zh: 一个码。 }, quirk: odd }", "code: Id"),
    ("code: { type: Id, required: true, doc: { en: A code., zh: 一个码。 }, quirk: odd }", "code: [Id, odd]"),
    ("type: Card,", "type: Crad,"),
    ("type: Card,", "type: { name: Card },"),
    ("response:", "respnose:"),
    ("request:\n", "requset:\n"),
    ("types:", "typse:"),
    ("quirks:", "qiurks:"),
    ("repeat: safe", "repeat: save"),
    ("repeat: safe", "repeat: [safe]"),
    ("repeat: safe\n", ""),
    ("method: POST", "method: { is: POST }"),
    ("title: { en: Query, zh: 查询 }", "title: Query"),
    ("title: { en: Query, zh: 查询 }", "titel: { en: Query, zh: 查询 }"),
    ("doc: { en: Queries it., zh: 查询。 }", "doc: { en: [Queries it.], zh: 查询。 }"),
    ("doc: { en: Queries it., zh: 查询。 }", "doc: { en: Queries it., ch: 查询。 }"),
    ("40056: {}", "40056: often"),
    ("40056: {}", "fourty: {}"),
    ("40056: {}", "40065: {}"),
    ("errors:\n  40056: {}", "errors: [40056]"),
    ("fields: { id: { type: Id } }", "fields: [id, Id]"),
    ("fields: { id: { type: Id } }", "feilds: { id: { type: Id } }"),
    ("Id: { type: string, doc: { en: An id., zh: 标识。 } }", "Id: string"),
    ("Id: { type: string, doc: { en: An id., zh: 标识。 } }", "Id: { type: strnig, doc: { en: An id., zh: 标识。 } }"),
    ("Id: { type: string, doc", "Id: { type: Id, doc"),
    ("Id: { type: string, doc", "Id: { type: 'Id[]', doc"),
    ("Id: { type: string, doc", "Id: { doc"),
    ("requires: { begin: code }", "requires: [begin, code]"),
    ("requires: { begin: code }", "requires: { begin: cod }"),
    ("requires: { begin: code }", "reqiures: { begin: code }"),
    ("type: date", "type: dat"),
    ("request: { code: a }", "reqeust: { code: a }"),
    ("request: { code: a }", "request: { cod: a, code: a }"),
    ("types:\n", "types:\n\tX: 1\n"),
    ("source: page", "source: paeg"),
    ("source: page", "source: { page: 1 }"),
    ("  code: { type: Id", "  code: { type: Id, doc: { en: Again., zh: 又。 }"),
    ("zh: 查询。 }\nsource", "zh: 查询。 }\ntitle: { en: Again, zh: 又 }\nsource"),
    ("title: { en", "title：{ en"),
    ("title: { en: Query,", "title: { en: Query，"),
    ("repeat: safe", "repeat: “safe”"),
    ("  code: {", "  code:　{"),
    ("  code: {", "  code:\u{a0}{"),
    ("method: POST", "---\nmethod: POST"),
    ("method: POST", "method: P\u{7}OST"),
    ("request:\n  code: {", "request:\ncode: {"),
    (
        "  code: { type: Id, required: true, doc: { en: A code., zh: 一个码。 }, quirk: odd }",
        "  code:\n  type: Id\n  quirk: odd",
    ),
];

#[test]
fn whatever_is_broken_has_one_message_of_its_own() {
    assert!(faults_of("card/get.yaml", GOOD).is_empty(), "{}", render(&faults_of("card/get.yaml", GOOD), "", false));
    let mut told = String::new();
    for (was, is) in BROKEN {
        let text = GOOD.replacen(was, is, 1);
        assert_ne!(text, GOOD, "{was} is not there");
        let faults = faults_of("card/get.yaml", &text);
        if faults.len() != 1 {
            told += &format!("`{was}` as `{is}`: {} faults\n{}", faults.len(), render(&faults, "", false));
        }
    }
    assert!(told.is_empty(), "{told}");
}
