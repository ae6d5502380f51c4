//! What follows an order: copies, parts, invoices, receipts, labels, and the events that tell of them.

use crate::raw::{call, call_with, start};
use baselinker_mock::{EXAMPLE_TIME, MockServer};
use serde_json::{Value, json};

/// An order of two lines, 3 pens for 10.00 and 1 book for 20.00, with delivery for 9.00.
fn add_order(mock: &MockServer) -> Value {
    let line = |name: &str, price: u32, quantity: u32| json!({"name": name, "price_brutto": price, "tax_rate": 23, "quantity": quantity});
    let sent = json!({"order_status_id": 6624, "date_add": EXAMPLE_TIME, "currency": "PLN", "delivery_price": 9,
        "invoice_fullname": "Jan Nowak", "products": [line("Pen", 10, 3), line("Book", 20, 1)]});
    call(mock, "addOrder", &sent)["order_id"].clone()
}

fn order(mock: &MockServer, id: &Value) -> Value {
    call(mock, "getOrders", &json!({"order_id": id}))["orders"][0].clone()
}

/// The pieces of each line.
fn pieces(order: &Value) -> Vec<u64> {
    order["products"].as_array().into_iter().flatten().filter_map(|line| line["quantity"].as_u64()).collect()
}

/// The events of an order, each with its object.
fn events(mock: &MockServer, id: &Value) -> Vec<(u64, u64)> {
    let logs = call(mock, "getJournalList", &json!({"order_id": id}))["logs"].clone();
    let number = |log: &Value, name: &str| log[name].as_u64().unwrap_or_default();
    logs.as_array().into_iter().flatten().map(|log| (number(log, "log_type"), number(log, "object_id"))).collect()
}

fn int(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value}"))
}

#[test]
fn an_order_is_copied_split_and_merged() {
    let mock = start(|_| {});
    let id = add_order(&mock);
    let copy = call(&mock, "addOrderDuplicate", &json!({"order_id": id}))["order_id"].clone();
    assert_eq!(pieces(&order(&mock, &copy)), [3, 1]);
    assert_ne!(
        order(&mock, &copy)["products"][0]["order_product_id"],
        order(&mock, &id)["products"][0]["order_product_id"]
    );

    let pen = order(&mock, &id)["products"][0]["order_product_id"].clone();
    let split = |pieces: u32, delivery: u32| {
        let items = json!([{"order_product_id": pen, "quantity": pieces}]);
        json!({"order_id": id, "items_to_split": items, "delivery_cost_to_split": delivery})
    };
    assert_eq!(call_with(&mock, "addOrderBySplit", &split(4, 0), "").code(), "ERROR_MOCK_AMOUNT");
    assert_eq!(call_with(&mock, "addOrderBySplit", &split(2, 10), "").code(), "ERROR_MOCK_AMOUNT");
    assert_eq!(pieces(&order(&mock, &id)), [3, 1], "what is refused changes nothing");
    let part = call(&mock, "addOrderBySplit", &split(2, 4))["new_order_id"].clone();
    let (left, split_off) = (order(&mock, &id), order(&mock, &part));
    assert_eq!((pieces(&left), pieces(&split_off)), (vec![1, 1], vec![2]));
    assert_eq!((&left["delivery_price"], &split_off["delivery_price"]), (&json!(5), &json!(4)));

    let merge = json!({"main_order_id": id, "order_ids_to_merge": [part, copy], "merge_mode": "into_main_order",
        "sum_delivery_costs": true});
    assert_eq!(call(&mock, "setOrdersMerge", &merge)["merged_order_id"], id);
    let merged = order(&mock, &id);
    assert_eq!((pieces(&merged), &merged["delivery_price"]), (vec![1, 1, 2, 3, 1], &json!(18)));
    assert_eq!(order(&mock, &part), Value::Null);
    let (part, copy) = (int(&part), int(&copy));
    assert_eq!(events(&mock, &id), [(1, 0), (2, 0), (17, copy), (6, part), (5, part), (5, copy)]);

    let (one, other) = (add_order(&mock), add_order(&mock));
    let merge = json!({"main_order_id": one, "order_ids_to_merge": [other], "merge_mode": "technical_merge"});
    let made = call(&mock, "setOrdersMerge", &merge)["merged_order_id"].clone();
    assert_eq!([&made, &one, &other].map(|id| pieces(&order(&mock, id)).len()), [4, 2, 2]);
}

