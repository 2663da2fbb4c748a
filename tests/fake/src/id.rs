//! Ids as the platform makes them, from a seed: the same seed gives the same ids.

use fastrand::Rng;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/// Makes ids.
#[derive(Debug)]
pub(crate) struct Ids(Rng);

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Ids(Rng::with_seed(seed))
    }

    /// So many letters of base64.
    pub(crate) fn letters(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(LETTERS[self.0.usize(..LETTERS.len())])).collect()
    }

    /// So many digits, of which the first is not 0.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        let first = char::from(b'1' + self.0.u8(..9));
        std::iter::once(first).chain((1..count).map(|_| char::from(b'0' + self.0.u8(..10)))).collect()
    }

    /// An access token.
    pub(crate) fn token(&mut self) -> String {
        format!("86_{}", self.letters(120))
    }

    /// A card, or a user: 28 letters.
    pub(crate) fn named(&mut self, first: &str) -> String {
        format!("{first}{}", self.letters(28 - first.len()))
    }

    /// The id by which the platform finds a call in its log.
    pub(crate) fn rid(&mut self, now: u64) -> String {
        format!("{now:08x}-{:08x}-{:08x}", self.0.u32(..), self.0.u32(..))
    }

    /// Whether something happens that does so in `probability` of all cases.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.0.f64() < probability
    }
}
