//! What was found, and how it is shown.

use std::fmt::Write as _;

use super::compare::Place;
use super::extract::Unread;

/// What a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The page has it, the spec lacks it.
    New,
    /// Both have it, and differ.
    Differs,
    /// The spec cites this page for it, and the page does not say it.
    Gone,
    /// A quirk explains what the page no longer does.
    Mended,
    /// The text of a section is not the one that was transcribed.
    Section,
}

impl Kind {
    /// One word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Differs => "differs",
            Self::Gone => "gone",
            Self::Mended => "mended",
            Self::Section => "section",
        }
    }
}

/// One difference between a page and the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// The line of the page; none for what the page does not have.
    pub line: Option<usize>,
    /// Where the spec speaks of it.
    pub place: Place,
    /// The endpoint or push it belongs to.
    pub subject: String,
    /// The statement, as `explains` of a quirk names it: `request code string(20)`.
    pub key: String,
    /// In a sentence.
    pub message: String,
    /// The quirk that explains it.
    pub quirk: Option<String>,
}

/// The comparison of one page.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How messages name the page.
    pub page: String,
    /// The document it was compared as.
    pub document: String,
    /// What nobody explained.
    pub findings: Vec<Finding>,
    /// What a quirk explains.
    pub explained: Vec<Finding>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// How much there was.
    pub counts: Counts,
}

/// How much was read and compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Endpoints that the page names.
    pub calls: usize,
    /// Tables of any kind.
    pub tables: usize,
    /// Their rows.
    pub rows: usize,
    /// JSON and XML examples.
    pub samples: usize,
    /// Defects of examples that were mended.
    pub mended: usize,
    /// Single statements that were held against the spec, or the spec's against the page.
    pub statements: usize,
    /// Sections of the page.
    pub sections: usize,
    /// Sections whose text is the one that was transcribed.
    pub unchanged: usize,
}

impl Report {
    /// Whether there is nothing for the maintainer to do.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// For people. `spec` is put before the positions in the spec.
    #[must_use]
    pub fn render(&self, spec: &str, verbose: bool) -> String {
        let mut out = String::new();
        for finding in &self.findings {
            self.finding(&mut out, finding, spec);
        }
        if verbose {
            for finding in &self.explained {
                self.finding(&mut out, finding, spec);
            }
        }
        for unread in &self.unread {
            let Unread { from, to, why } = unread;
            let range = if from == to { from.to_string() } else { format!("{from}-{to}") };
            let _ = writeln!(out, "{}:{range}: not read: {why}", self.page);
        }
        out.push_str(&self.summary());
        out
    }

    fn finding(&self, out: &mut String, finding: &Finding, spec: &str) {
        let Finding { kind, line, place, subject, key, message, quirk } = finding;
        let line = line.map_or(String::new(), |line| format!(":{line}"));
        let _ = writeln!(out, "{}{line}: {}: {subject}: {message}", self.page, kind.name());
        let _ = writeln!(out, "    spec: {spec}{}:{}:{}", place.file, place.line, place.column);
        match quirk {
            Some(quirk) => {
                let _ = writeln!(out, "    explained by the quirk `{quirk}`");
            }
            None if *kind < Kind::Mended => {
                let _ = writeln!(out, "    if the page is wrong: a quirk with `explains: [\"{key}\"]`");
            }
            None => {}
        }
    }

    fn summary(&self) -> String {
        let Counts { calls, tables, rows, samples, mended, statements, sections, unchanged } = self.counts;
        format!(
            "{} as {}: {calls} endpoints, {tables} tables, {rows} rows, {samples} examples ({mended} defects mended), {statements} statements compared: \
             {} unexplained, {} explained by quirks, {} not read; {unchanged} of {sections} sections unchanged\n",
            self.page,
            self.document,
            self.findings.len(),
            self.explained.len(),
            self.unread.len(),
        )
    }
}
