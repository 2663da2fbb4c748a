//! What drift says of a page that was edited: every edit of its meaning is named at the call and the row, and no edit of
//! its markup is told at all. The pages are recorded first, as `--accept` does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use weixin_codegen::model::Model;
use weixin_codegen::resolve::resolve;
use weixin_codegen::spec::{Spec, read_folder};
use weixin_review::drift::{self, About, Finding, Kind, Report};

/// A spec with its pages, recorded as they are.
struct World {
    spec: Spec,
    model: Model,
    pages: Vec<(String, String)>,
}

impl World {
    fn new(spec: &Path, pages: &Path) -> Self {
        let mut spec = read_folder(spec).expect("the spec can be read");
        let model = resolve(&spec).expect("a spec without faults");
        let mut files: Vec<PathBuf> = fs::read_dir(pages).expect("the pages").flatten().map(|it| it.path()).collect();
        files.retain(|path| path.is_file());
        files.sort();
        let text = |path: PathBuf| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a page"))
        };
        let pages: Vec<_> = files.into_iter().map(text).collect();
        for (file, text) in &pages {
            let document = drift::document_of(&spec, file).expect("a document").to_owned();
            let page = drift::read(&spec, &document, file, text);
            let sections = drift::accept(&spec, &model, &document, &page);
            drift::remember(&mut spec, &sections).expect("a record");
        }
        Self { spec, model, pages }
    }

    fn own() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::new(&here.join("pages/spec"), &here.join("pages"))
    }

    /// The documents, where they are at hand; `.ci/run` says where.
    fn documents() -> Option<Self> {
        let folder = std::env::var_os("DRIFT_DOCUMENTS")?;
        Some(Self::new(&weixin_tests::root().join("spec"), Path::new(&folder)))
    }

    fn check(&self, file: &str, text: &str) -> Report {
        let document = drift::document_of(&self.spec, file).expect("a document");
        drift::check(&self.spec, &self.model, document, &drift::read(&self.spec, document, file, text))
    }
}

/// An edit of one page.
struct Edit {
    kind: &'static str,
    file: String,
    text: String,
    /// The line that was edited, in the new page; that before it, of a line that was taken out.
    line: usize,
    /// A word that a finding without a line must have: the name in a deleted row.
    name: String,
}

/// Lines with what they are: only those whose meaning an edit surely changes.
fn edits(file: &str, page: &str) -> Vec<Edit> {
    let html = file.ends_with("html");
    let lines: Vec<&str> = page.lines().collect();
    let mut all = Vec::new();
    let mut push = |kind, at: usize, new: Option<String>, name: &str| {
        let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        match new {
            Some(new) => changed[at] = new,
            None => drop(changed.remove(at)),
        }
        let line = if changed.len() < lines.len() { at } else { at + 1 };
        all.push(Edit { kind, file: file.to_owned(), text: changed.join("\n"), line, name: name.to_owned() });
    };
    for (at, line) in lines.iter().enumerate() {
        let head = lines.get(at + 1).is_some_and(|next| next.contains("---"));
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let row = !html && cells.len() >= 3 && !head && !line.contains("---") && !cells[0].is_empty();
        if row {
            push("row deleted", at, None, cells[0].split(' ').next().unwrap_or_default());
            let last = cells.iter().rfind(|cell| !cell.is_empty()).unwrap_or(&"");
            push("description", at, Some(line.replacen(last, &format!("{last} Otherwise"), 1)), cells[0]);
            push(
                "row added",
                at,
                Some(format!("{line}\n{}", line.replacen(cells[0], "brand_new_name", 1))),
                "brand_new",
            );
        }
        let prose = !html
            && !row
            && !line.contains('|')
            && !line.trim_start().starts_with(['{', '}', '[', ']', '"', '#', '<', '`']);
        let telling = prose && line.chars().count() > 24 && !line.contains("http");
        if telling {
            let first = line.split_whitespace().next().unwrap_or_default();
            push("note deleted", at, None, first);
            push("note reworded", at, Some(format!("{line} 除非另有说明")), "note");
            if let Some(number) = line.find(|c: char| c.is_ascii_digit()) {
                push("number in prose", at, Some(format!("{}9{}", &line[..number], &line[number..])), "note");
            }
        }
        let key = line.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"'));
        if let (false, Some((name, rest))) = (html, key)
            && rest.trim_start().starts_with(':')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        {
            push("key renamed", at, Some(line.replacen(name, "renamed_key", 1)), name);
            let value = rest.trim_start().trim_start_matches(':').trim();
            if value.starts_with('"') && value.trim_end_matches(',').len() > 2 {
                push("value", at, Some(line.replacen(value, &value.replacen('"', "\"Z", 1), 1)), name);
            }
        }
    }
    all
}

