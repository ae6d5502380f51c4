//! Rust code from the view: which files there are, and what is in each.

mod batch;
mod examples;
mod krate;
mod methods;
mod paging;
mod structs;
mod types;

use std::thread;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::format;
use super::view::{ItemView, MethodView, ModuleView, RustView, TypeView};
use crate::model::Type;

/// All files of the crate, by their path below the output folder.
///
/// # Panics
///
/// When an emitter makes what is not Rust, which is a bug.
pub fn emit(view: &RustView) -> Vec<(String, String)> {
    // Printing is most of the work, so the files of methods and types are made on all cores.
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut jobs: Vec<Job> = view.methods.iter().map(Job::Method).chain(view.types.iter().map(Job::Type)).collect();
    let mut chunks: Vec<Vec<Job>> = (0..cores).map(|_| Vec::new()).collect();
    jobs.drain(..).enumerate().for_each(|(at, job)| chunks[at % cores].push(job));
    let mut files: Vec<(String, String)> = thread::scope(|scope| {
        let workers: Vec<_> =
            chunks.iter().map(|jobs| scope.spawn(|| jobs.iter().map(Job::run).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("an emitter does not panic")).collect()
    });
    files.push(("rust/Cargo.toml".to_owned(), krate::manifest(view)));
    files.push(("rust/src/lib.rs".to_owned(), krate::lib(view)));
    files.push(("rust/src/api.rs".to_owned(), krate::api(view)));
    files.push(("rust/src/methods.rs".to_owned(), index("The methods, a module each.", "methods", &methods_of(view))));
    files.push(("rust/src/types.rs".to_owned(), index("The types that methods share.", "types", &types_of(view))));
    files.extend(examples::tests(view));
    files
}

/// The making of one file.
enum Job<'a> {
    Method(&'a MethodView),
    Type(&'a TypeView),
}

impl Job<'_> {
    fn run(&self) -> (String, String) {
        match self {
            Self::Method(view) => {
                let path = format!("rust/src/methods/{}.rs", view.module.name);
                (path, format::file(None, &view.module.source, methods::method(view)))
            }
            Self::Type(view) => {
                let path = format!("rust/src/types/{}.rs", view.module.name);
                (path, format::file(None, &view.module.source, types::ty(view)))
            }
        }
    }
}

fn methods_of(view: &RustView) -> Vec<(&ModuleView, Vec<&str>)> {
    view.methods.iter().map(|method| (&method.module, vec![&*method.params.ident, &*method.reply.ident])).collect()
}

fn types_of(view: &RustView) -> Vec<(&ModuleView, Vec<&str>)> {
    view.types.iter().map(|ty| (&ty.module, vec![ident_of(&ty.item)])).collect()
}

fn ident_of(item: &ItemView) -> &str {
    match item {
        ItemView::Id { ident, .. } | ItemView::Enum { ident, .. } => ident,
        ItemView::Struct(view) => &view.ident,
    }
}

/// A module that declares modules and shows what is in them.
fn index(about: &str, folder: &str, modules: &[(&ModuleView, Vec<&str>)]) -> String {
    let items = modules.iter().flat_map(|(module, idents)| {
        let name = format_ident!("{}", module.name);
        let cfg = cfg(&module.features);
        let idents: Vec<_> = idents.iter().map(|ident| format_ident!("{ident}")).collect();
        let shown = match idents.as_slice() {
            [only] => quote! { #only },
            several => quote! { {#(#several),*} },
        };
        [quote! { #cfg mod #name; }, quote! { #cfg pub use #name::#shown; }]
    });
    format::file(Some(about), folder, items.collect())
}

/// The condition under which a module is compiled.
fn cfg(features: &[String]) -> TokenStream {
    match features {
        [only] => quote! { #[cfg(feature = #only)] },
        several => quote! { #[cfg(any(#(feature = #several),*))] },
    }
}

/// Doc lines as attributes.
fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// The attribute of something that is not to be used any more.
fn deprecated(note: Option<&String>) -> TokenStream {
    note.map_or_else(TokenStream::new, |note| quote! { #[deprecated(note = #note)] })
}

/// The type of one value, as the item `within` names it.
fn ty(ty: &Type, within: &str) -> TokenStream {
    match ty {
        Type::Int => quote! { i64 },
        Type::Bool => quote! { bool },
        Type::Decimal | Type::Money => quote! { baselinker_runtime::Decimal },
        Type::Text => quote! { String },
        Type::Timestamp => quote! { baselinker_runtime::Timestamp },
        Type::Date => quote! { baselinker_runtime::Date },
        Type::File => quote! { baselinker_runtime::File },
        Type::Json => quote! { baselinker_runtime::Value },
        Type::List(item) => {
            let item = self::ty(item, within);
            quote! { Vec<#item> }
        }
        Type::Map(key, item) => {
            let (key, item) = (self::ty(key, within), self::ty(item, within));
            quote! { std::collections::BTreeMap<#key, #item> }
        }
        Type::TextOr(item) => {
            let item = self::ty(item, within);
            quote! { baselinker_runtime::TextOr<#item> }
        }
        Type::Named(name) => {
            let ident = format_ident!("{name}");
            if name == within {
                quote! { #ident }
            } else {
                quote! { crate::types::#ident }
            }
        }
    }
}
