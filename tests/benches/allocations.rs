//! What reading an answer allocates.
//!
//! ```text
//! cargo bench -p weixin-tests --bench allocations
//! ```
//!
//! A bench of its own, as the allocator that counts would be in the way of every time. A block that grows counts as a
//! new one beside the old one, on both sides and in the peak.

mod shared;

use std::hint::black_box;

use allocation_counter::measure;
use shared::figure::{header, line};
use shared::{bodies, plain};
use weixin::card::code::Get;
use weixin::promoter::GetOrder;
use weixin::{Endpoint, Error};

const EIGHT_MIB: usize = 8 * 1024 * 1024;

fn main() {
    header();
    count();
    peak("peak memory 8 MiB of orders", &bodies::orders_of(EIGHT_MIB), |orders| orders > 10_000);
    peak("peak memory 8 MiB undocumented", &bodies::junk_of(EIGHT_MIB), |orders| orders == 0);
}

/// Blocks allocated, beside those of plain derived types.
fn count() {
    let body = bodies::code_get_answer();
    let ours = measure(|| drop(black_box(done(Get::read(200, &body))))).count_total;
    let theirs = measure(|| {
        let answer = serde_json::from_slice::<plain::CodeGetAnswer>(&body);
        drop(black_box(answer.unwrap_or_else(|error| panic!("{error}"))));
    })
    .count_total;
    line("allocations read code/get", small(ours) / small(theirs), 1.0);
    eprintln!("    # {ours}, {theirs}");
}

/// The most bytes held while an answer is read, its body among them, by the size of the body.
fn peak(name: &str, body: &[u8], expected: impl Fn(usize) -> bool) {
    let info = measure(|| {
        let answer = done(GetOrder::read(200, body));
        assert!(expected(answer.order_list.len()), "{name}: {} orders", answer.order_list.len());
        drop(black_box(answer));
    });
    let size = small(body.len() as u64);
    line(name, (small(info.bytes_max) + size) / size, 4.0);
    eprintln!("    # {} bytes of body, {} more at most", body.len(), info.bytes_max);
}

fn done<T>(answer: Result<T, Error>) -> T {
    answer.unwrap_or_else(|error| panic!("{error}"))
}

/// Exact for anything that fits into memory here.
fn small(number: u64) -> f64 {
    number as f64
}
