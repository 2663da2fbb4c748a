//! Requests that nobody means: each gets a response with a code, and the fake goes on.
//!
//! `FAKE_FUZZ=1000000 cargo test --release -p weixin-fake --test all fuzz` sends more of them.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use fastrand::Rng;
use serde_json::Value;
use weixin::server::ENDPOINTS;
use weixin_fake::Server;
use weixin_fake::state::{Token, TokenKind};

/// How many requests are sent unless the environment says another number.
const REQUESTS: usize = 20_000;

const TOKEN: &str = "TOKEN";

/// Bodies of requests as JSON texts have them, and what breaks them.
const PIECES: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "null",
    "true",
    "-1",
    "1e999",
    "4294967296",
    "\u{0}",
    "\u{feff}",
    "\u{1f600}",
    "\\ud83d",
    "{\"card\":",
    "\"base_info\":{",
    "\"code\":\"1\"",
    "\"card_id\":null",
    "<xml>",
    "a=b&c=d",
    "  ",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_brings_it_down() {
    let count = std::env::var("FAKE_FUZZ").ok().map_or(REQUESTS, |count| count.parse().expect("a number"));
    let server = Server::start().await.unwrap();
    let (app, until) = (server.account().0.to_owned(), server.now() + 1_000_000);
    server.change(|state| {
        state.tokens.put(TOKEN, Token { app, kind: TokenKind::Stable, since: 0, until, replaced: false });
    });
    let address = server.url().trim_start_matches("http://").to_owned();
    let told = tokio::task::spawn_blocking(move || fuzz(&address, count)).await.unwrap();
    assert_eq!(told, count);
}

/// Sends them over one connection, and counts the responses with a code.
fn fuzz(address: &str, count: usize) -> usize {
    let mut rng = Rng::with_seed(20_261_201);
    let stream = TcpStream::connect(address).expect("the fake listens");
    stream.set_nodelay(true).expect("a socket");
    let (mut reader, mut writer) = (BufReader::new(stream.try_clone().expect("a socket")), stream);
    for number in 0..count {
        let (head, body) = request(&mut rng);
        writer
            .write_all(&[head.as_bytes(), &body].concat())
            .unwrap_or_else(|error| panic!("{number}: {error}: {head}"));
        let response = response(&mut reader).unwrap_or_else(|error| panic!("{number}: {error}: {head}"));
        let response: Value =
            serde_json::from_slice(&response).unwrap_or_else(|error| panic!("{number}: {error}: {head} {body:?}"));
        assert!(response["errcode"].is_i64(), "{number}: {response}: {head}");
    }
    count
}

fn request(rng: &mut Rng) -> (String, Vec<u8>) {
    let served = &ENDPOINTS[rng.usize(..ENDPOINTS.len())];
    let meta = served.meta();
    let method = if rng.u8(..10) == 0 { "PUT" } else { meta.method.as_str() };
    let path = if rng.u8(..20) == 0 { format!("{}%2f..{}", meta.path, rng.u32(..)) } else { meta.path.to_owned() };
    let token = if rng.u8(..20) == 0 { "none" } else { TOKEN };
    let mut query = format!("access_token={token}");
    for _ in 0..rng.usize(..3) {
        let name = meta.query.get(rng.usize(..=meta.query.len())).copied().unwrap_or("offset");
        query += &format!("&{name}={}", ["1", "%", "%ff%fe", "client_credential", "", "%00"][rng.usize(..6)]);
    }
    let body = match rng.u8(..4) {
        0 => (0..rng.usize(..64)).map(|_| rng.u8(..)).collect(),
        1 => (0..rng.usize(..24)).map(|_| PIECES[rng.usize(..PIECES.len())]).collect::<String>().into_bytes(),
        _ => mutated(served.example(), rng),
    };
    let content_type =
        ["application/json", "text/plain", "multipart/form-data; boundary=x", "multipart/form-data"][rng.usize(..4)];
    let length = body.len();
    let head = format!(
        "{method} {path}?{query} HTTP/1.1\r\nhost: fake\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n"
    );
    (head, body)
}

/// What a page shows, with a few bytes of it changed, gone or there twice.
fn mutated(text: &str, rng: &mut Rng) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..rng.usize(..6) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.usize(..bytes.len());
        match rng.u8(..4) {
            0 => bytes[at] = rng.u8(..),
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, b"\"{}[]:,09-"[rng.usize(..10)]),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

fn response(reader: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line)? > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(body)
}
