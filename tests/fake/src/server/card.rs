//! What people do with cards, for tests to ask.

use super::Server;
use crate::act::{ActError, Claim, Verdict};
use crate::behave::code::encrypted;

impl Server {
    /// Passes a card that waits for review, or refuses it; pushes `card_pass_check` or `card_not_pass_check`.
    ///
    /// # Errors
    ///
    /// Where the card is unknown, or waits for no review.
    pub fn review_card(&self, card_id: &str, verdict: Verdict) -> Result<(), ActError> {
        self.engine.review_card(card_id, &verdict)
    }

    /// Adds to the stock of a card what no call can, such as what is bought with coupon points for coupons shared with friends.
    ///
    /// # Errors
    ///
    /// Where the card is unknown.
    pub fn restock(&self, card_id: &str, quantity: u32) -> Result<(), ActError> {
        self.engine.restock(card_id, quantity)
    }

    /// A user looks at a card; pushes `user_view_card` where the card asks for it.
    ///
    /// # Errors
    ///
    /// Where the card is unknown.
    pub fn view_card(&self, card_id: &str, openid: &str) -> Result<(), ActError> {
        self.engine.view_card(card_id, openid)
    }

    /// A user claims a card, and gets this code; pushes `user_get_card`.
    ///
    /// # Errors
    ///
    /// Where the card is not approved and the user no tester, where none is left, and where the user has as many as one may have.
    pub fn claim(&self, card_id: &str, openid: &str, claim: Claim) -> Result<String, ActError> {
        self.engine.claim(card_id, openid, &claim)
    }

    /// A user gives a coupon away; pushes `user_gifting_card`.
    ///
    /// # Errors
    ///
    /// Where nobody holds the coupon, or it cannot be given away.
    pub fn gift(&self, code: &str) -> Result<(), ActError> {
        self.engine.gift(code)
    }

    /// A friend takes a coupon that is given away, and gets this code; pushes `user_get_card`. A custom code stays as it is.
    ///
    /// # Errors
    ///
    /// Where nobody gives the coupon away.
    pub fn accept_gift(&self, code: &str, openid: &str) -> Result<String, ActError> {
        self.engine.accept_gift(code, openid)
    }

    /// Nobody has taken a gift in time; pushes `user_gifting_card` once more, with `IsReturnBack`.
    ///
    /// # Errors
    ///
    /// Where nobody gives the coupon away.
    pub fn time_out_gift(&self, code: &str) -> Result<(), ActError> {
        self.engine.time_out_gift(code)
    }

    /// A user deletes a coupon; pushes `user_del_card`.
    ///
    /// # Errors
    ///
    /// Where nobody holds the coupon.
    pub fn delete_coupon(&self, code: &str) -> Result<(), ActError> {
        self.engine.delete_coupon(code)
    }

    /// Gives so many users a coupon each, without pushes, and tells the codes: for tests under load.
    ///
    /// # Errors
    ///
    /// Where the card is unknown.
    pub fn seed_coupons(&self, card_id: &str, count: u32) -> Result<Vec<String>, ActError> {
        self.engine.seed_coupons(card_id, count)
    }

    /// A code as a page of the merchant gets it in `encrypt_code`, not yet escaped for an address.
    #[must_use]
    pub fn encrypted_code(&self, code: &str) -> String {
        encrypted(code)
    }
}
