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
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use shared::figure::{header, line, pair, same};
use shared::{bodies, plain};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use weixin::{Client, card};

const TOKEN: &str = "86_mpK4wYt2Q7sNcV0bRz8fLd3HxJ6gTa";

/// How many calls follow one another in one run, as those of a program do.
const IN_A_ROW: usize = 20;

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
    let ours = || {
        runtime.block_on(async {
            for _ in 0..IN_A_ROW {
                black_box(sides.ours().await);
            }
        })
    };
    let theirs = || {
        runtime.block_on(async {
            for _ in 0..IN_A_ROW {
                black_box(sides.theirs().await);
            }
        })
    };
    pair("20 calls of code/get in a row", 1.03, ours, theirs);
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

/// A server that always gives the same answer, in a thread of its own.
fn serve(answer: Vec<u8>) -> String {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", answer.len());
    let reply: Arc<[u8]> = [head.as_bytes(), &answer].concat().into();
    let (told, address) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.unwrap_or_else(|error| panic!("{error}"));
        runtime.block_on(async move {
            let socket = TcpSocket::new_v4().unwrap_or_else(|error| panic!("{error}"));
            socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap_or_else(|error| panic!("{error}"));
            // As many as come at once wait here, and none is turned away.
            let listener = socket.listen(AT_ONCE as u32).unwrap_or_else(|error| panic!("{error}"));
            let _ = told.send(listener.local_addr());
            loop {
                if let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(talk(stream, reply.clone()));
                }
            }
        });
    });
    let address = address.recv().unwrap_or_else(|error| panic!("{error}")).unwrap_or_else(|error| panic!("{error}"));
    format!("http://{address}")
}

/// One connection: every request of the bench comes in one piece.
async fn talk(mut stream: TcpStream, reply: Arc<[u8]>) {
    let mut buffer = [0; 8 * 1024];
    while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {
        if stream.write_all(&reply).await.is_err() {
            return;
        }
    }
}
