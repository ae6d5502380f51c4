//! Connects a marketing system: orders become purchase events, their buyers become contacts with a tag for the place where
//! they bought. It polls the journal, and may be killed at any moment.

mod address;
mod purchases;

use std::process::ExitCode;

use anyhow::Result;
use baselinker_client::types::{JournalEventType, JournalLog};
use baselinker_examples::{Session, Settings, Summary, read_journal, run};
use clap::Parser;

const SCHEMA: &str = include_str!("schema.sql");

/// What a run does, in the order of the summary.
const COUNTS: [&str; 8] = [
    "events new",
    "events changed",
    "contacts new",
    "contacts changed",
    "tags added",
    "orders skipped",
    "orders without e-mail",
    "orders gone",
];

/// Orders that are worked on at once; as many as one call gives.
const ORDERS_AT_ONCE: usize = 100;

/// Connects a marketing system to BaseLinker.
#[derive(Parser)]
#[command(name = "marketing")]
struct Args {
    #[command(flatten)]
    settings: Settings,
    /// Leave out orders of connected online shops, which report their purchases themselves
    #[arg(long, env = "MARKETING_SKIP_SHOP_ORDERS")]
    skip_shop_orders: bool,
    /// Domains of addresses behind which a marketplace hides its buyers
    #[arg(
        long,
        env = "MARKETING_MASKED_DOMAINS",
        value_name = "DOMAIN,..",
        value_delimiter = ',',
        default_value = "allegromail.pl,allegromail.com,user.allegrogroup.pl"
    )]
    masked_domains: Vec<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = Args::parse();
    let summary = || Summary::new("marketing", &COUNTS);
    run(&args.settings, SCHEMA, summary, async |session| work(session, &args).await).await
}

async fn work(session: &mut Session, args: &Args) -> Result<()> {
    let types = [
        JournalEventType::OrderCreated,
        JournalEventType::OrderConfirmed,
        JournalEventType::DeliveryEdited,
        JournalEventType::OrderEdited,
    ];
    let journal = read_journal(session, &session.client, "journal", &types).await?;
    let mut finder = address::Finder::new(&args.masked_domains);
    let mut events = journal.events.as_slice();
    while !events.is_empty() {
        let (part, rest) = events.split_at(part_len(events));
        purchases::add(session, part, args.skip_shop_orders, &mut finder).await?;
        events = rest;
        session.progress.step("events", journal.events.len() - rest.len(), Some(journal.events.len()));
    }
    Ok(())
}

/// How many of the first events have not more orders than are worked on at once.
fn part_len(events: &[JournalLog]) -> usize {
    let mut orders = std::collections::BTreeSet::new();
    let fits = |event: &&JournalLog| {
        orders.extend(event.order_id);
        orders.len() <= ORDERS_AT_ONCE
    };
    events.iter().take_while(fits).count()
}
