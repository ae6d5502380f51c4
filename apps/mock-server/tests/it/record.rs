//! Recording an exchange and answering from it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::raw::{TOKEN, call, call_with, start};

#[test]
fn what_was_recorded_answers_again_without_personal_data() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("record.jsonl");
    // One of an earlier run may be there still.
    let _ = fs::remove_file(&path);
    let question = json!({"filter_email": "anna.kowalska@example.com"});
    {
        let mock = start(|settings| settings.record = Some(path.clone()));
        assert_eq!(call(&mock, "getOrders", &question)["orders"][0]["order_id"], 143_476_260);
        call_with(&mock, "setOrderStatus", &json!({"order_id": 1, "status_id": 1}), "");
    }
    let text = fs::read_to_string(&path).expect("a record");
    assert_eq!(text.lines().count(), 2);
    for secret in [TOKEN.1, "Kowalska", "kowalska", "48500100200", "ugosz", "Długa"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }

    let mock = start(|settings| {
        settings.replay = Some(path.clone());
        settings.shop.orders = 1;
    });
    let again = call(&mock, "getOrders", &question);
    assert_eq!(
        (&again["orders"][0]["order_id"], &again["orders"][0]["email"]),
        (&json!(143_476_260), &json!("scrubbed"))
    );
    let refused = call_with(&mock, "setOrderStatus", &json!({"order_id": 1, "status_id": 1}), "");
    assert_eq!(refused.code(), "ERROR_MOCK_NOT_FOUND");
    assert_ne!(call(&mock, "getOrders", &json!({}))["orders"][0]["order_id"], Value::from(143_476_260));
    fs::remove_file(&path).expect("the record removed");
}
