//! Every word of the pages that does not come from the spec, in both languages side by side.

use crate::model::{Body, ErrorClass, Repeat};

use super::super::prose::Lang;

/// Makes the table: one name, then the English and the Chinese words.
macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// The words of one language.
        pub(super) struct Words { $(pub(super) $name: &'static str,)* }
        static EN: Words = Words { $($name: $en,)* };
        static ZH: Words = Words { $($name: $zh,)* };
    };
}

words! {
    index: "Index", "目录";
    other_language: "中文", "English";
    colon: ": ", "：";
    comma: ", ", "、";
    semicolon: "; ", "；";

    endpoint: "Endpoint", "接口";
    events: "Event notifications", "事件推送";
    event: "Event", "事件";
    shared_types: "Shared types", "公用类型";
    errors: "Error codes", "错误码";
    quirks: "Differences from the official pages", "与官方文档的差异";
    documents: "Source documents", "来源文档";
    how_to_read: "How to read these pages", "阅读说明";
    title: "What it does", "用途";
    file: "File", "文件";
    types: "Types", "类型";

    rust: "Rust", "Rust";
    repeat: "Idempotency and retries", "幂等性与重试";
    no_token: "none", "无需";
    secret: "A secret: it never shows in logs", "敏感信息，不会出现在日志中";
    quota: "Quota", "调用额度";
    body: "Body", "请求体";
    feature: "Cargo feature", "Cargo feature";
    source: "Source", "来源";
    sources: "Sources", "来源";
    read_on: "read on", "查阅于";
    closed: "Closed.", "已关闭。";
    restricted: "Partly retired.", "部分能力已下线。";
    known_by: "Event type", "事件类型（Event）";
    used_by: "Used by", "被以下接口引用";
    push_as_json: "Where the account is set to JSON", "账号设置为 JSON 格式时";
    and_more: "and more", "等";

    request: "Request fields", "请求字段";
    query: "Query parameters", "查询参数";
    request_body: "Request body", "请求体";
    empty_body: "The body is the empty object `{}`.", "请求体为空对象 `{}`。";
    answer: "Response fields", "返回字段";
    success: "Success", "成功";
    fields: "Fields", "字段";
    no_fields: "No fields.", "无字段。";

    field: "Field", "字段";
    type_: "Type", "类型";
    required: "Required", "必填";
    always: "Always returned", "必返回";
    default: "Default", "默认";
    review: "Changing it triggers re-review", "修改会触发提审";
    meaning: "Meaning", "说明";
    value: "Value", "取值";
    yes: "yes", "是";
    no: "no", "否";
    required_if: "if {condition}", "{condition}时必填";
    clears: "Empty, it clears the field", "传空值可清空该字段";
    one_of: "One of", "取值";
    example: "Example", "示例";
    in_unit: "Unit", "单位";
    or_text: "or string", "或字符串";
    map_of: "object with free keys, each", "任意键对象，值为";
    variant_keys: "Keys and fields", "键与字段";
    tag: "Type field", "类型字段";
    no_tag: "The type field is not sent; the key alone tells the variant.", "不提交类型字段，仅以键名区分。";
    only_when: "Only when", "仅当";
    kind: "Kind", "种类";
    no_more: "no additional fields", "无其他字段";

    rules: "Rules", "规则";
    error: "error", "错误码";
    paging: "Paging", "分页";
    items: "Items", "列表";
    next_page: "Next page", "取下一页";
    page_max: "Most items on a page", "每页上限";
    last_page: "Last page", "末页判断";
    or_code: "or code", "或返回";
    into: "the response's `{next}` becomes the request's `{cursor}`", "将返回的 `{next}` 填入请求的 `{cursor}`";
    grows: "`{offset}` grows by the number of items returned", "`{offset}` 增加本页返回的条数";
    count_below: "`{field}` is below {max}", "`{field}` 小于 {max}";
    fewer: "fewer items than `{field}` asked for", "返回条数少于 `{field}`";
    total: "`{field}` items have been read", "已读取 `{field}` 条";
    empty_page: "an empty page", "返回空页";
    overlap: "A page may begin with the last item of the page before; `items` gives it once.", "一页可能以上一页的最后一项开头，`items` 只给出一次。";
    all_items: "All items, page by page:", "自动翻页，逐项读取：";
    spans: "A longer span, in several calls:", "时间较长时，分段依次查询：";

    code: "Code", "错误码";
    name: "Name", "名称";
    class: "Kind", "类别";
    cause: "Cause", "原因";
    remedy: "Remedy", "处理办法";
    endpoints_raising: "Endpoints that document it", "列出该码的接口";
    other_errors: "Any endpoint may also return the {general}.", "任何接口还可能返回{general}。";
    general_errors: "general error codes", "通用错误码";

    examples: "More examples", "更多示例";
    answer_example: "Response:", "返回示例：";
    request_example: "Request:", "请求示例：";
    query_example: "Query parameters:", "查询参数：";
    error_example: "Error response:", "失败返回示例：";
    rust_sample: "Rust:", "用 Rust 解析：";
    body_of: "the request of the example “{title}”", "示例“{title}”的请求";
    first_example: "first", "第一个";

    for_maintainers: "More differences, of interest to maintainers", "其余差异（供维护者参考）";
    for_callers: "for callers", "调用者须知";
    says: "Official page", "官方文档";
    we: "This library", "本库";
    further_quirks: "More about shared types", "公用类型的其他差异";

    address: "Method and URL", "请求方式与地址";
    account: "Account", "适用账号";
    token: "Access token", "接口调用凭证";
    with_token: "in the query as {token}; the client adds it", "查询参数 {token}，客户端自动附加，无需填写";
    nothing_sent: "Nothing but the access token is sent.", "除接口调用凭证外无请求参数。";
    no_review: "Changing it does not trigger re-review", "修改不触发提审";
    as_above: "Fields as in {field}.", "字段同 {field}。";
    unofficial: "not on an official page", "官方文档未载";
    differs: "see differences", "见差异说明";
    differences: "Differences from the official pages, and sources", "与官方文档的差异及来源";
    show: "Show", "展开";
    minimal: "Minimal request", "最简请求示例";
    before: "Before you call", "调用前须知";
    next: "Next steps", "下一步";
    more_errors: "{count} more codes", "其余 {count} 个错误码";
    page: "Official page", "官方文档";
    errors_elsewhere: "Error codes of other interfaces", "其他接口的错误码";
    find_a_code: "Find a code", "按错误码查找";
    tasks: "By task", "按任务查找";
    task: "Task", "任务";
    guides: "Guides", "使用指南";
    limits_page: "Limits", "限制一览";
    limit: "Limit", "限制";
    restricted_badge: "partly retired", "部分下线";
    closed_badge: "closed", "已关闭";
    language: "Language", "语言";
    read: "Read", "查阅日期";
    english: "English", "英文";
    chinese: "Chinese", "中文";
}

