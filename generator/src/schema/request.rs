//! What may be sent: names, types, lengths and values as documented, and nothing else.

use std::collections::BTreeSet;

use schemars::{Schema, json_schema};
use serde_json::{Map, Value, json};

use super::{Direction, document, values};
use crate::model::{Api, Field, FieldLimits, Method, Scalar, Type, TypeDef, TypeKind};

/// The schema of a method's parameters.
pub(super) fn schema(api: &Api, method: &Method) -> Schema {
    let title = format!("Parameters of {}", method.wire);
    let mut schema = document(api, &mut Request::default(), &title, method, &method.params);
    let one_of: Vec<Value> = method.require_one_of.iter().map(|names| any_of(names)).collect();
    if !one_of.is_empty() {
        schema.insert("allOf".into(), one_of.into());
    }
    schema
}

fn any_of(names: &[String]) -> Value {
    let options: Vec<Value> = names.iter().map(|name| json!({ "required": [name] })).collect();
    json!({ "anyOf": options })
}

#[derive(Default)]
struct Request {
    met: BTreeSet<String>,
    pending: Vec<String>,
}

impl Direction for Request {
    fn field(&mut self, field: &Field) -> Schema {
        let mut schema = self.ty(&field.ty);
        limits(&mut schema, &field.limits, &field.ty);
        schema
    }

    fn scalar(&self, def: &TypeDef) -> Schema {
        match &def.kind {
            TypeKind::Id { wire: Scalar::Int, .. } => json_schema!({ "type": "integer" }),
            TypeKind::Id { wire: Scalar::Text, pattern: Some(pattern) } => {
                json_schema!({ "type": "string", "pattern": pattern })
            }
            TypeKind::Enum { wire, values: known, open: false } => json_schema!({ "oneOf": values(known, *wire) }),
            TypeKind::Enum { wire, values: known, open: true } => {
                let other = json!({ "type": type_name(*wire), "description": "Any other value." });
                let mut options = values(known, *wire);
                if let Value::Array(options) = &mut options {
                    options.push(other);
                }
                json_schema!({ "anyOf": options })
            }
            TypeKind::Id { .. } | TypeKind::Object { .. } => json_schema!({ "type": "string" }),
        }
    }

    fn wrap(&mut self, object: Schema) -> Schema {
        object
    }

    fn allows_other_keys(&self, open: bool) -> bool {
        open
    }

    fn pending(&mut self) -> Vec<String> {
        std::mem::take(&mut self.pending)
    }

    fn built_in(&self) -> Map<String, Value> {
        Map::new()
    }
}

impl Request {
    fn ty(&mut self, ty: &Type) -> Schema {
        match ty {
            Type::Int => json_schema!({ "type": "integer" }),
            Type::Bool => json_schema!({ "type": "boolean" }),
            // A text keeps digits that a JSON number may lose on its way through a program.
            Type::Decimal | Type::Money => {
                json_schema!({ "type": ["number", "string"], "pattern": r"^-?\d+(\.\d+)?$" })
            }
            Type::Text => json_schema!({ "type": "string" }),
            Type::Timestamp => json_schema!({ "type": "integer", "title": "Unix time in seconds" }),
            Type::Date => json_schema!({ "type": "string", "format": "date" }),
            Type::File => json_schema!({ "type": "string", "pattern": "^data:[A-Za-z0-9+/]*={0,2}$" }),
            Type::Json => json_schema!({}),
            Type::List(item) => json_schema!({ "type": "array", "items": self.ty(item) }),
            Type::Map(_, item) => json_schema!({ "type": "object", "additionalProperties": self.ty(item) }),
            Type::TextOr(item) => json_schema!({ "anyOf": [{ "type": "string" }, self.ty(item)] }),
            Type::Named(name) => {
                if self.met.insert(name.clone()) {
                    self.pending.push(name.clone());
                }
                json_schema!({ "$ref": format!("#/$defs/{name}") })
            }
        }
    }
}

fn type_name(wire: Scalar) -> &'static str {
    match wire {
        Scalar::Int => "integer",
        Scalar::Text => "string",
    }
}

fn limits(schema: &mut Schema, limits: &FieldLimits, ty: &Type) {
    // A whole number is written without a point.
    let number = |value: f64| value.to_string().parse::<Value>().unwrap_or(Value::Null);
    let items = if matches!(ty, Type::Map(..)) { "maxProperties" } else { "maxItems" };
    let direct = matches!(ty, Type::Text | Type::Named(_));
    let known = [
        ("maxLength", limits.max_length.filter(|_| direct).map(|max| json!(max))),
        ("minimum", limits.min.map(number)),
        ("maximum", limits.max.map(number)),
        (items, limits.max_items.map(|max| json!(max))),
    ];
    for (key, value) in known {
        if let Some(value) = value {
            schema.insert(key.into(), value);
        }
    }
}
