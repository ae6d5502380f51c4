//! Methods as Python sees them: a class for the reply, a description for the runtime, and a function that makes a call.

use std::collections::BTreeSet;

use serde::Serialize;

use super::classes::{self, ClassView};
use super::types::{self, Imports, Side};
use super::view::{self, ModuleView};
use super::{api, docs, example, imports, names};
use crate::model::{Api, Field, Method, Paging, Type};
use crate::naming::{params_key, reply_key};
use crate::source::Advance;

/// A method.
#[derive(Debug, Serialize)]
pub(super) struct MethodView {
    pub(super) name: String,
    pub(super) wire: String,
    pub(super) reply: String,
    class: ClassView,
    constant: String,
    access: &'static str,
    idempotent: bool,
    described: Vec<String>,
    paging: Option<String>,
    batch: Option<String>,
    request: &'static str,
    returns: String,
    params: Vec<String>,
    doc: String,
    deprecated: Option<String>,
    example: Vec<String>,
}

/// The modules, by name.
pub(super) fn modules(api: &Api) -> Vec<ModuleView> {
    let files: BTreeSet<&str> = api.methods.values().map(|method| method.file.as_str()).collect();
    files.into_iter().map(|file| module(api, file)).collect()
}

fn module(api: &Api, file: &str) -> ModuleView {
    let methods: Vec<&Method> = api.methods.values().filter(|method| method.file == file).collect();
    let (mut imported, mut used) = (Imports::default(), BTreeSet::from(["Method"]));
    imported.runtime.insert("Json");
    let mut of_examples = example::Named::default();
    let mut views = Vec::new();
    for method in &methods {
        let (call, mentioned) = example::call(api, method);
        of_examples.extend(mentioned);
        views.push(method_view(api, &mut imported, &mut used, method, &call));
    }
    for view in &views {
        used.extend(classes::runtime_of(std::slice::from_ref(&view.class)));
    }
    imported.runtime.retain(|name| !used.contains(name));
    let section = methods.first().map_or("", |method| method.section.as_str());
    ModuleView {
        name: names::module(file),
        source: file.to_owned(),
        doc: format!("{section}."),
        imports: module_imports(&imported, &used, methods.iter().any(|method| method.deprecated.is_some())),
        typing: view::typing_imports(&imported),
        ids: Vec::new(),
        enums: Vec::new(),
        classes: Vec::new(),
        methods: views,
        example_imports: example_imports(&of_examples, &names::module(file)),
    }
}

fn module_imports(named: &Imports, used: &BTreeSet<&'static str>, warns: bool) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(warns.then(|| "import warnings".to_owned()));
    lines.extend(view::module_imports(&[], named, used));
    lines
}

fn example_imports(named: &example::Named, module: &str) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(named.datetime.then(|| "import datetime".to_owned()));
    lines.extend(named.decimal.then(|| "from decimal import Decimal".to_owned()));
    lines.push("from typing import TYPE_CHECKING, Any".to_owned());
    lines.push(String::new());
    lines.extend(imports::statement("baselinker_client", named.runtime.iter().copied(), 0));
    lines.push(format!("from baselinker_client.methods import {module} as methods"));
    lines.extend(imports::statement("baselinker_client.types", named.types.iter().cloned(), 0));
    lines.extend(["", "if TYPE_CHECKING:", "    from baselinker_client import Request"].map(String::from));
    lines
}

