//! Reading orders by their numbers, where a reply has something in it that is no order.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;

use baselinker_client::types::OrderId;
use baselinker_examples::{Settings, Summary, read_orders, run};
use baselinker_mock::{MockServer, Settings as MockSettings};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A line of a record: what comes for the orders from a number on.
fn exchange(from: i64, orders: &Value) -> String {
    let parameters = json!({"id_from": from, "get_unconfirmed_orders": true});
    let reply = json!({"status": "SUCCESS", "orders": orders});
    json!({"method": "getOrders", "parameters": parameters, "reply": reply}).to_string()
}

#[tokio::test]
async fn orders_behind_something_odd_are_not_taken_for_gone() {
    let cases = [(json!([{"order_id": 1}, "odd"]), vec![1, 3]), (json!(["odd"]), vec![3])];
    for (first, expected) in cases {
        let lines = [exchange(1, &first), exchange(3, &json!([{"order_id": 3}]))];
        assert_eq!(orders_1_and_3(&lines.join("\n")).await, expected, "{first}");
    }
}

/// What the programs read of two orders, when the API answers by a record.
async fn orders_1_and_3(lines: &str) -> Vec<i64> {
    let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let record = folder.path().join("record.jsonl");
    fs::write(&record, lines).expect("a writable folder");
    let mock = MockServer::start(MockSettings { replay: Some(record), ..MockSettings::default() }).expect("a mock");
    let settings = Settings {
        token: "1-2-secret".to_owned(),
        endpoint: Some(mock.url()),
        database: folder.path().join("flow.db"),
        calls_per_minute: 100,
        dry_run: false,
        every: None,
    };
    let found = RefCell::new(Vec::new());
    run(
        &settings,
        "",
        || Summary::new("orders", &[]),
        async |session| {
            let wanted = BTreeSet::from([1, 3].map(OrderId));
            let orders = read_orders(session, &session.client, wanted).await?;
            found.borrow_mut().extend(orders.iter().map(|order| order.order_id.0));
            Ok(())
        },
    )
    .await;
    found.into_inner()
}
