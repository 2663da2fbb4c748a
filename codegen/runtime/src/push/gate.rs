//! Whether what comes is authentic. The order gives nothing away: the size is looked at first, then signatures, and nothing is
//! read or decrypted before one holds.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use subtle::Choice;
use zeroize::Zeroizing;

use super::envelope;
use super::fault::PushError;
use super::key::AesKey;
use super::query::{self, Query};
use super::read::is_json;
use super::scheme::Scheme;
use super::{seal, sign};
use crate::json::decode;

/// What is needed to tell.
pub(super) struct Gate {
    pub(super) scheme: &'static Scheme,
    pub(super) tokens: Vec<Zeroizing<String>>,
    pub(super) ids: Vec<String>,
    /// The one in use, then those that were before.
    pub(super) keys: Vec<AesKey>,
    /// Whether pushes that are not encrypted are taken.
    pub(super) plain: bool,
    pub(super) window: Duration,
    pub(super) most: usize,
}

/// A message that is authentic.
pub(super) struct Opened {
    pub(super) message: Vec<u8>,
    /// What its time and nonce are known by, which differs from one account to another.
    pub(super) once: sign::Hex,
    pub(super) sealed: bool,
}

/// What was signed beside a content: the time and the nonce.
struct Signed<'q> {
    query: Query<'q>,
    timestamp: Cow<'q, str>,
    nonce: Cow<'q, str>,
    /// The signature over both with the token in use, whatever was given.
    own: sign::Hex,
}

impl Gate {
    /// The message that came, if it is authentic.
    pub(super) fn open(&self, query: &str, body: &[u8]) -> Result<Opened, PushError> {
        if body.len() > self.most {
            return Err(PushError::too_large(self.most));
        }
        let signed = self.signed(query)?;
        let outer = self.outer(&signed)?;
        let (message, sealed) = if signed.query.is_sealed(self.scheme) && !self.keys.is_empty() {
            (self.sealed(&signed, body)?, true)
        } else {
            if !self.plain {
                return Err(PushError::forged("it is not encrypted, and there is a key"));
            }
            if !outer {
                return Err(PushError::forged("it bears no signature that a plain push has"));
            }
            self.timely(&signed)?;
            (body.to_vec(), false)
        };
        Ok(Opened { once: signed.own, message, sealed })
    }

    /// What to answer where the address is checked; None where it is not.
    pub(super) fn echo(&self, query: &str) -> Result<Option<String>, PushError> {
        let mut signed = self.signed(query)?;
        let Some(echo) = signed.query.echo.take() else { return Ok(None) };
        if signed.query.sealed.is_some() && !self.keys.is_empty() {
            self.outer(&signed)?;
            if !self.covers(&signed, &echo) {
                return Err(PushError::forged("its signature is wrong"));
            }
            self.timely(&signed)?;
            let text = self.decrypt(&echo)?;
            return Ok(Some(String::from_utf8_lossy(&text).into_owned()));
        }
        if !self.outer(&signed)? {
            return Err(PushError::forged("it bears no signature"));
        }
        self.timely(&signed)?;
        Ok(Some(echo.into_owned()))
    }

    fn signed<'q>(&self, query: &'q str) -> Result<Signed<'q>, PushError> {
        if query.len() > query::MAX_BYTES {
            return Err(PushError::too_large(query::MAX_BYTES));
        }
        let read = Query::read(query, self.scheme);
        let mut query = read.ok_or_else(|| PushError::forged("a parameter is there twice"))?;
        match (query.timestamp.clone(), query.nonce.take()) {
            (Some(timestamp), Some(nonce)) => {
                let token = self.tokens.first().map_or("", |token| token.as_str());
                let own = sign::signature([token, &timestamp, &nonce]);
                Ok(Signed { query, timestamp, nonce, own })
            }
            _ => Err(PushError::forged("it bears no time or no nonce")),
        }
    }

    /// Checks the signature over time and nonce; whether there is one.
    fn outer(&self, signed: &Signed<'_>) -> Result<bool, PushError> {
        let Some(given) = &signed.query.signature else { return Ok(false) };
        let older = self.tokens.iter().skip(1);
        let holds = older.fold(sign::same(&signed.own, given), |any, token| {
            any | sign::same(&sign::signature([token, &signed.timestamp, &signed.nonce]), given)
        });
        if bool::from(holds) { Ok(true) } else { Err(PushError::forged("its signature is wrong")) }
    }

    /// Whether the signature over a content holds.
    fn covers(&self, signed: &Signed<'_>, content: &str) -> bool {
        let Some(given) = &signed.query.sealed else { return false };
        self.any_token(|token| sign::same(&sign::signature([token, &signed.timestamp, &signed.nonce, content]), given))
    }

    /// Whether something holds with a token. All are tried, so that the time tells not which.
    fn any_token(&self, holds: impl Fn(&str) -> Choice) -> bool {
        self.tokens.iter().fold(Choice::from(0), |any, token| any | holds(token)).into()
    }

    /// The message in an envelope.
    fn sealed(&self, signed: &Signed<'_>, body: &[u8]) -> Result<Vec<u8>, PushError> {
        let body = decode(body);
        let name = self.scheme.envelope.sealed;
        let found = envelope::find(&body, name, is_json(body.as_bytes()), |content| self.covers(signed, content));
        let content = found.ok_or_else(|| PushError::forged("its signature is wrong"))?;
        self.timely(signed)?;
        self.decrypt(&content)
    }

    /// What a content holds, with the first key that fits it.
    fn decrypt(&self, content: &str) -> Result<Vec<u8>, PushError> {
        let found = self.keys.iter().find_map(|key| seal::open(key, content, &self.ids));
        found.ok_or_else(|| PushError::forged("it is encrypted with another key, for another account, or damaged"))
    }

    fn timely(&self, signed: &Signed<'_>) -> Result<(), PushError> {
        let at = signed.query.seconds().ok_or_else(|| PushError::forged("its time is none"))?;
        if now().abs_diff(at) > self.window.as_secs() {
            return Err(PushError::forged("it was signed too long ago, or in the future"));
        }
        Ok(())
    }
}

/// The seconds since 1970.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}