fn method_view(
    api: &Api,
    named: &mut Imports,
    used: &mut BTreeSet<&'static str>,
    method: &Method,
    call: &example::Expr,
) -> MethodView {
    let reply = names::reply_type(method);
    let mut class = classes::class_view(api, named, &reply_key(method), &method.reply, Side::Received, false);
    class.name.clone_from(&reply);
    class.doc = docs::quoted(&[format!("Reply to `{}`.", names::method(method))], 4);
    let key = params_key(method);
    let documented: Vec<(String, Vec<String>)> = method
        .params
        .iter()
        .map(|field| {
            let name = names::field(&api.names, &key, &field.wire);
            let doc = docs::field(api, field, &name);
            (name, doc)
        })
        .collect();
    let (request, returns) = request(named, method, &reply);
    used.insert(request);
    let paging = method.paging.as_ref().map(|paging| paging_view(api, used, method, paging));
    used.extend(method.batch.as_ref().map(|_| "BatchLimit"));
    let batch = method.batch.as_ref().map(|batch| {
        let param = names::field(&api.names, &key, &batch.param);
        format!("BatchLimit(param={}, max={})", example::text_literal(&param), batch.max)
    });
    let deprecated = method.deprecated.as_ref().map(|why| {
        example::text_literal(&format!("{} is deprecated: {}", names::method(method), docs::plain(api, why)))
    });
    MethodView {
        name: names::method(method),
        wire: method.wire.clone(),
        class,
        constant: names::constant(method),
        access: api::access(method.access),
        idempotent: method.idempotent,
        described: classes::tuple("    ", method.params.iter().map(|field| classes::wire(api, &key, field)).collect()),
        paging,
        batch,
        request,
        returns,
        params: params(api, named, &key, &method.params),
        doc: docs::quoted(&docs::method(api, method, &documented, &example::lines(call, "", 8)), 4),
        deprecated,
        example: example::lines(call, "return methods.", 4),
        reply,
    }
}

/// Parameters as a signature has them: those that must be given come first.
fn params(api: &Api, named: &mut Imports, key: &str, fields: &[Field]) -> Vec<String> {
    let mut written = Vec::new();
    for wanted in [true, false] {
        for field in fields.iter().filter(|field| field.required == wanted) {
            let name = names::field(&api.names, key, &field.wire);
            let annotation = types::annotation(named, &field.ty, Side::Param);
            let optional = if field.required { "" } else { " | None = None" };
            written.push(format!("{name}: {annotation}{optional}"));
        }
    }
    written
}

/// The class of a method's calls, and the same with its parameters.
fn request(named: &mut Imports, method: &Method, reply: &str) -> (&'static str, String) {
    let Some(paging) = &method.paging else {
        let class = if method.batch.is_some() { "BatchedRequest" } else { "Request" };
        return (class, format!("{class}[{reply}]"));
    };
    let (Paging::Page { items, .. } | Paging::Cursor { items, .. }) = paging;
    let listed = method.reply.iter().find(|field| field.wire == *items).map(|field| &field.ty);
    let item = match listed {
        Some(Type::List(item)) => types::annotation(named, item, Side::Received),
        Some(Type::Map(key, item)) => {
            let key = types::annotation(named, key, Side::Received);
            format!("tuple[{key}, {}]", types::annotation(named, item, Side::Received))
        }
        // Checks have made sure that pages have items.
        _ => "object".to_owned(),
    };
    let class = if matches!(paging, Paging::Cursor { .. }) { "FollowedRequest" } else { "PagedRequest" };
    (class, format!("{class}[{reply}, {item}]"))
}

fn paging_view(api: &Api, used: &mut BTreeSet<&'static str>, method: &Method, paging: &Paging) -> String {
    let (Paging::Page { param, items, size, .. } | Paging::Cursor { param, items, size, .. }) = paging;
    let named = |owner: &str, wire: &str| example::text_literal(&names::field(&api.names, owner, wire));
    let common = format!("param={}, items={}", named(&params_key(method), param), named(&reply_key(method), items));
    let size = size.map(|size| format!(", size={size}")).unwrap_or_default();
    match paging {
        Paging::Page { first, .. } => {
            used.insert("PageStyle");
            format!("PageStyle({common}, first={first}{size})")
        }
        Paging::Cursor { field, advance, .. } => {
            used.insert("CursorStyle");
            let listed = method.reply.iter().find(|reply| reply.wire == *items).map(|reply| &reply.ty);
            let owner = match listed {
                Some(Type::List(item)) => item.to_string(),
                _ => String::new(),
            };
            let step = u32::from(*advance == Advance::Next);
            format!("CursorStyle({common}, position={}, step={step}{size})", named(&owner, field))
        }
    }
}
