//! What reviewers do with sub-merchants.

use weixin::event::{CardMerchantCheckResult, MerchantCheckOutcome};

use super::{ActError, Verdict};
use crate::engine::Engine;
use crate::lock::lock;
use crate::push::Pushed;
use crate::state::Review;

/// What the event is called.
const EVENT: &str = "card_merchant_check_result";

impl Engine {
    /// Reviews a sub-merchant that waits for it, and pushes what has come of it.
    pub(crate) fn review_merchant(&self, id: i64, verdict: Verdict) -> Result<(), ActError> {
        let now = self.clock.now();
        let pushed = self.change(|state| {
            let key = id.to_string();
            let missing = || ActError::new(format!("there is no sub-merchant {id}"));
            let waits = state.merchants.get(&key).ok_or_else(missing)?.review == Review::Checking;
            if !waits {
                return Err(ActError::new(format!("sub-merchant {id} does not wait for a review")));
            }
            let merchant = state.merchants.edit(&key).ok_or_else(missing)?;
            merchant.updated = now;
            let (outcome, reason) = match verdict {
                Verdict::Approve => (MerchantCheckOutcome::Passed, "ok".to_owned()),
                Verdict::Reject(reason) => (MerchantCheckOutcome::Rejected, reason),
            };
            merchant.review = if outcome == MerchantCheckOutcome::Passed { Review::Approved } else { Review::Rejected };
            merchant.reason.clone_from(&reason);
            let app = merchant.app.clone();
            let mut event = CardMerchantCheckResult::new(EVENT, id, outcome);
            event.to_user_name = state.accounts.get(&app).map(|account| account.original_id.clone());
            // Nobody but the platform sends it; an openid stands there all the same.
            event.from_user_name = Some(lock(&self.ids).named("o"));
            event.create_time = Some(now);
            event.msg_type = Some("event".to_owned());
            event.reason = Some(reason);
            Ok(Pushed::new(&app, &event))
        })?;
        self.pusher.send(vec![pushed]);
        Ok(())
    }
}
