//! `guides/*.md`: prose by task, in both languages.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;

/// A guide: what stands between the first two lines of three dashes, and the prose below.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// What one wants to do, in a few words.
    pub title: Option<Text>,
    /// Guides are listed by this number.
    pub order: u32,
    /// The addresses of the endpoints that are called on the way, in this order.
    #[serde(default)]
    pub endpoints: Vec<String>,
    /// The prose: English, a line of three dashes, Chinese.
    #[serde(skip)]
    pub body: Text,
}

/// The lines that set the parts of a guide apart.
const RULE: &str = "---";

impl Guide {
    /// The part of the text that is YAML, with its lines where they are in the file.
    #[must_use]
    pub fn front(text: &str) -> String {
        let mut rules = 0;
        let mut front = String::new();
        for line in text.lines() {
            rules += usize::from(line.trim_end() == RULE);
            match (rules, line) {
                (2.., _) => break,
                (_, line) if line.trim_end() == RULE => front.push('#'),
                (_, line) => front.push_str(line),
            }
            front.push('\n');
        }
        front
    }

    /// The prose below that.
    #[must_use]
    pub fn prose(text: &str) -> Text {
        let mut parts = vec![String::new()];
        for line in text.lines() {
            match line.trim_end() {
                RULE => parts.push(String::new()),
                line => {
                    let last = parts.len() - 1;
                    parts[last].push_str(line);
                    parts[last].push('\n');
                }
            }
        }
        let part = |index: usize| parts.get(index).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty());
        Text { en: part(2), zh: part(3) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_is_cut_at_its_lines_of_dashes() {
        let text = "---\norder: 1\n---\nEnglish.\n\nMore.\n\n---\n\n中文。\n";
        assert_eq!(Guide::front(text), "#\norder: 1\n");
        let prose = Guide::prose(text);
        assert_eq!((prose.en.as_deref(), prose.zh.as_deref()), (Some("English.\n\nMore."), Some("中文。")));
        assert!(Guide::prose("---\n---\nOnly one.").zh.is_none());
    }
}
