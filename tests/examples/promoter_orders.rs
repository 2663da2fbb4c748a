//! All orders that came by one promoter, page by page, with a progress bar.
//!
//! ```text
//! cargo run -p weixin-tests --example promoter_orders
//! ```
//!
//! Needs no account: a WeChat that runs inside this program answers, with 25,000 orders. With `WEIXIN_APP_ID`, `WEIXIN_APP_SECRET` and
//! `WEIXIN_PROMOTER`, the openid of a promoter, in the environment the real one is called.

use std::env::var;
use std::error::Error;
use std::io::{IsTerminal, Write};

use weixin::promoter::GetOrder;
use weixin::{AppSecret, Client};
use weixin_fake::Server;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (client, promoter, _fake) = open().await?;
    let request = GetOrder::new(promoter);

    let mut pages = client.pages(&request);
    let (mut read, mut done, mut fen) = (0, 0, 0);
    while let Some(page) = pages.next().await {
        let orders = page?.order_list;
        read += 1;
        done += orders.len();
        fen += orders.iter().filter_map(|order| order.paid_amount).map(u64::from).sum::<u64>();
        draw(read, done)?;
    }
    println!("\n{done} orders of {}.{:02} yuan in all", fen / 100, fen % 100);
    Ok(())
}

/// Who answers: the fake inside, which is kept while the program runs, or the real one.
async fn open() -> Result<(Client, String, Option<Server>), Box<dyn Error>> {
    if let (Ok(id), Ok(_), Ok(promoter)) = (var("WEIXIN_APP_ID"), var("WEIXIN_APP_SECRET"), var("WEIXIN_PROMOTER")) {
        return Ok((Client::builder().app(id, AppSecret::from_env("WEIXIN_APP_SECRET")).build()?, promoter, None));
    }
    let fake = Server::start().await?;
    let (id, secret) = fake.account();
    let client = Client::builder().base_url(fake.url()).app(id, secret).build()?;
    let promoter = fake.seed_orders(25_000).to_owned();
    Ok((client, promoter, Some(fake)))
}

/// A block for each page: nothing tells beforehand how many there will be. In a terminal the bar stays in its line.
fn draw(read: usize, done: usize) -> std::io::Result<()> {
    let mut out = std::io::stdout();
    let end = if out.is_terminal() { "\r" } else { "\n" };
    write!(out, "{} {done} orders{end}", "█".repeat(read))?;
    out.flush()
}
