//! What drift says of a page that was edited: every edit of its meaning is named at the call and the row, and no edit of
//! its markup is told at all. The pages are recorded first, as `--accept` does.

#[path = "shared/recorded_pages.rs"]
mod recorded_pages;

use std::collections::BTreeMap;

use recorded_pages::World;
use weixin_review::drift::{About, Finding, Kind};

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

/// The edits of a page: only of lines whose meaning an edit surely changes.
fn edits(file: &str, page: &str) -> Vec<Edit> {
    let mut editor = Editor { file, lines: page.lines().collect(), all: Vec::new() };
    for at in 0..editor.lines.len() {
        if !file.ends_with("html") && !editor.row(at) {
            editor.prose(at);
            editor.example(at);
        }
    }
    editor.all
}

struct Editor<'a> {
    file: &'a str,
    lines: Vec<&'a str>,
    all: Vec<Edit>,
}

impl Editor<'_> {
    /// Puts something in the place of a line, or takes it out.
    fn push(&mut self, kind: &'static str, at: usize, new: Option<String>, name: &str) {
        let mut changed: Vec<String> = self.lines.iter().map(|line| (*line).to_owned()).collect();
        match new {
            Some(new) => changed[at] = new,
            None => drop(changed.remove(at)),
        }
        let line = if changed.len() < self.lines.len() { at } else { at + 1 };
        let (file, text) = (self.file.to_owned(), changed.join("\n"));
        self.all.push(Edit { kind, file, text, line, name: name.to_owned() });
    }

    /// A row of a table with bars; tells whether it is part of one.
    fn row(&mut self, at: usize) -> bool {
        let line = self.lines[at];
        let head = self.lines.get(at + 1).is_some_and(|next| next.contains("---"));
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        if cells.len() >= 3 && !head && !line.contains("---") && !cells[0].is_empty() {
            self.push("row deleted", at, None, cells[0].split(' ').next().unwrap_or_default());
            let last = cells.iter().rfind(|cell| !cell.is_empty()).unwrap_or(&"");
            self.push("description", at, Some(line.replacen(last, &format!("{last} Otherwise"), 1)), cells[0]);
            let more = format!("{line}\n{}", line.replacen(cells[0], "brand_new_name", 1));
            self.push("row added", at, Some(more), "brand_new");
        }
        line.contains('|')
    }

    fn prose(&mut self, at: usize) {
        let line = self.lines[at];
        let marked = line.trim_start().starts_with(['{', '}', '[', ']', '"', '#', '<', '`']);
        if marked || line.chars().count() <= 24 || line.contains("http") {
            return;
        }
        self.push("note deleted", at, None, line.split_whitespace().next().unwrap_or_default());
        self.push("note reworded", at, Some(format!("{line} 除非另有说明")), "note");
        if let Some(number) = line.find(|c: char| c.is_ascii_digit()) {
            self.push("number in prose", at, Some(format!("{}9{}", &line[..number], &line[number..])), "note");
        }
    }

    fn example(&mut self, at: usize) {
        let line = self.lines[at];
        let key = line.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"'));
        let Some((name, rest)) = key.filter(|(_, rest)| rest.trim_start().starts_with(':')) else { return };
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return;
        }
        self.push("key renamed", at, Some(line.replacen(name, "renamed_key", 1)), name);
        let value = rest.trim_start().trim_start_matches(':').trim();
        if value.starts_with('"') && value.trim_end_matches(',').len() > 2 {
            self.push("value", at, Some(line.replacen(value, &value.replacen('"', "\"Z", 1), 1)), name);
        }
    }
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

/// A line in another markup.
type Markup = fn(&str) -> String;

