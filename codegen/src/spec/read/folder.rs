//! Finds the files of a spec folder, tells by its path what each one is, and parses it.

use std::path::Path;
use std::{fs, io};

use indexmap::IndexMap;

use super::structure::{Read, read};
use crate::source::diagnostic::{self, Code, Diagnostic, Label};
use crate::source::{SourceMap, Unread};
use crate::spec::{Api, Endpoint, ErrorEntry, Event, File, Guide, Sections, Spec, TypeDef, Unique};

/// Reads a spec folder.
///
/// # Errors
///
/// The folder itself cannot be read. Faults of files are kept beside what could be read of them, for
/// [`resolve`](crate::resolve::resolve) tells all faults at once.
pub fn read_folder(folder: &Path) -> Result<Spec, Vec<Diagnostic>> {
    let mut paths = Vec::new();
    collect(folder, "", &mut paths).map_err(|error| vec![no_folder(folder, &error)])?;
    paths.sort();
    let mut sources = Vec::new();
    let mut reader = Reader::default();
    for path in paths {
        match text(&folder.join(&path), &path) {
            Ok(text) => sources.push((path, text)),
            Err((map, fault)) => reader.take(Parsed::Misnamed(map, fault)),
        }
    }
    for (path, text) in &sources {
        reader.take(parse_one(path, text));
    }
    Ok(reader.finish())
}

/// The text of a regular file: anything else might never end.
fn text(file: &Path, path: &str) -> Result<String, (SourceMap, Box<Diagnostic>)> {
    let failed = |error: &io::Error| (SourceMap::new(path, ""), Box::new(unreadable(path, error)));
    let kind = fs::metadata(file).map_err(|error| failed(&error))?;
    if !kind.is_file() {
        return Err(failed(&io::Error::other("it is no regular file")));
    }
    let bytes = fs::read(file).map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| {
        let map = SourceMap::new(path, &String::from_utf8_lossy(error.as_bytes()));
        (map, Box::new(not_utf8(path, &error)))
    })
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
        } else if Path::new(&name).extension().is_some_and(|e| e == "yaml" || e == "yml") || is_guide(&path) {
            out.push(path);
        }
    }
    Ok(())
}

/// Parses files that are already in memory: pairs of path and text, in any order.
///
/// # Errors
///
/// None of its own: what is wrong with the files is told by [`resolve`](crate::resolve::resolve), all at once.
pub fn read_sources(mut sources: Vec<(String, String)>) -> Result<Spec, Vec<Diagnostic>> {
    sources.sort();
    let mut reader = Reader::default();
    for (path, text) in &sources {
        reader.take(parse_one(path, text));
    }
    Ok(reader.finish())
}

/// Prose by task is Markdown.
fn is_guide(path: &str) -> bool {
    path.strip_prefix("guides/").is_some_and(|name| name.ends_with(".md"))
}

/// What a file turned out to be.
enum Parsed {
    Api(Box<Read<Api>>),
    Errors(Read<IndexMap<i64, ErrorEntry>>),
    Sections(Read<IndexMap<String, Sections>>),
    Endpoint(Box<Read<Endpoint>>),
    Event(Box<Read<Event>>),
    Types(Read<IndexMap<String, TypeDef>>),
    Guide(Box<Read<Guide>>),
    Misnamed(SourceMap, Box<Diagnostic>),
}

