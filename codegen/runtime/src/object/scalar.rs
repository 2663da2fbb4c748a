//! Fields without parts.

use super::{Blank, Field, View};
use crate::json::{Done, Reader};

impl Blank for String {
    const BLANK: Self = String::new();
    const EMPTY_IS_NONE: bool = false;
}

impl Field for String {
    fn view(&self) -> View<'_> {
        View::Text(self)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        *self = reader.text()?.into_owned();
        Ok(())
    }
}

impl Blank for bool {
    const BLANK: Self = false;
}

impl Field for bool {
    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        *self = reader.truth()?;
        Ok(())
    }
}

macro_rules! integers {
    ($($integer:ty => $view:ident),*) => {$(
        impl Blank for $integer {
            const BLANK: Self = 0;
        }

        impl Field for $integer {
            fn view(&self) -> View<'_> {
                View::$view((*self).into())
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Done {
                if let Some(value) = reader.plain_integer_as() {
                    *self = value;
                    return Ok(());
                }
                let start = reader.mark();
                let value = reader.integer()?;
                match <$integer>::try_from(value) {
                    Ok(value) => *self = value,
                    Err(_) => return reader.out_of_range(start, value, <$integer>::MIN.into(), <$integer>::MAX.into()),
                }
                Ok(())
            }
        }
    )*};
}
integers!(u8 => Uint, i32 => Int, i64 => Int, u32 => Uint, u64 => Uint);
