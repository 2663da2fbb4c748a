//! A fake that is killed loses nothing that it has answered.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::groupon;
use weixin::card::{Create, Get};
use weixin::{Client, Retries};

const ID: &str = "wx5d3a9b7c1e2f4a60";
const SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/// The fake as a program, with its state in a file.
struct Program {
    child: Child,
    url: String,
}

impl Program {
    fn start(state: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_weixin-fake"));
        command.args(["--port", "0", "--account", &format!("{ID}:{SECRET}"), "--state"]).arg(state);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let url = lines.by_ref().find_map(|line| Some(line.ok()?.split_once("http://")?.1.trim().to_owned()));
        // What else it says goes nowhere, or it would wait for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let address = url.expect("its address");
        Program { child, url: format!("http://{}", address.split_whitespace().next().unwrap_or_default()) }
    }

    fn client(&self) -> Client {
        let builder = Client::builder().base_url(&self.url).app(ID, SECRET).retries(Retries::never());
        builder.timeout(Duration::from_secs(5)).build().expect("a client")
    }
}

impl Drop for Program {
    /// SIGKILL: nothing is tidied up.
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.sqlite");
    let answered = Arc::new(Mutex::new(Vec::new()));
    for round in 0..5 {
        let program = Program::start(&state);
        let client = program.client();
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let (client, answered) = (client.clone(), answered.clone());
                tokio::spawn(async move {
                    while let Ok(response) = Create::new(groupon(10)).send(&client).await {
                        answered.lock().unwrap().push(response.card_id);
                    }
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(200 + 37 * round)).await;
        drop(program);
        for task in tasks {
            task.await.unwrap();
        }
    }
    let answered = answered.lock().unwrap().clone();
    assert!(answered.len() > 20, "{}", answered.len());
    let program = Program::start(&state);
    let client = program.client();
    for id in &answered {
        Get::new(id).send(&client).await.unwrap_or_else(|error| panic!("{id} of {}: {error}", answered.len()));
    }
}

#[test]
fn a_file_that_is_no_state_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("letter.txt");
    std::fs::write(
        &state,
        "Dear Alice, this is no database, and long enough to be taken for one if nobody looks. ".repeat(9),
    )
    .unwrap();
    let before = std::fs::read(&state).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_weixin-fake")).args(["--port", "0", "--state"]).arg(&state).output();
    let output = output.unwrap();
    assert!(!output.status.success());
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("letter.txt") && message.contains("not a database"), "{message}");
    assert_eq!(std::fs::read(&state).unwrap(), before);
}
