//! The file of a named type: an identifier, an enum or an object.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{deprecated, docs, structs};
use crate::model::Scalar;
use crate::rust::names::OTHER;
use crate::rust::view::{ItemView, TypeView, VariantView};

/// The items of a type's file.
pub(super) fn ty(view: &TypeView) -> Vec<TokenStream> {
    match &view.item {
        ItemView::Id { ident, docs, wire } => id(ident, docs, *wire),
        ItemView::Enum { ident, docs, wire, variants } => {
            vec![enumeration(ident, docs, *wire, variants), codes(ident, *wire, variants), enum_traits(ident, *wire)]
        }
        ItemView::Struct(view) => {
            let mut items = structs::declaration(view, &[]);
            items.extend(view.sent.then(|| structs::encode(view)));
            if view.received {
                items.extend([structs::decode(view), structs::to_json(view)]);
            }
            items
        }
    }
}

fn id(ident: &str, lines: &[String], wire: Scalar) -> Vec<TokenStream> {
    let (ident, docs) = (format_ident!("{ident}"), docs(lines));
    let (copy, inner, traits) = match wire {
        Scalar::Int => (Some(quote! { Copy, }), quote! { i64 }, quote! { baselinker_runtime::int_id!(#ident); }),
        Scalar::Text => (None, quote! { String }, quote! { baselinker_runtime::text_id!(#ident); }),
    };
    let declaration = quote! {
        #docs
        #[derive(Debug, Clone, #copy PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct #ident(pub #inner);
    };
    vec![declaration, traits]
}

fn enumeration(ident: &str, lines: &[String], wire: Scalar, variants: &[VariantView]) -> TokenStream {
    let (ident, docs, other) = (format_ident!("{ident}"), docs(lines), format_ident!("{OTHER}"));
    let (copy, inner) = match wire {
        Scalar::Int => (Some(quote! { Copy, }), quote! { i64 }),
        Scalar::Text => (None, quote! { String }),
    };
    let variants = variants.iter().map(|variant| {
        let (ident, docs) = (format_ident!("{}", variant.ident), self::docs(&variant.docs));
        let deprecated = deprecated(variant.deprecated.as_ref());
        quote! { #docs #deprecated #ident, }
    });
    quote! {
        #docs
        #[derive(Debug, Clone, #copy PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            /// A value that the public documentation does not list.
            #other(#inner),
        }
    }
}

/// From and to the value on the wire.
fn codes(ident: &str, wire: Scalar, variants: &[VariantView]) -> TokenStream {
    let (ident, other) = (format_ident!("{ident}"), format_ident!("{OTHER}"));
    let idents: Vec<_> = variants.iter().map(|variant| format_ident!("{}", variant.ident)).collect();
    let wires: Vec<_> = variants.iter().map(|variant| literal(variant, wire)).collect();
    let (argument, result, keep, back) = match wire {
        Scalar::Int => (quote! { i64 }, quote! { i64 }, quote! { code }, quote! { *code }),
        Scalar::Text => (quote! { &str }, quote! { &str }, quote! { code.to_owned() }, quote! { code }),
    };
    let any = variants.iter().any(|variant| variant.deprecated.is_some());
    let expect = any.then(|| quote! { #[expect(deprecated, reason = "deprecated values are still served")] });
    quote! {
        #expect
        impl #ident {
            /// What a value on the wire stands for.
            #[must_use]
            pub fn from_code(code: #argument) -> Self {
                match code {
                    #(#wires => Self::#idents,)*
                    _ => Self::#other(#keep),
                }
            }

            /// The value on the wire.
            #[must_use]
            pub fn code(&self) -> #result {
                match self {
                    #(Self::#idents => #wires,)*
                    Self::#other(code) => #back,
                }
            }
        }
    }
}

fn literal(variant: &VariantView, wire: Scalar) -> Literal {
    match wire {
        // Checked to be a number before.
        Scalar::Int => Literal::i64_unsuffixed(variant.wire.parse().unwrap_or_default()),
        Scalar::Text => Literal::string(&variant.wire),
    }
}

fn enum_traits(ident: &str, wire: Scalar) -> TokenStream {
    let ident = format_ident!("{ident}");
    match wire {
        Scalar::Int => quote! { baselinker_runtime::int_enum!(#ident); },
        Scalar::Text => quote! { baselinker_runtime::text_enum!(#ident); },
    }
}
