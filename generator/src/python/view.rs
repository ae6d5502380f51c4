//! The API as Python sees it: every name made, every type chosen, every doc in its quotes. Templates only print it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use serde::Serialize;

use super::api::{self, ApiView};
use super::classes::{self, ClassView};
use super::types::{Imports, Side};
use super::{docs, example, imports, method, names};
use crate::model::{Api, EnumValue, Scalar, TypeDef, TypeKind};

/// The whole package.
#[derive(Debug, Serialize)]
pub struct PythonView {
    pub(super) api: ApiView,
    pub(super) methods: Vec<ModuleView>,
    pub(super) types: Vec<ModuleView>,
    pub(super) method_index: IndexView,
    pub(super) type_index: IndexView,
}

impl PythonView {
    /// What is known of a method, by its name on the wire.
    #[must_use]
    pub fn method(&self, wire: &str) -> Option<impl Debug> {
        self.methods.iter().flat_map(|module| &module.methods).find(|method| method.wire == wire)
    }
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

const METHODS: &str =
    "Every method, as a function that makes a call; a client sends it. The class of its reply stands beside it.";
const TYPES: &str = "Identifiers, enums and objects that methods take and give, their replies included.";

/// Makes the view.
#[must_use]
pub fn view(api: &Api) -> PythonView {
    let methods = method::modules(api);
    let types = type_modules(api);
    let callables = homes(&methods, |method| &method.name);
    let replies = homes(&methods, |method| &method.reply);
    let objects = api.types.values().map(|def| (def.name.clone(), format!("types.{}", names::module(&def.file))));
    // A reply is looked for among types too.
    let types_of_api = objects.chain(replies.clone()).collect();
    PythonView {
        api: api::view(api),
        method_index: index(METHODS, callables.into_iter().chain(replies).collect()),
        type_index: index(TYPES, types_of_api),
        methods,
        types,
    }
}

/// A name that each method gives, with its home.
fn homes(modules: &[ModuleView], name: fn(&method::MethodView) -> &String) -> Vec<(String, String)> {
    let named = |module: &ModuleView| {
        let home = format!("methods.{}", module.name);
        module.methods.iter().map(|method| (name(method).clone(), home.clone())).collect::<Vec<_>>()
    };
    modules.iter().flat_map(named).collect()
}

/// The index of a package: the module below `baselinker_client` where each name lives.
fn index(doc: &'static str, homes: BTreeMap<String, String>) -> IndexView {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, module) in &homes {
        modules.entry(module).or_default().push(name);
    }
    let module = |home: &str| format!("baselinker_client.{home}");
    let imports = modules.into_iter().flat_map(|(home, names)| imports::statement(&module(home), names, 4));
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
                let mut class = classes::class_view(api, &mut named, &def.name, fields, side, def.sent);
                (class.doc, class.open, class.extra) = (docs::quoted(&doc, 4), *open, def.received || *open);
                classes.push(class);
            }
        }
    }
    used.extend(classes::runtime_of(&classes));
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
