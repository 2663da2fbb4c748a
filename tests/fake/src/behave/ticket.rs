//! Tickets with which pages sign, and the addresses of the fake.

use weixin::cgi_bin::ticket::{GetTicket, GetTicketResponse, TicketType};
use weixin::cgi_bin::{GetApiDomainIp, GetApiDomainIpResponse, GetCallbackIp, GetCallbackIpResponse};
use weixin::server::REFUSALS;

use super::call::{Call, Entry, on};
use crate::reply::Fail;
use crate::state::Ticket;

/// How long a ticket is valid, in seconds.
const LIFE: u64 = 7_200;

/// How many letters a ticket has.
const LETTERS: usize = 86;

pub(super) fn all() -> Vec<Entry> {
    vec![on(ticket), on(of_the_api), on(of_pushes)]
}

/// The same ticket again until it ends.
fn ticket(call: &mut Call<'_>, request: &GetTicket) -> Result<GetTicketResponse, Fail> {
    if !matches!(request.r#type, TicketType::WxCard | TicketType::Jsapi) {
        return Err(REFUSALS.value.into());
    }
    let key = format!("{} {}", call.app, request.r#type.as_str());
    let known = call.state.tickets.get(&key).filter(|ticket| ticket.until > call.now).cloned();
    let ticket = known.unwrap_or_else(|| {
        let made = Ticket { text: call.ids.letters(LETTERS), until: call.now + LIFE };
        call.state.tickets.put(key, made.clone());
        made
    });
    let mut response = GetTicketResponse::new(ticket.text);
    response.expires_in = Some(ticket.until - call.now);
    Ok(response)
}

fn of_the_api(call: &mut Call<'_>, _: &GetApiDomainIp) -> Result<GetApiDomainIpResponse, Fail> {
    let mut response = GetApiDomainIpResponse::new();
    response.ip_list = vec![address(call.url)];
    Ok(response)
}

/// Pushes come from where the calls go to.
fn of_pushes(call: &mut Call<'_>, _: &GetCallbackIp) -> Result<GetCallbackIpResponse, Fail> {
    let mut response = GetCallbackIpResponse::new();
    response.ip_list = vec![address(call.url)];
    Ok(response)
}

/// The address in a URL, without its port.
fn address(url: &str) -> String {
    let host = url.split_once("://").map_or(url, |(_, host)| host);
    host.rsplit_once(':').map_or(host, |(address, _)| address).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_no_port() {
        assert_eq!(address("http://127.0.0.1:8080"), "127.0.0.1");
        assert_eq!(address("http://[::1]:8080"), "[::1]");
    }
}
