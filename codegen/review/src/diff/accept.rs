//! The list of changes about which someone has said something: a breaking change that is accepted, or whose change it is.
//! Each with a reason and a last day.

use serde::Deserialize;

use super::change::{Diff, Origin};

/// What is said of one change.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The change.
    pub fingerprint: String,
    /// Why it is right to make it.
    pub reason: String,
    /// The last day on which this holds: `yyyy-MM-dd`.
    pub expires: String,
    /// Whose change it is. An entry with this says nothing else: to accept the change too takes another entry.
    pub origin: Option<Origin>,
}

/// Reads an accept list.
///
/// # Errors
///
/// When it is no list of entries, or an entry lacks a reason or a day.
pub fn read(text: &str) -> Result<Vec<Accepted>, String> {
    // A file with nothing but comments is an empty list.
    let list: Option<Vec<Accepted>> = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    let list = list.unwrap_or_default();
    for entry in &list {
        if entry.reason.trim().is_empty() {
            return Err(format!("{} has no reason", entry.fingerprint));
        }
        if !is_day(&entry.expires) {
            return Err(format!("{}: `{}` is no day; write yyyy-MM-dd", entry.fingerprint, entry.expires));
        }
    }
    Ok(list)
}

fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |length: usize, most: u32| {
        let part = parts.next().filter(|part| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()));
        part.and_then(|part| part.parse::<u32>().ok()).is_some_and(|number| (1..=most).contains(&number))
    };
    number(4, 9999) && number(2, 12) && number(2, 31) && parts.next().is_none()
}

/// Marks what is accepted on this day (`yyyy-MM-dd`), and notes the entries that do nothing.
pub fn apply(diff: &mut Diff, list: &[Accepted], today: &str) {
    for entry in list {
        let found = diff
            .groups
            .iter_mut()
            .flat_map(|(_, changes)| changes)
            .find(|change| change.fingerprint == entry.fingerprint);
        let expired = entry.expires.as_str() < today;
        let said = || format!("{} (until {})", entry.reason.trim(), entry.expires);
        let idle = match (found, entry.origin) {
            // Days written this way sort like text.
            (Some(change), _) if expired => Some(format!(
                "{} expired on {}: {} at {}",
                entry.fingerprint, entry.expires, change.rule.id, change.path
            )),
            (Some(change), Some(origin)) => {
                change.originate(origin);
                change.declared = Some(said());
                None
            }
            (Some(change), None) if !change.raw.breaks() => Some(format!(
                "{} accepts a change that breaks nothing ({}): remove it",
                entry.fingerprint, change.rule.id
            )),
            (Some(change), None) => {
                change.accepted = Some(said());
                None
            }
            (None, _) => Some(format!(
                "{} is about nothing that changed: remove it ({})",
                entry.fingerprint,
                entry.reason.trim()
            )),
        };
        diff.idle.extend(idle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_needs_a_reason_and_a_day() {
        let entry =
            |reason: &str, day: &str| format!("- fingerprint: a\n  reason: \"{reason}\"\n  expires: \"{day}\"\n");
        assert!(read(&entry("because", "2027-01-31")).is_ok());
        assert!(read(&entry(" ", "2027-01-31")).is_err());
        assert!(read(&entry("because", "2027-1-31")).is_err());
        assert!(read(&entry("because", "2027-13-01")).is_err());
        assert_eq!(read("# nothing\n"), Ok(Vec::new()));
    }
}
