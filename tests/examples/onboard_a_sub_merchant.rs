//! A sub-merchant: submitted, reviewed, and given its first card once the result of the review was pushed.
//!
//! ```text
//! cargo run -p weixin-tests --example onboard_a_sub_merchant
//! ```
//!
//! Needs no account: a WeChat that runs inside this program answers, reviews, and pushes. With `WEIXIN_APP_ID`, `WEIXIN_APP_SECRET`,
//! `WEIXIN_LOGO_URL` and `WEIXIN_PROTOCOL_MEDIA_ID` in the environment the real one is called; this program has no address to which the
//! real one could push, so it asks again and again.

use std::env::var;
use std::error::Error;
use std::time::Duration;

use weixin::card::submerchant::types::{NewSubmerchantInfo, NewSubmerchantInfoRequired, SubmerchantStatus};
use weixin::card::submerchant::{Get, Submit};
use weixin::card::types::{
    CodeType, Color, NewBaseInfo, NewBaseInfoRequired, NewFixTerm, NewGroupon, NewSku, SubMerchantInfo,
};
use weixin::event::{Event, MerchantCheckOutcome};
use weixin::push::{Inbox, Receiver};
use weixin::{AppSecret, Client, card};
use weixin_fake::{Mode, PushTarget, Server, Verdict};

const PUSH_TOKEN: &str = "the token that was set up";
const PUSH_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const YEAR: u64 = 365 * 86_400;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut stage = Stage::open().await?;
    let (logo_url, protocol) = (stage.logo_url.clone(), stage.protocol.clone());

    let categories = card::GetApplyProtocol::new().send(&stage.client).await?;
    println!("{} categories to choose from", categories.category.len());
    let info = NewSubmerchantInfo::new(NewSubmerchantInfoRequired {
        brand_name: "青禾面馆".into(),
        logo_url: logo_url.clone(),
        protocol,
        end_time: weixin_runtime::calendar::today(0).unsigned_abs() * 86_400 + YEAR,
        primary_category_id: 3,
        secondary_category_id: 307,
    });
    let merchant = Submit::new(info).send(&stage.client).await?.info.merchant_id;
    println!("the sub-merchant {merchant} was submitted");

    stage.reviewed(merchant).await?;
    let base = NewBaseInfo::new(NewBaseInfoRequired {
        logo_url,
        code_type: CodeType::Qrcode,
        brand_name: "青禾面馆".into(),
        title: "午市套餐".into(),
        color: Color::Color010,
        notice: "结账前请出示本券".into(),
        description: "仅限午市使用".into(),
        date_info: NewFixTerm::new(30, 0).into(),
        sku: NewSku::new(100),
    });
    let base = base.sub_merchant_info(SubMerchantInfo::new(merchant.unsigned_abs()));
    let card_id = card::Create::new(NewGroupon::new(base, "One noodle soup.")).send(&stage.client).await?.card_id;
    println!("its first card is {card_id}");
    Ok(())
}

/// Who answers: the fake inside, with an address to which it pushes, or the real one.
struct Stage {
    client: Client,
    fake: Option<(Server, Inbox<Event>)>,
    logo_url: String,
    protocol: String,
}

impl Stage {
    async fn open() -> Result<Self, Box<dyn Error>> {
        if let (Ok(id), Ok(_)) = (var("WEIXIN_APP_ID"), var("WEIXIN_APP_SECRET")) {
            let client = Client::builder().app(id, AppSecret::from_env("WEIXIN_APP_SECRET")).build()?;
            let (logo_url, protocol) = (var("WEIXIN_LOGO_URL")?, var("WEIXIN_PROTOCOL_MEDIA_ID")?);
            return Ok(Stage { client, fake: None, logo_url, protocol });
        }
        let fake = Server::start().await?;
        let (id, secret) = fake.account();
        let client = Client::builder().base_url(fake.url()).app(id, secret).build()?;
        let receiver = Receiver::builder(PUSH_TOKEN).app_id(id).aes_key(PUSH_KEY).build()?;
        let (service, inbox) = receiver.service(100);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}/pushes", listener.local_addr()?);
        tokio::spawn(async move { axum::serve(listener, service.router("/pushes")).await });
        fake.push_to(PushTarget::new(address, PUSH_TOKEN).encrypted(PUSH_KEY, Mode::Encrypted));
        let logo_url = "http://mmbiz.qpic.cn/mmbiz/maple0example0logo0picture/0".to_owned();
        Ok(Stage { client, fake: Some((fake, inbox)), logo_url, protocol: "mQ7vTz2Kd9Rw4YbXs1Lp6NcHfU3gJe8A".into() })
    }

    /// Waits until the sub-merchant has passed its review.
    async fn reviewed(&mut self, merchant: i64) -> Result<(), Box<dyn Error>> {
        let Some((fake, inbox)) = &mut self.fake else { return self.asked(merchant).await };
        fake.review_merchant(merchant, Verdict::Approve)?;
        while let Some(push) = inbox.next().await {
            match push.event() {
                Event::CardMerchantCheckResult(result) if result.merchant_id == merchant => {
                    println!("pushed: the review is {:?}", result.is_pass);
                    let reason = result.reason.clone().unwrap_or_default();
                    return if result.is_pass == MerchantCheckOutcome::Passed { Ok(()) } else { Err(reason.into()) };
                }
                other => println!("pushed: {other:?}"),
            }
        }
        Err("nothing is pushed any more".into())
    }

    async fn asked(&self, merchant: i64) -> Result<(), Box<dyn Error>> {
        loop {
            match Get::new(merchant).send(&self.client).await?.info.status {
                Some(SubmerchantStatus::Approved) => return Ok(()),
                Some(SubmerchantStatus::Checking) => println!("the sub-merchant waits for its review"),
                other => return Err(format!("the sub-merchant is in the state {other:?}").into()),
            }
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
    }
}
