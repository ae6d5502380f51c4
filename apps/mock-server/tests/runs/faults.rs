//! Thousands of calls through every fault: what reads comes whole, what writes is done once at most, and what the client
//! says of a write is what became of it.

use std::collections::BTreeMap;
use std::time::Duration;

use baselinker_client::methods::{
    AddOrder, GetInventoryProductsList, GetInventoryProductsListReply, GetOrders, GetOrdersReply, SetOrderFields,
};
use baselinker_client::types::{InventoryId, OrderId, OrderStatusId};
use baselinker_client::{Client, Error, Method, Repeat, RetryPolicy, Timestamp};
use baselinker_mock::{EXAMPLE_TIME, FIRST_ORDER, MockServer, Odds};
use tokio::task::JoinSet;

use crate::paused::{Wire, mock, settings};

/// What goes wrong, and how often. Quirks of higher levels change what nothing looks like, which `tests/typed` is about.
const ODDS: &str = "html=0.03 502=0.03 503=0.02 error=ERROR_STORAGE_ID=0.03 block=0.004 drop=0.03 empty=0.03 null=0.03 \
                    no-status=0.03 truncated=0.03 cut-json=0.03 slow=1=0.02 drop-after-write=0.03 quirks=1=0.1";

/// The shop, and the first of the hundred orders that are read. Callers write to the first ones, and behind the last.
const ORDERS: u64 = 1000;
const FIRST_READ: u64 = 900;

const CALLERS: u64 = 4;

/// Reads are to come through, however often something goes wrong.
const PATIENT: RetryPolicy = RetryPolicy {
    attempts: 12,
    first_delay: Duration::from_millis(500),
    greatest_delay: Duration::from_secs(5),
    deadline: Duration::from_hours(6),
    wait_out_blocks: true,
    repeat: Repeat::Reads,
};

#[tokio::test(start_paused = true)]
async fn through_every_fault_reads_come_whole_and_writes_are_done_once() {
    let (done, tally) = run(250, PATIENT).await;
    done.is_once_at_most(&tally);
    done.is_what_callers_were_told(&tally);
}

#[tokio::test(start_paused = true)]
async fn through_every_fault_writes_that_may_come_twice_come_if_they_are_to() {
    let (done, tally) = run(50, RetryPolicy { repeat: Repeat::Idempotent, ..PATIENT }).await;
    let (sets, adds): (Vec<_>, Vec<_>) = done.writes.iter().partition(|(mark, _)| mark.starts_with("set"));
    assert!(adds.iter().all(|(_, times)| **times <= 1), "{adds:?}");
    assert!(sets.iter().any(|(_, times)| **times > 1), "some were done before their answers got lost");
    let unclear = tally.writes.iter().filter(|(_, told)| **told == Told::Unclear);
    let unclear: Vec<_> = unclear.filter(|(mark, _)| mark.starts_with("set")).collect();
    assert!(unclear.is_empty(), "{unclear:?}");
}

/// Lets callers make their calls while things go wrong; gives what the mock did, and what callers were told.
async fn run(rounds: u64, policy: RetryPolicy) -> (Done, Tally) {
    let mock = mock(ORDERS, |settings| {
        settings.seed = 20_260_420;
        settings.shop.products = 50;
    });
    let client = settings(&mock, &Wire::to(&mock), "1-faults").retry(policy).build().expect("a client");
    let expected = Expected::of(&client).await;
    mock.set_odds(ODDS.split(' ').map(|odds| odds.parse::<Odds>().expect("odds")).collect());

    let mut callers = JoinSet::new();
    for caller in 0..CALLERS {
        callers.spawn(call(caller, rounds, client.clone(), expected.clone()));
    }
    let mut tally = Tally::default();
    for part in callers.join_all().await {
        tally.refused_reads += part.refused_reads;
        tally.writes.extend(part.writes);
    }
    mock.set_odds(Vec::new());
    let done = Done::of(&mock);
    done.print(&mock, &tally);
    assert_eq!(mock.counts("addOrder").executed, new_orders(&client).await);
    assert_eq!(mock.blocks(), done.blocks, "no block but those asked for");
    (done, tally)
}

/// What each read gives when nothing goes wrong.
#[derive(Clone)]
struct Expected {
    orders: GetOrdersReply,
    products: GetInventoryProductsListReply,
}

/// The orders that nobody writes to.
fn read_orders() -> GetOrders {
    GetOrders { id_from: Some(OrderId(order(FIRST_READ))), ..GetOrders::default() }
}

fn read_products() -> GetInventoryProductsList {
    GetInventoryProductsList::new(InventoryId(307))
}

fn order(place: u64) -> i64 {
    i64::try_from(FIRST_ORDER + place).expect("an order number")
}

impl Expected {
    async fn of(client: &Client) -> Self {
        let orders = client.call(&read_orders()).await.expect("orders").into_value();
        assert_eq!(orders.orders.len(), 100);
        let products = client.call(&read_products()).await.expect("products").into_value();
        assert_eq!(products.products.len(), 50);
        Self { orders, products }
    }
}

