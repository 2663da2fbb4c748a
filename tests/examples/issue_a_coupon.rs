//! The whole life of a coupon: upload a logo, create the card, have it reviewed, hand it out, look at a code, redeem it.
//!
//! ```text
//! cargo run -p weixin-tests --example issue_a_coupon
//! ```
//!
//! Needs no account: a WeChat that runs inside this program answers, and plays the reviewer and the user. With `WEIXIN_APP_ID` and
//! `WEIXIN_APP_SECRET` in the environment the real one is called; then you review, claim, and type the code.

use std::env::var;
use std::error::Error;
use std::io::{BufRead, Write};
use std::time::Duration;

use weixin::card::code::{Consume, Get};
use weixin::card::qrcode::{Create as CreateQrCode, QrActionInfo, QrActionName, QrCard};
use weixin::card::types::{
    CardStatus, CodeType, Color, NewBaseInfo, NewBaseInfoRequired, NewFixTerm, NewGroupon, NewSku,
};
use weixin::cgi_bin::media::UploadImg;
use weixin::{AppSecret, Client, File, Lang, card};
use weixin_fake::{Claim, Server, Verdict};

/// The smallest JPG that there is: one gray point.
const LOGO: &[u8] = &[
    0xff, 0xd8, 0xff, 0xdb, 0x00, 0x43, 0x00, 0x03, 0x02, 0x02, 0x02, 0x02, 0x02, 0x03, 0x02, 0x02, 0x02, 0x03, 0x03,
    0x03, 0x03, 0x04, 0x06, 0x04, 0x04, 0x04, 0x04, 0x04, 0x08, 0x06, 0x06, 0x05, 0x06, 0x09, 0x08, 0x0a, 0x0a, 0x09,
    0x08, 0x09, 0x09, 0x0a, 0x0c, 0x0f, 0x0c, 0x0a, 0x0b, 0x0e, 0x0b, 0x09, 0x09, 0x0d, 0x11, 0x0d, 0x0e, 0x0f, 0x10,
    0x10, 0x11, 0x10, 0x0a, 0x0c, 0x12, 0x13, 0x12, 0x10, 0x13, 0x0f, 0x10, 0x10, 0x10, 0xff, 0xc9, 0x00, 0x0b, 0x08,
    0x00, 0x01, 0x00, 0x01, 0x01, 0x01, 0x11, 0x00, 0xff, 0xcc, 0x00, 0x06, 0x00, 0x10, 0x10, 0x05, 0xff, 0xda, 0x00,
    0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00, 0xd2, 0xcf, 0x20, 0xff, 0xd9,
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let stage = Stage::open().await?;
    let client = &stage.client;

    let logo = UploadImg::new(File::new("logo.jpg", LOGO).mime("image/jpeg")).send(client).await?;
    stage.show("upload the logo");

    let groupon = NewGroupon::new(base_info(logo.url), "Two cups of any tea.");
    let card_id = card::Create::new(groupon).send(client).await?.card_id;
    stage.show("create the card");

    stage.approve(&card_id).await?;
    let action = QrActionInfo::new().card(QrCard::new(&card_id).outer_str("counter-3"));
    let qr_code = CreateQrCode::new(QrActionName::QrCard, action).send(client).await?;
    stage.show("make the QR code with which users claim it");

    let code = stage.claim(&card_id, qr_code.show_qrcode_url.as_deref())?;
    let response = Get::new(&code).check_consume(true).send(client).await?;
    stage.show("look at the code before it is redeemed");
    if response.can_consume != Some(true) {
        return Err(format!("the code cannot be redeemed: {:?}", response.user_card_status).into());
    }

    let redeemed = Consume::new(&code).send(client).await?;
    stage.show("redeem it");
    println!("The coupon {code} of {} is redeemed.", redeemed.openid.unwrap_or_default());

    // A second time it is refused, and the error says what to do.
    if let Err(error) = Consume::new(&code).send(client).await {
        println!("Once more: {error}\n{}", error.explain(Lang::En));
    }
    Ok(())
}

fn base_info(logo_url: String) -> NewBaseInfo {
    NewBaseInfo::new(NewBaseInfoRequired {
        logo_url,
        code_type: CodeType::Qrcode,
        brand_name: "青禾茶室".into(),
        title: "双人下午茶".into(),
        color: Color::Color020,
        notice: "结账前请出示本券".into(),
        description: "每桌限用一张".into(),
        date_info: NewFixTerm::new(30, 0).into(),
        sku: NewSku::new(300),
    })
    .get_limit(1)
}

/// Who answers: the fake inside, or the real one.
struct Stage {
    client: Client,
    fake: Option<Server>,
    shown: std::cell::Cell<usize>,
}

impl Stage {
    async fn open() -> Result<Self, Box<dyn Error>> {
        let shown = std::cell::Cell::new(0);
        if let (Ok(id), Ok(_)) = (var("WEIXIN_APP_ID"), var("WEIXIN_APP_SECRET")) {
            let client = Client::builder().app(id, AppSecret::from_env("WEIXIN_APP_SECRET")).build()?;
            return Ok(Stage { client, fake: None, shown });
        }
        let fake = Server::start().await?;
        let (id, secret) = fake.account();
        let client = Client::builder().base_url(fake.url()).app(id, secret).build()?;
        println!("A WeChat runs at {}: see what it holds in a browser.\n", fake.url());
        Ok(Stage { client, fake: Some(fake), shown })
    }

    /// Shows what went over the wire since the last time, without tokens and secrets.
    fn show(&self, what: &str) {
        println!("== {what}");
        let calls = self.fake.iter().flat_map(Server::calls).skip(self.shown.get());
        for call in calls.map(weixin_fake::Entry::redacted) {
            println!("{} {}", call.method, call.path);
            if let Some(request) = &call.request {
                println!("  -> {}", shortened(request.to_string()));
            }
            println!("  <- {}", shortened(call.response.to_string()));
            self.shown.set(self.shown.get() + 1);
        }
        println!();
    }

    /// Waits until the card has passed the review. The fake passes it at once.
    async fn approve(&self, card_id: &str) -> Result<(), Box<dyn Error>> {
        if let Some(fake) = &self.fake {
            fake.review_card(card_id, Verdict::Approve)?;
        }
        loop {
            let card = card::Get::new(card_id).send(&self.client).await?.card;
            match card.base_info().and_then(|base| base.status.clone()) {
                Some(CardStatus::VerifyOk | CardStatus::Dispatch) => break,
                Some(CardStatus::NotVerify) => println!("the card {card_id} waits for its review"),
                other => return Err(format!("the card is in the state {other:?}").into()),
            }
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
        self.show("see that it passed the review");
        Ok(())
    }

    /// A user claims the card and gets a code. With the real WeChat that is you.
    fn claim(&self, card_id: &str, qr_code: Option<&str>) -> Result<String, Box<dyn Error>> {
        if let Some(fake) = &self.fake {
            return Ok(fake.claim(card_id, "oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf", Claim::default())?);
        }
        print!("Scan {}, claim the card, and type its code: ", qr_code.unwrap_or_default());
        std::io::stdout().flush()?;
        let mut code = String::new();
        std::io::stdin().lock().read_line(&mut code)?;
        Ok(code.trim().to_owned())
    }
}

fn shortened(text: String) -> String {
    const MOST: usize = 300;
    if text.chars().count() <= MOST { text } else { text.chars().take(MOST).collect::<String>() + "…" }
}
