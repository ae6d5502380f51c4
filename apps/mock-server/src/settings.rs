//! How a mock is set up. Both the program and tests start from the defaults, which are those of the real API.

use std::net::SocketAddr;
use std::path::PathBuf;

use jiff::tz::TimeZone;

use crate::clock::Clock;
use crate::faults::Odds;
use crate::spec::api;
use crate::upstream::Upstream;

/// Everything that can be set before a mock starts.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen; port 0 takes a free one.
    pub address: SocketAddr,
    /// The tokens that are known; any that is not empty when there are none here.
    pub tokens: Vec<String>,
    /// Whether to refuse calls that differ from the spec, instead of ignoring what the API would ignore.
    pub strict: bool,
    /// Calls that a token has a minute; 0 sets no limit.
    pub calls_per_minute: usize,
    /// How long a token is blocked that made more.
    pub block_seconds: u64,
    /// The zone of the time in the text of a block, which the API does not name.
    pub zone: TimeZone,
    /// The time the mock lives in.
    pub clock: Clock,
    /// How bent replies are, from 0 to 3.
    pub quirks: u8,
    /// What goes wrong by chance.
    pub odds: Vec<Odds>,
    /// What makes faults, quirks and the shop come out the same again.
    pub seed: u64,
    /// The shop that the mock plays.
    pub shop: ShopSettings,
    /// How many calls to remember whole.
    pub keep_calls: usize,
    /// A file to add every exchange to, scrubbed, as lines of JSON.
    pub record: Option<PathBuf>,
    /// An API that calls are passed on to and that answers in place of the mock, whose own settings, but for where it
    /// listens and what it records, then mean nothing.
    pub upstream: Option<Upstream>,
    /// A file of such lines to answer from, before anything else does.
    pub replay: Option<PathBuf>,
}

/// The size of a shop. With neither orders nor products it is the small shop of the spec's examples.
#[derive(Debug, Clone)]
pub struct ShopSettings {
    /// Number of orders.
    pub orders: u64,
    /// Number of main products; some have variants besides.
    pub products: u64,
    /// How many orders are confirmed in a second; besides that, some seconds have 500.
    pub orders_per_second: u64,
    /// How many of a hundred orders are not confirmed.
    pub unconfirmed_percent: u64,
    /// After how many seconds couriers give the number of a shipment that was ordered from them.
    pub number_delay_seconds: u64,
}

impl Default for Settings {
    fn default() -> Self {
        let limits = &api().limits;
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            tokens: Vec::new(),
            strict: false,
            calls_per_minute: limits.calls_per_minute,
            block_seconds: limits.block_seconds,
            zone: TimeZone::get("Europe/Warsaw").unwrap_or(TimeZone::UTC),
            clock: Clock::default(),
            quirks: 0,
            odds: Vec::new(),
            seed: 7,
            shop: ShopSettings::default(),
            keep_calls: 1000,
            record: None,
            upstream: None,
            replay: None,
        }
    }
}

impl Default for ShopSettings {
    fn default() -> Self {
        Self { orders: 0, products: 0, orders_per_second: 7, unconfirmed_percent: 0, number_delay_seconds: 0 }
    }
}
