//! Real HTTP in a time that stands still. The client lives in Tokio's paused time, the mock in a manual clock, and this
//! transport ties the two, so that hours of limits and blocks pass in seconds, and no call is lost to a slow machine.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use baselinker_client::{
    BoxFuture, ClientBuilder, HttpRequest, HttpResponse, HyperTransport, Transport, TransportError, client,
};
use baselinker_mock::{Clock, EXAMPLE_TIME, MockServer, Settings};
use tokio::time::{Instant, sleep};

/// Carries calls to a mock whose clock shows the time of the client.
#[derive(Clone)]
pub struct Wire {
    network: HyperTransport,
    time: Arc<Time>,
}

struct Time {
    clock: Clock,
    began: Instant,
    passed: Mutex<Passed>,
}

#[derive(Default)]
struct Passed {
    /// How much of Tokio's time the clock of the mock has been told of, in milliseconds.
    told: u64,
    calls: u64,
}

/// The longest way of a call to the mock, and of its answer back. It differs from call to call, as the limit is counted
/// where a call arrives.
const WAY_MS: u64 = 150;

impl Wire {
    pub fn to(mock: &MockServer) -> Self {
        let network = HyperTransport::new(Duration::from_secs(10)).expect("TLS is set up");
        let time = Time { clock: mock.clock().clone(), began: Instant::now(), passed: Mutex::default() };
        Self { network, time: Arc::new(time) }
    }
}

impl Transport for Wire {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let (there, back) = self.time.ways();
            sleep(there).await;
            self.time.tell();
            let held = hold();
            let answer = self.network.send(request).await;
            drop(held);
            sleep(back).await;
            answer
        })
    }
}

/// Keeps time from going on until it is dropped. Paused time jumps to the next timer when nothing is left to do, and bytes
/// on their way are nothing to Tokio, so every exchange would run into its time limit. Tokio waits for work on its
/// threads for blocking work, however.
fn hold() -> mpsc::Sender<()> {
    let (held, end) = mpsc::channel();
    // What ends the wait is that the sender is dropped, which is an error of the receiver.
    tokio::task::spawn_blocking(move || end.recv().is_err());
    held
}

impl Time {
    fn ways(&self) -> (Duration, Duration) {
        let mut passed = self.passed.lock().expect("no panic");
        passed.calls += 1;
        let way = |factor| Duration::from_millis(passed.calls * factor % WAY_MS);
        (way(37), way(71))
    }

    fn tell(&self) {
        let mut passed = self.passed.lock().expect("no panic");
        let now = u64::try_from(self.began.elapsed().as_millis()).expect("no age");
        self.clock.advance(Duration::from_millis(now - passed.told));
        passed.told = now;
    }
}

/// A mock with the limit and the block of the real API, and orders.
pub fn mock(orders: u64, change: impl FnOnce(&mut Settings)) -> MockServer {
    let clock = Clock::manual();
    // Blocks name the time at which they end, which a client compares with the time of the system.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    clock.advance(now.saturating_sub(Duration::from_secs(EXAMPLE_TIME.unsigned_abs())));
    let mut settings = Settings { clock, keep_calls: 100_000, ..Settings::default() };
    settings.zone = jiff::tz::TimeZone::UTC;
    settings.shop.orders = orders;
    change(&mut settings);
    MockServer::start(settings).expect("a mock")
}

/// The settings of a client of a mock. The limit counts for all clients of a token, so each test has its own token.
pub fn settings(mock: &MockServer, wire: &Wire, token: &str) -> ClientBuilder {
    // The clock of the mock runs ahead of that of the system, so a block never seems over before it is.
    client(token).endpoint(mock.url()).transport(wire.clone()).utc_offset_minutes(0)
}

/// A limiter that nobody has to wait for.
pub fn no_limit() -> baselinker_client::SlidingWindow {
    baselinker_client::SlidingWindow::per_minute(NonZeroU32::MAX)
}
