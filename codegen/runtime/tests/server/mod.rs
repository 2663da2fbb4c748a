//! A server that gives one prepared reply to each connection and remembers what it was asked.
#![allow(dead_code, reason = "each test uses a part")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Bytes(Vec<u8>),
    /// Nothing, for a long time.
    Hang,
    /// The end of the connection.
    Close,
    /// A body that never ends.
    Endless,
}

impl Reply {
    pub(crate) fn raw(text: &str) -> Self {
        Reply::Bytes(text.as_bytes().to_vec())
    }

    pub(crate) fn http(status: &str, content_type: &str, body: &str) -> Self {
        Reply::raw(&format!(
            "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        ))
    }

    pub(crate) fn json(body: &str) -> Self {
        Reply::http("200 OK", "application/json", body)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) line: String,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(replies: impl IntoIterator<Item = Reply>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = requests.clone();
        let replies: Vec<Reply> = replies.into_iter().collect();
        let task = tokio::spawn(async move {
            for reply in replies {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, reply, seen.clone()));
            }
        });
        Server { url, requests, task }
    }

    /// A server that makes up its reply from the request.
    pub(crate) async fn answering(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, reply) = (requests.clone(), Arc::new(reply));
        let task = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (seen, reply) = (seen.clone(), reply.clone());
                tokio::spawn(async move {
                    if let Some(request) = read(&mut stream).await {
                        let reply = reply(&request);
                        seen.lock().unwrap().push(request);
                        send(&mut stream, reply).await;
                    }
                });
            }
        });
        Server { url, requests, task }
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, reply: Reply, seen: Arc<Mutex<Vec<Request>>>) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    seen.lock().unwrap().push(request);
    send(&mut stream, reply).await;
}

async fn send(stream: &mut TcpStream, reply: Reply) {
    match reply {
        Reply::Bytes(bytes) => drop(stream.write_all(&bytes).await),
        Reply::Hang => tokio::time::sleep(Duration::from_secs(60)).await,
        Reply::Close => {}
        Reply::Endless => {
            drop(stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await);
            while stream.write_all(&[b' '; 1024]).await.is_ok() {}
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let line = head.lines().next()?.to_owned();
            let mut request = Request { line, head, body: bytes[end + 4..].to_vec() };
            let length: usize = request.header("content-length").map_or(0, |length| length.parse().unwrap());
            while request.body.len() < length {
                more(stream, &mut request.body).await?;
            }
            return Some(request);
        }
        more(stream, &mut bytes).await?;
    }
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut buffer = [0; 4096];
    let length = stream.read(&mut buffer).await.ok()?;
    bytes.extend_from_slice(&buffer[..length]);
    (length > 0).then_some(())
}
