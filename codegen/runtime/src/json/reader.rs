//! The position in the text, what was noted on the way, and what all other parts of the reader share.

use std::borrow::Cow;

use crate::meta::Envelope;
use crate::shape::{UnionShape, VariantShape};

/// The deepest nesting that is read. Fields that nobody reads may be nested deeper.
pub(super) const MAX_DEPTH: u32 = 128;

/// How many left-out values are noted one by one.
const MOST_NOTED: usize = 100;

/// How many unknown fields are noted one by one.
pub(super) const MOST_STRANGERS: usize = 1000;

/// How many bytes lists may take however short the text is. Rows of many fields of which few are set stay below.
const ROOM: usize = 16 << 20;

/// How many bytes of memory lists may take for each byte of a long text. With the text itself that makes four; strings
/// are no longer than the text, and where they are long the lists are small.
const ROOM_PER_BYTE: usize = 3;

/// The reader has noted what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

/// Done, or [`Failed`].
pub type Done<T = ()> = Result<T, Failed>;

/// What is wrong, and where in the text.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) message: Cow<'static, str>,
}

/// A value that was left out: where it starts, and why.
#[derive(Clone, Debug)]
pub(crate) struct Lost {
    pub(crate) at: usize,
    pub(crate) fault: Fault,
}

/// What an object has beside the fields that it is read into.
#[derive(Clone, Copy, Default)]
pub(super) struct Around {
    /// The tag of the union that it is the content of.
    pub(super) tag: &'static str,
    /// The keys of the object in which the union stands without a key of its own.
    pub(super) beside: &'static [&'static str],
}

/// A place to come back to.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    pub(super) at: usize,
    pub(super) depth: u32,
    room: usize,
}

/// Reads JSON, straight into the fields of objects.
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) depth: u32,
    pub(super) fault: Option<Fault>,
    /// Values that could not be read and are left out.
    pub(crate) lost: Vec<Lost>,
    /// How many were left out after the notes were full.
    pub(crate) lost_more: usize,
    /// The places of keys that no field has, if somebody asks.
    pub(crate) strangers: Option<Vec<usize>>,
    /// How many there were after the notes were full.
    pub(crate) strangers_more: usize,
    /// The keys that stand beside those of the outermost object.
    pub(super) envelope: Option<&'static Envelope>,
    /// The code of the response, if it tells one.
    pub(crate) code: Option<i64>,
    /// Which fields of the outermost object were there.
    pub(crate) seen: u128,
    /// The variant that is being read.
    pub(super) variant: Option<&'static VariantShape>,
    /// What the next object has beside its own fields.
    pub(super) around: Around,
    /// The other unions beside the keys of the same object, for a union that stands there.
    pub(super) siblings: Vec<&'static UnionShape>,
    /// The text stands for elements: a name may repeat, and one item stands for a list.
    pub(super) elements: bool,
    /// How many bytes lists may still take: a few letters must not become a lot of memory.
    pub(super) room: usize,
    /// Whether an object may lack what it requires, because it is there already.
    pub(super) some: bool,
    /// Whether keys are known whatever the case of their letters.
    pub(super) any_case: bool,
    /// Whether there was no room: what is left out for that would be missing without a trace.
    pub(super) full: bool,
}

impl<'a> Reader<'a> {
    /// A reader of a text.
    pub fn new(text: &'a str) -> Self {
        Reader {
            text,
            at: 0,
            depth: 0,
            fault: None,
            lost: Vec::new(),
            lost_more: 0,
            strangers: None,
            strangers_more: 0,
            envelope: None,
            code: None,
            seen: 0,
            variant: None,
            around: Around::default(),
            siblings: Vec::new(),
            elements: false,
            full: false,
            any_case: false,
            some: false,
            room: text.len().saturating_mul(ROOM_PER_BYTE).max(ROOM),
        }
    }

    /// A reader of some fields of an object that has the others.
    pub(crate) fn of_some(text: &'a str) -> Self {
        Reader { some: true, ..Reader::new(text) }
    }

