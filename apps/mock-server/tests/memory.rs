//! A client that is left running takes no more memory after thousands of calls, whatever goes wrong with them. The mock is
//! a program of its own here, so that all memory of this one is the client's.

use std::io::{BufRead, BufReader};
use std::num::NonZeroU32;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use baselinker_client::methods::{GetInventoryProductsList, GetOrders, SetOrderFields};
use baselinker_client::types::{InventoryId, OrderId};
use baselinker_client::{Client, RetryPolicy, SlidingWindow, client};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const FAULTS: [&str; 12] = [
    "html=0.03",
    "502=0.03",
    "error=ERROR_STORAGE_ID=0.03",
    "drop=0.03",
    "empty=0.03",
    "null=0.03",
    "no-status=0.03",
    "truncated=0.03",
    "cut-json=0.03",
    "slow=1=0.02",
    "drop-after-write=0.03",
    "quirks=3=0.2",
];

/// The calls before the first look at the memory, and between looks.
const CALLS: usize = 1000;
const LOOKS: usize = 4;

/// A leak of ten bytes for each call would be four times this.
const SLACK: usize = 10 << 10;

/// The mock, which ends with this.
struct Mock(Child);

impl Mock {
    fn start() -> (Self, String) {
        let faults = FAULTS.iter().flat_map(|fault| ["--fault", fault]);
        let mut child = Command::new(env!("CARGO_BIN_EXE_baselinker-mock"))
            .args(["--listen", "127.0.0.1:0", "--limit", "0", "--orders", "10", "--products", "10"])
            .args(faults)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let url = line.split_whitespace().last().expect("where it listens").to_owned();
        (Self(child), url)
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // It may have ended by itself, which the test has seen by then.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn memory_is_flat_over_thousands_of_calls_through_every_fault() {
    let (_mock, url) = Mock::start();
    let quick = RetryPolicy { first_delay: Duration::from_micros(1), ..RetryPolicy::default() };
    let limiter = SlidingWindow::new(NonZeroU32::MAX, Duration::from_millis(1));
    let client = client("1-memory").endpoint(url).retry(quick).rate_limiter(limiter).build().expect("a client");
    let mut used = Vec::new();
    let mut failures = 0;
    for _ in 0..LOOKS {
        failures += calls(&client).await;
        used.push(ALLOCATOR.current_usage());
    }
    println!("{} calls, {failures} failed, bytes in use after each {CALLS}: {used:?}", CALLS * LOOKS);
    assert!(failures > 100, "faults reach the client: {failures}");
    let (first, rest) = used.split_first().expect("looks");
    assert!(rest.iter().all(|used| *used < first + SLACK), "{used:?}");
}

/// Makes calls and says how many of them failed for good.
async fn calls(client: &Client) -> u64 {
    let mut failures = 0;
    for number in 0..CALLS {
        let failed = match number % 3 {
            0 => client.call(&GetOrders { id_from: Some(OrderId(1)), ..GetOrders::default() }).await.is_err(),
            1 => client.call(&GetInventoryProductsList::new(InventoryId(307))).await.is_err(),
            _ => {
                let mut write = SetOrderFields::new(OrderId(143_480_000));
                write.admin_comments = Some(number.to_string());
                client.call(&write).await.is_err()
            }
        };
        failures += u64::from(failed);
    }
    failures
}
