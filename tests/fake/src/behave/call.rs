//! A call that was accepted, and how an endpoint says what it does.

use serde_json::Value;
use weixin::Endpoint;
use weixin_runtime::Field;
use weixin_runtime::server::{Accepted, Served};

use crate::id::Ids;
use crate::push::Pushed;
use crate::reply::{Fail, typed};
use crate::state::State;

/// A call that was accepted, and what it may change.
pub(crate) struct Call<'c> {
    /// What there is.
    pub(crate) state: &'c mut State,
    /// Makes ids.
    pub(crate) ids: &'c mut Ids,
    /// The account that calls; empty where no token tells it.
    pub(crate) app: String,
    /// The seconds since 1970.
    pub(crate) now: u64,
    /// Where the fake is.
    pub(crate) url: &'c str,
    /// The endpoint.
    pub(crate) served: &'c Served,
    /// What is to be pushed once all is written down.
    pub(crate) pushes: Vec<Pushed>,
}

/// What a call does.
pub(crate) type Behavior = Box<dyn Fn(&mut Call<'_>, &Accepted) -> Result<Value, Fail> + Send + Sync>;

/// A path, and what it does.
pub(crate) type Entry = (&'static str, Behavior);

/// What an endpoint does whose response is made of its types.
pub(super) fn on<E: Endpoint<Response: Field> + 'static>(
    act: impl Fn(&mut Call<'_>, &E) -> Result<E::Response, Fail> + Send + Sync + 'static,
) -> Entry {
    on_json::<E>(move |call, request| act(call, request).map(|response| typed(&response)))
}

/// What an endpoint does whose response is JSON that is stored as it is.
pub(super) fn on_json<E: Endpoint + 'static>(
    act: impl Fn(&mut Call<'_>, &E) -> Result<Value, Fail> + Send + Sync + 'static,
) -> Entry {
    let behavior = move |call: &mut Call<'_>, accepted: &Accepted| match accepted.get::<E>() {
        Some(request) => act(call, request),
        // The table of endpoints and this one would have to disagree on the type.
        None => Err(weixin::server::REFUSALS.busy.into()),
    };
    (E::META.path, Box::new(behavior))
}
