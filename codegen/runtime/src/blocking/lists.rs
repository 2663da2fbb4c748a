//! What comes one after the other, as iterators.

use std::fmt;
use std::iter::FusedIterator;
use std::sync::Arc;

use super::driver::Driver;
use crate::client;
use crate::error::Error;
use crate::paging::Paged;
use crate::spans::{Spanned, Spans};

/// Iterators that wait for the streams of the client for async code.
macro_rules! iterators {
    ($($(#[$doc:meta])* $name:ident<E: $bound:ident>, $item:ty, $rest_doc:literal $rest:ty;)*) => {$(
        $(#[$doc])*
        #[must_use = "nothing is sent unless it is asked for"]
        pub struct $name<E: $bound> {
            stream: client::$name<E>,
            driver: Arc<Driver>,
            /// Whether it was asked inside async code. Who asks on and on would never come to an end.
            over: bool,
        }

        impl<E: $bound> $name<E> {
            pub(super) fn new(stream: client::$name<E>, driver: Arc<Driver>) -> Self {
                $name { stream, driver, over: false }
            }

            #[doc = $rest_doc]
            pub fn rest(&self) -> $rest {
                self.stream.rest()
            }
        }

        impl<E: $bound> Iterator for $name<E> {
            type Item = Result<$item, Error>;

            fn next(&mut self) -> Option<Self::Item> {
                if self.over {
                    return None;
                }
                self.driver.run(E::META, self.stream.next()).unwrap_or_else(|error| {
                    self.over = true;
                    Some(Err(error))
                })
            }
        }

        impl<E: $bound> FusedIterator for $name<E> {}

        impl<E: $bound + fmt::Debug> fmt::Debug for $name<E> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.stream.fmt(f)
            }
        }
    )*};
}

iterators! {
    /// The pages of a long list. The next page is not asked for before it is wanted, and it goes on and ends like
    /// [its like for async code](client::Pages).
    Pages<E: Paged>, E::Response,
    "The request for the page that comes next, or for the one that failed; none after the last page." Option<&E>;

    /// The items of a long list, whose pages come one by one. It goes on and ends like
    /// [its like for async code](client::Items).
    Items<E: Paged>, E::Item,
    "The request for the page after the items at hand, or for the one that failed; none after the last page." Option<&E>;

    /// The responses for one span of days after the other. It goes on and ends like
    /// [its like for async code](client::SpanResponses).
    SpanResponses<E: Spanned>, E::Response,
    "The spans whose responses did not come yet." Spans<E>;
}
