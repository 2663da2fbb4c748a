//! Sub-merchants and their review.

use serde_json::Value;
use weixin::Endpoint;
use weixin::card::submerchant::types::{NewSubmerchantInfo, SubmerchantInfo, SubmerchantStatus};
use weixin::card::submerchant::{
    BatchGet, BatchGetResponse, Get, GetResponse, Submit, SubmitResponse, Update, UpdateResponse,
};
use weixin::card::{GetApplyProtocol, GetApplyProtocolResponse};
use weixin::errors::code;
use weixin::server::{ENDPOINTS, REFUSALS};
use weixin_runtime::json;

use super::call::{Call, Entry, on};
use crate::reply::{Fail, typed};
use crate::state::{Merchant, Review, State};

/// The id of the first sub-merchant.
const FIRST: i64 = 4_001;

pub(super) fn all() -> Vec<Entry> {
    vec![on(submit), on(update), on(get), on(list)]
}

/// Whether cards can be made for a sub-merchant.
pub(crate) fn usable(state: &State, app: &str, merchant_id: i64, now: u64) -> Result<(), Fail> {
    match own(state, app, merchant_id)?.review_at(now) {
        Review::Approved => Ok(()),
        Review::Checking | Review::Rejected | Review::Expired => Err(code::INVALID_SUB_MERCHANT_STATUS.into()),
    }
}

/// A sub-merchant of this account.
fn own<'s>(state: &'s State, app: &str, id: i64) -> Result<&'s Merchant, Fail> {
    state
        .merchants
        .get(&id.to_string())
        .filter(|merchant| merchant.app == app)
        .ok_or(code::INVALID_SUB_MERCHANT_ID.into())
}

impl Merchant {
    /// What was sent.
    fn sent(&self) -> Option<NewSubmerchantInfo> {
        serde_json::from_value(self.content.clone()).ok()
    }

    /// What its review has come to at a moment: an approval lasts as long as the letter of authorization.
    pub(crate) fn review_at(&self, now: u64) -> Review {
        let has_ended = || self.sent().is_some_and(|sent| sent.end_time <= now);
        if self.review == Review::Approved && has_ended() { Review::Expired } else { self.review }
    }
}

/// A sub-merchant as the account sees it.
fn shown(id: i64, merchant: &Merchant, now: u64) -> SubmerchantInfo {
    let mut info = SubmerchantInfo::new(id);
    (info.create_time, info.update_time) = (Some(merchant.created), Some(merchant.updated));
    info.begin_time = info.create_time;
    info.status = Some(match merchant.review_at(now) {
        Review::Checking => SubmerchantStatus::Checking,
        Review::Approved => SubmerchantStatus::Approved,
        Review::Rejected => SubmerchantStatus::Rejected,
        Review::Expired => SubmerchantStatus::Expired,
    });
    if let Some(sent) = merchant.sent() {
        info.app_id = sent.app_id;
        (info.brand_name, info.logo_url) = (Some(sent.brand_name), Some(sent.logo_url));
        info.end_time = Some(sent.end_time);
        info.primary_category_id = Some(sent.primary_category_id);
        info.secondary_category_id = Some(sent.secondary_category_id);
    }
    info
}

/// What only the server can check: that the letter has not ended, and that there are such categories.
fn check(now: u64, end_time: u64, primary: i64, secondary: i64) -> Result<(), Fail> {
    if end_time <= now {
        return Err(Fail::new(code::INVALID_TIME).hint("end_time has passed"));
    }
    let is_pair = categories().into_iter().any(|pair| pair == (primary, secondary));
    if is_pair { Ok(()) } else { Err(code::INVALID_CATEGORY_ID.into()) }
}

/// The categories that the fake lists: a first-level one, and one below it.
fn categories() -> Vec<(i64, i64)> {
    let path = GetApplyProtocol::META.path;
    let listed = ENDPOINTS.iter().find(|served| served.meta().path == path).map(|served| served.example());
    let listed = listed.and_then(|example| json::read::<GetApplyProtocolResponse>(example.as_bytes()).ok());
    let all = listed.into_iter().flat_map(|listed| listed.category);
    all.flat_map(|first| {
        let id = first.primary_category_id;
        first.secondary_category.into_iter().map(move |second| (id, second.secondary_category_id))
    })
    .collect()
}

