//! What happened: calls that came, pushes that went out.

use weixin::CodeInfo;
use weixin_runtime::Text;

use super::html::Html;
use super::{ROWS, buttons, end, section};
use crate::clock;
use crate::engine::{Engine, lock};
use crate::log::Entry;

pub(super) fn calls(html: &mut Html, engine: &Engine) {
    let log = lock(&engine.log);
    let count = log.iter().count();
    section(html, "calls", ("Calls", "调用记录"), Some(count));
    html.head(
        count,
        &[
            ("Time", "时间"),
            ("Call", "接口"),
            ("Result", "结果"),
            ("Took", "用时"),
            ("Failure", "故障"),
            ("Bodies", "报文"),
        ],
    );
    for entry in log.iter().rev().take(ROWS) {
        call(html, entry);
    }
    html.foot(
        count,
        (
            "No calls yet: set the address above as the base URL of your client.",
            "暂无调用：请将客户端的 base URL 设为上方地址。",
        ),
    );
    end(html, "/fake/calls", count);
}

fn call(html: &mut Html, entry: &Entry) {
    let is_well = entry.status == Some(200) && entry.code == weixin::API.envelope.ok;
    html.raw("<tr>").cell(clock::time(entry.at)).raw("<td><code>").text(&entry.method).raw(" ").text(&entry.path);
    html.raw("</code></td><td class=\"").raw(if is_well { "well" } else { "bad" }).raw("\">");
    match entry.status {
        None => html.say("cut", "连接中断"),
        Some(200) => html.text(format!("{} {} ", entry.code, entry.name)),
        Some(status) => html.text(format!("HTTP {status}")),
    };
    if !is_well && let Some(info) = weixin::API.known.iter().find(|info: &&CodeInfo| info.code == entry.code) {
        html.raw("<small>").say_text(info.text).raw("</small>");
    }
    html.raw("</td><td class=\"number\">").text(format!("{}.{} ms", entry.micros / 1_000, entry.micros % 1_000 / 100));
    html.raw("</td>").cell(entry.fault.as_deref().unwrap_or_default());
    html.raw("<td><details><summary>").say("show", "查看").raw("</summary><pre>");
    let entry = entry.clone().redacted();
    let shown = |value: &serde_json::Value| serde_json::to_string_pretty(value).unwrap_or_default();
    if let Some(request) = &entry.request {
        html.text(shown(request)).raw("</pre><pre>");
    }
    html.text(shown(&entry.response)).raw("</pre></details></td></tr>");
}

pub(super) fn pushes(html: &mut Html, engine: &Engine) {
    let deliveries = engine.pusher.deliveries();
    let count = deliveries.len();
    section(html, "pushes", ("Pushes", "推送"), Some(count));
    html.raw("<p class=\"none\">");
    match engine.pusher.target() {
        Some(target) => html.say("They go to ", "推送至 ").raw("<code>").text(&target.url).raw("</code>"),
        None => html.say("They go nowhere: no address is set.", "未设置推送地址。"),
    };
    html.raw("</p>");
    if count > 0 {
        html.head(
            count,
            &[
                ("Time", "时间"),
                ("Event", "事件"),
                ("Result", "结果"),
                ("Tries", "次数"),
                ("Answer", "应答"),
                ("Message", "报文"),
            ],
        );
        for delivery in deliveries.iter().rev().take(ROWS) {
            html.raw("<tr>").cell(clock::time(delivery.at)).code_cell(&delivery.event);
            if delivery.arrived {
                html.raw("<td class=\"well\">").say("arrived", "已送达");
            } else {
                html.raw("<td class=\"bad\">").say("given up", "已放弃");
            }
            let answer: String = delivery.answer.chars().take(120).collect();
            html.raw("</td>").cell(delivery.tries.to_string()).cell(answer);
            html.raw("<td><details><summary>").say("show", "查看").raw("</summary><pre>").text(&delivery.message);
            html.raw("</pre></details></td></tr>");
        }
        html.foot(count, ("", ""));
    }
    html.raw("<div class=\"do\">");
    buttons::begin(html, "/push");
    html.raw("<input required type=\"url\" name=\"url\" class=\"long\" placeholder=\"http://127.0.0.1:3000/push\" aria-label=\"URL\">");
    html.raw("<input required name=\"token\" placeholder=\"Token\" aria-label=\"Token\" autocomplete=\"off\">");
    buttons::end(html, Text { en: "Push there", zh: "推送到此" });
    html.raw("</div>");
    end(html, "/fake/deliveries", count);
}
