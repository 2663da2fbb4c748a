//! Small valid cards.
#![allow(dead_code, reason = "each test uses a part")]

use weixin::card::types::{
    Abstract, CodeType, NewAdvancedInfo, NewBaseInfo, NewBaseInfoRequired, NewFixTimeRange, NewFriendsAdvancedInfo,
    NewFriendsBaseInfo, NewFriendsBaseInfoRequired, NewFriendsFixTimeRange, NewSku, TextImage, UseCondition,
};

pub(crate) fn base_info() -> NewBaseInfo {
    stocked(1)
}

pub(crate) fn stocked(quantity: u64) -> NewBaseInfo {
    NewBaseInfo::new(NewBaseInfoRequired {
        logo_url: "http://mmbiz.qpic.cn/a/0".into(),
        code_type: CodeType::Text,
        brand_name: "小山面馆".into(),
        title: "双人套餐".into(),
        color: "Color010".into(),
        notice: "出示即可".into(),
        description: "仅限堂食".into(),
        date_info: NewFixTimeRange::new(1, 2).into(),
        sku: NewSku::new(quantity),
    })
}

pub(crate) fn friends_base_info(can_share: bool, can_give_friend: bool) -> NewFriendsBaseInfo {
    let mut base_info = NewFriendsBaseInfo::new(NewFriendsBaseInfoRequired {
        logo_url: "http://mmbiz.qpic.cn/a/0".into(),
        code_type: CodeType::Text,
        brand_name: "小山面馆".into(),
        color: "Color010".into(),
        notice: "出示即可".into(),
        description: "仅限堂食".into(),
        date_info: NewFriendsFixTimeRange::new(1, 2).into(),
        location_id_list: vec![123],
    });
    (base_info.can_share, base_info.can_give_friend) = (can_share, can_give_friend);
    base_info
}

pub(crate) fn cover() -> Abstract {
    Abstract::new().text("春茶已到").icon_url_list(["http://mmbiz.qpic.cn/b/0"])
}

pub(crate) fn picture() -> TextImage {
    TextImage::new().image_url("http://mmbiz.qpic.cn/b/0").text("现做")
}

pub(crate) fn friends_advanced_info() -> NewFriendsAdvancedInfo {
    NewFriendsAdvancedInfo::new(cover(), [picture()])
}

pub(crate) fn shared() -> NewAdvancedInfo {
    NewAdvancedInfo::new().summary(cover()).share_friends(true)
}

pub(crate) fn with_condition(condition: UseCondition) -> NewAdvancedInfo {
    NewAdvancedInfo::new().use_condition(condition)
}
