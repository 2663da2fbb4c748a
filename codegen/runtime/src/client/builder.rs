//! How a client is set up.

use std::error::Error as StdError;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;

use super::gate::Gate;
use super::host::is_in_the_clear;
use super::observed::{self, Hook};
use super::renewal::Renewals;
use super::retries::{Retries, RetryPolicy};
use super::shared::{Client, Shared, Tokens, ValidationPolicy};
use crate::account::{Account, AppSecret, Keeper};
use crate::error::{Error, Fault};
use crate::shown::{self, clean};
use crate::token::{AccessToken, TokenSource, TokenStore};

/// Sets up a client: a [`Client`] unless said otherwise.
#[must_use]
pub struct ClientBuilder<C = Client> {
    base_url: Option<String>,
    fallbacks: Vec<String>,
    allow_plain_http: bool,
    timeout: Duration,
    attempt_timeout: Duration,
    tokens: Option<From>,
    store: Option<Arc<dyn TokenStore>>,
    retries: Arc<dyn RetryPolicy>,
    hooks: Vec<Box<dyn Hook>>,
    /// Why the fixed access token can be none.
    token_fault: Option<&'static str>,
    policy: ValidationPolicy,
    gate: Result<Gate, &'static str>,
    max_body: usize,
    http: reqwest::ClientBuilder,
    /// What is built.
    client: PhantomData<fn() -> C>,
}

/// Where access tokens come from.
enum From {
    Source(Box<dyn TokenSource>),
    Account(Account),
}

/// How long an idle connection is kept. The servers close theirs sooner or later, and a request that meets a closing
/// connection is lost.
const IDLE: Duration = Duration::from_secs(20);

/// How many idle connections to one host are kept.
const MOST_IDLE: usize = 32;

impl Client {
    /// A client yet to be set up.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }
}

impl ClientBuilder {
    /// The client.
    pub fn build(self) -> Result<Client, Error> {
        self.set_up()
    }
}

impl<C> ClientBuilder<C> {
    pub(crate) fn new() -> Self {
        ClientBuilder {
            base_url: None,
            fallbacks: Vec::new(),
            allow_plain_http: false,
            timeout: Duration::from_secs(30),
            attempt_timeout: Duration::from_secs(10),
            tokens: None,
            store: None,
            retries: Arc::new(Retries::new()),
            hooks: Vec::new(),
            token_fault: None,
            policy: ValidationPolicy::default(),
            gate: Ok(Gate::default()),
            max_body: 8 * 1024 * 1024,
            http: reqwest::Client::builder()
                .connect_timeout(Duration::from_secs(10))
                .pool_idle_timeout(IDLE)
                .pool_max_idle_per_host(MOST_IDLE)
                .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"))),
            client: PhantomData,
        }
    }

    /// The host, with a path in front of all paths if there is a gateway: `https://`, or `http://` on this machine, such as
    /// `http://127.0.0.1:8080`. Unless set, each endpoint is called at its usual host.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Other hosts of the same interface, such as those of other regions. A call that cannot reach the host before is sent to
    /// the next one; after any other fault it is not.
    pub fn fallback_hosts<T: Into<String>>(mut self, hosts: impl IntoIterator<Item = T>) -> Self {
        self.fallbacks = hosts.into_iter().map(Into::into).collect();
        self
    }

