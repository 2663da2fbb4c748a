//! What a browser shows at `/`: all that there is, and buttons for what people do. It needs no script and no other host.

mod buttons;
mod happened;
mod held;
mod html;
mod settings;

use html::Html;
use weixin_runtime::Lang;

use crate::clock;
use crate::control::Control;
use crate::engine::{Engine, lock};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("live.js");

/// How many rows a table shows.
const ROWS: usize = 50;

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

/// The beginning of a section: its title, and how many of it there are.
fn section(html: &mut Html, id: &'static str, title: (&'static str, &'static str), count: Option<usize>) {
    html.raw("<section id=\"").raw(id).raw("\"><h2>").say(title.0, title.1);
    if let Some(count) = count {
        html.raw(" <span class=\"count\">").text(count.to_string()).raw("</span>");
    }
    html.raw("</h2>");
}

/// The end of a section: where the rest is, if not all of it was shown.
fn end(html: &mut Html, list: &'static str, count: usize) {
    if count > ROWS {
        html.raw("<p class=\"none\">").say("The last 50 are shown. All of them: ", "仅显示最近 50 条，全部见 ");
        html.raw("<a href=\"").raw(list).raw("\"><code>").raw(list).raw("</code></a></p>");
    }
    html.raw("</section>");
}

/// The number of valid tokens and of calls.
fn counts(engine: &Engine) -> (usize, u64) {
    let now = engine.clock.now();
    let calls = lock(&engine.log).came();
    (lock(&engine.state).tokens.iter().filter(|(_, token)| token.until > now).count(), calls)
}

/// A moment that may not have come.
fn moment(seconds: u64) -> String {
    if seconds == 0 { String::new() } else { clock::moment(seconds) }
}
