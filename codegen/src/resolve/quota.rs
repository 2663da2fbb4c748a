//! How often an account may call an endpoint: that it is a number which leaves something to call.

use super::checks;
use super::context::Context;
use crate::model::Quota;
use crate::source::Node;

/// What an endpoint says of it.
pub(super) fn quota(cx: &Context<'_>, written: Option<Quota>, at: &Node<'_>) -> Option<Quota> {
    let quota = written?;
    for (key, number) in [("day", quota.day), ("minute", quota.minute)] {
        if number == Some(0) {
            let message = "nobody could call this endpoint";
            checks::bad_value(cx, &at.key(key), message, "write how many calls are allowed, or remove the key");
        }
    }
    // A number that could not be read is told elsewhere.
    if !at.key("day").exists() && !at.key("minute").exists() {
        checks::bad_value(cx, at, "the quota has no number", "write `day`, `minute` or both, or remove `quota`");
    }
    Some(quota)
}