/// Whether a finding names the call and the row, and not just the page.
fn names(finding: &Finding, edit: &Edit) -> bool {
    let near = |line: usize| line.abs_diff(edit.line) <= 4;
    let told = match &finding.about {
        About::Statement(_) => true,
        About::Record { block, .. } => block.is_some() || finding.message.contains("section"),
        About::Quirk(_) | About::Page => false,
    };
    told && match finding.line {
        Some(line) => near(line),
        None => finding.message.contains(&edit.name) || finding.message.contains("note"),
    }
}

/// Edits by kind: how many, and those that were not named. Of all edits each `stride`-th is tried.
fn named(world: &World, stride: usize) -> (usize, Vec<String>) {
    let mut missed = Vec::new();
    let mut count: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (file, text) in &world.pages {
        for edit in edits(file, text).into_iter().step_by(stride) {
            let report = world.check(&edit.file, &edit.text);
            let named = report.findings.iter().any(|finding| names(finding, &edit));
            let (all, good) = count.entry(edit.kind).or_default();
            *all += 1;
            *good += usize::from(named);
            if !named {
                missed.push(format!(
                    "{} {}:{} `{}`\n{}",
                    edit.kind,
                    edit.file,
                    edit.line,
                    edit.name,
                    report.render("spec/", false)
                ));
            }
        }
    }
    let all = count.values().map(|(all, _)| all).sum();
    println!("EDITS {count:?}");
    (all, missed)
}

/// By line, whether it is part of an example.
fn in_examples(page: &str) -> Vec<bool> {
    let mut open = false;
    page.lines()
        .map(|line| {
            let text = line.trim();
            open |= text.starts_with('{');
            let inside = open;
            // Where one is never closed, the next heading or address ends it.
            open &= !(line.starts_with(['}', '#']) || text.contains("://api."));
            inside
        })
        .collect()
}

/// The same page, marked up in another way.
fn markups(page: &str) -> Vec<(&'static str, String)> {
    // What stands in an example is no markup.
    let code = in_examples(page);
    let each = |change: &dyn Fn(&str) -> String| {
        let line = |(at, line): (usize, &str)| if code[at] { format!("{line}\n") } else { change(line) + "\n" };
        page.lines().enumerate().map(line).collect::<String>()
    };
    let row = |line: &str| line.contains('|') && !line.trim_start().starts_with('|');
    let rule = |line: &str| line.contains("---") && line.chars().all(|c| "-|: ".contains(c));
    let prose =
        |line: &str| !line.contains("http") && !line.trim_start().starts_with(['{', '}', '[', ']', '"', '<', '#']);
    let wrapped =
        |line: &str, around: &str| {
            line.split('|')
                .map(|cell| {
                    if cell.trim().is_empty() { cell.to_owned() } else { format!(" {around}{}{around} ", cell.trim()) }
                })
                .collect::<Vec<_>>()
                .join("|")
        };
    let table = |line: &str| line.contains('|') && !rule(line);
    let mut all = vec![
        ("leading pipes", each(&|line| if row(line) { format!("| {line}") } else { line.to_owned() })),
        (
            "closing pipes",
            each(&|line| {
                if row(line) && !line.trim_end().ends_with('|') { format!("{line} |") } else { line.to_owned() }
            }),
        ),
        ("aligned rules", each(&|line| if rule(line) { line.replace("---", ":---:") } else { line.to_owned() })),
        ("long rules", each(&|line| if rule(line) { line.replace("---", "--------") } else { line.to_owned() })),
        ("bold cells", each(&|line| if table(line) { wrapped(line, "**") } else { line.to_owned() })),
        ("code cells", each(&|line| if table(line) { wrapped(line, "`") } else { line.to_owned() })),
        ("escaped underscores", each(&|line| if table(line) { line.replace('_', "\\_") } else { line.to_owned() })),
        (
            "bold prose",
            each(&|line| {
                if prose(line) && !line.contains('|') && line.chars().count() > 30 {
                    format!("**{line}**")
                } else {
                    line.to_owned()
                }
            }),
        ),
        (
            "linked prose",
            each(&|line| {
                if prose(line) && !line.contains('|') && line.chars().count() > 30 {
                    format!("[{line}](https://example.com/x)")
                } else {
                    line.to_owned()
                }
            }),
        ),
        ("blanks at the end", each(&|line| format!("{line}  "))),
        ("doubled blanks", each(&|line| if prose(line) { line.replace(' ', "  ") } else { line.to_owned() })),
        (
            "zero-width blanks",
            each(&|line| if prose(line) && !line.is_empty() { format!("\u{200b}{line}") } else { line.to_owned() }),
        ),
        (
            "no-break blanks in prose",
            each(&|line| {
                if prose(line) && !line.contains('|') { line.replace(' ', "\u{a0}") } else { line.to_owned() }
            }),
        ),
        (
            "full-width marks",
            each(&|line| {
                if prose(line) {
                    line.replace(',', "，").replace(';', "；").replace('(', "（").replace(')', "）")
                } else {
                    line.to_owned()
                }
            }),
        ),
        (
            "half-width marks",
            each(&|line| {
                if prose(line) {
                    line.replace('，', ",").replace('；', ";").replace('（', "(").replace('）', ")").replace('：', ":")
                } else {
                    line.to_owned()
                }
            }),
        ),
        ("curly quotes", each(&|line| if prose(line) { line.replace('"', "”") } else { line.to_owned() })),
        ("straight quotes", each(&|line| if prose(line) { line.replace(['“', '”'], "\"") } else { line.to_owned() })),
        ("line ends of Windows", page.replace('\n', "\r\n")),
        ("a byte order mark", format!("\u{feff}{page}")),
        ("empty lines at the end", format!("{page}\n\n\n")),
    ];
    // Each block of JSON in fences.
    let mut fenced = String::new();
    let mut depth = 0_i64;
    let mut fences = page.contains("```");
    for line in page.lines() {
        let text = line.trim();
        if depth == 0 && text == "{" && !fences {
            fenced += "```json\n";
        }
        let before = depth;
        if before > 0 || text == "{" {
            depth += text.matches(['{', '[']).count() as i64 - text.matches(['}', ']']).count() as i64;
        }
        fenced += &format!("{line}\n");
        if before > 0 && depth == 0 && !fences {
            fenced += "```\n";
        }
        // What does not balance out is left alone from there on.
        fences |= depth < 0;
    }
    all.push(("code fences", fenced));
    all.extend(swapped(page).map(|page| ("chapters swapped", page)));
    all
}

