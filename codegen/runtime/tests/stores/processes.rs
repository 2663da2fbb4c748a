//! Several processes at one folder: this program starts itself again.

use std::fs::OpenOptions;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use weixin_runtime::{FileStore, TokenStore};

use super::contract::{LONG, lease, load, stored};

const FOLDER: &str = "STORE_FOLDER";
const ROUNDS: u64 = 30;
const LIMIT: Duration = Duration::from_millis(500);

/// Starts a test of this module in a process of its own.
fn start(test: &str, folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("processes::{test}"), "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// The store of a process that [`start`] has started.
fn own() -> FileStore {
    FileStore::new(std::env::var_os(FOLDER).expect("started by another test"))
}

/// Adds to the number that the token is, and fails where another is at it.
async fn count(store: &FileStore) {
    for _ in 0..ROUNDS {
        let held = loop {
            match lease(store, "a").await {
                Some(held) => break held,
                None => tokio::time::sleep(Duration::from_millis(1)).await,
            }
        };
        let alone = store.folder().join("alone");
        OpenOptions::new().write(true).create_new(true).open(&alone).expect("nobody else has the lease");
        let number = load(store, "a").await.map_or(0, |kept| kept.token.expose().parse::<u64>().unwrap());
        assert!(store.save("a", &stored(&(number + 1).to_string(), 7_200), &held).await.unwrap());
        std::fs::remove_file(alone).unwrap();
        store.release("a", held).await.unwrap();
    }
}

#[tokio::test]
#[ignore = "what the processes do that other tests start"]
async fn counts() {
    count(&own()).await;
}

#[tokio::test]
#[ignore = "what the processes do that other tests start"]
async fn dies() {
    let store = own();
    let held = store.lease("a", LIMIT).await.unwrap().unwrap();
    assert!(store.save("a", &stored("of-the-dead", 7_200), &held).await.unwrap());
    // As if it was killed: nothing is given back, nothing is dropped.
    std::process::abort();
}

#[tokio::test]
async fn processes_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let mut others = [start("counts", folder.path()), start("counts", folder.path())];
    let store = FileStore::new(folder.path());
    count(&store).await;
    for other in &mut others {
        assert!(other.wait().unwrap().success());
    }
    let number: u64 = load(&store, "a").await.unwrap().token.expose().parse().unwrap();
    assert_eq!(number, 3 * ROUNDS, "no token was lost");
    assert_eq!(super::names(folder.path()), ["a.json"]);
}

#[tokio::test]
async fn a_dead_holder_is_survived() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::new(folder.path());
    assert!(!start("dies", folder.path()).wait().unwrap().success());
    let died = Instant::now();
    assert_eq!(load(&store, "a").await.unwrap().token.expose(), "of-the-dead");
    let held = loop {
        match store.lease("a", LONG).await.unwrap() {
            Some(held) => break held,
            None => tokio::time::sleep(Duration::from_millis(5)).await,
        }
        assert!(died.elapsed() < LIMIT * 4, "{:?}", died.elapsed());
    };
    assert!(store.save("a", &stored("of-the-living", 7_200), &held).await.unwrap());
    assert_eq!(load(&store, "a").await.unwrap().token.expose(), "of-the-living");
}
