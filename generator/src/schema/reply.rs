//! What may come back: every form that the wire was seen to have, by the decoding table.

use std::collections::BTreeSet;

use schemars::{Schema, json_schema};
use serde_json::{Map, Value, json};

use super::{Direction, document, values};
use crate::model::{Api, Field, Method, Scalar, Type, TypeDef, TypeKind};

/// The schema of a method's reply, envelope included.
pub(super) fn schema(api: &Api, method: &Method) -> Schema {
    let title = format!("Reply to {}", method.wire);
    let mut schema = document(api, &mut Reply::default(), &title, method, &method.reply);
    let status = json!({ "const": "SUCCESS", "description": "Says that the call went well." });
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.shift_insert(0, "status".to_owned(), status);
    }
    match schema.get_mut("required") {
        Some(Value::Array(required)) => required.insert(0, "status".into()),
        _ => drop(schema.insert("required".into(), json!(["status"]))),
    }
    schema
}

#[derive(Default)]
struct Reply {
    met: BTreeSet<String>,
    pending: Vec<String>,
    built_in: BTreeSet<&'static str>,
}

impl Direction for Reply {
    fn field(&mut self, field: &Field) -> Schema {
        self.ty(&field.ty)
    }

    fn scalar(&self, def: &TypeDef) -> Schema {
        match &def.kind {
            TypeKind::Id { wire: Scalar::Int, .. } => built_in("int"),
            TypeKind::Enum { values: known, wire, .. } => {
                let mut schema = built_in(if *wire == Scalar::Int { "int" } else { "text" });
                // Every enum is open in a reply; what is known is told, not demanded.
                let known: Vec<Value> = values(known, *wire).as_array().cloned().unwrap_or_default();
                schema.insert("examples".into(), known.iter().map(|value| value["const"].clone()).collect());
                schema
            }
            TypeKind::Id { .. } | TypeKind::Object { .. } => built_in("text"),
        }
    }

    fn wrap(&mut self, object: Schema) -> Schema {
        let nothing = self.built_in("nothing");
        json_schema!({ "anyOf": [object, nothing] })
    }

    fn allows_other_keys(&self, _open: bool) -> bool {
        true
    }

    fn pending(&mut self) -> Vec<String> {
        std::mem::take(&mut self.pending)
    }

    fn built_in(&self) -> Map<String, Value> {
        self.built_in.iter().map(|name| ((*name).to_owned(), built_in(name).into())).collect()
    }
}

impl Reply {
    fn ty(&mut self, ty: &Type) -> Schema {
        match ty {
            Type::Int => self.built_in("int"),
            Type::Bool => self.built_in("bool"),
            Type::Decimal | Type::Money => self.built_in("decimal"),
            Type::Text => self.built_in("text"),
            Type::Timestamp => self.built_in("timestamp"),
            Type::Date => self.built_in("date"),
            Type::File => self.built_in("file"),
            Type::Json => json_schema!({}),
            Type::List(item) => self.many(item, "^[0-9]+$"),
            Type::Map(_, item) => self.many(item, ""),
            Type::TextOr(item) => json_schema!({ "anyOf": [self.built_in("text"), self.ty(item)] }),
            Type::Named(name) => {
                if self.met.insert(name.clone()) {
                    self.pending.push(name.clone());
                }
                json_schema!({ "$ref": format!("#/$defs/{name}") })
            }
        }
    }

    /// A list or a map: each may come as the other, a list only as a map of positions.
    fn many(&mut self, item: &Type, keys: &str) -> Schema {
        let (item, nothing) = (self.ty(item), self.built_in("nothing"));
        let mut map = json!({ "type": "object", "additionalProperties": item });
        if !keys.is_empty() {
            map["propertyNames"] = json!({ "pattern": keys });
        }
        json_schema!({ "anyOf": [{ "type": "array", "items": item }, map, nothing] })
    }

    fn built_in(&mut self, name: &'static str) -> Schema {
        self.built_in.insert(name);
        json_schema!({ "$ref": format!("#/$defs/{name}") })
    }
}

/// The wire forms of a built-in type.
fn built_in(name: &str) -> Schema {
    let integral = r"^\s*-?[0-9]+(\.0+)?\s*$";
    let number = r"^\s*-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\s*$";
    match name {
        "int" => json_schema!({ "anyOf": [
            { "type": "integer" }, { "type": "string", "pattern": integral }, { "enum": ["", null, false] },
        ] }),
        "timestamp" => json_schema!({ "title": "Unix time in seconds", "anyOf": [
            { "type": "integer" }, { "type": "string", "pattern": integral }, { "enum": ["", null, false] },
        ] }),
        "decimal" => json_schema!({ "anyOf": [
            { "type": "number" }, { "type": "string", "pattern": number }, { "enum": ["", null, false] },
        ] }),
        "bool" => json_schema!({ "enum": [true, false, 0, 1, "0", "1", "true", "false", "", null] }),
        "date" => json_schema!({ "anyOf": [
            { "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$" }, { "enum": ["", null, false] },
        ] }),
        "nothing" => json_schema!({ "enum": [[], "", null, false] }),
        "file" => {
            json_schema!({ "title": "Base64, with or without `data:` before it", "type": ["string", "null", "boolean"] })
        }
        _ => json_schema!({ "anyOf": [{ "type": ["string", "number"] }, { "enum": [null, false] }] }),
    }
}
