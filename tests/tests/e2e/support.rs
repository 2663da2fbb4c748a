//! A server on this machine that gives prepared answers and remembers what it was asked.
#![allow(dead_code, reason = "each test uses a part")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use weixin::{Client, ClientBuilder};

/// The access token of every client here. No error may ever show it.
pub(crate) const TOKEN: &str = "TOKEN";

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// An answer: status, content type, body.
    Answer(u16, &'static str, Vec<u8>),
    /// Nothing, for a long time.
    Silence,
    /// A body that never ends.
    Endless,
}

impl Reply {
    pub(crate) fn json(body: &Value) -> Self {
        Self::Answer(200, "application/json; encoding=utf-8", body.to_string().into_bytes())
    }

    pub(crate) fn text(status: u16, content_type: &'static str, body: &str) -> Self {
        Self::Answer(status, content_type, body.as_bytes().to_vec())
    }
}

/// A request as it reached the server.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Gives one reply after the other; the last one again and again.
    pub(crate) async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Arc::<Mutex<Vec<Seen>>>::default();
        let log = seen.clone();
        let task = tokio::spawn(async move {
            let mut replies = replies.into_iter().peekable();
            while let Ok((stream, _)) = listener.accept().await {
                let reply = replies.next().expect("a reply");
                if replies.peek().is_none() {
                    replies = vec![reply.clone()].into_iter().peekable();
                }
                tokio::spawn(serve(stream, reply, log.clone()));
            }
        });
        Self { url, seen, task }
    }

    /// One that always gives the same answer.
    pub(crate) async fn answers(body: Value) -> Self {
        Self::start(vec![Reply::json(&body)]).await
    }

    /// Of a client that sends each call once: every request that comes is one that the test is about.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(&self.url).access_token(TOKEN).retries(weixin::Retries::never())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().expect("the client is set up")
    }

    /// All requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("not poisoned").clone()
    }

    /// The only request so far.
    pub(crate) fn only(&self) -> Seen {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "exactly one request is sent");
        seen.remove(0)
    }

    /// One POST of exactly this JSON, with the access token as its only query parameter.
    #[track_caller]
    pub(crate) fn saw_post(&self, path: &str, body: Value) {
        let seen = self.only();
        self.saw(&seen, "POST", path);
        assert_eq!(seen.header("content-type"), Some("application/json"));
        assert_eq!(seen.header("content-length"), Some(seen.body.len().to_string().as_str()));
        assert_eq!(seen.json(), body);
    }

    #[track_caller]
    pub(crate) fn saw(&self, seen: &Seen, method: &str, path: &str) {
        assert_eq!((seen.method.as_str(), seen.path.as_str()), (method, path));
        assert_eq!(seen.query, [("access_token".to_owned(), TOKEN.to_owned())]);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, reply: Reply, log: Arc<Mutex<Vec<Seen>>>) {
    let Some(seen) = read(&mut stream).await else {
        return;
    };
    log.lock().expect("not poisoned").push(seen);
    match reply {
        Reply::Answer(status, content_type, body) => {
            let mut answer = format!(
                "HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            )
            .into_bytes();
            answer.extend(body);
            drop(stream.write_all(&answer).await);
        }
        Reply::Silence => tokio::time::sleep(Duration::from_secs(60)).await,
        Reply::Endless => {
            drop(stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await);
            while stream.write_all(&[b' '; 4096]).await.is_ok() {}
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        more(stream, &mut bytes).await?;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut words = head.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let query = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let path = path.to_owned();
    let mut seen = Seen { method, path, query, head, body: bytes[end + 4..].to_vec() };
    let length = seen.header("content-length").map_or(0, |length| length.parse().expect("a number"));
    while seen.body.len() < length {
        more(stream, &mut seen.body).await?;
    }
    Some(seen)
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut buffer = [0; 16 * 1024];
    let length = stream.read(&mut buffer).await.ok()?;
    bytes.extend_from_slice(&buffer[..length]);
    (length > 0).then_some(())
}
