//! Objects.

use super::reader::{Around, MAX_DEPTH, MOST_STRANGERS};
use super::{Done, Failed, Mark, Reader};
use crate::object::{Blank, Chosen, Field, View};
use crate::shape::{Content, Shape, UnionShape};

/// Whether a key belongs to a union that stands beside the other keys.
fn belongs_to(union: &dyn Field, key: &str) -> bool {
    if union.union_shape().is_some_and(|shape| shape.owns(key)) {
        return true;
    }
    let mut belongs = false;
    if let View::Union(union) = union.view()
        && let Chosen::Known(index, Some(content)) = union.chosen()
        && union.shape().variants.get(index).is_some_and(|variant| variant.content == Content::Inline)
        && let View::Object(content) = content.view()
    {
        content.lend(&mut |shape, _| belongs = shape.keys.contains(&key));
    }
    belongs
}

/// The unions that stand beside the keys of an object, but for one.
fn siblings(shape: &Shape, fields: &[&mut dyn Field], but: usize) -> Vec<&'static UnionShape> {
    let others = shape.keys.iter().zip(fields).enumerate().filter(|(index, (key, _))| key.is_empty() && *index != but);
    others.filter_map(|(_, (_, field))| field.union_shape()).collect()
}

/// Which fields were there.
#[derive(Clone, Copy, Default)]
struct Seen {
    low: u64,
    high: u64,
}

impl Seen {
    #[inline]
    fn add(&mut self, index: usize) {
        *(if index < 64 { &mut self.low } else { &mut self.high }) |= 1 << (index & 63);
    }

    fn has(self, index: usize) -> bool {
        (if index < 64 { self.low } else { self.high }) >> (index & 63) & 1 != 0
    }

    fn mask(self) -> u128 {
        u128::from(self.low) | u128::from(self.high) << 64
    }
}

impl<'a> Reader<'a> {
    /// Reads an object into its fields.
    pub fn object(&mut self, shape: &'static Shape, fields: &mut [&mut dyn Field]) -> Done {
        if shape.has_beside {
            return self.object_with_unions(shape, fields);
        }
        self.members(shape, fields, shape.required)
    }

    /// The fields, then what has to hold of them.
    fn members(&mut self, shape: &'static Shape, fields: &mut [&mut dyn Field], required: u128) -> Done {
        let start = self.mark();
        // Programs spell the elements of pushes in either case, and so may the one who sends them.
        let any_case = std::mem::replace(&mut self.any_case, !shape.known_by.is_empty());
        let seen = self.read_members(shape.keys, fields, required);
        self.any_case = any_case;
        let seen = seen?.unwrap_or(0);
        if !shape.known_by.is_empty() {
            self.known_by(shape, fields, start)?;
        }
        let missing = required & !seen;
        if missing != 0 && !self.some {
            let key = shape.keys.get(missing.trailing_zeros() as usize).unwrap_or(&"");
            return self.fail_at(start.at, format!("missing field `{key}`"));
        }
        Ok(())
    }

