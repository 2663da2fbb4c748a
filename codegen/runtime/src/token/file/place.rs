//! The files of one key.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::token::name::name;
use crate::token::record::{self, Record};
use crate::token::store::Lease;

/// The files of one key.
pub(super) struct Place<'a> {
    folder: &'a Path,
    name: String,
}

/// What the file of a token holds.
pub(super) enum Found {
    Nothing,
    Damage,
    Record(Record),
}

/// What a file with a fence in its name is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Lease,
    Free,
    New,
}

/// A file with a fence in its name.
pub(super) struct Trace {
    pub(super) fence: u64,
    pub(super) kind: Kind,
    pub(super) path: PathBuf,
}

/// What is longer is no token.
const LONGEST: u64 = 64 * 1024;

impl<'a> Place<'a> {
    pub(super) fn new(folder: &'a Path, key: &str) -> Self {
        Place { folder, name: name(key) }
    }

    pub(super) fn token(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.name))
    }

    pub(super) fn lease(&self, fence: u64) -> PathBuf {
        self.folder.join(format!("{}.{fence}.lease", self.name))
    }

    pub(super) fn free(&self, fence: u64) -> PathBuf {
        self.folder.join(format!("{}.{fence}.free", self.name))
    }

    /// A name for a token that is being written, which is used once.
    pub(super) fn fresh(&self, fence: u64) -> PathBuf {
        self.folder.join(format!("{}.{fence}.{}.new", self.name, Lease::random_holder()))
    }

    /// What is in the file of the token.
    pub(super) fn read(&self) -> io::Result<Found> {
        let file = match File::open(self.token()) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
            file => file?,
        };
        // A buffer that grows would leave a part of the token behind.
        let size = file.metadata()?.len().min(LONGEST);
        let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1));
        file.take(LONGEST).read_to_end(&mut bytes)?;
        Ok(record::read(&bytes).map_or(Found::Damage, Found::Record))
    }

    /// The fence of the last token; None where there is none.
    pub(super) fn saved(&self) -> io::Result<Option<u64>> {
        Ok(match self.read()? {
            Found::Record(record) => Some(record.fence),
            Found::Nothing | Found::Damage => None,
        })
    }

    /// The files with a fence in their names.
    pub(super) fn traces(&self) -> io::Result<Vec<Trace>> {
        let entries = match fs::read_dir(self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut traces = Vec::new();
        for entry in entries {
            let entry = entry?;
            let Some((fence, kind)) = entry.file_name().to_str().and_then(|file| self.trace(file)) else { continue };
            traces.push(Trace { fence, kind, path: entry.path() });
        }
        Ok(traces)
    }

    fn trace(&self, file: &str) -> Option<(u64, Kind)> {
        let mut parts = file.strip_prefix(&self.name)?.strip_prefix('.')?.split('.');
        let fence = parts.next()?.parse().ok()?;
        let kind = match (parts.next()?, parts.next(), parts.next()) {
            ("lease", None, None) => Kind::Lease,
            ("free", None, None) => Kind::Free,
            (_, Some("new"), None) => Kind::New,
            _ => return None,
        };
        Some((fence, kind))
    }

    pub(super) fn create_folder(&self) -> io::Result<()> {
        if self.folder.is_dir() {
            return Ok(());
        }
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(self.folder)
    }
}

/// Creates a file for the owner only; an error where there is one, be it a link.
pub(super) fn create(path: &Path, text: &str) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let written = file.write_all(text.as_bytes());
    if written.is_err() {
        remove(path)?;
    }
    written.map(|()| file)
}

/// Removes a file, which may be gone.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    there(fs::remove_file(path)).map(|_| ())
}

/// Renames a file; false where it is gone.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<bool> {
    there(fs::rename(from, to))
}

fn there(done: io::Result<()>) -> io::Result<bool> {
    match done {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        done => done.map(|()| true),
    }
}
