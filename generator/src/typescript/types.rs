//! How the types of the spec are written: as a type that the compiler checks, and as a value that reads and sends.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{Node, print};
use super::names;
use crate::model::{Api, Scalar, Type, TypeDef, TypeKind};

/// What a file imports.
#[derive(Debug, Default)]
pub struct Imports {
    /// Items of the runtime, with `type ` before those that are none at run time.
    pub runtime: BTreeSet<String>,
    /// Items of other modules of types, by module.
    pub types: BTreeMap<String, BTreeSet<String>>,
}

/// Which way a value goes, as far as its type depends on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the API: nobody changes it.
    Sent,
    /// From the API, or both.
    Received,
}

/// What a type is written for: the file that it stands in, whose imports grow by it.
pub struct Writing<'a> {
    pub api: &'a Api,
    /// The module of types that is being written, if it is one.
    pub module: Option<&'a str>,
    pub imports: &'a mut Imports,
}

impl Writing<'_> {
    /// The name of something of the runtime that exists at run time.
    pub fn value(&mut self, name: &str) -> String {
        self.imports.runtime.insert(name.to_owned());
        name.to_owned()
    }

    /// The name of a type of the runtime.
    pub fn kind(&mut self, name: &str) -> String {
        self.imports.runtime.insert(format!("type {name}"));
        name.to_owned()
    }

    /// The name of something that belongs to a named type.
    fn of_type(&mut self, def: &TypeDef, name: &str, prefix: &str) -> String {
        let module = names::types_module(&def.file);
        if self.module != Some(module.as_str()) {
            self.imports.types.entry(module).or_default().insert(format!("{prefix}{name}"));
        }
        name.to_owned()
    }

    /// A type as the compiler sees it.
    pub fn ty(&mut self, ty: &Type, way: Way) -> String {
        match ty {
            Type::Int => "number".to_owned(),
            Type::Bool => "boolean".to_owned(),
            Type::Decimal | Type::Money if way == Way::Sent => format!("{} | number", self.kind("Decimal")),
            Type::Decimal | Type::Money => self.kind("Decimal"),
            Type::Text => "string".to_owned(),
            Type::Timestamp => self.kind("Timestamp"),
            Type::Date => self.kind("CalendarDate"),
            Type::File => self.kind("FileContent"),
            Type::Json => self.kind("Json"),
            Type::List(item) => {
                let written = self.ty(item, way);
                let item = if is_compound(item, way) { format!("({written})") } else { written };
                if way == Way::Sent { format!("readonly {item}[]") } else { format!("{item}[]") }
            }
            Type::Map(key, item) => {
                let key = if self.is_number(key) { "number" } else { "string" };
                let record = format!("Record<{key}, {}>", self.ty(item, way));
                if way == Way::Sent { format!("Readonly<{record}>") } else { record }
            }
            Type::TextOr(item) => format!("string | {}", self.ty(item, way)),
            Type::Named(name) => self.of_type(self.api.type_def(name), name, "type "),
        }
    }

    /// Whether keys of this type are numbers.
    pub fn is_number(&self, ty: &Type) -> bool {
        match ty {
            Type::Int => true,
            Type::Named(name) => matches!(
                &self.api.type_def(name).kind,
                TypeKind::Id { wire: Scalar::Int, .. } | TypeKind::Enum { wire: Scalar::Int, .. }
            ),
            _ => false,
        }
    }

    /// A type as the runtime sees it.
    pub fn descriptor(&mut self, ty: &Type) -> String {
        match ty {
            Type::Int => self.value("int"),
            Type::Bool => self.value("bool"),
            Type::Decimal | Type::Money => self.value("decimal"),
            Type::Text => self.value("text"),
            Type::Timestamp => self.value("timestamp"),
            Type::Date => self.value("date"),
            Type::File => self.value("file"),
            Type::Json => self.value("json"),
            Type::List(item) => format!("{}({})", self.value("list"), self.descriptor(item)),
            Type::Map(key, item) => {
                format!("{}({}, {})", self.value("map"), self.descriptor(key), self.descriptor(item))
            }
            Type::TextOr(item) => {
                format!("{}({}, {})", self.value("textOr"), self.value("text"), self.descriptor(item))
            }
            Type::Named(name) => self.named_descriptor(name),
        }
    }

    fn named_descriptor(&mut self, name: &str) -> String {
        let def = self.api.type_def(name);
        match &def.kind {
            TypeKind::Id { wire: Scalar::Int, .. } => self.value("id"),
            TypeKind::Id { wire: Scalar::Text, .. } => self.value("textId"),
            TypeKind::Enum { wire: Scalar::Int, .. } => self.value("code"),
            TypeKind::Enum { wire: Scalar::Text, .. } => self.value("textCode"),
            TypeKind::Object { .. } => self.of_type(def, &names::descriptor(name), ""),
        }
    }
}

/// Whether a type is written in several words, so that a list of it needs parentheses.
fn is_compound(ty: &Type, way: Way) -> bool {
    match ty {
        Type::TextOr(_) => true,
        Type::Decimal | Type::Money | Type::List(_) => way == Way::Sent,
        _ => false,
    }
}

impl Imports {
    /// The import statements; `up` leads to the folder of the sources.
    pub fn statements(&self, up: &str) -> String {
        let modules = self.types.iter().map(|(module, items)| (format!("{up}types/{module}.js"), items));
        let runtime = (format!("{up}runtime/describe.js"), &self.runtime);
        let used = [runtime].into_iter().chain(modules).filter(|(_, items)| !items.is_empty());
        used.map(|(from, items)| import(items, &from)).collect()
    }
}

/// An import statement. Items that are all types are marked once.
fn import(items: &BTreeSet<String>, from: &str) -> String {
    let types: Option<Vec<&str>> = items.iter().map(|item| item.strip_prefix("type ")).collect();
    let (word, mut items) = match types {
        Some(types) => ("import type ", types),
        None => ("import ", items.iter().map(String::as_str).collect()),
    };
    items.sort_by_key(|item| item.trim_start_matches("type ").to_lowercase());
    statement(word, &items, from)
}

/// `import { .. } from ".."` and the like.
pub fn statement(word: &str, items: &[&str], from: &str) -> String {
    let end = format!(" from \"{from}\";");
    let items = Node::braces(items.iter().map(|item| Node::text(*item)).collect());
    let row = Node::Row(vec![Node::text(word), items, Node::text(end)]);
    format!("{}\n", print(&row, 0, 0, 0))
}
