//! Buttons: each is a form that asks for an action. An action that this fake does not have gets none.

use weixin_runtime::Text;

use super::html::Html;
use crate::control::Control;

/// What a user is asked for: the field, and what stands in it until something is written.
type Asks = (&'static str, Text);

/// A button beside a row.
pub(super) struct Button {
    /// The action.
    path: &'static str,
    label: Text,
    /// The field that gets the id of the row.
    id: &'static str,
    /// A field that is always the same.
    fixed: Option<(&'static str, &'static str)>,
    asks: Option<Asks>,
}

const fn text(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

impl Button {
    const fn new(path: &'static str, label: Text, id: &'static str) -> Self {
        Button { path, label, id, fixed: None, asks: None }
    }

    const fn fixed(self, name: &'static str, value: &'static str) -> Self {
        Button { fixed: Some((name, value)), ..self }
    }

    const fn asks(self, name: &'static str, placeholder: Text) -> Self {
        Button { asks: Some((name, placeholder)), ..self }
    }
}

const APPROVE: Text = text("Approve", "通过");
const REJECT: Text = text("Reject", "驳回");
const REASON: Text = text("reason", "原因");
const USER: Text = text("openid", "用户 openid");

pub(super) const CARD: &[Button] = &[
    Button::new("/cards/review", APPROVE, "card_id").fixed("verdict", "approve"),
    Button::new("/cards/review", REJECT, "card_id").asks("verdict.reject", REASON),
    Button::new("/cards/claim", text("Claim", "领取"), "card_id").asks("openid", USER),
];

pub(super) const COUPON: &[Button] = &[
    Button::new("/coupons/gift", text("Give away", "转赠"), "code"),
    Button::new("/coupons/accept", text("Accept", "接收"), "code").asks("openid", USER),
    Button::new("/coupons/delete", text("Delete", "删除"), "code"),
];

pub(super) const MERCHANT: &[Button] = &[
    Button::new("/merchants/review", APPROVE, "id").fixed("verdict", "approve"),
    Button::new("/merchants/review", REJECT, "id").asks("verdict.reject", REASON),
];

/// The cell with the buttons of a row.
pub(super) fn cell(html: &mut Html, control: &Control, buttons: &[Button], id: &str) {
    html.raw("<td class=\"do\">");
    for button in buttons.iter().filter(|button| control.action(button.path).is_some()) {
        begin(html, button.path);
        hidden(html, button.id, id);
        if let Some((name, value)) = button.fixed {
            hidden(html, name, value);
        }
        if let Some((name, placeholder)) = button.asks {
            html.raw("<input required name=\"").raw(name).raw("\" placeholder=\"").say_text(placeholder);
            html.raw("\" aria-label=\"").say_text(placeholder).raw("\">");
        }
        end(html, button.label);
    }
    html.raw("</td>");
}

/// The beginning of a form for an action.
pub(super) fn begin(html: &mut Html, path: &'static str) {
    html.raw("<form method=\"post\" action=\"/fake").raw(path).raw("\">");
    html.raw("<input type=\"hidden\" name=\"_lang\" value=\"").say("en", "zh").raw("\">");
}

pub(super) fn hidden(html: &mut Html, name: &'static str, value: &str) {
    html.raw("<input type=\"hidden\" name=\"").raw(name).raw("\" value=\"").text(value).raw("\">");
}

/// Its end: the button.
pub(super) fn end(html: &mut Html, label: Text) {
    html.raw("<button>").say_text(label).raw("</button></form>");
}
