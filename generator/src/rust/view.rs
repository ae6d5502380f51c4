//! The API as Rust sees it: every name made, every type chosen, every doc in lines. Emitters only print it.

mod example;
mod make;
mod paging;

use crate::model::{Scalar, Type};

pub use crate::model::Access;
pub use example::{Expr, Imports, StructExpr};
pub use make::view;
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

impl RustView {
    /// What is known of a method, by its name on the wire.
    #[must_use]
    pub fn method(&self, wire: &str) -> Option<&MethodView> {
        self.methods.iter().find(|method| method.wire == wire)
    }
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
