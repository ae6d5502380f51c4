//! What tests ask of the shop beside the program, without the types that the program uses.

use serde_json::{Value, json};

use crate::bench::Bench;

/// All orders, those that are not confirmed too.
pub(crate) fn all_orders(bench: &Bench) -> Vec<Value> {
    let mut orders = Vec::new();
    loop {
        let from = orders.last().map_or(1, |order: &Value| order["order_id"].as_i64().expect("a number") + 1);
        let page = bench.api("getOrders", &json!({"id_from": from, "get_unconfirmed_orders": true}));
        match page["orders"].as_array() {
            Some(page) if !page.is_empty() => orders.extend(page.iter().cloned()),
            _ => return orders,
        }
    }
}

/// A number as the tables have it.
pub(crate) fn plain(number: &Value) -> String {
    let text = number.to_string();
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
