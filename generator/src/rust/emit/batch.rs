//! How a method with a limit of items is called in parts: its `Batched` implementation.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::model::Type;
use crate::rust::view::{BatchView, MethodView};

/// The implementation, for methods that have a limit.
pub(super) fn batched(method: &MethodView) -> Option<TokenStream> {
    let BatchView { ident: field, max, list, required } = method.batch.as_ref()?;
    let (ident, field) = (format_ident!("{}", method.params.ident), format_ident!("{field}"));
    let max = Literal::u32_unsuffixed(*max);
    let (len, items) = if *required {
        (quote! { self.#field.len() }, quote! { &mut self.#field })
    } else {
        (quote! { self.#field.as_ref().map_or(0, |items| items.len()) }, quote! { self.#field.get_or_insert_default() })
    };
    let split = match list {
        Type::Map(..) => quote! { baselinker_runtime::split_map },
        _ => quote! { baselinker_runtime::split_list },
    };
    let behind = if *required {
        quote! { behind }
    } else {
        quote! { Some(behind) }
    };
    Some(quote! {
        impl baselinker_runtime::Batched for #ident {
            const MAX_ITEMS: usize = #max;

            fn items(&self) -> usize {
                #len
            }

            fn split_off(&mut self, at: usize) -> Self {
                let behind = #split(#items, at);
                let mut rest = self.clone();
                rest.#field = #behind;
                rest
            }
        }
    })
}
