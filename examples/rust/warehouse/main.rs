//! Connects a warehouse system: products become articles, stock goes back, new orders go to the warehouse, and what was
//! packed there is shipped. Made to run every 15 minutes, and to be killed at any moment.

mod articles;
mod form;
mod orders;
mod shipments;
mod stock;

use std::path::PathBuf;
use std::process::ExitCode;

use baselinker_examples::{Settings, Summary, default_inventory, run};
use clap::Parser;

const SCHEMA: &str = include_str!("schema.sql");

/// What a run does, in the order of the summary.
const COUNTS: [&str; 8] = [
    "articles new",
    "articles changed",
    "articles gone",
    "stock sent",
    "orders taken",
    "orders waiting",
    "shipments made",
    "labels saved",
];

/// Connects a warehouse system to BaseLinker.
#[derive(Parser)]
#[command(name = "warehouse")]
struct Args {
    #[command(flatten)]
    settings: Settings,
    /// Statuses whose orders go to the warehouse
    #[arg(long, env = "WAREHOUSE_STATUS", value_name = "STATUS,..", value_delimiter = ',', required = true)]
    status: Vec<i64>,
    /// The catalog; the default one of the account when not given
    #[arg(long, env = "WAREHOUSE_INVENTORY")]
    inventory: Option<i64>,
    /// Send the stock of the warehouse system to BaseLinker
    #[arg(long, env = "WAREHOUSE_PUSH_STOCK")]
    push_stock: bool,
    /// The warehouse in BaseLinker that gets the stock, such as `bl_206`; the catalog's default one when not given
    #[arg(long, env = "WAREHOUSE_CODE", value_name = "CODE")]
    stock_warehouse: Option<String>,
    /// The courier that ships packed orders; none are shipped when not given
    #[arg(long, env = "WAREHOUSE_COURIER", value_name = "CODE")]
    courier: Option<String>,
    /// The account at the courier; the first one when not given
    #[arg(long, env = "WAREHOUSE_COURIER_ACCOUNT", value_name = "ACCOUNT")]
    courier_account: Option<i64>,
    /// A field of the courier's form, where its default will not do; may be given again
    #[arg(long, value_name = "FIELD=VALUE", value_parser = form::answer)]
    courier_field: Vec<(String, String)>,
    /// The folder for labels
    #[arg(long, env = "WAREHOUSE_LABELS", value_name = "FOLDER", default_value = "labels")]
    labels: PathBuf,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = Args::parse();
    let summary = || Summary::new("warehouse", &COUNTS);
    run(&args.settings, SCHEMA, summary, async |session| {
        let inventory = default_inventory(session, &session.client, args.inventory).await?;
        articles::update(session, &inventory).await?;
        if args.push_stock {
            stock::push(session, &inventory, args.stock_warehouse.as_deref()).await?;
        }
        orders::take(session, &args.status).await?;
        if let Some(courier) = &args.courier {
            shipments::make(session, courier, &args).await?;
        }
        Ok(())
    })
    .await
}
