//! Takes personal data out of what is recorded: the names of the keys that hold it, and what stands there instead.

use serde_json::{Map, Value};

/// Parts of the names of keys whose values tell of a person or open a door.
const PARTS: [&str; 26] = [
    "account_number",
    "address",
    "city",
    "comment",
    "company",
    "email",
    "fullname",
    "iban",
    "login",
    "nip",
    "notes",
    "order_page",
    "package_n",
    "password",
    "phone",
    "point_",
    "postcode",
    "regon",
    "secret",
    "street",
    "surname",
    "swift",
    "tax_id",
    "tax_no",
    "token",
    "tracking_url",
];

/// Whole names of such keys, where a part would hit too much: free texts, files, and what couriers ask for.
const WHOLE: [&str; 16] = [
    "additional_info",
    "custom_extra_fields",
    "delivery_state",
    "document",
    "extra_field_1",
    "extra_field_2",
    "file",
    "fv_person",
    "invoice_state",
    "issuer",
    "label",
    "message",
    "profile",
    "protocol",
    "seller",
    "value",
];

/// Scrubs a value in place, however deep the data stands.
fn scrub(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(scrub),
        Value::Object(map) => scrub_map(map),
        _ => {}
    }
}

pub(crate) fn scrub_map(map: &mut Map<String, Value>) {
    for (key, value) in map.iter_mut() {
        let lower = key.to_ascii_lowercase();
        let personal = PARTS.iter().any(|part| lower.contains(part)) || WHOLE.contains(&lower.as_str());
        if personal { blank(value) } else { scrub(value) }
    }
}

/// Takes a secret out of all texts, whatever the names of their keys.
pub(crate) fn without(secret: &str, value: &mut Value) {
    match value {
        Value::String(text) if text.contains(secret) => *text = text.replace(secret, "scrubbed"),
        Value::Array(items) => items.iter_mut().for_each(|item| without(secret, item)),
        Value::Object(map) => map.values_mut().for_each(|item| without(secret, item)),
        _ => {}
    }
}

/// Keeps the shape: types, lengths of lists, and whether there was anything at all.
fn blank(value: &mut Value) {
    match value {
        Value::String(text) if !text.is_empty() => "scrubbed".clone_into(text),
        Value::Number(_) => *value = Value::from(0),
        Value::Array(items) => items.iter_mut().for_each(blank),
        Value::Object(map) => map.values_mut().for_each(blank),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_tells_of_a_person_goes_and_the_rest_stays() {
        let mut value = json!({"orders": [{
            "order_id": 5, "email": "a@b.pl", "delivery_fullname": "Anna", "phone": "", "invoice_nip": 583,
            "custom_extra_fields": {"1": "x"}, "products": [{"name": "Pen", "sku": "P"}],
        }]});
        scrub(&mut value);
        let expected = json!({"orders": [{
            "order_id": 5, "email": "scrubbed", "delivery_fullname": "scrubbed", "phone": "", "invoice_nip": 0,
            "custom_extra_fields": {"1": "scrubbed"}, "products": [{"name": "Pen", "sku": "P"}],
        }]});
        assert_eq!(value, expected);
    }
}
