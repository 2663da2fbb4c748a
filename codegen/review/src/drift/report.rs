//! What was found, and how it is shown.

use std::fmt::Write as _;

use super::compare::Place;
use weixin_codegen::statement::Statement;

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
    /// A section, or a block of it, does not read as it did when it was transcribed.
    Section,
    /// Something on the page could not be read.
    Unread,
    /// The page is another one, or only a part.
    Page,
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
            Self::Unread => "not read",
            Self::Page => "page",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A statement of the page, which a quirk may explain.
    Statement(Statement),
    /// A quirk, by its id.
    Quirk(String),
    /// A section, or a block of it, as it was recorded.
    Record {
        /// The heading.
        section: String,
        /// `row card_id`, `note 2`; none for the section as a whole.
        block: Option<String>,
    },
    /// The page as a whole.
    Page,
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
    /// What it is about.
    pub about: About,
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
        out.push_str(&self.summary());
        out
    }

    fn finding(&self, out: &mut String, finding: &Finding, spec: &str) {
        let Finding { kind, line, place, subject, about, message, quirk } = finding;
        let line = line.map_or(String::new(), |line| format!(":{line}"));
        let _ = writeln!(out, "{}{line}: {}: {subject}: {message}", self.page, kind.name());
        let _ = writeln!(out, "    spec: {spec}{}:{}:{}", place.file, place.line, place.column);
        match (quirk, about) {
            (Some(quirk), _) => {
                let _ = writeln!(out, "    explained by the quirk `{quirk}`");
            }
            (None, About::Statement(statement)) => {
                let _ = writeln!(out, "    if the page is wrong: a quirk with `explains: [\"{statement}\"]`");
            }
            (None, _) => {}
        }
    }

    fn summary(&self) -> String {
        let Counts { calls, tables, rows, samples, mended, statements, sections, unchanged } = self.counts;
        format!(
            "{} as {}: {calls} endpoints, {tables} tables, {rows} rows, {samples} examples ({mended} defects mended), {statements} statements compared: \
             {} unexplained, {} explained by quirks, {} of them not read; {unchanged} of {sections} sections unchanged\n",
            self.page,
            self.document,
            self.findings.len(),
            self.explained.len(),
            self.findings.iter().chain(&self.explained).filter(|finding| finding.kind == Kind::Unread).count(),
        )
    }
}
