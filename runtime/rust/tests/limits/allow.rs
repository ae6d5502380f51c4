//! Methods that a client may not call are not sent.

use baselinker_runtime::{Error, Refusal};
use serde_json::json;

use super::api::{Add, Get};
use super::fake::Fake;

#[tokio::test(start_paused = true)]
async fn only_what_is_allowed_is_sent() {
    let fake = Fake::default();
    let client = fake.builder("4-allow").allow(["get"]).allow([String::from("getOther")]).build();
    let client = client.expect("sound settings");
    client.call(&Get).await.expect("a reply");
    client.call_raw("getOther", &json!({})).await.expect("a reply");
    for error in [
        client.call(&Add).await.unwrap_err(),
        client.call_raw("add", &json!({})).await.unwrap_err(),
        client.with_timeout(std::time::Duration::from_secs(1)).call(&Add).await.unwrap_err(),
    ] {
        assert!(matches!(&error, Error::Refused { why: Refusal::NotAllowed, .. }), "{error:?}");
        assert_eq!(error.to_string(), "add: not sent, because the client may not call it; name it in `allow`");
        assert!(error.is_without_effect());
    }
    assert_eq!(fake.methods(), ["get", "getOther"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_allowed_may_still_be_no_read() {
    let fake = Fake::default();
    let client = fake.builder("4-read").allow(["add"]).read_only().build().expect("sound settings");
    let error = client.call(&Add).await.unwrap_err();
    assert!(matches!(&error, Error::Refused { why: Refusal::ReadOnly, .. }), "{error:?}");
    assert_eq!(fake.count(), 0);
}
