//! The shop of the spec's examples: what they list, and what they name besides, so that each of them can be tried.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::records::Records;
use super::{Shop, complete, handler, journals};
use crate::params::{self, Params};
use crate::spec::{Method, Type, api};

/// What the examples of writes may name: the type of its number, the method that adds it, and where it is kept.
const NAMED: [(&str, &str, fn(&mut Shop) -> &mut Records); 4] = [
    ("OrderId", "addOrder", |shop| &mut shop.orders),
    ("PackageId", "createPackageManual", |shop| &mut shop.packages),
    ("ReturnId", "addOrderReturn", |shop| &mut shop.returns),
    ("ProductId", "addInventoryProduct", |shop| &mut shop.products),
];

impl Shop {
    /// Orders, and what belongs to them.
    pub(crate) fn put_example_orders(&mut self) {
        // Examples of many methods name this order, but that of `getOrders` does not have it.
        if let Ok(order) = serde_json::from_str(include_str!("example_order.json")) {
            self.orders.put("order_id", complete("Order", order));
        }
        for order in api().example_list("getOrders", "orders") {
            self.orders.put("order_id", order);
        }
        for found in api().example_list("getOrderReturns", "returns") {
            self.returns.put("return_id", found);
        }
        let example = &api().methods["getOrderPackages"].example;
        for mut package in api().example_list("getOrderPackages", "packages") {
            package.insert("order_id".to_owned(), example.request["order_id"].clone());
            self.packages.put("package_id", package);
        }
        for payment in api().example_list("getOrderPaymentsHistory", "payments") {
            let order = &api().methods["getOrderPaymentsHistory"].example.request["order_id"];
            let order = params::int(order).and_then(|id| u64::try_from(id).ok()).unwrap_or_default();
            self.payments.entry(order).or_default().push(payment);
        }
    }

    pub(crate) fn put_example_products(&mut self) {
        let products = api().methods["getInventoryProductsData"].example.reply["products"].as_object();
        for (id, product) in products.into_iter().flatten() {
            let Some(mut product) = product.as_object().cloned() else { continue };
            let variants = product.remove("variants").unwrap_or_default();
            for (variant, fields) in variants.as_object().into_iter().flatten() {
                let mut fields = fields.as_object().cloned().unwrap_or_default();
                let name = fields.remove("name").unwrap_or_default();
                fields.insert("text_fields".to_owned(), serde_json::json!({"name": name}));
                fields.insert("parent_id".to_owned(), Value::from(id.parse::<u64>().unwrap_or_default()));
                fields.insert("id".to_owned(), Value::from(variant.parse::<u64>().unwrap_or_default()));
                self.products.put("id", complete("Product", fields));
            }
            product.insert("id".to_owned(), Value::from(id.parse::<u64>().unwrap_or_default()));
            self.products.put("id", complete("Product", product));
        }
    }

    /// What examples write to, though no example lists it: made as the example makes one that adds such a thing. A line
    /// comes with its order in every list, so lines are not made, but the first one added has the number of the example.
    pub(crate) fn put_what_examples_need(&mut self) {
        for (ty, add, records) in NAMED {
            let example = Params(api().methods[add].example.request.clone());
            for id in numbers_written_to(ty) {
                if records(self).contains(id) {
                    continue;
                }
                let next = records(self).set_next(id);
                let made = handler(add).map(|add| add(self, &example));
                debug_assert!(matches!(made, Some(Ok(_))), "{add}: {made:?}");
                records(self).set_next(next);
                if ty == "OrderId" {
                    // Lists show it only to who asks for such orders.
                    let unconfirmed = json!({"confirmed": false, "date_confirmed": 0});
                    self.orders.change(id, unconfirmed.as_object().cloned().unwrap_or_default());
                }
            }
        }
        self.collections.put_what_examples_delete(self.now);
        // Nothing of this has happened lately.
        (self.journal, self.return_journal) = journals();
        self.first_line = example_number("addOrderProduct", "order_product_id");
        self.first_return_line = example_number("addOrderReturnProduct", "order_return_product_id");
    }
}

/// The numbers of a type in the example requests of all methods that change something.
fn numbers_written_to(ty: &str) -> BTreeSet<u64> {
    let named = |field: &Type| match field {
        Type::Named(name) => name == ty,
        Type::List(item) => **item == Type::Named(ty.to_owned()),
        _ => false,
    };
    let sent = |method: &'static Method| {
        let fields = method.params.iter().filter(|field| named(&field.ty));
        fields.filter_map(|field| method.example.request.get(&field.name))
    };
    let values = api().methods.values().filter(|method| method.access != "read").flat_map(sent);
    let each = values.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
    each.filter_map(params::int).filter_map(|id| u64::try_from(id).ok()).collect()
}

/// The number in the example reply of a method.
fn example_number(method: &str, field: &str) -> Option<u64> {
    params::int(&api().methods[method].example.reply[field]).and_then(|number| u64::try_from(number).ok())
}
