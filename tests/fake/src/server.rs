//! Starting, stopping, and what tests ask of it.

mod merchant;

use std::convert::Infallible;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, header};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use weixin::{Endpoint, File, Part};

use crate::clock::Clock;
use crate::engine::{Came, Engine, Outcome, lock};
use crate::fault::Plan;
use crate::log::Entry;
use crate::push::{Delivery, PushTarget, Pusher};
use crate::state::{Account, State};
use crate::store::Store;

/// The most bytes that a body may have.
const MOST_BYTES: usize = 4 << 20;

/// How many connections may wait to be taken.
const BACKLOG: u32 = 4_096;

/// The settings under which the time is kept.
const CLOCK: &str = "clock";

/// Why a fake did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address cannot be used.
    Address(SocketAddr, std::io::Error),
    /// The file with the state cannot be used.
    State(PathBuf, String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Address(address, error) => {
                write!(f, "cannot listen on {address}: {error}; is another program there?")
            }
            StartError::State(path, why) => write!(f, "cannot use the state in {}: {why}", path.display()),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StartError::Address(_, error) => Some(error),
            StartError::State(..) => None,
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
}

impl Default for Builder {
    fn default() -> Self {
        Builder {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            state: None,
            accounts: Vec::new(),
            seed: 20_261_201,
            push: None,
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
        let listener = listen(self.address).map_err(|error| StartError::Address(self.address, error))?;
        let address = listener.local_addr().map_err(|error| StartError::Address(self.address, error))?;
        let clock = Clock::new(state.settings.get(CLOCK).and_then(serde_json::Value::as_i64).unwrap_or(0));
        let pusher = Pusher::new();
        pusher.set(self.push.clone());
        // Ids of a run do not meet those of the run before.
        let seed = self.seed ^ (state.cards.len() as u64) << 32 ^ state.counted.len() as u64;
        let engine = Engine::new(state, store, clock, seed, pusher, format!("http://{address}"));
        engine.change(|state| accounts.iter().for_each(|(id, secret)| open(state, id, secret)));
        let engine = Arc::new(engine);
        let (stop, stopped) = watch::channel(());
        tokio::spawn(accept(listener, engine.clone(), stopped));
        Ok(Server { engine, accounts, _stop: stop })
    }
}

/// The account that there is without any.
fn made_up() -> (String, String) {
    ("wxfa4e000000000001".to_owned(), "0123456789abcdef0123456789abcdef".to_owned())
}

fn open(state: &mut State, id: &str, secret: &str) {
    if state.accounts.get(id).is_none_or(|account| account.secret != secret) {
        let original_id = format!("gh_{}", &id[id.len().saturating_sub(12)..]);
        state.accounts.put(id, Account { secret: secret.to_owned(), original_id, ..Account::default() });
    }
}

fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
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
        self.engine.clock.advance(seconds);
        let offset = self.engine.clock.offset();
        self.engine.change(|state| state.settings.put(CLOCK, offset.into()));
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
    pub fn received<E: Endpoint + weixin_runtime::Blank>(&self) -> Vec<E> {
        let log = lock(&self.engine.log);
        let own = log.iter().filter(|entry| entry.path == E::META.path);
        own.filter_map(|entry| weixin_runtime::json::read(entry.request.as_ref()?.to_string().as_bytes()).ok())
            .collect()
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

async fn accept(listener: TcpListener, engine: Arc<Engine>, mut stopped: watch::Receiver<()>) {
    loop {
        tokio::select! {
            // An error here means that the server was dropped.
            _ = stopped.changed() => return,
            taken = listener.accept() => match taken {
                Ok((stream, _)) => drop(tokio::spawn(talk(stream, engine.clone(), stopped.clone()))),
                // Too many files are open, say: others will be closed.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
        }
    }
}

/// One connection.
async fn talk(stream: TcpStream, engine: Arc<Engine>, mut stopped: watch::Receiver<()>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| handle(request, engine.clone()));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // A connection that ends early is nothing to tell anybody.
        _ = connection => {}
        _ = stopped.changed() => {}
    }
}

/// The connection is to be cut.
#[derive(Debug)]
struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a test wants the connection cut")
    }
}

impl std::error::Error for Cut {}

async fn handle(request: Request<Incoming>, engine: Arc<Engine>) -> Result<Response<Full<Bytes>>, Cut> {
    let (head, body) = request.into_parts();
    let mut came = Came {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: parameters(head.uri.query().unwrap_or_default()),
        ..Came::default()
    };
    match Limited::new(body, MOST_BYTES).collect().await {
        Ok(body) => came.body = body.to_bytes().to_vec(),
        Err(error) if error.is::<LengthLimitError>() => came.is_too_long = true,
        // The caller went away.
        Err(_) => return Err(Cut),
    }
    let content_type = head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if let Ok(boundary) = multer::parse_boundary(content_type) {
        came.parts = parts(std::mem::take(&mut came.body), boundary).await;
    }
    match engine.take(came).await {
        Outcome::Cut => Err(Cut),
        Outcome::Reply(reply) => {
            let mut response = Response::new(Full::new(Bytes::from(reply.body)));
            *response.status_mut() = hyper::StatusCode::from_u16(reply.status).unwrap_or_default();
            response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(reply.content_type));
            Ok(response)
        }
    }
}

/// The parameters of a query. What cannot be decoded is none.
fn parameters(query: &str) -> Vec<(String, String)> {
    axum::extract::Query::<Vec<(String, String)>>::try_from_uri(
        &hyper::Uri::builder().path_and_query(format!("/?{query}")).build().unwrap_or_default(),
    )
    .map(|query| query.0)
    .unwrap_or_default()
}

/// The parts of a body. What cannot be read ends them.
async fn parts(body: Vec<u8>, boundary: String) -> Vec<Part> {
    let bytes = Ok::<_, Infallible>(Bytes::from(body));
    let mut form =
        multer::Multipart::new(axum::body::Body::from(bytes.unwrap_or_default()).into_data_stream(), boundary);
    let mut parts = Vec::new();
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        let (file, mime) = (field.file_name().map(str::to_owned), field.content_type().map(ToString::to_string));
        let Ok(bytes) = field.bytes().await else { break };
        parts.push(match file {
            Some(file) => {
                let file = File::new(file, bytes.to_vec());
                Part::file(
                    name,
                    match mime {
                        Some(mime) => file.mime(mime),
                        None => file,
                    },
                )
            }
            None => Part::text(name, String::from_utf8_lossy(&bytes)),
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded() {
        let decoded = parameters("a=1&b=%E5%88%B8&c&d=x+y");
        let expected = [("a", "1"), ("b", "券"), ("c", ""), ("d", "x y")];
        assert_eq!(decoded, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(parameters(""), []);
    }
}
