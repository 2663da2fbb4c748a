//! Every diagnostic: its exact words, its place, and that it comes together with all others.

use std::collections::BTreeSet;

use weixin_codegen::diagnostic::{Code, Diagnostic, render};
use weixin_codegen::read::read_folder;
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
    assert_eq!(faults[0].code, Code::Unreadable);

    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("api.yaml"), b"crate: \xff\xfe\n").expect("a file");
    std::fs::write(folder.join("errors.yaml"), "{}").expect("a file");
    let faults = read_folder(&folder).expect_err("no UTF-8");
    std::fs::remove_dir_all(&folder).expect("the folder");
    let [fault] = &faults[..] else { panic!("one fault, for a file that cannot be read is not missing") };
    assert_eq!((fault.code, place(fault)), (Code::Unreadable, ("api.yaml", 1, 8)));
}
