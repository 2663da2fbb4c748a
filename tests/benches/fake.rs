//! How many calls the fake takes, and whether it grows.
//!
//! ```text
//! cargo bench -p weixin-tests --bench fake
//! SECONDS=600 cargo bench -p weixin-tests --bench fake
//! ```
//!
//! 32 tasks query codes of 100,000 with the real client, all on the processors of this machine. Prints `NAME RATIO GOAL`: the calls a
//! second that are asked for by those that were made, and the memory at the end by that after half of the time.

mod shared;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use shared::figure::{header, line};
use weixin::card::Create;
use weixin::card::code::Get;
use weixin::card::types::{CodeType, Color, NewBaseInfo, NewBaseInfoRequired, NewFixTerm, NewGroupon, NewSku};
use weixin::{Client, Error};
use weixin_fake::{Server, Verdict};

/// So many calls a second are asked for.
const WANTED: f64 = 5_000.0;
const CODES: u32 = 100_000;
const TASKS: usize = 32;

/// How often the memory is looked at.
const PARTS: u32 = 10;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.unwrap_or_else(|error| panic!("{error}")).block_on(run()).unwrap_or_else(|error| panic!("{error}"));
}

async fn run() -> Result<(), Error> {
    let seconds = std::env::var("SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(10);
    let server = Server::start().await.unwrap_or_else(|error| panic!("{error}"));
    let (id, secret) = server.account();
    let client = Client::builder().base_url(server.url()).app(id, secret).build()?;
    let card_id = Create::new(NewGroupon::new(base_info(), "Two cups of any tea.")).send(&client).await?.card_id;
    server.review_card(&card_id, Verdict::Approve).unwrap_or_else(|error| panic!("{error}"));
    let codes = Arc::new(server.seed_coupons(&card_id, CODES).unwrap_or_else(|error| panic!("{error}")));

    let done = Arc::new(AtomicU64::new(0));
    let start = Instant::now();
    let end = start + Duration::from_secs(seconds);
    let tasks: Vec<_> =
        (0..TASKS).map(|task| tokio::spawn(query(task, end, client.clone(), codes.clone(), done.clone()))).collect();
    let mut memories = Vec::new();
    for _ in 0..PARTS {
        tokio::time::sleep(Duration::from_secs(seconds) / PARTS).await;
        memories.extend(memory());
    }
    for task in tasks {
        task.await.unwrap_or_else(|error| panic!("{error}"))?;
    }
    let rate = done.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64();
    header();
    line("5,000 code/get a second, of 100,000 codes", WANTED / rate, 1.0);
    eprintln!("    # {rate:.0} a second over {seconds} s");
    match (memories.get((memories.len() / 2).saturating_sub(1)), memories.last()) {
        (Some(half), Some(end)) => {
            line("memory at the end", end / half, 1.05);
            eprintln!("    # {memories:.0?} MB");
        }
        _ => eprintln!("    # the memory of a process is read from /proc, which is not here"),
    }
    Ok(())
}

async fn query(
    task: usize,
    end: Instant,
    client: Client,
    codes: Arc<Vec<String>>,
    done: Arc<AtomicU64>,
) -> Result<(), Error> {
    let mut number = task;
    while Instant::now() < end {
        let response = Get::new(&codes[number % codes.len()]).send(&client).await?;
        assert_eq!(response.can_consume, Some(true), "every code is good");
        number += 7_919;
        done.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

/// The resident memory of this process, in megabytes.
fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

fn base_info() -> NewBaseInfo {
    NewBaseInfo::new(NewBaseInfoRequired {
        logo_url: "http://mmbiz.qpic.cn/mmbiz/maple0example0logo0picture/0".into(),
        code_type: CodeType::Qrcode,
        brand_name: "青禾茶室".into(),
        title: "双人下午茶".into(),
        color: Color::Color020,
        notice: "结账前请出示本券".into(),
        description: "每桌限用一张".into(),
        date_info: NewFixTerm::new(30, 0).into(),
        sku: NewSku::new(1_000_000),
    })
}
