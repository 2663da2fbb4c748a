//! Texts of files that are the same for every spec but for some places.

/// The text with each `{{name}}` filled in.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
}
