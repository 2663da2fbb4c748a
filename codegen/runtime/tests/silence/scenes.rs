//! What can happen to a call, with all that is then printed.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use weixin_runtime::*;

use crate::common::{GET, Push};
use crate::server::{Reply, Request, Server};
use crate::{Printed, SECRET, TICKET, TOKEN};

static ISSUE: TokenIssue = TokenIssue {
    meta: ISSUE_META,
    id: "who",
    secret: "secret",
    fixed: &[],
    force: Some("another"),
    token: "access_token",
    expires_in: "expires_in",
};

const ISSUE_META: &Meta =
    &Meta { name: "Issue", path: "/issue", token_param: "", paging: None, success: &["access_token"], ..GET };

object! {
    /// Asks for a token by hand.
    Issue 0b11, secret ["secret"] { who: String = "who", secret: String = "secret" }
}

object! {
    /// A token.
    Issued 0b01, secret ["access_token"] { access_token: String = "access_token", expires_in: Option<u64> = "expires_in" }
}

impl Validate for Issue {
    fn check(&self, at: At<'_>, out: &mut Violations) {
        out.max_bytes(at.field("secret"), &self.secret, 64);
    }
}

endpoint!(Issue -> Issued = *ISSUE_META);

object! {
    /// Asks for a token in the query.
    Ask 0b1, secret ["secret"] { secret: String = "secret" }
}

unchecked!(Ask);
endpoint!(Ask -> Issued = Meta { name: "Ask", method: Method::Get, path: "/ask", body: BodyKind::None, ..*ISSUE_META });

object! {
    /// Gets a ticket, in the name of an account.
    GetTicket 0 {}
}

object! {
    /// A ticket, and something that may be odd.
    Ticket 0b01, secret ["ticket"] { ticket: String = "ticket", level: Option<u32> = "level", key: Option<u32> = "key" }
}

unchecked!(GetTicket);
endpoint!(GetTicket -> Ticket = Meta {
    name: "GetTicket", path: "/ticket", issue: Some(&ISSUE), paging: None, success: &["ticket"], ..GET
});

