//! Looking ahead: what tells the variant of a union may come after its content.

use std::borrow::Cow;

use super::escape::write_text;
use super::{Done, Json, Reader};
use crate::object::{Union, UnknownVariant};
use crate::shape::{Content, UnionShape, VariantShape};

impl<'a> Reader<'a> {
    /// Reads a union: finds out which variant it is, then lets it become that.
    pub fn union(&mut self, union: &mut dyn Union) -> Done {
        let shape = union.shape();
        let start = self.mark();
        let index = if shape.tagged { self.by_tag(shape)? } else { self.by_key(shape)? };
        self.back_to(start);
        self.variant = index.and_then(|index| shape.variants.get(index));
        if shape.tagged {
            self.around.tag = shape.tag;
        }
        union.become_variant(index.unwrap_or(usize::MAX), self)
    }

    /// Whether the object that comes has anything of a union.
    pub(super) fn holds_union(&mut self, shape: &UnionShape) -> bool {
        if shape.tagged {
            return self.has(shape.tag);
        }
        shape.variants.iter().any(|variant| matches!(variant.content, Content::Keyed(key) if self.has(key)))
    }

    /// Where that stands in the object that comes: the content, or the tag.
    pub(super) fn place_of_union(&mut self, shape: &UnionShape) -> Option<usize> {
        let start = self.mark();
        let contents = shape.variants.iter().filter_map(|variant| match variant.content {
            Content::Keyed(key) => Some(key),
            _ => None,
        });
        let tag = shape.tagged.then_some(shape.tag);
        let place = contents.chain(tag).find_map(|key| {
            self.back_to(start);
            matches!(self.look_up(key), Ok(true)).then(|| self.mark().at)
        });
        self.fault = None;
        self.back_to(start);
        place
    }

    fn by_tag(&mut self, shape: &'static UnionShape) -> Done<Option<usize>> {
        let start = self.mark();
        if !self.look_up(shape.tag)? {
            return self.fail_at(start.at, format!("missing field `{}`", shape.tag));
        }
        let tag = self.text()?;
        for (index, variant) in shape.variants.iter().enumerate() {
            self.back_to(start);
            if (variant.value == tag || variant.also.contains(&&*tag)) && self.when(variant) {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    fn by_key(&mut self, shape: &'static UnionShape) -> Done<Option<usize>> {
        let start = self.mark();
        if self.open_object()?.is_none() {
            return self.fail_at(start.at, format!("missing field `{}`", shape.tag));
        }
        for (index, variant) in shape.variants.iter().enumerate() {
            self.back_to(start);
            if matches!(variant.content, Content::Keyed(key) if self.has(key)) && self.when(variant) {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    /// Whether everything holds that tells a variant from a later one.
    fn when(&mut self, variant: &VariantShape) -> bool {
        let start = self.mark();
        variant.when.iter().all(|(path, values)| {
            self.back_to(start);
            let inside = match variant.content {
                Content::Keyed(key) => matches!(self.look_up(key), Ok(true)),
                _ => true,
            };
            let there = inside && path.iter().all(|key| matches!(self.look_up(key), Ok(true)));
            let holds = there && self.is_one_of(values);
            self.fault = None;
            self.back_to(start);
            holds
        })
    }

    /// Whether the scalar that comes is one of these.
    fn is_one_of(&mut self, values: &[&str]) -> bool {
        let start = self.mark();
        values.iter().any(|expected| {
            self.back_to(start);
            self.fault = None;
            self.equals(expected)
        })
    }

    /// Whether the scalar that comes is this one: `true` is `1` and `"1"` too.
    fn equals(&mut self, expected: &str) -> bool {
        let start = self.mark();
        match expected {
            "true" | "false" => self.truth().is_ok_and(|found| found == (expected == "true")),
            _ => {
                self.back_to(start);
                self.text().is_ok_and(|found| found.trim() == expected)
            }
        }
    }

    /// Whether a key is there and not null. Stays where it is.
    pub(crate) fn has(&mut self, key: &str) -> bool {
        let start = self.mark();
        let there = matches!(self.look_up(key), Ok(true)) && !self.null();
        self.fault = None;
        self.back_to(start);
        there
    }

    /// Goes to the value of a key in the object that comes.
    pub(super) fn look_up(&mut self, key: &str) -> Done<bool> {
        let mut next = self.open_object()?;
        while let Some(found) = next {
            if found == key {
                return Ok(true);
            }
            self.skip()?;
            next = self.next_key()?;
        }
        Ok(false)
    }

    /// The first key of an object; none when it has none.
    pub fn open_object(&mut self) -> Done<Option<Cow<'a, str>>> {
        if self.peek() != b'{' {
            return self.fail("an object was expected");
        }
        self.at += 1;
        self.deeper()?;
        self.key_or_end()
    }

    /// The key of the next member; none at the end of the object.
    pub fn next_key(&mut self) -> Done<Option<Cow<'a, str>>> {
        match self.peek() {
            b',' => self.at += 1,
            b'}' => {}
            _ => return self.fail("a comma or a brace was expected"),
        }
        self.key_or_end()
    }

    /// The next key of an object that is broken here, by counting brackets; none when there is no more.
    pub(crate) fn next_key_anyhow(&mut self) -> Option<Cow<'a, str>> {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                0 => return None,
                b'"' => self.skip_string().ok()?,
                byte => {
                    self.at += 1;
                    match byte {
                        b'{' | b'[' => open += 1,
                        b'}' | b']' => open = open.checked_sub(1)?,
                        b',' if open == 0 && self.peek() == b'"' => {
                            if let Ok(key) = self.key() {
                                return Some(key);
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    fn key_or_end(&mut self) -> Done<Option<Cow<'a, str>>> {
        match self.peek() {
            b'}' => {
                self.at += 1;
                self.depth -= 1;
                Ok(None)
            }
            b'"' => self.key().map(Some),
            _ => self.fail("a key was expected"),
        }
    }

    /// A key and its colon.
    pub(super) fn key(&mut self) -> Done<Cow<'a, str>> {
        if self.peek() != b'"' {
            return self.fail("a key was expected");
        }
        let key = self.string()?;
        self.colon()?;
        Ok(key)
    }

    /// Keeps an object as a variant that this version does not know, without what is not its own: keys that it stands
    /// beside, and the code and the message of the response.
    pub(crate) fn unknown_variant(&mut self) -> Done<UnknownVariant> {
        let around = std::mem::take(&mut self.around);
        let siblings = std::mem::take(&mut self.siblings);
        let start = self.mark();
        let envelope = self.envelope.filter(|_| start.depth == 0);
        let is_other = |key: &str| {
            envelope.is_some_and(|it| it.code == key || it.message == key)
                || (around.beside.contains(&key) && !key.is_empty())
                || (!around.beside.is_empty() && siblings.iter().any(|union| union.owns(key)))
        };
        let mut tag = None;
        if !around.tag.is_empty() && self.look_up(around.tag)? {
            tag = Some(self.text()?.into_owned());
        }
        self.back_to(start);
        let mut json = String::from("{");
        let mut next = self.open_object()?;
        while let Some(key) = next {
            if is_other(&key) {
                self.skip()?;
            } else {
                if json.len() > 1 {
                    json.push(',');
                }
                write_text(&key, &mut json);
                json.push(':');
                self.copy(&mut json)?;
                tag.get_or_insert_with(|| key.into_owned());
            }
            next = self.next_key()?;
        }
        json.push('}');
        Ok(UnknownVariant::new(tag.unwrap_or_default(), Json::from_written(json)))
    }
}
