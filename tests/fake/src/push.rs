//! Events to the address of the account: signed, plain, compatible or encrypted, in XML or JSON, and tried three times.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;
use weixin::push::{SignedPush, Signer};
use weixin_runtime::Field;

use crate::clock::{self, Clock};
use crate::engine::lock;
use crate::watch::{Seen, Watcher};

/// How often a push is tried, and how long an answer may take.
const TRIES: u32 = 3;
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// How many deliveries are kept.
const KEPT: usize = 1_000;

/// How pushes are protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// As XML.
    #[default]
    Xml,
    /// As JSON.
    Json,
}

/// Where pushes go, and how.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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

impl PushTarget {
    /// What is wrong with it.
    pub(crate) fn check(&self) -> Result<(), String> {
        let url = reqwest::Url::parse(&self.url).map_err(|error| format!("`url` is no address: {error}"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("`url` begins with http or https, not {}", url.scheme()));
        }
        match (&self.aes_key, self.mode) {
            (None, Mode::Compatible | Mode::Encrypted) => Err("`mode` needs an `aes_key`".to_owned()),
            (Some(key), _) if !is_key(key) => Err("an `aes_key` has 43 letters of base64".to_owned()),
            _ => Ok(()),
        }
    }
}

fn is_key(key: &str) -> bool {
    key.len() == 43 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte))
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

    /// What happened.
    fn event(&self) -> String {
        let members: serde_json::Value = serde_json::from_str(&self.json).unwrap_or_default();
        members.get("Event").and_then(|event| event.as_str()).unwrap_or_default().to_owned()
    }
}

/// What became of a push.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Delivery {
    /// Its number, from 1.
    pub number: u64,
    /// The seconds at which it was sent, by the clock of the fake.
    pub at: u64,
    /// The account.
    pub app: String,
    /// What happened, such as `user_get_card`.
    pub event: String,
    /// The event, as it was written.
    pub message: String,
    /// How often it was tried.
    pub tries: u32,
    /// Whether it was answered as it should be.
    pub arrived: bool,
    /// What came back last, or why nothing did.
    pub answer: String,
}

impl Delivery {
    /// The delivery in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let tries = if self.tries == 1 { "1 try".to_owned() } else { format!("{} tries", self.tries) };
        let outcome = if self.arrived { "arrived" } else { "given up" };
        let why = if self.arrived { String::new() } else { format!(": {}", one_line(&self.answer)) };
        format!("{} push {} {outcome} after {tries}{why}", clock::time(self.at), one_line(&self.event))
    }
}

/// The beginning of a text that somebody else wrote, in one line.
fn one_line(text: &str) -> String {
    text.chars().take(120).map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// Sends pushes.
#[derive(Clone)]
pub(crate) struct Pusher {
    shared: Arc<Shared>,
    /// Where tasks run: what asks for a push may stand outside of them.
    runtime: Handle,
}

struct Shared {
    target: Mutex<Option<PushTarget>>,
    deliveries: Mutex<Deliveries>,
    /// Made when it is needed: most fakes push nothing.
    http: OnceLock<reqwest::Client>,
    patience: Duration,
    clock: Clock,
    watcher: Watcher,
}

#[derive(Default)]
struct Deliveries {
    kept: VecDeque<Delivery>,
    made: u64,
}

impl Pusher {
    pub(crate) fn new(patience: Duration, clock: Clock, watcher: Watcher) -> Self {
        let http = OnceLock::new();
        let (target, deliveries) = (Mutex::default(), Mutex::default());
        let shared = Shared { target, deliveries, http, patience, clock, watcher };
        Pusher { shared: Arc::new(shared), runtime: Handle::current() }
    }

    pub(crate) fn set(&self, target: Option<PushTarget>) {
        *lock(&self.shared.target) = target;
    }

    pub(crate) fn target(&self) -> Option<PushTarget> {
        lock(&self.shared.target).clone()
    }

    /// What became of the pushes so far.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        lock(&self.shared.deliveries).kept.iter().cloned().collect()
    }

    /// Forgets what became of the pushes so far.
    pub(crate) fn forget(&self) {
        lock(&self.shared.deliveries).kept.clear();
    }

    /// Sends pushes one after the other, behind the back of the caller.
    pub(crate) fn send(&self, pushes: Vec<Pushed>) {
        let Some(target) = self.target().filter(|_| !pushes.is_empty()) else { return };
        let shared = self.shared.clone();
        self.runtime.spawn(async move {
            for push in pushes {
                shared.deliver(&target, &push).await;
            }
        });
    }
}

impl Shared {
    /// Sends a push as often as the target wants it. Each time it is the same to the letter.
    async fn deliver(&self, target: &PushTarget, push: &Pushed) {
        let message = match target.format {
            Format::Xml => &push.xml,
            Format::Json => &push.json,
        };
        // What cannot be signed is told like what did not arrive.
        let signed = target.check().map(|()| sign(target, &push.app, message));
        for _ in 0..=target.duplicates {
            let mut delivery = Delivery {
                number: 0,
                at: self.clock.now(),
                app: push.app.clone(),
                event: push.event(),
                message: message.clone(),
                tries: 0,
                arrived: false,
                answer: String::new(),
            };
            match &signed {
                Ok(signed) => self.try_thrice(&target.url, signed, &mut delivery).await,
                Err(why) => delivery.answer.clone_from(why),
            }
            self.keep(&mut delivery);
            self.watcher.tell(Seen::Delivery(&delivery));
        }
    }

    async fn try_thrice(&self, url: &str, signed: &SignedPush, delivery: &mut Delivery) {
        while delivery.tries < TRIES && !delivery.arrived {
            delivery.tries += 1;
            (delivery.arrived, delivery.answer) = self.post(url, signed).await;
        }
    }

    /// Whether it was answered as it should be, and what came back.
    async fn post(&self, url: &str, signed: &SignedPush) -> (bool, String) {
        let url = format!("{url}{}{}", if url.contains('?') { '&' } else { '?' }, signed.query);
        let request = self
            .http
            .get_or_init(reqwest::Client::new)
            .post(url)
            .header("content-type", signed.content_type)
            .body(signed.body.clone());
        match request.timeout(self.patience).send().await {
            Ok(response) => {
                let status = response.status();
                match response.text().await {
                    Ok(answer) if status.is_success() => (is_answer(&answer), answer),
                    Ok(answer) => (false, format!("{status}: {answer}")),
                    Err(error) => (false, reason(error)),
                }
            }
            Err(error) => (false, reason(error)),
        }
    }

    fn keep(&self, delivery: &mut Delivery) {
        let mut deliveries = lock(&self.deliveries);
        deliveries.made += 1;
        delivery.number = deliveries.made;
        if deliveries.kept.len() == KEPT {
            deliveries.kept.pop_front();
        }
        deliveries.kept.push_back(delivery.clone());
    }
}

/// Why nothing came back. The address has the signature in it, which is nobody else's.
fn reason(error: reqwest::Error) -> String {
    if error.is_timeout() { "no answer in time".to_owned() } else { with_causes(&error.without_url()) }
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |told, cause| format!("{told}: {cause}"))
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
