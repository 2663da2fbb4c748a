//! Events to the address of the account: signed, plain, compatible or encrypted, in XML or JSON, and tried three times.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use weixin::push::{SignedPush, Signer};
use weixin_runtime::Field;

use crate::engine::lock;

/// How often a push is tried, and how long an answer may take.
const TRIES: u32 = 3;
const PATIENCE: Duration = Duration::from_secs(5);

/// How many deliveries are kept.
const KEPT: usize = 1_000;

/// How pushes are protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Signed.
    #[default]
    Plain,
    /// Signed, and encrypted beside the plain message.
    Compatible,
    /// Signed and encrypted.
    Encrypted,
}

/// How pushes are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// As XML.
    #[default]
    Xml,
    /// As JSON.
    Json,
}

/// Where pushes go, and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PushTarget {
    /// The address.
    pub url: String,
    /// The token with which they are signed.
    pub token: String,
    /// The key with which they are encrypted, in 43 letters.
    #[serde(default)]
    pub aes_key: Option<String>,
    /// How they are protected.
    #[serde(default)]
    pub mode: Mode,
    /// How they are written.
    #[serde(default)]
    pub format: Format,
    /// How often each is sent again although it was answered.
    #[serde(default)]
    pub duplicates: u32,
}

impl PushTarget {
    /// Signed pushes in XML to this address.
    #[must_use]
    pub fn new(url: impl Into<String>, token: impl Into<String>) -> Self {
        PushTarget {
            url: url.into(),
            token: token.into(),
            aes_key: None,
            mode: Mode::Plain,
            format: Format::Xml,
            duplicates: 0,
        }
    }

    /// Encrypted with this key, the plain message beside it or not.
    #[must_use]
    pub fn encrypted(self, aes_key: impl Into<String>, mode: Mode) -> Self {
        PushTarget { aes_key: Some(aes_key.into()), mode, ..self }
    }

    /// Written so.
    #[must_use]
    pub fn format(self, format: Format) -> Self {
        PushTarget { format, ..self }
    }

    /// Each is sent so many times more, although it was answered.
    #[must_use]
    pub fn duplicates(self, duplicates: u32) -> Self {
        PushTarget { duplicates, ..self }
    }
}

/// A push on its way.
#[derive(Clone, Debug)]
pub(crate) struct Pushed {
    /// The account.
    pub(crate) app: String,
    /// The event, as JSON.
    pub(crate) json: String,
    /// The event, as XML.
    pub(crate) xml: String,
}

impl Pushed {
    pub(crate) fn new(app: &str, event: &dyn Field) -> Self {
        Pushed { app: app.to_owned(), json: Signer::json(event), xml: Signer::xml(event) }
    }
}

/// What became of a push.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Delivery {
    /// The event, as it was written.
    pub message: String,
    /// How often it was tried.
    pub tries: u32,
    /// Whether it was answered as it should be.
    pub arrived: bool,
    /// What came back last, or why nothing did.
    pub answer: String,
}

/// Sends pushes.
#[derive(Clone)]
pub(crate) struct Pusher {
    shared: Arc<Shared>,
}

struct Shared {
    target: Mutex<Option<PushTarget>>,
    deliveries: Mutex<VecDeque<Delivery>>,
    http: reqwest::Client,
}

impl Pusher {
    pub(crate) fn new() -> Self {
        let shared = Shared { target: Mutex::default(), deliveries: Mutex::default(), http: reqwest::Client::new() };
        Pusher { shared: Arc::new(shared) }
    }

    pub(crate) fn set(&self, target: Option<PushTarget>) {
        *lock(&self.shared.target) = target;
    }

    pub(crate) fn target(&self) -> Option<PushTarget> {
        lock(&self.shared.target).clone()
    }

    /// What became of the pushes so far.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        lock(&self.shared.deliveries).iter().cloned().collect()
    }

    /// Sends pushes one after the other, behind the back of the caller.
    pub(crate) fn send(&self, pushes: Vec<Pushed>) {
        let Some(target) = self.target().filter(|_| !pushes.is_empty()) else { return };
        let shared = self.shared.clone();
        tokio::spawn(async move {
            for push in pushes {
                for _ in 0..=target.duplicates {
                    let delivery = deliver(&shared.http, &target, &push).await;
                    let mut deliveries = lock(&shared.deliveries);
                    if deliveries.len() == KEPT {
                        deliveries.pop_front();
                    }
                    deliveries.push_back(delivery);
                }
            }
        });
    }
}

async fn deliver(http: &reqwest::Client, target: &PushTarget, push: &Pushed) -> Delivery {
    let message = match target.format {
        Format::Xml => &push.xml,
        Format::Json => &push.json,
    };
    let mut delivery = Delivery { message: message.clone(), tries: 0, arrived: false, answer: String::new() };
    // A push that is tried again is the same to the letter.
    let signed = sign(target, &push.app, message);
    while delivery.tries < TRIES && !delivery.arrived {
        delivery.tries += 1;
        let url = format!("{}{}{}", target.url, if target.url.contains('?') { '&' } else { '?' }, signed.query);
        let request = http.post(url).header("content-type", signed.content_type).body(signed.body.clone());
        match request.timeout(PATIENCE).send().await {
            Ok(response) => {
                let is_success = response.status().is_success();
                delivery.answer = response.text().await.unwrap_or_else(|error| error.to_string());
                delivery.arrived = is_success && is_answer(&delivery.answer);
            }
            Err(error) => delivery.answer = error.without_url().to_string(),
        }
    }
    delivery
}

/// Nothing and the word of success both say that a push has arrived.
fn is_answer(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text == weixin::push::SCHEME.answer
}

fn sign(target: &PushTarget, app: &str, message: &str) -> SignedPush {
    let signer = Signer::new(&target.token).app_id(app);
    match (&target.aes_key, target.mode) {
        (Some(key), Mode::Compatible) => signer.aes_key(key).compatible(message),
        (Some(key), Mode::Encrypted) => signer.aes_key(key).encrypted(message),
        _ => signer.plain(message),
    }
}
