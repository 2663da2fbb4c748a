//! A year of statistics as CSV, in as many calls as it takes.
//!
//! ```text
//! cargo run -p weixin-tests --example statistics_to_csv > year.csv
//! ```
//!
//! Needs no account: a WeChat that runs inside this program answers, in which a year has gone by. With `WEIXIN_APP_ID` and
//! `WEIXIN_APP_SECRET` in the environment the real one is called.

use std::env::var;
use std::error::Error;

use weixin::card::types::{CodeType, Color, NewBaseInfo, NewBaseInfoRequired, NewFixTerm, NewGroupon, NewSku};
use weixin::datacube::GetCardBizuinInfo;
use weixin::datacube::types::CardSource;
use weixin::{AppSecret, Client, card};
use weixin_fake::Server;
use weixin_fake::state::Happening;
use weixin_runtime::calendar;

const DAY: u64 = 86_400;
const YEAR: u64 = 365;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (client, _fake) = open().await?;
    let today = calendar::today(weixin::API.zone_seconds);
    let (from, to) = (calendar::date(today - YEAR as i64), calendar::date(today - 1));

    println!("date,viewed,viewers,claimed,claimers,redeemed,redeemers");
    // The days go here: each request asks for as many as one call may have.
    let request = GetCardBizuinInfo::new(from.as_str(), to.as_str(), CardSource::Api);
    let mut responses = request.spans(from.as_str(), to.as_str()).send(&client);
    let (mut calls, mut days) = (0, 0);
    while let Some(response) = responses.next().await {
        calls += 1;
        for day in response?.list {
            let counts =
                [day.view_cnt, day.view_user, day.receive_cnt, day.receive_user, day.verify_cnt, day.verify_user];
            let counts = counts.map(|count| count.unwrap_or_default().to_string());
            println!("{},{}", day.ref_date.unwrap_or_default(), counts.join(","));
            days += 1;
        }
    }
    eprintln!("{days} days from {from} to {to}, in {calls} calls");
    Ok(())
}

/// Who answers: the fake inside, which is kept while the program runs, or the real one.
async fn open() -> Result<(Client, Option<Server>), Box<dyn Error>> {
    if let (Ok(id), Ok(_)) = (var("WEIXIN_APP_ID"), var("WEIXIN_APP_SECRET")) {
        return Ok((Client::builder().app(id, AppSecret::from_env("WEIXIN_APP_SECRET")).build()?, None));
    }
    let fake = Server::start().await?;
    let (id, secret) = fake.account();
    let client = Client::builder().base_url(fake.url()).app(id, secret).build()?;
    a_year_went_by(&fake, id, &a_card(&client).await?);
    Ok((client, Some(fake)))
}

async fn a_card(client: &Client) -> Result<String, weixin::Error> {
    let base = NewBaseInfo::new(NewBaseInfoRequired {
        logo_url: "http://mmbiz.qpic.cn/mmbiz/maple0example0logo0picture/0".into(),
        code_type: CodeType::Qrcode,
        brand_name: "青禾茶室".into(),
        title: "双人下午茶".into(),
        color: Color::Color020,
        notice: "结账前请出示本券".into(),
        description: "每桌限用一张".into(),
        date_info: NewFixTerm::new(30, 0).into(),
        sku: NewSku::new(10_000),
    });
    Ok(card::Create::new(NewGroupon::new(base, "Two cups of any tea.")).send(client).await?.card_id)
}

/// What users did with one card, more of it every month.
fn a_year_went_by(fake: &Server, id: &str, card_id: &str) {
    let now = fake.now();
    fake.change(|state| {
        for ago in 1..=YEAR {
            for user in 0..(YEAR - ago) / 30 + 1 {
                let openid = format!("oX2gTjm7Kd5QwZr3Vb8sLnA{user:05}");
                let mut note = |happening| state.note(id, now - ago * DAY, card_id, happening, &openid);
                note(Happening::Viewed);
                note(Happening::Received);
                if user % 2 == 0 {
                    note(Happening::Redeemed);
                }
            }
        }
    });
}
