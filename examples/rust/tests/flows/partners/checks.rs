//! What both accounts hold in the evening, field by field by the mapping.

use serde_json::{Value, json};

use super::Trade;
use crate::compare::rows;
use crate::shop::all_orders;

pub(super) fn check_orders(trade: &Trade) {
    let own = all_orders(&trade.bench);
    let forwarded = trade.forwarded();
    // The three that the supplier moved are in its status now.
    let still = own.iter().filter(|order| order["order_status_id"] == 6627 && order["confirmed"] == true).count();
    assert_eq!(forwarded.len(), still + 3);
    for (place, (ours, theirs)) in forwarded.iter().enumerate() {
        let own = own.iter().find(|order| order["order_id"] == *ours).expect("an order");
        let found = trade.theirs("getOrders", &json!({"order_id": theirs}))["orders"][0].clone();
        assert_eq!(found["extra_field_1"], ours.to_string());
        let same = [
            "email",
            "phone",
            "currency",
            "delivery_fullname",
            "delivery_company",
            "delivery_address",
            "delivery_postcode",
            "delivery_city",
            "delivery_country_code",
            "delivery_method",
        ];
        for name in same {
            assert_eq!(found[name], own[name], "{name}");
        }
        assert_eq!(found["date_add"], own["date_confirmed"]);
        let lines = |order: &Value| -> Vec<Value> {
            let line = |line: &Value| {
                json!([
                    line["sku"],
                    line["ean"],
                    line["name"],
                    line["price_brutto"].as_f64(),
                    line["tax_rate"],
                    line["quantity"]
                ])
            };
            order["products"].as_array().expect("lines").iter().map(line).collect()
        };
        assert_eq!(lines(&found), lines(own));
        check_packages(trade, *ours, *theirs, [2, 1].get(place).copied().unwrap_or(0));
        assert_eq!(own["order_status_id"], if place < 3 { 6630 } else { 6627 });
    }
}

/// Both accounts have so many shipments of an order, by the same numbers.
fn check_packages(trade: &Trade, ours: i64, theirs: i64, count: usize) {
    let numbers = |packages: Value| -> Vec<String> {
        let packages = packages["packages"].as_array().expect("packages").clone();
        packages.iter().map(|found| found["courier_package_nr"].as_str().expect("a text").to_owned()).collect()
    };
    let ours = numbers(Value::Object(trade.bench.api("getOrderPackages", &json!({"order_id": ours}))));
    assert_eq!(ours, numbers(trade.theirs("getOrderPackages", &json!({"order_id": theirs}))));
    assert!(ours.len() == count && !ours.contains(&String::new()), "{ours:?}");
}

pub(super) fn check_products(trade: &Trade) {
    let call = json!({"inventory_id": 307, "include_variants": true});
    let own = trade.bench.api("getInventoryProductsList", &call);
    for found in trade.theirs("getInventoryProductsList", &call)["products"].as_object().expect("products").values() {
        let same: Vec<&Value> =
            own["products"].as_object().expect("products").values().filter(|own| own["sku"] == found["sku"]).collect();
        assert_eq!(same.len(), 1, "{}", found["sku"]);
        assert_eq!((&same[0]["name"], &same[0]["ean"]), (&found["name"], &found["ean"]));
        assert_eq!(same[0]["prices"]["105"].as_f64(), found["prices"]["105"].as_f64());
        assert_eq!(same[0]["stock"]["bl_206"], found["stock"]["bl_206"]);
    }
}

pub(super) fn check_credit(trade: &Trade) {
    let found = rows(&trade.bench.sql(), "SELECT kind, description, amount FROM credit_history ORDER BY entry_id");
    let wanted = [
        r#"kind="charge" description="Order 143476390" amount="698""#,
        r#"kind="payment" description="TR-1" amount="320.5""#,
        r#"kind="payment" description="TR-2" amount="100""#,
    ];
    assert_eq!(found, wanted);
    assert_eq!(trade.bench.effects("setConnectContractorCreditLimit"), 1);
}
