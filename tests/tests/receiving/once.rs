//! A push is taken once, and no real one is lost for that.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use weixin_codegen::model::Event as Kind;
use weixin_runtime::push::{PushMemory, Received, Recent};
use weixin_runtime::{BoxFuture, StoreError};

use crate::support::*;

#[derive(Debug, PartialEq, Eq)]
enum Came {
    New,
    Repeat,
    Forged,
    Unavailable,
}

async fn came(receiver: &Receiver, query: &str, body: &[u8]) -> Came {
    match receiver.receive(query, body).await {
        Ok(Received::Push(_)) => Came::New,
        Ok(Received::Repeat) => Came::Repeat,
        Ok(Received::Check(_)) => panic!("no check"),
        Err(error) if error.is_forged() => Came::Forged,
        Err(error) if error.is_unavailable() => Came::Unavailable,
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn what_is_sent_again_is_a_repeat() {
    for (_, xml, json) in examples() {
        for message in [xml.trim_end(), json.trim_end()] {
            for (kind, sent) in ways(&signer(), message) {
                let receiver = receiver().also_plain().build().expect("a receiver");
                assert_eq!(came(&receiver, &sent.query, &sent.body).await, Came::New, "{kind}");
                assert_eq!(came(&receiver, &sent.query, &sent.body).await, Came::Repeat, "the very same, {kind}");
                // Signed and encrypted anew.
                for (again, sent) in ways(&signer(), message) {
                    let expected = if again == "compatible" || kind == "compatible" { continue } else { Came::Repeat };
                    assert_eq!(came(&receiver, &sent.query, &sent.body).await, expected, "{again} after {kind}");
                }
            }
        }
    }
}

/// One who has seen a query has a signature over its time and nonce, but not over the body of a plain push.
#[tokio::test]
async fn a_query_is_good_for_one_content() {
    let plain = Receiver::builder(TOKEN).build().expect("a receiver");
    let sent = signer().plain("<xml><Event>x</Event><A>1</A></xml>");
    assert_eq!(came(&plain, &sent.query, &sent.body).await, Came::New);
    assert_eq!(came(&plain, &sent.query, b"<xml><Event>x</Event><A>2</A></xml>").await, Came::Forged);
    assert_eq!(came(&plain, &sent.query, &sent.body).await, Came::Repeat);
    // Other machines know it too where they share what they remember.
    let shared = Arc::new(Recent::default());
    let one = Receiver::builder(TOKEN).memory(Arc::clone(&shared)).build().expect("a receiver");
    let other = Receiver::builder(TOKEN).memory(shared).build().expect("a receiver");
    let sent = signer().plain("<xml><Event>x</Event><A>3</A></xml>");
    assert_eq!(came(&one, &sent.query, &sent.body).await, Came::New);
    assert_eq!(came(&other, &sent.query, &sent.body).await, Came::Repeat);
    assert_eq!(came(&other.clone(), &sent.query, b"<xml><Event>x</Event><A>4</A></xml>").await, Came::Forged);
}

/// The push with another text in one element.
fn changed(xml: &str, name: &str) -> Option<String> {
    let (before, rest) = xml.split_once(&format!("<{name}>"))?;
    let (_, after) = rest.split_once(&format!("</{name}>"))?;
    Some(format!("{before}<{name}>7</{name}>{after}"))
}

#[tokio::test]
async fn pushes_that_differ_in_one_part_of_their_identity_are_all_taken() {
    let model = weixin_tests::real();
    let mut used = BTreeSet::new();
    for event in &model.events {
        for xml in event.examples.iter().filter_map(|example| example.xml.as_deref()) {
            let receiver = receiver().build().expect("a receiver");
            let sent = signer().encrypted(xml);
            assert_eq!(came(&receiver, &sent.query, &sent.body).await, Came::New, "{}", event.name);
            for name in scheme().identity {
                let Some(other) = changed(xml, name) else { continue };
                used.insert(*name);
                let sent = signer().encrypted(&other);
                assert_eq!(came(&receiver, &sent.query, &sent.body).await, Came::New, "{}: another {name}", event.name);
            }
            assert_eq!(tells_apart(event), Vec::<&str>::new(), "{}", event.name);
        }
    }
    assert_eq!(used.len(), scheme().identity.len(), "each is an element of some example: {used:?}");
}

/// The ids and codes of a push that its identity lacks.
fn tells_apart(event: &Kind) -> Vec<&str> {
    let fields = event.object.fields.iter().map(|field| field.wire.as_str());
    let is_id = |name: &&str| (name.ends_with("Id") && !EXTRA.contains(name)) || name.ends_with("CardCode");
    fields.filter(is_id).filter(|name| !scheme().identity.contains(name) && !name.starts_with("Old")).collect()
}

/// What says where something happened, beside the ids of what it happened to.
const EXTRA: &[&str] = &["OuterId", "LocationId", "StaffOpenId", "UnionId", "PageId"];

#[tokio::test]
async fn what_nobody_knows_is_told_apart_by_all_that_it_says() {
    let receiver = receiver().build().expect("a receiver");
    for (message, expected) in [
        ("<xml><Event>new</Event><A>1</A></xml>", Came::New),
        ("<xml><Event>new</Event><A>2</A></xml>", Came::New),
        ("<xml><Event>new</Event><B>1</B></xml>", Came::New),
        ("<xml><Event>new</Event><A>1</A> </xml>", Came::Repeat),
    ] {
        let sent = signer().encrypted(message);
        assert_eq!(came(&receiver, &sent.query, &sent.body).await, expected, "{message}");
    }
}

#[tokio::test]
async fn what_is_forgotten_is_taken_again() {
    let receiver = receiver().build().expect("a receiver");
    let sent = signer().encrypted("<xml><Event>x</Event></xml>");
    let Ok(Received::Push(push)) = receiver.receive(&sent.query, &sent.body).await else { panic!("a push") };
    receiver.forget(&push).await.expect("it is forgotten");
    assert_eq!(came(&receiver, &sent.query, &sent.body).await, Came::New);
    assert_eq!(came(&receiver, &sent.query, &sent.body).await, Came::Repeat);
}

/// A memory that fails from time to time.
#[derive(Default)]
struct Flaky {
    inner: Recent,
    calls: AtomicUsize,
    fails_at: AtomicUsize,
    forgets: AtomicBool,
}

impl PushMemory for Flaky {
    fn keep<'a>(
        &'a self,
        key: &'a str,
        value: &'a str,
        time: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, StoreError>> {
        match self.calls.fetch_add(1, Ordering::SeqCst) == self.fails_at.load(Ordering::SeqCst) {
            true => Box::pin(async { Err(StoreError::new("no answer")) }),
            false => self.inner.keep(key, value, time),
        }
    }

    fn forget<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), StoreError>> {
        self.forgets.store(true, Ordering::SeqCst);
        self.inner.forget(key)
    }
}

#[tokio::test]
async fn a_memory_that_fails_loses_nothing() {
    for fails_at in [0, 1] {
        let memory = Arc::new(Flaky { fails_at: AtomicUsize::new(fails_at), ..Flaky::default() });
        let receiver = receiver().memory(Arc::clone(&memory)).build().expect("a receiver");
        let sent = signer().encrypted("<xml><Event>x</Event></xml>");
        assert_eq!(came(&receiver, &sent.query, &sent.body).await, Came::Unavailable);
        assert_eq!(memory.forgets.load(Ordering::SeqCst), fails_at == 1, "what was kept of it is let go");
        assert_eq!(came(&receiver, &sent.query, &sent.body).await, Came::New, "it comes again");
        assert_eq!(came(&receiver, &sent.query, &sent.body).await, Came::Repeat);
    }
}

#[tokio::test]
async fn of_many_at_once_one_is_taken() {
    let receiver = receiver().build().expect("a receiver");
    let sent = Arc::new(signer().encrypted("<xml><Event>x</Event></xml>"));
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (receiver, sent) = (receiver.clone(), Arc::clone(&sent));
            tokio::spawn(async move { came(&receiver, &sent.query, &sent.body).await })
        })
        .collect();
    let mut taken = 0;
    for task in tasks {
        match task.await.expect("no panic") {
            Came::New => taken += 1,
            other => assert_eq!(other, Came::Repeat),
        }
    }
    assert_eq!(taken, 1);
}
