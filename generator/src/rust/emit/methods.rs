//! The file of a method: its parameters, what it is, its reply.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{batch, examples, paging, structs};
use crate::rust::view::{Access, MethodView};

/// The items of a method's file.
pub(super) fn method(view: &MethodView) -> Vec<TokenStream> {
    let example = examples::doc(view);
    let mut items = structs::declaration(&view.params, &example);
    items.push(implementation(view));
    items.extend(batch::batched(view));
    items.extend(paging::paged(view));
    items.push(structs::encode(&view.params));
    items.extend(structs::declaration(&view.reply, &[]));
    items.push(structs::decode(&view.reply));
    items.push(structs::to_json(&view.reply));
    items
}

fn implementation(view: &MethodView) -> TokenStream {
    let (params, reply) = (format_ident!("{}", view.params.ident), format_ident!("{}", view.reply.ident));
    let info = info(view);
    quote! {
        impl baselinker_runtime::Method for #params {
            type Reply = #reply;
            const INFO: baselinker_runtime::MethodInfo = #info;
        }
    }
}

/// What is known of a method without its parameters.
pub(super) fn info(view: &MethodView) -> TokenStream {
    let MethodView { wire, access, idempotent, .. } = view;
    let access = match access {
        Access::Read => quote! { Read },
        Access::Write => quote! { Write },
        Access::Delete => quote! { Delete },
        Access::Action => quote! { Action },
    };
    quote! {
        baselinker_runtime::MethodInfo { name: #wire, access: baselinker_runtime::Access::#access, idempotent: #idempotent }
    }
}
