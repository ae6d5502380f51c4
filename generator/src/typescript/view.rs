//! The API as TypeScript sees it: every name made, every type chosen, every line laid out. Templates only print it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::layout::{self, Node, comment, key, quoted};
use super::objects::Object;
use super::types::{Imports, Writing, statement};
use super::{docs, example, methods, names};
use crate::model::{Access, Api, EnumValue, Group, Method, Retry, Scalar, TypeDef, TypeKind};

/// The whole package.
#[derive(Debug, Serialize)]
pub struct TsView {
    /// The version of the package.
    pub version: String,
    /// What is known of the API as a whole.
    pub api: ApiView,
    /// A file each, by name.
    pub methods: Vec<MethodView>,
    /// A file each, by name.
    pub modules: Vec<ModuleView>,
    /// The examples, a file each.
    pub examples: Vec<ExamplesView>,
}

impl TsView {
    /// What is known of a method, by its name on the wire.
    #[must_use]
    pub fn method(&self, wire: &str) -> Option<&MethodView> {
        let wire = key(wire);
        self.methods.iter().find(|method| method.wire == wire)
    }
}

/// The API as a whole.
#[derive(Debug, Serialize)]
pub struct ApiView {
    /// The date of the public changelog.
    pub changelog_date: String,
    /// The public changelog.
    pub changelog_page: String,
    /// Where calls are posted to, quoted.
    pub endpoint: String,
    /// The header that carries the token, quoted.
    pub token_header: String,
    /// Calls a minute.
    pub calls_per_minute: u32,
    /// Seconds of a block.
    pub block_seconds: u32,
    /// The error codes of a block, quoted, with commas between.
    pub block_codes: String,
    /// The constants of error codes, with their docs.
    pub errors: String,
    /// How many methods there are.
    pub methods: usize,
}

/// A method's file.
#[derive(Debug, Serialize)]
pub struct MethodView {
    /// The function, and the stem of the file.
    pub name: String,
    /// Its name on the wire, as a key.
    pub wire: String,
    /// What it does to the account.
    pub access: &'static str,
    /// The file of the spec that it was made from.
    pub source: String,
    /// The import statements.
    pub imports: String,
    /// The interfaces, the descriptor and the function.
    pub items: Vec<String>,
    /// The statement that exports all of it.
    pub export: String,
}

/// A file of types.
#[derive(Debug, Serialize)]
pub struct ModuleView {
    /// The stem of the file.
    pub name: String,
    /// The file of the spec that it was made from.
    pub source: String,
    /// The import statements.
    pub imports: String,
    /// The types, with what belongs to each.
    pub items: Vec<String>,
    /// The statements that export them.
    pub exports: String,
}

/// The examples of a group, as calls.
#[derive(Debug, Serialize)]
pub struct ExamplesView {
    /// The stem of the file.
    pub name: String,
    /// The title of the group.
    pub title: String,
    /// The import statement.
    pub imports: String,
    /// The constant that holds them.
    pub constant: String,
    /// A property each.
    pub calls: String,
}

/// Makes the view.
#[must_use]
pub fn view(api: &Api) -> TsView {
    let mut files: BTreeMap<String, Vec<&TypeDef>> = BTreeMap::new();
    for def in api.types.values() {
        files.entry(names::types_module(&def.file)).or_default().push(def);
    }
    TsView {
        version: api.version("typescript").to_string(),
        api: api_view(api),
        methods: api.methods.values().map(|method| methods::view(api, method)).collect(),
        modules: files.iter().map(|(name, defs)| module_view(api, name, defs)).collect(),
        examples: api.groups.iter().filter_map(|group| examples_view(api, group)).collect(),
    }
}

fn api_view(api: &Api) -> ApiView {
    let blocks = api.errors.iter().filter(|error| error.retry == Retry::AfterBlock);
    let block_codes: Vec<String> = blocks.map(|error| quoted(&error.code)).collect();
    let errors = api.errors.iter().map(|error| {
        let doc = comment(&docs::lines(api, &error.doc, &[], None), 2);
        format!("{doc}  {}: {},\n", key(&names::error_code(&error.code)), quoted(&error.code))
    });
    ApiView {
        changelog_date: api.changelog_date.clone(),
        changelog_page: api.changelog_page.clone(),
        endpoint: quoted(&api.endpoint),
        token_header: quoted(&api.token_header),
        calls_per_minute: api.limits.calls_per_minute,
        block_seconds: api.limits.block_seconds,
        block_codes: block_codes.join(", "),
        errors: errors.collect(),
        methods: api.methods.len(),
    }
}

