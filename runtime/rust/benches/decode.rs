//! Decoding a page of 100 orders, against strict serde derives of the same structs, within one run:
//! `cargo bench --package baselinker-runtime --bench decode`.

#[path = "decode/lenient.rs"]
mod lenient;
#[path = "decode/strict.rs"]
mod strict;

use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 400;
const ORDERS: i64 = 100;

fn main() {
    let page = page();
    let decode = || baselinker_runtime::decode_reply::<lenient::GetOrdersReply>(page.as_bytes());
    let decoded = decode().expect("the page is a reply");
    assert_eq!(decoded.value.orders.len(), 100);
    assert_eq!(decoded.mismatches, []);
    let strict = || serde_json::from_slice::<strict::GetOrdersReply>(page.as_bytes());
    assert_eq!(strict().expect("the page is strict").orders.len(), 100);

    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        times[0].push(time(&strict));
        times[1].push(time(&decode));
    }
    let [strict, lenient] = times.map(median);
    let ratio = strict.as_secs_f64() / lenient.as_secs_f64();
    println!("page of {ORDERS} orders, {} bytes, median of {ROUNDS} runs", page.len());
    println!("strict serde derives  {strict:>10.1?}");
    println!("lenient               {lenient:>10.1?}");
    println!("lenient is {ratio:.2} times as fast as strict (goal: 0.9)");
}

/// One order as the API sends it, a hundred times.
fn page() -> String {
    let order = include_str!("decode/order.json").trim();
    let orders: Vec<String> = (0..ORDERS)
        .map(|index| order.replace("\"order_id\":1000000", &format!("\"order_id\":{}", 1_000_000 + index)))
        .collect();
    format!(r#"{{"status":"SUCCESS","orders":[{}]}}"#, orders.join(","))
}

fn time<T>(work: &impl Fn() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(work());
    let time = start.elapsed();
    drop(result);
    time
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
