//! What a page needs signed, and its signature.

use std::collections::hash_map::RandomState;
use std::fmt::Write;
use std::hash::BuildHasher;
use std::ops::Deref;
use std::time::SystemTime;

use serde::{Serialize, Serializer};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use crate::json::write_object;
use crate::object::{Object, same, show};
use crate::ticket::Ticket;
use crate::when::Timestamp;

/// The SHA-1, in hexadecimal, of texts that are sorted by their bytes and joined without anything between.
///
/// ```
/// # use weixin_runtime::sorted_sha1;
/// assert_eq!(sorted_sha1(&["c", "a", "b"]), "a9993e364706816aba3e25717850c26c9cd0d89d");
/// ```
pub fn sorted_sha1(values: &[&str]) -> String {
    let mut values = values.to_vec();
    values.sort_unstable();
    let mut hash = Sha1::new();
    values.iter().for_each(|value| hash.update(value.as_bytes()));
    let mut out = String::with_capacity(40);
    for byte in hash.finalize() {
        // Writing into a text cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// For generated code: the signature of some fields of an object, of the ticket and of what is signed beside. What is not
/// set is not signed.
#[doc(hidden)]
pub fn signature(object: &dyn Object, signed: &[&str], ticket: &Ticket, beside: &[&str]) -> String {
    let mut own = Vec::new();
    object.lend(&mut |shape, fields| {
        let named = shape.keys.iter().zip(fields).filter(|(key, _)| signed.contains(key));
        own.extend(named.filter_map(|(_, field)| field.view().to_text()).map(Zeroizing::new));
    });
    let own = own.iter().map(|value| value.as_str());
    let all: Vec<&str> = own.chain(beside.iter().copied()).chain([ticket.expose()]).collect();
    sorted_sha1(&all)
}

/// For generated code: the current time, as it is signed.
#[doc(hidden)]
pub fn signing_time() -> u64 {
    Timestamp::from(SystemTime::now()).seconds()
}

/// For generated code: a text that was not used before. It is no secret.
#[doc(hidden)]
pub fn nonce() -> String {
    // The keys of the hasher come from the operating system.
    let draw = |number: u8| RandomState::new().hash_one((SystemTime::now(), number));
    format!("{:016x}{:016x}", draw(0), draw(1))
}

/// An object with its signature, as a page takes it: serialized, it is JSON, or a text with that JSON in it where the page
/// wants a text. It cannot be changed, or the signature would no longer be right.
#[derive(Clone)]
pub struct Signed<T> {
    value: T,
    as_text: bool,
}

impl<T: Object> Signed<T> {
    /// For generated code: an object that a page takes as it is.
    #[doc(hidden)]
    pub fn object(value: T) -> Self {
        Signed { value, as_text: false }
    }

    /// For generated code: an object that a page takes as a text.
    #[doc(hidden)]
    pub fn text(value: T) -> Self {
        Signed { value, as_text: true }
    }

    /// The object as JSON, to be put into a page by hand.
    pub fn to_json(&self) -> String {
        write_object(&self.value, &[])
    }

    /// The object without the guard against changes.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Signed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Object + Serialize> Serialize for Signed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.as_text { serializer.serialize_str(&self.to_json()) } else { self.value.serialize(serializer) }
    }
}

impl<T: Object> PartialEq for Signed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.as_text == other.as_text && same(&self.value, &other.value)
    }
}

impl<T: Object> std::fmt::Debug for Signed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        show(&self.value, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `python3 -c "import hashlib; print(hashlib.sha1(''.join(sorted(v)).encode()).hexdigest())"` gave the sums.
    #[test]
    fn known_sums() {
        for (values, sum) in VECTORS {
            assert_eq!(sorted_sha1(values), *sum, "{values:?}");
        }
    }

    #[test]
    fn the_order_makes_no_difference() {
        assert_eq!(sorted_sha1(&["b", "a", "Z", "1"]), sorted_sha1(&["1", "Z", "a", "b"]));
        assert_eq!(sorted_sha1(&["a", ""]), sorted_sha1(&["a"]));
        assert_ne!(sorted_sha1(&["a", "b"]), sorted_sha1(&["b"]));
    }

    #[test]
    fn no_two_nonces_are_the_same() {
        let mut drawn: Vec<String> = (0..1_000).map(|_| nonce()).collect();
        assert!(drawn.iter().all(|nonce| nonce.len() == 32 && nonce.bytes().all(|byte| byte.is_ascii_alphanumeric())));
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), 1_000);
    }

    const VECTORS: &[(&[&str], &str)] = &[
        (&[], "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        (
            &["m9K3rXw7Ty2uPq8sVc4bNd6hJf1gLz0e", "1790000000", "pX2gTj1dPe5KxLn4zTc8gWoE2bYq", "q7Hn2"],
            "084a669593968b0b5c959e0fcf70afdaf06dda1c",
        ),
        (
            &[
                "m9K3rXw7Ty2uPq8sVc4bNd6hJf1gLz0e",
                "1790000000",
                "pX2gTj1dPe5KxLn4zTc8gWoE2bYq",
                "220418063571",
                "oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf",
                "q7Hn2",
            ],
            "39456d1c7f313f17a57f356e8a4cfb876355b51b",
        ),
        (&["中文", "ticket", "é", "Z", "a", "1", "😀", "ﬀ"], "6dc3bc919437a92548dbed585b1a9ca59e3267e9"),
    ];
}
