//! What all sections of the page have in common.

use super::html::Html;
use crate::clock;

/// How many rows a table shows.
pub(super) const ROWS: usize = 50;

/// The beginning of a section: its title, and how many of it there are.
pub(super) fn section(html: &mut Html, id: &'static str, title: (&'static str, &'static str), count: Option<usize>) {
    html.raw("<section id=\"").raw(id).raw("\"><h2>").say(title.0, title.1);
    if let Some(count) = count {
        html.raw(" <span class=\"count\">").text(count.to_string()).raw("</span>");
    }
    html.raw("</h2>");
}

/// The end of a section: where the rest is, if not all of it was shown.
pub(super) fn end(html: &mut Html, list: &'static str, count: usize) {
    if count > ROWS {
        html.raw("<p class=\"none\">").say("The last 50 are shown. All of them: ", "仅显示最近 50 条，全部见 ");
        html.raw("<a href=\"").raw(list).raw("\"><code>").raw(list).raw("</code></a></p>");
    }
    html.raw("</section>");
}

/// A moment that may not have come.
pub(super) fn moment(seconds: u64) -> String {
    if seconds == 0 { String::new() } else { clock::moment(seconds) }
}
