//! The stock of the warehouse goes back in bulk: only what differs from what BaseLinker was told last.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use baselinker_client::Batched;
use baselinker_client::methods::UpdateInventoryProductsStock;
use baselinker_client::types::{Inventory, ProductId, WarehouseCode};
use baselinker_examples::{Session, again};
use rusqlite::params;

/// Sends what changed. What BaseLinker warns of is not sent again before it changes once more.
pub(crate) async fn push(session: &mut Session, inventory: &Inventory, warehouse: Option<&str>) -> Result<()> {
    let chosen = warehouse.map(WarehouseCode::from).or_else(|| inventory.default_warehouse.clone());
    let warehouse = chosen.context("the catalog has no default warehouse; choose one by --stock-warehouse")?;
    let changed = session.store.rows(
        "SELECT product_code, quantity FROM stock WHERE quantity IS NOT pushed ORDER BY product_code",
        [],
        |row| Ok((ProductId(row.get(0)?), row.get(1)?)),
    )?;
    if session.dry_run {
        session.summary.add("stock sent", changed.len());
        return Ok(());
    }
    let mut done = 0;
    for part in changed.chunks(UpdateInventoryProductsStock::MAX_ITEMS) {
        let stock = |(id, quantity): &(ProductId, i64)| (*id, BTreeMap::from([(warehouse.clone(), *quantity)]));
        let call = UpdateInventoryProductsStock::new(inventory.inventory_id, part.iter().map(stock).collect());
        let reply = again(&session.client, &call).await?;
        session.store.change(|change| {
            for (id, quantity) in part {
                let warning = reply.warnings.get(id).map_or("", String::as_str);
                let sql = "UPDATE stock SET pushed = ?, warning = ? WHERE product_code = ?";
                change.prepare_cached(sql)?.execute(params![quantity, warning, id.0])?;
            }
            Ok(())
        })?;
        for (id, warning) in &reply.warnings {
            session.summary.problem(format!("stock of product {id}: {warning}"));
        }
        done += part.len();
        session.summary.add("stock sent", part.len() - reply.warnings.len().min(part.len()));
        session.progress.step("stock sent", done, Some(changed.len()));
    }
    Ok(())
}
