//! What a call costs beside plain `reqwest` that does the same work, over the same local server in the same run.
//!
//! ```text
//! cargo bench -p weixin-tests --bench client
//! ```
//!
//! Prints `NAME RATIO GOAL`: ours by theirs in time of the processor of the calling thread; the server has a thread of its
//! own. Ours also validates, finds the access token and looks for secrets in the response.

mod shared;

use std::hint::black_box;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use shared::figure::{header, line, pair, same};
use shared::{bodies, plain};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use weixin::{Client, card};

const TOKEN: &str = "86_mpK4wYt2Q7sNcV0bRz8fLd3HxJ6gTa";

/// How many calls go over one client at once. Both ends of each connection are in this process, and a process may have
/// 20,000 files open here.
const AT_ONCE: usize = 9_500;

fn main() {
    header();
    let answer = bodies::code_get_answer();
    let url = serve(answer);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("{error}"));
    let sides = Arc::new(Sides::new(&url));
    runtime.block_on(async { same("call code/get", &sides.ours().await, &sides.theirs().await) });
    pair("call code/get", 1.03, || runtime.block_on(sides.ours()), || runtime.block_on(sides.theirs()));
    at_once(&runtime, &sides);
}

/// The same call twice: by this crate, and by hand.
struct Sides {
    client: Client,
    plain: reqwest::Client,
    address: String,
    request: card::code::Get,
    body: plain::CodeGet,
}

impl Sides {
    fn new(url: &str) -> Self {
        let client = Client::builder().base_url(url).access_token(TOKEN).build();
        Sides {
            client: client.unwrap_or_else(|error| panic!("{error}")),
            plain: reqwest::Client::new(),
            address: format!("{url}/card/code/get?access_token={TOKEN}"),
            request: read(bodies::code_get()),
            body: read(bodies::code_get()),
        }
    }

    async fn ours(&self) -> card::code::GetResponse {
        let response = black_box(&self.request).send(&self.client).await;
        response.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn theirs(&self) -> plain::CodeGetAnswer {
        let body = serde_json::to_vec(black_box(&self.body)).unwrap_or_else(|error| panic!("{error}"));
        let request = self.plain.post(&self.address).header("content-type", "application/json").body(body);
        let request = request.timeout(Duration::from_secs(30));
        let response = request.send().await.unwrap_or_else(|error| panic!("{error}"));
        let bytes = response.bytes().await.unwrap_or_else(|error| panic!("{error}"));
        serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{error}"))
    }
}

fn read<T: DeserializeOwned>(value: serde_json::Value) -> T {
    serde_json::from_value(value).unwrap_or_else(|error| panic!("{error}"))
}

/// Many calls over one client at once: all succeed, none waits much longer than by hand.
fn at_once(runtime: &Runtime, sides: &Arc<Sides>) {
    let ours = seconds(runtime, || {
        let sides = sides.clone();
        async move { drop(sides.ours().await) }
    });
    let theirs = seconds(runtime, || {
        let sides = sides.clone();
        async move { drop(sides.theirs().await) }
    });
    line("9,500 calls at once, until the last is done", ours / theirs, 1.1);
    eprintln!("    # {ours:.2} s, {theirs:.2} s");
}

fn seconds<F: Future<Output = ()> + Send + 'static>(runtime: &Runtime, call: impl Fn() -> F) -> f64 {
    let start = Instant::now();
    runtime.block_on(async {
        let mut tasks = JoinSet::new();
        for _ in 0..AT_ONCE {
            tasks.spawn(call());
        }
        assert_eq!(tasks.join_all().await.len(), AT_ONCE);
    });
    start.elapsed().as_secs_f64()
}

/// A server that always gives the same answer.
fn serve(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|error| panic!("{error}"));
    let address = listener.local_addr().unwrap_or_else(|error| panic!("{error}"));
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", answer.len());
    let reply = [head.as_bytes(), &answer].concat();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let reply = reply.clone();
            std::thread::spawn(move || talk(stream, &reply));
        }
    });
    format!("http://{address}")
}

/// One connection: every request of the bench comes in one piece.
fn talk(mut stream: TcpStream, reply: &[u8]) {
    let mut buffer = [0; 8 * 1024];
    while stream.read(&mut buffer).is_ok_and(|read| read > 0) {
        if stream.write_all(reply).is_err() {
            return;
        }
    }
}
