//! The text of each section in one number, so that an unchanged section is known without reading it.

use indexmap::IndexMap;

use super::page::{Block, Page};

/// What stands before the first heading.
const HEAD: &str = "(head)";

/// One section of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) line: usize,
    pub(super) hash: String,
}

/// The sections of a page in order. A heading that occurs again gets a number.
pub(super) fn sections(page: &Page) -> Vec<Section> {
    let mut heads: Vec<(String, usize)> = vec![(HEAD.to_owned(), 1)];
    let mut seen: IndexMap<&str, usize> = IndexMap::new();
    for block in &page.blocks {
        if let Block::Heading(line) = block {
            let count = seen.entry(&line.text).or_default();
            *count += 1;
            let name = if *count == 1 { line.text.clone() } else { format!("{} ({count})", line.text) };
            heads.push((name, line.no));
        }
    }
    let mut out = Vec::new();
    for (at, (heading, from)) in heads.iter().enumerate() {
        let to = heads.get(at + 1).map_or(usize::MAX, |(_, line)| *line);
        let texts = page.lines.iter().filter(|line| line.no >= *from && line.no < to).map(|line| line.text.as_str());
        let words: Vec<&str> = texts.flat_map(str::split_whitespace).collect();
        if !words.is_empty() {
            out.push(Section { heading: heading.clone(), line: *from, hash: hash(&words) });
        }
    }
    out
}

/// FNV-1a over the words: blanks and line breaks say nothing, and the number is the same on every machine.
fn hash(words: &[&str]) -> String {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in words.iter().flat_map(|word| word.bytes().chain([b' '])) {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{state:016x}")
}

/// `sections.yaml` with the hashes of one document put in.
#[must_use]
pub(super) fn write(
    known: &IndexMap<String, IndexMap<String, String>>,
    document: &str,
    sections: &[Section],
    order: &[&str],
) -> String {
    let mut all = known.clone();
    all.insert(
        document.to_owned(),
        sections.iter().map(|section| (section.heading.clone(), section.hash.clone())).collect(),
    );
    let rank = |id: &str| order.iter().position(|known| *known == id);
    all.sort_by(|a, _, b, _| (rank(a), a).cmp(&(rank(b), b)));
    let mut out = format!(
        "{}\n# The text of each section as it was transcribed, in one number.\n# Written by `cargo xtask drift --accept PAGE`, not by hand.\n",
        weixin_codegen::emit::reference::modeline("sections.yaml")
    );
    for (document, sections) in all {
        out.push_str(&format!("\n{document}:\n"));
        for (heading, hash) in sections {
            out.push_str(&format!("  {}: \"{hash}\"\n", quoted(&heading)));
        }
    }
    out
}

/// A YAML scalar in double quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
