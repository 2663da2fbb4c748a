//! One call, from the address to the answer.
//!
//! The order is that of the platform: verb, token, quota, body. What a test asks to fail fails before anything is done, or after.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use hyper::body::Bytes;
use serde_json::Value;
use weixin::server::{ENDPOINTS, REFUSALS};
use weixin::{Meta, Part};
use weixin_runtime::server::{Incoming, Served};

use crate::behave::{self, Behavior, Call};
use crate::clock::Clock;
use crate::fault::{Fault, Faults};
use crate::id::Ids;
use crate::lock::lock;
use crate::log::{self, Entry, Log, Wire};
use crate::push::Pusher;
use crate::reply::{self, Fail, Reply};
use crate::state::State;
use crate::store::Store;
use crate::watch::{Seen, Watcher};

/// What all connections share.
pub(crate) struct Engine {
    pub(crate) state: Mutex<State>,
    pub(crate) clock: Clock,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) log: Mutex<Log>,
    pub(crate) ids: Mutex<Ids>,
    pub(crate) pusher: Pusher,
    watcher: Watcher,
    store: Option<Mutex<Store>>,
    behaviors: HashMap<&'static str, Behavior>,
    served: HashMap<&'static str, &'static Served>,
    /// Where the fake is: `http://127.0.0.1:8080`.
    pub(crate) url: String,
}

/// What came over the network.
#[derive(Debug, Default)]
pub(crate) struct Came {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
    pub(crate) parts: Vec<Part>,
    /// Whether the body had more bytes than are taken.
    pub(crate) is_too_long: bool,
}

/// What goes back, which may be nothing because a test wants it so.
pub(crate) enum Outcome {
    Reply(Reply),
    /// The connection ends.
    Cut,
    /// Nothing, ever.
    Silence,
    /// A body that never ends.
    Endless,
}

impl Engine {
    pub(crate) fn new(
        state: State,
        store: Option<Store>,
        clock: Clock,
        seed: u64,
        pusher: Pusher,
        watcher: Watcher,
        url: String,
    ) -> Self {
        Engine {
            state: Mutex::new(state),
            clock,
            faults: Mutex::default(),
            log: Mutex::default(),
            ids: Mutex::new(Ids::new(seed)),
            pusher,
            watcher,
            store: store.map(Mutex::new),
            behaviors: behave::all().into_iter().collect(),
            served: ENDPOINTS.iter().map(|served| (served.meta().path, served)).collect(),
            url,
        }
    }

