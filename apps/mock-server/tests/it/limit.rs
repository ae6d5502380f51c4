//! The limit of calls a minute and its block, on a clock that the test moves.

use std::time::Duration;

use crate::raw::{FORM, call_with, form, post, start};
use baselinker_mock::Clock;
use serde_json::json;

#[test]
fn the_call_past_the_limit_blocks_the_token_for_ten_minutes() {
    let mock = start(|settings| settings.calls_per_minute = 100);
    let call = || call_with(&mock, "getOrderStatusList", &json!({}), "").json();
    for number in 0..100 {
        assert_eq!(call()["status"], "SUCCESS", "{number}");
    }
    let blocked = call();
    assert_eq!(blocked["error_code"], "ERROR_BLOCKED_TOKEN");
    // 10:40:00 in Warsaw and ten minutes.
    assert_eq!(blocked["error_message"], "Query limit exceeded, token blocked until 2026-03-30 10:50:00");
    mock.clock().advance(Duration::from_secs(599));
    assert_eq!(call(), blocked);
    let other = post(mock.address(), &[FORM, ("x-bltoken", "another")], &form("getOrderStatusList", &json!({})));
    assert_eq!(other.json()["status"], "SUCCESS");
    mock.clock().advance(Duration::from_secs(1));
    assert_eq!(call()["status"], "SUCCESS");
    assert_eq!(mock.blocks(), 1);
    assert_eq!(mock.counts("getOrderStatusList").executed, 102);
    assert_eq!(mock.counts("getOrderStatusList").refused, 2);
}

#[test]
fn a_hundred_a_minute_is_never_blocked() {
    let mock = start(|settings| settings.calls_per_minute = 100);
    for number in 0..1000 {
        let reply = call_with(&mock, "getOrderStatusList", &json!({}), "").json();
        assert_eq!(reply["status"], "SUCCESS", "{number}");
        mock.clock().advance(Duration::from_millis(600));
    }
    assert_eq!(mock.blocks(), 0);
}

#[test]
fn a_fast_clock_makes_ten_minutes_a_moment() {
    let mock = start(|settings| {
        settings.calls_per_minute = 1;
        settings.clock = Clock::running(6000.0);
    });
    let call = || call_with(&mock, "getOrderStatusList", &json!({}), "").json();
    // A minute is ten milliseconds, which a busy machine may well take between two calls, but not between all of these.
    let mut replies = (0..1000).map(|_| call());
    assert!(replies.any(|reply| reply["error_code"] == "ERROR_BLOCKED_TOKEN"));
    std::thread::sleep(Duration::from_millis(150));
    assert_eq!(call()["status"], "SUCCESS");
}
