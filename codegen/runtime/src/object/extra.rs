//! Fields of a request that the spec lacks.

use super::{Blank, Entries, Field, View};
use crate::json::{Done, Json, Reader};

/// Fields of a request that this version of the crate does not know. They are sent beside the others, in the order in
/// which they were set, and survive reading a request from JSON and writing it again.
///
/// ```
/// use weixin_runtime::{Extra, Json};
///
/// let mut extra = Extra::default();
/// extra.set("pay_info", Json::object([("swipe_card", Json::object([("is_swipe_card", true)]))]));
/// extra.set("level", 3);
/// extra.set("level", 4);
/// assert_eq!(extra.get("level").unwrap().as_str(), "4");
/// assert_eq!(extra.iter().count(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(Vec<(String, Json)>);

impl Extra {
    /// Sets a field. One that was set already gets the new value.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<Json>) {
        let (key, value) = (key.into(), value.into());
        match self.0.iter_mut().find(|(own, _)| *own == key) {
            Some((_, own)) => *own = value,
            None => self.0.push((key, value)),
        }
    }

    /// Of fields each of which is there once.
    pub(crate) fn of(fields: Vec<(String, Json)>) -> Self {
        Extra(fields)
    }

    /// The value of a field.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.iter().find(|(own, _)| *own == key).map(|(_, value)| value)
    }

    /// Every field and its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Entries for Extra {
    fn each(&self, show: &mut dyn FnMut(&str, View<'_>)) {
        for (key, value) in self.iter() {
            show(key, View::Json(value));
        }
    }
}

impl Blank for Extra {
    const BLANK: Self = Extra(Vec::new());
}

impl Field for Extra {
    fn view(&self) -> View<'_> {
        if self.is_empty() { View::Absent } else { View::Entries(self) }
    }

    /// There is nothing to read under a key of its own.
    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        reader.skip()
    }

    fn keep(&mut self, key: &str, reader: &mut Reader<'_>) -> Done<bool> {
        let start = reader.mark();
        let mut value = Json::NULL;
        match value.read(reader) {
            Ok(()) => self.set(key, value),
            Err(_) => reader.leave_out(start)?,
        }
        Ok(true)
    }
}
