//! Gifts from user to user, and coupons that users delete.

use super::{ActError, Acting};
use crate::engine::Engine;
use crate::event;
use crate::state::{Coupon, CouponState, Happening};

impl Engine {
    /// A user gives a coupon away; nobody has taken it yet.
    pub(crate) fn gift(&self, code: &str) -> Result<(), ActError> {
        self.act(|acting| {
            let (key, coupon) = acting.coupon(code)?;
            let can_give = acting.card(&coupon.card)?.terms().can_give;
            let is_over = coupon.end < acting.now;
            if !can_give || is_over || !matches!(coupon.state, CouponState::Normal | CouponState::GiftTimeout) {
                return Err(ActError::new(format!("the coupon {code} cannot be given away")));
            }
            acting.set(&key, CouponState::Gifting);
            acting.state.note(&coupon.app, acting.now, &coupon.card, Happening::Given, &coupon.openid);
            let head = acting.head(&coupon.app, &coupon.openid);
            acting.pushes.push(event::gifting(&head, code, &coupon, false));
            Ok(())
        })
    }

    /// A friend takes a gift. What comes back is the code under which the coupon goes on, which for custom codes is the old one.
    pub(crate) fn accept_gift(&self, code: &str, openid: &str) -> Result<String, ActError> {
        self.act(|acting| {
            let (key, old) = acting.given(code)?;
            let is_custom = acting.card(&old.card)?.terms().is_custom;
            let new_code = if is_custom { code.to_owned() } else { acting.ids.digits(code.len()) };
            let mut coupon = Coupon::new(&old.app, &old.card, openid, acting.now, (old.begin, old.end));
            coupon.outer.clone_from(&old.outer);
            let head = acting.head(&old.app, openid);
            acting.pushes.push(event::claimed(&head, &new_code, &coupon, Some((&old.openid, code))));
            if let Some(row) = acting.state.coupons.edit(&key) {
                row.given_as = Some(new_code.clone());
            }
            acting.state.coupons.put(Coupon::key(&old.app, &new_code), coupon);
            acting.state.note(&old.app, acting.now, &old.card, Happening::Taken, openid);
            Ok(new_code)
        })
    }

    /// Nobody has taken a gift in time.
    pub(crate) fn time_out_gift(&self, code: &str) -> Result<(), ActError> {
        self.act(|acting| {
            let (key, coupon) = acting.given(code)?;
            acting.set(&key, CouponState::GiftTimeout);
            let head = acting.head(&coupon.app, &coupon.openid);
            acting.pushes.push(event::gifting(&head, code, &coupon, true));
            Ok(())
        })
    }

    /// A user deletes a coupon.
    pub(crate) fn delete_coupon(&self, code: &str) -> Result<(), ActError> {
        self.act(|acting| {
            let (key, coupon) = acting.coupon(code)?;
            if matches!(coupon.state, CouponState::Deleted | CouponState::Gifting) {
                return Err(ActError::new(format!("the coupon {code} is not there to be deleted")));
            }
            acting.set(&key, CouponState::Deleted);
            let head = acting.head(&coupon.app, &coupon.openid);
            acting.pushes.push(event::deleted(&head, code, &coupon));
            Ok(())
        })
    }
}

impl Acting<'_> {
    /// A coupon that is being given away.
    fn given(&self, code: &str) -> Result<(String, Coupon), ActError> {
        let found = self.coupon(code)?;
        if found.1.state == CouponState::Gifting {
            return Ok(found);
        }
        Err(ActError::new(format!("nobody gives the coupon {code} away")))
    }

    fn set(&mut self, key: &str, to: CouponState) {
        if let Some(row) = self.state.coupons.edit(key) {
            row.state = to;
        }
    }
}
