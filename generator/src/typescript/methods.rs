//! The file of a method: what it takes and gives, how that is sent and read, and the function that makes a request.

use super::layout::{Node, comment, member, print, quoted};
use super::objects::Object;
use super::types::{Imports, Way, Writing, statement};
use super::view::{MethodView, access};
use super::{docs, example, names};
use crate::model::{Access, Advance, Api, Field, Method, Paging, Type};
use crate::naming::{params_key, reply_key};

/// Makes the view.
pub fn view(api: &Api, method: &Method) -> MethodView {
    let mut imports = Imports::default();
    let mut writing = Writing { api, module: None, imports: &mut imports };
    let (name, params_type, reply_type) =
        (names::method(method), names::params_type(method), names::reply_type(method));
    let (params_key, reply_key) = (params_key(method), reply_key(method));
    let params = Object {
        name: &params_type,
        owner: &params_key,
        docs: vec![format!("What {{@link {name}}} takes.")],
        fields: &method.params,
        sent: true,
        received: false,
        open: false,
    };
    let reply = Object {
        name: &reply_type,
        owner: &reply_key,
        docs: vec![format!("What {{@link {name}}} gives.")],
        fields: &method.reply,
        sent: false,
        received: true,
        open: false,
    };
    let mut items = Vec::new();
    items.extend((!method.params.is_empty()).then(|| params.interface(&mut writing)));
    items.push(reply.interface(&mut writing));
    items.push(descriptor(&mut writing, method, &params, &reply));
    items.push(function(&mut writing, method));
    let mut exported = vec![name.clone(), format!("type {reply_type}")];
    exported.extend((!method.params.is_empty()).then(|| format!("type {params_type}")));
    exported.sort_by_key(|item| item.trim_start_matches("type ").to_lowercase());
    let exported: Vec<&str> = exported.iter().map(String::as_str).collect();
    MethodView {
        export: statement("export ", &exported, &format!("./methods/{name}.js")),
        name,
        wire: super::layout::key(&method.wire),
        access: access(method),
        source: method.file.clone(),
        items,
        imports: imports.statements("../"),
    }
}

/// What a method is beside being called.
fn kinds(writing: &mut Writing, method: &Method, suffix: &str) -> String {
    let reply = names::reply_type(method);
    let mut kinds = Vec::new();
    if let Some((paging, list)) = paging(method) {
        let item = item(writing, &list.ty);
        let kind = if matches!(paging, Paging::Cursor { .. }) { "Followed" } else { "Paged" };
        kinds.push(format!("{}<{reply}, {item}>", writing.kind(&format!("{kind}{suffix}"))));
    }
    if method.batch.is_some() {
        kinds.push(format!("{}<{reply}>", writing.kind(&format!("Batched{suffix}"))));
    }
    if kinds.is_empty() {
        kinds.push(format!("{}<{reply}>", writing.kind(suffix)));
    }
    kinds.join(" & ")
}

/// The type of what a reply lists.
fn item(writing: &mut Writing, list: &Type) -> String {
    match list {
        Type::List(item) => writing.ty(item, Way::Received),
        Type::Map(key, item) => format!("[{}, {}]", writing.ty(key, Way::Received), writing.ty(item, Way::Received)),
        other => writing.ty(other, Way::Received),
    }
}

fn paging(method: &Method) -> Option<(&Paging, &Field)> {
    let paging = method.paging.as_ref()?;
    let (Paging::Page { items, .. } | Paging::Cursor { items, .. }) = paging;
    Some((paging, method.reply.iter().find(|field| field.wire == *items)?))
}

fn descriptor(writing: &mut Writing, method: &Method, params: &Object, reply: &Object) -> String {
    let start = format!("const method: {} = ", kinds(writing, method, "Method"));
    let mut items = vec![
        Node::text(format!("name: {}", quoted(&method.wire))),
        Node::text(format!("access: {}", quoted(access(method)))),
    ];
    // Of what only reads it is known.
    if method.idempotent && method.access != Access::Read {
        items.push(Node::text("isIdempotent: true"));
    }
    items.extend([
        Node::Row(vec![Node::text("params: "), params.descriptor(writing)]),
        Node::Row(vec![Node::text("reply: "), reply.descriptor(writing)]),
    ]);
    items.extend(paging_value(writing, method).map(|value| Node::Row(vec![Node::text("paging: "), value])));
    if let Some(batch) = &method.batch {
        let param = property(writing, &params_key(method), &batch.param);
        let value = vec![Node::text(format!("param: {}", quoted(&param))), Node::text(format!("max: {}", batch.max))];
        items.push(Node::Row(vec![Node::text("batch: "), Node::braces(value)]));
    }
    format!("{start}{};\n", print(&Node::block(items), 0, start.len(), 1))
}

fn paging_value(writing: &mut Writing, method: &Method) -> Option<Node> {
    let (paging, list) = paging(method)?;
    let listed = format!("reply{}", member(&property(writing, &reply_key(method), &list.wire)));
    let items = match &list.ty {
        Type::Map(key, _) if writing.is_number(key) => format!("{}({listed})", writing.value("numberEntries")),
        Type::Map(..) => format!("{}({listed})", writing.value("textEntries")),
        _ => listed,
    };
    let (param, start, size) = match paging {
        Paging::Page { param, first, size, .. } => (param, *first, size),
        Paging::Cursor { param, advance, size, .. } => (param, u32::from(*advance == Advance::Next), size),
    };
    let param = property(writing, &params_key(method), param);
    let mut fields = vec![format!("param: {}", quoted(&param)), format!("items: (reply) => {items}")];
    if let (Paging::Cursor { field, .. }, Type::List(item)) = (paging, &list.ty)
        && let Type::Named(name) = &**item
    {
        fields.push(format!("position: (item) => item{}", member(&property(writing, name, field))));
    }
    fields.push(format!("start: {start}"));
    fields.extend(size.map(|size| format!("size: {size}")));
    Some(Node::braces(fields.into_iter().map(Node::text).collect()))
}

fn property(writing: &Writing, owner: &str, wire: &str) -> String {
    names::field(&writing.api.names, owner, wire)
}

fn function(writing: &mut Writing, method: &Method) -> String {
    let mut lines = docs::method(writing.api, method);
    lines.extend([String::new(), "@example".to_owned(), "```ts".to_owned()]);
    let made = example::statement(&example::call(writing.api, method).call);
    lines.extend(made.lines().map(|line| line.replace("*/", "*\\/")));
    lines.extend(["const { value, mismatches } = await client.call(request);".to_owned(), "```".to_owned()]);
    let params = names::params_type(method);
    let (argument, body) = if method.params.is_empty() {
        (None, "method, params: {}")
    } else if method.params.iter().any(|field| field.required) {
        (Some(format!("params: {params}")), "method, params")
    } else {
        (Some(format!("params: {params} = {{}}")), "method, params")
    };
    let start = format!("export function {}", names::method(method));
    let end = format!(": {} {{", kinds(writing, method, "Request"));
    let arguments = Node::parentheses(argument.into_iter().map(Node::text).collect());
    let head = print(&Node::Row(vec![arguments, Node::text(end)]), 0, start.len(), 0);
    format!("{}{start}{head}\n  return {{ {body} }};\n}}\n", comment(&lines, 0))
}
