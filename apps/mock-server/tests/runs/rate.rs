//! The limit: the call past it is refused, and clients that keep it read a large shop as fast as it allows, whole.

use std::ops::Range;
use std::time::Duration;

use baselinker_client::methods::{GetOrderStatusList, GetOrders};
use baselinker_client::types::OrderId;
use baselinker_client::{Client, Error, RetryPolicy};
use baselinker_mock::{FIRST_ORDER, MockServer};
use tokio::task::JoinSet;

use crate::paused::{Wire, mock, no_limit, settings};

const MINUTE_MS: u64 = 60_000;
const LIMIT: usize = 100;
const PAGE: u64 = 100;

#[tokio::test(start_paused = true)]
async fn the_101st_call_is_refused_as_the_api_refuses_it() {
    let mock = mock(0, |settings| settings.clock = baselinker_mock::Clock::manual());
    let client = settings(&mock, &Wire::to(&mock), "1-rate-101");
    let client = client.rate_limiter(no_limit()).retry(RetryPolicy::NONE).build().expect("a client");
    let sent = tokio::time::Instant::now();
    for number in 1..=100 {
        let reply = client.call(&GetOrderStatusList::default()).await;
        assert!(reply.is_ok(), "call {number}: {reply:?}");
    }
    assert!(sent.elapsed() < Duration::from_mins(1), "the calls lie within a minute");
    match client.call(&GetOrderStatusList::default()).await {
        Err(Error::Blocked { code, message, until, .. }) => {
            let end = until.expect("a time");
            assert_eq!(code.as_str(), "ERROR_BLOCKED_TOKEN");
            assert_eq!(message, format!("Query limit exceeded, token blocked until {end}"));
            // The mock's day begins at 08:40:00, and the block lasts ten minutes.
            assert!(end.starts_with("2026-03-30 08:50:"), "{end}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(mock.blocks(), 1);
}

/// Reads the orders of these places in the shop, and gives their numbers.
async fn pull(client: Client, places: Range<u64>) -> Vec<u64> {
    let call = GetOrders { id_from: Some(OrderId(number(places.start))), ..GetOrders::default() };
    let mut orders = client.items(call);
    let mut found = Vec::new();
    while found.len() < usize::try_from(places.end - places.start).expect("a length") {
        let Some(order) = orders.next().await else { break };
        found.push(order.expect("an order").order_id.0.unsigned_abs());
    }
    found
}

fn number(place: u64) -> i64 {
    i64::try_from(FIRST_ORDER + place).expect("an order number")
}

/// What came of a run, as it is printed and held against what is allowed.
#[derive(Debug)]
struct Outcome {
    calls: usize,
    blocks: u64,
    refused: u64,
    lost: usize,
    doubled: usize,
    busiest_minute: usize,
    /// The time from the first call to the first of the last hundred, at the full rate as a part of what it was.
    rate: f64,
}

impl Outcome {
    fn of(mock: &MockServer, orders: u64, mut found: Vec<u64>) -> Self {
        let times: Vec<u64> = mock.calls().iter().filter(|call| call.executed).map(|call| call.at_ms).collect();
        let busiest =
            |(first, time): (usize, &u64)| times[first..].iter().take_while(|later| *later - time < MINUTE_MS).count();
        let minutes = (times.len() - 1) / LIMIT;
        let took_ms = times[minutes * LIMIT] - times[0];
        let least_ms = u64::try_from(minutes).expect("a count") * MINUTE_MS;
        let came = found.len();
        found.sort_unstable();
        found.dedup();
        let expected = FIRST_ORDER..FIRST_ORDER + orders;
        let outcome = Self {
            calls: times.len(),
            blocks: mock.blocks(),
            refused: mock.counts("getOrders").refused,
            lost: expected.filter(|id| found.binary_search(id).is_err()).count(),
            doubled: came - found.len(),
            busiest_minute: times.iter().enumerate().map(busiest).max().expect("a call"),
            rate: Duration::from_millis(least_ms).div_duration_f64(Duration::from_millis(took_ms)),
        };
        println!("{token}: {outcome:?}", token = mock.calls()[0].token);
        outcome
    }

    fn is_whole(&self) {
        assert_eq!((self.lost, self.doubled), (0, 0), "{self:?}");
        assert!(self.busiest_minute <= LIMIT, "{self:?}");
    }

    fn is_as_fast_as_allowed(&self) {
        assert_eq!((self.blocks, self.refused), (0, 0), "{self:?}");
        assert!(self.rate >= 0.99, "{self:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_reads_100_000_orders_at_the_limit_and_is_never_blocked() {
    let mock = mock(100_000, |_| {});
    let client = settings(&mock, &Wire::to(&mock), "1-rate-one").build().expect("a client");
    let found = pull(client, 0..100_000).await;
    let outcome = Outcome::of(&mock, 100_000, found);
    assert_eq!(outcome.calls, 1000);
    outcome.is_whole();
    outcome.is_as_fast_as_allowed();
}

/// Reads the shop by eight clients at once, each an eighth of it.
async fn pull_by_eight(mock: &MockServer, orders: u64, client: impl Fn(&Wire) -> Client) -> Vec<u64> {
    let wire = Wire::to(mock);
    let share = orders / 8;
    let mut pulls = JoinSet::new();
    for part in 0..8 {
        pulls.spawn(pull(client(&wire), part * share..(part + 1) * share));
    }
    pulls.join_all().await.concat()
}

#[tokio::test(start_paused = true)]
async fn eight_clients_of_one_token_share_its_limit() {
    let mock = mock(100_000, |_| {});
    let client = |wire: &Wire| settings(&mock, wire, "1-rate-eight").build().expect("a client");
    let found = pull_by_eight(&mock, 100_000, client).await;
    let outcome = Outcome::of(&mock, 100_000, found);
    assert_eq!(outcome.calls, 1000);
    outcome.is_whole();
    outcome.is_as_fast_as_allowed();
}

#[tokio::test(start_paused = true)]
async fn with_a_limit_set_too_high_blocks_are_waited_out_and_nothing_is_lost() {
    let orders = 400 * PAGE;
    let mock = mock(orders, |_| {});
    let client = |wire: &Wire| settings(&mock, wire, "1-rate-wrong").calls_per_minute(150).build().expect("a client");
    let found = pull_by_eight(&mock, orders, client).await;
    let outcome = Outcome::of(&mock, orders, found);
    assert_eq!(outcome.calls, 400);
    outcome.is_whole();
    // After each hundred the calls that are under way are refused, and none is sent until the block is over.
    assert_eq!(outcome.blocks, 3, "{outcome:?}");
    assert!(outcome.refused <= 3 * 8, "{outcome:?}");
    let blocked = mock.calls().into_iter().filter(|call| call.error_code.is_some()).map(|call| call.at_ms);
    let blocked: Vec<u64> = blocked.collect();
    let starts = blocked.windows(2).filter(|pair| pair[1] - pair[0] > WAYS_MS).count() + 1;
    assert_eq!(starts, 3, "calls were sent in the middle of a block: {blocked:?}");
}

/// How long after a block began calls may arrive that were sent before it was known.
const WAYS_MS: u64 = 1000;
