//! The shop's products go to the catalog: new ones are created once, of the others only what changed is sent, prices and
//! stock in bulk.

use std::collections::BTreeMap;

use anyhow::Result;
use baselinker_client::methods::{
    AddInventoryProduct, GetInventoryProductsList, UpdateInventoryProductsPrices, UpdateInventoryProductsStock,
};
use baselinker_client::types::ProductId;
use baselinker_client::{Batched, Client, Error};
use baselinker_examples::{Intent, Session, again, list_products, once};

use crate::Args;
use crate::catalog::Catalog;
use crate::product::{Sent, ShopProduct};

/// Brings the catalog to the state of the shop.
pub(crate) async fn run(session: &mut Session, args: &Args) -> Result<()> {
    let catalog = Catalog::read(session, args).await?;
    adopt(session, &catalog).await?;
    let products = ShopProduct::all(&session.store)?;
    let mut ids: BTreeMap<String, ProductId> = BTreeMap::new();
    for (done, product) in products.iter().enumerate() {
        match send(session, &catalog, product, ids.get(&product.parent_sku).copied()).await {
            Ok(id) => ids.extend(id.map(|id| (product.sku.clone(), id))),
            Err(error) => session.refused(&format!("product {}", product.sku), error)?,
        }
        session.progress.step("products", done + 1, Some(products.len()));
    }
    send_prices(session, &catalog).await?;
    send_stock(session, &catalog).await
}

/// Products of the catalog with the SKU of a new one of the shop are taken for the same, so nothing is there twice.
async fn adopt(session: &Session, catalog: &Catalog) -> Result<()> {
    let sql = "SELECT sku FROM products WHERE product_id IS NULL";
    let unknown: Vec<String> = session.store.rows(sql, [], |row| row.get(0))?;
    if unknown.is_empty() {
        return Ok(());
    }
    let listed = list_products(session, &session.client, catalog.id).await?;
    let by_sku: BTreeMap<&str, ProductId> = listed.iter().map(|found| (found.sku.as_str(), found.id)).collect();
    session.store.change(|change| {
        for sku in &unknown {
            let Some(id) = by_sku.get(sku.as_str()) else { continue };
            let sql = "UPDATE products SET product_id = ? WHERE sku = ?";
            change.prepare_cached(sql)?.execute(rusqlite::params![id.0, sku])?;
            // A run that was killed may have created it.
            change.execute("DELETE FROM intents WHERE kind = 'product' AND key = ?", [sku])?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Creates a product or sends what changed of it; gives its number.
async fn send(
    session: &mut Session,
    catalog: &Catalog,
    product: &ShopProduct,
    parent: Option<ProductId>,
) -> Result<Option<ProductId>> {
    let told = product.told(catalog);
    let mut call = product.data(catalog);
    let Some(id) = product.product_id else {
        if session.dry_run {
            session.summary.add("products created", 1);
            return Ok(None);
        }
        if parent.is_none() && !product.parent_sku.is_empty() {
            let (sku, main) = (&product.sku, &product.parent_sku);
            session.summary.problem(format!("product {sku}: its main product {main} is not in the catalog"));
            return Ok(None);
        }
        call.parent_id = parent;
        let id = create(session, catalog, product, call, &told).await?;
        session.summary.add("products created", 1);
        return Ok(Some(id));
    };
    if told.data != product.sent.data {
        if !session.dry_run {
            call.product_id = Some(id);
            again(&session.client, &call).await?;
            let sent = Sent { data: told.data, ..product.sent.clone() };
            session.store.change(|change| product.keep(change, id, &sent))?;
        }
        session.summary.add("products changed", 1);
    }
    Ok(Some(id))
}

async fn create(
    session: &Session,
    catalog: &Catalog,
    product: &ShopProduct,
    mut call: AddInventoryProduct,
    told: &Sent,
) -> Result<ProductId> {
    call.prices = Some(product.prices(catalog));
    call.stock = Some(BTreeMap::from([(catalog.warehouse.clone(), product.quantity(catalog))]));
    once(
        &session.store,
        Intent { kind: "product", key: &product.sku },
        async || find(&session.client, catalog, &product.sku).await,
        async || Ok(session.client.call(&call).await?.product_id),
        |change, id| product.keep(change, *id, told),
    )
    .await
}

/// The product with a SKU.
async fn find(client: &Client, catalog: &Catalog, sku: &str) -> Result<Option<ProductId>, Error> {
    let mut call = GetInventoryProductsList::new(catalog.id);
    call.filter_sku = Some(sku.to_owned());
    call.include_variants = Some(true);
    let found = client.call(&call).await?.value.products;
    Ok(found.into_values().find(|product| product.sku.as_deref() == Some(sku)).map(|product| product.id))
}

async fn send_prices(session: &mut Session, catalog: &Catalog) -> Result<()> {
    let changed = changed(session, catalog, |told, sent| told.prices != sent.prices)?;
    for part in changed.chunks(UpdateInventoryProductsPrices::MAX_ITEMS) {
        if !session.dry_run {
            let prices = part.iter().map(|(id, product)| (*id, product.prices(catalog))).collect();
            let reply = again(&session.client, &UpdateInventoryProductsPrices::new(catalog.id, prices)).await?;
            store(session, part, |product| Sent { prices: product.told(catalog).prices, ..product.sent.clone() })?;
            warn(session, "price", &reply.warnings);
        }
        session.summary.add("prices sent", part.len());
    }
    Ok(())
}

async fn send_stock(session: &mut Session, catalog: &Catalog) -> Result<()> {
    let changed = changed(session, catalog, |told, sent| told.stock != sent.stock)?;
    for part in changed.chunks(UpdateInventoryProductsStock::MAX_ITEMS) {
        if !session.dry_run {
            let quantity = |product: &ShopProduct| [(catalog.warehouse.clone(), product.quantity(catalog))].into();
            let stock = part.iter().map(|(id, product)| (*id, quantity(product))).collect();
            let reply = again(&session.client, &UpdateInventoryProductsStock::new(catalog.id, stock)).await?;
            store(session, part, |product| Sent { stock: product.told(catalog).stock, ..product.sent.clone() })?;
            warn(session, "stock", &reply.warnings);
        }
        session.summary.add("stock sent", part.len());
    }
    Ok(())
}

/// The products of the catalog of which something changed.
fn changed(
    session: &Session,
    catalog: &Catalog,
    differs: fn(&Sent, &Sent) -> bool,
) -> rusqlite::Result<Vec<(ProductId, ShopProduct)>> {
    let products = ShopProduct::all(&session.store)?.into_iter();
    let known = products.filter_map(|product| Some((product.product_id?, product)));
    Ok(known.filter(|(_, product)| differs(&product.told(catalog), &product.sent)).collect())
}

fn store(
    session: &Session,
    part: &[(ProductId, ShopProduct)],
    sent: impl Fn(&ShopProduct) -> Sent,
) -> rusqlite::Result<()> {
    session.store.change(|change| part.iter().try_for_each(|(id, product)| product.keep(change, *id, &sent(product))))
}

/// What the API does not take is not sent again before it changes once more.
fn warn(session: &mut Session, what: &str, warnings: &BTreeMap<ProductId, String>) {
    for (id, warning) in warnings {
        session.summary.problem(format!("{what} of product {id}: {warning}"));
    }
}
