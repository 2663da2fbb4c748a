//! Finds the files of a spec folder, tells by its path what each one is, and parses it.

use std::path::Path;
use std::{fs, io};

use indexmap::IndexMap;
use serde::de::DeserializeOwned;

use super::{SourceMap, Span, structure};
use crate::diagnostic::{self, Code, Diagnostic, Label};
use crate::spec::{Api, Endpoint, ErrorEntry, Event, File, Spec, TypeDef, Unique};

/// Reads a spec folder.
///
/// # Errors
///
/// Every file that cannot be read or parsed gives one diagnostic.
pub fn read_folder(folder: &Path) -> Result<Spec, Vec<Diagnostic>> {
    let mut paths = Vec::new();
    if let Err(error) = collect(folder, "", &mut paths) {
        return Err(vec![unreadable(&folder.display().to_string(), &error)]);
    }
    paths.sort();
    let mut sources = Vec::new();
    let mut faults = Vec::new();
    for path in paths {
        match fs::read(folder.join(&path)) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => sources.push((path, text)),
                Err(error) => faults.push(not_utf8(&path, &error)),
            },
            Err(error) => faults.push(unreadable(&path, &error)),
        }
    }
    match read_sources(sources) {
        Ok(spec) if faults.is_empty() => Ok(spec),
        Ok(_) => Err(faults),
        Err(more) => {
            // A file that cannot be read is not missing.
            let unread: Vec<_> = faults.iter().map(|fault| fault.primary.file.clone()).collect();
            faults.extend(more.into_iter().filter(|fault| !unread.contains(&fault.primary.file)));
            diagnostic::sort(&mut faults);
            Err(faults)
        }
    }
}

fn collect(folder: &Path, prefix: &str, out: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, out)?;
        } else if Path::new(&name).extension().is_some_and(|e| e == "yaml" || e == "yml") {
            out.push(path);
        }
    }
    Ok(())
}

/// Parses files that are already in memory: pairs of path and text, in any order.
///
/// # Errors
///
/// Every file that cannot be parsed gives at least one diagnostic.
pub fn read_sources(mut sources: Vec<(String, String)>) -> Result<Spec, Vec<Diagnostic>> {
    sources.sort();
    let mut reader = Reader::default();
    for file in parse_all(&sources) {
        reader.take(file);
    }
    reader.finish()
}

/// What a file turned out to be.
enum Parsed {
    Api(Box<File<Api>>),
    Errors(Box<File<IndexMap<i64, ErrorEntry>>>),
    Sections(Box<File<IndexMap<String, IndexMap<String, String>>>>),
    Endpoint(Box<File<Endpoint>>),
    Event(Box<File<Event>>),
    Types(Box<File<IndexMap<String, TypeDef>>>),
    Bad(Vec<Diagnostic>),
}

