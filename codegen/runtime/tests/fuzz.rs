//! Whatever a server sends, reading it never panics, and what is told of it is true.
//!
//! The cases are the same in every run; `FUZZ_CASES` says how many, `FUZZ_SEED` which.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::*;
use proptest::prelude::*;
use serde_json::Value;
use weixin_runtime::{Blank, Endpoint, Field, Json, Lang, RawResponse, json, push};

/// What there is to mutate: a body of every kind, with every kind of field.
const SEEDS: &[&str] = &[
    r#"{"rc":0,"said":"ok","id":"1","figure":{"kind":"CIRCLE","circle":{"base":{"radius":0,"terms":[{"type":"DAYS","days":3},{"type":"FOREVER"}]},"note":"中\n"}}}"#,
    r#"{"rc":0,"text":1.10,"int":-5,"small":"7","uint":98765432109876543,"short":4294967295,"on":"true","level":2,"mode":"ON","days":{"days":1,"hours":null},"list":[{"days":"1"},null,{"days":2}],"texts":["a","😀"],"numbers":{"0":1,"2":3},"map":{"a":{"days":1}},"places":"0","json":{"a":[1e5,-0]},"last":"x"}"#,
    r#"{"rows":[{"int":1,"list":[],"figure":{"kind":"GROUP","group":{"figures":[{"circle":{"base":{"radius":2}},"kind":"CIRCLE"},{"kind":"NEW","a":{}}]}}},{"map":[]},{"places":[1,2]}],"total":3,"rc":"0"}"#,
    r#"{"rc":0,"cells":[["a","b"],[],null,["c"]],"columns":{"x":[1,2],"y":{}},"total":"2"}"#,
    r#"{"rc":0,"id":1,"circle":{"base":{"radius":1}},"note":"n","type":"DAYS","days":3,"list":[{"id":"2","square":{"days":4}},{"id":"3","days":1}],"named":{"figure":{"kind":"X"}}}"#,
    r#"{"rc":0,"id":1,"left":{"id":2,"left":{"id":3},"right":null},"nodes":[{"id":4,"nodes":[{"id":5}],"note":"\ud83d\ude00"}]}"#,
    r#"{"rc":7,"said":"no! hint: [x]"}"#,
    r#"{"kind":"CIRCLE","circle":{"base":{"radius":"x"}},"rc":0}"#,
    r#"{"Type":"event","Event":"audit","Id":12,"Passed":true,"Texts":["a"],"Parts":[{"days":1}],"Part":{"days":2}}"#,
    "<xml><Type>event</Type><Event><![CDATA[audit]]></Event><Id>12</Id><Passed>1</Passed><Texts><item>a</item></Texts>\
     <Parts><days>1</days></Parts><Parts><days>2</days></Parts><Text>a &amp; b<br/>&#20013;</Text><Room/></xml>",
];

/// What to put in between.
const BITS: &[&str] = &[
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "0",
    "-1",
    "1e400",
    "1.5",
    "{}",
    "[]",
    "\"\"",
    "\"rc\":7,",
    "NaN",
    "\\u",
    "\\ud800",
    "\u{feff}",
    "\0",
    "中",
    "<",
    ">",
    "</",
    "<![CDATA[",
    "]]>",
    "&",
    "&#",
    ";",
    "<xml>",
    "</xml>",
    "\"kind\":",
    "\"type\":\"DAYS\",",
    "[[[[[[[[",
    "{\"0\":",
    "99999999999999999999",
    "true",
    "id",
    "<item>",
];

/// What to put in the place of a value.
const VALUES: &[&str] = &[
    "null",
    "0",
    "-1",
    "1.5",
    "\"\"",
    "\"x\"",
    "[]",
    "{}",
    "[1]",
    "true",
    "NaN",
    "4294967296",
    "{\"a\":[{}]}",
    "\"7\"",
    "[[]]",
    "\"NEW\"",
    "{\"type\":2}",
    "{\"1\":null}",
    "98765432109876543210",
    "12",
    "",
];

