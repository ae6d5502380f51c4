//! Products of the catalog come to the shop: those with a SKU, in the languages and currencies of the catalog. Where both
//! sides differ, the catalog wins.

use std::collections::BTreeMap;

use anyhow::Result;
use baselinker_client::TextOr;
use baselinker_client::types::{Product, ProductId};
use baselinker_examples::{Listed, Session, list_products, read_products, text};
use rusqlite::{Transaction, params};

use crate::Args;
use crate::catalog::Catalog;
use crate::product::ShopProduct;

/// Brings the shop to the state of the catalog. Products that only the shop has stay as they are.
pub(crate) async fn run(session: &mut Session, args: &Args) -> Result<()> {
    let catalog = Catalog::read(session, args).await?;
    let listed = list_products(session, &session.client, catalog.id).await?;
    let skus: BTreeMap<ProductId, String> = listed.iter().map(|found| (found.id, found.sku.clone())).collect();
    let known = ShopProduct::all(&session.store)?.into_iter();
    let known: BTreeMap<String, ShopProduct> = known.map(|product| (product.sku.clone(), product)).collect();
    read_products(session, catalog.id, &listed, |session, part, products| {
        let (mut new, mut changed) = (0, 0);
        session.store.change(|change| {
            for listed in part.iter().filter(|listed| !listed.sku.is_empty()) {
                let Some(found) = products.get(&listed.id) else { continue };
                let old = known.get(&listed.sku);
                let product = shop_product(&catalog, listed, found, &skus, old);
                let told = product.told(&catalog);
                let is_same = old.is_some_and(|old| old.product_id == Some(listed.id) && old.told(&catalog) == told);
                if !is_same {
                    write(change, &catalog, &product)?;
                    new += usize::from(old.is_none());
                    changed += usize::from(old.is_some());
                }
                product.keep(change, listed.id, &told)?;
            }
            Ok(())
        })?;
        session.summary.add("products imported", new);
        session.summary.add("products updated", changed);
        Ok(())
    })
    .await
}

/// A product of the catalog as the shop has it; what the catalog does not know stays as it was.
fn shop_product(
    catalog: &Catalog,
    listed: &Listed,
    found: &Product,
    skus: &BTreeMap<ProductId, String>,
    old: Option<&ShopProduct>,
) -> ShopProduct {
    let mut product = old.cloned().unwrap_or(ShopProduct { track_stock: true, ..ShopProduct::default() });
    product.sku.clone_from(&listed.sku);
    product.parent_sku = listed.parent.and_then(|parent| skus.get(&parent).cloned()).unwrap_or_default();
    product.ean = found.ean.clone().unwrap_or_default();
    product.tax_rate = found.tax_rate;
    product.weight = found.weight.filter(|weight| !weight.is_zero());
    if product.track_stock {
        product.stock = found.stock.get(&catalog.warehouse).copied().unwrap_or_default();
    }
    let field = |key: &str| found.text_fields.get(key).and_then(TextOr::text).unwrap_or_default().to_owned();
    for language in &catalog.languages {
        let [name, description] = ["name", "description"].map(|key| field(&catalog.text_key(key, language)));
        if name.is_empty() && description.is_empty() {
            product.texts.remove(language);
        } else {
            product.texts.insert(language.clone(), (name, description));
        }
    }
    for (currency, group) in &catalog.currencies {
        match found.prices.get(group) {
            Some(price) => product.prices.insert(currency.clone(), *price),
            None => product.prices.remove(currency),
        };
    }
    product
}

fn write(change: &Transaction<'_>, catalog: &Catalog, product: &ShopProduct) -> rusqlite::Result<()> {
    let sql = "
        INSERT INTO products (sku, parent_sku, ean, tax_rate, weight, track_stock, stock) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET (parent_sku, ean, tax_rate, weight, stock)
            = (excluded.parent_sku, excluded.ean, excluded.tax_rate, excluded.weight, excluded.stock)";
    change.prepare_cached(sql)?.execute(params![
        product.sku,
        product.parent_sku,
        product.ean,
        text(product.tax_rate),
        text(product.weight),
        product.track_stock,
        product.stock,
    ])?;
    for language in &catalog.languages {
        change.execute("DELETE FROM texts WHERE sku = ? AND language = ?", params![product.sku, language])?;
    }
    for (language, (name, description)) in &product.texts {
        let sql = "INSERT INTO texts VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
        change.prepare_cached(sql)?.execute(params![product.sku, language, name, description])?;
    }
    for currency in catalog.currencies.keys() {
        change.execute("DELETE FROM prices WHERE sku = ? AND currency = ?", params![product.sku, currency])?;
    }
    for (currency, price) in &product.prices {
        let sql = "INSERT INTO prices VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        change.prepare_cached(sql)?.execute(params![product.sku, currency, text(Some(*price))])?;
    }
    Ok(())
}
