//! QR codes, test users, the cards of a user, uploads.

use serde_json::json;
use weixin::card::qrcode::{Create, QrActionInfo, QrActionName, QrCard, QrListedCard, QrMultipleCard};
use weixin::card::testwhitelist::Set;
use weixin::card::user::GetCardList;
use weixin::cgi_bin::media::UploadImg;
use weixin::{Error, File};

use crate::support::{Refusal, Server, endpoints, refused};

endpoints! {
    "/card/qrcode/create" => qrcode,
    "/card/testwhitelist/set" => testwhitelist,
    "/card/user/getcardlist" => getcardlist,
    "/cgi-bin/media/uploadimg" => uploadimg,
}

async fn qrcode(path: &str) {
    let answered = json!({
        "errcode": 0, "errmsg": "ok", "ticket": "gQHB8DoAAAA=", "expire_seconds": 1800,
        "url": "http://weixin.qq.com/q/BHV", "show_qrcode_url": " https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=gQHB8DoAAAA%3D"
    });
    let server = Server::answers(answered.clone()).await;
    let card = QrCard::new("pTest0card")
        .code("198374613512")
        .openid("oTest0user")
        .is_unique_code(false)
        .outer_id(12)
        .outer_str("12b");
    let request = Create::new(QrActionName::QrCard, QrActionInfo::new().card(card)).expire_seconds(1800);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({
        "action_name": "QR_CARD", "expire_seconds": 1800,
        "action_info": { "card": {
            "card_id": "pTest0card", "code": "198374613512", "openid": "oTest0user", "is_unique_code": false, "outer_id": 12,
            "outer_str": "12b"
        } }
    }));
    assert_eq!((answer.ticket.as_deref(), answer.expire_seconds), (Some("gQHB8DoAAAA="), Some(1800)));
    assert_eq!(answer.url.as_deref(), Some("http://weixin.qq.com/q/BHV"));
    assert!(answer.show_qrcode_url.is_some_and(|url| url.ends_with("ticket=gQHB8DoAAAA%3D")));
    refused(
        &request,
        path,
        Refusal {
            code: 40073,
            name: "invalid_card_id",
            errmsg: "invalid card id",
            is: Error::is_argument,
            en: "card_id is invalid",
            zh: "card_id 不合法",
        },
    )
    .await;

    let server = Server::answers(answered).await;
    let list = [QrListedCard::new("pTest0one").code("2392583481").outer_str("a"), QrListedCard::new("pTest0two")];
    let several = QrActionInfo::new().multiple_card(QrMultipleCard::new(list));
    Create::new(QrActionName::QrMultipleCard, several).send(&server.client()).await.expect("an answer");
    server.saw_post(
        path,
        json!({
            "action_name": "QR_MULTIPLE_CARD",
            "action_info": { "multiple_card": { "card_list": [
                { "card_id": "pTest0one", "code": "2392583481", "outer_str": "a" }, { "card_id": "pTest0two" }
            ] } }
        }),
    );
}

async fn testwhitelist(path: &str) {
    let server = Server::answers(json!({
        "errcode": 0, "errmsg": "ok", "white_list_size": 3, "success_openid": ["oTest0user"], "success_username": []
    }))
    .await;
    let request = Set::new().openid(["oTest0user", "oTest0friend"]).username(["afdvvf"]);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "openid": ["oTest0user", "oTest0friend"], "username": ["afdvvf"] }));
    assert_eq!(answer.white_list_size, Some(3));
    assert_eq!(answer.success_openid, ["oTest0user"]);
    assert_eq!(answer.success_username, [""; 0]);
    refused(
        &request,
        path,
        Refusal {
            code: 72022,
            name: "user_not_in_whitelist",
            errmsg: "user not in whitelist",
            is: Error::is_permission,
            en: "not on the test whitelist",
            zh: "不在测试白名单",
        },
    )
    .await;
}

async fn getcardlist(path: &str) {
    let server = Server::answers(json!({
        "errcode": 0, "errmsg": "ok", "card_list": [{ "code": "xxx1434079154", "card_id": "pTest0card" }],
        "has_share_card": true
    }))
    .await;
    let request = GetCardList::new("oTest0user").card_id("pTest0card");
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "openid": "oTest0user", "card_id": "pTest0card" }));
    let [held] = &answer.card_list[..] else { panic!("one coupon") };
    assert_eq!((held.code.as_str(), held.card_id.as_deref()), ("xxx1434079154", Some("pTest0card")));
    assert_eq!(answer.has_share_card, Some(true));
    refused(
        &request,
        path,
        Refusal {
            code: 40003,
            name: "invalid_openid",
            errmsg: "invalid openid",
            is: Error::is_argument,
            en: "openid is invalid",
            zh: "openid 不合法",
        },
    )
    .await;
}

async fn uploadimg(path: &str) {
    let server = Server::answers(json!({ "url": "http://mmbiz.qpic.cn/c/0" })).await;
    // Bytes that would end a careless part early, and are no text.
    let picture = b"\xff\xd8\xff\r\n--part\r\n\r\n\x00\xfe--".to_vec();
    let request = UploadImg::new(File::new("logo.jpg", picture.clone()).mime("image/jpeg"));
    let answer = request.send(&server.client()).await.expect("an answer");
    assert_eq!(answer.url, "http://mmbiz.qpic.cn/c/0");
    let seen = server.only();
    server.saw(&seen, "POST", path);
    let content_type = seen.header("content-type").expect("a content type");
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("a form");
    let parts = parts(&seen.body, boundary);
    let [(head, content)] = &parts[..] else { panic!("one part, not {}", parts.len()) };
    assert_eq!(
        head.lines().collect::<Vec<_>>(),
        ["Content-Disposition: form-data; name=\"buffer\"; filename=\"logo.jpg\"", "Content-Type: image/jpeg"]
    );
    assert_eq!(*content, picture);
    refused(
        &request,
        path,
        Refusal {
            code: 40009,
            name: "invalid_image_size",
            errmsg: "invalid image size",
            is: Error::is_argument,
            en: "larger than 1 MB",
            zh: "超过 1 MB",
        },
    )
    .await;
}

/// The head and the content of each part of a form.
fn parts(body: &[u8], boundary: &str) -> Vec<(String, Vec<u8>)> {
    let mark = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(&mark.as_bytes()[2..]).expect("the form begins with its boundary");
    let mut parts = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, mark.as_bytes()).expect("the part ends");
        let head = find(&part[..end], b"\r\n\r\n").expect("the part has a head");
        parts.push((String::from_utf8_lossy(&part[..head]).into_owned(), part[head + 4..end].to_vec()));
        rest = &part[end + mark.len()..];
    }
    assert_eq!(rest, b"--\r\n", "the form ends");
    parts
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|window| window == needle)
}
