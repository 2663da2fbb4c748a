//! Large bodies: ordinary ones are read whole, and hostile ones cost no more than a small multiple of their length.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;

use std::cell::Cell;
use std::time::{Duration, Instant};

use common::*;
use weixin_runtime::*;

const MIB: usize = 1 << 20;

/// As large as a page of a thousand rows gets.
const SIZE: usize = MIB;

/// A list of as many items as make this many bytes.
fn items(bytes: usize, item: impl Fn(usize) -> String) -> String {
    let mut out = String::with_capacity(bytes + 1024);
    out.push('[');
    for index in 0.. {
        if out.len() >= bytes {
            break;
        }
        if index > 0 {
            out.push(',');
        }
        out.push_str(&item(index));
    }
    out.push(']');
    out
}

/// Reads rows without anything odd; how many.
fn rows(item: impl Fn(usize) -> String) -> usize {
    let list = items(SIZE, item);
    let read = inspect::<GetRows>(ok(&format!(r#""rows":{list},"total":1"#)));
    assert_eq!((read.oddities, read.value.total), (Vec::new(), Some(1)));
    assert!(read.unknown.is_empty());
    read.value.rows.len()
}

#[test]
fn ordinary_rows() {
    let full = |index: usize| {
        format!(
            r#"{{"text":"订单 {index}","int":{index},"small":-{index},"uint":"{index}","on":1,"days":{{"days":3}},"list":[{{"days":1}},{{"days":2,"hours":3}}],"texts":["a","b"],"map":{{"x":{{"days":1}}}},"figure":{{"circle":{{"base":{{"radius":2}}}},"kind":"CIRCLE"}},"last":"x"}}"#
        )
    };
    assert!(rows(full) > 3_000);
}

#[test]
fn rows_of_lists_of_one_item() {
    assert!(
        rows(|index| format!(r#"{{"text":"{index}","texts":["{index}"],"numbers":[{index}],"list":[{{"days":1}}]}}"#))
            > 10_000
    );
}

#[test]
fn rows_of_which_little_is_set() {
    // A row has some 600 bytes of memory.
    assert!(rows(|index| format!(r#"{{"text":"pFS7Fjg8kV1IdDz01r4SQwMkuC{index}","int":{index}}}"#)) > 12_000);
    // A page of cards of which only the number is set.
    let page = inspect::<GetRows>(ok(&format!(r#""rows":{}"#, items(20_000, |index| format!(r#"{{"int":{index}}}"#)))));
    assert!(page.oddities.is_empty() && page.value.rows.len() > 1000);
}

#[test]
fn rows_of_inner_lists() {
    // An inner list must not make room for all that follows it.
    for length in [65, 100, 1000] {
        let list = format!("[{}]", vec!["\"ab\""; length].join(","));
        let numbers = format!("[{}]", vec!["7"; length].join(","));
        assert!(rows(|_| format!(r#"{{"texts":{list},"numbers":{numbers}}}"#)) > 50);
    }
}

#[test]
fn lists_of_short_texts() {
    for cell in ["[\"a\"]", "[\"\",\"b\"]", "[]"] {
        let sheet = inspect::<GetSheet>(ok(&format!(r#""cells":{},"total":1"#, items(MIB, |_| cell.to_owned()))));
        assert_eq!((sheet.oddities, sheet.value.total), (Vec::new(), Some(1)), "{cell}");
    }
    let ids = inspect::<GetRow>(ok(&format!(r#""texts":{}"#, items(MIB, |index| format!("\"{index}\"")))));
    assert!(ids.oddities.is_empty() && ids.value.texts.unwrap().len() > 100_000);
}

#[test]
fn memory_is_bounded() {
    // A row of nothing takes three bytes of text and hundreds of memory.
    let body = ok(&format!(r#""total":1,"rows":{}"#, items(4 * MIB, |_| "{}".to_owned())));
    let hungry = <GetRows as Endpoint>::read(200, body.as_bytes()).unwrap_err();
    assert!(hungry.is_decode() && hungry.to_string().contains("too much memory"), "{hungry}");
    // What there is no room for is never left out in silence, however deep it lies.
    let hungry = items(4 * MIB, |_| r#"{"id":1}"#.to_owned());
    let node = ok(&format!(r#""id":1,"left":{{"id":2,"nodes":[{{"id":3,"nodes":{hungry}}}]}}"#));
    let deep = <GetTree as Endpoint>::read(200, node.as_bytes()).unwrap_err();
    assert!(deep.to_string().contains("too much memory"), "{deep}");
    // Eight megabytes of rows as documents have them are read.
    let body = ok(&format!(r#""last":"x","list":{}"#, items(8 * MIB, |_| r#"{"days":1,"hours":23}"#.to_owned())));
    let list = inspect::<GetRow>(&body).value.list.unwrap();
    assert!(list.capacity() * size_of::<Days>() <= 3 * body.len());
}

#[test]
fn what_is_left_out_gives_its_room_back() {
    // Each item takes room for a list of its own, and then fails.
    let bad = format!(r#"{{"note":"n","nodes":[{}],"id":"x"}}"#, vec![r#"{"id":1}"#; 100].join(","));
    let list = items(4 * MIB, |_| bad.clone());
    let tree = inspect::<GetTree>(ok(&format!(r#""id":1,"nodes":{list},"left":{{"id":2,"nodes":[{{"id":5}}]}}"#)));
    assert_eq!(tree.value.left.unwrap().nodes.unwrap()[0].id, 5);
    assert!(tree.oddities.iter().all(|oddity| oddity.path.ends_with("].id")), "{:?}", tree.oddities[0]);
}

thread_local! {
    static READS: Cell<usize> = const { Cell::new(0) };
}

/// Counts how often it is read.
#[derive(Clone, Debug, PartialEq)]
struct Counted;

impl Blank for Counted {
    const BLANK: Self = Counted;
}

impl Field for Counted {
    fn view(&self) -> View<'_> {
        View::Bool(true)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        READS.set(READS.get() + 1);
        reader.truth().map(drop)
    }
}

object! {
    /// Holds what is counted, below a union below itself.
    Nest 0b01 { one: Counted = "one", nest: Option<Vec<Nested>> = "nest", end: Option<u32> = "end" }
}

union! {
    /// A union of which the tag may come last, told apart by what may come last too.
    Nested UnionShape {
        name: "Nested",
        tag: "kind",
        tagged: true,
        variants: &[
            VariantShape {
                name: "First", value: "N", also: &[], content: Content::Keyed("n"), when: &[(&["end"], &["1"])]
            },
            VariantShape { name: "Second", value: "N", also: &[], content: Content::Keyed("n"), when: &[] },
        ],
    }, { 0 First(Nest), 1 Second(Nest) }
}

#[test]
fn nothing_is_read_twice() {
    let (mut nest, depth, width) = (r#"{"one":1,"end":2}"#.to_owned(), 20, 3);
    for _ in 0..depth {
        let one = format!(r#"{{"n":{nest},"kind":"N"}}"#);
        let more = r#"{"n":{"one":0,"end":"1"},"kind":"N"},{"n":{"one":"x","nest":[{"n":{"one":1}}]},"kind":"N"}"#;
        nest = format!(r#"{{"one":1,"nest":[{more},{one}],"end":2}}"#);
    }
    READS.set(0);
    json::read::<Nest>(nest.as_bytes()).unwrap();
    assert_eq!(READS.get(), 1 + depth * width);
}

/// Something that costs too much if anything is walked over and over: its text, of about this many bytes.
type Hostile = (&'static str, fn(usize) -> String);

fn inside(front: &str, one: &str, bytes: usize, behind: &str) -> String {
    format!("{front}{}{behind}", one.repeat(bytes / one.len()))
}

fn hostile() -> Vec<Hostile> {
    vec![
        ("benign", |bytes| ok(&format!(r#""list":{}"#, items(bytes, |_| r#"{"days":1}"#.to_owned())))),
        ("odd numbers", |bytes| ok(&format!(r#""numbers":{}"#, items(bytes, |_| "-1".to_owned())))),
        ("odd items", |bytes| ok(&format!(r#""list":{}"#, items(bytes, |_| r#"{"days":[]}"#.to_owned())))),
        ("odd entries", |bytes| ok(&inside(r#""map":{"#, r#""a":[1],"#, bytes, "}"))),
        ("a long odd value, many times", |bytes| ok(&inside(r#""int":[["#, "1,", bytes, r#"0],"x"]"#))),
        ("unknown fields", |bytes| ok(&inside("", r#""a":{"b":[1]},"#, bytes, r#""last":1"#))),
        ("brackets", |bytes| ok(&format!(r#""a":{}{}"#, "[".repeat(bytes / 2), "]".repeat(bytes / 2)))),
        ("brackets that never close", |bytes| inside(r#"{"int":"#, "[", bytes, "")),
        ("objects that never close", |bytes| inside(r#"{"int":"#, r#"{"a":"#, bytes, "")),
        ("brackets in a field", |bytes| ok(&format!(r#""list":{}{}"#, "[".repeat(bytes / 2), "]".repeat(bytes / 2)))),
        ("any JSON", |bytes| ok(&format!(r#""json":{}"#, items(bytes, |_| r#"{"a":[1]}"#.to_owned())))),
        ("letters that are none", |bytes| ok(&inside(r#""text":""#, r"\ud800", bytes, "\""))),
        ("quotes that never close", |bytes| inside(r#"{"text":""#, r#"\""#, bytes, "")),
        ("broken members", |bytes| inside("{", r#""a":[1,,2],"b" 1,"#, bytes, "\"c\":1}")),
        ("the code twice, broken", |bytes| inside("{", r#""rc":[1,"said":"x","#, bytes, "\"c\":1}")),
        ("a list with keys", |bytes| ok(&inside(r#""list":{"#, r#""1":{"days":1},"#, bytes, "}"))),
        ("one field again and again", |bytes| {
            ok(&inside("", r#""list":[{"days":1}],"int":"x","#, bytes, r#""last":1"#))
        }),
        ("unions with the tag last", |bytes| {
            let one = |_| r#"{"figure":{"circle":{"base":{"radius":1}},"kind":"CIRCLE"}}"#.to_owned();
            ok(&format!(r#""rows":{}"#, items(bytes, one)))
        }),
        ("one union with the tag last", |bytes| {
            let many = items(bytes, |_| r#"{"days":1,"type":"DAYS"}"#.to_owned());
            ok(&format!(r#""figure":{{"circle":{{"base":{{"terms":{many},"radius":1}}}},"kind":"CIRCLE"}}"#))
        }),
        ("unions in unions, the tag last", |bytes| {
            let mut figure = items(bytes, |_| r#"{"x":1,"kind":"NEW"}"#.to_owned());
            for _ in 0..25 {
                figure = format!(r#"[{{"group":{{"figures":{figure}}},"kind":"GROUP"}}]"#);
            }
            ok(&format!(r#""list":[],"figure":{{"group":{{"figures":{figure}}},"kind":"GROUP"}}"#))
        }),
        ("objects in objects, each wrong at its end", |bytes| {
            let mut tree = format!(r#"{{"nodes":{}}}"#, items(bytes, |_| r#"{"id":1}"#.to_owned()));
            for _ in 0..100 {
                tree = format!(r#"{{"left":{tree},"id":"x"}}"#);
            }
            ok(&format!(r#""id":1,"left":{tree}"#))
        }),
    ]
}

/// How long this thread has worked: what others do at the same time does not count where the system tells it.
fn worked() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn time(read: &dyn Fn()) -> Duration {
    let (start, before) = (Instant::now(), worked());
    read();
    match (before, worked()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.elapsed(),
    }
}

fn all_ways(body: &[u8]) {
    let raw = RawResponse::new(200, None, body.to_vec());
    let rows = raw.inspect::<GetRows>().is_ok();
    let row = raw.inspect::<GetRow>().is_ok();
    let tree = raw.inspect::<GetTree>().is_ok();
    let refused = raw.read::<GetMixed>().is_err();
    let json = (raw.json::<serde::de::IgnoredAny>().is_ok(), Json::parse(body).is_ok());
    assert!(rows || row || tree || refused || json.0, "{}", raw.text());
}

/// A text may take as long as sixteen texts of a sixteenth, six times over; a square would take sixteen times as long.
fn is_linear(name: &str, make: &dyn Fn(usize) -> Vec<u8>, read: &dyn Fn(&[u8])) {
    const LARGE: usize = if cfg!(debug_assertions) { MIB / 4 } else { 2 * MIB };
    let (small, large) = (make(LARGE / 16), make(LARGE));
    let mut told = String::new();
    for _ in 0..3 {
        let many = time(&|| (0..16).for_each(|_| read(&small)));
        let one = time(&|| read(&large));
        if one < Duration::from_millis(20) || one < many * 6 {
            return;
        }
        told.push_str(&format!(" {many:?} and {one:?}"));
    }
    panic!("{name}:{told}");
}

#[test]
fn hostile_responses_take_linear_time() {
    for (name, make) in hostile() {
        is_linear(name, &|bytes| make(bytes).into_bytes(), &all_ways);
    }
}

/// What is nested is looked through once for each level that has to know what is in it: that is the multiple.
#[test]
fn hostile_responses_take_a_multiple_of_a_benign_one() {
    const LARGE: usize = if cfg!(debug_assertions) { MIB / 4 } else { MIB };
    let benign = ok(&format!(r#""list":{}"#, items(LARGE, |_| r#"{"days":1}"#.to_owned())));
    let benign = time(&|| (0..4).for_each(|_| all_ways(benign.as_bytes()))) / 4;
    for (name, make) in hostile() {
        let body = make(LARGE);
        let hostile = time(&|| all_ways(body.as_bytes()));
        println!("{name}: {:.1}", hostile.as_secs_f64() / benign.as_secs_f64());
        assert!(hostile < benign * 40 + Duration::from_millis(50), "{name}: {hostile:?} and {benign:?}");
    }
}

#[test]
fn bytes_that_are_no_utf8_take_linear_time() {
    for one in [&b"\xFF"[..], b"\xD5\x5C", b"\xE4\xB8", b"a\xD5\"", b"\xED\xA0\x80"] {
        let make = |bytes| [br#"{"rc":0,"text":""#, &one.repeat(bytes / one.len())[..], br#"","last":"x"}"#].concat();
        is_linear(&format!("{one:?}"), &make, &|body| drop(common::read::<GetRow>(200, body)));
    }
}

#[cfg(feature = "xml")]
#[test]
fn hostile_pushes_take_linear_time() {
    for (front, one, behind) in [
        ("<xml><Text>", "&", "</Text></xml>"),
        ("<xml><Text>", "&#1", "</Text></xml>"),
        ("<xml><Text>a", "<br/>", "</Text></xml>"),
        ("<xml><Text>", "<![CDATA[a]]>", "</Text></xml>"),
        ("<xml><Text>", "]]", "</Text></xml>"),
        ("<xml><Text>", " ", "</Text></xml>"),
        ("<xml>", "<Texts>a</Texts>", "</xml>"),
        ("<xml>", "<Texts/>", "</xml>"),
        ("<xml>", "<Parts><days>x</days></Parts>", "</xml>"),
        ("<xml>", "<Text>a</Text>", "</xml>"),
        ("<xml>", "<New a='1'/>", "</xml>"),
        ("<xml>", "<!-- -- ", "</xml>"),
        ("<xml><Texts>", "<item>a</item>", "</Texts></xml>"),
        ("", "<a>", ""),
        ("", "<!DOCTYPE a [", ""),
        ("", "<?", ""),
    ] {
        let make = |bytes| inside(front, one, bytes, behind).into_bytes();
        is_linear(one, &make, &|xml| drop(push::from_xml::<Push>(xml)));
    }
}
