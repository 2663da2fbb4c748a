//! Fields that hold other fields: what may be absent, lists, objects with free keys.

use std::collections::BTreeMap;

use super::{Blank, Entries, Field, List, View};
use crate::json::{Done, Failed, Mark, Reader};
use crate::shape::UnionShape;

impl<T> Blank for Option<T> {
    const BLANK: Self = None;
}

impl<T: Field + Blank> Field for Option<T> {
    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view(),
            None => View::Absent,
        }
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        if reader.absent(T::EMPTY_IS_NONE) {
            *self = None;
            return Ok(());
        }
        self.insert(T::BLANK).read(reader)
    }

    fn read_again(&mut self, reader: &mut Reader<'_>) -> Done {
        match self {
            Some(value) => value.read_again(reader),
            None => self.read(reader),
        }
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn union_shape(&self) -> Option<&'static UnionShape> {
        T::BLANK.union_shape()
    }
}

/// Lends a field that lies on the heap, because its type holds itself.
pub struct Boxed<T>(pub T);

impl<T: Field + Blank> Field for Boxed<&Option<Box<T>>> {
    fn view(&self) -> View<'_> {
        self.0.as_ref().map_or(View::Absent, |value| (**value).view())
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        reader.fail("this field is lent for looking at it only")
    }
}

impl<T: Field + Blank> Field for Boxed<&mut Option<Box<T>>> {
    fn view(&self) -> View<'_> {
        self.0.as_ref().map_or(View::Absent, |value| (**value).view())
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        if reader.null() || (T::EMPTY_IS_NONE && reader.nothing()) {
            *self.0 = None;
            return Ok(());
        }
        reader.take_room(size_of::<T>())?;
        self.0.insert(Box::new(T::BLANK)).read(reader)
    }

    fn clear(&mut self) {
        *self.0 = None;
    }

    fn union_shape(&self) -> Option<&'static UnionShape> {
        T::BLANK.union_shape()
    }
}

impl<T> Blank for Vec<T> {
    const BLANK: Self = Vec::new();
    const EMPTY_IS_NONE: bool = false;
}

impl<T: Field + Blank> Field for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }

    /// An item that cannot be read costs the item, not the list.
    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        self.clear();
        let Some(list) = reader.open_list()? else {
            return Ok(());
        };
        let start = reader.mark();
        loop {
            if !reader.null() {
                push(self, reader, &start)?;
            }
            if !reader.next_item(list)? {
                return Ok(());
            }
        }
    }

    fn read_again(&mut self, reader: &mut Reader<'_>) -> Done {
        let start = reader.mark();
        push(self, reader, &start)
    }

    /// Its memory goes too: the room for it is given to others.
    fn clear(&mut self) {
        *self = Vec::new();
    }
}

/// Reads one more item, in its place.
fn push<T: Field + Blank>(list: &mut Vec<T>, reader: &mut Reader<'_>, start_of_list: &Mark) -> Done {
    if list.len() == list.capacity() {
        let more = reader.room_for::<T>(list.len(), start_of_list)?;
        list.reserve_exact(more);
    }
    let start = reader.mark();
    list.push(T::BLANK);
    let Some(item) = list.last_mut() else {
        return Ok(());
    };
    if let Err(Failed) = item.read(reader) {
        list.pop();
        reader.leave_out(start)?;
    }
    Ok(())
}

impl<T: Field> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> View<'_> {
        self.get(index).map_or(View::Absent, Field::view)
    }
}

impl<T> Blank for BTreeMap<String, T> {
    const BLANK: Self = BTreeMap::new();
    const EMPTY_IS_NONE: bool = false;
}

impl<T: Field + Blank> Field for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        View::Entries(self)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        self.clear();
        if reader.null() || reader.nothing() {
            return Ok(());
        }
        let mut key = reader.open_object()?;
        while let Some(name) = key {
            if !reader.null() {
                let start_of_value = reader.mark();
                reader.take_room(size_of::<(String, T)>())?;
                let mut value = T::BLANK;
                match value.read(reader) {
                    Ok(()) => drop(self.insert(name.into_owned(), value)),
                    Err(Failed) => reader.leave_out(start_of_value)?,
                }
            }
            key = reader.next_key()?;
        }
        Ok(())
    }

    fn clear(&mut self) {
        BTreeMap::clear(self);
    }
}

impl<T: Field> Entries for BTreeMap<String, T> {
    fn each(&self, show: &mut dyn FnMut(&str, View<'_>)) {
        for (key, value) in self {
            show(key, value.view());
        }
    }
}
