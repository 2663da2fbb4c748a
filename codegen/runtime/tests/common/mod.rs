//! Endpoints as generated code has them, of an interface that does not exist.
#![allow(dead_code, unused_macros, unused_imports, reason = "each test uses a part")]

#[macro_use]
mod emit;
mod rows;
mod unions;

pub(crate) use rows::{Level, Mode, Node, Row, Rows, Sheet, Tree};
pub(crate) use unions::{Base, Change, Circle, Days, Figure, FigureChange, Group, Mixed, Named, Term};
use weixin_runtime::{self as rt, *};

const fn text(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

const fn info(code: i64, name: &'static str, class: ErrorClass, meaning: Text) -> CodeInfo {
    CodeInfo {
        code, name, class, text: meaning, cause: text("a cause", "某原因"), remedy: text("a remedy", "某办法")
    }
}

const KNOWN: &[CodeInfo] = &[
    info(-1, "busy", ErrorClass::Busy, text("busy", "繁忙")),
    info(7, "wrong_state", ErrorClass::State, text("in general", "一般")),
    info(9, "too_fast", ErrorClass::Rate, text("too fast", "频率")),
    info(11, "bad_token", ErrorClass::Token, text("token", "凭证")),
    info(12, "no_more", ErrorClass::Missing, text("the end", "结束")),
];

const HERE: &[CodeInfo] = &[info(7, "wrong_state", ErrorClass::Missing, text("as meant here", "此处含义"))];

pub(crate) const GET: Meta = Meta {
    name: "thing::Get",
    method: Method::Post,
    path: "/thing/get",
    title: text("Get a thing", "查询"),
    repeat: Repeat::Safe,
    find_out: None,
    body: BodyKind::Json,
    errors: HERE,
    known: KNOWN,
    envelope: Envelope { code: "rc", message: "said", ok: 0, trace: Some("call=") },
    token_param: "token",
    issue: None,
    host: "",
    zone_seconds: 0,
    query: &[],
    paging: Some(rt::Paging {
        items: "rows",
        page: rt::Page::Offset { offset: "from" },
        end: rt::PageEnd::Empty,
        end_error: Some(12),
        overlap: false,
    }),
    success: &["id"],
};

object! {
    /// Asks for a thing by its name, which has at most 12 bytes.
    Get 0b01 { name: String = "name", deep: Option<bool> = "deep" }
}

impl Get {
    pub(crate) fn new(name: &str) -> Self {
        Get { name: name.to_owned(), deep: None }
    }
}

impl Validate for Get {
    fn check(&self, at: At<'_>, out: &mut Violations) {
        out.max_bytes(at.field("name"), &self.name, 12);
    }
}

endpoint!(Get -> Thing = GET);

object! {
    /// The response: a number, which proves success, and a figure.
    Thing 0b01 { id: u64 = "id", figure: Option<Figure> = "figure" }
}

object! {
    /// Spends something: never to be repeated blindly. Only the code tells that it was done.
    Spend 0 {}
}

unchecked!(Spend);
endpoint!(Spend -> Nothing = Meta {
    name: "thing::Spend",
    path: "/thing/spend",
    repeat: Repeat::Unsafe,
    find_out: Some(text("Ask what is left.", "查询余额。")),
    body: BodyKind::None,
    paging: None,
    success: &[],
    ..GET
});

object! {
    /// A response with nothing in it.
    Nothing 0 {}
}

object! {
    /// Takes its values in the query.
    Pages 0b01 { after: String = "after", kinds: Option<Vec<u32>> = "kind" }
}

impl Pages {
    pub(crate) fn new(after: &str) -> Self {
        Pages { after: after.to_owned(), kinds: None }
    }
}

unchecked!(Pages);
endpoint!(Pages -> Nothing = Meta {
    name: "thing::Pages",
    method: Method::Get,
    path: "/thing/pages",
    body: BodyKind::None,
    host: "http://127.0.0.1:1/",
    query: &["after", "kind"],
    success: &[],
    ..GET
});

object! {
    /// Sends a file, with a kind in the query.
    Upload 0b001 { file: File = "media", note: Option<String> = "note", kind: Option<String> = "type" }
}

impl Upload {
    pub(crate) fn new(file: File) -> Self {
        Upload { file, note: None, kind: None }
    }
}

unchecked!(Upload);
endpoint!(Upload -> Nothing = Meta {
    name: "thing::Upload", path: "/up", body: BodyKind::Multipart, query: &["type"], success: &[], ..GET
});

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident -> $response:ty, $success:expr;)*) => {$(
        object! { $(#[$doc])* $name 0 {} }
        unchecked!($name);
        endpoint!($name -> $response = Meta { success: $success, ..GET });
    )*};
}

getters! {
    /// Gets a row with a field of every kind.
    GetRow -> Row, &[];
    /// Gets many rows.
    GetRows -> Rows, &[];
    /// Gets a table of lists.
    GetSheet -> Sheet, &[];
    /// Gets an object beside whose keys those of a union stand.
    GetChange -> Change, &[];
    /// Gets an object beside whose keys those of unions stand that may be absent.
    GetMixed -> Mixed, &[];
    /// Gets a union.
    GetFigure -> Figure, &[];
    /// Gets a type that holds itself.
    GetTree -> Tree, &[];
    /// Gets any JSON.
    GetJson -> Json, &[];
}

object! {
    /// A push that is known by two of its fields.
    Push 0b01111, known_by [("Type", "event"), ("Event", "audit")] {
        kind: String = "Type",
        event: String = "Event",
        id: u64 = "Id",
        passed: bool = "Passed",
        room: Option<u32> = "Room",
        texts: Option<Vec<String>> = "Texts",
        parts: Option<Vec<Days>> = "Parts",
        text: Option<String> = "Text",
        part: Option<Days> = "Part",
    }
}

/// A body with the code of success in front.
pub(crate) fn ok(members: &str) -> String {
    if members.is_empty() { r#"{"rc":0}"#.to_owned() } else { format!(r#"{{"rc":0,{members}}}"#) }
}

/// What a response of an endpoint holds and what is odd about it.
pub(crate) fn inspect<E: Endpoint>(body: impl AsRef<[u8]>) -> Inspected<E::Response> {
    let body = body.as_ref();
    match RawResponse::new(200, None, body.to_vec()).inspect::<E>() {
        Ok(inspected) => inspected,
        Err(error) => panic!("{error}\n{}", String::from_utf8_lossy(body)),
    }
}

/// Reads a response of an endpoint.
pub(crate) fn read<E: Endpoint>(status: u16, body: impl AsRef<[u8]>) -> Result<E::Response, Error> {
    <E as Endpoint>::read(status, body.as_ref())
}
