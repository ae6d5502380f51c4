//! What keeps a mock from starting, told with its place.

use std::path::PathBuf;

use baselinker_mock::{MockServer, Settings};

use crate::raw::start;

fn refusal(change: impl Fn(&mut Settings)) -> String {
    let mut settings = Settings::default();
    change(&mut settings);
    MockServer::start(settings).expect_err("it cannot start").to_string()
}

#[test]
fn what_is_in_the_way_is_named() {
    let nowhere = PathBuf::from("/nowhere/calls.jsonl");
    let replay = refusal(|settings| settings.replay = Some(nowhere.clone()));
    assert!(replay.starts_with("cannot replay /nowhere/calls.jsonl: "), "{replay}");
    let record = refusal(|settings| settings.record = Some(nowhere.clone()));
    assert!(record.starts_with("cannot record to /nowhere/calls.jsonl: "), "{record}");

    let other = start(|_| {});
    let address = other.url().trim_start_matches("http://").trim_end_matches("/connector.php").to_owned();
    let taken = refusal(|settings| settings.address = address.parse().expect("an address"));
    assert!(taken.starts_with(&format!("cannot listen on {address}: ")), "{taken}");
}
