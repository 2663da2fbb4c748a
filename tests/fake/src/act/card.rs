//! What reviewers and users do with cards.

use weixin::card::types::CardStatus;

use super::{ActError, Acting, Verdict};
use crate::engine::Engine;
use crate::event;
use crate::state::{Card, Coupon, Happening};

impl Engine {
    /// Passes a card that waits for review, or refuses it.
    pub(crate) fn review_card(&self, card: &str, verdict: &Verdict) -> Result<(), ActError> {
        self.act(|acting| {
            let from = acting.ids.named("o");
            let row = acting.card(card)?;
            if row.status != CardStatus::NotVerify.as_str() {
                return Err(ActError::new(format!("the card {card} waits for no review: it is {}", row.status)));
            }
            let head = acting.head(&row.app, &from);
            let (status, reason) = match verdict {
                Verdict::Approve => (CardStatus::VerifyOk, None),
                Verdict::Reject(reason) => (CardStatus::VerifyFail, Some(reason.as_str())),
            };
            if let Some(row) = acting.state.cards.edit(card) {
                status.as_str().clone_into(&mut row.status);
                reason.unwrap_or_default().clone_into(&mut row.reason);
            }
            acting.pushes.push(event::reviewed(&head, card, reason));
            Ok(())
        })
    }

    /// Adds to the stock of a card what no call can, such as what is bought with coupon points.
    pub(crate) fn restock(&self, card: &str, quantity: u32) -> Result<(), ActError> {
        self.act(|acting| {
            acting.card(card)?;
            if let Some(row) = acting.state.cards.edit(card) {
                row.left += i64::from(quantity);
                row.total += i64::from(quantity);
            }
            Ok(())
        })
    }

    /// A user looks at a card, held or not.
    pub(crate) fn view_card(&self, card: &str, openid: &str) -> Result<(), ActError> {
        self.act(|acting| {
            let row = acting.card(card)?;
            acting.state.note(&row.app, acting.now, card, Happening::Viewed, openid);
            if row.terms().is_view_pushed {
                let mut own = acting.state.coupons_of(&row.app);
                let held = own.find(|(_, coupon)| coupon.card == card && coupon.openid == openid && !coupon.unclaimed);
                let push = event::viewed(&acting.head(&row.app, openid), card, held);
                acting.pushes.push(push);
            }
            Ok(())
        })
    }
}

impl Acting<'_> {
    /// A card, of whichever account.
    pub(super) fn card(&self, id: &str) -> Result<Card, ActError> {
        self.state.cards.get(id).cloned().ok_or_else(|| ActError::new(format!("there is no card {id}")))
    }

    /// A coupon that a user holds, of whichever account, with its key.
    pub(super) fn coupon(&self, code: &str) -> Result<(String, Coupon), ActError> {
        let keys = self.state.accounts.iter().map(|(app, _)| Coupon::key(app, code));
        let mut found = keys.filter_map(|key| self.state.coupons.get(&key).map(|coupon| (key, coupon.clone())));
        let held = found.find(|(_, coupon)| !coupon.unclaimed && coupon.given_as.is_none());
        held.ok_or_else(|| ActError::new(format!("nobody holds a coupon with the code {code}")))
    }
}
