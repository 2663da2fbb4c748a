//! `drift`: pages written for the purpose are clean against their mini spec, and one cell changed at random is
//! found. With `DRIFT_DOCUMENTS` set to a folder of saved pages, the same holds for those and the real spec.

use std::fs;
use std::path::{Path, PathBuf};

use weixin_codegen::diagnostic::Code;
use weixin_codegen::model::Model;
use weixin_codegen::resolve::resolve;
use weixin_codegen::spec::Spec;
use weixin_codegen::spec::{read_folder, read_sources};
use weixin_review::drift::{self, About, Finding, Kind, Report};

const SEEDS: u64 = 100;

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A spec with its model and the saved pages that go with it.
struct World {
    spec: Spec,
    model: Model,
    pages: Vec<(String, String)>,
}

impl World {
    fn new(spec: &Path, pages: &Path) -> Self {
        let spec = read_folder(spec).unwrap_or_else(|faults| panic!("{} faults: {}", faults.len(), faults[0].message));
        let model = resolve(&spec).unwrap_or_else(|faults| panic!("{} faults: {}", faults.len(), faults[0].message));
        let entries = fs::read_dir(pages).unwrap_or_else(|error| panic!("{}: {error}", pages.display()));
        let mut pages: Vec<(String, String)> = entries
            .flatten()
            .filter(|entry| entry.path().is_file())
            .map(|entry| {
                (entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path()).unwrap_or_default())
            })
            .filter(|(name, _)| drift::document_of(&spec, name).is_some())
            .collect();
        pages.sort();
        assert!(!pages.is_empty(), "no pages");
        Self { spec, model, pages }
    }

    fn own() -> Self {
        Self::new(&here().join("pages/spec"), &here().join("pages"))
    }

    fn document(&self, file: &str) -> &str {
        drift::document_of(&self.spec, file).unwrap_or_default()
    }

    fn check(&self, file: &str, text: &str) -> Report {
        let document = self.document(file);
        drift::check(&self.spec, &self.model, document, &drift::read(&self.spec, document, file, text))
    }

    /// Nothing unexplained on any page.
    fn is_clean(&self) {
        for (file, text) in &self.pages {
            let report = self.check(file, text);
            assert!(report.is_clean(), "{}", report.render("spec/", false));
            assert!(report.counts.statements > 40, "{file}: hardly anything was read");
        }
    }

    /// One cell changed at random is found in at least 95 of 100.
    fn finds_changes(&self) {
        let mut missed = Vec::new();
        for seed in 0..SEEDS {
            let change = Change::at_random(&self.pages, seed);
            let findings = self.check(&change.file, &change.text).findings;
            if !findings.iter().any(|finding| change.is_found_by(finding)) {
                missed.push(format!("seed {seed}: {}:{}: {}", change.file, change.line, change.what));
            }
        }
        assert!(missed.len() <= 5, "{} of {SEEDS} missed:\n{}", missed.len(), missed.join("\n"));
    }
}

/// A page with one cell changed.
struct Change {
    file: String,
    text: String,
    line: usize,
    what: String,
}

impl Change {
    fn at_random(pages: &[(String, String)], seed: u64) -> Self {
        let mut random = Random(seed + 1);
        loop {
            let (file, text) = random.pick(pages);
            let kind = *random.pick(&[Cell::Limit, Cell::Required, Cell::Name, Cell::Code, Cell::Value]);
            let lines: Vec<&str> = text.lines().collect();
            let cells: Vec<(usize, usize, usize, String)> = lines
                .iter()
                .enumerate()
                .flat_map(|(at, line)| kind.cells(line).into_iter().map(move |(from, to, new)| (at, from, to, new)))
                .collect();
            // Not every page has a cell of every kind.
            let Some((at, from, to, new)) = (!cells.is_empty()).then(|| random.pick(&cells)) else { continue };
            let what = format!("{kind:?}: {} -> {new}", &lines[*at][*from..*to]);
            let line = format!("{}{new}{}", &lines[*at][..*from], &lines[*at][*to..]);
            let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            lines[*at] = line;
            return Self { file: file.clone(), text: lines.join("\n"), line: at + 1, what };
        }
    }

    /// By its line, or as something that is gone. That the text of a section changed does not count.
    fn is_found_by(&self, finding: &Finding) -> bool {
        let near = |line: usize| line.abs_diff(self.line) <= 5;
        finding.kind != Kind::Section && finding.line.is_none_or(near)
    }
}

/// What to change.
#[derive(Debug, Clone, Copy)]
enum Cell {
    Limit,
    Required,
    Name,
    Code,
    Value,
}

