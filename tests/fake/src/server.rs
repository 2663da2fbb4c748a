//! Starting, stopping, and what tests ask of it.

mod card;
mod merchant;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use weixin::Endpoint;
use weixin_runtime::Field;

use crate::act::{self, ActError};
use crate::clock::Clock;
use crate::engine::Engine;
use crate::fault::Plan;
use crate::http;
use crate::lock::lock;
use crate::log::Entry;
use crate::push::{self, Delivery, PushTarget, Pusher};
use crate::state::State;
use crate::store::Store;
use crate::watch::{Seen, Watcher};

/// Why a fake did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address cannot be used.
    Address(SocketAddr, std::io::Error),
    /// The file with the state cannot be used.
    State(PathBuf, String),
    /// An account has no id or no secret.
    Account(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Address(address, error) => {
                write!(f, "cannot listen on {address}: {error}; is another program there?")
            }
            StartError::State(path, why) => write!(f, "cannot use the state in {}: {why}", path.display()),
            StartError::Account(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StartError::Address(_, error) => Some(error),
            StartError::State(..) | StartError::Account(_) => None,
        }
    }
}

/// How a fake starts.
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder {
    address: SocketAddr,
    state: Option<PathBuf>,
    accounts: Vec<(String, String)>,
    seed: u64,
    push: Option<PushTarget>,
    patience: Duration,
    watcher: Watcher,
}

impl Default for Builder {
    fn default() -> Self {
        Builder {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            state: None,
            accounts: Vec::new(),
            seed: 20_261_201,
            push: None,
            patience: push::PATIENCE,
            watcher: Watcher::default(),
        }
    }
}

impl Builder {
    /// Listens there. Port 0, the default, is any free one.
    pub fn address(self, address: SocketAddr) -> Self {
        Builder { address, ..self }
    }

    /// Keeps the state in this file, where a fake that is started again finds it.
    pub fn state(self, path: impl Into<PathBuf>) -> Self {
        Builder { state: Some(path.into()), ..self }
    }

    /// Has this account. Without any there is one that is made up.
    pub fn account(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.accounts.push((id.into(), secret.into()));
        self
    }

    /// Makes ids, and throws dice, from this seed.
    pub fn seed(self, seed: u64) -> Self {
        Builder { seed, ..self }
    }

    /// Sends events there.
    pub fn push_to(self, target: PushTarget) -> Self {
        Builder { push: Some(target), ..self }
    }

    /// Waits so long for the answer to a push, and not for five seconds as WeChat does.
    pub fn patience(self, patience: Duration) -> Self {
        Builder { patience, ..self }
    }

    /// Tells of every call and every push as it happens. What it calls must not take long.
    pub fn watch(self, tell: impl Fn(Seen<'_>) + Send + Sync + 'static) -> Self {
        Builder { watcher: Watcher::new(tell), ..self }
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// Where the address or the file cannot be used.
    pub async fn start(self) -> Result<Server, StartError> {
        let (mut state, mut store) = (State::new(), None);
        if let Some(path) = &self.state {
            let failed = |why: String| StartError::State(path.clone(), why);
            let opened = Store::open(path).map_err(|error| failed(error.to_string()))?;
            opened.load(&mut state).map_err(|error| failed(error.0))?;
            store = Some(opened);
        }
        let accounts = if self.accounts.is_empty() { vec![made_up()] } else { self.accounts.clone() };
        let listener = http::listen(self.address).map_err(|error| StartError::Address(self.address, error))?;
        let address = listener.local_addr().map_err(|error| StartError::Address(self.address, error))?;
        let clock = Clock::new(state.settings.get(act::CLOCK).and_then(serde_json::Value::as_i64).unwrap_or(0));
        let pusher = Pusher::new(self.patience, clock.clone(), self.watcher.hear());
        pusher.set(self.push.clone());
        // Ids of a run do not meet those of the run before.
        let seed = self.seed ^ (state.cards.len() as u64) << 32 ^ state.counted.len() as u64;
        let engine = Engine::new(state, store, clock, seed, pusher, self.watcher, format!("http://{address}"));
        for (id, secret) in &accounts {
            engine.open_account(id, secret).map_err(|error| StartError::Account(error.to_string()))?;
        }
        let engine = Arc::new(engine);
        let (stop, stopped) = watch::channel(());
        tokio::spawn(http::accept(listener, engine.clone(), stopped));
        Ok(Server { engine, accounts, _stop: stop })
    }
}

/// The account that there is without any.
fn made_up() -> (String, String) {
    ("wxfa4e000000000001".to_owned(), "0123456789abcdef0123456789abcdef".to_owned())
}

/// A fake that runs, until it is dropped.
pub struct Server {
    engine: Arc<Engine>,
    accounts: Vec<(String, String)>,
    /// Connections end when this is dropped.
    _stop: watch::Sender<()>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("url", &self.engine.url).finish_non_exhaustive()
    }
}

impl Server {
    /// Starts one on a free port of this machine, with an account that is made up and nothing else.
    ///
    /// # Errors
    ///
    /// Where no port is free.
    pub async fn start() -> Result<Server, StartError> {
        Server::builder().start().await
    }

