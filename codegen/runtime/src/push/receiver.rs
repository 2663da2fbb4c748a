//! What becomes of what comes to the address of pushes.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::builder::{ReceiverBuilder, Settings};
use super::fault::PushError;
use super::gate::now;
use super::read::{any, is_json};
use super::received::{Format, Push, Received};
use super::scheme::{Protected, Scheme};
use super::seen::{Seen, unreadable};
use super::unknown::plain;
use super::{envelope, seal, sign};
use crate::error::Error;
use crate::json::decode;
use crate::token::StoreError;

/// Checks what comes to the address of pushes: plain, in compatible mode or encrypted, in XML or JSON. It is cheap to clone, and
/// its clones share their memory.
///
/// What does not come from the server is refused with one and the same error, whatever is wrong with it.
pub struct Receiver<E> {
    settings: Arc<Settings>,
    reads: PhantomData<fn() -> E>,
}

impl<E: Protected> Receiver<E> {
    /// A receiver with the token that was set up for pushes.
    pub fn builder(token: impl Into<String>) -> ReceiverBuilder<E> {
        ReceiverBuilder::new(token.into())
    }

    /// Takes the query and the body of a request: a push, a repeated one, or a check of the address, which has no body.
    pub async fn receive(&self, query: &str, body: &[u8]) -> Result<Received<E>, PushError> {
        if body.trim_ascii().is_empty()
            && let Some(echo) = self.check(query)?
        {
            return Ok(Received::Check(echo));
        }
        self.admit(self.open(query, body)?).await
    }

    /// What to answer where the server checks the address, which it does with a query that asks for it; None with another.
    pub fn check(&self, query: &str) -> Result<Option<String>, PushError> {
        self.settings.gate.echo(query)
    }

    /// A push that is authentic. Whether it was sent before is for [`admit`](Receiver::admit) to say.
    pub fn open(&self, query: &str, body: &[u8]) -> Result<Push<E>, PushError> {
        let opened = self.settings.gate.open(query, body)?;
        let (event, id, format) = self.read(&opened.message)?;
        Ok(Push { event, id, format, message: opened.message, once: opened.once, sealed: opened.sealed })
    }

    /// The message of a push that is authentic, decrypted and not read.
    pub fn open_message(&self, query: &str, body: &[u8]) -> Result<Vec<u8>, PushError> {
        self.settings.gate.open(query, body).map(|opened| opened.message)
    }

    /// Remembers a push, and tells whether it was taken before.
    pub async fn admit(&self, push: Push<E>) -> Result<Received<E>, PushError> {
        let Settings { gate, remembered, memory } = &*self.settings;
        // A push that was signed ahead of time is authentic for twice as long.
        let while_authentic = gate.window.saturating_mul(2).saturating_add(Duration::from_secs(1));
        let once = nonce_key(&push.once);
        let signed = sign::digest([push.message()]);
        let before = memory.keep(&once, &signed, while_authentic).await;
        match before.map_err(PushError::unavailable)? {
            Some(content) if content != signed => {
                return Err(PushError::forged("its time and nonce came before, with another content"));
            }
            Some(_) => return Ok(Received::Repeat),
            None => {}
        }
        match memory.keep(&push_key(&push.id), "1", *remembered).await {
            Ok(None) => Ok(Received::Push(push)),
            Ok(Some(_)) => Ok(Received::Repeat),
            Err(error) => {
                // It comes again, and is to be taken then.
                let forgotten = memory.forget(&once).await;
                log::debug!("a push could not be remembered; forgotten: {}", forgotten.is_ok());
                Err(PushError::unavailable(error))
            }
        }
    }

    /// Forgets a push, so that it is taken when it comes again: for work that failed before the push was answered.
    pub async fn forget(&self, push: &Push<E>) -> Result<(), PushError> {
        let memory = &self.settings.memory;
        memory.forget(&push_key(&push.id)).await.map_err(PushError::unavailable)?;
        memory.forget(&nonce_key(&push.once)).await.map_err(PushError::unavailable)
    }

