//! Endpoints that prose speaks of, as links to their requests.

use super::scope::ident;
use crate::model::{Endpoint, Model};

/// Prose that is safe Markdown already, in which every address of an endpoint leads to its request.
pub(super) fn linked(model: &Model, markdown: &str) -> String {
    if !markdown.contains('/') {
        return markdown.to_owned();
    }
    let mut out = String::with_capacity(markdown.len() + 64);
    for (index, piece) in markdown.split('`').enumerate() {
        if index % 2 == 0 {
            plain(model, piece, &mut out);
        } else if let Some(endpoint) = find(model, piece) {
            out.push_str(&link(endpoint));
        } else {
            out.push_str(&format!("`{piece}`"));
        }
    }
    if markdown.matches('`').count() % 2 == 1 { markdown.to_owned() } else { out }
}

/// Prose outside of inline code, where an address may stand bare.
fn plain(model: &Model, text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find('/') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let end = from.find(|c: char| !(c.is_ascii_alphanumeric() || "/_-".contains(c))).unwrap_or(from.len());
        let (path, after) = from.split_at(end);
        let begins = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || ":.-_".contains(c));
        match find(model, path).filter(|_| begins) {
            Some(endpoint) => out.push_str(&link(endpoint)),
            None => out.push_str(path),
        }
        rest = after;
    }
    out.push_str(rest);
}

fn find<'a>(model: &'a Model, path: &str) -> Option<&'a Endpoint> {
    path.starts_with('/').then(|| model.endpoints.iter().find(|endpoint| endpoint.path == path))?
}

/// The address as a link to the request.
fn link(endpoint: &Endpoint) -> String {
    let path: String = endpoint.namespace.iter().map(|segment| format!("{}::", ident(segment))).collect();
    format!("[`{}`](crate::{path}{})", endpoint.path, endpoint.ident)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::sample;

    #[test]
    fn addresses_lead_to_requests_and_nothing_else_does() {
        let model = sample::model();
        let link = "[`/card/create`](crate::card::Create)";
        for (text, expected) in [
            ("Call `/card/create` first.", format!("Call {link} first.")),
            ("先调用/card/create，再核销", format!("先调用{link}，再核销")),
            ("see <https://a.b/card/create>", "see <https://a.b/card/create>".to_owned()),
            ("`POST /card/create` and /card/other", "`POST /card/create` and /card/other".to_owned()),
            ("a \\` /card/create", "a \\` /card/create".to_owned()),
        ] {
            assert_eq!(linked(&model, text), expected);
        }
    }
}
