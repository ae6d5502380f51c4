//! A large shop: ten thousand orders and as many products, under the API's limit at a clock that runs faster. What is
//! asserted is the number of calls and the memory; how long it takes is nobody's business here.

use std::fs;

use baselinker_mock::{Clock, Settings, ShopSettings};

use crate::bench::Bench;
use crate::compare::rows;
use crate::programs::programs;

/// Every fifth of the 10,000 products has two variants: 14,000 in all.
const ARTICLES: u64 = 14_000;

/// The fewest calls that bring everything: the catalog, 15 pages of its list (the last one is empty, which only asking
/// tells), 14 parts of its data, the journal until nothing comes, and 101 pages of orders, the last one empty too.
const LEAST_CALLS: u64 = 1 + 15 + 14 + 2 + 101;

/// What a program may need at its peak, in MB. Everything at once would be several times that.
const MOST_MEMORY: u64 = 64;

#[test]
fn a_large_shop_takes_the_fewest_calls_and_little_memory() {
    for program in programs("warehouse") {
        let shop = ShopSettings { orders: 10_000, products: 10_000, ..ShopSettings::default() };
        let settings = Settings { clock: Clock::running(600.0), shop, ..Settings::default() };
        let bench = Bench::with(program, settings, &["--status", "6624,6627,6630"]);
        // It stays in its last call until its memory was looked at.
        let peak = bench.watch_last_call(LEAST_CALLS, |process| {
            let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
            let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() / 1024
        });
        let counted = |table: &str| rows(&bench.sql(), &format!("SELECT count(*) AS n FROM {table}")).concat();
        assert_eq!(counted("articles"), format!("n={ARTICLES}"));
        assert_eq!(counted("orders"), "n=10000");
        eprintln!("{}: {LEAST_CALLS} calls, {peak} MB at the peak", program.language);
        assert!(peak < MOST_MEMORY, "{}: {peak} MB", program.language);
        let run = bench.run_well(&[]);
        assert_eq!(run.count("orders taken"), 0);
        assert_eq!(bench.mock.counts("getOrders").executed, 101 + 1);
        assert_eq!(bench.mock.blocks(), 0);
    }
}
