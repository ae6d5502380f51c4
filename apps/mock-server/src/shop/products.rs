//! Reading the catalog: lists, data, stock and prices, a thousand products a page.

use serde_json::{Map, Value, json};

use super::{Fields, Handler, Reply, Shop, reply};
use crate::params::{self, Params};
use crate::refusal::Refusal;

const PAGE: usize = 1000;

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "getInventoryProductsList" => Shop::products_list,
        "getInventoryProductsData" => Shop::products_data,
        "getInventoryProductsStock" => |shop, params| {
            shop.products_page(params, |shop, id, product| {
                let variants = shop.variants_of(id, |variant| field(variant, "stock"));
                let mut entry = pick(product, &["stock", "reservations"]);
                entry.insert("product_id".to_owned(), id.into());
                entry.extend(variants.map(|variants| ("variants".to_owned(), variants)));
                entry
            })
        },
        "getInventoryProductsPrices" => |shop, params| {
            shop.products_page(params, |shop, id, product| {
                let variants = shop.variants_of(id, |variant| field(variant, "prices"));
                let mut entry = pick(product, &["prices"]);
                entry.extend(variants.map(|variants| ("variants".to_owned(), variants)));
                entry
            })
        },
        _ => return None,
    })
}

impl Shop {
    fn products_list(&mut self, params: &Params) -> Reply {
        self.known_inventory(params)?;
        let variants = params.flag("include_variants");
        let filtered = params.0.keys().any(|name| name.starts_with("filter_") && name != "filter_sort");
        let fits = |id: &u64| {
            (variants || self.products.int(*id, "parent_id") == 0)
                && (!filtered || self.products.get(*id).is_some_and(|product| fits(params, *id, &product)))
        };
        let mut ids: Vec<u64> = self.products.ids_from(0).filter(fits).collect();
        if params.text("filter_sort").is_some_and(|sort| sort.ends_with("DESC")) {
            ids.reverse();
        }
        let names = ["id", "parent_id", "ean", "sku", "asin", "prices", "stock"];
        let show = |id: &u64| {
            let product = self.products.get(*id).unwrap_or_default();
            let mut entry = pick(&product, &names);
            entry.insert("name".to_owned(), name(&product).into());
            (id.to_string(), Value::Object(entry))
        };
        Ok(reply("products", page(&ids, params).iter().map(show).collect::<Map<_, _>>()))
    }

    fn products_data(&mut self, params: &Params) -> Reply {
        self.known_inventory(params)?;
        let mut found = Map::new();
        for id in params.ids("products").into_iter().take(PAGE) {
            let Some(mut product) = self.products.get(id) else { continue };
            product.remove("id");
            let names = ["sku", "ean", "asin", "prices", "stock", "locations"];
            let variants = self.variants_of(id, |variant| {
                let mut entry = pick(variant, &names);
                entry.insert("name".to_owned(), name(variant).into());
                Value::Object(entry)
            });
            product.insert("variants".to_owned(), variants.unwrap_or_else(|| json!({})));
            found.insert(id.to_string(), Value::Object(product));
        }
        Ok(reply("products", found))
    }

    fn products_page(&mut self, params: &Params, show: fn(&Self, u64, &Fields) -> Fields) -> Reply {
        self.known_inventory(params)?;
        let ids: Vec<u64> = self.products.ids_from(0).filter(|id| self.products.int(*id, "parent_id") == 0).collect();
        let entry = |id: &u64| {
            let product = self.products.get(*id).unwrap_or_default();
            (id.to_string(), Value::Object(show(self, *id, &product)))
        };
        Ok(reply("products", page(&ids, params).iter().map(entry).collect::<Map<_, _>>()))
    }

    pub(crate) fn known_inventory(&self, params: &Params) -> Result<(), Refusal> {
        let id = params.id("inventory_id");
        let there = self.collections.contains("getInventories", id);
        there.then_some(()).ok_or_else(|| Refusal::no_such("inventory", id))
    }

    /// The variants of a product, or none when it has none.
    fn variants_of(&self, product: u64, show: impl Fn(&Fields) -> Value) -> Option<Value> {
        // The numbers of variants follow that of their product, but those made later lie anywhere behind.
        let near = self.products.ids_from(product + 1).take_while(|id| *id <= product + 3);
        let later = self.products.ids_from(self.first_new_product.max(product + 4));
        let variants = near.chain(later).filter(|id| u64::try_from(self.products.int(*id, "parent_id")) == Ok(product));
        let variants: Map<_, _> =
            variants.filter_map(|id| Some((id.to_string(), show(&self.products.get(id)?)))).collect();
        (!variants.is_empty()).then_some(Value::Object(variants))
    }
}

fn page<'a>(ids: &'a [u64], params: &Params) -> &'a [u64] {
    let page = params.int("page").and_then(|page| usize::try_from(page).ok()).unwrap_or(1).max(1);
    ids.chunks(PAGE).nth(page - 1).unwrap_or_default()
}

fn fits(params: &Params, id: u64, product: &Fields) -> bool {
    let same = |sent: &str, field: &str| {
        params.text(sent).is_none_or(|text| product.get(field).is_some_and(|value| params::text(value) == text))
    };
    let price = product.get("prices").and_then(|prices| prices.get("105")).and_then(params::cents).unwrap_or_default();
    let stock = product.get("stock").and_then(Value::as_object).into_iter().flatten();
    let stock: i64 = stock.filter_map(|(_, pieces)| params::int(pieces)).sum();
    let places = product.get("locations").and_then(Value::as_object).into_iter().flatten();
    let mut places =
        places.flat_map(|(_, place)| params::text(place).split(';').map(str::to_owned).collect::<Vec<_>>());
    params.filter_id("filter_id").is_none_or(|wanted| wanted == id)
        && same("filter_category_id", "category_id")
        && same("filter_ean", "ean")
        && same("filter_sku", "sku")
        && same("filter_asin", "asin")
        && params.text("filter_name").is_none_or(|text| name(product).to_lowercase().contains(&text.to_lowercase()))
        && params.cents("filter_price_from").is_none_or(|from| price >= from)
        && params.cents("filter_price_to").is_none_or(|to| price <= to)
        && params.int("filter_stock_from").is_none_or(|from| stock >= from)
        && params.int("filter_stock_to").is_none_or(|to| stock <= to)
        && params.text("filter_locations").is_none_or(|place| places.any(|found| found == place))
}

fn name(product: &Fields) -> String {
    product.get("text_fields").and_then(|texts| texts.get("name")).map(params::text).unwrap_or_default()
}

fn field(product: &Fields, name: &str) -> Value {
    product.get(name).cloned().unwrap_or_else(|| json!({}))
}

fn pick(product: &Fields, names: &[&str]) -> Fields {
    names.iter().filter_map(|name| Some(((*name).to_owned(), product.get(*name)?.clone()))).collect()
}
