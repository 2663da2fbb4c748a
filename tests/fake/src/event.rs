//! Events about cards, as they are pushed.

use weixin::event::{
    CardNotPassCheck, CardPassCheck, CardSkuRemind, ConsumeSource, UserConsumeCard, UserDelCard, UserGetCard,
    UserGiftingCard, UserViewCard,
};

use crate::push::Pushed;
use crate::state::{Coupon, State};

/// Who tells whom, and when.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    app: String,
    to: String,
    from: String,
    at: u64,
}

impl Head {
    /// Something that a user did, or the platform in whose name one sends.
    pub(crate) fn new(state: &State, app: &str, from: &str, at: u64) -> Self {
        Head { app: app.to_owned(), to: state.original_id(app), from: from.to_owned(), at }
    }
}

/// An event that begins with its head. The fields of the head stand in each of the types.
macro_rules! headed {
    ($head:expr, $kind:ident::new($name:literal, $card:expr)) => {{
        let mut event = $kind::new($name, $card);
        event.to_user_name = Some($head.to.clone());
        event.from_user_name = Some($head.from.clone());
        event.create_time = Some($head.at);
        event.msg_type = Some("event".into());
        event
    }};
}

/// A card was reviewed, and not passed for a reason.
pub(crate) fn reviewed(head: &Head, card: &str, reason: Option<&str>) -> Pushed {
    match reason {
        None => Pushed::new(&head.app, &headed!(head, CardPassCheck::new("card_pass_check", card))),
        Some(reason) => {
            let mut event = headed!(head, CardNotPassCheck::new("card_not_pass_check", card));
            event.refuse_reason = Some(reason.to_owned());
            Pushed::new(&head.app, &event)
        }
    }
}

/// Few are left of a card.
pub(crate) fn running_low(head: &Head, card: &str, left: i64) -> Pushed {
    let mut event = headed!(head, CardSkuRemind::new("card_sku_remind", card));
    event.detail = Some(format!("the card's quantity is equal to {left}"));
    Pushed::new(&head.app, &event)
}

/// A user looked at a card.
pub(crate) fn viewed(head: &Head, card: &str, held: Option<(&str, &Coupon)>) -> Pushed {
    let mut event = headed!(head, UserViewCard::new("user_view_card", card));
    event.user_card_code = Some(held.map(|(code, _)| code.to_owned()).unwrap_or_default());
    event.outer_str = Some(held.and_then(|(_, coupon)| coupon.outer.clone()).unwrap_or_default());
    Pushed::new(&head.app, &event)
}

/// A user claimed a card, or took it as a gift from a friend under whose code it was.
pub(crate) fn claimed(head: &Head, code: &str, coupon: &Coupon, gift: Option<(&str, &str)>) -> Pushed {
    let mut event = headed!(head, UserGetCard::new("user_get_card", coupon.card.as_str()));
    let (friend, old) = gift.unwrap_or_default();
    event.is_give_by_friend = Some(gift.is_some());
    event.user_card_code = Some(code.to_owned());
    event.friend_user_name = Some(friend.to_owned());
    event.outer_id = Some(0);
    event.old_user_card_code = Some(old.to_owned());
    event.outer_str = Some(coupon.outer.clone().unwrap_or_default());
    event.is_restore_member_card = Some(false);
    event.is_recommend_by_friend = Some(false);
    Pushed::new(&head.app, &event)
}

/// A user gives a coupon away, or it comes back.
pub(crate) fn gifting(head: &Head, code: &str, coupon: &Coupon, is_return: bool) -> Pushed {
    let mut event = headed!(head, UserGiftingCard::new("user_gifting_card", coupon.card.as_str()));
    event.user_card_code = Some(code.to_owned());
    event.is_return_back = Some(is_return);
    event.friend_user_name = Some(String::new());
    event.is_chat_room = Some(false);
    Pushed::new(&head.app, &event)
}

/// A coupon was redeemed by a call.
pub(crate) fn consumed(head: &Head, code: &str, coupon: &Coupon) -> Pushed {
    let mut event = headed!(head, UserConsumeCard::new("user_consume_card", coupon.card.as_str()));
    event.user_card_code = Some(code.to_owned());
    event.consume_source = Some(ConsumeSource::FromApi);
    for text in [&mut event.location_name, &mut event.staff_open_id, &mut event.verify_code, &mut event.remark_amount] {
        *text = Some(String::new());
    }
    event.outer_str = Some(coupon.outer.clone().unwrap_or_default());
    Pushed::new(&head.app, &event)
}

/// A user deleted a coupon.
pub(crate) fn deleted(head: &Head, code: &str, coupon: &Coupon) -> Pushed {
    let mut event = headed!(head, UserDelCard::new("user_del_card", coupon.card.as_str()));
    event.user_card_code = Some(code.to_owned());
    Pushed::new(&head.app, &event)
}