impl Cell {
    /// The cells of this kind on a line, and what they become.
    fn cells(self, line: &str) -> Vec<(usize, usize, String)> {
        let row = line.contains('|') || line.contains("<td>") || line.split_whitespace().count() > 1;
        match self {
            Self::Limit => words(line)
                .into_iter()
                .filter(|(from, to)| {
                    is_number(&line[*from..*to]) && LIMITS.iter().any(|cue| line[..*from].to_lowercase().ends_with(cue))
                })
                .map(|(from, to)| (from, to, bump(&line[from..to], 1)))
                .collect(),
            Self::Required => cells(line)
                .into_iter()
                .filter(|(from, to)| is_alone(line, *from, *to))
                .filter_map(|(from, to)| flipped(&line[from..to]).map(|new| (from, to, new.to_owned())))
                .collect(),
            Self::Name => cells(line)
                .into_iter()
                .take(if row && !line.starts_with(['{', '"', ' ', '}', '<']) { 1 } else { 0 })
                .chain(
                    line.find("<td>")
                        .map(|at| (at + 4, line[at + 4..].find('<').map_or(line.len(), |end| at + 4 + end))),
                )
                .filter(|(from, to)| is_name(&line[*from..*to]))
                .map(|(from, to)| (from, to, format!("{}x", &line[from..to])))
                .collect(),
            Self::Code => words(line)
                .into_iter()
                .filter(|(from, to)| {
                    (5..=6).contains(&(to - from)) && is_number(&line[*from..*to]) && is_code(line, *from)
                })
                .map(|(from, to)| (from, to, bump(&line[from..to], 700)))
                .collect(),
            Self::Value => words(line)
                .into_iter()
                .filter(|(from, to)| is_value(&line[*from..*to]) && !line.contains("://"))
                .map(|(from, to)| (from, to, format!("{}X", &line[from..to])))
                .collect(),
        }
    }
}

/// What stands before the number of a limit.
const LIMITS: &[&str] =
    &["string(", "上限为", "限制在", "最大", "最多", "<=", "no more than ", "up to ", "value of ", "name ("];

/// What stands before an error code, somewhere on the line.
fn is_code(line: &str, from: usize) -> bool {
    let before = &line[..from];
    let row = before.is_empty() || before.ends_with("<td>");
    row || ["return ", "errcode", "error code", "错误码"].iter().any(|cue| before.contains(cue))
}

/// Whether a word fills its cell; a Chinese mark may stand between blanks, too.
fn is_alone(line: &str, from: usize, to: usize) -> bool {
    let before = line[..from].trim_end();
    let behind = line[to..].trim_start();
    let bars = |text: &str, end: bool| if end { text.ends_with(['|', '>']) } else { text.starts_with(['|', '<']) };
    (bars(before, true) && bars(behind, false)) || (to - from == 3 && !line.contains('|'))
}

fn flipped(cell: &str) -> Option<&'static str> {
    Some(match cell {
        "是" => "否",
        "否" => "是",
        "yes" => "no",
        "no" => "yes",
        _ => return None,
    })
}

/// The names that every page has say nothing.
fn is_name(word: &str) -> bool {
    const HEADS: &[&str] = &["parameter", "attribute", "errcode", "errmsg", "access_token"];
    word.len() > 2
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !HEADS.contains(&word)
}

