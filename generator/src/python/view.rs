//! The API as Python sees it: every name made, every type chosen, every doc in its quotes. Templates only print it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::types::{self, Imports, Side};
use super::{docs, example, imports, method, names};
use crate::model::{Access, Api, EnumValue, Field, Retry, Scalar, Type, TypeDef, TypeKind};

/// The whole package.
#[derive(Debug, Serialize)]
pub struct PythonView {
    pub(super) api: ApiView,
    pub(super) methods: Vec<ModuleView>,
    pub(super) types: Vec<ModuleView>,
    pub(super) method_index: IndexView,
    pub(super) type_index: IndexView,
}

/// The API as a whole.
#[derive(Debug, Serialize)]
pub(super) struct ApiView {
    version: String,
    changelog_date: String,
    endpoint: String,
    token_header: String,
    calls_per_minute: u32,
    block_seconds: u32,
    methods: Vec<(String, &'static str)>,
    errors: Vec<(String, &'static str)>,
    sections: Vec<(String, String)>,
    count: usize,
}

/// One module: the methods or the types of a section.
#[derive(Debug, Serialize)]
pub(super) struct ModuleView {
    pub(super) name: String,
    pub(super) source: String,
    pub(super) doc: String,
    pub(super) imports: Vec<String>,
    pub(super) typing: Vec<String>,
    pub(super) ids: Vec<IdView>,
    pub(super) enums: Vec<EnumView>,
    pub(super) classes: Vec<ClassView>,
    pub(super) methods: Vec<method::MethodView>,
    pub(super) example_imports: Vec<String>,
}

/// Where each name of a package lives.
#[derive(Debug, Serialize)]
pub(super) struct IndexView {
    doc: &'static str,
    imports: Vec<String>,
    names: Vec<String>,
    homes: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
pub(super) struct IdView {
    name: String,
    wire: &'static str,
    doc: String,
}

#[derive(Debug, Serialize)]
pub(super) struct EnumView {
    name: String,
    base: &'static str,
    doc: String,
    values: Vec<MemberView>,
}

#[derive(Debug, Serialize)]
struct MemberView {
    name: String,
    value: String,
    doc: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ClassView {
    pub(super) name: String,
    pub(super) doc: String,
    pub(super) wire: Vec<String>,
    pub(super) open: bool,
    pub(super) extra: bool,
    pub(super) fields: Vec<FieldView>,
}

#[derive(Debug, Serialize)]
pub(super) struct FieldView {
    name: String,
    annotation: String,
    default: &'static str,
    doc: String,
}

const METHODS: &str =
    "Every method, as a function that makes a call; a client sends it. The class of its reply stands beside it.";
const TYPES: &str = "Identifiers, enums and objects that methods take and give.";

/// Makes the view.
#[must_use]
pub fn view(api: &Api) -> PythonView {
    let methods = method::modules(api);
    let types = type_modules(api);
    let callables = methods.iter().flat_map(|module| {
        let names = module.methods.iter().flat_map(|method| [method.name.clone(), method.reply.clone()]);
        names.map(|name| (name, module.name.clone()))
    });
    let homes = api.types.values().map(|def| (def.name.clone(), names::module(&def.file)));
    PythonView {
        api: api_view(api),
        method_index: index(METHODS, "methods", callables.collect()),
        type_index: index(TYPES, "types", homes.collect()),
        methods,
        types,
    }
}

fn api_view(api: &Api) -> ApiView {
    let retry = |retry| if retry == Retry::AfterBlock { "after_block" } else { "never" };
    let mut sections = BTreeMap::new();
    for method in api.methods.values() {
        sections.entry(names::module(&method.file)).or_insert_with(|| method.section.clone());
    }
    ApiView {
        version: api.version("python").to_string(),
        changelog_date: api.changelog_date.clone(),
        endpoint: api.endpoint.clone(),
        token_header: api.token_header.clone(),
        calls_per_minute: api.limits.calls_per_minute,
        block_seconds: api.limits.block_seconds,
        methods: api.methods.values().map(|method| (method.wire.clone(), access(method.access))).collect(),
        errors: api.errors.iter().map(|error| (error.code.clone(), retry(error.retry))).collect(),
        sections: sections.into_iter().collect(),
        count: api.methods.len(),
    }
}

/// The word that stands for an access.
pub(super) fn access(access: Access) -> &'static str {
    match access {
        Access::Read => "read",
        Access::Write => "write",
        Access::Delete => "delete",
        Access::Action => "action",
    }
}

fn index(doc: &'static str, package: &str, homes: BTreeMap<String, String>) -> IndexView {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, module) in &homes {
        modules.entry(module).or_default().push(name);
    }
    let module = |name: &str| format!("baselinker_client.{package}.{name}");
    let imports = modules.into_iter().flat_map(|(name, names)| imports::statement(&module(name), names, 4));
    let mut names: Vec<String> = homes.keys().cloned().collect();
    imports::sort(&mut names);
    IndexView { doc, imports: imports.collect(), homes: homes.into_iter().collect(), names }
}

fn type_modules(api: &Api) -> Vec<ModuleView> {
    let files: BTreeSet<&str> = api.types.values().map(|def| def.file.as_str()).collect();
    files.into_iter().map(|file| type_module(api, file)).collect()
}

fn type_module(api: &Api, file: &str) -> ModuleView {
    let (mut named, mut used) = (Imports::default(), BTreeSet::new());
    let (mut ids, mut enums, mut classes) = (Vec::new(), Vec::new(), Vec::new());
    for def in api.types.values().filter(|def| def.file == file) {
        let doc = docs::lines(api, &def.doc, &[], 4);
        match &def.kind {
            TypeKind::Id { wire, .. } => ids.push(IdView {
                name: def.name.clone(),
                wire: if *wire == Scalar::Int { "int" } else { "str" },
                doc: docs::quoted(&docs::lines(api, &def.doc, &[], 0), 0),
            }),
            TypeKind::Enum { wire, values, .. } => {
                let base = if *wire == Scalar::Int { "OpenInt" } else { "OpenText" };
                used.insert(base);
                let values = values.iter().map(|value| member_view(api, def, *wire, value)).collect();
                enums.push(EnumView { name: def.name.clone(), base, doc: docs::quoted(&doc, 4), values });
            }
            TypeKind::Object { open, fields } => {
                let side = if def.received { Side::Received } else { Side::Sent };
                let mut class = class_view(api, &mut named, &def.name, fields, side, def.sent);
                (class.doc, class.open, class.extra) = (docs::quoted(&doc, 4), *open, def.received || *open);
                classes.push(class);
            }
        }
    }
    used.extend(runtime_of(&classes));
    named.runtime.extend((classes.iter().any(|class| class.extra)).then_some("Json"));
    named.types.retain(|name| api.type_def(name).file != file);
    let mut lines = Vec::new();
    lines.extend((!ids.is_empty()).then_some("NewType"));
    let title = names::module(file);
    ModuleView {
        doc: format!("Types of the section `{title}`."),
        name: title,
        source: file.to_owned(),
        imports: module_imports(&lines, &named, &used),
        typing: typing_imports(&named),
        ids,
        enums,
        classes,
        methods: Vec::new(),
        example_imports: Vec::new(),
    }
}

/// What the classes of a module need of the runtime when they are made.
pub(super) fn runtime_of(classes: &[ClassView]) -> BTreeSet<&'static str> {
    let mut used = BTreeSet::new();
    let has = |default: &str| classes.iter().flat_map(|class| &class.fields).any(|field| field.default == default);
    used.extend((!classes.is_empty()).then_some("Object"));
    used.extend(has("EMPTY_LIST").then_some("EMPTY_LIST"));
    used.extend((has("EMPTY_MAP") || classes.iter().any(|class| class.extra)).then_some("EMPTY_MAP"));
    used
}

/// The imports that a module needs when it runs.
pub(super) fn module_imports(typing: &[&str], named: &Imports, runtime: &BTreeSet<&'static str>) -> Vec<String> {
    let mut typing: Vec<&str> = typing.to_vec();
    typing.extend((!typing_imports(named).is_empty()).then_some("TYPE_CHECKING"));
    let mut lines = imports::statement("typing", typing, 0);
    if !lines.is_empty() && !runtime.is_empty() {
        lines.push(String::new());
    }
    lines.extend(imports::statement("baselinker_client._runtime", runtime.iter().copied(), 0));
    lines
}

/// The imports that only type checkers need.
pub(super) fn typing_imports(named: &Imports) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(named.datetime.then(|| "    import datetime".to_owned()));
    lines.extend(imports::statement("collections.abc", named.containers.iter().copied(), 4));
    lines.extend(named.decimal.then(|| "    from decimal import Decimal".to_owned()));
    let runtime = imports::statement("baselinker_client._runtime", named.runtime.iter().copied(), 4);
    let types = imports::statement("baselinker_client.types", named.types.iter().cloned(), 4);
    if !lines.is_empty() && (!runtime.is_empty() || !types.is_empty()) {
        lines.push(String::new());
    }
    lines.extend(runtime);
    lines.extend(types);
    lines
}

