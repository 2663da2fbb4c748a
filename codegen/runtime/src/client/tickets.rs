//! Tickets, which are kept like the access tokens of accounts.

use std::borrow::Cow;
use std::sync::{Arc, PoisonError};

use super::deadline::Deadline;
use super::exchange::Exchange;
use super::observed::WatchedCall;
use super::sending::Sending;
use super::shared::{Client, Tokens};
use crate::account::{Fetched, Issuer, Keeper, fixed, read};
use crate::endpoint::WireRequest;
use crate::error::{Error, Fault, NoToken};
use crate::meta::TicketIssue;
use crate::ticket::Ticket;
use crate::token::BoxFuture;

impl Client {
    /// The current ticket of a kind. It is kept until shortly before its end, in the token store too where there is one
    /// and the client has an account; one call at a time asks for another.
    pub async fn ticket(&self, issue: &'static TicketIssue) -> Result<Ticket, Error> {
        let failed = |no_token| Error::new(Some(issue.meta), Fault::Token(no_token));
        let keeper = self.keeper(issue);
        let issuer = || self.ticket_issuer(issue);
        let ticket = Deadline::after(self.0.timeout).within(keeper.token(&issuer)).await;
        let ticket = ticket.map_err(|late| failed(NoToken::new(late.into())))?;
        ticket.map(Ticket::of).map_err(failed)
    }

    fn keeper(&self, issue: &'static TicketIssue) -> Arc<Keeper> {
        let mut keepers = self.0.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        let store = match &*self.0.tokens {
            Tokens::Account(..) => self.0.store.clone(),
            // Nobody knows whose token it is, so that tickets of several accounts would get mixed up in a store.
            Tokens::Source(..) => None,
        };
        keepers.entry(issue.name).or_insert_with(|| Keeper::new(store)).clone()
    }

    fn ticket_issuer(&self, issue: &'static TicketIssue) -> Arc<dyn Issuer> {
        let owner = match &*self.0.tokens {
            Tokens::Account(account, _) => account.id.clone(),
            Tokens::Source(..) => String::new(),
        };
        let key = format!("{owner}/ticket/{}", issue.name);
        Arc::new(TicketIssuer { client: self.clone(), issue, owner, key })
    }
}

struct TicketIssuer {
    client: Client,
    issue: &'static TicketIssue,
    owner: String,
    key: String,
}

impl Issuer for TicketIssuer {
    fn what(&self) -> &'static str {
        "ticket"
    }

    fn owner(&self) -> &str {
        &self.owner
    }

    fn key(&self) -> &str {
        &self.key
    }

    fn can_force(&self) -> bool {
        false
    }

    fn issue(&self, _force: bool) -> BoxFuture<'_, Result<Fetched, NoToken>> {
        Box::pin(async move {
            let TicketIssue { meta, ticket, expires_in, .. } = *self.issue;
            let members = fixed(self.issue.fixed).map(|(key, json)| (Cow::from(key), json)).collect();
            let watched = WatchedCall::new(&self.client.0.hooks, meta);
            let exchange = self.client.clone().exchange(meta, None, WireRequest::of(meta, members), false);
            let response = Sending::of(exchange, Exchange::raw, watched).await.map_err(NoToken::of_ticket)?;
            read(meta, ticket, expires_in, &response).map_err(NoToken::of_ticket)
        })
    }
}
