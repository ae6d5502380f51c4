//! Makes the view: names by the rules of Rust, docs in lines, and how each value may be missing.

use std::collections::BTreeSet;

use super::{
    ApiView, BatchView, ErrorView, FeatureView, FieldView, Imports, ItemView, MethodView, ModuleView, Presence,
    RustView, StructView, TypeView, VariantView, example, paging,
};
use crate::doc;
use crate::model::{Api, EnumValue, Field, Method, Retry, Type, TypeDef, TypeKind};
use crate::naming::{params_key, reply_key};
use crate::rust::docs::STYLE;
use crate::rust::names;

/// Makes the view.
#[must_use]
pub fn view(api: &Api) -> RustView {
    let mut methods: Vec<MethodView> = api.methods.values().map(|method| method_view(api, method)).collect();
    methods.sort_by(|a, b| a.module.name.cmp(&b.module.name));
    let mut types: Vec<TypeView> = api.types.values().map(|def| type_view(api, def)).collect();
    types.sort_by(|a, b| a.module.name.cmp(&b.module.name));
    let features =
        api.groups.iter().map(|group| FeatureView { name: names::feature(&group.name), title: group.title.clone() });
    RustView { api: api_view(api), features: features.collect(), methods, types }
}

fn api_view(api: &Api) -> ApiView {
    let errors = api.errors.iter().map(|error| ErrorView {
        ident: names::constant(&error.code),
        code: error.code.clone(),
        docs: STYLE.lines(api, &error.doc, &[]),
        after_block: error.retry == Retry::AfterBlock,
    });
    ApiView {
        version: api.version("rust").to_string(),
        changelog_date: api.changelog_date.clone(),
        endpoint: api.endpoint.clone(),
        token_header: api.token_header.clone(),
        calls_per_minute: api.limits.calls_per_minute,
        block_seconds: api.limits.block_seconds,
        errors: errors.collect(),
    }
}

fn method_view(api: &Api, method: &Method) -> MethodView {
    let params = names::params_type(method);
    let example = example::call(api, method);
    let reply_doc = format!("Reply to [{}].", method.wire);
    MethodView {
        module: ModuleView {
            name: names::module(&method.wire),
            source: method.file.clone(),
            features: vec![names::feature(&method.group)],
        },
        wire: method.wire.clone(),
        batch: batch_view(api, method),
        paging: paging::view(api, method),
        imports: Imports::of(&example),
        example,
        access: method.access,
        idempotent: method.idempotent,
        reply: StructView {
            ident: names::reply_type(method),
            docs: STYLE.lines(api, &reply_doc, &[]),
            deprecated: None,
            sent: false,
            received: true,
            open: false,
            fields: fields(api, &reply_key(method), &method.reply, false),
        },
        params: StructView {
            ident: params,
            docs: STYLE.method(api, method),
            deprecated: method.deprecated.as_deref().map(doc::plain),
            sent: true,
            received: false,
            open: false,
            fields: fields(api, &params_key(method), &method.params, true),
        },
    }
}

fn batch_view(api: &Api, method: &Method) -> Option<BatchView> {
    let batch = method.batch.as_ref()?;
    let field = method.params.iter().find(|field| field.wire == batch.param)?;
    Some(BatchView {
        ident: names::field(&api.names, &params_key(method), &field.wire),
        max: batch.max,
        list: field.ty.clone(),
        required: field.required,
    })
}

fn type_view(api: &Api, def: &TypeDef) -> TypeView {
    let features: BTreeSet<String> = def.groups.iter().map(|group| names::feature(group)).collect();
    let module = ModuleView {
        name: names::module(&def.name),
        source: def.file.clone(),
        features: features.into_iter().collect(),
    };
    let docs = STYLE.lines(api, &def.doc, &[]);
    let ident = def.name.clone();
    let item = match &def.kind {
        TypeKind::Id { wire, .. } => ItemView::Id { ident, docs, wire: *wire },
        TypeKind::Enum { wire, values, .. } => ItemView::Enum {
            variants: values.iter().map(|value| variant_view(api, def, value)).collect(),
            ident,
            docs,
            wire: *wire,
        },
        TypeKind::Object { open, fields: source } => ItemView::Struct(StructView {
            fields: fields(api, &def.name, source, def.sent),
            deprecated: None,
            sent: def.sent,
            received: def.received,
            open: *open,
            ident,
            docs,
        }),
    };
    TypeView { module, item }
}

fn variant_view(api: &Api, def: &TypeDef, value: &EnumValue) -> VariantView {
    let since = value.since.as_ref().map(|date| format!("Since {date}."));
    VariantView {
        ident: names::variant(&api.names, &def.name, &value.wire, &value.name),
        wire: value.wire.clone(),
        docs: STYLE.lines(api, &value.doc, since.as_slice()),
        deprecated: value.deprecated.as_deref().map(doc::plain),
    }
}

fn fields(api: &Api, owner: &str, fields: &[Field], sent: bool) -> Vec<FieldView> {
    fields.iter().map(|field| field_view(api, owner, field, sent)).collect()
}

fn field_view(api: &Api, owner: &str, field: &Field, sent: bool) -> FieldView {
    let ident = names::field(&api.names, owner, &field.wire);
    let presence = match field.ty {
        _ if field.required => Presence::Required,
        // What is sent tells an empty list, which clears, from none, which keeps.
        Type::List(_) | Type::Map(..) if !sent => Presence::Empty,
        _ => Presence::Optional,
    };
    FieldView {
        docs: STYLE.field(api, field, &ident),
        wire: field.wire.clone(),
        aliases: field.aliases.clone(),
        deprecated: field.deprecated.as_deref().map(doc::plain),
        ty: field.ty.clone(),
        presence,
        ident,
    }
}
