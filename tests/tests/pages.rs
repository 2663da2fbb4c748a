//! The published reference, as it is made now: both languages have the same places, and every name leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use weixin_codegen::emit;
use weixin_codegen::emit::docs::broken_links;
use weixin_codegen::model::Model;
use weixin_codegen::output::OutputFile;
use weixin_tests::real;

/// The sections of the page of an endpoint, in the order in which somebody needs them. The others are there where there
/// is something to tell.
const ALWAYS: &[&str] = &["example", "request", "response", "errors", "differences"];
const ORDER: &[&str] =
    &["example", "before", "request", "response", "paging", "errors", "examples", "next", "differences"];

fn pages(model: &Model) -> Vec<OutputFile> {
    emit::all(model).into_iter().filter(|file| file.path.starts_with("docs/")).collect()
}

/// The named places of a page, in order.
fn anchors(text: &str) -> Vec<&str> {
    text.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn no_link_leads_nowhere() {
    let all = emit::all(&real());
    assert!(all.len() > 200, "only {} files", all.len());
    assert_eq!(broken_links(&all), Vec::<String>::new());
}

#[test]
fn both_languages_have_the_same_places() {
    let pages = pages(&real());
    let of = |lang: &str| -> BTreeMap<String, Vec<String>> {
        let own = pages.iter().filter_map(|file| Some((file.path.strip_prefix(lang)?.to_owned(), &file.text)));
        own.map(|(path, text)| (path, anchors(text).into_iter().map(str::to_owned).collect())).collect()
    };
    let (en, zh) = (of("docs/en/"), of("docs/zh/"));
    assert!(en.len() > 50, "only {} pages", en.len());
    assert_eq!(en, zh);
    for (path, anchors) in en {
        let once: BTreeSet<&String> = anchors.iter().collect();
        assert_eq!(once.len(), anchors.len(), "{path} has two places of one name");
    }
}

#[test]
fn the_page_of_an_endpoint_has_its_sections_in_order() {
    let model = real();
    let pages = pages(&model);
    for endpoint in &model.endpoints {
        let path = format!("docs/en{}.md", endpoint.path);
        let page = pages.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}"));
        let found: Vec<&str> = anchors(&page.text).into_iter().filter(|anchor| ORDER.contains(anchor)).collect();
        let expected: Vec<&str> = ORDER.iter().copied().filter(|name| found.contains(name)).collect();
        assert_eq!(found, expected, "{path}");
        for name in ALWAYS {
            assert!(found.contains(name), "{path} has no section `{name}`");
        }
        for field in endpoint.request.fields().filter(|field| !field.flatten) {
            assert!(page.text.contains(&format!("<a id=\"field-{}\">", field.wire)), "{path}: {}", field.wire);
        }
        let title = format!("# {} · {}\n", endpoint.title.en, endpoint.title.zh);
        assert!(page.text.contains(&title), "{path} is not called in both languages");
        assert!(!page.text.contains("from_str(REQUEST)"), "{path} shows no builder");
    }
}

/// Inline code outside of links and blocks, with the page it is on.
fn bare<'f>(file: &'f OutputFile, wanted: &str) -> Vec<&'f str> {
    let mut in_block = false;
    let mut found = Vec::new();
    for line in file.text.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if !in_block
            // The value of an example is no mention.
            && ["[W](", "Example: W", "示例：W"]
                .iter()
                .fold(line.to_owned(), |line, known| line.replace(&known.replace('W', wanted), ""))
                .contains(wanted)
        {
            found.push(line);
        }
    }
    found
}

#[test]
fn every_endpoint_that_is_spoken_of_is_a_link() {
    let model = real();
    let pages = pages(&model);
    for endpoint in &model.endpoints {
        let code = format!("`{}`", endpoint.path);
        for file in pages.iter().filter(|file| !file.path.ends_with(&format!("{}.md", endpoint.path))) {
            let found = bare(file, &code);
            assert!(found.is_empty(), "{}: {}", file.path, found.join("\n"));
        }
    }
}

#[test]
fn every_code_is_explained_on_one_page_and_found_from_one() {
    let model = real();
    let pages = pages(&model);
    let find = pages.iter().find(|file| file.path == "docs/en/errors.md").expect("the page of all codes");
    for error in &model.errors {
        let heading = format!("## <a id=\"error-{0}\"></a>{0} ", error.code);
        let told: Vec<&str> = pages
            .iter()
            .filter(|file| file.path.starts_with("docs/en/") && file.text.contains(&heading))
            .map(|file| &*file.path)
            .collect();
        assert_eq!(told.len(), 1, "{} is explained on {told:?}", error.code);
        assert!(find.text.contains(&format!("#error-{})", error.code)), "{} is not found", error.code);
    }
}
