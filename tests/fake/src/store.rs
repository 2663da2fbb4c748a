//! A file that follows what changes, so that a fake that is started again goes on where it was.

use std::path::Path;

use rusqlite::Connection;

use crate::state::{Change, State};

/// The file.
#[derive(Debug)]
pub(crate) struct Store(Connection);

impl Store {
    /// Opens the file, or makes it.
    pub(crate) fn open(path: &Path) -> rusqlite::Result<Self> {
        let file = Connection::open(path)?;
        // What was answered is on the disk, whenever the process is killed.
        file.pragma_update(None, "journal_mode", "WAL")?;
        file.pragma_update(None, "synchronous", "FULL")?;
        file.execute_batch(
            "CREATE TABLE IF NOT EXISTS entries (kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID",
        )?;
        Ok(Store(file))
    }

    /// Everything that was written down.
    pub(crate) fn load(&self, state: &mut State) -> Result<(), LoadError> {
        let mut all = self.0.prepare("SELECT kind, key, json FROM entries")?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, key, json): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let wrong = |message: String| LoadError(format!("the entry {key} of {kind}: {message}"));
            let mut tables = state.tables();
            let table = tables.iter_mut().find(|table| table.name() == kind);
            let table = table.ok_or_else(|| wrong("this version has no such table".to_owned()))?;
            table.load(key.clone(), &json).map_err(|error| wrong(error.to_string()))?;
        }
        state.tables().into_iter().for_each(|table| table.follow());
        Ok(())
    }

    /// Writes changes down, all or none.
    pub(crate) fn write(&mut self, changes: Vec<Change>) -> rusqlite::Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let transaction = self.0.transaction()?;
        {
            let mut put = transaction.prepare_cached(
                "INSERT INTO entries VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET json = excluded.json",
            )?;
            let mut remove = transaction.prepare_cached("DELETE FROM entries WHERE kind = ?1 AND key = ?2")?;
            for (kind, key, json) in &changes {
                match json {
                    Some(json) => put.execute((kind, key, json))?,
                    None => remove.execute((kind, key))?,
                };
            }
        }
        transaction.commit()
    }
}

/// Why a file is not taken.
#[derive(Debug)]
pub(crate) struct LoadError(pub(crate) String);

impl From<rusqlite::Error> for LoadError {
    fn from(error: rusqlite::Error) -> Self {
        LoadError(error.to_string())
    }
}
