//! A small model for the tests of emitters: one of everything that dissolves, merges or goes round in a circle.

use crate::model::Model;
use crate::{diagnostic, resolve, spec};

const API: &str = r#"
crate: weixin
version: 0.1.0
title: { en: Cards, zh: 卡券 }
host: https://api.weixin.qq.com
zone: "+08:00"
documents:
  management: { title: { en: Managing cards, zh: 管理卡券 }, language: zh, read: "2026-01-02" }
token: { query: access_token, doc: { en: The credential., zh: 凭证。 } }
envelope:
  code: errcode
  message: errmsg
  ok: 0
  code_doc: { en: The code., zh: 返回码。 }
  message_doc: { en: The message., zh: 返回信息。 }
"#;

const ERRORS: &str = r#"
40001:
  name: invalid_credential
  class: token
  text: { en: The token is wrong., zh: 凭证无效。 }
  cause: { en: It expired., zh: 已过期。 }
  remedy: { en: Get another., zh: 重新获取。 }
  source: management
"#;

const CREATE: &str = r#"
method: POST
title: { en: Make a card, zh: 创建卡券 }
doc: { en: Makes a card., zh: 创建一张卡券。 }
source: "management#创建 | 卡券"
repeat: unsafe
query:
  lang: { type: string, doc: { en: The language., zh: 语言。 } }
request:
  card: { type: Card, required: true, flatten: true, doc: { en: The card., zh: 卡券。 } }
  nodes: { type: "Node[]", doc: { en: The nodes., zh: 节点。 } }
  note: { type: string, default: none, doc: { en: A note., zh: 备注。 } }
response:
  card_id: { type: string, required: true, doc: { en: The id., zh: 卡券 ID。 } }
rules:
  - at_most_one: [nodes, note]
    error: 40001
    text: { en: Either `nodes` or a note., zh: 节点与备注二选一。 }
errors:
  40001: { text: { en: Narrower., zh: 更具体的含义。 }, cause: { en: A narrower one., zh: 更具体的原因。 } }
types:
  Card:
    doc: { en: A card., zh: 卡券。 }
    union:
      tag: card_type
      doc: { en: The kind., zh: 类型。 }
      content: keyed
      variants:
        Groupon: { value: GROUPON, key: groupon, type: Groupon, doc: { en: A groupon., zh: 团购券。 } }
        FriendsCash:
          value: CASH
          key: cash
          type: FriendsCash
          when: { share: true }
          doc: { en: Shared cash., zh: 共享代金券。 }
        Cash: { value: CASH, key: cash, type: Cash, doc: { en: Cash., zh: 代金券。 } }
  Common:
    mixin: true
    doc: { en: What all have., zh: 公共部分。 }
    fields:
      title:
        type: string
        required: true
        max: { bytes: 27 }
        unenforced: [{ max: { bytes: 20 } }]
        review: true
        quirk: title-length
        doc: { en: The title., zh: 标题。 }
  Groupon:
    doc: { en: A groupon., zh: 团购券。 }
    include: [Common]
    fields:
      date: { type: Date, required: true, doc: { en: When it holds., zh: 有效期。 } }
  Cash:
    doc: { en: Cash., zh: 代金券。 }
    include: [Common]
    fields:
      cost: { type: int, required: true, doc: { en: What it costs., zh: 金额。 } }
      share: { type: bool, doc: { en: Shared or not., zh: 是否共享。 } }
  FriendsCash:
    doc: { en: Shared cash., zh: 共享代金券。 }
    include: [Common]
    fields:
      share: { type: bool, required: true, doc: { en: Shared or not., zh: 是否共享。 } }
examples:
  - title: { en: A card, zh: 卡券 }
    request: { card_type: CASH, cash: { title: "it's", cost: 1 } }
    response: { errcode: 0, errmsg: ok, card_id: "1" }
quirks:
  title-length:
    for: caller
    says: { en: "The page says 27 and 20 <bytes>.", zh: "页面写作 27 与 20 <字节>。" }
    we: { en: accept 27 | more, zh: 接受 27 | 更多 }
"#;

const TYPES: &str = r#"
Date:
  doc: { en: A span., zh: 有效期。 }
  source: management
  union:
    tag: type
    doc: { en: The kind of span., zh: 有效期类型。 }
    content: inline
    variants:
      Range: { value: RANGE, type: DateRange, doc: { en: Between two days., zh: 区间。 } }
      Term: { value: TERM, type: DateTerm, doc: { en: Some days., zh: 时长。 } }
      Forever: { value: FOREVER, doc: { en: For ever., zh: 永久。 } }
DateRange:
  doc: { en: A range., zh: 区间。 }
  source: management
  fields:
    begin: { type: timestamp, required: true, doc: { en: The begin., zh: 起点。 } }
DateTerm:
  doc: { en: A term., zh: 时长。 }
  source: management
  fields:
    days: { type: int, required: true, doc: { en: The days., zh: 天数。 } }
Node:
  doc: { en: A node., zh: 节点。 }
  source: management
  fields:
    color: { type: Color, required: true }
    below: { type: "Node[]", doc: { en: The nodes below., zh: 下级节点。 } }
Color:
  enum: int
  doc: { en: A color., zh: 颜色。 }
  source: management
  values:
    0: { name: Red, en: red, zh: 红 }
"#;

const CHECKED: &str = r#"
title: { en: A card was reviewed, zh: 卡券已审核 }
doc: { en: Comes after a review., zh: 审核后推送。 }
source: management
known_by: { Event: card_checked }
fields:
  CardId: { type: string, required: true, doc: { en: The id., zh: 卡券 ID。 } }
  Event: { type: string, required: true, doc: { en: The event., zh: 事件。 } }
examples:
  - xml: "<xml><Event>card_checked</Event><CardId>1</CardId></xml>"
"#;

/// A model with one endpoint, `/card/create`, and one push, `card_checked`.
pub(crate) fn model() -> Model {
    let files = [
        ("api.yaml", API),
        ("card/create.yaml", CREATE),
        ("card/types/date.yaml", TYPES),
        ("errors.yaml", ERRORS),
        ("events/card_checked.yaml", CHECKED),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    spec::read_sources(files.into()).and_then(|spec| resolve::resolve(&spec)).unwrap_or_else(|faults| {
        panic!("{}", diagnostic::render(&faults, "spec", false));
    })
}
