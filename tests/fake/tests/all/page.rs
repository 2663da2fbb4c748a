//! The page at `/`, with and without a browser.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::started::started;
use weixin::{Client, card};
use weixin_fake::state::Card;
use weixin_fake::{Fault, Plan, PushTarget, Server};

const EVIL: &str = "<script>console.error(1)</script>\"'&<img src=//example.com>";

/// A fake with something of everything, and a card with an evil title.
async fn filled() -> (Server, Client) {
    let (server, client) = started().await;
    card::GetColors::new().send(&client).await.expect("a response");
    server.fail(Plan::new(Fault::Code(40073)).at("/card/get").times(1));
    let error = card::Get::new("pX2gTj9kQm4RzVb7sLw0aNcY8eUd").send(&client).await.expect_err("it was planned");
    assert_eq!(error.code(), Some(40073));
    server.fail(Plan::new(Fault::CutAfter).times(3).after(90));
    server.push_to(PushTarget::new("http://127.0.0.1:9/", "hidden-token"));
    let (app, now) = (server.account().0.to_owned(), server.now());
    server.change(|state| {
        for (number, title) in [EVIL, "Noodles", "双人面馆套餐"].into_iter().enumerate() {
            let base = serde_json::json!({ "base_info": { "title": title } });
            let card = Card {
                app: app.clone(),
                number: number as u64,
                content: serde_json::json!({ "card_type": "GROUPON", "groupon": base }),
                status: "CARD_STATUS_NOT_VERIFY".to_owned(),
                reason: String::new(),
                total: 100,
                left: 97,
                created: now,
                updated: now,
                merchant: None,
            };
            state.cards.put(format!("pX2gTj9kQm4RzVb7sLw0aNcY8eU{number}"), card);
        }
    });
    (server, client)
}

async fn text(server: &Server, path: &str, languages: &str) -> String {
    let http = reqwest::Client::new();
    let response = http.get(format!("{}{path}", server.url())).header("accept-language", languages).send().await;
    response.expect("a response").text().await.expect("a body")
}

#[tokio::test]
async fn it_speaks_the_language_of_the_browser_or_the_one_that_is_asked_for() {
    let (server, _) = filled().await;
    let cases = [
        ("/", "en-US,en;q=0.9", "Sub-merchants", "子商户"),
        ("/", "zh-CN,zh;q=0.9,en;q=0.8", "子商户", "Sub-merchants"),
        ("/?lang=zh", "en", "子商户", "Sub-merchants"),
        ("/?lang=en", "zh-CN", "Sub-merchants", "子商户"),
        ("/", "", "Sub-merchants", "子商户"),
    ];
    for (path, languages, there, missing) in cases {
        let page = text(&server, path, languages).await;
        assert!(page.contains(there) && !page.contains(missing), "{path} {languages}");
    }
}

#[tokio::test]
async fn whatever_comes_from_outside_is_escaped() {
    let (server, _) = filled().await;
    let page = text(&server, "/", "en").await;
    assert!(page.contains("&lt;script&gt;console.error(1)&lt;/script&gt;&quot;&#39;&amp;"), "{page}");
    assert!(!page.contains("<script>console") && !page.contains("<img"), "{page}");
    // The only script is the one of the page itself.
    assert_eq!(page.matches("<script").count(), 1);
}

#[tokio::test]
async fn it_shows_what_happened_and_no_secret() {
    let (server, _) = filled().await;
    let page = text(&server, "/", "en").await;
    for there in ["/card/getcolors", "40073 invalid_card_id", "双人面馆套餐", "97 / 100", "cut_after", "127.0.0.1:9"]
    {
        assert!(page.contains(there), "{there}");
    }
    for hidden in [server.account().1, "hidden-token"] {
        assert!(!page.contains(hidden), "{hidden}");
    }
    server.look(|state| state.tokens.iter().for_each(|(token, _)| assert!(!page.contains(token.as_str()))));
}

/// The values of an attribute.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let begin = format!(" {name}=\"");
    page.split(begin.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[tokio::test]
async fn it_asks_no_other_host() {
    let (server, _) = filled().await;
    let http = reqwest::Client::new();
    let response = http.get(server.url()).send().await.expect("a response");
    let policy = response.headers()["content-security-policy"].to_str().expect("a text").to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("http"), "{policy}");
    let page = response.text().await.expect("a body");
    let links: Vec<&str> = ["href", "src", "action"].iter().flat_map(|name| attributes(&page, name)).collect();
    assert!(links.len() > 10, "{links:?}");
    let is_own = |link: &&str| link.starts_with("data:,") || (link.starts_with('/') && !link.starts_with("//"));
    assert!(links.iter().all(is_own), "{links:?}");
    assert!(!page.contains("url(") && !page.contains("@import"), "the style asks for nothing");
}