fn member_view(api: &Api, def: &TypeDef, wire: Scalar, value: &EnumValue) -> MemberView {
    let since = value.since.as_ref().map(|date| format!("Since {date}."));
    let deprecated = value.deprecated.as_ref().map(|why| format!("Deprecated: {}", docs::plain(api, why)));
    let notes: Vec<String> = since.into_iter().chain(deprecated).collect();
    MemberView {
        name: names::value(&api.names, &def.name, &value.wire, &value.name),
        value: if wire == Scalar::Int { value.wire.clone() } else { example::text_literal(&value.wire) },
        doc: docs::quoted(&docs::lines(api, &value.doc, &notes, 4), 4),
    }
}

/// A class of objects; its own doc is for the caller to set.
pub(super) fn class_view(
    api: &Api,
    named: &mut Imports,
    owner: &str,
    fields: &[Field],
    side: Side,
    sent: bool,
) -> ClassView {
    ClassView {
        name: owner.to_owned(),
        doc: String::new(),
        wire: tuple("    ", fields.iter().map(|field| wire(api, owner, field)).collect()),
        open: false,
        extra: true,
        fields: fields.iter().map(|field| field_view(api, named, owner, field, side, sent)).collect(),
    }
}

/// The description of a field, as a tuple.
pub(super) fn wire(api: &Api, owner: &str, field: &Field) -> String {
    let name = names::field(&api.names, owner, &field.wire);
    let required = if field.required { "!" } else { "" };
    let mut parts = vec![field.wire.clone(), format!("{}{required}", types::described(api, &field.ty))];
    if name != field.wire || !field.aliases.is_empty() {
        parts.push(name);
        parts.extend(field.aliases.iter().cloned());
    }
    let parts: Vec<String> = parts.iter().map(|part| example::text_literal(part)).collect();
    format!("({})", parts.join(", "))
}

