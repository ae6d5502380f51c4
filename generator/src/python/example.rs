//! The example of a method as Python: the call that a reader would write, as the formatter would leave it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::names;
use crate::model::{Api, Field, Method, Scalar, Type, TypeKind};
use crate::naming::params_key;

/// Greatest length of a line.
const WIDTH: usize = 100;

/// A Python expression.
#[derive(Debug)]
pub(super) enum Expr {
    /// One that is never broken.
    Atom(String),
    /// What opens and closes it, and its parts with what stands before each.
    Parts(String, &'static str, Vec<(String, Expr)>),
}

/// What an expression names.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Named types of the API.
    pub(super) types: BTreeSet<String>,
    /// Items of the runtime.
    pub(super) runtime: BTreeSet<&'static str>,
    /// Whether `Decimal` is named.
    pub(super) decimal: bool,
    /// Whether `datetime` is named.
    pub(super) datetime: bool,
}

impl Named {
    /// What either names.
    pub(super) fn extend(&mut self, other: Self) {
        self.types.extend(other.types);
        self.runtime.extend(other.runtime);
        self.decimal |= other.decimal;
        self.datetime |= other.datetime;
    }
}

/// The call of a method's example, and what it names.
pub(super) fn call(api: &Api, method: &Method) -> (Expr, Named) {
    let mut maker = Maker { api, named: Named::default() };
    let given = maker.fields(&params_key(method), &method.params, &method.example_request);
    (Expr::Parts(format!("{}(", names::method(method)), ")", given), maker.named)
}

/// Prints an expression behind some text and at some indentation, as lines.
pub(super) fn lines(expr: &Expr, before: &str, indent: usize) -> Vec<String> {
    let flat = format!("{before}{}", flat(expr));
    match expr {
        Expr::Parts(open, close, parts) if indent + flat.chars().count() > WIDTH && !parts.is_empty() => {
            let mut lines = vec![format!("{before}{open}")];
            for (before, part) in parts {
                let mut inner = self::lines(part, before, indent + 4);
                if let Some(last) = inner.last_mut() {
                    last.push(',');
                }
                lines.extend(inner.into_iter().map(|line| format!("    {line}")));
            }
            lines.push((*close).to_owned());
            lines
        }
        _ => vec![flat],
    }
}

fn flat(expr: &Expr) -> String {
    match expr {
        Expr::Atom(text) => text.clone(),
        Expr::Parts(open, close, parts) => {
            let parts: Vec<String> = parts.iter().map(|(before, part)| format!("{before}{}", flat(part))).collect();
            format!("{open}{}{close}", parts.join(", "))
        }
    }
}

/// A text as Python writes it, between the quotes that need fewer escapes.
pub(super) fn text_literal(text: &str) -> String {
    let quote = if text.contains('"') && !text.contains('\'') { '\'' } else { '"' };
    let mut literal = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if c == quote => literal.extend(['\\', c]),
            c => literal.push(c),
        }
    }
    literal.push(quote);
    literal
}

struct Maker<'a> {
    api: &'a Api,
    named: Named,
}