/// What a method does, in the words of the runtime.
pub fn access(method: &Method) -> &'static str {
    match method.access {
        Access::Read => "read",
        Access::Write => "write",
        Access::Delete => "delete",
        Access::Action => "action",
    }
}

fn module_view(api: &Api, name: &str, defs: &[&TypeDef]) -> ModuleView {
    let mut imports = Imports::default();
    let mut writing = Writing { api, module: Some(name), imports: &mut imports };
    let items = defs.iter().map(|def| type_items(&mut writing, def)).collect();
    let is_enum = |def: &&&TypeDef| matches!(def.kind, TypeKind::Enum { .. });
    let names = |wanted: bool| -> Vec<&str> {
        defs.iter().filter(|def| is_enum(def) == wanted).map(|def| def.name.as_str()).collect()
    };
    let from = format!("./types/{name}.js");
    let exports = [("export type ", names(false)), ("export ", names(true))];
    let exports = exports.iter().filter(|(_, names)| !names.is_empty());
    ModuleView {
        name: name.to_owned(),
        source: defs.first().map(|def| def.file.clone()).unwrap_or_default(),
        exports: exports.map(|(word, names)| statement(word, names, &from)).collect(),
        items,
        imports: imports.statements("../"),
    }
}

fn type_items(writing: &mut Writing, def: &TypeDef) -> String {
    let api = writing.api;
    let docs = docs::lines(api, &def.doc, &[], None);
    let name = &def.name;
    match &def.kind {
        TypeKind::Id { wire, .. } => {
            let scalar = if *wire == Scalar::Int { "number" } else { "string" };
            format!("{}export type {name} = {}<{scalar}, {}>;\n", comment(&docs, 0), writing.kind("Id"), quoted(name))
        }
        TypeKind::Enum { wire, values, .. } => {
            let members: String = values.iter().map(|value| enum_value(api, def, value, *wire)).collect();
            let doc = comment(&docs, 0);
            let open = writing.kind("Open");
            format!(
                "{doc}export type {name} = {open}<typeof {name}>;\n\n\
                 {doc}export const {name} = {{\n{members}}} as const;\n"
            )
        }
        TypeKind::Object { open, fields } => {
            let (sent, received) = (def.sent, def.received);
            let object = Object { name, owner: name, docs, fields, sent, received, open: *open };
            let interface = object.interface(writing);
            let kind = writing.kind("Type");
            let start = format!("export const {}: {kind}<{name}> = /* @__PURE__ */ ", names::descriptor(name));
            let descriptor = layout::print(&object.descriptor(writing), 0, start.len(), 1);
            format!("{interface}\n/** How {{@link {name}}} is read and sent. */\n{start}{descriptor};\n")
        }
    }
}

fn enum_value(api: &Api, def: &TypeDef, value: &EnumValue, wire: Scalar) -> String {
    let since: Vec<String> = value.since.iter().map(|date| format!("Since {date}.")).collect();
    let doc = comment(&docs::lines(api, &value.doc, &since, value.deprecated.as_deref()), 2);
    let name = names::value(&api.names, &def.name, &value.wire, &value.name);
    let literal = if wire == Scalar::Int { value.wire.clone() } else { quoted(&value.wire) };
    format!("{doc}  {}: {literal},\n", key(&name))
}

fn examples_view(api: &Api, group: &Group) -> Option<ExamplesView> {
    let mut imports: BTreeSet<String> = BTreeSet::new();
    let mut calls = Vec::new();
    for method in api.methods_of(&group.name) {
        let made = example::call(api, method);
        imports.extend(made.imports);
        imports.insert(names::method(method));
        calls.push(Node::Row(vec![Node::text(format!("{}: ", key(&method.wire))), made.call]));
    }
    let mut imports: Vec<&str> = imports.iter().map(String::as_str).collect();
    imports.sort_by_key(|name| name.to_lowercase());
    (!calls.is_empty()).then(|| ExamplesView {
        name: group.name.replace('_', "-"),
        constant: names::examples(&group.name),
        title: group.title.clone(),
        imports: statement("import ", &imports, "baselinker-client"),
        calls: layout::print(&Node::block(calls), 0, 0, 0),
    })
}
