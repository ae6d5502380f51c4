//! The API as Rust sees it: every name made, every type chosen, every doc in lines. Emitters only print it.

mod example;
mod paging;

use std::collections::BTreeSet;

use super::docs::STYLE;
use super::names;
use crate::doc;
use crate::model::{Api, EnumValue, Field, Method, Retry, Scalar, Type, TypeDef, TypeKind};
use crate::naming::{params_key, reply_key};

pub use crate::model::Access;
pub use example::{Expr, Imports, StructExpr};
pub use paging::{CursorField, PagingStyle, PagingView};

/// The whole crate.
#[derive(Debug)]
pub struct RustView {
    /// What `lib.rs` and `api.rs` say of the API.
    pub api: ApiView,
    /// Cargo features with their docs, in the order of the public list.
    pub features: Vec<FeatureView>,
    /// A file each, by module.
    pub methods: Vec<MethodView>,
    /// A file each, by module.
    pub types: Vec<TypeView>,
}

/// The API as a whole.
#[derive(Debug)]
pub struct ApiView {
    /// The date of the public changelog.
    pub changelog_date: String,
    /// The version of the crate.
    pub version: String,
    /// Where calls are posted to.
    pub endpoint: String,
    /// The header that carries the token.
    pub token_header: String,
    /// Calls a minute.
    pub calls_per_minute: u32,
    /// Seconds of a block.
    pub block_seconds: u32,
    /// Known error codes.
    pub errors: Vec<ErrorView>,
}

/// A known error code.
#[derive(Debug)]
pub struct ErrorView {
    /// The constant that stands for it.
    pub ident: String,
    /// The code on the wire.
    pub code: String,
    /// Its doc.
    pub docs: Vec<String>,
    /// Whether any call may be sent again after the block.
    pub after_block: bool,
}

/// A cargo feature.
#[derive(Debug)]
pub struct FeatureView {
    /// Its name.
    pub name: String,
    /// The title of the group in the public list.
    pub title: String,
}

/// Where an item lives and when it is compiled.
#[derive(Debug)]
pub struct ModuleView {
    /// The module, and the stem of the file.
    pub name: String,
    /// The file of the spec that it was made from.
    pub source: String,
    /// The cargo features of which one must be on, sorted.
    pub features: Vec<String>,
}

/// One method.
#[derive(Debug)]
pub struct MethodView {
    /// Where it lives.
    pub module: ModuleView,
    /// Its name on the wire.
    pub wire: String,
    /// What it does to the account.
    pub access: Access,
    /// Whether a repeat does no harm.
    pub idempotent: bool,
    /// What is sent.
    pub params: StructView,
    /// What comes back.
    pub reply: StructView,
    /// How it is called in parts.
    pub batch: Option<BatchView>,
    /// How it is read page by page.
    pub paging: Option<PagingView>,
    /// The call of its example.
    pub example: StructExpr,
    /// What the example names.
    pub imports: Imports,
}

/// How a method is called in parts.
#[derive(Debug)]
pub struct BatchView {
    /// The parameter that holds the items.
    pub ident: String,
    /// The greatest number of items.
    pub max: u32,
    /// The type of the parameter.
    pub list: Type,
    /// Whether the parameter must be given.
    pub required: bool,
}

/// One named type.
#[derive(Debug)]
pub struct TypeView {
    /// Where it lives.
    pub module: ModuleView,
    /// What it is.
    pub item: ItemView,
}

/// What a named type is.
#[derive(Debug)]
pub enum ItemView {
    /// An identifier.
    Id {
        /// Its name.
        ident: String,
        /// Its doc.
        docs: Vec<String>,
        /// What is inside.
        wire: Scalar,
    },
    /// A set of values.
    Enum {
        /// Its name.
        ident: String,
        /// Its doc.
        docs: Vec<String>,
        /// What the values are on the wire.
        wire: Scalar,
        /// The known values.
        variants: Vec<VariantView>,
    },
    /// An object.
    Struct(StructView),
}

/// One value of an enum.
#[derive(Debug)]
pub struct VariantView {
    /// Its name.
    pub ident: String,
    /// The value on the wire.
    pub wire: String,
    /// Its doc.
    pub docs: Vec<String>,
    /// Why not to use it any more.
    pub deprecated: Option<String>,
}

/// A struct: parameters, a reply or an object.
#[derive(Debug)]
pub struct StructView {
    /// Its name.
    pub ident: String,
    /// Its doc.
    pub docs: Vec<String>,
    /// Why not to use it any more.
    pub deprecated: Option<String>,
    /// Whether it is written to a request.
    pub sent: bool,
    /// Whether it is read from a reply.
    pub received: bool,
    /// Whether undocumented keys are sent too.
    pub open: bool,
    /// Its fields.
    pub fields: Vec<FieldView>,
}

/// A field of a struct.
#[derive(Debug)]
pub struct FieldView {
    /// Its name.
    pub ident: String,
    /// Its name on the wire.
    pub wire: String,
    /// Other names on the wire.
    pub aliases: Vec<String>,
    /// Its doc.
    pub docs: Vec<String>,
    /// Why not to use it any more.
    pub deprecated: Option<String>,
    /// The type of one value.
    pub ty: Type,
    /// How the value may be missing.
    pub presence: Presence,
}

/// How a value may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It may not.
    Required,
    /// `None` stands for that.
    Optional,
    /// An empty list or map stands for that.
    Empty,
}

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
