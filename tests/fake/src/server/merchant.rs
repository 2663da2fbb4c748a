//! What tests ask of it about sub-merchants and promoters.

use super::Server;
use crate::act::{ActError, Verdict};

impl Server {
    /// Reviews a sub-merchant that waits for it. What has come of it is pushed.
    ///
    /// # Errors
    ///
    /// Where there is no such sub-merchant, or it does not wait.
    pub fn review_merchant(&self, id: i64, verdict: Verdict) -> Result<(), ActError> {
        self.engine.review_merchant(id, verdict)
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