fn parse_one(path: &str, text: &str) -> Parsed {
    let map = SourceMap::new(path, text);
    if let Some(fault) = bad_path(path, &map) {
        return Parsed::Misnamed(map, Box::new(fault));
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match path {
        _ if is_guide(path) => Parsed::Guide(Box::new(guide(path, text))),
        "api.yaml" => Parsed::Api(Box::new(read(map))),
        "sections.yaml" => Parsed::Sections(read(map)),
        "errors.yaml" => Parsed::Errors(plain(read(map))),
        _ if folder == "types" || folder.ends_with("/types") => Parsed::Types(plain(read(map))),
        _ if folder == "events" => Parsed::Event(Box::new(read(map))),
        _ => Parsed::Endpoint(Box::new(read(map))),
    }
}

/// The front matter is read like any YAML; the prose below it is kept.
fn guide(path: &str, text: &str) -> Read<Guide> {
    let mut read: Read<Guide> = read(SourceMap::new(path, &Guide::front(text)));
    if let Some(content) = &mut read.content {
        content.body = Guide::prose(text);
    }
    read
}

fn plain<K, V>(read: Read<Unique<K, V>>) -> Read<IndexMap<K, V>> {
    Read { content: read.content.map(|unique| unique.0), map: read.map, faults: read.faults, unread: read.unread }
}

/// The path of a spec file becomes a URL, a folder of the output and a Rust module.
fn bad_path(path: &str, map: &SourceMap) -> Option<Diagnostic> {
    let stem = if is_guide(path) { path.strip_suffix(".md") } else { path.strip_suffix(".yaml") };
    let Some(stem) = stem else {
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

fn no_folder(folder: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("cannot read the folder {}: {error}", folder.display());
    Diagnostic::new(Code::Unreadable, message, Label::nowhere()).help("check that it exists and may be read")
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
    sections: Option<File<IndexMap<String, Sections>>>,
    guides: Vec<File<Guide>>,
    faults: Vec<Diagnostic>,
    unread: Unread,
}

impl Reader {
    fn take(&mut self, parsed: Parsed) {
        match parsed {
            Parsed::Api(read) => self.api = self.file(*read),
            Parsed::Errors(read) => self.errors = self.file(read),
            Parsed::Sections(read) => self.sections = self.file(read),
            Parsed::Endpoint(read) => {
                let file = self.file(*read);
                self.endpoints.extend(file);
            }
            Parsed::Event(read) => {
                let file = self.file(*read);
                self.events.extend(file);
            }
            Parsed::Types(read) => {
                let file = self.file(read);
                self.types.extend(file);
            }
            Parsed::Guide(read) => {
                let file = self.file(*read);
                self.guides.extend(file);
            }
            Parsed::Misnamed(map, fault) => {
                self.unread.file(&map);
                self.faults.push(*fault);
            }
        }
    }

    /// What was read of a file; its faults are kept.
    fn file<T>(&mut self, read: Read<T>) -> Option<File<T>> {
        self.faults.extend(read.faults);
        self.unread.add(read.unread);
        let path = read.map.path().to_string();
        read.content.map(|content| File { path, content, map: read.map })
    }

    fn missing(&mut self) {
        for (missing, name) in [(self.api.is_none(), "api.yaml"), (self.errors.is_none(), "errors.yaml")] {
            if missing && self.faults.iter().all(|fault| &*fault.primary.file != name) {
                let map = SourceMap::new(name, "");
                let label = Label::new(&map, map.at_byte(0), "");
                let fault = Diagnostic::new(Code::Unreadable, format!("there is no {name}"), label);
                self.faults.push(fault.help("every spec folder has api.yaml and errors.yaml; see codegen/DIALECT.md"));
                self.unread.file(&map);
            }
        }
    }

    fn finish(mut self) -> Spec {
        self.missing();
        diagnostic::sort(&mut self.faults);
        Spec {
            api: self.api.unwrap_or_else(|| unknown("api.yaml")),
            errors: self.errors.unwrap_or_else(|| unknown("errors.yaml")),
            endpoints: self.endpoints,
            events: self.events,
            types: self.types,
            sections: self.sections,
            guides: self.guides,
            faults: self.faults,
            unread: self.unread,
        }
    }
}

/// Stands for a file that could not be read: whatever is said of it would be a consequence.
fn unknown<T: Default>(path: &str) -> File<T> {
    File { path: path.to_owned(), content: T::default(), map: SourceMap::new(path, "") }
}
