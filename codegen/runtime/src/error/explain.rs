//! Errors for people.

use super::display::is_tls;
use super::{Api, Error, Fault, Missing};
use crate::meta::Repeat;
use crate::shown::{self, clean};
use crate::text::{Lang, Text};

impl Error {
    /// What went wrong, why, and what to do about it.
    pub fn explain(&self, lang: Lang) -> String {
        of(self, lang)
    }
}

fn of(error: &Error, lang: Lang) -> String {
    match &error.0.fault {
        Fault::Api(api) => code(error, api, lang),
        Fault::Invalid(violations) => {
            let mut out = INVALID.get(lang).to_owned();
            for violation in violations {
                let path = clean(&violation.path, shown::PATH);
                let place = if path.is_empty() { path } else { path + ": " };
                out.push_str(&format!("\n- {place}{}", violation.message_in(lang)));
            }
            out
        }
        Fault::Transport { connect: true, source, .. } if is_tls(&**source) => format!("{error}\n{}", TLS.get(lang)),
        Fault::Transport { connect: true, .. } => format!("{error}\n{}", CONNECT.get(lang)),
        Fault::Token(no_token) => {
            let text = if no_token.refused.is_some() { RENEWAL } else { TOKEN };
            match no_token.cause.downcast_ref::<Error>() {
                Some(cause) if no_token.missing != Missing::AccessToken => of(cause, lang),
                _ => format!("{error}\n{}", text.get(lang)),
            }
        }
        Fault::LocalLimit(limit) => {
            let text = if limit.per_day { LOCAL_DAY } else { LOCAL_SECOND };
            format!("{error}\n{}", text.get(lang))
        }
        Fault::Paging(_) => format!("{error}\n{}", PAGING.get(lang)),
        Fault::Config(_) => error.to_string(),
        Fault::Transport { .. } | Fault::Status(_) | Fault::Decode { .. } | Fault::TooLarge { .. } => {
            match error.endpoint().map(|meta| meta.repeat) {
                Some(repeat) => format!("{error}\n{}{}", lost(repeat).get(lang), find_out(error, lang)),
                None => error.to_string(),
            }
        }
    }
}

fn code(error: &Error, api: &Api, lang: Lang) -> String {
    let errmsg = clean(&api.errmsg, shown::MESSAGE);
    let said = match (errmsg.as_str(), lang) {
        ("", _) => String::new(),
        (errmsg, Lang::En) => format!("\nThe server says: {errmsg}"),
        (errmsg, Lang::Zh) => format!("\n服务器返回信息：{errmsg}"),
    };
    let Some(info) = error.info() else {
        return format!("{}: {}{said}", api.code, UNKNOWN.get(lang));
    };
    let (cause, remedy) = match lang {
        Lang::En => ("Cause: ", "Remedy: "),
        Lang::Zh => ("原因：", "解决办法："),
    };
    let mut out = format!("{} {}: {}", info.code, info.name, info.text.get(lang));
    for (label, text) in [(cause, info.cause), (remedy, info.remedy)] {
        if !text.get(lang).is_empty() {
            out.push_str(&format!("\n{label}{}", text.get(lang)));
        }
    }
    out + &said
}

const UNKNOWN: Text =
    Text { en: "this version knows nothing about this code.", zh: "当前版本没有收录该错误码。" };

const INVALID: Text = Text {
    en: "The request was not sent, because it breaks what is documented:",
    zh: "请求不符合文档规定，未发送：",
};

const CONNECT: Text = Text {
    en: "The server could not be reached, so nothing was done. Check the network, the proxy and the host.",
    zh: "无法连接服务器，请求未被执行。请检查网络、代理和域名设置。",
};

const TLS: Text = Text {
    en: "No secure connection could be made, so nothing was done. Check the certificates and the clock of this machine, and \
         whether a proxy stands in between.",
    zh: "无法建立安全连接（TLS），请求未被执行。请检查本机的证书和时钟，以及中间是否有代理。",
};

const LOCAL_SECOND: Text = Text {
    en: "The server has not seen the request. Call more slowly, give the call more time, or raise the limit.",
    zh: "已达到客户端自设的每秒调用上限，请求未发送。请降低调用频率、延长超时时间或调高该上限。",
};

const LOCAL_DAY: Text = Text {
    en: "The server has not seen the request. The count begins anew at midnight where the server is; or raise the limit.",
    zh: "已达到客户端自设的每日调用上限，请求未发送。该计数在服务器所在时区的零点重新开始；也可调高该上限。",
};

const PAGING: Text = Text {
    en: "Reading on would never end, so it was given up; the list may have more. Ask for larger pages where the request \
         lets you, and call again.",
    zh: "继续翻页将陷入循环，已停止读取，列表可能尚未读完。若请求允许，请增大每页数量后重试。",
};

const RENEWAL: Text = Text {
    en: "The server refused the access token and did nothing, and no other could be had. Check the credentials and whether \
         this machine may ask for tokens.",
    zh: "服务器拒绝了 access token，请求未被执行，且未能取得新的 access token。请检查凭证以及本机是否允许获取 access token。",
};

const TOKEN: Text = Text {
    en: "Without an access token nothing was sent. Check the credentials and whether this machine may ask for tokens.",
    zh: "未取得 access token，请求未发送。请检查凭证以及本机是否允许获取 access token。",
};

/// How to find out what the call did.
fn find_out(error: &Error, lang: Lang) -> String {
    let text = error.endpoint().and_then(|meta| meta.find_out);
    text.map(|text| format!("\n{}", text.get(lang))).unwrap_or_default()
}

/// What a lost or unreadable response means for the caller.
fn lost(repeat: Repeat) -> Text {
    match repeat {
        Repeat::Safe => {
            Text { en: "The call only reads: it may be repeated.", zh: "该接口只读取数据，可以重试。" }
        }
        Repeat::Idempotent => Text {
            en: "Whether the server did it is unknown. Repeating the call does no harm.",
            zh: "无法确定服务器是否已执行，重复调用没有副作用。",
        },
        Repeat::Unsafe => Text {
            en: "Whether the server did it is unknown. Find out before you repeat the call: it could be done twice.",
            zh: "无法确定服务器是否已执行。重试可能导致重复执行，请先查询结果再决定。",
        },
    }
}