/// Issues numbered tokens, takes the latest alone, and replies to a call with this.
pub(crate) async fn service(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> (Server, Arc<AtomicUsize>) {
    let current = Arc::new(AtomicUsize::new(1));
    let latest = current.clone();
    let server = Server::answering(move |request| {
        let number = latest.load(SeqCst);
        if request.line.contains("/issue") {
            return Reply::json(&format!(r#"{{"access_token":"{TOKEN}{number}","expires_in":7200}}"#));
        }
        if !request.line.contains(&format!("number-{number} ")) && !request.line.contains("/ask") {
            return Reply::json(&format!(r#"{{"rc":11,"said":"the token of {} is stale call=x-1"}}"#, request.line));
        }
        reply(request)
    })
    .await;
    (server, current)
}

pub(crate) fn builder(server: &Server) -> ClientBuilder {
    let quick = Retries::new().pauses(Duration::from_millis(1), Duration::from_millis(2));
    Client::builder().base_url(&server.url).app("wx1", SECRET).retries(quick).max_body(2000)
}

pub(crate) fn ticket(_: &Request) -> Reply {
    Reply::json(&format!(r#"{{"rc":0,"ticket":"{TICKET}","level":[],"new_ticket":"{TICKET}"}}"#))
}

/// A hook that prints what it is told.
struct Prints(Arc<Printed>);

impl Hook for Prints {
    fn before(&self, call: &CallInfo<'_>) {
        self.0.debug(call);
    }

    fn after(&self, call: &CallInfo<'_>, outcome: &Outcome<'_>) {
        self.0.debug(&(call, outcome));
    }
}

/// Tokens are got, refused and renewed, and they cannot be got.
pub(crate) async fn accounts(printed: &Printed) {
    let hooked = Arc::new(Printed::default());
    let (server, current) = service(ticket).await;
    let client = builder(&server).hook(Prints(hooked.clone())).token_store(MemoryStore::new()).build().unwrap();
    printed.outcome(&client.send(&GetTicket {}).await);
    current.fetch_add(1, SeqCst);
    printed.outcome(&client.send(&GetTicket {}).await);
    printed.debug(&client.send(&GetTicket {}));
    printed.debug(&(&client, client.for_account(Account::new("wx2", SECRET))));
    // Whoever refuses every token, and whoever issues none.
    let echo = |request: &Request| {
        let body = String::from_utf8_lossy(&request.body).replace('"', "\\\"");
        Reply::json(&format!(r#"{{"rc":11,"said":"{} {body}"}}"#, request.line))
    };
    let broken = format!(r#"{{"access_token":["{TOKEN}1"],"expires_in":7200}}"#);
    let lost = move |_: &Request| Reply::json(&broken);
    for server in [Server::answering(echo).await, Server::answering(lost).await] {
        let client = builder(&server).hook(Prints(hooked.clone())).build().unwrap();
        printed.outcome(&client.send(&GetTicket {}).await);
        printed.outcome(&client.send_raw(&GetTicket {}).await);
    }
    let (server, _) = service(echo).await;
    printed.outcome(&builder(&server).build().unwrap().send(&GetTicket {}).await);
    printed.add(&hooked.0.lock().unwrap());
}

/// Every fault, with a server that repeats all it knows.
pub(crate) async fn faults(printed: &Printed) {
    let all = |request: &Request| format!("{} {}", request.line, String::from_utf8_lossy(&request.body));
    let replies: [fn(String) -> Reply; 8] = [
        |said| Reply::http("404 No", &format!("text/{}", said.len()), &said),
        |said| Reply::http("502 No", "text/html", &format!("<p>{said}")),
        |said| Reply::json(&said),
        |said| Reply::json(&format!(r#"{{"rc":7,"said":"{}"}}"#, said.replace('"', "'"))),
        |_| Reply::json(&"x".repeat(3000)),
        |_| Reply::Close,
        |_| Reply::Hang,
        |_| Reply::Endless,
    ];
    for reply in replies {
        let (server, _) = service(move |request| reply(all(request))).await;
        let client = builder(&server).timeout(Duration::from_millis(300)).build().unwrap();
        printed.outcome(&client.send(&GetTicket {}).await);
        printed.outcome(&client.send_raw(&GetTicket {}).await);
        printed.outcome(&client.inspect(&GetTicket {}).await);
    }
    let nowhere = Client::builder().base_url("http://127.0.0.1:1").access_token(format!("{TOKEN}1"));
    printed.outcome(&nowhere.build().unwrap().send(&GetTicket {}).await);
    let secure = Client::builder().base_url("https://127.0.0.1:1").access_token(format!("{TOKEN}1"));
    printed.outcome(&secure.build().unwrap().send(&GetTicket {}).await);
}

/// Secrets in what the caller sends and gets: the types, and bodies that cannot be read.
pub(crate) async fn tickets(printed: &Printed) {
    let issue = Issue { who: "wx1".to_owned(), secret: SECRET.to_owned() };
    let ask = Ask { secret: SECRET.to_owned() };
    printed.debug(&(&issue, issue.wire(), issue.validate(), &ask, ask.wire()));
    let long = Issue { secret: SECRET.repeat(5), ..issue.clone() };
    let control = Issue { secret: format!("{SECRET}\u{7}"), ..issue.clone() };
    printed.debug(&(long.validate(), control.validate()));
    let token = format!(r#""access_token":"{TOKEN}1""#);
    let bodies = [
        (200, format!("{{{token},\"expires_in\":7200}}")),
        (200, format!("{{{token},\"expires_in\":\"soon\"}}")),
        (
            200,
            format!("{{{token},\"access_token\":{{{token}}},\"new\":\"{TOKEN}\"}}")
                .replace(",\"new\"", ",\"session_key\""),
        ),
        (200, format!("{{\"access_token\":[\"{TOKEN}1\"]}}")),
        (200, format!("{{{token}")),
        (200, format!("{{{token},")),
        (200, format!("{{\"rc\":7,\"said\":\"{{{}}}\"}}", token.replace('"', "\\\""))),
        (500, format!("{{{token}}}")),
        (200, format!("<xml><access_token><![CDATA[{TOKEN}1]]></access_token><Ticket>{TICKET}</Ticket></xml>")),
    ];
    for (status, body) in bodies {
        let raw = RawResponse::new(status, None, body.clone().into_bytes());
        printed.debug(&raw);
        printed.outcome(&raw.read::<Issue>());
        printed.outcome(&raw.inspect::<Issue>());
        printed.outcome(&raw.json::<u8>());
        let server = Server::answering(move |_| Reply::http(&format!("{status} So"), "text/plain", &body)).await;
        let client = builder(&server).build().unwrap();
        printed.outcome(&client.send(&issue).await);
        printed.outcome(&client.inspect(&ask).await);
        printed.outcome(&client.send(&long).await);
    }
}

/// Pushes that hold a ticket and cannot be read.
pub(crate) fn pushes(printed: &Printed) {
    for text in [
        format!(
            "<xml><Type>event</Type><Event>ticket</Event><ComponentVerifyTicket><![CDATA[{TICKET}]]></ComponentVerifyTicket></xml>"
        ),
        format!("<xml><ComponentVerifyTicket>{TICKET}</ComponentVerifyTicket"),
        format!(
            "<xml><Type>event</Type><Event>audit</Event><Id>1</Id><Passed>1</Passed><Text>x</Text><Token>{TOKEN}</Token></xml>"
        ),
    ] {
        printed.outcome(&push::from_xml::<Push>(text.as_bytes()));
    }
    for text in [format!(r#"{{"Type":"event","VerifyTicket":"{TICKET}"}}"#), format!(r#"{{"VerifyTicket":"{TICKET}"#)] {
        printed.outcome(&push::from_json::<Push>(text.as_bytes()));
    }
}

/// A token source that tells all it knows.
struct Talks;

impl TokenSource for Talks {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Box::pin(async { Err(Error::token_source(format!("https://a/?secret={SECRET}: {{\"ticket\":\"{TICKET}\"}}"))) })
    }
}

/// Clients, accounts, tokens and stores, and what is wrong with them.
pub(crate) async fn setting_up(printed: &Printed) {
    let token = AccessToken::new(format!("{TOKEN}1"));
    let stored = StoredToken {
        token: token.clone(),
        issued_at: std::time::UNIX_EPOCH,
        expires_at: std::time::SystemTime::now(),
    };
    printed.debug(&(&token, &stored, Account::new("wx1", SECRET), AppSecret::from(SECRET)));
    printed.debug(&(Client::builder(), Client::builder().app("wx1", SECRET), MemoryStore::new()));
    printed.outcome(&Client::builder().base_url(format!("https://a:{SECRET}@b/")).access_token("a").build());
    printed.outcome(&Client::builder().base_url(format!("https://b/?secret={SECRET}")).access_token("a").build());
    printed.outcome(&Client::builder().access_token(format!("{TOKEN}\n1")).build());
    let (server, _) = service(ticket).await;
    let client = builder(&server).token_source(Talks).build().unwrap();
    printed.outcome(&client.send(&GetTicket {}).await);
    let folder = tempfile::tempdir().unwrap();
    let files = || FileStore::new(folder.path().join("tokens"));
    let client = builder(&server).token_store(files()).build().unwrap();
    printed.outcome(&client.send(&GetTicket {}).await);
    printed.debug(&files());
    // A file that is torn, and one that is none of ours.
    for entry in std::fs::read_dir(folder.path().join("tokens")).unwrap() {
        let mut file = std::fs::OpenOptions::new().append(true).open(entry.unwrap().path()).unwrap();
        file.write_all(format!("torn {TOKEN}").as_bytes()).unwrap();
    }
    let client = builder(&server).token_store(files()).build().unwrap();
    printed.outcome(&client.send(&GetTicket {}).await);
}
