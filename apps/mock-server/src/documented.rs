//! What a reply shows of what the shop has: documented fields only, and some of them only when a parameter asks for them.

use serde_json::{Map, Value};

use crate::params::Params;
use crate::spec::{Field, Type, api};

/// Takes everything else out.
pub(crate) fn keep(fields: &[Field], params: &Params, map: &mut Map<String, Value>) {
    let mut kept = 0;
    for field in fields {
        if field.only_with.as_ref().is_some_and(|asked| !params.flag(asked)) {
            map.remove(&field.name);
        } else if let Some(value) = map.get_mut(&field.name) {
            keep_within(&field.ty, params, value);
            kept += 1;
        }
    }
    if kept < map.len() {
        map.retain(|name, _| fields.iter().any(|field| field.name == *name || field.aliases.contains(name)));
    }
}

fn keep_within(ty: &Type, params: &Params, value: &mut Value) {
    match (ty, value) {
        (Type::List(item), Value::Array(items)) => items.iter_mut().for_each(|value| keep_within(item, params, value)),
        (Type::Map(_, item), Value::Object(map)) => map.values_mut().for_each(|value| keep_within(item, params, value)),
        (Type::TextOr(other), value @ Value::Object(_)) => keep_within(other, params, value),
        (Type::Named(name), Value::Object(map)) => {
            if let Some(fields) = api().types.get(name).and_then(|named| named.fields.as_ref()) {
                keep(fields, params, map);
            }
        }
        _ => {}
    }
}
