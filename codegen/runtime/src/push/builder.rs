//! How a receiver is set up.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::gate::Gate;
use super::key::AesKey;
use super::memory::PushMemory;
use super::recent::Recent;
use super::scheme::Protected;
use crate::error::{Error, Fault};

/// The longest message that is read, in bytes, unless it is said.
const MOST_BYTES: usize = 1024 * 1024;

/// How far the clock of the sender may be off, and how late a push may come, unless it is said.
const WINDOW: Duration = Duration::from_secs(10 * 60);

/// How long a push is known again, unless it is said: one that could not be delivered is sent again within a day.
const REMEMBERED: Duration = Duration::from_secs(25 * 60 * 60);

/// What a receiver was set up with.
pub(super) struct Settings {
    pub(super) gate: Gate,
    pub(super) remembered: Duration,
    pub(super) memory: Arc<dyn PushMemory>,
}

/// Sets up a [`Receiver`](super::Receiver). Token and keys never show.
#[must_use]
pub struct ReceiverBuilder<E> {
    tokens: Vec<Zeroizing<String>>,
    ids: Vec<String>,
    keys: Vec<Zeroizing<String>>,
    plain: bool,
    window: Duration,
    most: usize,
    remembered: Duration,
    memory: Option<Arc<dyn PushMemory>>,
    reads: PhantomData<fn() -> E>,
}

impl<E: Protected> ReceiverBuilder<E> {
    pub(super) fn new(token: String) -> Self {
        ReceiverBuilder {
            tokens: vec![Zeroizing::new(token)],
            ids: Vec::new(),
            keys: Vec::new(),
            plain: false,
            window: WINDOW,
            most: MOST_BYTES,
            remembered: REMEMBERED,
            memory: None,
            reads: PhantomData,
        }
    }

    /// The id of the account, which an encrypted push names inside. More than one may be given.
    pub fn app_id(mut self, id: impl Into<String>) -> Self {
        self.ids.push(id.into());
        self
    }

    /// The key of encryption, in its 43 letters. Pushes that are not encrypted are refused from then on.
    pub fn aes_key(mut self, key: impl Into<String>) -> Self {
        self.keys.insert(0, Zeroizing::new(key.into()));
        self
    }

    /// A key that was in use before: what is encrypted with it is read for as long as it is given here.
    pub fn previous_key(mut self, key: impl Into<String>) -> Self {
        self.keys.push(Zeroizing::new(key.into()));
        self
    }

    /// A token that was in use before.
    pub fn previous_token(mut self, token: impl Into<String>) -> Self {
        self.tokens.push(Zeroizing::new(token.into()));
        self
    }

    /// Takes pushes that are not encrypted too, although there is a key: while an account is being changed over. Their
    /// signature does not cover what they say.
    pub fn also_plain(mut self) -> Self {
        self.plain = true;
        self
    }

    /// How far the time of a push may be from now, either way; ten minutes unless set. What was signed outside of it is
    /// refused. A server sends a push again that was not answered, and may do so minutes later.
    pub fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// The longest message that is read, in bytes; one mebibyte unless set, and no more than that.
    pub fn max_bytes(mut self, most: usize) -> Self {
        self.most = most.min(MOST_BYTES);
        self
    }

    /// How long a push is known again when it repeats; 25 hours unless set.
    pub fn remember(mut self, time: Duration) -> Self {
        self.remembered = time;
        self
    }

    /// Where it is remembered what came: for processes and machines that share the work. The memory of this process unless
    /// set.
    pub fn memory(mut self, memory: impl PushMemory + 'static) -> Self {
        self.memory = Some(Arc::new(memory));
        self
    }

    /// The receiver. An error where a key is none, there is a key and no id of an account, or the token is empty.
    pub(super) fn settings(self) -> Result<Settings, Error> {
        let wrong = |message: &str| Err(Error::new(None, Fault::Config(message.to_owned())));
        if self.tokens.iter().any(|token| token.is_empty()) {
            return wrong("the token of pushes is empty");
        }
        let Some(keys) = self.keys.iter().map(|key| AesKey::parse(key)).collect::<Option<Vec<_>>>() else {
            return wrong("the key of pushes has 43 letters, as they stand where pushes are set up");
        };
        if !keys.is_empty() && (self.ids.is_empty() || self.ids.iter().any(String::is_empty)) {
            return wrong("encrypted pushes name their account: give its id beside the key");
        }
        let gate = Gate {
            scheme: E::SCHEME,
            plain: self.plain || keys.is_empty(),
            tokens: self.tokens,
            ids: self.ids,
            keys,
            window: self.window,
            most: self.most,
        };
        let memory = self.memory.unwrap_or_else(|| Arc::new(Recent::default()));
        Ok(Settings { gate, remembered: self.remembered, memory })
    }
}

impl<E> fmt::Debug for ReceiverBuilder<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiverBuilder")
            .field("app_ids", &self.ids)
            .field("keys", &self.keys.len())
            .field("tokens", &self.tokens.len())
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}