/// Numbers that look drawn.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn span(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(24)).min(length)
    }

    fn body(&mut self) -> Vec<u8> {
        let mut body = SEEDS[self.below(SEEDS.len())].as_bytes().to_vec();
        for _ in 0..=self.below(3) {
            self.mutate(&mut body);
        }
        body
    }

    fn mutate(&mut self, body: &mut Vec<u8>) {
        let at = self.below(body.len() + 1);
        let span = self.span(body.len());
        match self.below(14) {
            0 if at < body.len() => body[at] ^= 1 << self.below(8),
            1 if at < body.len() => body[at] = self.next() as u8,
            2 => body.truncate(at),
            3 => drop(body.drain(span)),
            4 => {
                let copy = body[span].repeat(1 + self.below(3));
                drop(body.splice(at..at, copy));
            }
            5 => {
                let other = SEEDS[self.below(SEEDS.len())].as_bytes();
                let part = self.span(other.len());
                drop(body.splice(span, other[part].iter().copied()));
            }
            6..=10 => self.change_value(body),
            11 => drop(body.splice(span, BITS[self.below(BITS.len())].bytes())),
            _ => drop(body.splice(at..at, BITS[self.below(BITS.len())].bytes())),
        }
    }

    /// Puts another value where one stands; the text stays whole.
    fn change_value(&mut self, body: &mut Vec<u8>) {
        let from = self.below(body.len());
        let Some(start) = body[from..].iter().position(|byte| b":>,".contains(byte)).map(|at| from + at + 1) else {
            return;
        };
        let ends = if body[start - 1] == b'>' { &b"<"[..] } else { &b",}]"[..] };
        let end = body[start..].iter().position(|byte| ends.contains(byte)).map_or(body.len(), |at| start + at);
        let value = VALUES[self.below(VALUES.len())];
        drop(body.splice(start..end, value.bytes()));
    }
}

/// How often what happened: a test that only ever sees refusals tests nothing.
#[derive(Debug, Default)]
struct Counts {
    bodies: usize,
    read: usize,
    with_oddities: usize,
    codes: usize,
    undecodable: usize,
    pushes: usize,
}

/// Reads a body in every way there is for an endpoint.
fn response<E: Endpoint>(body: &[u8], strict: Option<&Value>, counts: &mut Counts)
where
    E::Response: PartialEq + std::fmt::Debug,
{
    let raw = RawResponse::new(200, None, body.to_vec());
    let read = raw.read::<E>();
    let inspected = raw.inspect::<E>();
    let code = strict.and_then(|body| body.get("rc")?.as_i64()).filter(|code| *code != 0);
    if let Some(code) = code {
        // Somewhere there may be another one before it.
        let told = read.as_ref().err().and_then(weixin_runtime::Error::code);
        assert!(told.is_some(), "{code} is lost: {}", raw.text());
    }
    match (read, inspected) {
        (Ok(value), Ok(inspected)) => {
            counts.read += 1;
            counts.with_oddities += usize::from(!inspected.oddities.is_empty());
            assert_eq!(value, inspected.value);
            for oddity in &inspected.oddities {
                assert!(!oddity.to_string().contains('\n') && oddity.found.chars().count() <= 101);
            }
            let written = json::to_string(&value);
            let again: E::Response = json::read(written.as_bytes()).unwrap();
            assert_eq!(json::to_string(&again), written);
            // Whatever was kept is written as JSON, though a number may be larger than serde_json takes.
            let strict = serde_json::from_str::<serde::de::IgnoredAny>(&written);
            assert!(strict.is_ok(), "{written}");
        }
        (Err(error), Err(other)) => {
            assert_eq!(error.to_string(), other.to_string());
            assert_eq!(error.body(), Some(body));
            let shown = format!("{error} {error:?} {}", error.explain(Lang::Zh));
            assert!(!error.to_string().contains('\n') && shown.len() < 20_000);
            counts.codes += usize::from(error.code().is_some());
            counts.undecodable += usize::from(error.is_decode());
        }
        (read, inspected) => panic!("{read:?} but {inspected:?}"),
    }
}

