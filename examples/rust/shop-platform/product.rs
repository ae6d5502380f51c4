//! A product of the shop, as its tables have it, and what the catalog is told of it; the mapping.

use std::collections::BTreeMap;

use baselinker_client::methods::AddInventoryProduct;
use baselinker_client::types::{PriceGroupId, ProductId};
use baselinker_client::{Decimal, TextOr, encode};
use baselinker_examples::Store;
use rusqlite::{Row, Transaction, params};

use crate::catalog::Catalog;

/// A product of the shop.
#[derive(Debug, Clone, Default)]
pub(crate) struct ShopProduct {
    pub(crate) sku: String,
    pub(crate) parent_sku: String,
    pub(crate) ean: String,
    pub(crate) tax_rate: Option<Decimal>,
    pub(crate) weight: Option<Decimal>,
    pub(crate) track_stock: bool,
    pub(crate) stock: i64,
    pub(crate) product_id: Option<ProductId>,
    pub(crate) sent: Sent,
    /// Name and description by language.
    pub(crate) texts: BTreeMap<String, (String, String)>,
    pub(crate) prices: BTreeMap<String, Decimal>,
}

/// What the catalog was told last.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sent {
    pub(crate) data: String,
    pub(crate) prices: String,
    pub(crate) stock: Option<i64>,
}

impl ShopProduct {
    /// All products of the shop, main products before variants.
    pub(crate) fn all(store: &Store) -> rusqlite::Result<Vec<Self>> {
        let mut products = store.rows("SELECT * FROM products ORDER BY parent_sku != '', sku", [], Self::read)?;
        for product in &mut products {
            let sql = "SELECT language, name, description FROM texts WHERE sku = ?";
            let texts = store.rows(sql, [&product.sku], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
            product.texts = texts.into_iter().collect();
            let sql = "SELECT currency, price FROM prices WHERE sku = ?";
            let prices = store.rows(sql, [&product.sku], |row| Ok((row.get(0)?, number(row, 1)?)))?;
            product.prices = prices.into_iter().filter_map(|(currency, price)| Some((currency, price?))).collect();
        }
        Ok(products)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            sku: row.get("sku")?,
            parent_sku: row.get("parent_sku")?,
            ean: row.get("ean")?,
            tax_rate: number(row, "tax_rate")?,
            weight: number(row, "weight")?,
            track_stock: row.get("track_stock")?,
            stock: row.get("stock")?,
            product_id: row.get::<_, Option<i64>>("product_id")?.map(ProductId),
            sent: Sent { data: row.get("sent_data")?, prices: row.get("sent_prices")?, stock: row.get("sent_stock")? },
            ..Self::default()
        })
    }

    /// The call that says everything but prices and stock. It names no product yet.
    pub(crate) fn data(&self, catalog: &Catalog) -> AddInventoryProduct {
        let mut call = AddInventoryProduct::new(catalog.id);
        let known = self.texts.iter().filter(|(language, _)| catalog.languages.contains(language));
        let texts = known.flat_map(|(language, (name, description))| {
            let key = |field| catalog.text_key(field, language);
            [(key("name"), TextOr::from(name.as_str())), (key("description"), TextOr::from(description.as_str()))]
        });
        call.text_fields = Some(texts.collect());
        call.sku = Some(self.sku.clone());
        call.ean = Some(self.ean.clone());
        call.tax_rate = self.tax_rate.map(|rate| rate.normalize());
        call.weight = self.weight.map(|weight| weight.normalize());
        call
    }

    /// The prices in the currencies that the catalog has.
    pub(crate) fn prices(&self, catalog: &Catalog) -> BTreeMap<PriceGroupId, Decimal> {
        let prices = self.prices.iter().map(|(currency, price)| (catalog.currencies.get(currency), *price));
        prices.filter_map(|(group, price)| Some((*group?, price))).collect()
    }

    /// The pieces that the catalog is told of.
    pub(crate) fn quantity(&self, catalog: &Catalog) -> i64 {
        if self.track_stock { self.stock } else { catalog.default_quantity }
    }

    /// What the catalog knows once it was told everything.
    pub(crate) fn told(&self, catalog: &Catalog) -> Sent {
        let prices = self.prices(catalog).into_iter().map(|(group, price)| format!("{group}={}", price.normalize()));
        Sent {
            data: encode(&self.data(catalog)),
            prices: prices.collect::<Vec<_>>().join(","),
            stock: Some(self.quantity(catalog)),
        }
    }

    /// Keeps under which number the catalog has the product, and what it was told.
    pub(crate) fn keep(&self, change: &Transaction<'_>, id: ProductId, sent: &Sent) -> rusqlite::Result<()> {
        let sql = "UPDATE products SET product_id = ?, sent_data = ?, sent_prices = ?, sent_stock = ? WHERE sku = ?";
        change.prepare_cached(sql)?.execute(params![id.0, sent.data, sent.prices, sent.stock, self.sku]).map(|_| ())
    }
}

/// A decimal of a row; nothing if it is none.
fn number(row: &Row<'_>, column: impl rusqlite::RowIndex) -> rusqlite::Result<Option<Decimal>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|text| text.parse().ok()))
}