fn is_value(word: &str) -> bool {
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    word.contains('_')
        && capitals > 4
        && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
        && !word.starts_with('_')
        && !word.ends_with('_')
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

fn bump(number: &str, by: u64) -> String {
    number.parse::<u64>().map_or_else(|_| "1".to_owned(), |number| (number + by).to_string())
}

/// Words of letters, digits and underscores, by bytes.
fn words(line: &str) -> Vec<(usize, usize)> {
    spans(line, |c| c.is_ascii_alphanumeric() || c == '_')
}

/// Cells between bars, tags or blanks, by bytes.
fn cells(line: &str) -> Vec<(usize, usize)> {
    spans(line, |c| !c.is_whitespace() && !"|<>".contains(c))
}

fn spans(line: &str, inside: impl Fn(char) -> bool) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices().chain([(line.len(), '\n')]) {
        match (c != '\n' && inside(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// SplitMix64: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let at = self.next() % u64::try_from(all.len()).unwrap_or(1);
        &all[usize::try_from(at).unwrap_or(0)]
    }
}

#[test]
fn own_pages_are_clean() {
    World::own().is_clean();
}

#[test]
fn one_changed_cell_of_an_own_page_is_found() {
    World::own().finds_changes();
}

/// Set by `.ci/run` where the documents are at hand.
#[test]
fn the_documents_are_clean_and_a_changed_cell_is_found() {
    let Some(folder) = std::env::var_os("DRIFT_DOCUMENTS") else { return };
    let world = World::new(&here().join("../spec"), Path::new(&folder));
    world.is_clean();
    world.finds_changes();
}

#[test]
fn an_accepted_section_is_known_until_its_text_changes() {
    let mut world = World::own();
    let (file, text) = world.pages[0].clone();
    let document = world.document(&file).to_owned();
    let page = drift::read(&world.spec, &document, &file, &text);
    let sections = drift::accept(&world.spec, &world.model, &document, &page);
    assert!(drift::remember(&mut world.spec, &sections).is_ok());
    let counts = world.check(&file, &text).counts;
    assert_eq!((counts.sections, counts.unchanged), (counts.sections, counts.sections));
    // Other blanks are the same text, another word is not.
    assert!(world.check(&file, &text.replace("A shop may", "A  shop  may")).is_clean());
    let report = world.check(&file, &text.replace("A shop may", "No shop may"));
    assert_eq!(report.findings.iter().map(|finding| finding.kind).collect::<Vec<_>>(), [Kind::Section]);
    assert_eq!(report.counts.unchanged, counts.sections - 1);
}

#[test]
fn a_mended_page_makes_its_quirk_superfluous() {
    let world = World::own();
    let (file, text) = &world.pages[0];
    let report = world.check(file, &text.replace("1700000000 },\n", "1700000000 }\n"));
    let [finding] = &report.findings[..] else { panic!("{}", report.render("spec/", false)) };
    assert_eq!((finding.kind, finding.about.clone()), (Kind::Mended, About::Quirk("trailing-comma".to_owned())));
    assert_eq!(finding.place.file, "club/join.yaml");
}

#[test]
fn findings_name_the_line_of_the_page_and_the_place_in_the_spec() {
    let world = World::own();
    let (file, text) =
        world.pages.iter().find(|(file, _)| file == "club-zh.txt").unwrap_or_else(|| panic!("the page is there"));
    let line = text.lines().position(|line| line.starts_with("color |")).unwrap_or(0) + 1;
    let report = world.check(file, &text.replace("color | 否 | string(16)", "color | 是 | string(17)"));
    let shown = report.render("spec/", false);
    let spec = fs::read_to_string(here().join("pages/spec/club/member/update.yaml")).unwrap_or_default();
    let place = spec.lines().position(|line| line.trim_start().starts_with("color:")).unwrap_or(0) + 1;
    for part in [
        format!("club-zh.txt:{line}: differs: "),
        "request color string(17)".to_owned(),
        "request color review".to_owned(),
        format!("spec/club/member/update.yaml:{place}:7"),
    ] {
        assert!(shown.contains(&part), "{part} is not in\n{shown}");
    }
}

/// The sources of the mini spec without one file.
fn sources_without(file: &str) -> Vec<(String, String)> {
    fn collect(folder: &Path, prefix: &str, out: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                collect(&entry.path(), &format!("{name}/"), out);
            } else {
                out.push((name, fs::read_to_string(entry.path()).unwrap_or_default()));
            }
        }
    }
    let mut sources = Vec::new();
    collect(&here().join("pages/spec"), "", &mut sources);
    sources.retain(|(name, _)| name != file);
    sources
}

#[test]
fn a_draft_of_a_new_endpoint_lacks_only_words() {
    for (page, file) in [("club-en.md", "club/join.yaml"), ("club-zh.txt", "club/report.yaml")] {
        let mut sources = sources_without(file);
        let Ok(spec) = read_sources(sources.clone()) else { panic!("the rest can be read") };
        let model = resolve(&spec).unwrap_or_else(|faults| panic!("{}", faults[0].message));
        let text = fs::read_to_string(here().join("pages").join(page)).unwrap_or_default();
        let document = drift::document_of(&spec, page).unwrap_or_default();
        let draft = drift::draft(&spec, &model, document, &drift::read(&spec, document, page, &text));
        assert!(draft.starts_with(&format!("# spec/{file}\n")), "{draft}");
        sources.push((file.to_owned(), draft.clone()));
        let drafted = read_sources(sources).unwrap_or_else(|faults| panic!("{}\n{draft}", faults[0].message));
        let Err(faults) = resolve(&drafted) else { panic!("a draft has no words yet") };
        let other: Vec<_> = faults
            .iter()
            .filter(|fault| fault.code != Code::MissingText)
            .map(|fault| (fault.message.clone(), fault.path.clone()))
            .collect();
        assert!(other.is_empty(), "{other:?}\n{draft}");
    }
}
