//! What a browser shows at `/`: all that there is, and buttons for what people do. It needs no script and no other host.

mod buttons;
mod happened;
mod held;
mod html;
mod section;
mod settings;

use html::Html;
use weixin_runtime::Lang;

use crate::control::Control;
use crate::engine::Engine;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("live.js");

/// The page, with what went wrong on top if something did.
pub(crate) fn render(engine: &Engine, control: &Control, lang: Lang, wrong: Option<&str>) -> String {
    let mut html = Html::new(lang);
    html.raw("<!doctype html>\n<html lang=\"").say("en", "zh-Hans").raw("\"><head><meta charset=\"utf-8\">");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"data:,\">");
    html.raw("<title>").say("WeChat on this machine", "本机微信").raw("</title><style>").raw(STYLE);
    html.raw("</style></head><body>");
    top(&mut html, engine);
    html.raw("<main>");
    if let Some(wrong) = wrong {
        html.raw("<p class=\"wrong\" role=\"alert\">").text(wrong).raw("</p>");
    }
    settings::clock(&mut html, engine);
    held::cards(&mut html, engine, control);
    held::coupons(&mut html, engine, control);
    held::merchants(&mut html, engine, control);
    happened::calls(&mut html, engine);
    happened::pushes(&mut html, engine);
    settings::faults(&mut html, engine);
    settings::accounts(&mut html, engine);
    html.raw("</main><script>").raw(SCRIPT).raw("</script></body></html>\n");
    html.finish()
}

fn top(html: &mut Html, engine: &Engine) {
    html.raw("<header><h1>").say("WeChat on this machine", "本机微信").raw("</h1><code>").text(&engine.url);
    html.raw("</code><span class=\"grow\"></span><nav>");
    html.raw("<a href=\"/?lang=").say("en", "zh").raw("\">").say("Refresh", "刷新").raw("</a>");
    html.raw("<a href=\"/fake/openapi.json\">OpenAPI</a>");
    html.raw("<a href=\"/?lang=").say("zh", "en").raw("\" lang=\"").say("zh-Hans", "en").raw("\">");
    html.say("中文", "English").raw("</a></nav></header>");
}
