//! An address for pushes, as an account would have one.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use weixin_fake::Server;

/// What is answered to pushes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// This text.
    Text(&'static str),
    /// A status that tells of a fault.
    Status(u16),
    /// Nothing, for longer than anybody waits.
    Late,
}

/// A push as it came: query and body.
pub(crate) type Came = (String, Vec<u8>);

#[derive(Clone)]
pub(crate) struct Listener {
    pub(crate) url: String,
    came: Arc<Mutex<Vec<Came>>>,
    answer: Answer,
}

impl Listener {
    pub(crate) async fn start(answer: Answer) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let it = Listener { url: format!("http://{address}/push"), came: Arc::default(), answer };
        let router = Router::new().fallback(take).with_state(it.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        it
    }

    pub(crate) fn came(&self) -> Vec<Came> {
        self.came.lock().expect("no panic before").clone()
    }
}

async fn take(State(it): State<Listener>, RawQuery(query): RawQuery, body: Bytes) -> (StatusCode, &'static str) {
    it.came.lock().expect("no panic before").push((query.unwrap_or_default(), body.to_vec()));
    match it.answer {
        Answer::Text(text) => (StatusCode::OK, text),
        Answer::Status(status) => (StatusCode::from_u16(status).expect("a status"), "success"),
        Answer::Late => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            (StatusCode::OK, "success")
        }
    }
}

/// Waits until so many pushes have arrived or were given up.
pub(crate) async fn delivered(server: &Server, count: usize) -> Vec<weixin_fake::Delivery> {
    for _ in 0..500 {
        let deliveries = server.deliveries();
        if deliveries.len() >= count {
            return deliveries;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{count} deliveries do not come: {:?}", server.deliveries());
}
