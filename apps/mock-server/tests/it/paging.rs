//! Paging of seeded shops: no order lost or doubled, whatever the cursor, and filters that find what they say.

use std::collections::BTreeSet;

use baselinker_mock::{EXAMPLE_TIME, MockServer, ShopSettings};
use serde_json::{Value, json};

use crate::raw::{call, start};

fn seeded(shop: ShopSettings) -> MockServer {
    start(|settings| settings.shop = shop)
}

fn page(mock: &MockServer, parameters: &Value) -> Vec<Value> {
    call(mock, "getOrders", parameters)["orders"].as_array().cloned().expect("orders")
}

fn number(order: &Value, name: &str) -> i64 {
    order[name].as_i64().unwrap_or_else(|| panic!("{name}: {order}"))
}

#[test]
fn by_number_every_order_comes_once() {
    let mock = seeded(ShopSettings { orders: 12_345, ..ShopSettings::default() });
    let (mut seen, mut from, mut pages) = (Vec::new(), 0, 0);
    loop {
        let orders = page(&mock, &json!({"id_from": from}));
        pages += 1;
        seen.extend(orders.iter().map(|order| number(order, "order_id")));
        if orders.len() < 100 {
            break;
        }
        from = seen.last().expect("an order") + 1;
    }
    assert_eq!((seen.len(), pages), (12_345, 124));
    assert!(seen.is_sorted_by(|a, b| a < b));
}

#[test]
fn by_time_orders_rise_and_some_seconds_have_hundreds() {
    let mock = seeded(ShopSettings { orders: 10_000, ..ShopSettings::default() });
    let (mut dates, mut from) = (Vec::new(), 1);
    loop {
        let orders = page(&mock, &json!({"date_confirmed_from": from}));
        dates.extend(orders.iter().map(|order| number(order, "date_confirmed")));
        if orders.len() < 100 {
            break;
        }
        // The official way, which loses orders: that is what the mock is to show.
        from = dates.last().expect("an order") + 1;
    }
    assert!(dates.is_sorted());
    let lost = 10_000 - dates.len();
    assert!(lost > 800, "{lost}");
    assert!(dates.iter().all(|date| *date <= EXAMPLE_TIME));
}

#[test]
fn the_same_seed_makes_the_same_shop_and_another_makes_another() {
    let shop = |seed| {
        let mock = start(|settings| {
            settings.seed = seed;
            settings.shop = ShopSettings { orders: 200, products: 20, ..ShopSettings::default() };
        });
        page(&mock, &json!({}))
    };
    assert_eq!(shop(1), shop(1));
    assert_ne!(shop(1), shop(2));
}

#[test]
fn unconfirmed_orders_come_when_asked_for() {
    let mock = seeded(ShopSettings { orders: 90, unconfirmed_percent: 30, ..ShopSettings::default() });
    let confirmed = page(&mock, &json!({}));
    let all = page(&mock, &json!({"get_unconfirmed_orders": true}));
    assert_eq!(all.len(), 90);
    assert!((40..80).contains(&confirmed.len()), "{}", confirmed.len());
    assert!(confirmed.iter().all(|order| number(order, "date_confirmed") > 0));
}

#[test]
fn filters_find_what_they_say() {
    let mock = seeded(ShopSettings { orders: 80, ..ShopSettings::default() });
    let all = page(&mock, &json!({}));
    let filters = [
        ("status_id", "order_status_id"),
        ("filter_email", "email"),
        ("filter_order_source", "order_source"),
        ("filter_shop_order_id", "shop_order_id"),
        ("filter_external_order_id", "external_order_id"),
    ];
    for (sent, field) in filters {
        let wanted =
            all.iter().map(|order| &order[field]).find(|value| **value != "" && **value != -1).expect("a value");
        let expected: Vec<_> = all.iter().filter(|order| order[field] == *wanted).cloned().collect();
        assert_eq!(page(&mock, &json!({sent: wanted})), expected, "{sent}");
    }
    let middle = number(&all[40], "date_add");
    let expected: Vec<_> = all.iter().filter(|order| number(order, "date_add") >= middle).cloned().collect();
    assert_eq!(page(&mock, &json!({"date_from": middle})), expected);
}

#[test]
fn orders_that_arrive_and_change_stay_in_their_places() {
    let mock = seeded(ShopSettings { orders: 150, ..ShopSettings::default() });
    let new = mock.add_orders(30, EXAMPLE_TIME + 5);
    let gone = page(&mock, &json!({}))[3]["order_id"].clone();
    call(&mock, "deleteOrders", &json!({"order_ids": [gone]}));
    let moved = page(&mock, &json!({}))[7]["order_id"].clone();
    call(&mock, "setOrderStatus", &json!({"order_id": moved, "status_id": 6633}));
    let mut seen = BTreeSet::new();
    let mut from = 0;
    while let orders @ [_, ..] = &page(&mock, &json!({"id_from": from}))[..] {
        assert!(orders.iter().all(|order| seen.insert(number(order, "order_id"))));
        from = number(orders.last().expect("an order"), "order_id") + 1;
    }
    assert_eq!(seen.len(), 179);
    assert_eq!(page(&mock, &json!({"status_id": 6633})).len(), 1);
    let latest = page(&mock, &json!({"date_confirmed_from": EXAMPLE_TIME + 5}));
    assert_eq!(latest.iter().filter_map(|order| order["order_id"].as_u64()).collect::<Vec<_>>(), new);
}

#[test]
fn products_come_by_thousands() {
    let mock = seeded(ShopSettings { products: 2500, ..ShopSettings::default() });
    for method in ["getInventoryProductsList", "getInventoryProductsStock", "getInventoryProductsPrices"] {
        let count = |page: u32| {
            let reply = call(&mock, method, &json!({"inventory_id": 307, "page": page}));
            reply["products"].as_object().map_or(0, serde_json::Map::len)
        };
        assert_eq!((1..=4).map(count).collect::<Vec<_>>(), [1000, 1000, 500, 0], "{method}");
    }
    let with = call(&mock, "getInventoryProductsList", &json!({"inventory_id": 307, "page": 4, "include_variants": 1}));
    assert_eq!(with["products"].as_object().map(serde_json::Map::len), Some(500));
}