fn submit(call: &mut Call<'_>, request: &Submit) -> Result<SubmitResponse, Fail> {
    let (now, info) = (call.now, &request.info);
    check(now, info.end_time, info.primary_category_id, info.secondary_category_id)?;
    let last = call.state.merchants.iter().filter_map(|(id, _)| id.parse::<i64>().ok()).max();
    let id = last.map_or(FIRST, |last| last + 1);
    let merchant = Merchant {
        app: call.app.clone(),
        content: typed(info),
        review: Review::Checking,
        reason: String::new(),
        created: now,
        updated: now,
    };
    let response = SubmitResponse::new(shown(id, &merchant, now));
    call.state.merchants.put(id.to_string(), merchant);
    Ok(response)
}

/// Replaces what was sent, and has it reviewed again. While a review goes on, or after it was passed, nothing can be changed.
fn update(call: &mut Call<'_>, request: &Update) -> Result<UpdateResponse, Fail> {
    let (now, info) = (call.now, &request.info);
    let review = own(call.state, &call.app, info.merchant_id)?.review_at(now);
    if !matches!(review, Review::Rejected | Review::Expired) {
        return Err(code::INVALID_SUB_MERCHANT_STATUS.into());
    }
    check(now, info.end_time, info.primary_category_id, info.secondary_category_id)?;
    let mut content = typed(info);
    if let Value::Object(members) = &mut content {
        members.shift_remove("merchant_id");
    }
    let merchant = call.state.merchants.edit(&info.merchant_id.to_string()).ok_or(code::INVALID_SUB_MERCHANT_ID)?;
    (merchant.content, merchant.review, merchant.updated) = (content, Review::Checking, now);
    merchant.reason.clear();
    let mut response = UpdateResponse::new();
    response.info = Some(shown(info.merchant_id, merchant, now));
    Ok(response)
}

fn get(call: &mut Call<'_>, request: &Get) -> Result<GetResponse, Fail> {
    let merchant = own(call.state, &call.app, request.merchant_id)?;
    Ok(GetResponse::new(shown(request.merchant_id, merchant, call.now)))
}

/// A page begins with the sub-merchant whose id is asked for: as the pages word it, the last one of the page before.
fn list(call: &mut Call<'_>, request: &BatchGet) -> Result<BatchGetResponse, Fail> {
    let limit = usize::try_from(request.limit).ok().filter(|limit| *limit > 0).ok_or(REFUSALS.value)?;
    let own = call.state.merchants.iter().filter(|(_, merchant)| merchant.app == call.app);
    let numbered = own.filter_map(|(id, merchant)| Some((id.parse::<i64>().ok()?, merchant)));
    let mut all: Vec<SubmerchantInfo> = numbered
        .filter(|(id, _)| *id >= request.begin_id)
        .map(|(id, merchant)| shown(id, merchant, call.now))
        .filter(|info| request.status.is_none() || info.status == request.status)
        .collect();
    all.sort_by_key(|info| info.merchant_id);
    all.truncate(limit);
    let mut response = BatchGetResponse::new();
    response.next_begin_id = all.last().map(|info| info.merchant_id);
    response.info_list = all;
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_are_made_for_those_that_are_approved_and_have_not_ended() {
        let info = serde_json::json!({
            "brand_name": "Noodles", "logo_url": "http://mmbiz.qpic.cn/a/0", "protocol": "m", "end_time": 100,
            "primary_category_id": 3, "secondary_category_id": 307,
        });
        let mut state = State::new();
        let merchant = Merchant {
            app: "wx1".to_owned(),
            content: info,
            review: Review::Checking,
            reason: String::new(),
            created: 1,
            updated: 1,
        };
        let code = |state: &State, app: &str, id: i64, now: u64| usable(state, app, id, now).map_err(|fail| fail.code);
        state.merchants.put("7", merchant.clone());
        assert_eq!(code(&state, "wx1", 7, 50), Err(40140));
        state.merchants.put("7", Merchant { review: Review::Approved, ..merchant });
        assert_eq!(code(&state, "wx1", 7, 50), Ok(()));
        assert_eq!(code(&state, "wx1", 7, 100), Err(40140), "the agreement has ended");
        assert_eq!(code(&state, "wx1", 8, 50), Err(40139));
        assert_eq!(code(&state, "wx2", 7, 50), Err(40139), "it is that of another account");
    }
}
