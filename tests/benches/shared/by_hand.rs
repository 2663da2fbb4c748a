//! The checks of a group-buying coupon as somebody would write them once, over plain types.

use super::plain_create::{BaseInfo, Create};

/// The same limits and rules as generated for a `GROUPON` without `advanced_info`.
pub(crate) fn validate(create: &Create) -> Vec<String> {
    let mut faults = Vec::new();
    if let Some(groupon) = &create.card.groupon {
        required_texts(&groupon.base_info, &mut faults);
        optional_texts(&groupon.base_info, &mut faults);
        rules(&groupon.base_info, &mut faults);
        text("deal_detail", &groupon.deal_detail, 3072, &mut faults);
    }
    faults
}

fn required_texts(base: &BaseInfo, faults: &mut Vec<String>) {
    text("logo_url", &base.logo_url, usize::MAX, faults);
    text("brand_name", &base.brand_name, 36, faults);
    text("title", &base.title, 27, faults);
    if base.color.starts_with('#') {
        faults.push(format!("color takes a name, not {}", base.color));
    }
    text("color", &base.color, usize::MAX, faults);
    text("code_type", &base.code_type, usize::MAX, faults);
    text("notice", &base.notice, 48, faults);
    text("description", &base.description, 3072, faults);
}

fn optional_texts(base: &BaseInfo, faults: &mut Vec<String>) {
    optional("sub_title", base.sub_title.as_deref(), 54, faults);
    optional("service_phone", base.service_phone.as_deref(), 24, faults);
    optional("center_title", base.center_title.as_deref(), 27, faults);
    optional("center_sub_title", base.center_sub_title.as_deref(), 36, faults);
    optional("center_url", base.center_url.as_deref(), 128, faults);
    optional("custom_url_name", base.custom_url_name.as_deref(), 16, faults);
    optional("custom_url", base.custom_url.as_deref(), 128, faults);
    optional("custom_url_sub_title", base.custom_url_sub_title.as_deref(), 18, faults);
    optional("promotion_url_name", base.promotion_url_name.as_deref(), 16, faults);
    optional("promotion_url", base.promotion_url.as_deref(), 128, faults);
    optional("promotion_url_sub_title", base.promotion_url_sub_title.as_deref(), 18, faults);
    optional("source", base.source.as_deref(), 36, faults);
    for (name, value) in [
        ("center_app_brand_user_name", &base.center_app_brand_user_name),
        ("center_app_brand_pass", &base.center_app_brand_pass),
        ("custom_app_brand_user_name", &base.custom_app_brand_user_name),
        ("custom_app_brand_pass", &base.custom_app_brand_pass),
        ("promotion_app_brand_user_name", &base.promotion_app_brand_user_name),
        ("promotion_app_brand_pass", &base.promotion_app_brand_pass),
        ("get_custom_code_mode", &base.get_custom_code_mode),
    ] {
        optional(name, value.as_deref(), usize::MAX, faults);
    }
}

fn rules(base: &BaseInfo, faults: &mut Vec<String>) {
    if base.sku.quantity > 100_000_000 {
        faults.push(format!("sku.quantity is {}, more than 100000000", base.sku.quantity));
    }
    if base.location_id_list.as_ref().is_some_and(|list| !list.is_empty()) && base.use_all_locations == Some(true) {
        faults.push("location_id_list excludes use_all_locations".to_owned());
    }
    if base.custom_url.is_some() && base.custom_url_name.is_none() {
        faults.push("custom_url requires custom_url_name".to_owned());
    }
    if base.custom_url_name.is_some() && base.custom_url.is_none() && base.custom_app_brand_user_name.is_none() {
        faults.push("custom_url_name requires custom_url".to_owned());
    }
    let deposit = base.get_custom_code_mode.as_deref() == Some("GET_CUSTOM_CODE_MODE_DEPOSIT");
    if deposit && (base.use_custom_code != Some(true) || base.sku.quantity != 0) {
        faults.push("codes that are deposited need use_custom_code and a quantity of 0".to_owned());
    }
    if base.sku.quantity == 0 && !deposit {
        faults.push("a quantity of 0 needs codes that are deposited".to_owned());
    }
}

fn optional(name: &str, value: Option<&str>, limit: usize, faults: &mut Vec<String>) {
    if let Some(value) = value {
        sized(name, value, limit, faults);
    }
}

fn text(name: &str, value: &str, limit: usize, faults: &mut Vec<String>) {
    if value.trim().is_empty() {
        faults.push(format!("{name} is empty"));
    }
    sized(name, value, limit, faults);
}

fn sized(name: &str, value: &str, limit: usize, faults: &mut Vec<String>) {
    if value.len() > limit {
        faults.push(format!("{name} has {} bytes, more than {limit}", value.len()));
    }
    if value.bytes().any(|byte| byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t')) {
        faults.push(format!("{name} has a control character"));
    }
}
