//! Faults: what each looks like from outside, and whether the call was done.

use crate::raw::{call, call_with, start};
use baselinker_mock::Fault;
use serde_json::json;

#[test]
fn each_fault_looks_as_it_is_called() {
    // Status, start of the body, whether the body is whole, whether the call was done.
    let cases = [
        ("html", 200, "<html>", true, false),
        ("502", 502, "<html>", true, false),
        ("503", 503, "<html>", true, false),
        ("error=ERROR_STORAGE_ID", 200, r#"{"status":"ERROR","error_code":"ERROR_STORAGE_ID""#, true, false),
        ("drop", 0, "", false, false),
        ("empty", 200, "", true, true),
        ("null", 200, "null", true, true),
        ("no-status", 200, "{", true, true),
        ("truncated", 200, "{", false, true),
        ("cut-json", 200, "{", true, true),
        ("slow=5", 200, "{", true, true),
        ("drop-after-write", 0, "", false, true),
        ("quirks=3", 200, "{", true, true),
        ("unheard-of", 200, r#"{"status":"ERROR","error_code":"ERROR_MOCK_FAULT""#, true, false),
    ];
    for (fault, status, start_of_body, whole, done) in cases {
        let mock = start(|_| {});
        let answer = call_with(&mock, "setOrderStatus", &json!({"order_id": 143_476_260, "status_id": 6633}), fault);
        assert_eq!((answer.status, answer.whole), (status, whole), "{fault}: {answer:?}");
        assert!(answer.body.starts_with(start_of_body), "{fault}: {answer:?}");
        let order = call(&mock, "getOrders", &json!({"order_id": 143_476_260}));
        assert_eq!(order["orders"][0]["order_status_id"] == 6633, done, "{fault}");
        assert_eq!(mock.counts("setOrderStatus").executed, u64::from(done), "{fault}");
    }
}

#[test]
fn a_block_may_be_asked_for() {
    let mock = start(|settings| settings.calls_per_minute = 100);
    assert_eq!(call_with(&mock, "getOrders", &json!({}), "block").code(), "ERROR_BLOCKED_TOKEN");
    assert_eq!(call_with(&mock, "getOrders", &json!({}), "").code(), "ERROR_BLOCKED_TOKEN");
}

#[test]
fn queued_faults_come_in_turn_and_chance_comes_out_the_same_again() {
    let mock = start(|_| {});
    mock.queue_fault(Fault::Null);
    mock.queue_fault(Fault::Empty);
    let bodies: Vec<String> = (0..3).map(|_| call_with(&mock, "getOrders", &json!({}), "").body).collect();
    assert_eq!((bodies[0].as_str(), bodies[1].as_str()), ("null", ""));
    assert!(bodies[2].starts_with('{'));

    let run = || {
        let mock =
            start(|settings| settings.odds = vec!["502=0.2".parse().expect("odds"), "null=0.2".parse().expect("odds")]);
        (0..200).map(|_| call_with(&mock, "getOrderStatusList", &json!({}), "").body.len()).collect::<Vec<_>>()
    };
    let first = run();
    assert_eq!(first, run());
    assert!((20..80).contains(&first.iter().filter(|length| **length == 4).count()), "{first:?}");
}

#[test]
fn quirks_bend_numbers_and_lose_nothing() {
    let mock = start(|settings| {
        settings.shop.orders = 100;
        settings.quirks = 3;
    });
    let reply = call(&mock, "getOrders", &json!({}));
    let orders = reply["orders"].as_array().expect("orders");
    assert_eq!(orders.len(), 100);
    let texts = orders.iter().filter(|order| order["order_id"].is_string()).count();
    assert!((5..95).contains(&texts), "{texts}");
    assert!(orders.iter().all(|order| !order["order_id"].is_null()));
    assert!(orders.iter().any(|order| order.get("mock_undocumented").is_some()));
    assert!(orders.iter().any(|order| order.get("delivery_point_id").is_none()), "nothing as a key that is missing");
    assert!(orders.iter().all(|order| order.get("email").is_some()), "what means something is never lost");
}

#[test]
fn through_every_fault_the_mock_counts_what_was_done() {
    let odds = ["html=0.03", "502=0.03", "drop=0.03", "empty=0.03", "null=0.03", "no-status=0.03", "truncated=0.03"];
    let more = ["cut-json=0.03", "drop-after-write=0.03", "slow=1=0.03", "quirks=3=0.1", "error=ERROR_X=0.03"];
    let mock = start(|settings| {
        settings.odds = odds.iter().chain(&more).map(|odds| odds.parse().expect("odds")).collect();
        settings.keep_calls = 10_000;
    });
    for number in 0..2000 {
        let sent = json!({
            "order_status_id": 6624, "date_add": 1, "currency": "PLN", "products": [], "extra_field_1": number.to_string(),
            "email": "run@example.com",
        });
        call_with(&mock, "addOrder", &sent, "");
    }
    mock.set_odds(Vec::new());
    let counts = mock.counts("addOrder");
    let found = call(&mock, "getOrdersByEmail", &json!({"email": "run@example.com"}));
    let found = found["orders"].as_array().map_or(0, Vec::len);
    assert_eq!((counts.received, counts.executed), (2000, found as u64));
    let done = mock.calls().iter().filter(|call| call.method == "addOrder" && call.executed).count();
    assert_eq!(done, found);
    assert!((1500..2000).contains(&found), "{found}");
}
