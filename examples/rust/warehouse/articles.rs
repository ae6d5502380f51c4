//! Products and variants become articles. Only what differs is written.

use std::collections::BTreeMap;

use anyhow::Result;
use baselinker_client::types::{Inventory, Product, ProductId};
use baselinker_client::{Decimal, TextOr};
use baselinker_examples::{Listed, Session, count, list_products, read_products, text};
use rusqlite::{Transaction, named_params};

/// Writes an article if it is new or differs; then a row changes, otherwise none.
const UPSERT: &str = "
    INSERT INTO articles VALUES
        (:code, :number, :name, :barcode, :weight, :height, :width, :length, :description, 1)
    ON CONFLICT DO UPDATE SET
        (article_number, name, barcode, weight, height, width, length, description, listed)
        = (:number, :name, :barcode, :weight, :height, :width, :length, :description, 1)
    WHERE (article_number, name, barcode, weight, height, width, length, description, listed)
        IS NOT (:number, :name, :barcode, :weight, :height, :width, :length, :description, 1)";

/// Brings the articles to the state of a catalog.
pub(crate) async fn update(session: &mut Session, inventory: &Inventory) -> Result<()> {
    let listed = list_products(session, &session.client, inventory.inventory_id).await?;
    session.store.db().execute_batch("CREATE TEMP TABLE seen (product_code INTEGER PRIMARY KEY)")?;
    let mut parent = None;
    read_products(session, inventory.inventory_id, &listed, |session, part, mut products| {
        let (new, changed) = session.store.change(|change| write(change, part, &mut products, &mut parent))?;
        session.summary.add("articles new", new);
        session.summary.add("articles changed", changed);
        Ok(())
    })
    .await?;
    let gone = session.store.change(|change| {
        change.execute(
            "UPDATE articles SET listed = 0 WHERE listed AND product_code NOT IN (SELECT product_code FROM seen)",
            [],
        )
    })?;
    session.summary.add("articles gone", gone);
    Ok(())
}

/// Writes a part of the products, and says how many are new and how many differ. The main product comes before its
/// variants, perhaps in the part before, so the last one is kept.
fn write(
    change: &Transaction<'_>,
    part: &[Listed],
    products: &mut BTreeMap<ProductId, Product>,
    parent: &mut Option<(ProductId, Product)>,
) -> rusqlite::Result<(usize, usize)> {
    let articles = "SELECT count(*) FROM articles";
    let before = count(change, articles)?;
    let mut written = 0;
    for listed in part {
        // What was deleted between the list and the data is gone the next time.
        let Some(product) = products.remove(&listed.id) else { continue };
        change.prepare_cached("INSERT INTO seen VALUES (?)")?.execute([listed.id.0])?;
        if listed.parent.is_none() {
            written += write_article(change, listed.id, &product, None)?;
            *parent = Some((listed.id, product));
        } else {
            let main = parent.as_ref().filter(|(id, _)| listed.parent == Some(*id));
            written += write_article(change, listed.id, &product, main.map(|(_, main)| main))?;
        }
    }
    let new = count(change, articles)? - before;
    Ok((new, written - new))
}

/// Writes one article. A variant that says nothing of its size or has no description is like its main product.
fn write_article(
    change: &Transaction<'_>,
    id: ProductId,
    product: &Product,
    main: Option<&Product>,
) -> rusqlite::Result<usize> {
    let is_known = |measure: &Decimal| !measure.is_zero();
    let measure = |of: fn(&Product) -> Option<Decimal>| {
        text(of(product).filter(is_known).or_else(|| main.and_then(of).filter(is_known)))
    };
    let own = field(product, "description");
    let description = if own.is_empty() { main.map_or("", |main| field(main, "description")) } else { own };
    change.prepare_cached(UPSERT)?.execute(named_params! {
        ":code": id.0,
        ":number": product.sku.as_deref().unwrap_or_default(),
        ":name": article_name(field(product, "name"), main.map(|main| field(main, "name"))),
        ":barcode": product.ean.as_deref().unwrap_or_default(),
        ":weight": measure(|product| product.weight),
        ":height": measure(|product| product.height),
        ":width": measure(|product| product.width),
        ":length": measure(|product| product.length),
        ":description": description,
    })
}

/// Product name and variant name. Most accounts write the product's name into that of the variant already.
fn article_name(own: &str, main: Option<&str>) -> String {
    match main {
        Some(main) if !own.starts_with(main) => format!("{main} {own}").trim_end().to_owned(),
        _ => own.to_owned(),
    }
}

/// A text of a product in the default language.
fn field<'p>(product: &'p Product, key: &str) -> &'p str {
    product.text_fields.get(key).and_then(TextOr::text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::article_name;

    #[test]
    fn the_name_of_a_variant_has_that_of_its_product_once() {
        let cases = [
            ("Notebook A5", None, "Notebook A5"),
            ("blue", Some("Notebook A5"), "Notebook A5 blue"),
            ("Notebook A5, blue", Some("Notebook A5"), "Notebook A5, blue"),
            ("", Some("Notebook A5"), "Notebook A5"),
            ("blue", Some(""), "blue"),
        ];
        for (own, main, name) in cases {
            assert_eq!(article_name(own, main), name);
        }
    }
}
