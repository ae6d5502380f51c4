//! The shop: what one call writes, another reads.

use crate::raw::{call, call_with, start};
use baselinker_mock::{EXAMPLE_TIME, MockServer};
use serde_json::{Value, json};

fn order(mock: &MockServer, id: &Value) -> Value {
    call(mock, "getOrders", &json!({"order_id": id, "include_custom_extra_fields": true}))["orders"][0].clone()
}

fn add_order(mock: &MockServer) -> Value {
    let pen = json!({"name": "Pen", "price_brutto": 12.5, "tax_rate": 23, "quantity": 2});
    let sent = json!({
        "order_status_id": 6624, "date_add": EXAMPLE_TIME, "currency": "PLN", "email": "jan@example.com",
        "phone": "+48111", "delivery_price": "9.99", "delivery_country_code": "DE", "want_invoice": "1",
        "custom_extra_fields": {"7": {"title": "a.pdf", "file": "data:AAAA"}}, "products": [pen],
    });
    call(mock, "addOrder", &sent)["order_id"].clone()
}

/// The types of the events since this one.
fn events(mock: &MockServer, last: &Value) -> Vec<Value> {
    let logs = call(mock, "getJournalList", &json!({"last_log_id": last}))["logs"].clone();
    logs.as_array().into_iter().flatten().map(|log| log["log_type"].clone()).collect()
}

#[test]
fn an_order_is_added_found_changed_paid_and_deleted() {
    let mock = start(|_| {});
    let id = add_order(&mock);
    let added = order(&mock, &id);
    assert_eq!((&added["want_invoice"], &added["delivery_country"]), (&json!(true), &json!("Niemcy")));
    assert!(added["custom_extra_fields"]["7"]["url"].as_str().is_some_and(|url| url.ends_with("a.pdf")));
    assert_eq!(call(&mock, "getOrdersByEmail", &json!({"email": "jan@example.com"}))["orders"][0]["order_id"], id);
    assert_eq!(call(&mock, "getOrdersByPhone", &json!({"phone": "+48111"}))["orders"][0]["order_id"], id);

    call(&mock, "setOrderFields", &json!({"order_id": id, "admin_comments": "Call", "delivery_city": "Sopot"}));
    call(&mock, "setOrderStatuses", &json!({"order_ids": [id], "status_id": 6627}));
    call(
        &mock,
        "setOrderPayment",
        &json!({
            "order_id": id, "payment_done": 34.99, "payment_date": EXAMPLE_TIME, "payment_comment": "",
        }),
    );
    let changed = order(&mock, &id);
    assert_eq!(changed["admin_comments"], "Call");
    assert_eq!(changed["order_status_id"], 6627);
    assert_eq!(changed["payment_done"], 34.99);
    let history = call(&mock, "getOrderPaymentsHistory", &json!({"order_id": id, "show_full_history": true}));
    assert_eq!(history["payments"][0]["paid_after"], 34.99);
    assert_eq!(call(&mock, "getOrderPaymentsHistory", &json!({"order_id": id}))["payments"], json!([]));

    assert_eq!(call(&mock, "deleteOrders", &json!({"order_ids": [id, 1]}))["deleted_order_ids"], json!([id]));
    assert_eq!(call(&mock, "getOrders", &json!({"order_id": id}))["orders"], json!([]));
    assert_eq!(events(&mock, &json!(0)), [1, 2, 11, 16, 18, 3, 4].map(Value::from));
    let gone = call_with(&mock, "setOrderStatus", &json!({"order_id": id, "status_id": 6627}), "");
    assert_eq!(gone.code(), "ERROR_MOCK_NOT_FOUND");
}

#[test]
fn lines_are_added_changed_and_removed() {
    let mock = start(|_| {});
    let id = add_order(&mock);
    let line =
        call(&mock, "addOrderProduct", &json!({"order_id": id, "name": "Ink", "quantity": 1, "price_brutto": 5}));
    let line = line["order_product_id"].clone();
    call(&mock, "setOrderProductFields", &json!({"order_id": id, "order_product_id": line, "quantity": 4}));
    assert_eq!(order(&mock, &id)["products"][1]["quantity"], 4);
    call(&mock, "deleteOrderProduct", &json!({"order_id": id, "order_product_id": line}));
    assert_eq!(order(&mock, &id)["products"].as_array().map(Vec::len), Some(1));
    assert_eq!(events(&mock, &json!(0)), [1, 2, 12, 13, 14].map(Value::from));
}

#[test]
fn the_journal_keeps_three_days_and_filters() {
    let mock = start(|_| {});
    let (first, second) = (add_order(&mock), add_order(&mock));
    let logs = call(&mock, "getJournalList", &json!({"logs_types": [1], "order_id": second}))["logs"].clone();
    assert_eq!((logs.as_array().map(Vec::len), &logs[0]["order_id"]), (Some(1), &second));
    let last = call(&mock, "getJournalList", &json!({}))["logs"][3]["log_id"].clone();
    assert_eq!(events(&mock, &last), Vec::<Value>::new());
    mock.clock().advance(std::time::Duration::from_secs(3 * 24 * 3600 + 1));
    call(&mock, "setOrderStatus", &json!({"order_id": first, "status_id": 6630}));
    assert_eq!(events(&mock, &json!(0)), [18].map(Value::from));
}

