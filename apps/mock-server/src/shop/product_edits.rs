//! Changing the catalog: products, stock and prices.

use serde_json::{Map, Value};

use super::order_edits::sent_fields;
use super::{Fields, Handler, Reply, Shop, complete, reply};
use crate::params::Params;
use crate::refusal::Refusal;

/// Maps of a product of which a call changes only the keys that it sends.
const MERGED: [&str; 5] = ["prices", "stock", "locations", "text_fields", "links"];

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "addInventoryProduct" => Shop::add_product,
        "deleteInventoryProduct" => |shop, params| {
            let id = params.id("product_id");
            shop.products.remove(id).then(Fields::new).ok_or_else(|| Refusal::no_such("product", id))
        },
        "updateInventoryProductsStock" => |shop, params| shop.update_products(params, "stock"),
        "updateInventoryProductsPrices" => |shop, params| shop.update_products(params, "prices"),
        _ => return None,
    })
}

impl Shop {
    fn add_product(&mut self, params: &Params) -> Reply {
        self.known_inventory(params)?;
        let mut sent = sent_fields("addInventoryProduct", params);
        for name in ["inventory_id", "product_id"] {
            sent.remove(name);
        }
        if let Some(Value::Object(images)) = sent.get_mut("images") {
            images.values_mut().for_each(show_image);
        }
        let parent = params.filter_id("parent_id");
        if let Some(parent) = parent.filter(|parent| !self.products.contains(*parent)) {
            return Err(Refusal::no_such("product", parent));
        }
        let id = match params.filter_id("product_id") {
            Some(id) if !self.products.contains(id) => return Err(Refusal::no_such("product", id)),
            Some(id) => {
                for name in MERGED {
                    if let Some(Value::Object(changes)) = sent.remove(name) {
                        sent.insert(name.to_owned(), self.merged(id, name, changes));
                    }
                }
                self.products.change(id, sent);
                id
            }
            None => self.products.add("id", complete("Product", sent)),
        };
        let mut done = reply("product_id", id);
        done.insert("warnings".to_owned(), Value::Object(Map::new()));
        Ok(done)
    }

    fn update_products(&mut self, params: &Params, field: &str) -> Reply {
        self.known_inventory(params)?;
        let products = params.get("products").and_then(Value::as_object).cloned().unwrap_or_default();
        let (mut counter, mut warnings) = (0, Map::new());
        for (key, changes) in products {
            let id = key.parse().unwrap_or_default();
            let changes = changes.as_object().cloned().unwrap_or_default();
            let foreign = field == "stock" && changes.keys().any(|warehouse| !warehouse.starts_with("bl_"));
            let why = match self.products.contains(id) {
                false => "There is no such product in this catalog.",
                true if foreign => "The stock of this warehouse cannot be changed.",
                true => {
                    let merged = self.merged(id, field, changes);
                    self.products.change(id, reply(field, merged));
                    counter += 1;
                    continue;
                }
            };
            warnings.insert(key, why.into());
        }
        let mut done = reply("counter", counter);
        done.insert("warnings".to_owned(), if warnings.is_empty() { "".into() } else { Value::Object(warnings) });
        Ok(done)
    }

    fn merged(&self, id: u64, name: &str, changes: Fields) -> Value {
        let mut all = self.products.field(id, name).and_then(|all| all.as_object().cloned()).unwrap_or_default();
        all.extend(changes);
        Value::Object(all)
    }
}

/// An image goes up as a link or as data, and comes back as a link.
fn show_image(image: &mut Value) {
    let sent = image.as_str().unwrap_or_default();
    let link = sent.strip_prefix("url:").map_or("https://cdn.example.com/307/image.jpg", |link| link);
    *image = Value::from(link);
}
