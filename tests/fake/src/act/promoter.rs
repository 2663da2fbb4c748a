//! What promoters and the users whom they reach do.

use weixin::promoter::types::OrderStatus;
use weixin::promoter::{GetShareMaterial, PromotedOrder, Relation};

use super::ActError;
use crate::behave::promoter::{key, material_of, withdrawn};
use crate::engine::Engine;
use crate::reply::typed;
use crate::state::{self, State};

/// The promoter of what is made up.
const PROMOTER: &str = "ofakePromoter000000000000001";

/// The scene of somebody who came by a Mini Program code.
const BY_CODE: u32 = 1_047;

/// The seconds between two made-up rows.
const APART: u64 = 60;

/// The merchant number of made-up orders.
const MERCHANT: &str = "1680042517";

impl Engine {
    /// Makes up that many relations of one promoter for every account, a minute apart, and tells the promoter's openid.
    pub(crate) fn seed_relations(&self, count: u64) -> &'static str {
        let now = self.clock.now();
        self.change(|state| {
            for app in accounts(state) {
                let first = next(state.relations.starting(&key_of_all(&app)).last());
                for index in 0..count {
                    let row = relation(first + index, now.saturating_sub((count - index) * APART));
                    state.relations.put(key(&app, first + index), row);
                }
            }
        });
        PROMOTER
    }

    /// Makes up that many orders of one promoter for every account, a minute apart, every tenth of them refunded, and tells
    /// the promoter's openid.
    pub(crate) fn seed_orders(&self, count: u64) -> &'static str {
        let now = self.clock.now();
        self.change(|state| {
            for app in accounts(state) {
                let first = next(state.orders.starting(&key_of_all(&app)).last());
                for index in 0..count {
                    let row = order(first + index, now.saturating_sub((count - index) * APART));
                    state.orders.put(key(&app, first + index), row);
                }
            }
        });
        PROMOTER
    }

    /// From now on somebody is no promoter of any account.
    pub(crate) fn withdraw_promoter(&self, openid: &str) {
        self.change(|state| {
            for app in accounts(state) {
                state.settings.put(withdrawn(&app, openid), true.into());
            }
        });
    }

    /// Has a user enter the Mini Program by the path of a material.
    pub(crate) fn reach(&self, share_path: &str, openid: &str) -> Result<(), ActError> {
        let now = self.clock.now();
        self.change(|state| {
            let material = material_of(share_path).and_then(|token| state.materials.get(token)).cloned();
            let material = material.ok_or_else(|| ActError::new("this path is that of no material"))?;
            if material.until <= now {
                return Err(ActError::new("this material has expired"));
            }
            let sent: Option<GetShareMaterial> = serde_json::from_value(material.content).ok();
            let mut content = Relation::new(openid);
            content.promoter_openid = Some(material.openid.clone());
            content.create_time = Some(now);
            content.scene = Some(BY_CODE);
            content.path = sent.as_ref().map(|sent| sent.path.clone());
            content.share_extra_info = sent.and_then(|sent| sent.extra_info);
            let number = next(state.relations.starting(&key_of_all(&material.app)).last());
            let row = state::Relation { promoter: material.openid, role: None, content: typed(&content), since: now };
            state.relations.put(key(&material.app, number), row);
            Ok(())
        })
    }
}

fn accounts(state: &State) -> Vec<String> {
    state.accounts.iter().map(|(app, _)| app.clone()).collect()
}

fn key_of_all(app: &str) -> String {
    format!("{app} ")
}

/// The number after the last row.
fn next<T>(last: Option<(&String, &T)>) -> u64 {
    let number = last.and_then(|(key, _)| key.rsplit_once(' ')?.1.parse::<u64>().ok());
    number.map_or(1, |number| number + 1)
}

/// A user, by number.
fn user(number: u64) -> String {
    format!("ofakeVisitor{number:016}")
}

fn relation(number: u64, at: u64) -> state::Relation {
    let mut content = Relation::new(user(number));
    content.promoter_openid = Some(PROMOTER.to_owned());
    content.role_id = Some(3);
    content.retail_id = Some("store-0028".to_owned());
    content.extra_info = Some("team=north".to_owned());
    content.create_time = Some(at);
    content.path = Some("pages/autumn/index".to_owned());
    content.scene = Some(BY_CODE);
    content.share_extra_info = Some(format!("poster={}", number % 10));
    state::Relation { promoter: PROMOTER.to_owned(), role: Some(3), content: typed(&content), since: at }
}

fn order(number: u64, at: u64) -> state::Order {
    let mut content = PromotedOrder::new();
    content.promoter_openid = Some(PROMOTER.to_owned());
    content.openid = Some(user(number));
    content.role_id = Some(3);
    content.retail_id = Some("store-0028".to_owned());
    content.create_time = Some(at.saturating_sub(APART));
    content.path = Some("pages/autumn/index".to_owned());
    content.scene = Some(BY_CODE);
    content.mch_id = Some(MERCHANT.to_owned());
    content.trade_no = Some(format!("42000024{number:020}"));
    content.out_trade_no = Some(format!("FAKE-{number:08}"));
    content.paid_amount = u32::try_from(100 + number % 9_900).ok();
    content.paid_time = Some(at);
    let is_refunded = number.is_multiple_of(10);
    content.status = Some(if is_refunded { OrderStatus::RefundAccepted } else { OrderStatus::PaymentCompleted });
    content.refunded_time = is_refunded.then_some(at + APART);
    state::Order { promoter: PROMOTER.to_owned(), content: typed(&content), paid: at }
}