#[tokio::test]
async fn every_form_leads_to_an_action() {
    let (server, _) = filled().await;
    let page = text(&server, "/", "en").await;
    let document: serde_json::Value =
        serde_json::from_str(&text(&server, "/fake/openapi.json", "").await).expect("JSON");
    let actions = attributes(&page, "action");
    assert!(actions.len() >= 7, "{actions:?}");
    for action in actions {
        assert!(document["paths"][action]["post"].is_object(), "{action}");
    }
}

/// Sends a form as a browser does, and takes the page that it comes back to.
async fn submit(server: &Server, path: &str, form: &str) -> (u16, String, String) {
    let request = reqwest::Client::new().post(format!("{}{path}", server.url()));
    let request = request.header("content-type", "application/x-www-form-urlencoded").header("accept", "text/html,*/*");
    let response = request.body(form.to_owned()).send().await.expect("a response");
    let (status, url) = (response.status().as_u16(), response.url().to_string());
    (status, url, response.text().await.expect("a body"))
}

#[tokio::test]
async fn forms_do_what_their_button_says_and_come_back() {
    let (server, _) = filled().await;
    let (status, url, page) = submit(&server, "/fake/clock", "_lang=zh&advance=7200").await;
    assert_eq!((status, url), (200, format!("{}/?lang=zh", server.url())));
    assert!(page.contains("比真实时间快 2 小时"), "{page}");
    let plan = "_lang=en&fault=%7B%22code%22%3A45009%7D&path=&times=2";
    let (_, url, page) = submit(&server, "/fake/faults", plan).await;
    assert_eq!(url, format!("{}/?lang=en", server.url()));
    assert!(page.contains("<code>code 45009</code></td><td>every</td><td>2</td>"), "{page}");
    let (_, _, page) = submit(&server, "/fake/faults", "_lang=en&_verb=DELETE").await;
    assert!(!page.contains("<td>every</td>"), "{page}");
    submit(&server, "/fake/tokens/expire", "_lang=en").await;
    let now = server.now();
    assert!(server.look(|state| state.tokens.iter().all(|(_, token)| token.until <= now)));
    submit(&server, "/fake/accounts", "_lang=en&id=wx2&secret=s").await;
    assert!(server.look(|state| state.accounts.get("wx2").is_some()));
}

#[tokio::test]
async fn what_goes_wrong_stands_on_the_page() {
    let (server, _) = filled().await;
    let (status, _, page) = submit(&server, "/fake/clock", "_lang=en&advance=%3Cb%3E").await;
    assert_eq!(status, 400);
    assert!(page.contains("role=\"alert\">`advance`: invalid type: string &quot;&lt;b&gt;&quot;"), "{page}");
}

fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).flat_map(|folder| names.map(|name| folder.join(name))).find(|path| path.is_file())
}

/// What the browser wrote to its log while it made a picture.
fn picture(browser: &Path, url: &str, folder: &Path) -> (String, Vec<u8>) {
    let picture = folder.join("page.png");
    let mut command = Command::new(browser);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr"]);
    command.args(["--virtual-time-budget=3000", "--window-size=1280,1600"]);
    command.arg(format!("--user-data-dir={}", folder.join("profile").display()));
    command.arg(format!("--screenshot={}", picture.display())).arg(url);
    let output = command.output().expect("a browser that runs");
    (String::from_utf8_lossy(&output.stderr).into_owned(), std::fs::read(&picture).unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium; `bash .ci/run page` brings it"]
async fn a_browser_shows_it_without_errors() {
    let browser = chromium().expect("Chromium is installed");
    let (server, _) = filled().await;
    let folder = tempfile::tempdir().expect("a folder");
    let shown = |url: String| {
        let (browser, folder) = (browser.clone(), folder.path().to_owned());
        tokio::task::spawn_blocking(move || picture(&browser, &url, &folder))
    };
    // That an error would be seen.
    let broken = "data:text/html,<script>console.error('seen')</script>".to_owned();
    let (log, _) = shown(broken).await.expect("no panic");
    assert!(log.contains("CONSOLE"), "{log}");
    let mut pictures = Vec::new();
    for lang in ["en", "zh"] {
        let (log, png) = shown(format!("{}/?lang={lang}", server.url())).await.expect("no panic");
        assert!(!log.contains("CONSOLE"), "{log}");
        assert!(png.starts_with(b"\x89PNG") && png.len() > 20_000, "{lang}: {} bytes", png.len());
        pictures.push(png);
    }
    assert_ne!(pictures[0], pictures[1]);
}