impl Words {
    /// The words of a language.
    pub(super) fn of(lang: Lang) -> &'static Self {
        lang.pick(&EN, &ZH)
    }
}

/// Whether a call may be repeated.
pub(super) fn repeat(lang: Lang, repeat: Repeat) -> &'static str {
    match repeat {
        Repeat::Safe => lang.pick("Safe to retry: it only reads", "只读，可安全重试"),
        Repeat::Idempotent => lang.pick("Idempotent: safe to retry", "幂等，可安全重试"),
        Repeat::Unsafe => {
            lang.pick("**Not idempotent**: check the result before retrying", "**非幂等**，超时请先查询再重试")
        }
    }
}

/// How the body is written.
pub(super) fn body(lang: Lang, body: Body) -> &'static str {
    match body {
        Body::Json => "JSON",
        Body::Multipart => "`multipart/form-data`",
        Body::None => lang.pick("none", "无"),
    }
}

/// The kind of trouble that a code means.
pub(super) fn class(lang: Lang, class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::Busy => lang.pick("busy", "系统繁忙"),
        ErrorClass::Token => lang.pick("token", "凭证"),
        ErrorClass::Quota => lang.pick("quota", "额度"),
        ErrorClass::Rate => lang.pick("rate", "频率"),
        ErrorClass::Permission => lang.pick("permission", "权限"),
        ErrorClass::Argument => lang.pick("argument", "参数"),
        ErrorClass::Missing => lang.pick("missing", "不存在"),
        ErrorClass::State => lang.pick("state", "状态不符"),
        ErrorClass::Closed => lang.pick("closed", "已关闭"),
    }
}

/// The notes on reading, one a line.
pub(super) const HOW_TO_READ: &[(&str, &str)] = &[
    (
        "The types are those of JSON, with a few names for what a number or text holds: `int` and `uint` are whole \
         numbers of 64 bits with and without a sign, `int32` and `uint32` of 32 bits, `timestamp` is a number of \
         seconds since 1970, `date` is text as `2026-11-21`, `date_number` is a number as `20261121`, `base64` is text \
         in Base64, `json` is anything, `T[]` is a list.",
        "类型即 JSON 类型，并细分如下：`int`、`uint` 为 64 位有符号、无符号整数，`int32`、`uint32` 为 32 位，`timestamp` 为自 1970 年起的秒数，`date` 为形如 `2026-11-21` 的文本，\
         `date_number` 为形如 `20261121` 的数字，`base64` 为 Base64 文本，`json` 为任意 JSON，`T[]` 为列表。",
    ),
    (
        "Lengths count bytes of UTF-8 unless they say characters: a Chinese character is three bytes.",
        "长度除注明“字符”外均按 UTF-8 字节计，一个汉字占 3 字节。",
    ),
    (
        "In requests, what is required is not empty, nor nothing but blanks, a file never is, and no text has a control \
         character other than line feed, carriage return and tab. A `timestamp` lies between 1 and 4294967295. Fields \
         for which something else holds say so.",
        "请求中必填的文本与列表不可为空（亦不可仅含空白），文件不可为空，文本除换行、回车与制表符外不可含控制字符，`timestamp` 取值为 1 至 4294967295。\
         另有规定的字段会注明。",
    ),
    (
        "Where official pages contradict each other the widest reading holds, so that nothing a page shows as valid is \
         refused. Each such decision is explained at the end of the page, under the differences.",
        "官方文档相互矛盾时取最宽的解释，文档展示为有效的内容一律不拒绝。每处取舍及理由见页末“与官方文档的差异”。",
    ),
    (
        "In responses and event notifications “Always returned” marks what they are worthless without: reading fails \
         when it is missing. Anything else may be missing; a missing list is empty.",
        "返回与推送中标为“必返回”的字段一旦缺失即视为读取失败；其余字段均可能缺失，列表缺失时视为空列表。",
    ),
    (
        "Enumerations are open: a value that is not listed survives reading and writing unchanged.",
        "枚举均为开放式：未列出的取值在读写时原样保留。",
    ),
];
