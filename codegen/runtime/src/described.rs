//! What every type that describes itself gets by that: a line in generated code instead of a screen.

/// For generated code: the fields of an object as slots, in the order of its shape, and all that follows from them.
#[doc(hidden)]
#[macro_export]
macro_rules! described {
    ($name:ident, $shape:ident, [$($field:ident),* $(,)?]) => {
        impl $crate::Object for $name {
            fn lend(&self, to: $crate::Borrower<'_>) {
                to(&$shape, &[$(&self.$field),*]);
            }

            fn fill(&mut self, reader: &mut $crate::Reader<'_>) -> $crate::Done {
                reader.object(&$shape, &mut [$(&mut self.$field),*])
            }
        }

        $crate::object_traits!($name);
    };
}

/// For generated code: `Debug`, `PartialEq` and the traits of serde for an object.
#[doc(hidden)]
#[macro_export]
macro_rules! object_traits {
    ($name:ident) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::show(self, f)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::same(self, other)
            }
        }

        $crate::serde_traits!($name);
    };
}

/// For generated code: the same for a union.
#[doc(hidden)]
#[macro_export]
macro_rules! union_traits {
    ($name:ident) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&$crate::Field::view(self), f)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::Field::view(self) == $crate::Field::view(other)
            }
        }

        $crate::serde_traits!($name);
    };
}

/// For generated code: `Serialize` and `Deserialize`.
#[doc(hidden)]
#[macro_export]
macro_rules! serde_traits {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::serial::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::serial::deserialize(deserializer)
            }
        }
    };
}
