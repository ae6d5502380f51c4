//! Trade with partner accounts: lists Base Connect, forwards orders to a supplier and brings shipments and statuses back,
//! takes the supplier's catalog over, and keeps the trade credit of contractors.

mod credit;
mod forward;
mod list;
mod returns;
mod share;

use std::process::ExitCode;

use anyhow::{Context, Result};
use baselinker_client::Client;
use baselinker_examples::{Session, Settings, Summary, connect, run};
use clap::{Parser, ValueEnum};

const SCHEMA: &str = include_str!("schema.sql");

/// What a run does, in the order of the summary.
const COUNTS: [&str; 9] = [
    "integrations",
    "contractors",
    "orders forwarded",
    "shipments brought back",
    "statuses brought back",
    "products created",
    "products changed",
    "limits set",
    "settlements booked",
];

/// Trades with partner accounts of BaseLinker.
#[derive(Parser)]
#[command(name = "partners")]
struct Args {
    #[command(flatten)]
    settings: Settings,
    /// What to do, in this order
    #[arg(value_enum, required = true)]
    actions: Vec<Action>,
    /// Token of the supplier's account
    #[arg(long, env = "PARTNERS_SUPPLIER_TOKEN", hide_env_values = true)]
    supplier_token: Option<String>,
    /// Endpoint of the supplier's account, where it is a mock of its own
    #[arg(long, env = "PARTNERS_SUPPLIER_ENDPOINT", value_name = "URL")]
    supplier_endpoint: Option<String>,
    /// The status whose orders are forwarded
    #[arg(long, env = "PARTNERS_FORWARD_STATUS", value_name = "STATUS", required_if_eq("actions", "forward"))]
    forward_status: Option<i64>,
    /// The status that an own order gets once it is forwarded; it stays where it is when not given
    #[arg(long, env = "PARTNERS_FORWARDED_STATUS", value_name = "STATUS")]
    forwarded_status: Option<i64>,
    /// The status of new orders at the supplier
    #[arg(long, env = "PARTNERS_SUPPLIER_STATUS", value_name = "STATUS", required_if_eq("actions", "forward"))]
    supplier_status: Option<i64>,
    /// Which status of the supplier becomes which own one
    #[arg(long, env = "PARTNERS_STATUS", value_name = "THEIRS=OURS,..", value_delimiter = ',', value_parser = pair)]
    status: Vec<(i64, i64)>,
    /// The own catalog; the default one of the account when not given
    #[arg(long, env = "PARTNERS_INVENTORY")]
    inventory: Option<i64>,
    /// The supplier's catalog; the default one of the account when not given
    #[arg(long, env = "PARTNERS_SUPPLIER_INVENTORY")]
    supplier_inventory: Option<i64>,
}

/// What a run can do.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Action {
    /// List integrations and contractors
    List,
    /// Forward orders to the supplier; bring shipments and statuses back
    Forward,
    /// Take the supplier's catalog over
    Share,
    /// Set limits, book settlements, read the history
    Credit,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = Args::parse();
    let summary = || Summary::new("partners", &COUNTS);
    run(&args.settings, SCHEMA, summary, async |session| {
        for action in &args.actions {
            match action {
                Action::List => list::run(session).await?,
                Action::Credit => credit::run(session).await?,
                Action::Share => share::run(session, &supplier(session, &args)?, &args).await?,
                Action::Forward => {
                    let supplier = supplier(session, &args)?;
                    forward::run(session, &supplier, &args).await?;
                    returns::run(session, &supplier, &args.status).await?;
                }
            }
        }
        Ok(())
    })
    .await
}

/// The client of the supplier's account. It has a limit of its own, as every token has.
fn supplier(session: &Session, args: &Args) -> Result<Client> {
    let token = args.supplier_token.as_deref().context("set the token of the supplier by PARTNERS_SUPPLIER_TOKEN")?;
    Ok(connect(&args.settings, token, args.supplier_endpoint.as_deref(), &session.calls)?)
}

/// Reads `6630=6627`.
fn pair(text: &str) -> Result<(i64, i64), String> {
    let numbers = text.split_once('=').and_then(|(theirs, ours)| Some((theirs.parse().ok()?, ours.parse().ok()?)));
    numbers.ok_or_else(|| format!("`{text}` is no pair of statuses; write theirs and ours: 6630=6627"))
}
