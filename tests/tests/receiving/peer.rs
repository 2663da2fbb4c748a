//! What another library encrypts we decrypt, and the other way round.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::support::*;

/// A Python with wechatpy, at work on `tests/peers/pushes.py`.
struct Peer {
    child: Child,
    tasks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    fn start() -> Peer {
        let python = std::env::var_os("WECHATPY_PYTHON").expect("WECHATPY_PYTHON is a Python that has wechatpy");
        let script = weixin_tests::root().join("tests/peers/pushes.py");
        let mut command = Command::new(python);
        let child = command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.expect("Python starts");
        let (tasks, answers) = (child.stdin.take().expect("its input"), child.stdout.take().expect("its output"));
        Peer { child, tasks, answers: BufReader::new(answers) }
    }

    fn ask(&mut self, mut task: Value) -> Value {
        for (name, value) in [("token", TOKEN), ("key", KEY), ("id", ID)] {
            task[name] = value.into();
        }
        writeln!(self.tasks, "{task}").expect("it listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("it answers");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line}: {error}"))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn value<'q>(query: &'q str, name: &str) -> &'q str {
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    value.unwrap_or_else(|| panic!("{name} in {query}"))
}

#[test]
#[ignore = "needs a Python with wechatpy in WECHATPY_PYTHON; `bash .ci/run peers` brings one"]
fn wechatpy_and_we_read_each_other() {
    let mut peer = Peer::start();
    let receiver = receiver().build().expect("a receiver");
    let names = &scheme().query;
    for (name, xml, json) in examples() {
        for message in [xml.trim_end(), json.trim_end(), "", "短", &"长".repeat(5_000)] {
            let at = now().to_string();
            let theirs = peer.ask(json!({ "do": "encrypt", "message": message, "nonce": "8", "timestamp": at }));
            let signature = theirs["signature"].as_str().expect("a signature");
            let query = format!("{}={signature}&{}={at}&{}=8", names.sealed, names.timestamp, names.nonce);
            let body = theirs["body"].as_str().expect("a body");
            assert_eq!(receiver.open_message(&query, body.as_bytes()).expect(&name), message.as_bytes(), "{name}");

            let ours = signer().encrypted(message);
            let part = |name: &str| value(&ours.query, name).to_owned();
            let (nonce, at) = (part(names.nonce), part(names.timestamp));
            let body = String::from_utf8(ours.body.clone()).expect("text");
            let task = json!({ "do": "decrypt", "body": body, "signature": part(names.sealed), "nonce": nonce, "timestamp": at });
            assert_eq!(peer.ask(task)["message"], message, "{name}");
            let task = json!({ "do": "check", "signature": part(names.signature), "nonce": nonce, "timestamp": at });
            assert_eq!(peer.ask(task)["good"], true, "{name}");
            let task = json!({ "do": "check", "signature": part(names.signature), "nonce": "0", "timestamp": at });
            assert_eq!(peer.ask(task)["good"], false, "{name}");
        }
    }
}
