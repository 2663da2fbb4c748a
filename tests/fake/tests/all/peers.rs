//! Clients of other languages work against the fake: each plays the life of a coupon.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use weixin_fake::Server;

fn set(name: &str) -> OsString {
    std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set: `bash .ci/run peers` sets it"))
}

/// Runs a script of `tests/peers` with the address, the id and the secret.
async fn plays(mut program: Command, script: &str) {
    let server = Server::start().await.expect("a free port");
    let (id, secret) = server.account();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("peers").join(script);
    program.arg(script).args([server.url(), id, secret]);
    let output = tokio::task::spawn_blocking(move || program.output()).await.expect("it ends").expect("it starts");
    let came: String = server.calls().iter().map(|entry| entry.line() + "\n").collect();
    assert!(output.status.success(), "{}\n{came}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(server.received::<weixin::card::code::Consume>().len(), 2, "{came}");
}

#[tokio::test]
#[ignore = "needs a Python with wechatpy in WECHATPY_PYTHON; `bash .ci/run peers` brings one"]
async fn wechatpy_redeems_a_coupon() {
    plays(Command::new(set("WECHATPY_PYTHON")), "coupon.py").await;
}

#[tokio::test]
#[ignore = "needs co-wechat-api in the folder CO_WECHAT_API; `bash .ci/run peers` brings it"]
async fn co_wechat_api_redeems_a_coupon() {
    let mut node = Command::new("node");
    node.env("NODE_PATH", set("CO_WECHAT_API"));
    plays(node, "coupon.cjs").await;
}
