//! `multipart/form-data`, so that a transport needs to know nothing about it.

use std::borrow::Cow;
use std::fmt;

use crate::file::File;
use crate::secret::{Hidden, is_secret};
use crate::shown::Quoted;

/// One part of a form.
#[derive(Clone, PartialEq)]
pub struct Part {
    /// The name of the field.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub content: PartContent,
}

impl Part {
    /// A part that holds a text.
    pub fn text(name: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Part { name: name.into(), content: PartContent::Text(text.into()) }
    }

    /// A part that holds a file.
    pub fn file(name: impl Into<Cow<'static, str>>, file: File) -> Self {
        Part { name: name.into(), content: PartContent::File(file) }
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut part = f.debug_struct("Part");
        part.field("name", &Quoted(&self.name));
        match is_secret(&self.name) {
            true => part.field("content", &Hidden),
            false => part.field("content", &self.content),
        };
        part.finish()
    }
}

/// What a part of a form holds.
#[derive(Clone, PartialEq)]
pub enum PartContent {
    /// A text.
    Text(String),
    /// A file.
    File(File),
}

impl fmt::Debug for PartContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartContent::Text(text) => f.debug_tuple("Text").field(&Quoted(text)).finish(),
            PartContent::File(file) => f.debug_tuple("File").field(file).finish(),
        }
    }
}

/// What every boundary begins with.
const BOUNDARY: &str = "part-boundary-7f3c9a51e0d24b68-";

/// How many digits come after it: always the same number, so that no boundary begins with another one.
const DIGITS: usize = 16;

/// The content type, with the boundary, and the bytes.
///
/// The boundary has the lowest number that occurs in no part, so that the same parts always give the same bytes.
pub(crate) fn encode(parts: &[Part]) -> (String, Vec<u8>) {
    let heads: Vec<String> = parts.iter().map(head).collect();
    let contents = parts.iter().map(content);
    let boundary = boundary(heads.iter().map(String::as_bytes).chain(contents));
    let size: usize = parts.iter().map(|part| content(part).len() + 256).sum();
    let mut out = Vec::with_capacity(size);
    for (part, head) in parts.iter().zip(&heads) {
        out.extend_from_slice(format!("--{boundary}\r\n{head}\r\n").as_bytes());
        out.extend_from_slice(content(part));
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), out)
}

/// A boundary that occurs nowhere. Each text is looked through once, for the numbers that are taken: to try one boundary
/// after the other would take whoever chooses the content a day.
fn boundary<'a>(texts: impl Iterator<Item = &'a [u8]>) -> String {
    let mut taken: Vec<u64> = texts.flat_map(numbers).collect();
    taken.sort_unstable();
    taken.dedup();
    let free = taken.iter().zip(0..).take_while(|(taken, number)| *taken == number).count();
    format!("{BOUNDARY}{free:0DIGITS$x}")
}

/// The numbers of the boundaries that occur in a text.
fn numbers(text: &[u8]) -> impl Iterator<Item = u64> {
    text.windows(BOUNDARY.len() + DIGITS).filter_map(|window| {
        let digits = window.strip_prefix(BOUNDARY.as_bytes())?;
        u64::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    })
}

fn head(part: &Part) -> String {
    let name = escape(&part.name);
    match &part.content {
        PartContent::Text(_) => format!("Content-Disposition: form-data; name=\"{name}\"\r\n"),
        PartContent::File(file) => format!(
            "Content-Disposition: form-data; name=\"{name}\"; filename=\"{}\"\r\nContent-Type: {}\r\n",
            escape(&file.name),
            mime(file),
        ),
    }
}

/// A name as WHATWG writes it into a form: no letter of it can end the value or the line.
fn escape(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The media type, unless it would break the header.
fn mime(file: &File) -> &str {
    let printable = |mime: &&str| !mime.is_empty() && mime.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    file.mime.as_deref().filter(printable).unwrap_or("application/octet-stream")
}

fn content(part: &Part) -> &[u8] {
    match &part.content {
        PartContent::Text(text) => text.as_bytes(),
        PartContent::File(file) => &file.bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_bytes() {
        let parts = [
            Part::text("type", "图片"),
            Part::file("media", File::new("a\"b\r\n.jpg", [1, 2, 255]).mime("image/jpeg")),
        ];
        let (content_type, bytes) = encode(&parts);
        assert_eq!(content_type, "multipart/form-data; boundary=part-boundary-7f3c9a51e0d24b68-0000000000000000");
        let mut expected = "--part-boundary-7f3c9a51e0d24b68-0000000000000000\r\n\
            Content-Disposition: form-data; name=\"type\"\r\n\r\n图片\r\n\
            --part-boundary-7f3c9a51e0d24b68-0000000000000000\r\n\
            Content-Disposition: form-data; name=\"media\"; filename=\"a%22b%0D%0A.jpg\"\r\n\
            Content-Type: image/jpeg\r\n\r\n"
            .as_bytes()
            .to_vec();
        expected.extend_from_slice(&[1, 2, 255]);
        expected.extend_from_slice(b"\r\n--part-boundary-7f3c9a51e0d24b68-0000000000000000--\r\n");
        assert_eq!(bytes, expected);
    }

    #[test]
    fn the_boundary_avoids_the_content() {
        let numbered = |number: u64| format!("x--{BOUNDARY}{number:016x}--");
        let ends = |parts: &[Part], end: &str| {
            let (content_type, bytes) = encode(parts);
            assert!(content_type.ends_with(end), "{content_type}");
            assert_eq!(encode(parts).1, bytes, "the same parts give the same bytes");
        };
        ends(&[Part::text("a", numbered(0))], "-0000000000000001");
        ends(&[Part::text("a", numbered(1))], "-0000000000000000");
        ends(&[Part::text("a", numbered(0)), Part::text("b", numbered(2) + &numbered(1))], "-0000000000000003");
        ends(&[Part::file("a", File::new(numbered(0), []))], "-0000000000000001");
        // Part of a number is no number.
        ends(&[Part::text("a", format!("{BOUNDARY}0 {BOUNDARY}"))], "-0000000000000000");
    }

    #[test]
    fn a_boundary_is_found_in_linear_time() {
        // 1 MiB with as many boundaries as there is room for took 39 s.
        let taken = |number: u64| format!("{BOUNDARY}{number:016x}");
        let content: String = (0..23_000).map(taken).collect();
        let start = std::time::Instant::now();
        let (content_type, _) = encode(&[Part::text("a", content)]);
        assert!(content_type.ends_with(&taken(23_000)), "{content_type}");
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }

    #[test]
    fn a_media_type_cannot_add_a_header() {
        let file = File::new("a", []).mime("a/b\r\nX: y");
        assert_eq!(mime(&file), "application/octet-stream");
    }
}
