//! Plain types of an answer of `POST /card/get`, and of what a card has in common in requests and answers.

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize, Deserialize)]
pub(crate) struct CardGetAnswer {
    errcode: i64,
    errmsg: String,
    card: Card,
}

#[derive(Serialize, Deserialize)]
struct Card {
    card_type: String,
    member_card: Option<MemberCard>,
}

#[derive(Serialize, Deserialize)]
struct MemberCard {
    base_info: BaseInfo,
    advanced_info: Option<AdvancedInfo>,
    background_pic_url: Option<String>,
    prerogative: Option<String>,
    auto_activate: Option<bool>,
    wx_activate: Option<bool>,
    wx_activate_after_submit: Option<bool>,
    wx_activate_after_submit_url: Option<String>,
    activate_url: Option<String>,
    activate_app_brand_user_name: Option<String>,
    activate_app_brand_pass: Option<String>,
    bind_old_card_url: Option<String>,
    supply_bonus: Option<bool>,
    supply_balance: Option<bool>,
    bonus_url: Option<String>,
    balance_url: Option<String>,
    bonus_cleared: Option<String>,
    bonus_rules: Option<String>,
    balance_rules: Option<String>,
    bonus_rule: Option<BonusRule>,
    discount: Option<u64>,
    custom_field1: Option<CustomField>,
    custom_field2: Option<CustomField>,
    custom_field3: Option<CustomField>,
    custom_cell1: Option<CustomCell>,
    custom_cell2: Option<CustomCell>,
    custom_cell3: Option<CustomCell>,
    need_push_on_view: Option<bool>,
}

#[derive(Serialize, Deserialize)]
struct BaseInfo {
    id: String,
    sub_merchant_info: Option<SubMerchantInfo>,
    logo_url: Option<String>,
    code_type: Option<String>,
    brand_name: Option<String>,
    title: Option<String>,
    sub_title: Option<String>,
    color: Option<String>,
    notice: Option<String>,
    description: Option<String>,
    date_info: Option<DateInfo>,
    sku: Option<Sku>,
    use_custom_code: Option<bool>,
    get_custom_code_mode: Option<String>,
    bind_openid: Option<bool>,
    service_phone: Option<String>,
    location_id_list: Option<Vec<u64>>,
    use_all_locations: Option<bool>,
    center_title: Option<String>,
    center_sub_title: Option<String>,
    center_url: Option<String>,
    center_app_brand_user_name: Option<String>,
    center_app_brand_pass: Option<String>,
    custom_url_name: Option<String>,
    custom_url: Option<String>,
    custom_url_sub_title: Option<String>,
    custom_app_brand_user_name: Option<String>,
    custom_app_brand_pass: Option<String>,
    promotion_url_name: Option<String>,
    promotion_url: Option<String>,
    promotion_url_sub_title: Option<String>,
    promotion_app_brand_user_name: Option<String>,
    promotion_app_brand_pass: Option<String>,
    source: Option<String>,
    get_limit: Option<u64>,
    use_limit: Option<u64>,
    can_share: Option<bool>,
    can_give_friend: Option<bool>,
    need_push_on_view: Option<bool>,
    pay_info: Option<PayInfo>,
    giftcard_info: Option<GiftcardInfo>,
    max_give_friend_times: Option<u64>,
    status: Option<String>,
    create_time: Option<u64>,
    update_time: Option<u64>,
    area_code_list: Option<Vec<Value>>,
}

#[derive(Serialize, Deserialize)]
struct BonusRule {
    cost_money_unit: Option<u64>,
    increase_bonus: Option<u64>,
    max_increase_bonus: Option<u64>,
    init_increase_bonus: Option<u64>,
    cost_bonus_unit: Option<u64>,
    reduce_money: Option<u64>,
    least_money_to_use_bonus: Option<u64>,
    max_reduce_bonus: Option<u64>,
}

#[derive(Serialize, Deserialize)]
struct CustomField {
    name_type: Option<String>,
    name: Option<String>,
    url: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct CustomCell {
    name: Option<String>,
    tips: Option<String>,
    url: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Sku {
    quantity: Option<u64>,
    total_quantity: Option<u64>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct DateInfo {
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    begin_timestamp: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_timestamp: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed_term: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed_begin_term: Option<u64>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct SubMerchantInfo {
    merchant_id: u64,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct PayInfo {
    #[serde(skip_serializing_if = "Option::is_none")]
    swipe_card: Option<SwipeCard>,
}

#[derive(Serialize, Deserialize)]
struct SwipeCard {
    #[serde(skip_serializing_if = "Option::is_none")]
    is_swipe_card: Option<bool>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct GiftcardInfo {
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<u64>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct AdvancedInfo {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) use_condition: Option<UseCondition>,
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    pub(crate) summary: Option<Abstract>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text_image_list: Option<Vec<TextImage>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) business_service: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) time_limit: Option<Vec<TimeLimit>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) consume_share_self_num: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) consume_share_card_list: Option<Vec<ConsumeShareCard>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) share_friends: Option<bool>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct UseCondition {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) accept_category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reject_category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) least_cost: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) object_use_for: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) can_use_with_other_discount: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) can_use_with_membercard: Option<bool>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Abstract {
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) icon_url_list: Option<Vec<String>>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct TextImage {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) image_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct TimeLimit {
    #[serde(rename = "type")]
    pub(crate) day: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) begin_hour: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) begin_minute: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) end_hour: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) end_minute: Option<u64>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct ConsumeShareCard {
    pub(crate) card_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) num: Option<u64>,
}
