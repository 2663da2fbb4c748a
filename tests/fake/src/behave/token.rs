//! Access tokens.

use weixin::cgi_bin::types::GrantType;
use weixin::cgi_bin::{StableToken, StableTokenResponse, Token as PlainToken, TokenResponse};
use weixin::errors::code;

use super::call::{Call, Entry, on};
use crate::reply::Fail;
use crate::state::{Token, TokenKind};

/// How long a token is valid, in seconds.
const LIFE: u64 = 7_200;

/// How long the old token goes on beside a new one, in seconds.
const OVERLAP: u64 = 300;

/// How often a day another stable token may be forced, and how many seconds lie between two times.
const FORCED: (usize, u64) = (20, 30);

pub(super) fn all() -> Vec<Entry> {
    vec![on(stable), on(plain)]
}

fn grant(grant: &GrantType) -> Result<(), Fail> {
    if *grant == GrantType::ClientCredential { Ok(()) } else { Err(code::INVALID_GRANT_TYPE.into()) }
}

/// The account, if the secret is its own.
fn account(call: &Call<'_>, id: &str, secret: &str) -> Result<(), Fail> {
    let account = call.state.accounts.get(id).ok_or(code::INVALID_APPID)?;
    if account.secret == secret { Ok(()) } else { Err(code::INVALID_APP_SECRET.into()) }
}

fn stable(call: &mut Call<'_>, request: &StableToken) -> Result<StableTokenResponse, Fail> {
    grant(&request.grant_type)?;
    account(call, &request.appid, &request.secret)?;
    let force = request.force_refresh == Some(true) && may_force(call, &request.appid);
    let (token, until) = match current(call, &request.appid) {
        Some((token, until)) if !force && until > call.now + OVERLAP => (token, until),
        _ => issue(call, &request.appid, TokenKind::Stable, if force { 0 } else { OVERLAP }),
    };
    Ok(StableTokenResponse::new(token, until - call.now))
}

fn plain(call: &mut Call<'_>, request: &PlainToken) -> Result<TokenResponse, Fail> {
    grant(&request.grant_type)?;
    account(call, &request.appid, &request.secret)?;
    let (token, until) = issue(call, &request.appid, TokenKind::Plain, OVERLAP);
    Ok(TokenResponse::new(token, until - call.now))
}

/// The stable token that is valid now.
fn current(call: &Call<'_>, app: &str) -> Option<(String, u64)> {
    let now = call.now;
    let valid = |token: &&Token| token.app == app && token.kind == TokenKind::Stable && !token.replaced;
    let mut all = call.state.tokens.iter().filter(|(_, token)| valid(token) && token.until > now);
    all.next().map(|(text, token)| (text.clone(), token.until))
}

/// Whether another token may be forced. If so it is noted.
fn may_force(call: &mut Call<'_>, app: &str) -> bool {
    let now = call.now;
    let Some(account) = call.state.accounts.edit(app) else { return false };
    account.forced.retain(|at| crate::clock::day(*at) == crate::clock::day(now));
    let (most, between) = FORCED;
    let may = account.forced.len() < most && account.forced.last().is_none_or(|last| now >= last + between);
    if may {
        account.forced.push(now);
    }
    may
}

/// Issues a token; those of its kind go on for so many seconds.
fn issue(call: &mut Call<'_>, app: &str, kind: TokenKind, overlap: u64) -> (String, u64) {
    let now = call.now;
    let dead: Vec<String> =
        call.state.tokens.iter().filter(|(_, token)| token.until + LIFE <= now).map(|(text, _)| text.clone()).collect();
    dead.iter().for_each(|text| drop(call.state.tokens.remove(text)));
    let old: Vec<String> = call
        .state
        .tokens
        .iter()
        .filter(|(_, token)| token.app == app && token.kind == kind && !token.replaced)
        .map(|(text, _)| text.clone())
        .collect();
    for text in old {
        if let Some(token) = call.state.tokens.edit(&text) {
            token.until = token.until.min(now + overlap);
            token.replaced = true;
        }
    }
    let (text, until) = (call.ids.token(), now + LIFE);
    let token = Token { app: app.to_owned(), kind, since: now, until, replaced: false };
    call.state.tokens.put(text.clone(), token);
    (text, until)
}
