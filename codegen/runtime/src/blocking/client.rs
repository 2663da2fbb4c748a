//! The client that blocks.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::driver::Driver;
use super::lists::{Items, Pages, SpanResponses};
use crate::account::Account;
use crate::client::{self, Caller, Sealed};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::inspect::Inspected;
use crate::json::Json;
#[cfg(feature = "jsapi")]
use crate::meta::TicketIssue;
use crate::meta::{Api, Meta, Method};
use crate::paging::Paged;
use crate::response::RawResponse;
use crate::spans::{Spanned, Spans};
#[cfg(feature = "jsapi")]
use crate::ticket::Ticket;
use crate::token::{BoxFuture, TokenSource};

/// Sets up a [`Client`], by the same methods as its like for async code.
pub type ClientBuilder = client::ClientBuilder<Client>;

/// Sends requests, and returns when the response is there. Cloning it is cheap, and any number of threads may use it at
/// once; the clones share their connections, and one thread that looks after them. It ends with the last of them.
///
/// All that is said of the [client for async code](client::Client) holds for this one. Inside async code it sends nothing: the
/// error says what to do instead.
#[derive(Clone)]
pub struct Client {
    client: client::Client,
    driver: Arc<Driver>,
}

impl Client {
    /// A client yet to be set up.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Sends a request and reads the response. What is odd in it without being wrong is logged as a warning.
    pub fn send<E: Endpoint>(&self, request: &E) -> Result<E::Response, Error> {
        self.driver.run(E::META, self.client.send(request))?
    }

    /// Like [`send`](Self::send), and tells what in the response could not be read and what is not documented.
    pub fn inspect<E: Endpoint>(&self, request: &E) -> Result<Inspected<E::Response>, Error> {
        self.driver.run(E::META, self.client.inspect(request))?
    }

    /// Sends a request and gives the whole response, also one that tells an error code.
    pub fn send_raw<E: Endpoint>(&self, request: &E) -> Result<RawResponse, Error> {
        self.driver.run(E::META, self.client.send_raw(request))?
    }

    /// Calls an endpoint that the crate has no type for: see [`Client::call`](client::Client::call).
    pub fn call(&self, api: &'static Api, method: Method, path: &str, body: &Json) -> Result<Json, Error> {
        self.driver.run(client::Client::described(api, method, path)?, self.client.call(api, method, path, body))?
    }

    /// The pages of a long list, from this request on. Nothing is sent before the first one is asked for.
    pub fn pages<E: Paged>(&self, request: &E) -> Pages<E> {
        Pages::new(self.client.pages(request), self.driver.clone())
    }

    /// The items of a long list, from the page of this request on. Nothing is sent before the first one is asked for.
    pub fn items<E: Paged>(&self, request: &E) -> Items<E> {
        Items::new(self.client.items(request), self.driver.clone())
    }

    /// A client for another account, with the connections and all settings of this one. Keep it: each one made here gets
    /// a token of its own, unless a [`TokenStore`](crate::TokenStore) is set.
    #[must_use]
    pub fn for_account(&self, account: Account) -> Client {
        self.with(self.client.for_account(account))
    }

    /// The same, with access tokens that come from elsewhere: those of an account that has authorized a third-party
    /// platform, for instance.
    #[must_use]
    pub fn for_token_source(&self, source: impl TokenSource + 'static) -> Client {
        self.with(self.client.for_token_source(source))
    }

    /// The same client, whose calls may take so long as a whole: [`timeout`](client::ClientBuilder::timeout) for some calls.
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Client {
        self.with(self.client.with_timeout(timeout))
    }

    /// The current ticket of a kind: see [`Client::ticket`](client::Client::ticket).
    #[cfg(feature = "jsapi")]
    pub fn ticket(&self, issue: &'static TicketIssue) -> Result<Ticket, Error> {
        self.driver.run(issue.meta, self.client.ticket(issue))?
    }

    fn with(&self, client: client::Client) -> Client {
        Client { client, driver: self.driver.clone() }
    }
}

impl client::ClientBuilder<Client> {
    /// The client.
    pub fn build(self) -> Result<Client, Error> {
        Ok(Client { client: self.set_up()?, driver: Driver::start()? })
    }
}

impl Sealed for Client {}

impl Caller for Client {
    type Sending<T> = Result<T, Error>;
    type Pages<E: Paged> = Pages<E>;
    type Items<E: Paged> = Items<E>;
    type SpanResponses<E: Spanned> = SpanResponses<E>;
    type Answer<T> = Result<T, Error>;

    fn send<E: Endpoint>(&self, request: &E) -> Result<E::Response, Error> {
        self.send(request)
    }

    fn send_raw<E: Endpoint>(&self, request: &E) -> Result<RawResponse, Error> {
        self.send_raw(request)
    }

    fn pages<E: Paged>(&self, request: &E) -> Pages<E> {
        self.pages(request)
    }

    fn items<E: Paged>(&self, request: &E) -> Items<E> {
        self.items(request)
    }

    fn send_spans<E: Spanned>(&self, spans: Spans<E>) -> SpanResponses<E> {
        SpanResponses::new(self.client.send_spans(spans), self.driver.clone())
    }

    fn answer<T, F>(&self, endpoint: &'static Meta, calls: F) -> Result<T, Error>
    where
        F: FnOnce(&client::Client) -> BoxFuture<'static, Result<T, Error>>,
    {
        self.driver.run(endpoint, calls(&self.client))?
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}
