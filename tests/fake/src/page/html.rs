//! HTML that is written piece by piece: markup stands in the program, everything else is escaped.

use weixin_runtime::{Lang, Text};

/// A page that is being written.
pub(super) struct Html {
    text: String,
    pub(super) lang: Lang,
}

impl Html {
    pub(super) fn new(lang: Lang) -> Self {
        Html { text: String::new(), lang }
    }

    /// Markup. It is static, so that nothing that came from outside can be in it.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.text.push_str(markup);
        self
    }

    /// Any text, between tags or in the quotes of an attribute.
    pub(super) fn text(&mut self, text: impl AsRef<str>) -> &mut Self {
        for letter in text.as_ref().chars() {
            match letter {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\'' => self.text.push_str("&#39;"),
                other => self.text.push(other),
            }
        }
        self
    }

    /// A text of the page itself, in its language.
    pub(super) fn say(&mut self, en: &'static str, zh: &'static str) -> &mut Self {
        self.say_text(Text { en, zh })
    }

    pub(super) fn say_text(&mut self, text: Text) -> &mut Self {
        let text = text.get(self.lang);
        self.text(text)
    }

    /// A cell of a table.
    pub(super) fn cell(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.raw("<td>").text(text).raw("</td>")
    }

    /// A cell with something that is copied letter by letter.
    pub(super) fn code_cell(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.raw("<td><code>").text(text).raw("</code></td>")
    }

    /// The head of a table with so many rows. One without any is not shown.
    pub(super) fn head(&mut self, rows: usize, columns: &[(&'static str, &'static str)]) -> &mut Self {
        if rows == 0 {
            return self;
        }
        self.raw("<div class=\"wide\"><table><thead><tr>");
        for (en, zh) in columns {
            self.raw("<th>").say(en, zh).raw("</th>");
        }
        self.raw("</tr></thead><tbody>")
    }

    /// The end of a table; what is said where it has no rows.
    pub(super) fn foot(&mut self, rows: usize, none: (&'static str, &'static str)) -> &mut Self {
        if rows == 0 {
            return self.raw("<p class=\"none\">").say(none.0, none.1).raw("</p>");
        }
        self.raw("</tbody></table></div>")
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_outside_is_escaped() {
        let mut html = Html::new(Lang::Zh);
        html.raw("<p title=\"").text("\"><script>'&").raw("\">").say("Cards", "卡券").raw("</p>");
        assert_eq!(html.finish(), "<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">卡券</p>");
    }
}
