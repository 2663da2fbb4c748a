//! Connections, and what comes over them.

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, header};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use weixin::{File, Part};

use crate::engine::{Came, Engine, Outcome};
use crate::front::{Asked, Front};
use crate::query::parameters;

/// The most bytes that a body may have.
const MOST_BYTES: usize = 4 << 20;

/// How many connections may wait to be taken.
const BACKLOG: u32 = 4_096;

/// The header by which a browser tells that another site is behind a request.
const FETCH_SITE: &str = "sec-fetch-site";

/// What all connections share.
struct Site {
    engine: Arc<Engine>,
    front: Front,
}

/// Opens an address.
pub(crate) fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Takes connections until it is stopped.
pub(crate) async fn accept(listener: TcpListener, engine: Arc<Engine>, mut stopped: watch::Receiver<()>) {
    let site = Arc::new(Site { engine, front: Front::new() });
    loop {
        tokio::select! {
            // An error here means that the server was dropped.
            _ = stopped.changed() => return,
            taken = listener.accept() => match taken {
                Ok((stream, _)) => drop(tokio::spawn(talk(stream, site.clone(), stopped.clone()))),
                // Too many files are open, say: others will be closed.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
        }
    }
}

/// One connection.
async fn talk(stream: TcpStream, site: Arc<Site>, mut stopped: watch::Receiver<()>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| handle(request, site.clone()));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // A connection that ends early is nothing to tell anybody.
        _ = connection => {}
        _ = stopped.changed() => {}
    }
}

/// The connection is to be cut.
#[derive(Debug)]
struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a test wants the connection cut")
    }
}

impl std::error::Error for Cut {}

/// A body that never ends.
struct Endless;

impl Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b' '; 4096])))))
    }
}

async fn handle(request: Request<Incoming>, site: Arc<Site>) -> Result<Response<BoxBody<Bytes, Infallible>>, Cut> {
    let (head, body) = request.into_parts();
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut came = Came {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: parameters(head.uri.query().unwrap_or_default()),
        headers: head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        ..Came::default()
    };
    match Limited::new(body, MOST_BYTES).collect().await {
        Ok(body) => came.body = body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => came.is_too_long = true,
        // The caller went away.
        Err(_) => return Err(Cut),
    }
    let content_type = header(header::CONTENT_TYPE.as_str());
    if Front::serves(&came.path) {
        let languages = header(header::ACCEPT_LANGUAGE.as_str());
        let asked = Asked {
            came: &came,
            content_type,
            languages,
            wants_page: header(header::ACCEPT.as_str()).contains("text/html"),
            is_foreign: header(FETCH_SITE) == "cross-site",
        };
        return Ok(site.front.answer(&site.engine, &asked).map(BodyExt::boxed));
    }
    if let Ok(boundary) = multer::parse_boundary(content_type) {
        came.parts = parts(came.body.clone(), boundary).await;
    }
    match site.engine.take(came).await {
        Outcome::Cut => Err(Cut),
        Outcome::Silence => std::future::pending().await,
        Outcome::Endless => Ok(Response::new(Endless.boxed())),
        Outcome::Reply(reply) => {
            let mut response = Response::new(Full::new(Bytes::from(reply.body)).boxed());
            *response.status_mut() = hyper::StatusCode::from_u16(reply.status).unwrap_or_default();
            // What a test gives and no header may hold is left out.
            if let Ok(content_type) = reply.content_type.parse() {
                response.headers_mut().insert(header::CONTENT_TYPE, content_type);
            }
            Ok(response)
        }
    }
}

fn text(value: &header::HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// The parts of a body. What cannot be read ends them.
async fn parts(body: Bytes, boundary: String) -> Vec<Part> {
    let mut form = multer::Multipart::new(axum::body::Body::from(body).into_data_stream(), boundary);
    let mut parts = Vec::new();
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        let (file, mime) = (field.file_name().map(str::to_owned), field.content_type().map(ToString::to_string));
        let Ok(bytes) = field.bytes().await else { break };
        parts.push(match file {
            Some(file) => {
                let file = File::new(file, bytes.to_vec());
                Part::file(
                    name,
                    match mime {
                        Some(mime) => file.mime(mime),
                        None => file,
                    },
                )
            }
            None => Part::text(name, String::from_utf8_lossy(&bytes)),
        });
    }
    parts
}
