//! What goes over the wire, with every documented field that can stand beside the others.

use serde_json::{Value, json};

/// A request of `POST /card/code/get`.
pub(crate) fn code_get() -> Value {
    json!({"card_id": "pX2gTj9kQm4RzVb7sLw0aNcY8eUd", "code": "220418063571", "check_consume": true})
}

/// An answer of `POST /card/code/get`.
pub(crate) fn code_get_answer() -> Vec<u8> {
    bytes(&json!({
        "errcode": 0, "errmsg": "ok",
        "card": {"card_id": "pX2gTj9kQm4RzVb7sLw0aNcY8eUd", "begin_time": 1488326400, "end_time": 1490918399},
        "openid": "oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf", "can_consume": true, "user_card_status": "NORMAL",
    }))
}

/// An answer of `POST /card/get`: a member card.
pub(crate) fn card_get_answer() -> Vec<u8> {
    let mut base_info = base_info();
    merge(
        &mut base_info,
        json!({
            "id": "pX2gTj6nMb8HvJk2xQa7eUlC9zWo", "date_info": {"type": "DATE_TYPE_PERMANENT"},
            "sku": {"quantity": 99000, "total_quantity": 100000}, "status": "CARD_STATUS_DISPATCH",
            "create_time": 1766016000, "update_time": 1766102400, "area_code_list": [],
        }),
    );
    let mut card = member_fields();
    merge(&mut card, json!({"base_info": base_info, "advanced_info": advanced_info()}));
    bytes(&json!({"errcode": 0, "errmsg": "ok", "card": {"card_type": "MEMBER_CARD", "member_card": card}}))
}

/// A request of `POST /card/create`: a group-buying coupon.
pub(crate) fn card_create() -> Value {
    json!({"card": {"card_type": "GROUPON", "groupon": {
        "base_info": base_info(), "advanced_info": advanced_info(),
        "deal_detail": "任选一款茶:\n乌龙1壶 38元\n红茶1壶 36元",
    }}})
}

/// The same without `advanced_info`.
pub(crate) fn groupon() -> Value {
    let mut create = card_create();
    if let Some(groupon) = create["card"]["groupon"].as_object_mut() {
        groupon.remove("advanced_info");
    }
    create
}

/// What a card is made with. `use_all_locations` is missing: it excludes `location_id_list`.
fn base_info() -> Value {
    let mut base_info = json!({
        "sub_merchant_info": {"merchant_id": 640218},
        "logo_url": "http://mmbiz.qpic.cn/mmbiz/Rk7dQ2vXw9LmTzB4sYcN8hUe1oGpJf/0",
        "code_type": "CODE_TYPE_QRCODE", "brand_name": "青禾茶室", "title": "双人下午茶", "sub_title": "午后小憩",
        "color": "Color020", "notice": "结账前请出示本券", "description": "每桌限用一张\n请提前一天预约\n仅限堂食",
        "date_info": {"type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": 1767196800, "end_timestamp": 1774972799},
        "sku": {"quantity": 3000}, "use_custom_code": true, "get_custom_code_mode": "GET_CUSTOM_CODE_MODE_REALTIME",
        "bind_openid": false, "service_phone": "021-55550123", "location_id_list": [50121, 50122, 50388],
        "center_title": "立即核销", "center_sub_title": "到店点此一键核销",
        "center_url": "https://tea.example.com/redeem", "center_app_brand_user_name": "gh_7c2e90d41b5f@app",
        "center_app_brand_pass": "pages/redeem/index",
    });
    merge(
        &mut base_info,
        json!({
            "custom_url_name": "预约座位", "custom_url": "https://tea.example.com/book",
            "custom_url_sub_title": "提前占座", "custom_app_brand_user_name": "gh_7c2e90d41b5f@app",
            "custom_app_brand_pass": "pages/book/index", "promotion_url_name": "新品推荐",
            "promotion_url": "https://tea.example.com/new", "promotion_url_sub_title": "本周上新",
            "promotion_app_brand_user_name": "gh_7c2e90d41b5f@app", "promotion_app_brand_pass": "pages/new/index",
            "source": "城市优选", "get_limit": 2, "use_limit": 5, "can_share": true, "can_give_friend": true,
            "need_push_on_view": false, "pay_info": {"swipe_card": {"is_swipe_card": true}},
            "giftcard_info": {"price": 6800}, "max_give_friend_times": 3,
        }),
    );
    base_info
}

fn advanced_info() -> Value {
    let picture = "http://mmbiz.qpic.cn/mmbiz/Zt5kWc8RnVq3LxYb1JdMs7HpEo2Ga/0";
    json!({
        "use_condition": {
            "accept_category": "手冲咖啡", "reject_category": "烟酒", "least_cost": 8000,
            "object_use_for": "任意正价饮品", "can_use_with_other_discount": false, "can_use_with_membercard": true,
        },
        "abstract": {"abstract": "春茶已到，等你来品", "icon_url_list": [picture]},
        "text_image_list": [
            {"image_url": picture, "text": "明前龙井，当日现泡"}, {"image_url": picture, "text": "二楼临窗，可看湖景"},
        ],
        "business_service": ["BIZ_SERVICE_FREE_WIFI", "BIZ_SERVICE_DELIVER"],
        "time_limit": [
            {"type": "SATURDAY", "begin_hour": 9, "begin_minute": 30, "end_hour": 18, "end_minute": 0},
            {"type": "SUNDAY", "begin_hour": 9, "begin_minute": 30, "end_hour": 18, "end_minute": 0},
        ],
        "consume_share_self_num": 0, "consume_share_card_list": [{"card_id": "pX2gTj5hWn1CyKd8tMx3bPfZ6rSe", "num": 1}],
        "share_friends": false,
    })
}

