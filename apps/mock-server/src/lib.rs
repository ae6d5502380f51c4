//! A mock of the BaseLinker API for tests: `POST /connector.php` as the real one answers it, with the limit, the errors
//! and the quirks of the real one, a shop whose calls see what others wrote, and faults on demand.
//!
//! ```
//! use baselinker_mock::{Fault, MockServer, Settings};
//!
//! let mock = MockServer::start(Settings::default())?;
//! println!("point a client at {}", mock.url());
//! mock.queue_fault(Fault::Empty);
//! assert_eq!(mock.calls().len(), 0);
//! # Ok::<(), std::io::Error>(())
//! ```

mod calls;
mod check;
mod clock;
mod dice;
mod documented;
mod faults;
mod limit;
mod mock;
mod params;
mod php;
mod quirks;
mod record;
mod refusal;
mod report;
mod request;
mod scrub;
mod server;
mod settings;
mod shop;
mod spec;
mod upstream;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

pub use calls::{Call, Counts};
pub use clock::{Clock, EXAMPLE_TIME};
pub use faults::{Fault, Odds};
pub use settings::{Settings, ShopSettings};
pub use shop::FIRST_ORDER;
pub use upstream::Upstream;

/// A running mock, on a thread of its own. It ends when this is dropped.
#[derive(Debug)]
pub struct MockServer {
    mock: Arc<mock::Mock>,
    server: server::Server,
}

impl MockServer {
    /// Starts a mock, on a free port of 127.0.0.1 unless the settings say otherwise.
    ///
    /// # Errors
    ///
    /// When the address cannot be listened on, or a file to record to or to replay cannot be opened, or TLS to an
    /// upstream cannot be set up.
    pub fn start(settings: Settings) -> io::Result<Self> {
        let mock = Arc::new(mock::Mock::new(settings)?);
        let server = server::Server::start(Arc::clone(&mock))?;
        Ok(Self { mock, server })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// The address to point a client at.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/connector.php", self.server.address)
    }

    /// The time the mock lives in.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.mock.settings.clock
    }

    /// The last calls, the oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.mock.lock().calls.last.iter().cloned().collect()
    }

    /// How many calls of a method came; those of names that no method has are counted under the empty name.
    #[must_use]
    pub fn counts(&self, method: &str) -> Counts {
        self.mock.lock().calls.counts.get(method).copied().unwrap_or_default()
    }

    /// How many calls came so far.
    #[must_use]
    pub fn call_count(&self) -> u64 {
        self.mock.lock().calls.number()
    }

    /// Waits until so many calls came; no longer than `patience`. Says whether they came.
    #[must_use]
    pub fn wait_for_call(&self, number: u64, patience: Duration) -> bool {
        self.mock.wait_for_call(number, patience)
    }

    /// Answers no call from this one on, as if the network had gone, so that a test can kill a program in the middle of a
    /// certain call. Calls are counted from 1; `done` says whether they take effect all the same.
    pub fn fall_silent(&self, from: u64, done: bool) {
        self.mock.lock().silence = Some(mock::Silence { from, done });
    }

    /// Answers again.
    pub fn speak(&self) {
        self.mock.lock().silence = None;
    }

    /// How often a token was blocked.
    #[must_use]
    pub fn blocks(&self) -> u64 {
        self.mock.lock().limiter.blocks()
    }

    /// Lets this go wrong with the next call that has nothing in the queue before it.
    pub fn queue_fault(&self, fault: Fault) {
        self.mock.lock().faults.queued.push_back(fault);
    }

    /// Lets things go wrong by chance from now on; the dice go on as they were seeded.
    pub fn set_odds(&self, odds: Vec<Odds>) {
        self.mock.lock().faults.odds = odds;
    }

    /// Bends replies at this level from now on, 0 to 3.
    pub fn set_quirks(&self, level: u8) {
        self.mock.lock().quirks = level;
    }

    /// Lets orders arrive, all confirmed at this time, and gives their numbers.
    #[must_use]
    pub fn add_orders(&self, count: u64, date_confirmed: i64) -> Vec<u64> {
        self.mock.lock().shop.add_orders(count, date_confirmed)
    }

    /// The names of the methods that read and write the shop; the others answer with their examples.
    #[must_use]
    pub fn stateful_methods(&self) -> Vec<&'static str> {
        let methods = spec::api().methods.keys().map(String::as_str);
        methods.filter(|name| shop::knows(name)).collect()
    }

    /// All methods of the API, and whether each of them changes anything.
    #[must_use]
    pub fn methods(&self) -> Vec<(&'static str, bool)> {
        let methods = spec::api().methods.iter();
        methods.map(|(name, method)| (name.as_str(), method.access != "read")).collect()
    }

    /// Waits for as long as the server runs.
    pub fn wait(self) {
        self.server.wait();
    }
}

/// The example of the README, as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