impl Maker<'_> {
    /// The fields that an example gives.
    fn fields(&mut self, owner: &str, fields: &[Field], value: &Value) -> Vec<(String, Expr)> {
        let mut given = Vec::new();
        for field in fields {
            if let Some(value) = value.get(&field.wire) {
                let name = names::field(&self.api.names, owner, &field.wire);
                given.push((format!("{name}="), self.expr(&field.ty, value)));
            }
        }
        given
    }

    /// The expression of a value. Checks have made sure that the example fits its types.
    fn expr(&mut self, ty: &Type, value: &Value) -> Expr {
        match ty {
            Type::Int => Expr::Atom(number(value)),
            Type::Bool => Expr::Atom(if value == &Value::Bool(true) { "True" } else { "False" }.to_owned()),
            Type::Json => json(value),
            Type::Decimal | Type::Money => {
                self.named.decimal = true;
                let digits = text(value);
                let digits = digits.strip_suffix(".0").unwrap_or(&digits);
                let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
                Expr::Atom(if is_whole { format!("Decimal({digits})") } else { format!("Decimal(\"{digits}\")") })
            }
            Type::Timestamp => {
                self.named.runtime.insert("Timestamp");
                Expr::Atom(format!("Timestamp({})", number(value)))
            }
            Type::File => {
                self.named.runtime.insert("File");
                Expr::Atom(format!("File.from_base64({})", text_literal(text(value).trim_start_matches("data:"))))
            }
            Type::Date => {
                self.named.datetime = true;
                let parts: Vec<String> =
                    text(value).split('-').map(|part| part.trim_start_matches('0').to_owned()).collect();
                Expr::Atom(format!("datetime.date({})", parts.join(", ")))
            }
            Type::List(item) => {
                let items = value.as_array().into_iter().flatten();
                Expr::Parts("[".to_owned(), "]", items.map(|value| (String::new(), self.expr(item, value))).collect())
            }
            Type::Map(key, item) => {
                let entries = value.as_object().into_iter().flatten();
                let entries = entries.map(|(name, value)| (self.key(key, name), self.expr(item, value)));
                Expr::Parts("{".to_owned(), "}", entries.collect())
            }
            Type::TextOr(item) if value.is_object() => self.expr(item, value),
            Type::Text | Type::TextOr(_) => Expr::Atom(text_literal(&text(value))),
            Type::Named(name) => self.named(name, value),
        }
    }

    fn key(&mut self, ty: &Type, name: &str) -> String {
        let value = name.parse::<i64>().map_or_else(|_| Value::from(name), Value::from);
        format!("{}: ", flat(&self.expr(ty, &value)))
    }

    fn named(&mut self, name: &str, value: &Value) -> Expr {
        let def = self.api.type_def(name);
        self.named.types.insert(name.to_owned());
        let scalar = |wire: Scalar| match wire {
            Scalar::Int => number(value),
            Scalar::Text => text_literal(&text(value)),
        };
        match &def.kind {
            TypeKind::Id { wire, .. } => Expr::Atom(format!("{name}({})", scalar(*wire))),
            TypeKind::Enum { wire, values, .. } => match values.iter().find(|known| known.wire == text(value)) {
                Some(known) => {
                    let member = names::value(&self.api.names, name, &known.wire, &known.name);
                    Expr::Atom(format!("{name}.{member}"))
                }
                None => Expr::Atom(format!("{name}({})", scalar(*wire))),
            },
            TypeKind::Object { fields, .. } => {
                let mut given = self.fields(name, fields, value);
                let known = |key: &str| fields.iter().any(|field| field.wire == key);
                let extra: Vec<(String, Expr)> = value
                    .as_object()
                    .into_iter()
                    .flatten()
                    .filter(|(key, _)| !known(key))
                    .map(|(key, value)| (format!("{}: ", text_literal(key)), json(value)))
                    .collect();
                if !extra.is_empty() {
                    given.push(("extra=".to_owned(), Expr::Parts("{".to_owned(), "}", extra)));
                }
                Expr::Parts(format!("{name}("), ")", given)
            }
        }
    }
}

fn json(value: &Value) -> Expr {
    match value {
        Value::Null => Expr::Atom("None".to_owned()),
        Value::Bool(flag) => Expr::Atom(if *flag { "True" } else { "False" }.to_owned()),
        Value::Number(number) => Expr::Atom(number.to_string()),
        Value::String(text) => Expr::Atom(text_literal(text)),
        Value::Array(items) => {
            Expr::Parts("[".to_owned(), "]", items.iter().map(|item| (String::new(), json(item))).collect())
        }
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (format!("{}: ", text_literal(key)), json(value)));
            Expr::Parts("{".to_owned(), "}", entries.collect())
        }
    }
}

/// A whole number, which an example may have as text.
fn number(value: &Value) -> String {
    text(value)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