    /// The body that says that a push has arrived.
    pub fn answer(&self) -> &'static str {
        self.scheme().answer
    }

    /// A message that answers a push, in the form in which it came: encrypted if it was.
    pub fn reply(&self, push: &Push<E>, message: &str) -> Result<String, PushError> {
        let gate = &self.settings.gate;
        let (Some(key), Some(id), Some(token)) = (gate.keys.first(), gate.ids.first(), gate.tokens.first()) else {
            return Ok(message.to_owned());
        };
        if !push.sealed {
            return Ok(message.to_owned());
        }
        let random = || seal::random().map_err(|error| PushError::unavailable(StoreError::new(error.to_string())));
        let sealed = seal::seal(key, random()?, message.as_bytes(), id);
        let nonce = u64::from_be_bytes(random()?[..8].try_into().unwrap_or_default()).to_string();
        let at = now();
        let signature = sign::text(&sign::signature([token, &at.to_string(), &nonce, &sealed]));
        Ok(envelope::answer(gate.scheme, &sealed, &signature, at, &nonce, push.format == Format::Json))
    }

    fn scheme(&self) -> &'static Scheme {
        self.settings.gate.scheme
    }

    fn read(&self, message: &[u8]) -> Result<(E, String, Format), PushError> {
        let decoded = decode(message);
        if is_json(message) {
            let seen = Seen::new(&decoded, message).map_err(PushError::unreadable)?;
            return self.seen(&seen, Format::Json);
        }
        let text = crate::xml::to_json(&decoded).map_err(|fault| PushError::unreadable(unreadable(message, fault)))?;
        let seen = Seen::elements(&text, message).map_err(PushError::unreadable)?;
        self.seen(&seen, Format::Xml)
    }

    fn seen(&self, seen: &Seen<'_>, format: Format) -> Result<(E, String, Format), PushError> {
        let names = &self.scheme().envelope;
        // Answered, it would be lost: nobody can read it.
        if seen.raw(names.sealed).is_some()
            && seen.members().all(|(own, _)| [names.receiver, names.sealed].contains(&own))
        {
            return Err(PushError::forged("it is encrypted, and there is no key"));
        }
        let (event, is_known) = any(seen).map_err(PushError::unreadable)?;
        let identity = self.scheme().identity;
        let members: Vec<(&str, &str)> = match is_known {
            true => identity.iter().filter_map(|name| Some((*name, seen.raw(name)?))).collect(),
            // Nobody knows what tells it apart: all that it says.
            false => seen.members().collect(),
        };
        // A number and its text are the same.
        let texts: Vec<String> =
            members.iter().map(|(_, raw)| plain(raw).unwrap_or_else(|| (*raw).to_owned())).collect();
        let parts = members.iter().zip(&texts).flat_map(|((name, _), text)| [name.as_bytes(), text.as_bytes()]);
        Ok((event, sign::digest(parts), format))
    }

    /// How large a message may be.
    #[cfg(feature = "axum")]
    pub(super) fn most(&self) -> usize {
        self.settings.gate.most
    }
}

impl<E: Protected> ReceiverBuilder<E> {
    /// The receiver. An error where a key is none, there is a key and no id of an account, or the token is empty.
    pub fn build(self) -> Result<Receiver<E>, Error> {
        Ok(Receiver { settings: Arc::new(self.settings()?), reads: PhantomData })
    }
}

fn nonce_key(once: &sign::Hex) -> String {
    format!("nonce-{}", sign::text(once))
}

fn push_key(id: &str) -> String {
    format!("push-{id}")
}

impl<E> Clone for Receiver<E> {
    fn clone(&self) -> Self {
        Receiver { settings: Arc::clone(&self.settings), reads: PhantomData }
    }
}

impl<E> fmt::Debug for Receiver<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gate = &self.settings.gate;
        f.debug_struct("Receiver")
            .field("app_ids", &gate.ids)
            .field("keys", &gate.keys.len())
            .field("tokens", &gate.tokens.len())
            .field("plain", &gate.plain)
            .field("window", &gate.window)
            .field("max_bytes", &gate.most)
            .finish_non_exhaustive()
    }
}
