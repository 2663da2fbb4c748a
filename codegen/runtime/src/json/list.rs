//! Lists.

use super::{Done, Mark, Reader};

/// What closes a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// `]`
    Bracket,
    /// `}`: the items have keys.
    Brace,
    /// Nothing: one item stands for the list.
    Nothing,
}

impl Reader<'_> {
    /// Begins a list; none when it is empty.
    pub fn open_list(&mut self) -> Done<Option<Close>> {
        match self.peek() {
            b'[' => {
                self.at += 1;
                self.deeper()?;
                self.first_item(b']', Close::Bracket)
            }
            b'{' => self.open_keyed_list(),
            _ if self.null() || self.nothing() => Ok(None),
            _ if self.elements => Ok(Some(Close::Nothing)),
            _ => self.fail("a list was expected"),
        }
    }

    fn first_item(&mut self, end: u8, close: Close) -> Done<Option<Close>> {
        if self.peek() != end {
            return Ok(Some(close));
        }
        self.at += 1;
        self.depth -= 1;
        Ok(None)
    }

    /// PHP writes an empty list as `{}`, and one with gaps as an object with numbers for keys. Elements that are wrapped
    /// are called `item`.
    #[cold]
    fn open_keyed_list(&mut self) -> Done<Option<Close>> {
        let start = self.mark();
        self.at += 1;
        self.deeper()?;
        if self.peek() == b'}' {
            return self.first_item(b'}', Close::Brace);
        }
        let key = self.key()?;
        let numbered = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
        match (self.elements, numbered || key == "item") {
            (false, _) if numbered => Ok(Some(Close::Brace)),
            (true, true) => Ok(Some(Close::Brace)),
            (true, false) => {
                self.back_to(start);
                Ok(Some(Close::Nothing))
            }
            (false, _) => {
                self.back_to(start);
                self.fail("a list was expected")
            }
        }
    }

    /// Goes to the next item, if there is one.
    #[inline]
    pub fn next_item(&mut self, close: Close) -> Done<bool> {
        let end = match close {
            Close::Bracket => b']',
            Close::Brace => b'}',
            Close::Nothing => return Ok(false),
        };
        let byte = self.peek();
        if byte == b',' {
            self.at += 1;
            if self.peek() != end {
                if close == Close::Brace {
                    self.key()?;
                }
                return Ok(true);
            }
        } else if byte != end {
            return self.fail(if close == Close::Bracket {
                "a comma or a bracket was expected"
            } else {
                "a comma or a brace was expected"
            });
        }
        self.at += 1;
        self.depth -= 1;
        Ok(false)
    }

    /// For how many more items a full list should make room. The items so far tell how many the text may still hold.
    pub fn room_for<T>(&mut self, items: usize, start: &Mark) -> Done<usize> {
        let size = size_of::<T>().max(1);
        let more = match items {
            // A list of one item takes the room of one item: rows are full of them.
            0 => 1,
            1 if size <= 64 => 3,
            1..64 => items,
            _ => {
                let behind = self.at.saturating_sub(start.at).max(items);
                let ahead = self.text.len().saturating_sub(self.at);
                let expected = ahead.saturating_mul(items) / behind + 1;
                // What lies ahead of an inner list are mostly others.
                let most = if self.depth <= 2 { items.saturating_mul(16) } else { items };
                (expected + expected / 8).clamp(1, most)
            }
        };
        // A text that promises more than it may hold gets what there is room for, before it is refused.
        let more = more.min((self.room / size).max(1));
        self.take_room(more.saturating_mul(size))?;
        Ok(more)
    }

    /// Takes from the room that lists may have.
    pub(crate) fn take_room(&mut self, bytes: usize) -> Done {
        match self.room.checked_sub(bytes) {
            Some(room) => {
                self.room = room;
                Ok(())
            }
            None => {
                self.full = true;
                self.fail("the lists take too much memory for the length of the text")
            }
        }
    }
}
