//! What somebody would derive by hand from the documents: no leniency, no unknown values, the envelope as fields.

use serde::{Deserialize, Serialize};

/// A request of `POST /card/code/get`.
#[derive(Serialize, Deserialize)]
pub(crate) struct CodeGet {
    pub(crate) code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) card_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) check_consume: Option<bool>,
}

/// An answer of `POST /card/code/get`.
#[derive(Serialize, Deserialize)]
pub(crate) struct CodeGetAnswer {
    errcode: i64,
    errmsg: String,
    card: CodeCard,
    openid: String,
    can_consume: bool,
    user_card_status: String,
}

#[derive(Serialize, Deserialize)]
struct CodeCard {
    card_id: String,
    begin_time: u64,
    end_time: u64,
}

/// An answer of `POST /promoter/getorder`.
#[derive(Serialize, Deserialize)]
pub(crate) struct OrdersAnswer {
    errcode: i64,
    errmsg: String,
    order_list: Vec<Order>,
    total_cnt: Option<u32>,
    start_id: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Order {
    promoter_openid: String,
    role_id: Option<u32>,
    retail_id: Option<String>,
    extra_info: Option<String>,
    create_time: u64,
    path: Option<String>,
    scene: Option<u32>,
    share_extra_info: Option<String>,
    openid: String,
    mch_id: Option<String>,
    trade_no: String,
    out_trade_no: Option<String>,
    status: u32,
    paid_amount: Option<u32>,
    paid_time: Option<u64>,
    refunded_time: Option<u64>,
}

/// The push that a sub-merchant was reviewed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct MerchantCheckResult {
    to_user_name: String,
    from_user_name: String,
    create_time: u64,
    msg_type: String,
    event: String,
    merchant_id: i64,
    is_pass: i64,
    reason: Option<String>,
}
