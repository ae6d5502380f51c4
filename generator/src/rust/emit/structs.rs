//! Structs: their declaration, how they are written to a request, read from a reply, and made JSON again.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::{deprecated, docs, ty};
use crate::model::Type;
use crate::rust::names::EXTRA;
use crate::rust::view::{FieldView, Presence, StructView};

/// The declaration, with an example at the end of its doc, and how to make one.
pub(super) fn declaration(view: &StructView, example: &[String]) -> Vec<TokenStream> {
    let mut items = vec![item(view, example)];
    if view.sent && has_required(view) {
        items.push(constructor(view));
    }
    items
}

/// A struct with fields that must be given has a constructor, one without them a default; what is received has one anyway,
/// since reading starts from it.
fn item(view: &StructView, example: &[String]) -> TokenStream {
    let StructView { docs: lines, deprecated: note, received, .. } = view;
    let ident = format_ident!("{}", view.ident);
    let (docs, deprecated) = (docs(&[lines.as_slice(), example].concat()), deprecated(note.as_ref()));
    let default = (*received || !has_required(view)).then(|| quote! { , Default });
    let non_exhaustive = (!view.sent).then(|| quote! { #[non_exhaustive] });
    let fields = view.fields.iter().map(|field| self::field(field, &view.ident));
    let extra = has_extra(view).then(|| {
        let (name, doc) = (format_ident!("{EXTRA}"), extra_doc(view));
        quote! {
            #[doc = #doc]
            pub #name: baselinker_runtime::Extra,
        }
    });
    quote! {
        #docs
        #deprecated
        #[derive(Debug, Clone, PartialEq #default)]
        #non_exhaustive
        pub struct #ident {
            #(#fields)*
            #extra
        }
    }
}

fn extra_doc(view: &StructView) -> &'static str {
    match (view.received, view.open) {
        (true, true) => " Keys besides these, received or to be sent.",
        (true, false) => " Keys that the reply had and the public documentation does not.",
        (false, _) => " Further keys to be sent.",
    }
}