/// Ways to mark up a line outside of examples that change nothing of what it says.
const MARKUPS: &[(&str, Markup)] = &[
    ("leading pipes", |line| if bare(line) { format!("| {line}") } else { line.to_owned() }),
    ("closing pipes", |line| {
        if bare(line) && !line.trim_end().ends_with('|') { format!("{line} |") } else { line.to_owned() }
    }),
    ("aligned rules", |line| if rule(line) { line.replace("---", ":---:") } else { line.to_owned() }),
    ("long rules", |line| if rule(line) { line.replace("---", "--------") } else { line.to_owned() }),
    ("bold cells", |line| cells(line, "**")),
    ("code cells", |line| cells(line, "`")),
    ("escaped underscores", |line| if table(line) { line.replace('_', "\\_") } else { line.to_owned() }),
    ("bold prose", |line| if long(line) { format!("**{line}**") } else { line.to_owned() }),
    ("linked prose", |line| if long(line) { format!("[{line}](https://example.com/x)") } else { line.to_owned() }),
    ("blanks at the end", |line| format!("{line}  ")),
    ("doubled blanks", |line| if prose(line) { line.replace(' ', "  ") } else { line.to_owned() }),
    (
        "zero-width blanks",
        |line| if prose(line) && !line.is_empty() { format!("\u{200b}{line}") } else { line.to_owned() },
    ),
    ("no-break blanks", |line| if prose(line) && !table(line) { line.replace(' ', "\u{a0}") } else { line.to_owned() }),
    ("full-width marks", |line| {
        if prose(line) {
            marks(line, &[(",", "，"), (";", "；"), ("(", "（"), (")", "）")])
        } else {
            line.to_owned()
        }
    }),
    ("half-width marks", |line| {
        if prose(line) {
            marks(line, &[("，", ","), ("；", ";"), ("（", "("), ("）", ")"), ("：", ":")])
        } else {
            line.to_owned()
        }
    }),
    ("curly quotes", |line| if prose(line) { line.replace('"', "”") } else { line.to_owned() }),
    ("straight quotes", |line| if prose(line) { line.replace(['“', '”'], "\"") } else { line.to_owned() }),
    ("line ends of Windows", |line| format!("{line}\r")),
];

fn table(line: &str) -> bool {
    line.contains('|') && !rule(line)
}

/// A row without a bar in front.
fn bare(line: &str) -> bool {
    line.contains('|') && !line.trim_start().starts_with('|')
}

fn rule(line: &str) -> bool {
    line.contains("---") && line.chars().all(|c| "-|: ".contains(c))
}

fn prose(line: &str) -> bool {
    !line.contains("http") && !line.trim_start().starts_with(['{', '}', '[', ']', '"', '<', '#'])
}

fn long(line: &str) -> bool {
    prose(line) && !line.contains('|') && line.chars().count() > 30
}

fn marks(line: &str, marks: &[(&str, &str)]) -> String {
    marks.iter().fold(line.to_owned(), |line, (from, to)| line.replace(from, to))
}

/// A row with a mark around each cell.
fn cells(line: &str, around: &str) -> String {
    if !table(line) {
        return line.to_owned();
    }
    let cell = |cell: &str| {
        if cell.trim().is_empty() { cell.to_owned() } else { format!(" {around}{}{around} ", cell.trim()) }
    };
    line.split('|').map(cell).collect::<Vec<_>>().join("|")
}

/// The same page, marked up in another way.
fn markups(page: &str) -> Vec<(&'static str, String)> {
    // What stands in an example is no markup.
    let code = in_examples(page);
    let each = |(name, change): &(&'static str, Markup)| {
        let line = |(at, line): (usize, &str)| if code[at] { format!("{line}\n") } else { change(line) + "\n" };
        (*name, page.lines().enumerate().map(line).collect::<String>())
    };
    let whole = [
        ("a byte order mark", format!("\u{feff}{page}")),
        ("empty lines at the end", format!("{page}\n\n\n")),
        ("code fences", fenced(page)),
    ];
    let swapped = swapped(page).map(|page| ("chapters swapped", page));
    MARKUPS.iter().map(each).chain(whole).chain(swapped).collect()
}

/// Each example in fences.
fn fenced(page: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_i64;
    // What does not balance out is left alone from there on.
    let mut done = page.contains("```");
    for line in page.lines() {
        let begins = depth == 0 && line.trim() == "{";
        if begins && !done {
            out += "```json\n";
        }
        let inside = depth > 0;
        if inside || begins {
            let count = |marks: [char; 2]| i64::try_from(line.matches(marks).count()).expect("a few");
            depth += count(['{', '[']) - count(['}', ']']);
        }
        out += &format!("{line}\n");
        if inside && depth == 0 && !done {
            out += "```\n";
        }
        done |= depth < 0;
    }
    out
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