fn a_push(body: &[u8], counts: &mut Counts) {
    let pushes = [
        push::from_json::<Push>(body),
        #[cfg(feature = "xml")]
        push::from_xml::<Push>(body),
    ];
    for read in pushes {
        match read {
            Ok(push) => {
                counts.pushes += 1;
                let written = json::to_string(&push);
                assert_eq!(json::read::<Push>(written.as_bytes()).unwrap(), push);
            }
            Err(error) => assert!(error.is_decode() && !error.to_string().contains('\n')),
        }
    }
}

fn value<T>(body: &[u8])
where
    T: Field + Blank + PartialEq + std::fmt::Debug,
{
    if let Ok(value) = json::read::<T>(body) {
        let written = json::to_string(&value);
        assert_eq!(json::read::<T>(written.as_bytes()).unwrap(), value, "{written}");
    }
}

fn all(body: &[u8], counts: &mut Counts) {
    counts.bodies += 1;
    let strict = serde_json::from_slice::<Value>(body).ok();
    let strict = strict.as_ref();
    response::<Get>(body, strict, counts);
    response::<GetRow>(body, strict, counts);
    response::<GetRows>(body, strict, counts);
    response::<GetSheet>(body, strict, counts);
    response::<GetChange>(body, strict, counts);
    response::<GetMixed>(body, strict, counts);
    response::<GetFigure>(body, strict, counts);
    response::<GetTree>(body, strict, counts);
    response::<GetJson>(body, strict, counts);
    a_push(body, counts);
    value::<Term>(body);
    value::<Json>(body);
    value::<Vec<FigureChange>>(body);
    let raw = RawResponse::new(500, None, body.to_vec());
    drop(raw.read::<Spend>().unwrap_err());
    let tree = raw.json::<Value>();
    if let Some(strict) = strict {
        assert_eq!(&tree.unwrap(), strict);
    }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

#[test]
fn mutated_bodies() {
    let mut draw = Draw(number("FUZZ_SEED", 0x5eed) | 1);
    let mut counts = Counts::default();
    for _ in 0..number("FUZZ_CASES", 3000) {
        let body = draw.body();
        let one = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| all(&body, &mut counts)));
        assert!(one.is_ok(), "{:?}", String::from_utf8_lossy(&body));
    }
    println!("{counts:?}");
    let Counts { bodies, read, with_oddities, codes, undecodable, pushes } = counts;
    for (count, one_in) in [(read, 2), (with_oddities, 10), (codes, 4), (undecodable, 1), (pushes, 200)] {
        assert!(count > bodies / one_in, "too dull: {count} of {bodies}");
    }
}

#[test]
fn seeds_and_every_cut_of_them() {
    let mut counts = Counts::default();
    for seed in SEEDS {
        for length in 0..=seed.len() {
            all(&seed.as_bytes()[..length], &mut counts);
        }
    }
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes(body in any::<Vec<u8>>(), status in any::<u16>()) {
        all(&body, &mut Counts::default());
        let _ = common::read::<Get>(status, &body);
    }

    #[test]
    fn letters_of_json(body in "[\\[\\]{}\",:\\\\0-9a-z\\x00-\\x20中]{0,60}") {
        all(body.as_bytes(), &mut Counts::default());
    }

    #[test]
    fn pieces_of_xml(body in "(<[a-c/!?]{0,2}>?|[a-c&;#x0-9 \\]]{0,4}|<!\\[CDATA\\[|\\]\\]>|</?a>|&amp;|中|<xml>){0,24}") {
        a_push(body.as_bytes(), &mut Counts::default());
        a_push(format!("<xml>{body}</xml>").as_bytes(), &mut Counts::default());
    }
}