    /// Changes what there is, and writes it down before anybody learns of it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = lock(&self.state);
        let done = change(&mut state);
        if let Some(store) = &self.store {
            // Under the lock: the file gets the changes in their order.
            if let Err(error) = lock(store).write(state.changes()) {
                eprintln!("error: the state cannot be written down: {error}");
                std::process::exit(1);
            }
        }
        done
    }

    /// Takes a call and answers it.
    pub(crate) async fn take(self: &Arc<Self>, came: Came) -> Outcome {
        let begun = Instant::now();
        let fault = lock(&self.faults).pick(&came.path, &mut lock(&self.ids));
        if let Some(Fault::Latency(milliseconds)) = fault {
            tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        }
        let mut entry = Entry {
            number: 0,
            at: self.clock.now(),
            method: came.method.clone(),
            path: came.path.clone(),
            wire: Wire { query: came.query.clone(), headers: came.headers.clone(), body: came.body.clone() },
            app: None,
            request: None,
            accepted: None,
            status: Some(200),
            code: weixin::API.envelope.ok,
            name: "",
            response: Value::Null,
            fault: fault.as_ref().map(Fault::to_string),
            micros: 0,
        };
        let outcome = self.outcome(&came, fault, &mut entry);
        entry.name = if entry.response.is_null() { "" } else { log::name_of(entry.code) };
        entry.micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        lock(&self.log).add(&mut entry);
        self.watcher.tell(Seen::Call(&entry));
        outcome
    }

    fn outcome(self: &Arc<Self>, came: &Came, fault: Option<Fault>, entry: &mut Entry) -> Outcome {
        match fault {
            Some(Fault::CutBefore) => {
                entry.status = None;
                return Outcome::Cut;
            }
            Some(Fault::Silence) => {
                entry.status = None;
                return Outcome::Silence;
            }
            Some(Fault::Endless) => return Outcome::Endless,
            Some(Fault::Answer { status, content_type, body }) => {
                entry.status = Some(status);
                entry.response = serde_json::from_str(&body).unwrap_or_default();
                entry.code = reply::code_of(&entry.response);
                return Outcome::Reply(Reply { status, ..Reply::new(content_type, body) });
            }
            Some(Fault::BadGateway) => {
                entry.status = Some(502);
                let body = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
                return Outcome::Reply(Reply { status: 502, ..Reply::new("text/html", body) });
            }
            _ => {}
        }
        let done = match fault {
            Some(Fault::Code(code)) => Err(Fail::new(code)),
            _ => self.call(came, entry),
        };
        let rid = lock(&self.ids).rid(entry.at);
        let response = done.map_or_else(|fail| reply::failure(&fail, &rid), reply::success);
        entry.code = reply::code_of(&response);
        entry.response = response.clone();
        if fault == Some(Fault::CutAfter) {
            entry.status = None;
            return Outcome::Cut;
        }
        Outcome::Reply(crate::fault::spoil(response, fault.as_ref()))
    }

    fn call(self: &Arc<Self>, came: &Came, entry: &mut Entry) -> Result<Value, Fail> {
        let served = *self.served.get(came.path.as_str()).ok_or(REFUSALS.path)?;
        let meta = served.meta();
        if came.method != meta.method.as_str() {
            return Err(match meta.method {
                weixin::Method::Get => REFUSALS.get,
                weixin::Method::Post => REFUSALS.post,
            }
            .into());
        }
        let now = entry.at;
        let app = self.caller(came, meta, now)?;
        entry.app.clone_from(&app);
        if came.is_too_long {
            return Err(REFUSALS.long_body.into());
        }
        if let Some(app) = &app {
            self.change(|state| behave::quota::count(state, app, served, now))?;
        }
        let incoming = Incoming { query: &came.query, body: &came.body, parts: &came.parts };
        let accepted = served.accept(incoming, &REFUSALS);
        let accepted = accepted.map_err(|refused| Fail::new(refused.code).hint(refused.to_string()))?;
        let accepted = Arc::new(accepted);
        entry.request = log::shown(accepted.json());
        entry.accepted = Some(accepted.clone());
        if app.is_none() {
            self.change(|state| match behave::quota::applicant(state, &accepted) {
                Some(app) => behave::quota::count(state, &app, served, now),
                None => Ok(()),
            })?;
        }
        let Some(behavior) = self.behaviors.get(meta.path) else {
            return Ok(serde_json::from_str(served.example()).unwrap_or_default());
        };
        let app = app.unwrap_or_default();
        let (done, pushes) = self.change(|state| {
            let ids = &mut *lock(&self.ids);
            let mut call = Call { state, ids, app, now, url: &self.url, served, pushes: Vec::new() };
            let done = behavior(&mut call, &accepted);
            (done, call.pushes)
        });
        self.pusher.send(pushes);
        done
    }

    /// The account that calls, by its token.
    fn caller(&self, came: &Came, meta: &Meta, now: u64) -> Result<Option<String>, Fail> {
        if meta.token_param.is_empty() {
            return Ok(None);
        }
        let token = came.query.iter().find(|(name, _)| name == meta.token_param).map(|(_, value)| value.as_str());
        let token = token.filter(|token| !token.is_empty()).ok_or(REFUSALS.no_token)?;
        let state = lock(&self.state);
        match state.tokens.get(token) {
            None => Err(REFUSALS.wrong_token.into()),
            Some(token) if token.until <= now => Err(REFUSALS.old_token.into()),
            Some(token) => Ok(Some(token.app.clone())),
        }
    }
}
