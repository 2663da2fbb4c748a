//! HTML as lines: tables become pipe rows, headings get a `#`, preformatted text stays as it is.
//!
//! `html5gum` tokenizes as browsers do (entities, broken attributes, scripts), knows where each token
//! stands and has no dependencies. A tree is not needed: what counts here are cells and lines.

use html5gum::{DefaultEmitter, Span, Token, Tokenizer};

use super::block::Line;

/// What the reader sees, line by line.
pub(super) fn lines(source: &str) -> Vec<Line> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let starts: Vec<usize> = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut writer = Writer { starts, ..Writer::default() };
    for token in Tokenizer::new_with_emitter(source, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => writer.open(&String::from_utf8_lossy(&tag.name), tag.span),
            Ok(Token::EndTag(tag)) => writer.close(&String::from_utf8_lossy(&tag.name)),
            Ok(Token::String(text)) => writer.text(&String::from_utf8_lossy(&text.value), text.span),
            Ok(_) => {}
        }
    }
    writer.flush();
    writer.out
}

#[derive(Default)]
struct Writer {
    /// The byte at which each line of the file begins.
    starts: Vec<usize>,
    out: Vec<Line>,
    line: usize,
    text: String,
    /// How deep in `pre`, `script` or `style`, and `table`.
    pre: usize,
    hidden: usize,
    tables: usize,
    row: Vec<String>,
    cell: Option<String>,
    row_line: usize,
    /// Whether the next row is the first of its table, below which a rule is drawn.
    first_row: bool,
}

impl Writer {
    fn line_of(&self, span: Span<usize>) -> usize {
        self.starts.partition_point(|start| *start <= span.start)
    }

    fn open(&mut self, name: &str, span: Span<usize>) {
        let line = self.line_of(span);
        match name {
            "script" | "style" | "head" => self.hidden += 1,
            "table" => {
                self.flush();
                self.tables += 1;
                self.first_row = true;
            }
            "tr" => {
                self.end_row();
                self.row_line = line;
            }
            "td" | "th" => {
                self.end_cell();
                self.cell = Some(String::new());
            }
            "br" | "p" | "div" | "li" if self.cell.is_some() => self.push(" "),
            "br" | "p" | "div" | "li" | "ul" | "ol" | "section" | "article" | "tbody" | "blockquote" => self.flush(),
            "pre" => {
                self.flush();
                self.pre += 1;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.line = line;
                self.text.push_str("# ");
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "script" | "style" | "head" => self.hidden = self.hidden.saturating_sub(1),
            "td" | "th" => self.end_cell(),
            "tr" => self.end_row(),
            "table" => {
                self.end_row();
                self.tables = self.tables.saturating_sub(1);
            }
            "pre" => {
                self.flush();
                self.pre = self.pre.saturating_sub(1);
            }
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.cell.is_none() => self.flush(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Span<usize>) {
        if self.hidden > 0 {
            return;
        }
        let first = self.line_of(span);
        for (offset, part) in text.split('\n').enumerate() {
            if offset > 0 {
                if self.pre > 0 && self.cell.is_none() {
                    self.flush();
                } else {
                    self.push(" ");
                }
            }
            if self.text.is_empty() && self.cell.is_none() {
                self.line = first + offset;
            }
            self.push(part);
        }
    }

    fn push(&mut self, text: &str) {
        // A bar inside a cell would look like the border of one.
        match &mut self.cell {
            Some(cell) => cell.push_str(&text.replace('|', "\u{ff5c}")),
            None if self.tables > 0 && text.trim().is_empty() => {}
            None => self.text.push_str(text),
        }
    }

    fn end_cell(&mut self) {
        if let Some(cell) = self.cell.take() {
            self.row.push(cell.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if self.row.is_empty() {
            return;
        }
        let row = std::mem::take(&mut self.row);
        let no = self.row_line;
        self.out.push(Line { no, text: format!("{} |", row.join(" | ")) });
        if std::mem::take(&mut self.first_row) {
            self.out.push(Line { no, text: "---|".repeat(row.len()) });
        }
    }

    fn flush(&mut self) {
        if self.cell.is_some() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        if self.pre > 0 || !text.trim().is_empty() {
            let text = if self.pre > 0 { text } else { text.trim().to_owned() };
            self.out.push(Line { no: self.line, text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn tables_become_pipe_rows_at_their_lines() {
        let html =
            "<h2>One &amp; two</h2>\n<table><tr><th>a<th>b\n<tr><td>x<br>y<td>p|q</table>\n<pre>{\n \"a\": 1\n}</pre>";
        let lines: Vec<_> = lines(html).into_iter().map(|line| (line.no, line.text)).collect();
        let expected = [
            (1, "# One & two"),
            (2, "a | b |"),
            (2, "---|---|"),
            (3, "x y | p\u{ff5c}q |"),
            (4, "{"),
            (5, " \"a\": 1"),
            (6, "}"),
        ];
        let expected: Vec<_> = expected.into_iter().map(|(no, text)| (no, text.to_owned())).collect();
        assert_eq!(lines, expected);
    }
}
