//! Whatever comes, there is an answer: envelopes, queries and messages torn in every way. `PUSH_FUZZ_CASES` says how many.

use proptest::prelude::*;

use weixin_runtime::push::SignedPush;

use crate::support::*;

/// How many cases are tried where nobody says.
const CASES: usize = 20_000;

/// Numbers that look random, the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// Pieces that mean something to one reader or another.
const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<xml>",
    "</xml>",
    "<![CDATA[",
    "]]>",
    "&",
    "&#55357;",
    "&lt;",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "&a;",
    "<!--",
    "-->",
    "<?",
    "?>",
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\\u",
    "\\ud800",
    "\0",
    "\u{feff}",
    "%",
    "%00",
    "%zz",
    "=",
    "&timestamp=1",
    "Encrypt",
    "\"Encrypt\":\"",
    "AAAA",
    "====",
    "9999999999999999999999",
    "null",
    "true",
    "中",
];

fn torn(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len() + 1);
        match dice.roll(5) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            2 => {
                let end = (at + dice.roll(20)).min(bytes.len());
                bytes.drain(at.min(end)..end);
            }
            3 => {
                let piece = PIECES[dice.roll(PIECES.len())].as_bytes();
                bytes.splice(at..at, piece.iter().copied());
            }
            _ => {
                let end = (at + dice.roll(40)).min(bytes.len());
                let again = bytes[at.min(end)..end].to_vec();
                bytes.splice(at..at, again);
            }
        }
    }
    bytes
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn nothing_that_comes_is_a_panic() {
    let cases = match std::env::var("PUSH_FUZZ_CASES") {
        Ok(cases) => cases.parse().expect("PUSH_FUZZ_CASES is a number"),
        Err(_) => CASES,
    };
    let receiver = receiver().also_plain().build().expect("a receiver");
    let signer = signer();
    let messages: Vec<String> = examples().into_iter().flat_map(|(_, xml, json)| [xml, json]).collect();
    let sealed: Vec<SignedPush> = messages.iter().map(|message| signer.encrypted(message)).collect();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let (mut taken, mut forged, mut unreadable) = (0, 0, 0);
    for case in 0..cases {
        let which = dice.roll(messages.len());
        let (query, body) = match case % 4 {
            0 => (sealed[which].query.clone(), torn(&sealed[which].body, &mut dice)),
            1 => (text(&torn(sealed[which].query.as_bytes(), &mut dice)), sealed[which].body.clone()),
            // Authentic, so that what is torn gets to the readers.
            2 => signed(signer.plain(text(&torn(messages[which].as_bytes(), &mut dice)))),
            _ => signed(signer.encrypted(text(&torn(messages[which].as_bytes(), &mut dice)))),
        };
        match receiver.open(&query, &body) {
            Ok(push) => {
                taken += 1;
                assert!(!format!("{:?}", push.event()).is_empty());
            }
            Err(error) if error.is_forged() => forged += 1,
            Err(error) if error.is_unreadable() => unreadable += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    println!("{cases} cases: {taken} taken, {forged} not authentic, {unreadable} unreadable");
    assert!(taken > cases / 20 && forged > cases / 20 && unreadable > cases / 100, "{taken} {forged} {unreadable}");
}

/// However the letters of a message are used, it takes no more than so many times its own memory.
#[test]
fn memory_is_bounded_by_what_comes() {
    const TIMES: u64 = 64;
    let receiver = receiver().also_plain().build().expect("a receiver");
    let size = 64 * 1024;
    let filled = |start: &str, each: &dyn Fn(usize) -> String, end: &str| {
        let mut text = start.to_owned();
        let mut number = 0;
        while text.len() < size {
            text += &each(number);
            number += 1;
        }
        text + end
    };
    let messages = [
        filled("<xml>", &|_| "<a/>".to_owned(), "</xml>"),
        filled("<xml>", &|number| format!("<a{number:x}/>"), "</xml>"),
        filled("<xml><a>", &|_| "&".to_owned(), "</a></xml>"),
        filled("<xml><a>", &|_| "<b/>".to_owned(), "</a></xml>"),
        filled(
            "<!DOCTYPE x [",
            &|number| format!("<!ENTITY e{number} \"&e{};&e{};\">", number + 1, number + 1),
            "]><xml><a>&e0;</a></xml>",
        ),
        filled("{\"a\":[", &|_| "1,".to_owned(), "1]}"),
        filled("{\"z\":0", &|number| format!(",\"{number:x}\":0"), "}"),
        filled("{\"a\":\"", &|_| "\\u4e2d".to_owned(), "\"}"),
    ];
    for message in messages {
        for sent in [signer().plain(&message), signer().encrypted(&message)] {
            let used = allocation_counter::measure(|| drop(receiver.open(&sent.query, &sent.body)));
            let most = TIMES * sent.body.len() as u64;
            let start: String = message.chars().take(20).collect();
            assert!(used.bytes_max < most, "{start}: {} bytes for {}", used.bytes_max, sent.body.len());
        }
    }
}

fn signed(push: SignedPush) -> (String, Vec<u8>) {
    (push.query, push.body)
}

proptest! {
    #[test]
    fn what_is_encrypted_comes_out_as_it_was(message in "\\PC{0,400}", id in "[a-zA-Z0-9]{1,40}", token in "[ -~]{1,32}") {
        let signer = Signer::new(token.clone()).app_id(id.clone()).aes_key(OTHER_KEY);
        let receiver = Receiver::builder(token).app_id(id).aes_key(OTHER_KEY).build().expect("a receiver");
        let sent = signer.encrypted(&message);
        prop_assert_eq!(receiver.open_message(&sent.query, &sent.body).expect("authentic"), message.as_bytes());
    }

    #[test]
    fn any_text_in_a_push_comes_out_as_it_was(value in "\\PC{0,200}") {
        let json = serde_json::json!({ "Event": "new", "Text": value.trim_ascii() }).to_string();
        let message: weixin_runtime::Json = json.parse().expect("JSON");
        let receiver = receiver().build().expect("a receiver");
        let mut unknown = Vec::new();
        for written in [json.clone(), to_xml(&message)] {
            let sent = signer().encrypted(&written);
            match receiver.open(&sent.query, &sent.body).expect("authentic").into_event() {
                Event::Unknown(push) => unknown.push(push.text("Text").expect("a text")),
                event => panic!("{event:?}"),
            }
        }
        prop_assert_eq!(&unknown[0], value.trim_ascii());
        prop_assert_eq!(&unknown[1], value.trim_ascii());
    }
}

/// The object as XML, by the signer.
fn to_xml(object: &weixin_runtime::Json) -> String {
    let Event::Unknown(unknown) = Event::from_json(object.as_str()).expect("a push") else { panic!("no unknown push") };
    Signer::xml(unknown.fields())
}
