//! Errors as log lines.

use std::error::Error as StdError;
use std::{fmt, io};

use super::{Api, Error, Fault, LocalLimit, Subject};
use crate::response::RawResponse;
use crate::secret::redact;
use crate::shown::{self, Quoted, clean};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(meta) = self.endpoint() {
            write!(f, "{} {}: ", meta.method, meta.path)?;
        }
        match &self.0.fault {
            Fault::Api(api) => self.refusal(f, api),
            Fault::Invalid(violations) => write!(f, "the request was not sent:\n{violations}"),
            Fault::Decode { subject, response, path, message } => {
                let subject = match subject {
                    Subject::Response => "the response",
                    Subject::Push => "the push",
                };
                let message = clean(message, shown::MESSAGE);
                match path.as_str() {
                    "" => write!(f, "{subject} cannot be read: {message}")?,
                    path => write!(f, "{subject} cannot be read at {}: {message}", clean(path, shown::PATH))?,
                }
                write!(f, " ({})", sketch(response))
            }
            Fault::Status(response) => write!(f, "failed without an error code ({})", sketch(response)),
            Fault::TooLarge { limit, status } => {
                write!(f, "the response is larger than {limit} bytes (HTTP {status})")
            }
            Fault::Transport { source, timeout, connect } => {
                f.write_str(match (connect, timeout) {
                    (true, true) => "no connection in time",
                    (true, false) if is_tls(&**source) => "no secure connection",
                    (true, false) => "no connection",
                    (false, true) => "no response in time",
                    (false, false) => "no response",
                })?;
                chain(f, &**source)
            }
            Fault::Token(no_token) => {
                match (no_token.refused, self.info()) {
                    (Some(code), Some(info)) => write!(f, "{code} {}, and no other access token", info.name)?,
                    (Some(code), None) => write!(f, "{code}, and no other access token")?,
                    (None, _) => write!(f, "no {}", no_token.missing.words())?,
                }
                chain(f, &no_token.told)
            }
            Fault::LocalLimit(limit) => write!(f, "{limit}"),
            Fault::Paging(message) => {
                write!(f, "the pages do not go on: {}", clean(message, shown::MESSAGE))
            }
            Fault::Config(message) => write!(f, "the client is set up wrongly: {message}"),
        }
    }
}

impl fmt::Display for LocalLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per = if self.per_day { "day" } else { "second" };
        let of = if self.own { " of this endpoint" } else { "" };
        write!(f, "not sent: the limit{of} that this client was given is reached, {} a {per}", self.most)
    }
}

impl Error {
    /// `40127 invalid_user_card_status: invalid user-card status!`
    fn refusal(&self, f: &mut fmt::Formatter<'_>, api: &Api) -> fmt::Result {
        write!(f, "{}", api.code)?;
        if let Some(info) = self.info() {
            write!(f, " {}", info.name)?;
        }
        if !api.errmsg.is_empty() {
            write!(f, ": {}", clean(&api.errmsg, shown::MESSAGE))?;
        }
        if !(200..300).contains(&api.response.status) {
            write!(f, " (HTTP {})", api.response.status)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("endpoint", &self.endpoint().map(|meta| meta.name))
            .field("code", &self.code())
            .field("http_status", &self.http_status())
            .field("json_path", &self.json_path().map(Quoted))
            .field("message", &format_args!("{self}"))
            .finish()
    }
}

/// The sources of an error, one after the other: the outermost often only says that something failed.
fn chain(f: &mut fmt::Formatter<'_>, error: &(dyn StdError + 'static)) -> fmt::Result {
    let mut told = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let message = redact(&error.to_string());
        if !told.ends_with(&message) {
            write!(f, ": {}", clean(&message, shown::MESSAGE))?;
            told = message;
        }
        next = error.source();
    }
    Ok(())
}

/// Whether an error, or one of its sources, is about TLS: the libraries that do it agree on no type, but they name it.
pub(super) fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let message = error.to_string().to_ascii_lowercase();
        let io = error.downcast_ref::<io::Error>();
        if ["certificate", "tls", "ssl", "handshake", "x509"].iter().any(|word| message.contains(word))
            || io.is_some_and(|error| error.kind() == io::ErrorKind::InvalidData)
        {
            return true;
        }
        // What such an error wraps is not its source: it counts as the error itself.
        next = match io.and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    false
}

/// A response in brief: `HTTP 200, text/html, 312 bytes: <html>…`
fn sketch(response: &RawResponse) -> String {
    const SHOWN: usize = 160;
    let content_type = || clean(response.content_type.as_deref().unwrap_or("no content type"), SHOWN);
    let mut sketch = match response.status {
        0 => String::new(),
        status => format!("HTTP {status}, {}, ", content_type()),
    };
    match response.body.len() {
        0 => sketch.push_str("no bytes"),
        length => {
            let start = String::from_utf8_lossy(&response.body[..length.min(4 * SHOWN)]);
            sketch.push_str(&format!("{length} bytes: {}", clean(&start, SHOWN)));
        }
    }
    sketch
}
