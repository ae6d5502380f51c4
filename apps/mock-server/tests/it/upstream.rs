//! Passing calls on to an API, which here is a second mock, and recording them.

use std::fs;
use std::path::{Path, PathBuf};

use baselinker_mock::{Fault, MockServer};
use serde_json::{Value, json};

use crate::raw::{Answer, FORM, TOKEN, call, call_with, form, post, start};

/// A file that is not there yet, and is gone after the test.
struct Record(PathBuf);

impl Record {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("upstream-{name}.jsonl"));
        // One of an earlier run may be there still.
        let _ = fs::remove_file(&path);
        Self(path)
    }

    fn lines(&self) -> Vec<Value> {
        let text = fs::read_to_string(&self.0).expect("a record");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        // It was never made if the test failed early.
        let _ = fs::remove_file(&self.0);
    }
}

/// An API with one account, and a mock that passes calls on to it.
fn pair(record: &Record) -> (MockServer, MockServer) {
    let api = start(|settings| settings.tokens = vec![TOKEN.1.to_owned()]);
    let proxy = start(|settings| {
        settings.record = Some(record.0.clone());
        settings.upstream = Some(api.url().parse().expect("an address of this machine"));
        // Its own settings mean nothing.
        settings.tokens = vec!["nobody".to_owned()];
        settings.quirks = 3;
    });
    (api, proxy)
}

fn same(one: &Answer, other: &Answer) -> bool {
    (one.status, &one.body) == (other.status, &other.body)
}

#[test]
fn what_the_api_answers_comes_back_byte_for_byte_and_is_recorded_without_secrets() {
    let record = Record::new("same");
    let (api, proxy) = pair(&record);
    let question = json!({"filter_email": "anna.kowalska@example.com"});
    for (method, parameters) in [("getOrders", &question), ("getInventories", &json!({})), ("noSuch", &json!({}))] {
        let (direct, passed) =
            (call_with(&api, method, parameters, ""), call_with(&proxy, method, parameters, "error=ERROR_X"));
        assert!(same(&direct, &passed), "{method}: {} {}", direct.body, passed.body);
    }
    call(&proxy, "addInventoryManufacturer", &json!({"name": "Outlet"}));
    assert_eq!(
        (api.counts("addInventoryManufacturer").executed, proxy.counts("addInventoryManufacturer").executed),
        (1, 1)
    );

    let stranger = post(proxy.address(), &[FORM, ("x-bltoken", "5-6-STRANGER")], &form("getOrders", &question));
    assert_eq!(stranger.code(), "ERROR_BAD_TOKEN");
    let in_the_form = format!("{}&token={}", form("getInventories", &json!({})), TOKEN.1);
    assert_eq!(post(proxy.address(), &[FORM], &in_the_form).json()["status"], "SUCCESS");
    assert!(proxy.calls().iter().all(|call| call.token.is_empty()));

    assert_eq!(record.lines().len(), 6);
    let text = fs::read_to_string(&record.0).expect("a record");
    for secret in [TOKEN.1, "STRANGER", "Kowalska", "kowalska", "48500100200", "ugosz", "Długa"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let replay = start(|settings| {
        settings.replay = Some(record.0.clone());
        settings.shop.orders = 1;
    });
    assert_eq!(call(&replay, "getOrders", &question)["orders"][0]["order_id"], 143_476_260);
}

#[test]
fn a_token_in_the_text_of_an_error_is_not_recorded() {
    let (record, odd) = (Record::new("echo"), Record::new("odd"));
    let reply = json!({"status": "ERROR", "error_code": "ERROR_ODD", "error_message": format!("{} is odd", TOKEN.1)});
    let line = json!({"method": "getOrders", "parameters": {}, "reply": reply});
    fs::write(&odd.0, line.to_string()).expect("a file");
    let api = start(|settings| settings.replay = Some(odd.0.clone()));
    let proxy = start(|settings| {
        settings.record = Some(record.0.clone());
        settings.upstream = Some(api.url().parse().expect("an address of this machine"));
    });
    assert_eq!(call_with(&proxy, "getOrders", &json!({}), "").json(), reply);
    assert_eq!(record.lines()[0]["reply"]["error_message"], "scrubbed is odd");
}

#[test]
fn what_is_no_reply_comes_back_as_it_is_and_is_not_recorded() {
    let record = Record::new("broken");
    let (api, proxy) = pair(&record);
    for fault in [Fault::Status(503), Fault::Html, Fault::Empty, Fault::Null, Fault::CutJson] {
        let [direct, passed] = [&api, &proxy].map(|mock| {
            api.queue_fault(fault.clone());
            call_with(mock, "getInventories", &json!({}), "")
        });
        assert!(same(&direct, &passed), "{fault}: {} {}", direct.body, passed.body);
    }
    for fault in [Fault::Drop, Fault::Truncated] {
        api.queue_fault(fault.clone());
        let passed = call_with(&proxy, "getInventories", &json!({}), "");
        assert_eq!(passed.status, 502, "{fault}");
        assert!(passed.body.starts_with(&format!("no answer of {}: ", api.address())), "{fault}: {}", passed.body);
    }
    let address = api.address();
    drop(api);
    let passed = call_with(&proxy, "getInventories", &json!({}), "");
    assert_eq!(passed.status, 502);
    assert!(passed.body.contains(&format!("no connection to {address}")), "{}", passed.body);
    assert!(!passed.body.contains(TOKEN.1));
    assert_eq!(record.lines(), [] as [Value; 0]);
}
