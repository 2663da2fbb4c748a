//! Pushes, as a real receiver gets them.

use std::time::Duration;

use crate::listener::{Answer, Listener, delivered};
use weixin::event::{CardMerchantCheckResult, Event, MerchantCheckOutcome};
use weixin::push::{Received, Receiver};
use weixin_fake::{Format, Mode, PushTarget, Server};

const TOKEN: &str = "the token";
const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

fn event() -> CardMerchantCheckResult {
    let example = r#"{"ToUserName":"gh_7c2e90d41b5f","FromUserName":"oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf","CreateTime":1732413600,
        "MsgType":"event","Event":"card_merchant_check_result","MerchantId":4027,"IsPass":1,"Reason":"一切 <fine> & well"}"#;
    CardMerchantCheckResult::from_json(example).expect("an event")
}

fn receiver(app: &str, mode: Mode) -> Receiver {
    let receiver = Receiver::builder(TOKEN).app_id(app);
    let receiver = if mode == Mode::Plain { receiver } else { receiver.aes_key(KEY) };
    receiver.build().expect("a receiver")
}

fn target(url: &str, mode: Mode, format: Format) -> PushTarget {
    let target = PushTarget::new(url, TOKEN).format(format);
    if mode == Mode::Plain { target } else { target.encrypted(KEY, mode) }
}

/// A fake that gives up soon.
async fn hasty() -> Server {
    Server::builder().patience(Duration::from_millis(300)).start().await.expect("a free port")
}

#[tokio::test]
async fn every_mode_and_format_is_what_the_receiver_reads() {
    for mode in [Mode::Plain, Mode::Compatible, Mode::Encrypted] {
        for format in [Format::Xml, Format::Json] {
            let (server, listener) = (hasty().await, Listener::start(Answer::Text("success")).await);
            server.push_to(target(&listener.url, mode, format));
            server.push(&event()).expect("there is an address");
            let deliveries = delivered(&server, 1).await;
            assert!(deliveries[0].arrived, "{mode:?} {format:?}: {}", deliveries[0].answer);
            let came = listener.came();
            let receiver = receiver(server.account().0, mode);
            let received = receiver.receive(&came[0].0, &came[0].1).await;
            let Ok(Received::Push(push)) = received else { panic!("{mode:?} {format:?}: {received:?}") };
            assert_eq!(push.is_encrypted(), mode != Mode::Plain, "{mode:?} {format:?}");
            assert_eq!(push.format() == weixin::push::Format::Json, format == Format::Json, "{mode:?}");
            let Event::CardMerchantCheckResult(result) = push.into_event() else { panic!("another event") };
            assert_eq!(*result, event(), "{mode:?} {format:?}");
            assert_eq!(result.is_pass, MerchantCheckOutcome::from(1));
        }
    }
}

#[tokio::test]
async fn the_word_of_success_and_nothing_both_say_that_it_arrived() {
    for answer in ["success", ""] {
        let (server, listener) = (hasty().await, Listener::start(Answer::Text(answer)).await);
        server.push_to(PushTarget::new(&listener.url, TOKEN));
        server.push(&event()).expect("there is an address");
        let deliveries = delivered(&server, 1).await;
        assert_eq!((deliveries[0].arrived, deliveries[0].tries, listener.came().len()), (true, 1, 1), "{answer:?}");
        assert_eq!(deliveries[0].event, "card_merchant_check_result");
    }
}

#[tokio::test]
async fn what_is_not_answered_is_tried_three_times_and_is_the_same_to_the_letter() {
    for answer in [Answer::Late, Answer::Text("no"), Answer::Status(500)] {
        let (server, listener) = (hasty().await, Listener::start(answer).await);
        server.push_to(target(&listener.url, Mode::Encrypted, Format::Xml));
        server.push(&event()).expect("there is an address");
        let deliveries = delivered(&server, 1).await;
        assert_eq!((deliveries[0].arrived, deliveries[0].tries), (false, 3), "{answer:?}");
        let came = listener.came();
        assert_eq!(came.len(), 3, "{answer:?}");
        assert!(came.iter().all(|one| *one == came[0]), "{answer:?}");
        let told = &deliveries[0].answer;
        assert_eq!(told.contains("no answer in time"), answer == Answer::Late, "{told}");
    }
}

#[tokio::test]
async fn what_nobody_listens_to_is_given_up_with_a_reason() {
    let server = hasty().await;
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/", free.local_addr().expect("an address"));
    drop(free);
    server.push_to(PushTarget::new(url, TOKEN));
    server.push(&event()).expect("there is an address");
    let delivery = delivered(&server, 1).await.remove(0);
    assert!(!delivery.arrived && delivery.answer.contains("refused"), "{}", delivery.answer);
    assert!(!delivery.answer.contains("signature"), "{}", delivery.answer);
}

#[tokio::test]
async fn duplicates_are_the_same_to_the_letter_and_a_receiver_says_repeat() {
    for mode in [Mode::Plain, Mode::Compatible, Mode::Encrypted] {
        let (server, listener) = (hasty().await, Listener::start(Answer::Text("success")).await);
        server.push_to(target(&listener.url, mode, Format::Xml).duplicates(2));
        server.push(&event()).expect("there is an address");
        assert!(delivered(&server, 3).await.iter().all(|delivery| delivery.arrived));
        let (came, receiver) = (listener.came(), receiver(server.account().0, mode));
        let mut repeats = Vec::new();
        for (query, body) in &came {
            assert_eq!((query, body), (&came[0].0, &came[0].1), "{mode:?}");
            let received = receiver.receive(query, body).await.expect("it is authentic");
            repeats.push(matches!(received, Received::Repeat));
        }
        assert_eq!(repeats, [false, true, true], "{mode:?}");
    }
}

#[tokio::test]
async fn a_target_that_cannot_be_signed_for_is_told() {
    let (server, listener) = (hasty().await, Listener::start(Answer::Text("success")).await);
    server.push_to(PushTarget::new(&listener.url, TOKEN).encrypted("too short", Mode::Encrypted));
    server.push(&event()).expect("there is an address");
    let delivery = delivered(&server, 1).await.remove(0);
    assert_eq!((delivery.arrived, delivery.tries), (false, 0));
    assert!(delivery.answer.contains("43 letters"), "{}", delivery.answer);
}

#[tokio::test]
async fn without_an_address_nothing_is_pushed() {
    let server = hasty().await;
    let error = server.push(&event()).expect_err("there is no address");
    assert!(error.to_string().contains("no address"), "{error}");
    server.push_to(PushTarget::new("http://127.0.0.1:9/", TOKEN));
    server.push_to(None);
    assert!(server.push(&event()).is_err());
}