    /// Reads the members of an object into the fields; tells which were there. None for `[]`, which is an empty object.
    fn read_members(
        &mut self,
        keys: &'static [&'static str],
        fields: &mut [&mut dyn Field],
        required: u128,
    ) -> Done<Option<u128>> {
        if self.peek() != b'{' {
            return self.no_object();
        }
        let around = std::mem::take(&mut self.around);
        self.at += 1;
        self.deeper()?;
        let (mut seen, mut next) = (Seen::default(), 0_usize);
        let mut byte = self.peek();
        while byte != b'}' {
            let quote = self.at;
            let index = match keys.get(next) {
                Some(key) if !key.is_empty() && self.takes_key(key) => Some(next),
                _ if self.depth == 1 && self.takes_envelope()? => None,
                _ => {
                    let key = self.key()?;
                    let index = self.place_of(&key, keys);
                    if index.is_none() {
                        self.other_member(&key, quote, &around, keys, fields)?;
                    }
                    index
                }
            };
            if let Some(index) = index
                && let Some(field) = fields.get_mut(index)
            {
                next = index + 1;
                if self.elements && seen.has(index) {
                    self.again(&mut **field)?;
                } else if self.member(&mut **field, index, required)? {
                    seen.add(index);
                }
            }
            byte = self.next_member()?;
        }
        self.at += 1;
        self.depth -= 1;
        let seen = seen.mask();
        if self.depth == 0 {
            self.seen = seen;
        }
        Ok(Some(seen))
    }

    /// The field that a key belongs to.
    #[inline]
    fn place_of(&self, key: &str, keys: &[&str]) -> Option<usize> {
        let exact = keys.iter().position(|one| *one == key);
        let found = exact.or_else(|| {
            let alike = |one: &&str| one.eq_ignore_ascii_case(key);
            self.any_case.then(|| keys.iter().position(alike)).flatten()
        });
        found.filter(|_| !key.is_empty())
    }

    /// Whether this key comes. Takes it with its colon. Servers keep their order, so the next field mostly does.
    #[inline]
    fn takes_key(&mut self, key: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let end = key.len() + 1;
        if rest.first() != Some(&b'"') || rest.get(end) != Some(&b'"') || rest.get(1..end) != Some(key.as_bytes()) {
            return false;
        }
        let start = self.at;
        self.at += end + 1;
        if self.peek() != b':' {
            self.at = start;
            return false;
        }
        self.at += 1;
        true
    }

    /// Whether the code or the message of the response comes. Takes it.
    #[inline]
    fn takes_envelope(&mut self) -> Done<bool> {
        let Some(envelope) = self.envelope else {
            return Ok(false);
        };
        if self.takes_key(envelope.code) {
            return self.result_code().map(|()| true);
        }
        if self.takes_key(envelope.message) {
            return self.skip().map(|()| true);
        }
        Ok(false)
    }

    /// The comma after a member; the byte behind it, or the brace that closes the object.
    #[inline]
    fn next_member(&mut self) -> Done<u8> {
        match self.peek() {
            b',' => {
                self.at += 1;
                Ok(self.peek())
            }
            b'}' => Ok(b'}'),
            _ => self.fail("a comma or a brace was expected"),
        }
    }

    /// Reads one field. One that is not required is left out when it cannot be read.
    #[inline]
    fn member(&mut self, field: &mut dyn Field, index: usize, required: u128) -> Done<bool> {
        let start = self.mark_here();
        match field.read(self) {
            Ok(()) => Ok(true),
            Err(Failed) => self.failed_member(field, required >> (index & 127) & 1 != 0, start),
        }
    }

    #[cold]
    #[inline(never)]
    fn failed_member(&mut self, field: &mut dyn Field, required: bool, start: Mark) -> Done<bool> {
        if required {
            return Err(Failed);
        }
        field.clear();
        self.leave_out(start)?;
        Ok(false)
    }

    #[cold]
    fn again(&mut self, field: &mut dyn Field) -> Done {
        let start = self.mark();
        match field.read_again(self) {
            Ok(()) => Ok(()),
            Err(Failed) => self.leave_out(start),
        }
    }

    /// A member that is no field: part of the envelope, of a union, or a stranger.
    fn other_member(
        &mut self,
        key: &str,
        quote: usize,
        around: &Around,
        keys: &[&str],
        fields: &mut [&mut dyn Field],
    ) -> Done {
        if self.depth == 1
            && let Some(envelope) = self.envelope
        {
            if key == envelope.code {
                return self.result_code();
            }
            if key == envelope.message {
                return self.skip();
            }
        }
        let own = |(own, field): (&&str, &&mut dyn Field)| own.is_empty() && belongs_to(&**field, key);
        let is_tag = !key.is_empty() && around.tag == key;
        if !around.beside.is_empty() || is_tag || keys.iter().zip(&*fields).any(own) {
            return self.skip();
        }
        // What a response has more is told when somebody asks; what a request has more is to be sent.
        if self.envelope.is_none() {
            for (_, field) in keys.iter().zip(fields).filter(|(own, _)| own.is_empty()) {
                if field.keep(key, self)? {
                    return Ok(());
                }
            }
        }
        self.stranger(quote);
        self.skip()
    }

    /// Notes a key that no field has, if somebody asks.
    fn stranger(&mut self, quote: usize) {
        match &mut self.strangers {
            Some(strangers) if strangers.len() < MOST_STRANGERS => strangers.push(quote),
            Some(_) => self.strangers_more += 1,
            None => {}
        }
    }

    /// The code of the response. Reading ends where it tells an error.
    fn result_code(&mut self) -> Done {
        if self.null() {
            return Ok(());
        }
        let code = self.integer()?;
        self.code = Some(i64::try_from(code).unwrap_or(i64::MAX));
        if self.code_refuses() { self.fail("the response tells an error") } else { Ok(()) }
    }

    pub(super) fn deeper(&mut self) -> Done {
        self.depth += 1;
        if self.depth > MAX_DEPTH { self.fail("nested too deeply") } else { Ok(()) }
    }

    #[cold]
    fn no_object(&mut self) -> Done<Option<u128>> {
        if self.nothing() { Ok(None) } else { self.fail("an object was expected") }
    }

    /// A push is the one that it is known by, or another.
    #[cold]
    fn known_by(&mut self, shape: &'static Shape, fields: &[&mut dyn Field], start: Mark) -> Done {
        let end = self.mark();
        for (key, expected) in shape.known_by {
            let index = shape.keys.iter().position(|one| one == key);
            let found = index.and_then(|index| fields.get(index)).and_then(|field| field.view().to_text());
            if found.as_deref().is_some_and(|found| found.trim().eq_ignore_ascii_case(expected)) {
                continue;
            }
            self.back_to(start);
            let at = if self.look_up(key)? { self.mark().at } else { start.at };
            let found = found.map_or_else(|| "nothing".to_owned(), |found| format!("`{found}`"));
            return self.fail_at(at, format!("another push: `{expected}` was expected, {found} was found"));
        }
        self.back_to(end);
        Ok(())
    }

    /// An object beside whose keys those of unions stand: each union looks for its own among them first.
    #[cold]
    fn object_with_unions(&mut self, shape: &'static Shape, fields: &mut [&mut dyn Field]) -> Done {
        let start = self.mark();
        let around = std::mem::take(&mut self.around);
        let mut required = shape.required;
        for index in 0..fields.len() {
            if !shape.keys.get(index).is_some_and(|key| key.is_empty()) {
                continue;
            }
            self.siblings = siblings(shape, fields, index);
            let field = &mut fields[index];
            let bit = 1_u128 << (index & 127);
            let needed = required & bit != 0;
            if needed || field.union_shape().is_some_and(|union| self.holds_union(union)) {
                self.around = Around { tag: "", beside: shape.keys };
                let read = field.read(self);
                self.around = Around::default();
                match read {
                    Err(Failed) if needed => return Err(Failed),
                    Err(Failed) => self.leave_union_out(&mut **field, start)?,
                    Ok(()) => {}
                }
                self.back_to(start);
            }
            required &= !bit;
        }
        self.around = around;
        self.members(shape, fields, required)
    }

    /// A union that stands beside other keys and is not required is left out when it cannot be read, and only that.
    fn leave_union_out(&mut self, field: &mut dyn Field, start: Mark) -> Done {
        let fault = self.fault.take();
        let shape = field.union_shape();
        field.clear();
        self.leave_out(start)?;
        self.back_to(start);
        let at = shape.and_then(|shape| self.place_of_union(shape)).unwrap_or(start.at);
        self.note(at, fault);
        Ok(())
    }

    /// What the variant holds that is being read.
    pub fn content<T: Field + Blank>(&mut self) -> Done<T> {
        let mut content = T::BLANK;
        self.read_content(&mut content)?;
        Ok(content)
    }

    /// A variant that holds nothing but its tag.
    pub fn no_content(&mut self) -> Done {
        self.read_members(&[], &mut [], 0).map(drop)
    }

    fn read_content(&mut self, field: &mut dyn Field) -> Done {
        match self.variant.take().map(|variant| &variant.content) {
            Some(Content::Keyed(key)) => {
                let start = self.mark();
                let seen = self.read_members(std::slice::from_ref(key), &mut [field], 1)?;
                if seen == Some(1) { Ok(()) } else { self.fail_at(start.at, format!("missing field `{key}`")) }
            }
            _ => field.read(self),
        }
    }
}
