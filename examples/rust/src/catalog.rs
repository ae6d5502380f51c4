//! Reading a catalog: which products it has, and all data of them, a thousand a call.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use baselinker_client::methods::{GetInventories, GetInventoryProductsData, GetInventoryProductsList};
use baselinker_client::types::{Inventory, InventoryId, Product, ProductId};
use baselinker_client::{Batched, Client};

use crate::Session;

/// A product or a variant, as the list of a catalog has it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its number.
    pub id: ProductId,
    /// The main product, if this is a variant.
    pub parent: Option<ProductId>,
    /// Its SKU; empty when it has none.
    pub sku: String,
}

/// The catalog to work on: the one that was chosen, or else the account's default one.
///
/// # Errors
///
/// If it is not there, or the API cannot be asked.
pub async fn default_inventory(session: &Session, client: &Client, chosen: Option<i64>) -> Result<Inventory> {
    let inventories = session.call_by(client, &GetInventories::default()).await?.inventories;
    let names: Vec<String> = inventories.iter().map(|inventory| inventory.inventory_id.to_string()).collect();
    let found = match chosen {
        Some(id) => inventories.into_iter().find(|inventory| inventory.inventory_id == InventoryId(id)),
        None => inventories.into_iter().max_by_key(|inventory| inventory.is_default == Some(true)),
    };
    found.with_context(|| format!("there is no such catalog; the account has: {}", names.join(", ")))
}

/// Everything in a catalog, each main product followed by its variants.
///
/// # Errors
///
/// As the client's own `items`.
pub async fn list_products(session: &Session, client: &Client, inventory: InventoryId) -> Result<Vec<Listed>> {
    let mut call = GetInventoryProductsList::new(inventory);
    call.include_variants = Some(true);
    let mut items = client.items(call);
    let mut listed = Vec::new();
    while let Some(item) = items.next().await {
        let (id, product) = item?;
        listed.push(Listed { id, parent: product.parent_id, sku: product.sku.unwrap_or_default() });
        session.progress.step("products listed", listed.len(), None);
    }
    session.show_mismatches("getInventoryProductsList", &items.take_mismatches());
    listed.sort_by_key(|product| (product.parent.unwrap_or(product.id), product.parent.is_some(), product.id));
    Ok(listed)
}

/// All data of products, in parts: as many calls as the API needs, each made when the part before it was worked on, so
/// that memory holds one part at a time.
///
/// # Errors
///
/// As the client's own `call`, and what `work` says.
pub async fn read_products(
    session: &mut Session,
    inventory: InventoryId,
    listed: &[Listed],
    mut work: impl FnMut(&mut Session, &[Listed], BTreeMap<ProductId, Product>) -> Result<()>,
) -> Result<()> {
    let mut done = 0;
    for part in listed.chunks(GetInventoryProductsData::MAX_ITEMS) {
        let ids = part.iter().map(|product| product.id).collect();
        let products = session.call(&GetInventoryProductsData::new(inventory, ids)).await?.products;
        work(session, part, products)?;
        done += part.len();
        session.progress.step("products read", done, Some(listed.len()));
    }
    Ok(())
}
