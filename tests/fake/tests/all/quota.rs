//! How often an account may call, and the tickets and addresses that it gets.

use crate::started::started;
use weixin::cgi_bin::openapi::quota::{Get, Quota};
use weixin::cgi_bin::ticket::{GetTicket, TicketType};
use weixin::cgi_bin::{ClearQuota, GetApiDomainIp, GetCallbackIp, StableToken, Token};
use weixin::{Client, card};

const COLORS: &str = "/card/getcolors";

async fn quota(client: &Client, path: &str) -> Quota {
    Get::new(path).send(client).await.expect("a path").quota.expect("a quota")
}

#[tokio::test]
async fn beyond_the_limit_of_a_day_calls_are_refused_until_the_next_day() {
    let (server, client) = started().await;
    server.limit(COLORS, 2).unwrap();
    card::GetColors::new().send(&client).await.unwrap();
    card::GetColors::new().send(&client).await.unwrap();
    let error = card::GetColors::new().send(&client).await.unwrap_err();
    assert_eq!(error.code(), Some(45009));
    assert!(error.is_quota(), "{error}");
    let told = quota(&client, COLORS).await;
    assert_eq!((told.daily_limit, told.used, told.remain), (Some(2), Some(2), Some(0)));
    server.advance(86_400);
    card::GetColors::new().send(&client).await.unwrap();
    assert_eq!(quota(&client, COLORS).await.used, Some(1));
}

#[tokio::test]
async fn a_reset_lets_calls_through_again_ten_times_a_month() {
    let (server, client) = started().await;
    let (id, _) = server.account();
    // The middle of a month, so that no month ends here.
    let day = 1_781_800_000 - i64::try_from(server.now()).unwrap();
    server.advance(day);
    server.limit(COLORS, 1).unwrap();
    for _ in 0..10 {
        card::GetColors::new().send(&client).await.unwrap();
        card::GetColors::new().send(&client).await.unwrap_err();
        ClearQuota::new(id).send(&client).await.unwrap();
        assert_eq!(quota(&client, COLORS).await.used, Some(0));
    }
    let error = ClearQuota::new(id).send(&client).await.unwrap_err();
    assert_eq!(error.code(), Some(48006), "{error}");
    server.advance(31 * 86_400);
    ClearQuota::new(id).send(&client).await.unwrap();
}

#[tokio::test]
async fn a_reset_names_the_account_that_calls() {
    let (_server, client) = started().await;
    assert_eq!(ClearQuota::new("wx0").send(&client).await.unwrap_err().code(), Some(40013));
}

#[tokio::test]
async fn documented_limits_hold_by_themselves() {
    let (server, client) = started().await;
    let (id, secret) = server.account();
    let request = Token::new("client_credential", id, secret);
    let limit = quota(&client, "/cgi-bin/token").await.daily_limit.unwrap();
    assert_eq!(limit, 2_000);
    for _ in 0..limit {
        request.send(&client).await.unwrap();
    }
    assert_eq!(request.send(&client).await.unwrap_err().code(), Some(45009));
}

#[tokio::test]
async fn a_rate_is_told_where_one_is_documented() {
    let (server, client) = started().await;
    let (id, secret) = server.account();
    StableToken::new("client_credential", id, secret).send(&client).await.unwrap();
    let told = Get::new("/cgi-bin/stable_token").send(&client).await.unwrap();
    let rate = told.rate_limit.unwrap();
    assert_eq!((rate.call_count, rate.refresh_second), (Some(10_000), Some(60)));
    // The client asked for one, too.
    assert_eq!(told.quota.unwrap().used, Some(2));
    assert_eq!(quota(&client, COLORS).await.daily_limit, None);
}

#[tokio::test]
async fn a_path_that_there_is_not_has_no_quota() {
    let (_server, client) = started().await;
    assert_eq!(Get::new("/card/nothing").send(&client).await.unwrap_err().code(), Some(76021));
    assert_eq!(Get::new("/sns/userinfo").send(&client).await.unwrap_err().code(), Some(76022));
}

#[tokio::test]
async fn a_ticket_is_the_same_until_it_ends() {
    let (server, client) = started().await;
    let request = GetTicket::new(TicketType::WxCard);
    let first = request.send(&client).await.unwrap();
    assert_eq!(first.expires_in, Some(7_200));
    server.advance(7_000);
    let again = request.send(&client).await.unwrap();
    assert_eq!((again.ticket, again.expires_in), (first.ticket.clone(), Some(200)));
    assert_ne!(GetTicket::new(TicketType::Jsapi).send(&client).await.unwrap().ticket, first.ticket);
    server.advance(200);
    assert_ne!(request.send(&client).await.unwrap().ticket, first.ticket);
    assert_eq!(GetTicket::new("wx_cord").send(&client).await.unwrap_err().code(), Some(40097));
}

#[tokio::test]
async fn the_addresses_are_those_of_the_fake() {
    let (server, client) = started().await;
    let api = GetApiDomainIp::new().send(&client).await.unwrap().ip_list;
    assert!(server.url().contains(&format!("//{}:", api[0])), "{api:?}");
    assert_eq!(GetCallbackIp::new().send(&client).await.unwrap().ip_list, api);
}

#[tokio::test]
async fn what_is_missing_or_wrong_for_a_token_has_codes_of_its_own() {
    let (server, _) = started().await;
    let (id, secret) = server.account();
    let http = reqwest::Client::new();
    let code = |query: String| {
        let url = format!("{}/cgi-bin/token?{query}", server.url());
        let call = http.get(url).send();
        async move {
            let body = call.await.unwrap().text().await.unwrap();
            serde_json::from_str::<serde_json::Value>(&body).unwrap()["errcode"].as_i64()
        }
    };
    assert_eq!(code(format!("grant_type=client_credential&secret={secret}")).await, Some(41002));
    assert_eq!(code(format!("grant_type=client_credential&appid={id}")).await, Some(41004));
    assert_eq!(code(format!("appid={id}&secret={secret}")).await, Some(40002));
    assert_eq!(code(format!("grant_type=client&appid={id}&secret={secret}")).await, Some(40002));
}