/// The last two chapters in the other order, where chapters have headings of their own and the same ones in them.
fn swapped(page: &str) -> Option<String> {
    let lines: Vec<&str> = page.lines().collect();
    let count = |line: &str| lines.iter().filter(|other| **other == line).count();
    let begins = |at: usize| {
        let next = lines.get(at + 1).is_some_and(|next| next.starts_with('#') && count(next) > 1);
        lines[at].starts_with('#') && count(lines[at]) == 1 && next
    };
    let chapters: Vec<usize> = (0..lines.len()).filter(|at| begins(*at)).collect();
    let [.., one, other] = chapters[..] else { return None };
    let parts = [&lines[..one], &lines[other..], &lines[one..other]];
    Some(parts.concat().join("\n") + "\n")
}

/// Markup edits that were told, and how many there were.
fn alarms(world: &World) -> (usize, Vec<String>) {
    let mut alarms = Vec::new();
    let mut all = 0;
    for (file, text) in world.pages.iter().filter(|(file, _)| !file.ends_with("html")) {
        for (kind, text) in markups(text) {
            all += 1;
            let report = world.check(file, &text);
            if !report.is_clean() {
                alarms.push(format!("{kind} {file}\n{}", report.render("spec/", false)));
            }
        }
    }
    println!("MARKUP {all} edits, {} false alarms", alarms.len());
    (all, alarms)
}

fn assert_named(world: &World, stride: usize) {
    let (all, missed) = named(world, stride);
    let share = missed.len() * 100;
    let few: Vec<_> = missed.iter().take(12).cloned().collect();
    assert!(share <= all * 2, "{} of {all} not named:\n{}", missed.len(), few.join("\n"));
}

fn assert_silent(world: &World) {
    let (all, alarms) = alarms(world);
    assert!(all > 20 && alarms.is_empty(), "{} of {all}:\n{}", alarms.len(), alarms.join("\n"));
}

#[test]
fn edits_of_own_pages_are_named() {
    assert_named(&World::own(), 1);
}

#[test]
fn markup_of_own_pages_says_nothing() {
    assert_silent(&World::own());
}

#[test]
fn edits_of_the_documents_are_named_and_their_markup_says_nothing() {
    if let Some(world) = World::documents() {
        assert_named(&world, 3);
        assert_silent(&world);
    }
}

#[test]
fn a_section_that_is_gone_is_said_once() {
    let world = World::own();
    for (file, text) in world.pages.iter().filter(|(file, _)| file.ends_with(".md") || file.ends_with(".txt")) {
        let whole = world.check(file, text);
        assert!(whole.is_clean(), "{}", whole.render("spec/", false));
    }
    let (file, text) = &world.pages[0];
    // From the last heading to the end.
    let cut = text.rfind("\n#").expect("a heading");
    let report = world.check(file, &text[..cut + 1]);
    let gone: Vec<_> =
        report.findings.iter().filter(|finding| finding.message.contains("the section is gone")).collect();
    assert_eq!(gone.len(), report.findings.len(), "{}", report.render("spec/", false));
    assert_eq!(gone.len(), 1);
}

#[test]
fn another_page_is_told_in_one_line() {
    let world = World::own();
    for (file, _) in &world.pages {
        let report =
            world.check(file, "# Something else\n\nNothing of this is known.\n\n| a | b |\n|---|---|\n| x | y |\n");
        let [finding] = &report.findings[..] else { panic!("{}", report.render("spec/", false)) };
        assert_eq!(finding.kind, Kind::Page);
        assert!(finding.message.contains("is not the document"), "{}", finding.message);
    }
}
