//! `multipart/form-data`, so that a transport needs to know nothing about it.

use crate::body::{File, Part, PartContent};

/// The content type, with the boundary, and the bytes.
///
/// The boundary is counted up until it occurs in no part, so that the same parts always give the same bytes.
pub(crate) fn encode(parts: &[Part]) -> (String, Vec<u8>) {
    let mut count = 0_u64;
    let mut boundary = numbered(count);
    while parts.iter().any(|part| contains(content(part), boundary.as_bytes())) {
        count += 1;
        boundary = numbered(count);
    }
    let size: usize = parts.iter().map(|part| content(part).len() + 256).sum();
    let mut out = Vec::with_capacity(size);
    for part in parts {
        out.extend_from_slice(format!("--{boundary}\r\n{}\r\n", head(part)).as_bytes());
        out.extend_from_slice(content(part));
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), out)
}

fn numbered(count: u64) -> String {
    format!("part-boundary-7f3c9a51e0d24b68-{count}")
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

/// Whether the needle occurs. An empty one does not.
pub(crate) fn contains(hay: &[u8], needle: &[u8]) -> bool {
    !needle.is_empty() && hay.windows(needle.len()).any(|window| window == needle)
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
        assert_eq!(content_type, "multipart/form-data; boundary=part-boundary-7f3c9a51e0d24b68-0");
        let mut expected = "--part-boundary-7f3c9a51e0d24b68-0\r\n\
            Content-Disposition: form-data; name=\"type\"\r\n\r\n图片\r\n\
            --part-boundary-7f3c9a51e0d24b68-0\r\n\
            Content-Disposition: form-data; name=\"media\"; filename=\"a%22b%0D%0A.jpg\"\r\n\
            Content-Type: image/jpeg\r\n\r\n"
            .as_bytes()
            .to_vec();
        expected.extend_from_slice(&[1, 2, 255]);
        expected.extend_from_slice(b"\r\n--part-boundary-7f3c9a51e0d24b68-0--\r\n");
        assert_eq!(bytes, expected);
    }

    #[test]
    fn the_boundary_avoids_the_content() {
        let parts = [Part::text("a", "x--part-boundary-7f3c9a51e0d24b68-0--")];
        assert!(encode(&parts).0.ends_with("-1"));
    }

    #[test]
    fn a_media_type_cannot_add_a_header() {
        let file = File::new("a", []).mime("a/b\r\nX: y");
        assert_eq!(mime(&file), "application/octet-stream");
    }
}