/// What callers saw.
#[derive(Default)]
struct Tally {
    /// Reads that were answered by an error of the API, which no client sends again by itself.
    refused_reads: usize,
    /// What callers were told of their writes, by the mark that each one has.
    writes: BTreeMap<String, Told>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Told {
    Done,
    Refused,
    Unclear,
}

async fn call(caller: u64, rounds: u64, client: Client, expected: Expected) -> Tally {
    let mut tally = Tally::default();
    for round in 0..rounds {
        assert!(read(&client, &read_orders(), &mut tally).await == expected.orders, "round {round}");
        assert!(read(&client, &read_products(), &mut tally).await == expected.products, "round {round}");
        let mark = format!("caller {caller} round {round}");
        let mut made = AddOrder::new(OrderStatusId(6624), Timestamp(EXAMPLE_TIME), "PLN", Vec::new());
        made.admin_comments = Some(mark.clone());
        write(&client, &made, format!("add {mark}"), &mut tally).await;
        let mut changed = SetOrderFields::new(OrderId(order(caller)));
        changed.admin_comments = Some(mark.clone());
        write(&client, &changed, format!("set {mark}"), &mut tally).await;
    }
    tally
}

async fn read<M: Method>(client: &Client, call: &M, tally: &mut Tally) -> M::Reply {
    loop {
        match client.call(call).await {
            Ok(reply) => {
                assert_eq!(reply.mismatches, []);
                return reply.into_value();
            }
            Err(Error::Api { code, .. }) if code.as_str() == "ERROR_STORAGE_ID" => tally.refused_reads += 1,
            Err(why) => panic!("{why}"),
        }
    }
}

async fn write<M: Method>(client: &Client, call: &M, mark: String, tally: &mut Tally) {
    let told = match client.call(call).await {
        Ok(_) => Told::Done,
        Err(Error::Api { .. } | Error::Refused { .. } | Error::Blocked { .. }) => Told::Refused,
        Err(_) => Told::Unclear,
    };
    tally.writes.insert(mark, told);
}

/// What the mock did, by the mark of each write.
struct Done {
    received: usize,
    blocks: u64,
    /// How many writes the client sent, but for those that a block refused.
    sent: usize,
    /// How often each write was done.
    writes: BTreeMap<String, u32>,
}

impl Done {
    fn of(mock: &MockServer) -> Self {
        let calls = mock.calls();
        let (mut sent, mut writes) = (0, BTreeMap::new());
        for call in &calls {
            let kind = match call.method.as_str() {
                "addOrder" => "add",
                "setOrderFields" => "set",
                _ => continue,
            };
            sent += usize::from(call.error_code.as_deref() != Some("ERROR_BLOCKED_TOKEN"));
            // A write that a fault kept from being done has not been read by the mock.
            if let Some(mark) = call.parameters.get("admin_comments").and_then(|mark| mark.as_str()) {
                *writes.entry(format!("{kind} {mark}")).or_default() += u32::from(call.executed);
            }
        }
        let blocks = calls.iter().filter(|call| call.fault.as_deref() == Some("block")).count();
        Self { received: calls.len(), blocks: u64::try_from(blocks).expect("a count"), sent, writes }
    }

    fn print(&self, mock: &MockServer, tally: &Tally) {
        let count = |told| tally.writes.values().filter(|found| **found == told).count();
        let faults = mock.calls().iter().filter(|call| call.fault.is_some()).count();
        println!(
            "calls made {}, received {}, faults {faults}, blocks {}, reads refused {}, writes done {}, refused {}, unclear {}",
            2 * tally.writes.len() + tally.refused_reads,
            self.received,
            self.blocks,
            tally.refused_reads,
            count(Told::Done),
            count(Told::Refused),
            count(Told::Unclear),
        );
    }

    fn is_once_at_most(&self, tally: &Tally) {
        assert_eq!(self.sent, tally.writes.len(), "every write is sent, and none is sent twice");
        assert!(self.writes.values().all(|done| *done <= 1), "{:?}", self.writes);
    }

    fn is_what_callers_were_told(&self, tally: &Tally) {
        for (mark, told) in &tally.writes {
            let done = self.writes.get(mark).copied().unwrap_or_default();
            match told {
                Told::Done => assert_eq!(done, 1, "{mark}"),
                Told::Refused => assert_eq!(done, 0, "{mark}"),
                Told::Unclear => {}
            }
        }
    }
}

/// How many orders came to those of the seed.
async fn new_orders(client: &Client) -> u64 {
    let mut orders = client.items(GetOrders { id_from: Some(OrderId(order(ORDERS))), ..GetOrders::default() });
    let mut count = 0;
    while let Some(order) = orders.next().await {
        order.expect("an order");
        count += 1;
    }
    count
}
