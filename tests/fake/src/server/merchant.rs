//! What tests ask of it about sub-merchants, promoters and how often accounts may call.

use super::Server;
use crate::act::{ActError, Verdict};
use crate::behave::quota::LIMIT;

impl Server {
    /// Reviews a sub-merchant that waits for it. What has come of it is pushed.
    ///
    /// # Errors
    ///
    /// Where there is no such sub-merchant, or it does not wait.
    pub fn review_merchant(&self, id: i64, verdict: Verdict) -> Result<(), ActError> {
        self.engine.review_merchant(id, verdict)
    }

    /// Sets how often an account may call a path in a day. What is documented does not count for it any more.
    pub fn limit(&self, path: &str, per_day: u64) {
        self.engine.change(|state| state.settings.put(format!("{LIMIT}{path}"), per_day.into()));
    }

    /// Makes up that many relations of one promoter, and tells the promoter's openid.
    pub fn seed_relations(&self, count: u64) -> &'static str {
        self.engine.seed_relations(count)
    }

    /// Makes up that many orders of one promoter, every tenth of them refunded, and tells the promoter's openid.
    pub fn seed_orders(&self, count: u64) -> &'static str {
        self.engine.seed_orders(count)
    }

    /// From now on somebody is no promoter.
    pub fn withdraw_promoter(&self, openid: &str) {
        self.engine.withdraw_promoter(openid);
    }

    /// Has a user enter the Mini Program by the path of a material.
    ///
    /// # Errors
    ///
    /// Where the path is that of no material, or the material has expired.
    pub fn reach(&self, share_path: &str, openid: &str) -> Result<(), ActError> {
        self.engine.reach(share_path, openid)
    }
}