    /// How one starts.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it is: what the client gets as its base URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.engine.url
    }

    /// AppID and AppSecret of the first account.
    #[must_use]
    pub fn account(&self) -> (&str, &str) {
        self.accounts.first().map(|(id, secret)| (id.as_str(), secret.as_str())).unwrap_or_default()
    }

    /// The clock of the fake.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.engine.clock.now()
    }

    /// Moves the clock. Back with a negative number.
    pub fn advance(&self, seconds: i64) {
        self.engine.advance(seconds);
    }

    /// Ends every access token, as WeChat does now and then.
    pub fn expire_tokens(&self) {
        self.engine.expire_tokens();
    }

    /// Plans a failure.
    pub fn fail(&self, plan: Plan) {
        lock(&self.engine.faults).add(plan);
    }

    /// Forgets all planned failures.
    pub fn heal(&self) {
        lock(&self.engine.faults).clear();
    }

    /// Every call that came, the last 10,000 of them.
    #[must_use]
    pub fn calls(&self) -> Vec<Entry> {
        lock(&self.engine.log).iter().cloned().collect()
    }

    /// The requests of one type that were accepted, the first first.
    #[must_use]
    pub fn received<E: Endpoint + Clone + 'static>(&self) -> Vec<E> {
        let log = lock(&self.engine.log);
        log.iter().filter_map(|entry| entry.accepted.as_ref()?.get::<E>().cloned()).collect()
    }

    /// The requests of one type that were accepted, where there are exactly so many.
    ///
    /// # Panics
    ///
    /// Where there are more or fewer. The message lists every call that came.
    #[track_caller]
    pub fn assert_received<E: Endpoint + Clone + 'static>(&self, count: usize) -> Vec<E> {
        let received = self.received::<E>();
        // An assertion for tests: to panic is what it is for.
        assert!(received.len() == count, "{}", self.told(E::META.path, count, received.len()));
        received
    }

    fn told(&self, path: &str, expected: usize, accepted: usize) -> String {
        let calls = self.calls();
        let each = calls.iter().map(|entry| format!("\n  {}", entry.line()));
        let came = if calls.is_empty() { "no call came".to_owned() } else { format!("{} came:", calls.len()) };
        format!("{accepted} accepted calls of {path}, not {expected}; {came}{}", each.collect::<String>())
    }

    /// Forgets everything but the accounts and the address for pushes: state, clock, failures, calls.
    pub fn reset(&self) {
        self.engine.reset();
    }

    /// Has this account from now on, with this secret.
    ///
    /// # Errors
    ///
    /// Where one of them is empty.
    pub fn open_account(&self, id: &str, secret: &str) -> Result<(), ActError> {
        self.engine.open_account(id, secret)
    }

    /// Lets each account call a path so often a day; as often as is documented with `None`.
    ///
    /// # Errors
    ///
    /// Where no endpoint has this path.
    pub fn limit(&self, path: &str, day: impl Into<Option<u64>>) -> Result<(), ActError> {
        self.engine.limit(path, day.into())
    }

    /// Pushes an event now, in the name of the first account.
    ///
    /// # Errors
    ///
    /// Where there is no address for pushes.
    pub fn push(&self, event: &dyn Field) -> Result<(), ActError> {
        self.engine.push(Some(self.account().0), event)
    }

    /// Sends events there from now on; nowhere with `None`.
    pub fn push_to(&self, target: impl Into<Option<PushTarget>>) {
        self.engine.pusher.set(target.into());
    }

    /// What became of the pushes so far.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.engine.pusher.deliveries()
    }

    /// What there is, to look at.
    pub fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&lock(&self.engine.state))
    }

    /// What there is, to change: for what no call can do.
    pub fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        self.engine.change(change)
    }
}