    /// A reader of a response.
    pub(crate) fn response(text: &'a str, envelope: &'static Envelope) -> Self {
        Reader { envelope: Some(envelope), ..Reader::new(text) }
    }

    /// A reader in the middle of a text.
    pub(crate) fn at(text: &'a str, at: usize) -> Self {
        Reader { at, ..Reader::new(text) }
    }

    /// A reader of elements that were turned into JSON.
    #[cfg(feature = "xml")]
    pub(crate) fn elements(text: &'a str) -> Self {
        Reader { elements: true, ..Reader::new(text) }
    }

    /// The next byte that is no white space; 0 at the end.
    #[inline(always)]
    pub(super) fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte > b' ' {
                return byte;
            }
            self.at += 1;
        }
        0
    }

    /// The place of the next value.
    #[inline]
    pub fn mark(&mut self) -> Mark {
        self.peek();
        Mark { at: self.at, depth: self.depth, room: self.room }
    }

    /// This very place, white space and all.
    #[inline]
    pub(super) fn mark_here(&self) -> Mark {
        Mark { at: self.at, depth: self.depth, room: self.room }
    }

    /// Goes back.
    #[inline]
    pub fn back_to(&mut self, mark: Mark) {
        (self.at, self.depth) = (mark.at, mark.depth);
    }

    /// Notes what is wrong at this place.
    #[cold]
    #[inline(never)]
    pub fn fail<T>(&mut self, message: &'static str) -> Done<T> {
        self.fault = Some(Fault { at: self.at, message: Cow::Borrowed(message) });
        Err(Failed)
    }

    /// Notes what is wrong at another place.
    #[cold]
    #[inline(never)]
    pub(super) fn fail_at<T>(&mut self, at: usize, message: String) -> Done<T> {
        self.fault = Some(Fault { at, message: Cow::Owned(message) });
        Err(Failed)
    }

    /// Leaves the value out that starts there and could not be read, and goes on behind it. What was read of it must be
    /// gone already: the room that it took is free again.
    #[cold]
    #[inline(never)]
    pub fn leave_out(&mut self, start: Mark) -> Done {
        if self.full || self.code_refuses() {
            return Err(Failed);
        }
        let fault = self.fault.take();
        self.back_to(start);
        self.room = start.room;
        let value = self.mark();
        // Where the text itself is broken, nothing more can be read, and that is the fault to tell.
        self.skip()?;
        self.note(value.at, fault);
        Ok(())
    }

    /// Notes that the value that starts there is left out.
    pub(super) fn note(&mut self, at: usize, fault: Option<Fault>) {
        match fault {
            Some(fault) if self.lost.len() < MOST_NOTED => self.lost.push(Lost { at, fault }),
            Some(_) => self.lost_more += 1,
            None => {}
        }
    }

    /// Whether the response tells an error code.
    pub(super) fn code_refuses(&self) -> bool {
        self.envelope.is_some_and(|envelope| self.code.is_some_and(|code| code != envelope.ok))
    }

    /// The next byte that is no white space, for the rest of the crate.
    pub(crate) fn next_byte(&mut self) -> u8 {
        self.peek()
    }

    /// The place of the next value.
    pub(crate) fn here(&mut self) -> usize {
        self.mark().at
    }

    /// Passes over the colon behind a key.
    #[inline]
    pub(crate) fn colon(&mut self) -> Done {
        if self.peek() != b':' {
            return self.fail("a colon was expected");
        }
        self.at += 1;
        Ok(())
    }

    /// A run of letters, digits and signs that is no string.
    pub(crate) fn bare(&mut self) -> Done<&'a str> {
        self.word()
    }

    /// The stretch of text that a value takes.
    pub(crate) fn part(&mut self) -> Done<&'a str> {
        let start = self.mark();
        self.skip()?;
        Ok(&self.text[start.at..self.at])
    }

    /// What the reader failed at.
    pub(crate) fn fault(&mut self) -> Fault {
        self.fault.take().unwrap_or(Fault { at: self.at, message: Cow::Borrowed("it cannot be read") })
    }
}