/// Parses on every processor; the order of the result is the order of the input.
fn parse_all(sources: &[(String, String)]) -> Vec<Parsed> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    if workers == 1 || sources.len() < 32 {
        return sources.iter().map(|(path, text)| parse_one(path, text)).collect();
    }
    let share = sources.len().div_ceil(workers);
    std::thread::scope(|scope| {
        let handles: Vec<_> = sources
            .chunks(share)
            .map(|chunk| {
                scope.spawn(move || -> Vec<Parsed> { chunk.iter().map(|(path, text)| parse_one(path, text)).collect() })
            })
            .collect();
        handles
            .into_iter()
            .flat_map(|handle| match handle.join() {
                Ok(parsed) => parsed,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    })
}

fn parse_one(path: &str, text: &str) -> Parsed {
    let map = SourceMap::new(path, text);
    if let Some(fault) = bad_path(path, &map) {
        return Parsed::Bad(vec![fault]);
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    if path == "api.yaml" {
        parse(map).map_or_else(Parsed::Bad, |file| Parsed::Api(Box::new(file)))
    } else if path == "sections.yaml" {
        parse(map).map_or_else(Parsed::Bad, |file| Parsed::Sections(Box::new(file)))
    } else if path == "errors.yaml" {
        parse::<Unique<_, _>>(map).map_or_else(Parsed::Bad, |file| Parsed::Errors(Box::new(plain(file))))
    } else if folder == "types" || folder.ends_with("/types") {
        parse::<Unique<_, _>>(map).map_or_else(Parsed::Bad, |file| Parsed::Types(Box::new(plain(file))))
    } else if folder == "events" {
        parse(map).map_or_else(Parsed::Bad, |file| Parsed::Event(Box::new(file)))
    } else {
        parse(map).map_or_else(Parsed::Bad, |file| Parsed::Endpoint(Box::new(file)))
    }
}

fn parse<T: DeserializeOwned>(map: SourceMap) -> Result<File<T>, Vec<Diagnostic>> {
    match serde_yaml::from_str(map.text()) {
        Ok(content) => Ok(File { path: map.path().to_string(), content, map }),
        Err(error) => {
            // Serde stops at the first of them and names only one place.
            let duplicates: Vec<_> = map.duplicates().iter().map(|d| duplicate(&map, d)).collect();
            let again = |text: &str| serde_yaml::from_str::<T>(text).err();
            Err(if duplicates.is_empty() { structure::faults(&map, error, &again) } else { duplicates })
        }
    }
}

fn plain<K, V>(file: File<Unique<K, V>>) -> File<IndexMap<K, V>> {
    File { path: file.path, content: file.content.0, map: file.map }
}

/// The path of a spec file becomes a URL, a folder of the output and a Rust module.
fn bad_path(path: &str, map: &SourceMap) -> Option<Diagnostic> {
    let Some(stem) = path.strip_suffix(".yaml") else {
        let label = Label::new(map, map.at_byte(0), "this file");
        return Some(
            Diagnostic::new(Code::BadName, format!("`{path}` does not end in `.yaml`"), label).help("rename it"),
        );
    };
    let good = stem.split('/').all(|part| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
    });
    if good {
        return None;
    }
    let label = Label::new(map, map.at_byte(0), "this file");
    Some(
        Diagnostic::new(Code::BadName, format!("`{path}` cannot be a URL, a folder and a Rust module at once"), label)
            .help("use small letters, digits, `_` and `-`, and begin each part with a letter"),
    )
}

fn duplicate(map: &SourceMap, (first, second, name): &(Span, Span, String)) -> Diagnostic {
    Diagnostic::new(Code::DuplicateName, format!("`{name}` is given twice"), Label::new(map, *second, "the second"))
        .also(Label::new(map, *first, "the first"))
        .help("remove one, or rename it")
}

fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let map = SourceMap::new(path, "");
    Diagnostic::new(Code::Unreadable, format!("cannot read {path}: {error}"), Label::new(&map, map.at_byte(0), ""))
        .help("check that it exists and may be read")
}

fn not_utf8(path: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(error.as_bytes());
    let map = SourceMap::new(path, &text);
    Diagnostic::new(
        Code::Unreadable,
        format!("{path} is not UTF-8 from byte {at} on"),
        Label::new(&map, map.at_byte(at), "here"),
    )
    .help("save the file as UTF-8")
}

#[derive(Default)]
struct Reader {
    api: Option<File<Api>>,
    errors: Option<File<IndexMap<i64, ErrorEntry>>>,
    endpoints: Vec<File<Endpoint>>,
    events: Vec<File<Event>>,
    types: Vec<File<IndexMap<String, TypeDef>>>,
    sections: Option<File<IndexMap<String, IndexMap<String, String>>>>,
    faults: Vec<Diagnostic>,
    broken_roots: bool,
}

impl Reader {
    fn take(&mut self, parsed: Parsed) {
        match parsed {
            Parsed::Api(file) => self.api = Some(*file),
            Parsed::Errors(file) => self.errors = Some(*file),
            Parsed::Sections(file) => self.sections = Some(*file),
            Parsed::Endpoint(file) => self.endpoints.push(*file),
            Parsed::Event(file) => self.events.push(*file),
            Parsed::Types(file) => self.types.push(*file),
            Parsed::Bad(faults) => {
                self.broken_roots |=
                    faults.iter().any(|fault| matches!(&*fault.primary.file, "api.yaml" | "errors.yaml"));
                self.faults.extend(faults);
            }
        }
    }

    fn finish(mut self) -> Result<Spec, Vec<Diagnostic>> {
        if !self.broken_roots {
            for (missing, name) in [(self.api.is_none(), "api.yaml"), (self.errors.is_none(), "errors.yaml")] {
                if missing {
                    let map = SourceMap::new(name, "");
                    self.faults.push(
                        Diagnostic::new(
                            Code::Unreadable,
                            format!("there is no {name}"),
                            Label::new(&map, map.at_byte(0), ""),
                        )
                        .help("every spec folder has api.yaml and errors.yaml; see codegen/DIALECT.md"),
                    );
                }
            }
        }
        match (self.api, self.errors) {
            (Some(api), Some(errors)) if self.faults.is_empty() => Ok(Spec {
                api,
                errors,
                endpoints: self.endpoints,
                events: self.events,
                types: self.types,
                sections: self.sections,
            }),
            _ => {
                diagnostic::sort(&mut self.faults);
                Err(self.faults)
            }
        }
    }
}
