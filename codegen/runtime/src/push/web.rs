//! Pushes as a service of the web: what comes is checked and answered at once, and the work goes to a channel.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRef, FromRequest, Request};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any_service;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tower_service::Service;

use super::fault::PushError;
use super::received::{Push, Received};
use super::receiver::Receiver;
use super::scheme::Protected;

/// All is answered within this time: the server waits five seconds, and the way takes some of them.
const DEADLINE: Duration = Duration::from_millis(4_500);

/// How long a push waits for room, unless it is said.
const PATIENCE: Duration = Duration::from_secs(2);

/// Answers what comes to the address of pushes, and hands new pushes on: a `tower::Service`, and a route of axum.
///
/// A push is answered as soon as it is in the channel, whatever the work takes. Where the channel is full and stays so, the
/// answer is 503, and the server sends the push again.
pub struct PushService<E> {
    receiver: Receiver<E>,
    queue: mpsc::Sender<Push<E>>,
    patience: Duration,
}

/// The pushes that wait to be worked on.
pub struct Inbox<E>(mpsc::Receiver<Push<E>>);

impl<E> Inbox<E> {
    /// The next push. None when the inbox was closed, or every clone of its service is gone, and nothing is left in it.
    pub async fn next(&mut self) -> Option<Push<E>> {
        self.0.recv().await
    }

    /// Takes nothing more: what comes is answered with 503, and comes again later. What was taken is still given out by
    /// [`next`](Inbox::next), to the last.
    pub fn close(&mut self) {
        self.0.close();
    }
}

impl<E: Protected + Send + 'static> Receiver<E> {
    /// A service, and the inbox of the pushes that it takes, with room for so many; for one at least.
    pub fn service(&self, room: usize) -> (PushService<E>, Inbox<E>) {
        let (queue, inbox) = mpsc::channel(room.max(1));
        (PushService { receiver: self.clone(), queue, patience: PATIENCE }, Inbox(inbox))
    }
}

impl<E: Protected + Send + 'static> PushService<E> {
    /// How long a push waits for room before it is refused; two seconds unless set, and no more than three.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience.min(Duration::from_secs(3));
        self
    }

    /// A router that serves this path.
    pub fn router(self, path: &str) -> Router {
        Router::new().route(path, any_service(self))
    }

    async fn answer(self, request: Request) -> Response {
        let checks = request.method() == Method::GET;
        if !checks && request.method() != Method::POST {
            return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, POST")]).into_response();
        }
        if checks {
            return match self.receiver.check(request.uri().query().unwrap_or_default()) {
                Ok(Some(echo)) => plain(StatusCode::OK, echo),
                Ok(None) => plain(StatusCode::BAD_REQUEST, "nothing is asked for"),
                Err(error) => refusal(&error),
            };
        }
        match opened(&self.receiver, request).await {
            Ok(push) => self.hand_on(push).await,
            Err(error) => refusal(&error),
        }
    }

    async fn hand_on(self, push: Push<E>) -> Response {
        let PushService { receiver, queue, patience } = self;
        // The room comes first: what is remembered and not handed on would be lost.
        let Ok(Ok(room)) = timeout(patience, queue.reserve_owned()).await else {
            log::warn!("a push found no room, and has to come again");
            return plain(StatusCode::SERVICE_UNAVAILABLE, "there is no room");
        };
        let answer = receiver.answer();
        // Whoever hangs up in the middle must not leave a push that is remembered and not handed on.
        let work = tokio::spawn(async move {
            match receiver.admit(push).await? {
                Received::Push(push) => drop(room.send(push)),
                Received::Repeat | Received::Check(_) => {}
            }
            Ok::<(), PushError>(())
        });
        match work.await {
            Ok(Ok(())) => plain(StatusCode::OK, answer),
            Ok(Err(error)) => refusal(&error),
            Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "the server is shutting down"),
        }
    }
}

impl<E: Protected + Send + 'static> Service<Request> for PushService<E> {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let answer = self.clone().answer(request);
        Box::pin(async move {
            let late = || plain(StatusCode::SERVICE_UNAVAILABLE, "it took too long");
            Ok(timeout(DEADLINE, answer).await.unwrap_or_else(|_| late()))
        })
    }
}

impl<E> Clone for PushService<E> {
    fn clone(&self) -> Self {
        PushService { receiver: self.receiver.clone(), queue: self.queue.clone(), patience: self.patience }
    }
}

impl<E> fmt::Debug for PushService<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PushService").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl<E> fmt::Debug for Inbox<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox").field("waiting", &self.0.len()).finish()
    }
}

/// An extractor of a push that is authentic and was not taken before, for a handler of your own, whose state has the
/// [`Receiver`]. A repeated push is answered, and never reaches the handler; what fails should
/// [`forget`](Receiver::forget) the push, so that it is taken when it comes again.
pub struct Verified<E>(pub Push<E>);

impl<S, E> FromRequest<S> for Verified<E>
where
    S: Send + Sync,
    E: Protected + Send + 'static,
    Receiver<E>: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let receiver = Receiver::from_ref(state);
        let push = opened(&receiver, request).await.map_err(|error| refusal(&error))?;
        match receiver.admit(push).await {
            Ok(Received::Push(push)) => Ok(Verified(push)),
            Ok(Received::Repeat | Received::Check(_)) => Err(plain(StatusCode::OK, receiver.answer())),
            Err(error) => Err(refusal(&error)),
        }
    }
}

impl<E> fmt::Debug for Verified<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Verified").field(&self.0.id()).finish()
    }
}

/// The push in a request. No more of the body is read than a push may have.
async fn opened<E: Protected>(receiver: &Receiver<E>, request: Request) -> Result<Push<E>, PushError> {
    let (head, body) = request.into_parts();
    let most = receiver.most();
    let body = to_bytes(body, most).await.map_err(|_| PushError::too_large(most))?;
    receiver.open(head.uri.query().unwrap_or_default(), &body)
}

/// The same for all that is not authentic.
fn refusal(error: &PushError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::FORBIDDEN);
    let text = if error.is_forged() { error.to_string() } else { status.to_string() };
    plain(status, text)
}

/// A text that no browser takes for anything else.
fn plain(status: StatusCode, text: impl Into<Body>) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (status, headers, text.into()).into_response()
}
