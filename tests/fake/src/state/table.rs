//! A map that knows what of it has changed, so that a file can follow.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Rows by key.
#[derive(Debug)]
pub struct Table<V> {
    name: &'static str,
    rows: BTreeMap<String, V>,
    /// The keys of what has changed since it was last written down; none are kept where nothing is written down.
    changed: Option<BTreeSet<String>>,
}

/// A row that has changed: its table, its key, and what it is now, as JSON; nothing once it is gone.
pub type Change = (&'static str, String, Option<String>);

/// A table, whatever its rows are.
pub(crate) trait AnyTable {
    fn name(&self) -> &'static str;

    /// Takes all rows away.
    fn forget(&mut self);

    /// Begins to note what changes.
    fn follow(&mut self);

    /// What has changed since the last time.
    fn changes(&mut self) -> Vec<Change>;

    /// Takes a row that was written down.
    fn load(&mut self, key: String, json: &str) -> serde_json::Result<()>;
}

impl<V> Table<V> {
    /// A table without rows.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Table { name, rows: BTreeMap::new(), changed: None }
    }

    /// A row.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.rows.get(key)
    }

    /// A row that is about to be changed.
    pub fn edit(&mut self, key: &str) -> Option<&mut V> {
        let row = self.rows.get_mut(key)?;
        if let Some(changed) = &mut self.changed {
            changed.insert(key.to_owned());
        }
        Some(row)
    }

    /// A row that is about to be changed; a new one where there is none.
    pub fn edit_or_default(&mut self, key: &str) -> &mut V
    where
        V: Default,
    {
        if let Some(changed) = &mut self.changed {
            changed.insert(key.to_owned());
        }
        self.rows.entry(key.to_owned()).or_default()
    }

    /// Puts a row in its place.
    pub fn put(&mut self, key: impl Into<String>, row: V) {
        let key = key.into();
        if let Some(changed) = &mut self.changed {
            changed.insert(key.clone());
        }
        self.rows.insert(key, row);
    }

    /// Takes a row away.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let row = self.rows.remove(key)?;
        if let Some(changed) = &mut self.changed {
            changed.insert(key.to_owned());
        }
        Some(row)
    }

    /// Takes all rows away.
    pub fn clear(&mut self) {
        if let Some(changed) = &mut self.changed {
            changed.extend(self.rows.keys().cloned());
        }
        self.rows.clear();
    }

    /// All rows, by key.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&String, &V)> {
        self.rows.iter()
    }

    /// The rows whose key begins so, by key.
    pub fn starting<'t>(&'t self, prefix: &'t str) -> impl Iterator<Item = (&'t String, &'t V)> {
        self.rows.range(prefix.to_owned()..).take_while(move |(key, _)| key.starts_with(prefix))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<V: Serialize + DeserializeOwned> AnyTable for Table<V> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn forget(&mut self) {
        self.clear();
    }

    fn follow(&mut self) {
        self.changed.get_or_insert_default();
    }

    fn changes(&mut self) -> Vec<Change> {
        let Some(changed) = &mut self.changed else { return Vec::new() };
        let keys = std::mem::take(changed).into_iter();
        keys.map(|key| {
            // Rows are plain data: there is no way in which writing one fails.
            let json = self.rows.get(&key).and_then(|row| serde_json::to_string(row).ok());
            (self.name, key, json)
        })
        .collect()
    }

    fn load(&mut self, key: String, json: &str) -> serde_json::Result<()> {
        self.rows.insert(key, serde_json::from_str(json)?);
        Ok(())
    }
}
