//! Plain types of a request of `POST /card/create`.

use serde::{Deserialize, Serialize};

use super::plain_card::{AdvancedInfo, DateInfo, GiftcardInfo, PayInfo, SubMerchantInfo};

#[derive(Serialize, Deserialize)]
pub(crate) struct Create {
    pub(crate) card: Card,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Card {
    card_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) groupon: Option<Groupon>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Groupon {
    pub(crate) base_info: BaseInfo,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) advanced_info: Option<AdvancedInfo>,
    pub(crate) deal_detail: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Sku {
    pub(crate) quantity: u64,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct BaseInfo {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sub_merchant_info: Option<SubMerchantInfo>,
    pub(crate) logo_url: String,
    pub(crate) code_type: String,
    pub(crate) brand_name: String,
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sub_title: Option<String>,
    pub(crate) color: String,
    pub(crate) notice: String,
    pub(crate) description: String,
    pub(crate) date_info: DateInfo,
    pub(crate) sku: Sku,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) use_custom_code: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) get_custom_code_mode: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bind_openid: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) service_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) location_id_list: Option<Vec<u64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) use_all_locations: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) center_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) center_sub_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) center_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) center_app_brand_user_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) center_app_brand_pass: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_url_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_url_sub_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_app_brand_user_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_app_brand_pass: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) promotion_url_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) promotion_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) promotion_url_sub_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) promotion_app_brand_user_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) promotion_app_brand_pass: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) get_limit: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) use_limit: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) can_share: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) can_give_friend: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) need_push_on_view: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pay_info: Option<PayInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) giftcard_info: Option<GiftcardInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_give_friend_times: Option<u64>,
}