#[test]
fn invoices_and_receipts_are_issued_listed_and_have_files() {
    let mock = start(|_| {});
    let id = add_order(&mock);
    let invoice = call(&mock, "addInvoice", &json!({"order_id": id, "series_id": 1}))["invoice_id"].clone();
    let found = call(&mock, "getInvoices", &json!({"id_from": invoice}))["invoices"].clone();
    assert_eq!((&found[0]["order_id"], &found[0]["total_price_brutto"]), (&id, &json!(59)));
    assert_eq!(
        (&found[0]["invoice_fullname"], found[0]["items"].as_array().map(Vec::len)),
        (&json!("Jan Nowak"), Some(3))
    );
    let file = |external: bool| {
        let sent = json!({"invoice_id": invoice, "get_external": external});
        call(&mock, "getInvoiceFile", &sent)["invoice"].as_str().unwrap_or_default().to_owned()
    };
    assert!(file(true).starts_with("data:JVBER"), "{}", file(true));
    let sent = json!({"invoice_id": invoice, "file": "data:QUJD", "external_invoice_number": "FS 1"});
    call(&mock, "addOrderInvoiceFile", &sent);
    assert_eq!((file(true).as_str(), file(false).starts_with("data:JVBER")), ("data:QUJD", true));
    let correction = json!({"original_invoice_id": invoice, "correcting_reason": 5, "invoice_fullname": "Jan Nowy"});
    let correction = call(&mock, "addInvoiceCorrection", &correction)["invoice_id"].clone();
    let found = call(&mock, "getInvoices", &json!({"order_id": id}))["invoices"].clone();
    assert_eq!((&found[1]["invoice_id"], &found[1]["correcting_to_invoice_id"]), (&correction, &invoice));
    assert_eq!(found[0]["external_invoice_number"], "FS 1");
    assert!(found[0].get("mock_file").is_none(), "{found}");

    let receipt = call(&mock, "addReceipt", &json!({"order_id": id}))["receipt_id"].clone();
    let waiting = || call(&mock, "getNewReceipts", &json!({"id_from": receipt}))["orders"].as_array().map(Vec::len);
    assert_eq!(waiting(), Some(1));
    let printed = json!({"receipt_id": receipt, "receipt_nr": "FP 1", "date": EXAMPLE_TIME, "printer_error": false});
    call(&mock, "setOrderReceipt", &printed);
    assert_eq!(waiting(), Some(0));
    let read = call(&mock, "getReceipt", &json!({"order_id": id}));
    assert_eq!((&read["receipt_id"], read["items"].as_array().map(Vec::len)), (&receipt, Some(2)));
    assert_eq!(events(&mock, &id), [(1, 0), (2, 0), (7, int(&invoice)), (8, 0)]);
}

#[test]
fn a_package_has_a_label_and_a_history() {
    let mock = start(|_| {});
    let id = add_order(&mock);
    let sent = json!({"order_id": id, "courier_code": "dpd", "fields": [], "packages": []});
    let made = call(&mock, "createPackage", &sent)["package_id"].clone();
    let label = call(&mock, "getLabel", &json!({"courier_code": "dpd", "package_id": made}))["label"].clone();
    assert!(label.as_str().is_some_and(|label| !label.is_empty() && !label.starts_with("data:")), "{label}");
    let missing = call_with(&mock, "getLabel", &json!({"courier_code": "dpd", "package_id": 1}), "");
    assert_eq!(missing.code(), "ERROR_MOCK_NOT_FOUND");
    let history = call(&mock, "getCourierPackagesStatusHistory", &json!({"package_ids": [made, 1]}));
    let history = history["packages_history"].as_object().cloned().expect("a map");
    assert_eq!(history.keys().cloned().collect::<Vec<_>>(), [made.to_string()]);
}

#[test]
fn returns_change_in_bulk_and_line_by_line() {
    let mock = start(|_| {});
    let sent = json!({"order_id": 1, "status_id": 7101, "date_add": EXAMPLE_TIME, "currency": "PLN", "refunded": false,
        "products": [{"name": "Pen", "quantity": 2}, {"name": "Book", "quantity": 1}]});
    let ids = [0, 1].map(|_| call(&mock, "addOrderReturn", &sent)["return_id"].clone());
    call(&mock, "setOrderReturnStatuses", &json!({"return_ids": ids, "status_id": 7104}));
    let found = |id: &Value| call(&mock, "getOrderReturns", &json!({"return_id": id}))["returns"][0].clone();
    assert!(ids.iter().all(|id| found(id)["status_id"] == 7104));
    let line = |at: usize| found(&ids[0])["products"][at]["order_return_product_id"].clone();
    let change = json!({"return_id": ids[0], "order_return_product_id": line(1), "quantity": 5});
    call(&mock, "setOrderReturnProductFields", &change);
    call(&mock, "deleteOrderReturnProduct", &json!({"return_id": ids[0], "order_return_product_id": line(0)}));
    assert_eq!(pieces(&found(&ids[0])), [5]);
    assert_eq!(pieces(&found(&ids[1])), [2, 1]);
}
