//! Connects a shop platform: its products go to the catalog or come from it, in several languages and currencies; its
//! orders go to `BaseLinker`; statuses and payments go both ways.

mod catalog;
mod export;
mod import;
mod orders;
mod product;
mod sync;

use std::process::ExitCode;

use baselinker_client::Decimal;
use baselinker_examples::{Settings, Summary, run};
use clap::{Parser, ValueEnum};

const SCHEMA: &str = include_str!("schema.sql");

/// What a run does, in the order of the summary.
const COUNTS: [&str; 11] = [
    "products created",
    "products changed",
    "prices sent",
    "stock sent",
    "products imported",
    "products updated",
    "orders sent",
    "statuses taken",
    "payments taken",
    "statuses sent",
    "payments sent",
];

/// Connects a shop platform to BaseLinker.
#[derive(Parser)]
#[command(name = "shop-platform")]
struct Args {
    #[command(flatten)]
    settings: Settings,
    /// What to do, in this order
    #[arg(value_enum, required = true)]
    actions: Vec<Action>,
    /// The catalog; the default one of the account when not given
    #[arg(long, env = "SHOP_INVENTORY")]
    inventory: Option<i64>,
    /// The warehouse that has the shop's stock, such as `bl_206`; the catalog's default one when not given
    #[arg(long, env = "SHOP_WAREHOUSE", value_name = "CODE")]
    warehouse: Option<String>,
    /// The stock of products whose pieces the shop does not count
    #[arg(long, env = "SHOP_DEFAULT_QUANTITY", value_name = "PIECES", default_value_t = 100)]
    default_quantity: i64,
    /// The status of new orders
    #[arg(long, env = "SHOP_ORDER_STATUS", value_name = "STATUS", required_if_eq("actions", "orders"))]
    order_status: Option<i64>,
    /// The order source of new orders; the account's default one when not given
    #[arg(long, env = "SHOP_ORDER_SOURCE", value_name = "SOURCE")]
    order_source: Option<i64>,
    /// The VAT rate of order lines that have none, in percent
    #[arg(long, env = "SHOP_VAT", value_name = "PERCENT", default_value = "23")]
    vat: Decimal,
    /// Which status of BaseLinker is which of the shop; of several for one of the shop, the first is sent
    #[arg(long, env = "SHOP_STATUS", value_name = "STATUS=NAME,..", value_delimiter = ',', value_parser = sync::pair)]
    status: Vec<(i64, String)>,
}

/// What a run can do.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Action {
    /// The shop's products go to the catalog
    Export,
    /// Products of the catalog come to the shop
    Import,
    /// New orders go to BaseLinker; statuses and payments go both ways
    Orders,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = Args::parse();
    let summary = || Summary::new("shop-platform", &COUNTS);
    run(&args.settings, SCHEMA, summary, async |session| {
        for action in &args.actions {
            match action {
                Action::Export => export::run(session, &args).await?,
                Action::Import => import::run(session, &args).await?,
                Action::Orders => {
                    orders::send(session, &args).await?;
                    sync::take(session, &args.status).await?;
                    sync::send(session, &args.status).await?;
                }
            }
        }
        Ok(())
    })
    .await
}