fn field(view: &FieldView, within: &str) -> TokenStream {
    let ident = format_ident!("{}", view.ident);
    let (docs, deprecated, ty) = (docs(&view.docs), deprecated(view.deprecated.as_ref()), ty(&view.ty, within));
    let ty = match view.presence {
        Presence::Optional => quote! { Option<#ty> },
        Presence::Required | Presence::Empty => ty,
    };
    quote! {
        #docs
        #deprecated
        pub #ident: #ty,
    }
}

fn constructor(view: &StructView) -> TokenStream {
    let ident = format_ident!("{}", view.ident);
    let required = view.fields.iter().filter(|field| field.presence == Presence::Required);
    let arguments = required.map(|field| {
        let (ident, ty) = (format_ident!("{}", field.ident), ty(&field.ty, &view.ident));
        if field.ty == Type::Text {
            quote! { #ident: impl Into<String> }
        } else {
            quote! { #ident: #ty }
        }
    });
    let values = view.fields.iter().map(|field| {
        let ident = format_ident!("{}", field.ident);
        match (field.presence, &field.ty) {
            (Presence::Required, Type::Text) => quote! { #ident: #ident.into() },
            (Presence::Required, _) => quote! { #ident },
            _ => quote! { #ident: None },
        }
    });
    let extra = has_extra(view).then(|| {
        let extra = format_ident!("{EXTRA}");
        quote! { #extra: baselinker_runtime::Extra::default() }
    });
    let values = values.chain(extra);
    let expect = expect_deprecated(view);
    quote! {
        impl #ident {
            /// What must be given, and nothing else.
            #[must_use]
            #expect
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    }
}

/// How the struct is written to a request.
pub(super) fn encode(view: &StructView) -> TokenStream {
    let ident = format_ident!("{}", view.ident);
    let fields = fields(view);
    let extra = format_ident!("{EXTRA}");
    let call = if view.open {
        quote! { out.open_object(&[#(#fields),*], &self.#extra); }
    } else {
        quote! { out.object(&[#(#fields),*]); }
    };
    let expect = expect_deprecated(view);
    quote! {
        impl baselinker_runtime::Encode for #ident {
            #expect
            fn encode(&self, out: &mut baselinker_runtime::Writer) {
                #call
            }
        }
    }
}

/// How the struct is read from a reply.
pub(super) fn decode(view: &StructView) -> TokenStream {
    let ident = format_ident!("{}", view.ident);
    let extra = format_ident!("{EXTRA}");
    let keys = keys(view);
    let names = keys.iter().map(|(name, _)| name);
    let required: Vec<&FieldView> = view.fields.iter().filter(|field| field.presence == Presence::Required).collect();
    let locals = required.iter().map(|field| local(field));
    let required = required.iter().map(|field| {
        let (ident, wire, local) = (format_ident!("{}", field.ident), &field.wire, local(field));
        quote! { this.#ident = reader.require(#wire, #local); }
    });
    let read = match view.fields.as_slice() {
        [] => quote! { while reader.next_field(&[], &mut this.#extra).is_some() {} },
        [only] if only.aliases.is_empty() => {
            let read = read(only);
            quote! { while reader.next_field(Self::FIELDS, &mut this.#extra).is_some() { #read; } }
        }
        fields => {
            let arms = arms(fields, &keys);
            quote! {
                while let Some(field) = reader.next_field(Self::FIELDS, &mut this.#extra) {
                    match field { #(#arms)* }
                }
            }
        }
    };
    let fields = (!view.fields.is_empty()).then(|| quote! { const FIELDS: &'static [&'static str] = &[#(#names),*]; });
    let expect = expect_deprecated(view);
    quote! {
        impl baselinker_runtime::Decode for #ident {
            #fields

            #expect
            fn decode(reader: &mut baselinker_runtime::Reader<'_>) -> Option<Self> {
                reader.begin_object()?;
                let mut this = Self::default();
                #(let mut #locals = None;)*
                #read
                #(#required)*
                Some(this)
            }
        }
    }
}

/// How the struct is written to logs and databases, if a program wants that.
pub(super) fn to_json(view: &StructView) -> TokenStream {
    let (ident, extra) = (format_ident!("{}", view.ident), format_ident!("{EXTRA}"));
    let fields = fields(view);
    let expect = expect_deprecated(view);
    quote! {
        #[cfg(feature = "to-json")]
        impl baselinker_runtime::ToJson for #ident {
            #expect
            fn write_json(&self, out: &mut baselinker_runtime::Writer) {
                out.record(&[#(#fields),*], &self.#extra);
            }
        }
    }
}

/// The names on the wire, each with its field.
fn fields(view: &StructView) -> impl Iterator<Item = TokenStream> {
    view.fields.iter().map(|field| {
        let (ident, wire) = (format_ident!("{}", field.ident), &field.wire);
        quote! { (#wire, &self.#ident) }
    })
}

/// A variable for a value that must be there in the end; the name cannot meet another.
fn local(field: &FieldView) -> Ident {
    format_ident!("required_{}", field.ident.trim_end_matches('_'))
}

/// Every key that is read, with the position of its field: names first, so that they are found at the position of the field.
fn keys(view: &StructView) -> Vec<(&str, usize)> {
    let names = view.fields.iter().enumerate().map(|(at, field)| (field.wire.as_str(), at));
    let aliases = view.fields.iter().enumerate();
    let aliases = aliases.flat_map(|(at, field)| field.aliases.iter().map(move |alias| (alias.as_str(), at)));
    names.chain(aliases).collect()
}

fn arms(fields: &[FieldView], keys: &[(&str, usize)]) -> Vec<TokenStream> {
    let last = fields.len() - 1;
    let arms = fields.iter().enumerate().map(|(at, field)| {
        let positions = keys.iter().enumerate().filter(|(_, (_, field))| *field == at);
        let positions = positions.map(|(position, _)| Literal::usize_unsuffixed(position));
        let pattern = if at == last {
            quote! { _ }
        } else {
            quote! { #(#positions)|* }
        };
        let read = read(field);
        quote! { #pattern => #read, }
    });
    arms.collect()
}

fn read(field: &FieldView) -> TokenStream {
    let ident = format_ident!("{}", field.ident);
    match (field.presence, &field.ty) {
        (Presence::Required, _) if !field.aliases.is_empty() => {
            let local = local(field);
            quote! { #local = reader.read().or(#local.take()) }
        }
        (Presence::Required, _) => {
            let local = local(field);
            quote! { #local = reader.read() }
        }
        (Presence::Empty, Type::Map(..)) => quote! { this.#ident = reader.map() },
        (Presence::Empty, _) => quote! { this.#ident = reader.list() },
        (Presence::Optional, _) if !field.aliases.is_empty() => {
            quote! { this.#ident = reader.read().or(this.#ident.take()) }
        }
        (Presence::Optional, _) => quote! { this.#ident = reader.read() },
    }
}

/// A deprecated field is still sent and read, which is no reason for a warning.
fn expect_deprecated(view: &StructView) -> Option<TokenStream> {
    let any = view.deprecated.is_none() && view.fields.iter().any(|field| field.deprecated.is_some());
    any.then(|| quote! { #[expect(deprecated, reason = "deprecated fields are still served")] })
}

fn has_required(view: &StructView) -> bool {
    view.fields.iter().any(|field| field.presence == Presence::Required)
}

fn has_extra(view: &StructView) -> bool {
    view.received || view.open
}
