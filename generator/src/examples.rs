//! The examples of the spec as JSON files: test vectors of every language, and what a stand-in for the API answers.

use serde_json::{Value, json};

use crate::model::{Api, Method};

/// A file for each method, by path below the output folder.
pub fn emit(api: &Api) -> Vec<(String, String)> {
    api.methods.values().map(|method| (format!("examples/{}.json", method.wire), example(method))).collect()
}

fn example(method: &Method) -> String {
    let mut reply = json!({ "status": "SUCCESS" });
    if let (Value::Object(reply), Value::Object(fields)) = (&mut reply, &method.example_reply) {
        reply.extend(fields.clone());
    }
    let example = json!({ "method": method.wire, "request": method.example_request, "reply": reply });
    // Plain data always prints.
    let mut text = serde_json::to_string_pretty(&example).unwrap_or_default();
    text.push('\n');
    text
}
