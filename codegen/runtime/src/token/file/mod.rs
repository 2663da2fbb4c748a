//! Tokens in a folder.
//!
//! One file a key holds token, end and fence: `KEY.json`. All else comes and goes, and has a fence in its name:
//!
//! | file | is |
//! |---|---|
//! | `KEY.FENCE.lease` | a lease: its holder and its end |
//! | `KEY.FENCE.free` | a lease that was given back without a token |
//! | `KEY.FENCE.NUMBER.new` | a token that is being written |
//!
//! Locks of the operating system would need a newer Rust, and do not reach every network folder. Two facts about files take
//! their place: only one of many can create a file, and a file that was deleted cannot be renamed. Whoever leases creates
//! the file with the next fence, and then deletes whatever has an earlier one. Whoever saves writes a `.new` file, looks for
//! a later lease, and renames. A later lease that this look has missed has deleted the `.new` file.

mod lease;
mod place;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use self::place::Place;
use super::damage::Damage;
use super::fault::StoreError;
use super::source::BoxFuture;
use super::store::{Lease, StoredToken, TokenStore};

/// Keeps tokens in a folder: for processes of one machine, and of several where all reach the folder and their clocks agree.
///
/// Each key has one small file, for the owner only (on Unix), which is replaced as a whole. A process that dies at any
/// moment, even while it renews, costs the others the limit of its lease at most. A damaged file counts as no token.
/// The calls work on the files at once, without a thread of their own.
pub struct FileStore {
    folder: PathBuf,
    damage: Damage,
}

impl FileStore {
    /// A store in this folder, which is created, for the owner only (on Unix), when something is written.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        FileStore { folder: folder.into(), damage: Damage::default() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn read(&self, key: &str) -> io::Result<Option<StoredToken>> {
        let place = Place::new(&self.folder, key);
        match place.read()? {
            place::Found::Record(record) => Ok(Some(record.stored)),
            place::Found::Nothing => Ok(None),
            place::Found::Damage => {
                self.damage.tell(&place.token().display().to_string());
                Ok(None)
            }
        }
    }

    fn write(&self, key: &str, stored: &StoredToken, lease: &Lease) -> io::Result<bool> {
        let place = Place::new(&self.folder, key);
        let saved = lease::save(&place, stored, lease)?;
        if saved {
            self.damage.whole(&place.token().display().to_string());
        }
        Ok(saved)
    }

    fn fault(&self, what: &str, error: io::Error) -> StoreError {
        StoreError::new(format!("cannot {what} in the folder {}", self.folder.display())).with_source(error)
    }
}

impl TokenStore for FileStore {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<StoredToken>, StoreError>> {
        Box::pin(async move { self.read(key).map_err(|error| self.fault("read the access token", error)) })
    }

    fn lease<'a>(&'a self, key: &'a str, limit: Duration) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        Box::pin(async move {
            let place = Place::new(&self.folder, key);
            lease::take(&place, limit).map_err(|error| self.fault("lease the access token", error))
        })
    }

    fn save<'a>(
        &'a self,
        key: &'a str,
        token: &'a StoredToken,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(
            async move { self.write(key, token, lease).map_err(|error| self.fault("write the access token", error)) },
        )
    }

    fn release<'a>(&'a self, key: &'a str, lease: Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let place = Place::new(&self.folder, key);
            lease::give_back(&place, &lease).map_err(|error| self.fault("give back the lease", error))
        })
    }
}

impl fmt::Debug for FileStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileStore").field("folder", &self.folder).finish_non_exhaustive()
    }
}
