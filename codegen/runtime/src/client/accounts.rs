//! Clients that share most of what they have: for many accounts in one process, and for calls with another time.

use std::sync::Arc;
use std::time::Duration;

use super::renewal::Renewals;
use super::shared::{Client, Shared, Tokens};
use crate::account::{Account, Keeper};
use crate::token::TokenSource;

impl Client {
    /// A client for another account, with the connections and all settings of this one. Keep it: each one made here gets
    /// a token of its own, unless a [`TokenStore`](crate::TokenStore) is set.
    #[must_use]
    pub fn for_account(&self, account: Account) -> Client {
        let keeper = Keeper::new(self.0.store.clone());
        self.with(Tokens::Account(account, keeper))
    }

    /// The same, with access tokens that come from elsewhere: those of an account that has authorized a third-party
    /// platform, for instance.
    #[must_use]
    pub fn for_token_source(&self, source: impl TokenSource + 'static) -> Client {
        self.with(Tokens::Source(Box::new(source), Renewals::default()))
    }

    /// The same client, whose calls may take so long as a whole: [`ClientBuilder::timeout`](crate::ClientBuilder::timeout)
    /// for some calls.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # let client = weixin_runtime::Client::builder().access_token("a").build().unwrap();
    /// let patient = client.with_timeout(Duration::from_secs(120));
    /// ```
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Client {
        Client(Arc::new(Shared { timeout, ..(*self.0).clone() }))
    }

    fn with(&self, tokens: Tokens) -> Client {
        Client(Arc::new(Shared {
            tokens: Arc::new(tokens),
            gate: self.0.gate.for_another_account(),
            #[cfg(feature = "jsapi")]
            tickets: Arc::default(),
            ..(*self.0).clone()
        }))
    }
}
