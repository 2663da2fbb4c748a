//! The fake itself: its clock, its tokens, planned failures, accounts.

use weixin_runtime::Text;

use super::html::Html;
use super::{buttons, counts, end, section};
use crate::clock as time;
use crate::engine::{Engine, lock};

const ADVANCE: Text = Text { en: "Advance", zh: "快进" };

pub(super) fn clock(html: &mut Html, engine: &Engine) {
    let (tokens, calls) = counts(engine);
    section(html, "clock", ("Clock", "时钟"), None);
    html.raw("<p class=\"facts\"><strong>").text(time::moment(engine.clock.now())).raw("</strong> ");
    match engine.clock.offset() {
        0 => html.say("the real time", "真实时间"),
        ahead => html.text(shifted(ahead, html.lang == weixin_runtime::Lang::Zh)),
    };
    html.raw("<span>").text(tokens.to_string()).say(" valid tokens", " 个有效令牌").raw("</span><span>");
    html.text(calls.to_string()).say(" calls in all", " 次调用").raw("</span></p><div class=\"do\">");
    for (seconds, label) in [
        ("3600", Text { en: "+ 1 hour", zh: "+ 1 小时" }),
        ("86400", Text { en: "+ 1 day", zh: "+ 1 天" }),
        ("2592000", Text { en: "+ 30 days", zh: "+ 30 天" }),
    ] {
        buttons::begin(html, "/clock");
        buttons::hidden(html, "advance", seconds);
        buttons::end(html, label);
    }
    buttons::begin(html, "/clock");
    html.raw("<input required type=\"number\" name=\"advance\" placeholder=\"").say("seconds", "秒数");
    html.raw("\" aria-label=\"").say("seconds", "秒数").raw("\">");
    buttons::end(html, ADVANCE);
    buttons::begin(html, "/tokens/expire");
    buttons::end(html, Text { en: "Expire all tokens", zh: "使全部令牌失效" });
    buttons::begin(html, "/reset");
    buttons::end(html, Text { en: "Forget everything but accounts", zh: "清空账号以外的数据" });
    html.raw("</div>");
    end(html, "/fake/state", 0);
}

/// By how much the clock is ahead, in the largest unit that fits.
fn shifted(ahead: i64, is_chinese: bool) -> String {
    let (amount, en, zh) = match ahead.unsigned_abs() {
        many if many >= 86_400 => (many / 86_400, "d", "天"),
        many if many >= 3_600 => (many / 3_600, "h", "小时"),
        many => (many, "s", "秒"),
    };
    match (is_chinese, ahead > 0) {
        (false, true) => format!("{amount} {en} ahead of the real time"),
        (false, false) => format!("{amount} {en} behind the real time"),
        (true, true) => format!("比真实时间快 {amount} {zh}"),
        (true, false) => format!("比真实时间慢 {amount} {zh}"),
    }
}

/// What can be planned on the page: the failure as JSON, and what it is called.
const FAULTS: [(&str, &str, &str); 14] = [
    ("{\"code\":-1}", "-1: busy", "-1：系统繁忙"),
    ("{\"code\":45009}", "45009: out of calls", "45009：次数用尽"),
    ("{\"code\":40001}", "40001: token refused", "40001：令牌无效"),
    ("{\"latency\":3000}", "3 s late", "延迟 3 秒"),
    ("\"cut_before\"", "cut, nothing done", "中断，未执行"),
    ("\"cut_after\"", "cut, but done", "中断，已执行"),
    ("\"bad_gateway\"", "502 with HTML", "502 与 HTML"),
    ("\"invalid_json\"", "half of the JSON", "不完整的 JSON"),
    ("\"numbers_as_text\"", "numbers as text", "数字变为文本"),
    ("\"null_fields\"", "fields are null", "字段为 null"),
    ("\"unknown_fields\"", "unknown fields", "未知字段"),
    ("\"unknown_values\"", "unknown values", "未知枚举值"),
    ("\"text_plain\"", "says text/plain", "类型为 text/plain"),
    ("\"gbk\"", "in GBK", "GBK 编码"),
];

pub(super) fn faults(html: &mut Html, engine: &Engine) {
    let plans = lock(&engine.faults).plans().to_vec();
    section(html, "faults", ("Planned failures", "计划的故障"), Some(plans.len()));
    if !plans.is_empty() {
        html.head(
            plans.len(),
            &[
                ("Failure", "故障"),
                ("Path", "接口"),
                ("Times", "次数"),
                ("After calls", "先放行"),
                ("Probability", "概率"),
            ],
        );
        for plan in &plans {
            html.raw("<tr>").code_cell(plan.fault.to_string()).raw("<td>");
            match &plan.path {
                Some(path) => html.raw("<code>").text(path).raw("</code>"),
                None => html.say("every", "全部"),
            };
            html.raw("</td><td>");
            match plan.times {
                Some(times) => html.text(times.to_string()),
                None => html.say("without end", "不限"),
            };
            html.raw("</td>").cell(plan.after.to_string()).cell(plan.probability.to_string()).raw("</tr>");
        }
        html.foot(plans.len(), ("", ""));
    }
    html.raw("<div class=\"do\">");
    plan_form(html);
    if !plans.is_empty() {
        buttons::begin(html, "/faults");
        buttons::hidden(html, "_verb", "DELETE");
        buttons::end(html, Text { en: "Forget them", zh: "全部取消" });
    }
    html.raw("</div>");
    end(html, "/fake/faults", 0);
}

fn plan_form(html: &mut Html) {
    buttons::begin(html, "/faults");
    html.raw("<select name=\"fault\" aria-label=\"").say("failure", "故障").raw("\">");
    for (json, en, zh) in FAULTS {
        html.raw("<option value=\"").text(json).raw("\">").say(en, zh).raw("</option>");
    }
    html.raw("</select><select name=\"path\" aria-label=\"").say("path", "接口").raw("\"><option value=\"\">");
    html.say("every call", "全部接口").raw("</option>");
    for served in weixin::server::ENDPOINTS {
        html.raw("<option>").raw(served.meta().path).raw("</option>");
    }
    html.raw("</select><input type=\"number\" min=\"1\" name=\"times\" placeholder=\"").say("times", "次数");
    html.raw("\" aria-label=\"").say("times", "次数").raw("\">");
    buttons::end(html, Text { en: "Plan", zh: "计划" });
}

pub(super) fn accounts(html: &mut Html, engine: &Engine) {
    let state = lock(&engine.state);
    let count = state.accounts.len();
    section(html, "accounts", ("Accounts", "账号"), Some(count));
    html.head(count, &[("AppID", "AppID"), ("Original id", "原始 ID")]);
    for (id, account) in state.accounts.iter() {
        html.raw("<tr>").code_cell(id).code_cell(&account.original_id).raw("</tr>");
    }
    html.foot(count, ("No accounts.", "暂无账号。")).raw("<div class=\"do\">");
    buttons::begin(html, "/accounts");
    html.raw("<input required name=\"id\" placeholder=\"AppID\" aria-label=\"AppID\">");
    html.raw(
        "<input required name=\"secret\" placeholder=\"AppSecret\" aria-label=\"AppSecret\" autocomplete=\"off\">",
    );
    buttons::end(html, Text { en: "Add", zh: "新增" });
    html.raw("</div>");
    end(html, "/fake/accounts", 0);
}
