//! What follows from the content of a card, and from the time.

use weixin::card::code::UserCardStatus;
use weixin::card::types::{Card as Content, CustomCodeMode, DateInfo};

use super::{Card, Coupon, CouponState, State};
use crate::clock;

/// From and until when something is valid for ever.
const FOR_EVER: (u64, u64) = (0, u32::MAX as u64);

const DAY: u64 = 86_400;

/// What the content of a card says about its coupons.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    /// Whether the merchant supplies the codes.
    pub(crate) is_custom: bool,
    /// Whether those codes are imported before anybody claims the card.
    pub(crate) is_deposited: bool,
    /// Whether its coupons are shared with friends.
    pub(crate) is_shared: bool,
    /// How many a user may claim.
    pub(crate) get_limit: Option<u64>,
    /// Whether users may give it away.
    pub(crate) can_give: bool,
    /// Whether only users claim it who are named when it is distributed.
    pub(crate) is_bound: bool,
    /// Whether it is pushed when a user looks at it.
    pub(crate) is_view_pushed: bool,
    /// Its validity period.
    pub(crate) date: Option<DateInfo>,
}

impl Terms {
    /// From and until when a coupon is valid that is claimed at a moment. The day of the claim counts.
    pub(crate) fn span(&self, claimed: u64) -> (u64, u64) {
        match &self.date {
            Some(DateInfo::FixTimeRange(range)) => {
                (range.begin_timestamp.unwrap_or(FOR_EVER.0), range.end_timestamp.unwrap_or(FOR_EVER.1))
            }
            Some(DateInfo::FixTerm(term)) => {
                let first = clock::midnight(clock::day(claimed));
                let begin = first + term.fixed_begin_term.unwrap_or(0) * DAY;
                let end = begin + (term.fixed_term.unwrap_or(0) * DAY).saturating_sub(1);
                (begin, end.min(term.end_timestamp.unwrap_or(u64::MAX)))
            }
            _ => FOR_EVER,
        }
    }
}

impl Card {
    /// Its content, as it is read. None for a kind that is not known.
    pub(crate) fn read(&self) -> Option<Content> {
        serde_json::from_value(self.content.clone()).ok()
    }

    /// What its content says about its coupons.
    pub(crate) fn terms(&self) -> Terms {
        let Some(content) = self.read() else { return Terms::default() };
        let shared = content.advanced_info().and_then(|info| info.share_friends);
        let Some(base) = content.base_info() else { return Terms::default() };
        let mode = base.get_custom_code_mode.as_ref();
        Terms {
            is_custom: base.use_custom_code == Some(true),
            is_deposited: mode == Some(&CustomCodeMode::Deposit),
            is_shared: shared == Some(true),
            get_limit: base.get_limit,
            can_give: base.can_give_friend != Some(false),
            is_bound: base.bind_openid == Some(true),
            is_view_pushed: base.need_push_on_view == Some(true),
            date: base.date_info.clone(),
        }
    }

    /// Whether users may claim it who do not test it.
    pub(crate) fn is_approved(&self) -> bool {
        use weixin::card::types::CardStatus::{Dispatch, VerifyOk};
        [VerifyOk, Dispatch].iter().any(|status| status.as_str() == self.status)
    }

    /// Whether it was deleted.
    pub(crate) fn is_deleted(&self) -> bool {
        self.status == weixin::card::types::CardStatus::Delete.as_str()
    }
}

impl Coupon {
    /// A coupon that its user may use.
    pub(crate) fn new(app: &str, card: &str, openid: &str, claimed: u64, (begin, end): (u64, u64)) -> Self {
        Coupon {
            app: app.to_owned(),
            card: card.to_owned(),
            openid: openid.to_owned(),
            state: CouponState::Normal,
            claimed,
            begin,
            end,
            marked: None,
            marked_until: 0,
            ended: false,
            outer: None,
            given_as: None,
            unclaimed: false,
        }
    }

    /// The key of its row.
    pub(crate) fn key(app: &str, code: &str) -> String {
        format!("{app} {code}")
    }

    /// What it is at a moment. What is used up or ended does not expire.
    pub(crate) fn status(&self, now: u64) -> UserCardStatus {
        match self.state {
            CouponState::Consumed => UserCardStatus::Consumed,
            CouponState::Deleted => UserCardStatus::Delete,
            CouponState::Unavailable => UserCardStatus::Unavailable,
            _ if self.end < now => UserCardStatus::Expire,
            CouponState::Normal => UserCardStatus::Normal,
            CouponState::Gifting => UserCardStatus::Gifting,
            CouponState::GiftTimeout => UserCardStatus::GiftTimeout,
        }
    }

    /// Who has marked it, unless that was too long ago.
    pub(crate) fn marked_by(&self, now: u64) -> Option<&str> {
        self.marked.as_deref().filter(|_| now < self.marked_until)
    }
}

impl State {
    /// The coupons of an account, with their codes.
    pub(crate) fn coupons_of<'s>(&'s self, app: &'s str) -> impl Iterator<Item = (&'s str, &'s Coupon)> {
        let from = app.len() + 1;
        let own = self.coupons.iter().filter(move |(_, coupon)| coupon.app == app);
        own.map(move |(key, coupon)| (&key[from..], coupon))
    }

    /// The original id of an account.
    pub(crate) fn original_id(&self, app: &str) -> String {
        self.accounts.get(app).map(|account| account.original_id.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// 2013-10-01 15:00 in the zone of the platform.
    const CLAIMED: u64 = 1_380_610_800;

    fn span(date: serde_json::Value) -> (u64, u64) {
        let date = serde_json::from_value(date).unwrap();
        Terms { date: Some(date), ..Terms::default() }.span(CLAIMED)
    }

    #[test]
    fn a_term_counts_the_day_of_the_claim() {
        let (begin, end) = span(json!({ "type": "DATE_TYPE_FIX_TERM", "fixed_term": 90, "fixed_begin_term": 0 }));
        assert_eq!((begin, end), (1_380_556_800, 1_388_332_799), "2013-10-01 to 2013-12-29");
        let later = span(json!({ "type": "DATE_TYPE_FIX_TERM", "fixed_term": 1, "fixed_begin_term": 2 }));
        assert_eq!(later, (begin + 2 * DAY, begin + 3 * DAY - 1));
        let capped = json!({ "type": "DATE_TYPE_FIX_TERM", "fixed_term": 90, "fixed_begin_term": 0, "end_timestamp": 1_380_700_000 });
        assert_eq!(span(capped).1, 1_380_700_000);
    }

    #[test]
    fn a_card_can_be_valid_for_ever_and_between_two_moments() {
        assert_eq!(span(json!({ "type": "DATE_TYPE_PERMANENT" })), (0, 4_294_967_295));
        let range = json!({ "type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": 5, "end_timestamp": 9 });
        assert_eq!(span(range), (5, 9));
    }
}
