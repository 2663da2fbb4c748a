//! What may be sent where.

use std::net::IpAddr;

use reqwest::Url;

/// Whether others could read what is sent there: everything that is `http://` and leaves this machine.
pub(super) fn is_in_the_clear(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address: Option<IpAddr> = host.trim_start_matches('[').trim_end_matches(']').parse().ok();
    let is_here = address.map_or(host == "localhost", |address| address.is_loopback());
    url.scheme() != "https" && !is_here
}
