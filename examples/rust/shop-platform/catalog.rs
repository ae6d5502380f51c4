//! The catalog that belongs to the shop: its languages, the price group of each currency, the warehouse of its stock.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use baselinker_client::methods::GetInventoryPriceGroups;
use baselinker_client::types::{InventoryId, PriceGroupId, WarehouseCode};
use baselinker_examples::{Session, default_inventory};

use crate::Args;

/// What the shop and the catalog call differently.
pub(crate) struct Catalog {
    pub(crate) id: InventoryId,
    pub(crate) default_language: String,
    pub(crate) languages: Vec<String>,
    /// The price group of each currency.
    pub(crate) currencies: BTreeMap<String, PriceGroupId>,
    pub(crate) warehouse: WarehouseCode,
    pub(crate) default_quantity: i64,
}

impl Catalog {
    pub(crate) async fn read(session: &Session, args: &Args) -> Result<Self> {
        let inventory = default_inventory(session, &session.client, args.inventory).await?;
        let groups = session.call(&GetInventoryPriceGroups::default()).await?.price_groups;
        let mut currencies = BTreeMap::new();
        // Of several groups in one currency, the catalog's default one counts, or else the first.
        let is_default = |group: &PriceGroupId| inventory.default_price_group == Some(*group);
        for group in groups.iter().filter(|group| inventory.price_groups.contains(&group.price_group_id)) {
            let currency = group.currency.clone().unwrap_or_default();
            let known = currencies.entry(currency).or_insert(group.price_group_id);
            if is_default(&group.price_group_id) {
                *known = group.price_group_id;
            }
        }
        let warehouse = args.warehouse.as_deref().map(WarehouseCode::from).or(inventory.default_warehouse);
        Ok(Self {
            id: inventory.inventory_id,
            default_language: inventory.default_language.unwrap_or_default(),
            languages: inventory.languages,
            currencies,
            warehouse: warehouse.context("the catalog has no default warehouse; choose one by --warehouse")?,
            default_quantity: args.default_quantity,
        })
    }

    /// The key of a text: the default language has none behind it.
    pub(crate) fn text_key(&self, field: &str, language: &str) -> String {
        if language == self.default_language { field.to_owned() } else { format!("{field}|{language}") }
    }
}
