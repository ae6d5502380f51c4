//! The wire: forms, tokens, errors, and the example of every method.

use crate::raw::{FORM, TOKEN, call, call_with, form, post, start};
use serde_json::{Value, json};

#[test]
fn errors_come_as_envelopes_at_status_200() {
    let mock = start(|settings| settings.tokens = vec![TOKEN.1.to_owned()]);
    let json = ("content-type", "application/json");
    let list = form("getOrderStatusList", &json!({}));
    let cases: [(&str, &[(&str, &str)], &str); 8] = [
        ("ERROR_UNKNOWN_METHOD", &[json, TOKEN], &list),
        ("ERROR_UNKNOWN_METHOD", &[TOKEN], &list),
        ("ERROR_EMPTY_TOKEN", &[FORM], &list),
        ("ERROR_BAD_TOKEN", &[FORM, ("x-bltoken", "other")], &list),
        ("ERROR_EMPTY_METHOD", &[FORM, TOKEN], "parameters={}"),
        ("ERROR_UNKNOWN_METHOD", &[FORM, TOKEN], "method=getNothing"),
        ("ERROR_PARSE_JSON_PARAMETERS", &[FORM, TOKEN], "method=getOrders&parameters={"),
        ("ERROR_MOCK_MISSING_PARAMETER", &[FORM, TOKEN], "method=setOrderStatus&parameters={}"),
    ];
    for (code, headers, body) in cases {
        let answer = post(mock.address(), headers, body);
        assert_eq!((answer.status, answer.code()), (200, code.to_owned()), "{body}");
        assert_eq!(answer.json()["status"], "ERROR");
    }
    let bad = post(mock.address(), &[FORM, ("x-bltoken", "other")], &list).json();
    assert_eq!(bad["error_message"], "Invalid user token");
}

#[test]
fn parameters_may_be_missing_and_the_token_may_stand_in_the_form() {
    let mock = start(|_| {});
    for parameters in ["", "&parameters=", "&parameters=[]", "&parameters={}", "&parameters=%7B%22misspelt%22%3A1%7D"] {
        let answer = post(mock.address(), &[FORM, TOKEN], &format!("method=getOrderStatusList{parameters}"));
        assert_eq!(answer.json()["status"], "SUCCESS", "{parameters}");
    }
    let charset = ("content-type", "application/x-www-form-urlencoded; charset=UTF-8");
    let answer = post(mock.address(), &[charset], "token=1-2-3&method=getOrderStatusList");
    assert_eq!(answer.json()["status"], "SUCCESS");
    assert_eq!(mock.calls().last().map(|call| call.token.clone()), Some("1-2-3".to_owned()));
}

#[test]
fn json_is_written_as_php_writes_it() {
    let mock = start(|_| {});
    let answer = call_with(&mock, "getOrders", &json!({"order_id": 143_476_260}), "");
    assert!(answer.head.to_ascii_lowercase().contains("content-type: application/json"), "{}", answer.head);
    assert!(answer.body.contains(r"ul. D\u0142uga 12\/3"), "{}", answer.body);
    let empty = call(&mock, "getInventoryProductsList", &json!({"inventory_id": 307, "page": 99}));
    assert_eq!(empty["products"], json!([]));
}

/// The spec as the tests read it, apart from how the mock does.
fn methods() -> serde_json::Map<String, Value> {
    let api: Value = serde_json::from_str(include_str!("../../../../generated/api.json")).expect("JSON");
    api["methods"].as_object().cloned().expect("methods")
}

#[test]
fn every_method_takes_its_example_in_strict_mode_and_stateless_ones_answer_with_it() {
    for (name, method) in methods() {
        let mock = start(|settings| settings.strict = true);
        let answer = call_with(&mock, &name, &method["example"]["request"], "").json();
        // A stateful method may find that what its example names is not in the shop.
        let stateful = mock.stateful_methods().contains(&name.as_str());
        if stateful {
            let code = answer["error_code"].as_str().unwrap_or("ERROR_MOCK_NOT_FOUND");
            assert_eq!(code, "ERROR_MOCK_NOT_FOUND", "{name}: {answer}");
            continue;
        }
        let mut expected = method["example"]["reply"].clone();
        expected["status"] = json!("SUCCESS");
        let same = normal(&answer) == normal(&expected);
        let asked = method["reply"].to_string().contains("only_with");
        assert!(same || asked, "{name}:\n{answer}\n{expected}");
    }
}

/// PHP knows no empty object, and writes 5.0 as 5.
fn normal(value: &Value) -> Value {
    match value {
        Value::Object(map) if map.is_empty() => json!([]),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), normal(value))).collect(),
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Number(number) => json!(number.as_f64()),
        other => other.clone(),
    }
}

#[test]
fn stateful_methods_are_methods_and_there_are_many() {
    let mock = start(|_| {});
    let (stateful, all) = (mock.stateful_methods(), mock.methods());
    assert!(stateful.len() >= 35, "{}", stateful.len());
    assert!(stateful.iter().all(|name| all.iter().any(|(known, _)| known == name)));
}

#[test]
fn strict_mode_reports_what_the_api_would_ignore() {
    let mock = start(|settings| settings.strict = true);
    let sent = json!({"date_form": 1, "status_id": "many"});
    let answer = call_with(&mock, "getOrders", &sent, "");
    assert_eq!(answer.code(), "ERROR_MOCK_STRICT");
    let findings = mock.calls().pop().map(|call| call.findings).unwrap_or_default();
    assert_eq!(findings.len(), 2, "{findings:?}");
    let easy = start(|_| {});
    assert_eq!(call_with(&easy, "getOrders", &json!({"date_form": 1}), "").json()["status"], "SUCCESS");
}
