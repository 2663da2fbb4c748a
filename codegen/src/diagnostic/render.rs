//! Diagnostics as people read them: excerpt, caret, help.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Label};

/// Renders faults rustc-style. `root` is put before every file name; `color` adds terminal colors.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], root: &str, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&[group(diagnostic, root)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, root: &str) -> Group<'a> {
    let title = Level::ERROR.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    for (index, file) in files(diagnostic).into_iter().enumerate() {
        group = group.element(snippet(diagnostic, file, index == 0, root));
    }
    if !diagnostic.path.is_empty() {
        group = group.element(Level::NOTE.message(format!("at `{}`", diagnostic.path)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// The files of a diagnostic, the primary first, each once.
fn files(diagnostic: &Diagnostic) -> Vec<&Label> {
    let mut files = vec![&diagnostic.primary];
    for label in &diagnostic.others {
        if files.iter().all(|known| known.file != label.file) {
            files.push(label);
        }
    }
    files
}

fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    file: &'a Label,
    primary: bool,
    root: &str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let mut snippet = Snippet::source(&*file.source).path(format!("{root}{}", file.file));
    if primary {
        snippet = snippet.annotation(
            AnnotationKind::Primary.span(one_line(&diagnostic.primary)).label(diagnostic.primary.text.as_str()),
        );
    }
    for label in diagnostic.others.iter().filter(|label| label.file == file.file) {
        snippet = snippet.annotation(AnnotationKind::Context.span(one_line(label)).label(label.text.as_str()));
    }
    snippet
}

/// A block of many lines is marked by its first: the rest would bury the message.
fn one_line(label: &Label) -> std::ops::Range<usize> {
    let end =
        label.source[label.span.start..label.span.end].find('\n').map_or(label.span.end, |at| label.span.start + at);
    label.span.start..end
}
