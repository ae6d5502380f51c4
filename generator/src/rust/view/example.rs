//! The example of a method as a Rust expression: the call that a reader would write.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::model::{Api, Field, Method, Scalar, Type, TypeKind};
use crate::naming::params_key;
use crate::rust::names;

/// A Rust expression that makes a value.
#[derive(Debug)]
pub enum Expr {
    /// `5`
    Int(i64),
    /// `true`
    Bool(bool),
    /// `Decimal::new(1299, 2)`
    Decimal(i64, u32),
    /// A text that is owned, or borrowed where a function takes both.
    Text {
        /// The text.
        text: String,
        /// Whether it must be a `String`.
        owned: bool,
    },
    /// `Timestamp(1774859100)`
    Timestamp(i64),
    /// A calendar day, from its text.
    Date(String),
    /// The content of a file, from its base64.
    File(String),
    /// Anything, as JSON.
    Json(Value),
    /// `OrderId(5)`
    Id(String, Box<Expr>),
    /// `OrderSourceCode::Shop`
    Variant(String, String),
    /// `OrderSourceCode::Other(..)`
    OtherVariant(String, Box<Expr>),
    /// `Vec::from([..])`
    List(Vec<Expr>),
    /// Keys and values of a map.
    Map(Vec<(Expr, Expr)>),
    /// `TextOr::Text(..)` or `TextOr::Object(..)`
    TextOr(&'static str, Box<Expr>),
    /// `Some(..)`
    Some(Box<Expr>),
    /// A struct.
    Struct(StructExpr),
}

/// A struct with some of its fields given.
#[derive(Debug)]
pub struct StructExpr {
    /// Its name.
    pub ident: String,
    /// The arguments of `new`, if it has one.
    pub arguments: Option<Vec<Expr>>,
    /// The other fields that are given.
    pub fields: Vec<(String, Expr)>,
    /// Whether those are all it has.
    pub complete: bool,
    /// Undocumented keys.
    pub extra: Vec<(String, Value)>,
}

/// The call of a method's example.
pub fn call(api: &Api, method: &Method) -> StructExpr {
    let ident = names::params_type(method);
    let key = params_key(method);
    let given = Given { ident, owner: &key, fields: &method.params, has_extra: false };
    structure(api, given, &method.example_request)
}

/// What an expression names that must be imported.
#[derive(Debug, Default)]
pub struct Imports {
    /// Named types.
    pub types: BTreeSet<String>,
    /// Items of the runtime.
    pub runtime: BTreeSet<&'static str>,
    /// Whether a map is made.
    pub map: bool,
}

impl Imports {
    /// What a call names.
    pub fn of(call: &StructExpr) -> Self {
        let mut imports = Self::default();
        imports.add_struct(call);
        imports
    }

    /// What either names.
    pub fn extend(&mut self, other: &Self) {
        self.types.extend(other.types.iter().cloned());
        self.runtime.extend(&other.runtime);
        self.map |= other.map;
    }

    fn add_struct(&mut self, expr: &StructExpr) {
        let parts = expr.arguments.iter().flatten().chain(expr.fields.iter().map(|(_, expr)| expr));
        parts.for_each(|expr| self.add(expr));
    }

    fn add(&mut self, expr: &Expr) {
        match expr {
            Expr::Id(name, _) | Expr::Variant(name, _) | Expr::OtherVariant(name, _) => {
                self.types.insert(name.clone());
            }
            Expr::Decimal(..) => drop(self.runtime.insert("Decimal")),
            Expr::Timestamp(_) => drop(self.runtime.insert("Timestamp")),
            Expr::File(_) => drop(self.runtime.insert("File")),
            Expr::List(items) => items.iter().for_each(|item| self.add(item)),
            Expr::Map(entries) => {
                self.map = true;
                entries.iter().flat_map(|(key, value)| [key, value]).for_each(|part| self.add(part));
            }
            Expr::TextOr(_, inner) => {
                self.runtime.insert("TextOr");
                self.add(inner);
            }
            Expr::Some(inner) => self.add(inner),
            Expr::Struct(inner) => {
                self.types.insert(inner.ident.clone());
                self.add_struct(inner);
            }
            Expr::Int(_) | Expr::Bool(_) | Expr::Text { .. } | Expr::Date(_) | Expr::Json(_) => {}
        }
    }
}

struct Given<'a> {
    ident: String,
    owner: &'a str,
    fields: &'a [Field],
    has_extra: bool,
}

