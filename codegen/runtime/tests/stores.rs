//! Stores of tokens: what all of them promise, and what a folder does besides.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "stores/contract.rs"]
mod contract;
#[path = "stores/processes.rs"]
mod processes;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use contract::{LONG, TOKEN, contract, lease, load, stored};
use tempfile::TempDir;
use weixin_runtime::{FileStore, MemoryStore, StoreError, TokenStore};

contract!(memory, (MemoryStore::new(), ()));
contract!(shared, (Arc::new(MemoryStore::new()) as Arc<dyn TokenStore>, ()));
contract!(boxed, (Box::new(MemoryStore::new()) as Box<dyn TokenStore>, ()));
contract!(file, in_a_folder());

fn in_a_folder() -> (FileStore, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (FileStore::new(folder.path().join("new/tokens")), folder)
}

/// Saves a token and gives the lease back.
async fn keep(store: &dyn TokenStore, key: &str, token: &str) {
    let held = lease(store, key).await.unwrap();
    assert!(store.save(key, &stored(token, 7_200), &held).await.unwrap());
    store.release(key, held).await.unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn one_file_a_key_is_left() {
    let (store, _place) = in_a_folder();
    for token in ["a", "b", TOKEN] {
        keep(&store, "wx-1", token).await;
        keep(&store, "Wx/2", token).await;
    }
    assert_eq!(names(store.folder()), ["%57x%2f2.json", "wx-1.json"]);
    let kept = fs::read_to_string(store.folder().join("wx-1.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&kept).unwrap();
    assert_eq!(json["token"], TOKEN);
    assert!(["issued_at", "expires_at", "fence"].iter().all(|key| json[key].is_u64()), "{json}");
    assert_eq!(json.as_object().unwrap().len(), 4);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (store, _place) = in_a_folder();
    let held = lease(&store, "a").await.unwrap();
    assert_eq!(mode(store.folder()), 0o700);
    assert!(store.save("a", &stored(TOKEN, 7_200), &held).await.unwrap());
    let names = names(store.folder());
    assert_eq!(names.len(), 2, "a token and a lease: {names:?}");
    for name in names {
        assert_eq!(mode(&store.folder().join(&name)), 0o600, "{name}");
    }
    // A file that others could read is replaced, not written to.
    let token = store.folder().join("a.json");
    fs::set_permissions(&token, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(store.save("a", &stored(TOKEN, 7_200), &held).await.unwrap());
    assert_eq!(mode(&token), 0o600);
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_is_replaced_and_not_followed() {
    let (store, place) = in_a_folder();
    fs::create_dir_all(store.folder()).unwrap();
    for (victim, before) in [("there", Some("untouched")), ("missing", None)] {
        let victim = place.path().join(victim);
        if let Some(before) = before {
            fs::write(&victim, before).unwrap();
        }
        let token = store.folder().join("a.json");
        std::os::unix::fs::symlink(&victim, &token).unwrap();
        keep(&store, "a", TOKEN).await;
        assert_eq!(fs::read_to_string(&victim).ok().as_deref(), before);
        assert!(fs::symlink_metadata(&token).unwrap().is_file());
        fs::remove_file(&token).unwrap();
    }
    // A link where the next lease would be is none that was given.
    let held = lease(&store, "b").await.unwrap();
    let (next, victim) = (store.folder().join(format!("b.{}.lease", held.fence + 1)), place.path().join("victim"));
    store.release("b", held).await.unwrap();
    std::os::unix::fs::symlink(&victim, &next).unwrap();
    lease(&store, "b").await.unwrap();
    assert!(!victim.exists());
}

/// Runs a future on this thread, outside of a test that is one.
fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// Reads until the writer is done, and gives how often that was and the last round that was seen.
fn read_on(store: &FileStore, done: &AtomicBool) -> (u32, u64) {
    let (mut reads, mut last) = (0, 0);
    while !done.load(Ordering::SeqCst) {
        let kept = block_on(load(store, "a")).expect("there always is a token");
        let (round, filling) = kept.token.expose().split_once('-').unwrap();
        let round: u64 = round.parse().unwrap();
        assert!(round >= last, "{round} after {last}");
        assert_eq!(filling.len(), length(round));
        (reads, last) = (reads + 1, round);
    }
    (reads, last)
}

/// Tokens of many lengths, so that half of one would show.
fn length(round: u64) -> usize {
    usize::try_from(round * 997 % 9_000).unwrap()
}

/// Stops the readers, also when the writer panics.
struct Done<'a>(&'a AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn who_reads_sees_whole_tokens() {
    let (store, _place) = in_a_folder();
    let token = |round| format!("{round}-{}", "x".repeat(length(round)));
    block_on(keep(&store, "a", &token(0)));
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers = [(); 2].map(|()| scope.spawn(|| read_on(&store, &done)));
        let stop = Done(&done);
        for round in 1..=200 {
            block_on(keep(&store, "a", &token(round)));
        }
        drop(stop);
        for reader in readers {
            let (reads, last) = reader.join().unwrap();
            assert!(reads > 200 && last > 100, "{reads} reads, up to round {last}");
        }
    });
}

#[test]
fn one_of_many_threads_gets_the_lease() {
    let (store, _place) = in_a_folder();
    for round in 0..200 {
        // Each key is new at first.
        let key = format!("key-{}", round / 4);
        let barrier = std::sync::Barrier::new(4);
        let held: Vec<_> = std::thread::scope(|scope| {
            let ask = || {
                barrier.wait();
                block_on(store.lease(&key, LONG)).unwrap()
            };
            let threads = [(); 4].map(|()| scope.spawn(ask));
            threads.into_iter().filter_map(|thread| thread.join().unwrap()).collect()
        });
        let [held] = held.try_into().unwrap_or_else(|held: Vec<_>| panic!("{held:?}, and {:?}", names(store.folder())));
        block_on(store.release(&key, held)).unwrap();
    }
}

/// What was logged about files in this test.
static LINES: Lines = Lines(Mutex::new(Vec::new()));

struct Lines(Mutex<Vec<String>>);

impl log::Log for Lines {
    fn enabled(&self, _metadata: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.0.lock().unwrap().push(format!("{} {}", record.level(), record.args()));
    }

    fn flush(&self) {}
}

#[tokio::test]
async fn a_damaged_file_counts_as_no_token_and_is_told_once() {
    log::set_logger(&LINES).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let (store, _place) = in_a_folder();
    keep(&store, "a", TOKEN).await;
    let path = store.folder().join("a.json");
    let whole = fs::read(&path).unwrap();
    let warned = || LINES.0.lock().unwrap().iter().filter(|line| line.contains("a.json is damaged")).count();
    let cuts = (0..whole.len() - 1).map(|end| whole[..end].to_vec());
    let others = [vec![0xff; 99], vec![b'['; 1 << 20], br#"{"access_token":"very-secret-token"}"#.to_vec()];
    for damage in cuts.chain(others) {
        fs::write(&path, &damage).unwrap();
        assert_eq!(load(&store, "a").await, None, "{damage:?}");
    }
    assert_eq!(warned(), 1);
    // A lease is given, and what it saves mends the file.
    keep(&store, "a", TOKEN).await;
    assert_eq!(load(&store, "a").await.unwrap().token.expose(), TOKEN);
    fs::write(&path, "").unwrap();
    assert_eq!((load(&store, "a").await, load(&store, "a").await), (None, None));
    assert_eq!(warned(), 2, "new damage is news");
    let lines = LINES.0.lock().unwrap().join("\n");
    assert!(lines.starts_with("WARN ") && !lines.contains(TOKEN), "{lines}");
}

#[tokio::test]
async fn what_the_folder_refuses_is_an_error() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("a-file");
    fs::write(&folder, "").unwrap();
    let store = FileStore::new(&folder);
    let token = stored(TOKEN, 7_200);
    let held = lease(&MemoryStore::new(), "a").await.unwrap();
    let errors = [
        store.load("a").await.unwrap_err(),
        store.lease("a", LONG).await.unwrap_err(),
        store.save("a", &token, &held).await.unwrap_err(),
    ];
    for error in errors {
        discreet(&error);
        assert!(error.to_string().contains("a-file"), "{error}");
        assert!(std::error::Error::source(&error).is_some_and(|source| source.is::<std::io::Error>()), "{error:?}");
    }
    let long = FileStore::new(place.path()).lease(&"a".repeat(400), LONG).await.unwrap_err();
    discreet(&long);
}

/// Fails if an error shows the token.
fn discreet(error: &StoreError) {
    let shown = format!("{error} {error:?} {error:#?}");
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn nothing_shows_a_token() {
    let (file, _place) = in_a_folder();
    let memory = MemoryStore::new();
    keep(&file, "a", TOKEN).await;
    keep(&memory, "a", TOKEN).await;
    let shown = format!("{file:?} {memory:?} {:?} {:#?}", load(&file, "a").await, load(&memory, "a").await);
    assert!(shown.contains("redacted") && !shown.contains(TOKEN), "{shown}");
    for name in names(file.folder()) {
        assert!(!name.contains(TOKEN), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn in_memory_a_lease_follows_the_timer() {
    let store = MemoryStore::new();
    let late = lease(&store, "a").await.unwrap();
    tokio::time::advance(LONG).await;
    let next = lease(&store, "a").await.unwrap();
    assert!(!store.save("a", &stored(TOKEN, 7_200), &late).await.unwrap());
    assert!(store.save("a", &stored(TOKEN, 7_200), &next).await.unwrap());
    let of_another = lease(&MemoryStore::new(), "a").await.unwrap();
    assert!(!store.save("a", &stored(TOKEN, 7_200), &of_another).await.unwrap(), "its fence is of another store");
}