#[test]
fn products_stock_and_prices() {
    let mock = start(|_| {});
    let sent = json!({"inventory_id": 307, "sku": "INK-1", "prices": {"105": 9.5}, "stock": {"bl_206": 3},
        "text_fields": {"name": "Ink"}});
    let id = call(&mock, "addInventoryProduct", &sent)["product_id"].clone();
    let key = id.to_string();
    let variant = json!({"inventory_id": 307, "parent_id": id, "text_fields": {"name": "Ink, red"}});
    let variant = call(&mock, "addInventoryProduct", &variant)["product_id"].to_string();
    let done = call(
        &mock,
        "updateInventoryProductsStock",
        &json!({
            "inventory_id": 307, "products": {&key: {"bl_207": 8}, "1": {"bl_206": 1}},
        }),
    );
    assert_eq!((&done["counter"], done["warnings"].get("1").is_some()), (&json!(1), true));
    call(&mock, "updateInventoryProductsPrices", &json!({"inventory_id": 307, "products": {&variant: {"105": 7}}}));
    let stock = call(&mock, "getInventoryProductsStock", &json!({"inventory_id": 307}));
    assert_eq!(stock["products"][&key]["stock"], json!({"bl_206": 3, "bl_207": 8}));
    let prices = call(&mock, "getInventoryProductsPrices", &json!({"inventory_id": 307}));
    assert_eq!(prices["products"][&key]["variants"][&variant]["105"], 7);
    let data = call(&mock, "getInventoryProductsData", &json!({"inventory_id": 307, "products": [id]}));
    assert_eq!(data["products"][&key]["variants"][&variant]["name"], "Ink, red");
    let found = call(&mock, "getInventoryProductsList", &json!({"inventory_id": 307, "filter_sku": "INK-1"}));
    assert_eq!(found["products"].as_object().map(|found| found.keys().cloned().collect()), Some(vec![key]));
    let many: serde_json::Map<_, _> = (0..1001).map(|id| (id.to_string(), json!({"bl_206": 1}))).collect();
    let refused = call_with(&mock, "updateInventoryProductsStock", &json!({"inventory_id": 307, "products": many}), "");
    assert_eq!(refused.code(), "ERROR_MOCK_BATCH_TOO_LONG");
}

#[test]
fn packages_returns_and_credit() {
    let mock = start(|_| {});
    let id = add_order(&mock);
    let made =
        call(&mock, "createPackage", &json!({"order_id": id, "courier_code": "dpd", "fields": [], "packages": []}));
    call(
        &mock,
        "createPackageManual",
        &json!({
            "order_id": id, "courier_code": "ups", "package_number": "1Z", "pickup_date": EXAMPLE_TIME,
        }),
    );
    let packages = call(&mock, "getOrderPackages", &json!({"order_id": id}))["packages"].clone();
    assert_eq!((&packages[0]["package_id"], &packages[1]["courier_package_nr"]), (&made["package_id"], &json!("1Z")));
    assert_eq!(order(&mock, &id)["delivery_package_nr"], "1Z");
    call(&mock, "deleteCourierPackage", &json!({"courier_code": "ups", "package_number": "1Z"}));
    assert_eq!(call(&mock, "getOrderPackages", &json!({"order_id": id}))["packages"].as_array().map(Vec::len), Some(1));

    let sent =
        json!({"order_id": id, "status_id": 7101, "date_add": EXAMPLE_TIME, "currency": "PLN", "refunded": false});
    let back = call(&mock, "addOrderReturn", &sent)["return_id"].clone();
    call(&mock, "setOrderReturnStatus", &json!({"return_id": back, "status_id": 7104}));
    call(&mock, "addOrderReturnProduct", &json!({"return_id": back, "name": "Pen", "quantity": 1}));
    let found = call(&mock, "getOrderReturns", &json!({"order_id": id}))["returns"].clone();
    assert_eq!((&found[0]["return_id"], &found[0]["status_id"]), (&back, &json!(7104)));
    assert_eq!(found[0]["products"][0]["name"], "Pen");
    assert_eq!(call(&mock, "getOrderReturnJournalList", &json!({}))["logs"].as_array().map(Vec::len), Some(3));

    let settle = |amount: f64| {
        let sent = json!({"connect_contractor_id": 34, "amount": amount, "message": "Transfer"});
        call_with(&mock, "addConnectContractorCreditSettlement", &sent, "").json()
    };
    let number = |reply: &Value, name: &str| reply[name].as_f64().unwrap_or_default();
    let (first, settled) = (settle(10.5), settle(10.5));
    let (before, after) = (number(&first, "new_blocked_credit"), number(&settled, "new_blocked_credit"));
    assert!((before - after - 10.5).abs() < 0.001, "{first} {settled}");
    let (before, after) = (number(&first, "new_available_credit"), number(&settled, "new_available_credit"));
    assert!((after - before - 10.5).abs() < 0.001, "{first} {settled}");
    let more = number(&settled, "new_blocked_credit") + 0.01;
    assert_eq!(settle(more)["error_code"], "ERROR_MOCK_AMOUNT");
    let history = call(&mock, "getConnectContractorCreditHistory", &json!({"connect_contractor_id": 34}));
    assert_eq!(history["credit_data"][0]["credit_entry_id"], settled["credit_entry_id"]);
    let limit = json!({"connect_contractor_id": 34, "new_limit": 8000, "message": ""});
    assert_eq!(call(&mock, "setConnectContractorCreditLimit", &limit)["new_limit_set"], "8000.00 PLN");
}
