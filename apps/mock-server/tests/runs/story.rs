//! What happens to a shop while it is read, at random.

use std::env;

use proptest::prelude::*;
use proptest::test_runner::{Config, FailurePersistence, FileFailurePersistence, RngSeed};

/// What happens to the shop while it is read.
#[derive(Debug, Clone)]
pub enum Event {
    /// So many orders come, all confirmed in one second, this long after the last one.
    Arrive(u64, i64),
    /// The order at this place changes its status.
    Change(u64),
    /// The order at this place is deleted.
    Delete(u64),
}

/// A shop, and what happens after so many items were read.
#[derive(Debug, Clone)]
pub struct Story {
    pub orders: u64,
    pub per_second: u64,
    pub unconfirmed_percent: u64,
    pub events: Vec<(usize, Event)>,
    /// Where reading stops, to go on from the cursor.
    pub stops: Vec<usize>,
}

/// Sizes about the borders of pages, and others.
fn sizes() -> impl Strategy<Value = u64> {
    prop_oneof![prop::sample::select(vec![0, 1, 99, 100, 101, 199, 200, 201, 300]), 0..400_u64]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (1..250_u64, 0..3_i64).prop_map(|(count, later)| Event::Arrive(count, later)),
        (0..400_u64).prop_map(Event::Change),
        (0..400_u64).prop_map(Event::Delete),
    ]
}

pub fn story() -> impl Strategy<Value = Story> {
    let events = prop::collection::vec((0..500_usize, event()), 0..6);
    let ties = prop::sample::select(vec![1, 7, 100, 400]);
    (sizes(), ties, prop::sample::select(vec![0, 30]), events, prop::collection::vec(0..500_usize, 0..3)).prop_map(
        |(orders, per_second, unconfirmed_percent, events, stops)| Story {
            orders,
            per_second,
            unconfirmed_percent,
            events,
            stops,
        },
    )
}

/// How often a property is tried, with the same cases each time, so that a check tells about a change and not about luck. To
/// look further, set `PROPTEST_RNG_SEED` and `PROPTEST_CASES`. What fails is not kept in a file: its seed tries it again.
pub fn tries(cases: u32) -> Config {
    let asked = Config::default();
    let cases = if env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { cases };
    let rng_seed = if asked.rng_seed == RngSeed::Random { RngSeed::Fixed(7) } else { asked.rng_seed };
    let failure_persistence: Option<Box<dyn FailurePersistence>> = Some(Box::new(FileFailurePersistence::Off));
    Config { cases, rng_seed, failure_persistence, ..asked }
}