fn member_fields() -> Value {
    json!({
        "background_pic_url": "http://mmbiz.qpic.cn/mmbiz/Rk7dQ2vXw9LmTzB4sYcN8hUe1oGpJf/0",
        "prerogative": "会员享全场茶饮九五折", "auto_activate": false, "wx_activate": true,
        "wx_activate_after_submit": false, "wx_activate_after_submit_url": "https://tea.example.com/welcome",
        "activate_url": "https://tea.example.com/activate", "activate_app_brand_user_name": "gh_7c2e90d41b5f@app",
        "activate_app_brand_pass": "pages/activate/index", "bind_old_card_url": "https://tea.example.com/bind",
        "supply_bonus": true, "supply_balance": false, "bonus_url": "https://tea.example.com/bonus",
        "balance_url": "https://tea.example.com/balance", "bonus_cleared": "积分于次年三月末清零",
        "bonus_rules": "每消费2元积1分", "balance_rules": "余额可在店内充值",
        "bonus_rule": {
            "cost_money_unit": 200, "increase_bonus": 1, "max_increase_bonus": 500, "init_increase_bonus": 10,
            "cost_bonus_unit": 5, "reduce_money": 100, "least_money_to_use_bonus": 1000, "max_reduce_bonus": 50,
        },
        "discount": 5,
        "custom_field1": {"name_type": "FIELD_NAME_TYPE_STAMP", "name": "茶龄", "url": "https://tea.example.com/stamps"},
        "custom_field2": {"name_type": "FIELD_NAME_TYPE_LEVEL", "name": "等级", "url": "https://tea.example.com/level"},
        "custom_field3": {"name_type": "FIELD_NAME_TYPE_COUPON", "name": "券", "url": "https://tea.example.com/coupons"},
        "custom_cell1": {"name": "茶友会", "tips": "新活动", "url": "https://tea.example.com/club"},
        "custom_cell2": {"name": "门店", "tips": "三家", "url": "https://tea.example.com/shops"},
        "custom_cell3": {"name": "茶单", "tips": "春季", "url": "https://tea.example.com/menu"},
        "need_push_on_view": false,
    })
}

/// An answer of `POST /promoter/getorder`; every third order was refunded.
pub(crate) fn orders_answer(count: usize) -> Vec<u8> {
    bytes(&json!({
        "order_list": (0..count).map(order).collect::<Vec<_>>(), "total_cnt": count, "start_id": "2002",
        "errcode": 0, "errmsg": "OK",
    }))
}

fn order(index: usize) -> Value {
    let mut order = json!({
        "promoter_openid": "uN6bHqPromoter1Yx4Rk8TfZs2Lw", "role_id": 3, "retail_id": "store-0028",
        "extra_info": "team=north", "openid": format!("uN6bHqVisitor{index:05}x4Rk8TfZs2Lw"),
        "create_time": 1728964512 + index, "path": "pages/autumn/index", "scene": 1047,
        "share_extra_info": "poster=7", "mch_id": "1680042517",
        "trade_no": format!("420000241020241015{index:010}"), "out_trade_no": format!("AUT20241015-{index:04}"),
        "status": 1, "paid_amount": 1880 + index, "paid_time": 1728964688 + index,
    });
    if index.is_multiple_of(3) {
        merge(&mut order, json!({"status": 2, "refunded_time": 1728969021 + index}));
    }
    order
}

/// Orders of at least `size` bytes.
pub(crate) fn orders_of(size: usize) -> Vec<u8> {
    let thousand = orders_answer(1000).len();
    orders_answer(size * 1000 / thousand + 1000)
}

/// An answer of `POST /promoter/getorder` whose `size` bytes are nearly all in a field that nobody documented.
pub(crate) fn junk_of(size: usize) -> Vec<u8> {
    let item = "[[],[0,[\"\"]]],";
    let items = item.repeat(size / item.len() + 1);
    format!(r#"{{"errcode":0,"errmsg":"ok","total_cnt":0,"order_list":[],"list":[{}]}}"#, items.trim_end_matches(','))
        .into_bytes()
}

/// The push that a sub-merchant was reviewed.
pub(crate) const PUSH: &str = "<xml>
  <ToUserName><![CDATA[gh_7c2e90d41b5f]]></ToUserName>
  <FromUserName><![CDATA[oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf]]></FromUserName>
  <CreateTime>1732417200</CreateTime>
  <MsgType><![CDATA[event]]></MsgType>
  <Event><![CDATA[card_merchant_check_result]]></Event>
  <MerchantId>4031</MerchantId>
  <IsPass>0</IsPass>
  <Reason><![CDATA[授权函印章不清晰]]></Reason>
</xml>
";

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}

fn bytes(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}
