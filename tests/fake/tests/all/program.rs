//! The program: what it writes, and how it ends.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

struct Program {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Program {
    fn start(options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_weixin-fake"));
        let mut child = command.args(["--port", "0"]).args(options).stdout(Stdio::piped()).spawn().expect("a program");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        Program { child, lines }
    }

    fn line(&mut self) -> String {
        self.lines.next().expect("a line").expect("a text")
    }

    fn url(&mut self) -> String {
        let line = self.line();
        line.strip_prefix("listening on ").unwrap_or_else(|| panic!("{line}")).to_owned()
    }

    /// Ends it as Ctrl-C does, and tells what it still wrote.
    fn interrupt(mut self) -> Vec<String> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().expect("a program").success());
        let rest: Vec<String> = self.lines.by_ref().map(|line| line.expect("a text")).collect();
        assert!(self.child.wait().expect("an end").success());
        rest
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that has ended is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn token(url: &str) -> String {
    let query = "grant_type=client_credential&appid=wx1&secret=well-hidden";
    let response = reqwest::get(format!("{url}/cgi-bin/token?{query}")).await.expect("a response");
    let response: serde_json::Value = serde_json::from_str(&response.text().await.expect("a body")).expect("JSON");
    response["access_token"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn it_tells_of_each_call_without_secrets_and_ends_well() {
    let mut program = Program::start(&["--account", "wx1:well-hidden"]);
    let url = program.url();
    let token = token(&url).await;
    let line = program.line();
    assert!(line.contains(" GET /cgi-bin/token 0 ok ") && line.ends_with(" ms"), "{line}");
    reqwest::get(format!("{url}/card/getcolors?access_token=wrong{token}")).await.expect("a response");
    let refused = program.line();
    assert!(refused.contains(" GET /card/getcolors 40001 invalid_credential "), "{refused}");
    reqwest::get(format!("{url}/fake/state")).await.expect("a response");
    let rest = program.interrupt();
    assert_eq!(rest, ["stopped"], "what is asked of the fake itself is no call");
    for secret in ["well-hidden", token.as_str()] {
        assert!(!line.contains(secret) && !refused.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn it_is_quiet_where_that_is_wanted() {
    let mut program = Program::start(&["--quiet", "--account", "wx1:well-hidden"]);
    let url = program.url();
    token(&url).await;
    assert_eq!(program.interrupt(), ["stopped"]);
}

#[test]
fn what_is_wrong_is_told_without_the_secret() {
    let output = Command::new(env!("CARGO_BIN_EXE_weixin-fake")).args(["--account", "well-hidden"]).output();
    let output = output.expect("a program");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && told.contains("APPID:SECRET") && !told.contains("well-hidden"), "{told}");
}
