//! A fake, a client, cards to make, and an address to which pushes come.
#![allow(dead_code, reason = "no test needs all of it")]

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::RawQuery;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use weixin::card::Create;
use weixin::card::types::{
    Abstract, CodeType, Color, NewBaseInfo, NewBaseInfoRequired, NewCard, NewDateInfo, NewFixTerm, NewFixTimeRange,
    NewFriendsAdvancedInfo, NewFriendsBaseInfo, NewFriendsBaseInfoRequired, NewFriendsCash, NewFriendsFixTimeRange,
    NewGroupon, NewMemberCard, NewSku, TextImage,
};
use weixin::event::Event;
use weixin::push::Receiver;
use weixin::{Client, Error};
use weixin_fake::{Claim, Plan, PushTarget, Server, Verdict};

pub(crate) const LOGO: &str = "http://mmbiz.qpic.cn/mmbiz/maple0example0logo0picture/0";
pub(crate) const ALICE: &str = "oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf";
pub(crate) const BOB: &str = "oX2gTjr1Wb6NvHx4Ls9cPqYd2kZu";
pub(crate) const DAY: i64 = 86_400;

pub(crate) struct World {
    pub(crate) server: Server,
    pub(crate) client: Client,
    events: mpsc::UnboundedReceiver<Event>,
}

/// A fake that pushes, encrypted, to where the receiver of the crate opens it.
pub(crate) async fn world() -> World {
    let server = Server::start().await.expect("a free port");
    let (id, secret) = server.account();
    let client = Client::builder().base_url(server.url()).app(id, secret).build().expect("a client");
    let (token, key) = ("push0token", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG");
    let receiver = Arc::new(Receiver::builder(token).app_id(id).aes_key(key).build().expect("a receiver"));
    let (sender, events) = mpsc::unbounded_channel();
    let take = move |RawQuery(query): RawQuery, body: Bytes| async move {
        let push = receiver.open(&query.unwrap_or_default(), &body).expect("a push that is signed and encrypted");
        sender.send(push.into_event()).expect("a test that goes on");
        receiver.answer()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/pushes", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(take)).await });
    server.push_to(PushTarget::new(url, token).encrypted(key, weixin_fake::Mode::Encrypted));
    World { server, client, events }
}

impl World {
    /// The next push.
    pub(crate) async fn pushed(&mut self) -> Event {
        let next = tokio::time::timeout(Duration::from_secs(20), self.events.recv()).await;
        next.expect("a push in time").expect("a push")
    }

    /// Whether no other push has come.
    pub(crate) fn is_quiet(&mut self) -> bool {
        self.events.try_recv().is_err()
    }

    pub(crate) fn fail(&self, plan: Plan) {
        self.server.fail(plan);
    }

    /// A card that was approved; its push is taken.
    pub(crate) async fn approved(&mut self, card: impl Into<NewCard>) -> String {
        let id = Create::new(card).send(&self.client).await.expect("a card").card_id;
        self.server.review_card(&id, Verdict::Approve).expect("a review");
        assert!(matches!(self.pushed().await, Event::CardPassCheck(_)));
        id
    }

    /// A card that was approved; its push is taken, with all before it.
    pub(crate) async fn approved_after_noise(&mut self, card: impl Into<NewCard>) -> String {
        let id = Create::new(card).send(&self.client).await.expect("a card").card_id;
        self.server.review_card(&id, Verdict::Approve).expect("a review");
        while !matches!(self.pushed().await, Event::CardPassCheck(event) if event.card_id == id) {}
        id
    }

    /// A coupon of a card; its push is taken.
    pub(crate) async fn claimed(&mut self, card: &str, openid: &str) -> String {
        let code = self.server.claim(card, openid, Claim::default()).expect("a coupon");
        assert!(matches!(self.pushed().await, Event::UserGetCard(_)));
        code
    }
}

pub(crate) fn code_of<T: std::fmt::Debug>(done: Result<T, Error>) -> Option<i64> {
    done.expect_err("a refusal").code()
}

pub(crate) fn base(date: impl Into<NewDateInfo>, quantity: u64) -> NewBaseInfo {
    NewBaseInfo::new(NewBaseInfoRequired {
        logo_url: LOGO.into(),
        code_type: CodeType::Qrcode,
        brand_name: "青禾茶室".into(),
        title: "双人下午茶".into(),
        color: Color::Color020,
        notice: "结账前请出示本券".into(),
        description: "每桌限用一张".into(),
        date_info: date.into(),
        sku: NewSku::new(quantity),
    })
}

/// A coupon for 30 days after the claim.
pub(crate) fn groupon(quantity: u64) -> NewGroupon {
    NewGroupon::new(base(NewFixTerm::new(30, 0), quantity), "任选一款茶")
}

/// A coupon between two moments.
pub(crate) fn ranged(begin: u64, end: u64) -> NewGroupon {
    NewGroupon::new(base(NewFixTimeRange::new(begin, end), 100), "任选一款茶")
}

pub(crate) fn member_card() -> NewMemberCard {
    let base = base(NewDateInfo::Permanent, 100).need_push_on_view(true);
    NewMemberCard::new(base, "会员享全场茶饮九五折", false, false)
}

/// A coupon that is shared with friends, without stock.
pub(crate) fn shared(begin: u64, end: u64) -> NewFriendsCash {
    let base = NewFriendsBaseInfo::new(NewFriendsBaseInfoRequired {
        logo_url: LOGO.into(),
        code_type: CodeType::Barcode,
        brand_name: "青禾茶室".into(),
        color: Color::Color060,
        notice: "结账前请出示本券".into(),
        description: "每桌限用一张".into(),
        date_info: NewFriendsFixTimeRange::new(begin, end).into(),
        location_id_list: vec![50121],
    });
    let info = NewFriendsAdvancedInfo::new(
        Abstract::new().text("春茶已到").icon_url_list([LOGO]),
        [TextImage::new().image_url(LOGO).text("明前龙井")],
    );
    NewFriendsCash::new(base, info, 1200)
}
