//! `GET /mock/report`: what programs in other languages ask a mock after a run.

use serde_json::{Map, Value, json};

use crate::mock::Mock;

/// The counts of all calls, and the last findings of strict mode.
pub(crate) fn report(mock: &Mock) -> Value {
    let state = mock.lock();
    let methods: Map<String, Value> = state
        .calls
        .counts
        .iter()
        .map(|(name, counts)| {
            let counts = json!({"received": counts.received, "executed": counts.executed, "refused": counts.refused});
            (name.clone(), counts)
        })
        .collect();
    let findings: Vec<Value> = state
        .calls
        .last
        .iter()
        .filter(|call| !call.findings.is_empty())
        .map(|call| json!({"call": call.number, "method": call.method, "findings": call.findings}))
        .collect();
    json!({"methods": methods, "blocks": state.limiter.blocks(), "findings": findings})
}
