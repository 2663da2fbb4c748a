//! The fields that other files define: any JSON, a file, a variant that is not known.

use super::{Blank, Field, UnknownVariant, View};
use crate::file::File;
use crate::json::{Done, Json, Reader};
use crate::shape::Shape;

impl Blank for Json {
    const BLANK: Self = Json::NULL;
    const EMPTY_IS_NONE: bool = false;
}

impl Field for Json {
    fn view(&self) -> View<'_> {
        View::Json(self)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        *self = Json::copied(reader)?;
        Ok(())
    }
}

static FILE: Shape = Shape::new("File", &["name", "mime", "bytes"], &["name", "bytes"]);

impl Blank for File {
    const BLANK: Self = File { name: String::new(), mime: None, bytes: Vec::new() };
}

impl Field for File {
    fn view(&self) -> View<'_> {
        View::File(self)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        reader.object(&FILE, &mut [&mut self.name, &mut self.mime, &mut self.bytes])
    }
}

impl Blank for UnknownVariant {
    const BLANK: Self = UnknownVariant::NONE;
}

impl Field for UnknownVariant {
    fn view(&self) -> View<'_> {
        View::Json(self.json())
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        *self = reader.unknown_variant()?;
        Ok(())
    }
}
