//! The program `baselinker-mock`: arguments only.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use baselinker_mock::{Clock, MockServer, Odds, Settings, ShopSettings, Upstream};
use clap::Parser;
use jiff::tz::TimeZone;

/// A mock of the BaseLinker API, on this machine
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// A token to accept; any is accepted when none is given
    #[arg(long = "token")]
    tokens: Vec<String>,
    /// Refuse calls that differ from the spec, where the API would ignore it
    #[arg(long)]
    strict: bool,
    /// Orders in the shop; without orders and products it is the small shop of the spec's examples
    #[arg(long, default_value_t = 0)]
    orders: u64,
    /// Main products in the catalog
    #[arg(long, default_value_t = 0)]
    products: u64,
    /// Orders confirmed in a second
    #[arg(long, default_value_t = ShopSettings::default().orders_per_second)]
    orders_per_second: u64,
    /// How many of a hundred orders are not confirmed
    #[arg(long, default_value_t = 0)]
    unconfirmed: u64,
    /// After how many seconds couriers give the number of a shipment
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    number_delay: u64,
    /// What makes the shop, faults and quirks come out the same again
    #[arg(long, default_value_t = Settings::default().seed)]
    seed: u64,
    /// Calls a minute for each token; 0 for no limit
    #[arg(long, default_value_t = Settings::default().calls_per_minute)]
    limit: usize,
    /// How long a token is blocked that made more
    #[arg(long, default_value_t = Settings::default().block_seconds)]
    block_seconds: u64,
    /// Zone of the time in the text of a block
    #[arg(long, default_value = "Europe/Warsaw", value_parser = zone)]
    zone: TimeZone,
    /// How fast time goes: 600 makes ten minutes one second
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// How bent replies are: 1 types, 2 forms of nothing and unknown keys, 3 missing keys
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=3))]
    quirks: u8,
    /// A fault and its probability, such as `502=0.01` or `slow=200=0.1`; may be given again
    #[arg(long = "fault")]
    odds: Vec<Odds>,
    /// Add every exchange to this file, without tokens and personal data
    #[arg(long)]
    record: Option<PathBuf>,
    /// Pass calls on to this API and answer what it answers, such as `https://api.baselinker.com/connector.php`
    #[arg(long, requires = "record")]
    upstream: Option<Upstream>,
    /// Answer from such a file first
    #[arg(long, conflicts_with = "upstream")]
    replay: Option<PathBuf>,
}

fn zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| format!("`{name}` is no zone, write Europe/Warsaw or UTC"))
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let settings = Settings {
        address: arguments.listen,
        tokens: arguments.tokens,
        strict: arguments.strict,
        calls_per_minute: arguments.limit,
        block_seconds: arguments.block_seconds,
        zone: arguments.zone,
        clock: Clock::running(arguments.speed),
        quirks: arguments.quirks,
        odds: arguments.odds,
        seed: arguments.seed,
        shop: ShopSettings {
            orders: arguments.orders,
            products: arguments.products,
            orders_per_second: arguments.orders_per_second,
            unconfirmed_percent: arguments.unconfirmed,
            number_delay_seconds: arguments.number_delay,
        },
        record: arguments.record,
        upstream: arguments.upstream,
        replay: arguments.replay,
        ..Settings::default()
    };
    match MockServer::start(settings) {
        Ok(mock) => {
            println!("baselinker-mock answers at {}", mock.url());
            mock.wait();
            ExitCode::FAILURE
        }
        Err(why) => {
            eprintln!("baselinker-mock cannot start: {why}");
            ExitCode::FAILURE
        }
    }
}
