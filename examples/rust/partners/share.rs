//! The supplier's products come to the own catalog: by SKU, with name, description, price and stock, each created once.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use baselinker_client::methods::{AddInventoryProduct, GetInventoryProductsData, GetInventoryProductsList};
use baselinker_client::types::{Inventory, InventoryId, Product, ProductId};
use baselinker_client::{Batched, Client, Error, TextOr, encode};
use baselinker_examples::{Intent, Session, again, default_inventory, list_products, once};
use rusqlite::{OptionalExtension, params};

use crate::Args;

/// Brings the own catalog to the state of the supplier's. Variants become products of their own, since the trade is by SKU.
pub(crate) async fn run(session: &mut Session, supplier: &Client, args: &Args) -> Result<()> {
    let client = session.client.clone();
    let ours = default_inventory(session, &client, args.inventory).await?;
    let theirs = default_inventory(session, supplier, args.supplier_inventory).await?;
    let own = list_products(session, &client, ours.inventory_id).await?;
    let known: BTreeMap<String, ProductId> = own.into_iter().map(|product| (product.sku, product.id)).collect();
    let mut listed = list_products(session, supplier, theirs.inventory_id).await?;
    listed.retain(|product| !product.sku.is_empty());
    for part in listed.chunks(GetInventoryProductsData::MAX_ITEMS) {
        let ids = part.iter().map(|product| product.id).collect();
        let call = GetInventoryProductsData::new(theirs.inventory_id, ids);
        for product in session.call_by(supplier, &call).await?.products.values() {
            let sku = product.sku.clone().unwrap_or_default();
            let call = own_product(&ours, &theirs, product);
            if let Err(error) = send(session, known.get(&sku).copied(), &sku, call).await {
                session.refused(&format!("product {sku}"), error)?;
            }
        }
    }
    Ok(())
}

/// A product of the supplier as the own catalog has it; the mapping.
fn own_product(ours: &Inventory, theirs: &Inventory, product: &Product) -> Result<AddInventoryProduct> {
    let field = |key: &str| product.text_fields.get(key).and_then(TextOr::text).unwrap_or_default();
    let missing = "a catalog has no default price group or warehouse";
    let groups = (ours.default_price_group.context(missing)?, theirs.default_price_group.context(missing)?);
    let houses = (ours.default_warehouse.clone().context(missing)?, theirs.default_warehouse.clone().context(missing)?);
    let price = product.prices.get(&groups.1).copied().unwrap_or_default().normalize();
    let pieces = product.stock.get(&houses.1).copied().unwrap_or_default();
    let mut call = AddInventoryProduct::new(ours.inventory_id);
    call.sku.clone_from(&product.sku);
    call.ean = Some(product.ean.clone().unwrap_or_default());
    call.tax_rate = product.tax_rate.map(|rate| rate.normalize());
    call.weight = product.weight.map(|weight| weight.normalize());
    call.text_fields = Some(["name", "description"].map(|key| (key.to_owned(), TextOr::from(field(key)))).into());
    call.prices = Some(BTreeMap::from([(groups.0, price)]));
    call.stock = Some(BTreeMap::from([(houses.0, pieces.max(0))]));
    Ok(call)
}

/// Creates a product, or changes it if it is there and differs.
async fn send(
    session: &mut Session,
    listed: Option<ProductId>,
    sku: &str,
    call: Result<AddInventoryProduct>,
) -> Result<()> {
    let mut call = call?;
    let told = encode(&call);
    let sql = "SELECT product_id, sent FROM shared WHERE sku = ?";
    let row = |row: &rusqlite::Row<'_>| Ok((ProductId(row.get(0)?), row.get::<_, String>(1)?));
    let shared = session.store.db().query_one(sql, [sku], row).optional()?;
    let is_told = shared.as_ref().is_some_and(|(_, sent)| *sent == told);
    let known = listed.or(shared.map(|(id, _)| id));
    if is_told {
        return Ok(());
    }
    session.summary.add(if known.is_some() { "products changed" } else { "products created" }, 1);
    if session.dry_run {
        return Ok(());
    }
    let Some(id) = known else {
        once(
            &session.store,
            Intent { kind: "product", key: sku },
            async || find(&session.client, call.inventory_id, sku).await,
            async || Ok(session.client.call(&call).await?.product_id),
            |change, id| keep(change, sku, *id, &told),
        )
        .await?;
        return Ok(());
    };
    call.product_id = Some(id);
    again(&session.client, &call).await?;
    session.store.change(|change| {
        // A run that was killed may have created it.
        change.execute("DELETE FROM intents WHERE kind = 'product' AND key = ?", [sku])?;
        keep(change, sku, id, &told)
    })?;
    Ok(())
}

fn keep(change: &rusqlite::Transaction<'_>, sku: &str, id: ProductId, told: &str) -> rusqlite::Result<()> {
    change.execute("INSERT OR REPLACE INTO shared VALUES (?, ?, ?)", params![sku, id.0, told]).map(|_| ())
}

async fn find(client: &Client, inventory: InventoryId, sku: &str) -> Result<Option<ProductId>, Error> {
    let mut call = GetInventoryProductsList::new(inventory);
    call.filter_sku = Some(sku.to_owned());
    call.include_variants = Some(true);
    let found = client.call(&call).await?.value.products;
    Ok(found.into_values().find(|product| product.sku.as_deref() == Some(sku)).map(|product| product.id))
}
