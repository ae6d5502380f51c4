//! How a method is read page by page: its `Paged` implementation, and that it can be followed if it has a cursor.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::ty;
use crate::model::Type;
use crate::rust::view::{CursorField, MethodView, PagingStyle, PagingView};

/// The implementations, for methods that have pages.
pub(super) fn paged(method: &MethodView) -> Vec<TokenStream> {
    let Some(view) = &method.paging else { return Vec::new() };
    let ident = format_ident!("{}", method.params.ident);
    let item = item(view);
    let style = style(&view.style);
    let (cursor, set_cursor) = cursor(view);
    let items = format_ident!("{}", view.items);
    let items = match view.list {
        Type::Map(..) => quote! { reply.#items.into_iter().collect() },
        _ => quote! { reply.#items },
    };
    let (argument, position) = match &view.position {
        None => (quote! { _item }, quote! { None }),
        Some(field) => {
            let value = value(field, &quote! { item });
            (quote! { item }, quote! { Some(#value) })
        }
    };
    let followed = matches!(view.style, PagingStyle::Cursor { .. });
    let followed = followed.then(|| quote! { impl baselinker_runtime::Followed for #ident {} });
    let paged = quote! {
        impl baselinker_runtime::Paged for #ident {
            type Item = #item;

            const PAGING: baselinker_runtime::Paging = baselinker_runtime::Paging::#style;

            fn cursor(&self) -> Option<i64> {
                #cursor
            }

            fn set_cursor(&mut self, cursor: i64) {
                #set_cursor
            }

            fn items(reply: Self::Reply) -> Vec<Self::Item> {
                #items
            }

            fn position(#argument: &Self::Item) -> Option<i64> {
                #position
            }
        }
    };
    [paged].into_iter().chain(followed).collect()
}

fn item(view: &PagingView) -> TokenStream {
    match &view.list {
        Type::Map(key, item) => {
            let (key, item) = (ty(key, ""), ty(item, ""));
            quote! { (#key, #item) }
        }
        Type::List(item) => ty(item, ""),
        other => ty(other, ""),
    }
}

fn style(style: &PagingStyle) -> TokenStream {
    let number = |number: &u32| Literal::u32_unsuffixed(*number);
    let optional = |size: &Option<u32>| match size {
        Some(size) => {
            let size = number(size);
            quote! { Some(#size) }
        }
        None => quote! { None },
    };
    match style {
        PagingStyle::Page { first, size } => {
            let (first, size) = (number(first), optional(size));
            quote! { Page { first: #first, size: #size } }
        }
        PagingStyle::Cursor { step, size } => {
            let (step, size) = (number(step), optional(size));
            quote! { Cursor { step: #step, size: #size } }
        }
    }
}

/// How the cursor is read from the parameters, and put into them.
fn cursor(view: &PagingView) -> (TokenStream, TokenStream) {
    let ident = format_ident!("{}", view.cursor.ident);
    let made = match &view.cursor.id {
        Some(id) => {
            let id = format_ident!("{id}");
            quote! { crate::types::#id(cursor) }
        }
        None => quote! { cursor },
    };
    if view.required {
        let value = value(&view.cursor, &quote! { self });
        return (quote! { Some(#value) }, quote! { self.#ident = #made; });
    }
    let read = match &view.cursor.id {
        Some(_) => quote! { self.#ident.map(|cursor| cursor.0) },
        None => quote! { self.#ident },
    };
    (read, quote! { self.#ident = Some(#made); })
}

/// The number in a field of something.
fn value(field: &CursorField, of: &TokenStream) -> TokenStream {
    let ident = format_ident!("{}", field.ident);
    match field.id {
        Some(_) => quote! { #of.#ident.0 },
        None => quote! { #of.#ident },
    }
}
