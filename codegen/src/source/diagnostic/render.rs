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
    for near in clusters(diagnostics) {
        let group = match near {
            [one] => group(one, root),
            many => shared(many, root),
        };
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// More faults than this under one excerpt are harder to read than two excerpts.
const MOST_IN_ONE: usize = 5;
/// Lines that an excerpt shows anyway around a marked one.
const NEAR: usize = 3;

/// Runs of faults that can share an excerpt: in one file, on near lines, each with one place only.
fn clusters(diagnostics: &[Diagnostic]) -> Vec<&[Diagnostic]> {
    let mut clusters = Vec::new();
    let mut start = 0;
    for end in 1..=diagnostics.len() {
        let goes_on =
            end - start < MOST_IN_ONE && diagnostics.get(end).is_some_and(|next| near(&diagnostics[end - 1], next));
        if !goes_on {
            clusters.push(&diagnostics[start..end]);
            start = end;
        }
    }
    clusters
}

fn near(a: &Diagnostic, b: &Diagnostic) -> bool {
    let distance = a.primary.span.line.abs_diff(b.primary.span.line);
    a.primary.file == b.primary.file && distance <= NEAR && a.others.is_empty() && b.others.is_empty()
}

/// Several faults under one excerpt. Each is told beside its place; what to do follows below, by path.
fn shared<'a>(diagnostics: &'a [Diagnostic], root: &str) -> Group<'a> {
    let first = &diagnostics[0];
    let one_code = diagnostics.iter().all(|diagnostic| diagnostic.code == first.code);
    let mut title = Level::ERROR.primary_title(format!("{} faults on near lines", diagnostics.len()));
    if one_code {
        title = title.id(first.code.name());
    }
    let mut snippet = Snippet::source(&*first.primary.source).path(format!("{root}{}", first.primary.file));
    for diagnostic in diagnostics {
        let label = match one_code {
            true => diagnostic.message.clone(),
            false => format!("{}: {}", diagnostic.code.name(), diagnostic.message),
        };
        snippet = snippet.annotation(AnnotationKind::Primary.span(one_line(&diagnostic.primary)).label(label));
    }
    let mut group = Group::with_title(title).element(snippet);
    for diagnostic in diagnostics {
        if let Some(help) = &diagnostic.help {
            let place = if diagnostic.path.is_empty() { String::new() } else { format!("`{}`: ", diagnostic.path) };
            group = group.element(Level::HELP.message(format!("{place}{help}")));
        }
    }
    group
}

fn group<'a>(diagnostic: &'a Diagnostic, root: &str) -> Group<'a> {
    let title = Level::ERROR.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    for (index, file) in files(diagnostic).into_iter().filter(|label| label.is_somewhere()).enumerate() {
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