/// A tuple as the formatter leaves it, as lines behind their indentation; nothing if it is empty.
pub(super) fn tuple(margin: &str, items: Vec<String>) -> Vec<String> {
    match items.as_slice() {
        [] => Vec::new(),
        [only] => vec![format!("({only},)")],
        _ => {
            let items = items.into_iter().map(|item| format!("{margin}    {item},"));
            ["(".to_owned()].into_iter().chain(items).chain([format!("{margin})")]).collect()
        }
    }
}

fn field_view(api: &Api, named: &mut Imports, owner: &str, field: &Field, side: Side, sent: bool) -> FieldView {
    let name = names::field(&api.names, owner, &field.wire);
    let annotation = types::annotation(named, &field.ty, side);
    let (default, optional) = match field.ty {
        _ if field.required => ("", false),
        // What is sent tells an empty list, which clears, from none, which keeps.
        Type::List(_) if !sent => ("EMPTY_LIST", false),
        Type::Map(..) if !sent => ("EMPTY_MAP", false),
        _ => ("None", true),
    };
    let lines = docs::wrapped(&docs::field(api, field, &name), 4);
    FieldView {
        annotation: if optional { format!("{annotation} | None") } else { annotation },
        default,
        doc: docs::quoted(&lines, 4),
        name,
    }
}
