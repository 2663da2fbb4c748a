//! What the generator writes for a type, as macros.

/// What every generated type has: `Debug`, `PartialEq`, `Serialize` and `Deserialize` through its description.
macro_rules! through_view {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                weixin_runtime::Field::view(self).fmt(f)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                weixin_runtime::Field::view(self) == weixin_runtime::Field::view(other)
            }
        }

        impl weixin_runtime::serde::Serialize for $name {
            fn serialize<S: weixin_runtime::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                weixin_runtime::serial::serialize(self, serializer)
            }
        }

        impl<'de> weixin_runtime::serde::Deserialize<'de> for $name {
            fn deserialize<D: weixin_runtime::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                weixin_runtime::serial::deserialize(deserializer)
            }
        }
    };
}

/// A struct. A type that holds itself lends boxed fields, and is written by hand.
macro_rules! object {
    ($(#[$doc:meta])* $name:ident $required:literal { $($fields:tt)* }) => {
        object! { $(#[$doc])* $name $required, known_by [], secret [] { $($fields)* } }
    };
    ($(#[$doc:meta])* $name:ident $required:literal, known_by [$($known:expr),*] { $($fields:tt)* }) => {
        object! { $(#[$doc])* $name $required, known_by [$($known),*], secret [] { $($fields)* } }
    };
    ($(#[$doc:meta])* $name:ident $required:literal, secret [$($secret:expr),*] { $($fields:tt)* }) => {
        object! { $(#[$doc])* $name $required, known_by [], secret [$($secret),*] { $($fields)* } }
    };
    (
        $(#[$doc:meta])*
        $name:ident $required:literal, known_by [$($known:expr),*], secret [$($secret:expr),*] {
            $($field:ident: $ty:ty = $key:literal),* $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(crate) struct $name {
            $(pub(crate) $field: $ty,)*
        }

        const _: () = {
            static SHAPE: weixin_runtime::Shape = {
                let mut shape = weixin_runtime::Shape::new(stringify!($name), &[$($key),*], &[])
                    .known_by(&[$($known),*])
                    .secret(&[$($secret),*]);
                shape.required = $required;
                shape
            };

            impl weixin_runtime::Object for $name {
                fn lend(&self, to: weixin_runtime::Borrower<'_>) {
                    to(&SHAPE, &[$(&self.$field),*]);
                }

                fn fill(&mut self, reader: &mut weixin_runtime::Reader<'_>) -> weixin_runtime::Done {
                    reader.object(&SHAPE, &mut [$(&mut self.$field),*])
                }
            }
        };

        impl weixin_runtime::Blank for $name {
            const BLANK: Self = Self { $($field: <$ty as weixin_runtime::Blank>::BLANK),* };
        }

        through_view!($name);
    };
}

/// A union: its variants in the order of its shape, units after the others.
macro_rules! union {
    (
        $(#[$doc:meta])*
        $name:ident $shape:expr, { $($index:literal $variant:ident($content:ty)),* $(; $at:literal $unit:ident)* $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(crate) enum $name {
            $($variant($content),)*
            $($unit,)*
            Unknown(weixin_runtime::UnknownVariant),
        }

        const _: () = {
            static SHAPE: weixin_runtime::UnionShape = $shape;

            impl weixin_runtime::Union for $name {
                fn shape(&self) -> &'static weixin_runtime::UnionShape {
                    &SHAPE
                }

                fn chosen(&self) -> weixin_runtime::Chosen<'_> {
                    match self {
                        $($name::$variant(content) => weixin_runtime::Chosen::Known($index, Some(content)),)*
                        $($name::$unit => weixin_runtime::Chosen::Known($at, None),)*
                        $name::Unknown(unknown) => weixin_runtime::Chosen::Unknown(unknown),
                    }
                }

                fn become_variant(
                    &mut self,
                    index: usize,
                    reader: &mut weixin_runtime::Reader<'_>,
                ) -> weixin_runtime::Done {
                    *self = match index {
                        $($index => $name::$variant(reader.content()?),)*
                        $($at => {
                            reader.no_content()?;
                            $name::$unit
                        })*
                        _ => $name::Unknown(reader.content()?),
                    };
                    Ok(())
                }
            }

            impl weixin_runtime::Field for $name {
                fn view(&self) -> weixin_runtime::View<'_> {
                    weixin_runtime::View::Union(self)
                }

                fn read(&mut self, reader: &mut weixin_runtime::Reader<'_>) -> weixin_runtime::Done {
                    reader.union(self)
                }

                fn union_shape(&self) -> Option<&'static weixin_runtime::UnionShape> {
                    Some(&SHAPE)
                }
            }
        };

        impl weixin_runtime::Blank for $name {
            const BLANK: Self = $name::Unknown(<weixin_runtime::UnknownVariant as weixin_runtime::Blank>::BLANK);
        }

        through_view!($name);
    };
}

/// An endpoint.
macro_rules! endpoint {
    ($name:ident -> $response:ty = $meta:expr) => {
        impl weixin_runtime::Endpoint for $name {
            type Response = $response;
            const META: &'static Meta = &$meta;
        }
    };
}

/// A request without limits.
macro_rules! unchecked {
    ($name:ident) => {
        impl weixin_runtime::Validate for $name {
            fn check(&self, _at: weixin_runtime::At<'_>, _out: &mut weixin_runtime::Violations) {}
        }
    };
}
