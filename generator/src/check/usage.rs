//! Rules for the whole: every type is used, every unit too; which types are sent, which received, and by which groups.

use std::collections::BTreeSet;

use super::Check;
use crate::model::{Api, Field, Method, Paging, Type, TypeKind};
use crate::problem::Place;

/// Fills in what types are used for, and finds what is used for nothing.
pub(super) fn check(check: &mut Check, api: &mut Api) {
    let mut uses: Vec<(String, Use)> = Vec::new();
    for method in api.methods.values() {
        for (fields, sent) in [(&method.params, true), (&method.reply, false)] {
            for name in reachable(api, fields) {
                uses.push((name, Use { group: method.group.clone(), sent }));
            }
        }
        only_with(check, api, method);
        cursor_field(check, api, method);
    }
    for (name, used) in uses {
        let def = api.types.get_mut(&name).expect("checked before");
        def.groups.insert(used.group);
        def.sent |= used.sent;
        def.received |= !used.sent;
    }
    for def in api.types.values().filter(|def| def.groups.is_empty()) {
        let place = Place::key(&def.file, ["types", &def.name]);
        check.problem_with_help("unused-type", place, format!("nothing uses the type `{}`", def.name), "remove it");
    }
}

struct Use {
    group: String,
    sent: bool,
}

/// The names of all types that fields hold, directly or through others.
fn reachable(api: &Api, fields: &[Field]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut todo: Vec<&Field> = fields.iter().collect();
    while let Some(field) = todo.pop() {
        for name in field.ty.names() {
            if found.insert(name.to_owned()) {
                todo.extend(api.type_def(name).fields());
            }
        }
    }
    found
}

/// A field that comes only with a parameter needs that parameter in each method whose reply holds it.
fn only_with(check: &mut Check, api: &Api, method: &Method) {
    let place = Place::key(&method.file, ["methods", &method.wire, "reply"]);
    let types = reachable(api, &method.reply);
    let direct = method.reply.iter().map(|field| (place.below(&field.wire), field));
    let nested = types.iter().flat_map(|name| {
        let def = api.type_def(name);
        let place = Place::key(&def.file, ["types", name, "fields"]);
        def.fields().iter().map(move |field| (place.below(&field.wire), field))
    });
    let fields: Vec<(Place, &Field)> = direct.chain(nested).collect();
    for (place, field) in fields {
        let Some(param) = &field.only_with else { continue };
        if method.params.iter().all(|other| other.wire != *param) {
            let message = format!("{} has no parameter `{param}` and its reply holds this field", method.wire);
            let help = "name a parameter of every method that uses the type, or say it in the doc";
            check.problem_with_help("unknown-field", place.below("only_with").value(), message, help);
        }
    }
}

/// A cursor is made of a field that every item has.
fn cursor_field(check: &mut Check, api: &Api, method: &Method) {
    let Some(Paging::Cursor { field, items, .. }) = &method.paging else { return };
    let place = Place::key(&method.file, ["methods", &method.wire, "paging", "field"]).value();
    let list = method.reply.iter().find(|reply| reply.wire == *items).map(|reply| &reply.ty);
    let Some(Type::List(item)) = list else { return };
    let Type::Named(name) = &**item else { return };
    let TypeKind::Object { fields, .. } = &api.type_def(name).kind else { return };
    match fields.iter().find(|candidate| candidate.wire == *field) {
        None => check.problem("unknown-field", place, format!("`{name}` has no field `{field}`")),
        Some(cursor) if !cursor.required => {
            let help = format!("say `required: true` at the field of `{name}`: a page without it cannot be followed");
            check.problem_with_help("cursor-field", place, format!("`{field}` may be missing"), help);
        }
        Some(_) => {}
    }
}
