//! How users come to coupons.

use serde::{Deserialize, Serialize};

use super::{ActError, Acting};
use crate::engine::Engine;
use crate::event;
use crate::state::{Card, Coupon, Happening, Terms};

/// How many letters a code has that the platform makes.
const DIGITS: usize = 12;

/// How long before its validity period a coupon shared with friends can be claimed, in seconds.
const AHEAD: u64 = 5 * 86_400;

/// A card with more at first is told to run low, once so few are left, and not again within so many seconds.
const LOW: (i64, i64, u64) = (200, 100, 12 * 3_600);

/// How a user claims a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claim {
    /// The code, where the merchant supplies it.
    pub code: Option<String>,
    /// The scene under which the card was distributed.
    pub outer_str: Option<String>,
}

impl Engine {
    /// A user claims a card. What comes back is the code.
    pub(crate) fn claim(&self, card: &str, openid: &str, claim: &Claim) -> Result<String, ActError> {
        self.act(|acting| {
            let row = acting.card(card)?;
            let terms = row.terms();
            acting.may_claim(card, &row, &terms, openid)?;
            let code = acting.code(card, &row, &terms, claim)?;
            let (app, now) = (row.app.as_str(), acting.now);
            let mut coupon = Coupon::new(app, card, openid, now, terms.span(now));
            coupon.outer.clone_from(&claim.outer_str);
            let head = acting.head(app, openid);
            acting.pushes.push(event::claimed(&head, &code, &coupon, None));
            acting.state.coupons.put(Coupon::key(app, &code), coupon);
            acting.state.note(app, now, card, Happening::Received, openid);
            acting.take_one(card);
            Ok(code)
        })
    }

    /// Gives so many users a coupon each, at once and without pushes. The stock of the card grows by as many.
    pub(crate) fn seed_coupons(&self, card: &str, count: u32) -> Result<Vec<String>, ActError> {
        self.act(|acting| {
            let row = acting.card(card)?;
            let (app, now, span) = (row.app.as_str(), acting.now, row.terms().span(acting.now));
            let (codes, users) = (acting.ids.digits(DIGITS), acting.ids.letters(18));
            // Only where they begin is drawn. They are longer than all others, and so none of those.
            let codes: Vec<String> = (0..count).map(|index| format!("{codes}{index:07}")).collect();
            for (index, code) in codes.iter().enumerate() {
                let coupon = Coupon::new(app, card, &format!("o{users}{index:09}"), now, span);
                acting.state.coupons.put(Coupon::key(app, code), coupon);
            }
            if let Some(row) = acting.state.cards.edit(card) {
                row.total += i64::from(count);
            }
            Ok(codes)
        })
    }
}

impl Acting<'_> {
    /// Whether a user may claim a card now.
    fn may_claim(&self, id: &str, card: &Card, terms: &Terms, openid: &str) -> Result<(), ActError> {
        let refused = |why: &str| Err(ActError::new(format!("the card {id} cannot be claimed: {why}")));
        let is_tester = self.state.testers.get(&format!("{} {openid}", card.app)).is_some();
        if card.is_deleted() {
            return refused("it was deleted");
        }
        if !card.is_approved() && !is_tester {
            return refused("it is not approved, and the user tests nothing");
        }
        if card.left <= 0 {
            return refused("none is left");
        }
        let (begin, end) = terms.span(self.now);
        if end < self.now {
            return refused("it has expired");
        }
        if terms.is_shared && self.now + AHEAD < begin {
            return refused("it can be distributed from five days before it becomes valid");
        }
        let is_own = |coupon: &Coupon| coupon.card == id && coupon.openid == openid && !coupon.unclaimed;
        let claimed = |limit: usize| self.state.coupons.iter().filter(|(_, row)| is_own(row)).take(limit).count();
        match terms.get_limit.and_then(|limit| usize::try_from(limit).ok()) {
            Some(limit) if claimed(limit) >= limit => refused("the user has as many as one may claim"),
            _ => Ok(()),
        }
    }

    /// The code of a coupon: made up, told by the merchant, or imported before.
    fn code(&mut self, id: &str, card: &Card, terms: &Terms, claim: &Claim) -> Result<String, ActError> {
        let taken = |code: &str| self.state.coupons.get(&Coupon::key(&card.app, code));
        match &claim.code {
            None if terms.is_deposited => {
                let mut own = self.state.coupons_of(&card.app);
                let next = own.find(|(_, coupon)| coupon.card == id && coupon.unclaimed);
                let next = next.map(|(code, _)| code.to_owned());
                next.ok_or_else(|| ActError::new(format!("no imported code of the card {id} is left")))
            }
            None if terms.is_custom => Err(ActError::new(format!("the card {id} has custom codes, and none is named"))),
            None => Ok(self.ids.digits(DIGITS)),
            Some(_) if !terms.is_custom => Err(ActError::new(format!("the card {id} has no custom codes"))),
            Some(code) => match taken(code) {
                Some(coupon) if !coupon.unclaimed || coupon.card != id => {
                    Err(ActError::new(format!("the code {code} is taken")))
                }
                None if terms.is_deposited => Err(ActError::new(format!("the code {code} was not imported"))),
                _ => Ok(code.clone()),
            },
        }
    }

    /// Takes one from the stock, and tells when it runs low.
    fn take_one(&mut self, id: &str) {
        let Some(card) = self.state.cards.edit(id) else { return };
        card.left -= 1;
        let (left, total, app) = (card.left, card.total, card.app.clone());
        let (at_first, few, between) = LOW;
        let told = format!("told {id}");
        let last = self.state.settings.get(&told).and_then(serde_json::Value::as_u64);
        if total > at_first && left <= few && last.is_none_or(|last| self.now >= last + between) {
            self.state.settings.put(told, self.now.into());
            let head = self.head(&app, &self.state.original_id(&app));
            self.pushes.push(event::running_low(&head, id, left));
        }
    }
}
