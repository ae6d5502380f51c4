//! The example of a method as a TypeScript call: the one that a reader would write.

use std::collections::BTreeSet;

use serde_json::Value;

use super::layout::{self, Node};
use super::names;
use crate::model::{Api, Field, Method, Scalar, Type, TypeKind};
use crate::naming::params_key;

/// The call, and what it needs beside the function itself.
pub struct Example {
    pub call: Node,
    pub imports: BTreeSet<String>,
}

/// The call of a method's example.
pub fn call(api: &Api, method: &Method) -> Example {
    let mut maker = Maker { api, imports: BTreeSet::new() };
    let name = names::method(method);
    let is_bare = method.example_request.as_object().is_none_or(serde_json::Map::is_empty);
    let call = if is_bare {
        Node::text(format!("{name}()"))
    } else {
        let given = maker.object(&params_key(method), &method.params, &method.example_request);
        Node::Row(vec![Node::text(format!("{name}(")), given, Node::text(")")])
    };
    Example { call, imports: maker.imports }
}

/// A statement that names the request.
pub fn statement(call: &Node) -> String {
    let start = "const request = ";
    format!("{start}{};", layout::print(call, 0, start.len(), 1))
}

struct Maker<'a> {
    api: &'a Api,
    imports: BTreeSet<String>,
}

impl Maker<'_> {
    fn object(&mut self, owner: &str, fields: &[Field], value: &Value) -> Node {
        let mut items = Vec::new();
        for field in fields {
            if let Some(value) = value.get(&field.wire) {
                let name = names::field(&self.api.names, owner, &field.wire);
                items.push(property(&name, self.expr(&field.ty, value)));
            }
        }
        let known = |key: &str| fields.iter().any(|field| field.wire == key);
        let extra = value.as_object().into_iter().flatten().filter(|(key, _)| !known(key));
        let extra: Vec<Node> = extra.map(|(key, value)| property(key, json(value))).collect();
        if !extra.is_empty() {
            items.push(property(names::EXTRA, Node::braces(extra)));
        }
        Node::braces(items)
    }

    /// The expression of a value. Checks have made sure that the example fits its types.
    fn expr(&mut self, ty: &Type, value: &Value) -> Node {
        match ty {
            Type::TextOr(item) if value.is_object() => self.expr(item, value),
            Type::Decimal | Type::Money => Node::text(layout::quoted(&decimal(value))),
            Type::Text | Type::Date | Type::TextOr(_) => Node::text(layout::quoted(&text(value))),
            Type::File => {
                self.imports.insert("FileContent".to_owned());
                let base64 = text(value).trim_start_matches("data:").to_owned();
                Node::text(format!("FileContent.fromBase64({})", layout::quoted(&base64)))
            }
            Type::Int | Type::Timestamp | Type::Bool => Node::text(text(value)),
            Type::Json => json(value),
            Type::List(item) => {
                Node::brackets(value.as_array().into_iter().flatten().map(|value| self.expr(item, value)).collect())
            }
            Type::Map(_, item) => {
                let entries = value.as_object().into_iter().flatten();
                Node::braces(entries.map(|(name, value)| property(name, self.expr(item, value))).collect())
            }
            Type::Named(name) => self.named(name, value),
        }
    }

    fn named(&mut self, name: &str, value: &Value) -> Node {
        let api = self.api;
        match &api.type_def(name).kind {
            TypeKind::Enum { wire: Scalar::Int, values, .. } => {
                match values.iter().find(|known| known.wire == text(value)) {
                    Some(known) => {
                        self.imports.insert(name.to_owned());
                        let member = names::value(&api.names, name, &known.wire, &known.name);
                        Node::text(format!("{name}{}", layout::member(&member)))
                    }
                    None => Node::text(text(value)),
                }
            }
            TypeKind::Id { wire: Scalar::Int, .. } => Node::text(text(value)),
            TypeKind::Id { .. } | TypeKind::Enum { .. } => Node::text(layout::quoted(&text(value))),
            TypeKind::Object { fields, .. } => self.object(name, fields, value),
        }
    }
}

/// A property of a literal. Whole numbers are keys as they are.
fn property(name: &str, value: Node) -> Node {
    let is_index = name == "0" || (!name.starts_with('0') && name.bytes().all(|byte| byte.is_ascii_digit()));
    let key = if is_index && !name.is_empty() { name.to_owned() } else { layout::key(name) };
    Node::Row(vec![Node::text(format!("{key}: ")), value])
}

fn json(value: &Value) -> Node {
    match value {
        Value::String(text) => Node::text(layout::quoted(text)),
        Value::Array(items) => Node::brackets(items.iter().map(json).collect()),
        Value::Object(entries) => Node::braces(entries.iter().map(|(key, value)| property(key, json(value))).collect()),
        other => Node::text(other.to_string()),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The digits of a decimal; a float that is whole has none behind the point.
fn decimal(value: &Value) -> String {
    let text = text(value);
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}