    /// Allows `http://` to other machines. The access token then goes over the network for everyone to read: only for a
    /// gateway in a network of your own.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// How long one call may take as a whole, from asking for the access token to the last byte of the response, with
    /// the renewal of the token if there is one. 30 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long one attempt may take of a call that only reads; after that it is sent again while there is time. 10
    /// seconds unless set. What changes something has the whole time for one attempt.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How long connecting may take. 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http = self.http.connect_timeout(timeout);
        self
    }

    /// One access token for all calls.
    pub fn access_token(self, token: impl Into<AccessToken>) -> Self {
        let token = token.into();
        let token_fault = token.fault();
        Self { token_fault, ..self.token_source(token) }
    }

    /// Where access tokens come from.
    pub fn token_source(mut self, source: impl TokenSource + 'static) -> Self {
        self.tokens = Some(From::Source(Box::new(source)));
        self.token_fault = None;
        self
    }

    /// The account that calls, by its id and its secret: the client gets its access tokens, keeps them, and renews them
    /// ahead of their end. The secret is a text, a variable of the environment or a function: [`AppSecret`].
    pub fn app(self, id: impl Into<String>, secret: impl Into<AppSecret>) -> Self {
        self.account(Account::new(id, secret))
    }

    /// The same.
    pub fn account(mut self, account: Account) -> Self {
        self.tokens = Some(From::Account(account));
        self.token_fault = None;
        self
    }

    /// Where the tokens of accounts are kept, so that several processes or machines share one. Without it each client
    /// has its own. A token source of your own takes no notice of it.
    pub fn token_store(mut self, store: impl TokenStore + 'static) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Whether and when a call that failed is sent again. [`Retries`] unless set.
    pub fn retries(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.retries = Arc::new(policy);
        self
    }

    /// Code that is told of every request before it is sent and after it came back. May be set several times: each is
    /// told, in the order in which they were set.
    pub fn hook(mut self, hook: impl Hook + 'static) -> Self {
        self.hooks.push(Box::new(hook));
        self
    }

    /// What becomes of a request that breaks documented limits. It is refused unless set otherwise.
    pub fn policy(mut self, policy: ValidationPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// How many requests are sent, a second and a day. No limit unless set.
    #[cfg(feature = "limits")]
    pub fn limits(mut self, limits: super::limits::Limits) -> Self {
        self.gate = Gate::new(limits);
        self
    }

    /// The largest response that is accepted, in bytes. 8 MiB unless set.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sets up the HTTP client: its proxy, certificates and so on.
    ///
    /// Whatever is set there, redirects are not followed, no `Referer` is sent, nothing is repeated and no traffic is logged: each
    /// of them would carry the access token to another place, or do a call twice. Idle connections are kept for 20
    /// seconds, 32 to a host, unless set otherwise there.
    pub fn http(mut self, set_up: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> Self {
        self.http = set_up(self.http);
        self
    }

    pub(crate) fn set_up(self) -> Result<Client, Error> {
        let base_url = self.base_url.as_deref().map(|url| checked(url, self.allow_plain_http)).transpose()?;
        let fallbacks = self.fallbacks.iter().map(|url| checked(url, self.allow_plain_http));
        let fallbacks = fallbacks.collect::<Result<Vec<_>, _>>()?;
        let Some(tokens) = self.tokens else {
            return Err(config("none of app, access_token and token_source is set"));
        };
        if let Some(fault) = self.token_fault {
            return Err(config(fault));
        }
        let gate = self.gate.map_err(config)?;
        let http = self
            .http
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connection_verbose(false)
            .build()
            .map_err(|error| config(&no_http(&error)))?;
        let Self { timeout, attempt_timeout, policy, max_body, allow_plain_http, store, retries, hooks, .. } = self;
        let tokens = Arc::new(match tokens {
            From::Source(source) => Tokens::Source(source, Renewals::default()),
            From::Account(account) => Tokens::Account(account, Keeper::new(store.clone())),
        });
        observed::describe();
        let shared = Shared {
            http,
            base_url,
            fallbacks,
            usual_host: Arc::default(),
            timeout,
            attempt_timeout,
            tokens,
            #[cfg(feature = "jsapi")]
            tickets: Arc::default(),
            store,
            policy,
            retries,
            hooks: hooks.into(),
            gate,
            max_body,
            allow_plain_http,
        };
        Ok(Client(Arc::new(shared)))
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// A base URL to which a path can be added.
fn checked(base_url: &str, allow_plain_http: bool) -> Result<Url, Error> {
    // What was given is not repeated: a wrong one may hold anything, a password too.
    let url = Url::parse(base_url).map_err(|error| config(&format!("base_url: {error}")))?;
    let wrong = if !matches!(url.scheme(), "http" | "https") {
        "it has to begin with http:// or https://"
    } else if !url.username().is_empty() || url.password().is_some() {
        "it must not hold a user name or a password"
    } else if url.query().is_some() || url.fragment().is_some() {
        "it must not have a query or a fragment"
    } else if !allow_plain_http && is_in_the_clear(&url) {
        "http:// would show the access token to whoever listens; use https://, or set allow_plain_http(true)"
    } else {
        return Ok(url);
    };
    Err(config(&format!("base_url: {wrong}")))
}

/// Why there is no HTTP client. The outermost error only says that building it failed.
fn no_http(error: &dyn StdError) -> String {
    let mut why = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        why = error.to_string();
        next = error.source();
    }
    let why = clean(&why, shown::MESSAGE);
    if why.contains("No CA certificates") {
        return format!("{NO_CERTIFICATES} ({why})");
    }
    format!("the HTTP client cannot be built: {why}")
}

const NO_CERTIFICATES: &str = "this machine has no certificates by which to know a server: install the package \
    `ca-certificates`, or name a file of them in SSL_CERT_FILE, or set them with http(|builder| builder.tls_certs_only(…))";

fn config(message: &str) -> Error {
    Error::new(None, Fault::Config(message.to_owned()))
}