fn structure(api: &Api, given: Given, value: &Value) -> StructExpr {
    let Given { ident, owner, fields, has_extra } = given;
    let required = fields.iter().filter(|field| field.required);
    let arguments: Vec<Expr> = required.map(|field| argument(api, field, &value[&field.wire])).collect();
    let mut optional = Vec::new();
    for field in fields.iter().filter(|field| !field.required) {
        if let Some(value) = value.get(&field.wire) {
            let name = names::field(&api.names, owner, &field.wire);
            optional.push((name, Expr::Some(Box::new(expr(api, &field.ty, value)))));
        }
    }
    let known = |key: &str| fields.iter().any(|field| field.wire == key);
    let extra = value.as_object().into_iter().flatten().filter(|(key, _)| !known(key));
    StructExpr {
        ident,
        complete: arguments.is_empty() && optional.len() == fields.len() && !has_extra,
        arguments: fields.iter().any(|field| field.required).then_some(arguments),
        fields: optional,
        extra: extra.map(|(key, value)| (key.clone(), value.clone())).collect(),
    }
}

fn argument(api: &Api, field: &Field, value: &Value) -> Expr {
    match expr(api, &field.ty, value) {
        Expr::Text { text, .. } => Expr::Text { text, owned: false },
        other => other,
    }
}

/// The expression of a value. Checks have made sure that the example fits its types.
fn expr(api: &Api, ty: &Type, value: &Value) -> Expr {
    match ty {
        Type::Int => Expr::Int(int(value)),
        Type::Bool => Expr::Bool(value.as_bool().unwrap_or_default()),
        Type::Decimal | Type::Money => decimal(value),
        Type::Text => Expr::Text { text: text(value), owned: true },
        Type::Timestamp => Expr::Timestamp(int(value)),
        Type::Date => Expr::Date(text(value)),
        Type::File => Expr::File(text(value).trim_start_matches("data:").to_owned()),
        Type::Json => Expr::Json(value.clone()),
        Type::List(item) => {
            Expr::List(value.as_array().into_iter().flatten().map(|value| expr(api, item, value)).collect())
        }
        Type::Map(key, item) => {
            let entries = value.as_object().into_iter().flatten();
            Expr::Map(entries.map(|(name, value)| (map_key(api, key, name), expr(api, item, value))).collect())
        }
        Type::TextOr(item) if value.is_object() => Expr::TextOr("Object", Box::new(expr(api, item, value))),
        Type::TextOr(_) => Expr::TextOr("Text", Box::new(Expr::Text { text: text(value), owned: true })),
        Type::Named(name) => named(api, name, value),
    }
}

fn map_key(api: &Api, ty: &Type, name: &str) -> Expr {
    let number = name.parse::<i64>().map_or_else(|_| Value::from(name), Value::from);
    expr(api, ty, &number)
}

fn named(api: &Api, name: &str, value: &Value) -> Expr {
    let def = api.type_def(name);
    let scalar = |wire: Scalar| match wire {
        Scalar::Int => Expr::Int(int(value)),
        Scalar::Text => Expr::Text { text: text(value), owned: true },
    };
    match &def.kind {
        TypeKind::Id { wire, .. } => Expr::Id(name.to_owned(), Box::new(scalar(*wire))),
        TypeKind::Enum { wire, values, .. } => match values.iter().find(|known| known.wire == text(value)) {
            Some(known) => Expr::Variant(name.to_owned(), names::variant(&api.names, name, &known.wire, &known.name)),
            None => Expr::OtherVariant(name.to_owned(), Box::new(scalar(*wire))),
        },
        TypeKind::Object { fields, open } => {
            let has_extra = def.received || *open;
            let given = Given { ident: name.to_owned(), owner: name, fields, has_extra };
            Expr::Struct(structure(api, given, value))
        }
    }
}

fn int(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| text(value).parse().unwrap_or_default())
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A decimal by its digits and how many of them stand behind the point.
fn decimal(value: &Value) -> Expr {
    let text = text(value);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = if fraction == "0" { "" } else { fraction };
    let digits = format!("{whole}{fraction}").parse().unwrap_or_default();
    Expr::Decimal(digits, u32::try_from(fraction.len()).unwrap_or_default())
}
