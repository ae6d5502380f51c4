//! Examples as code: in the docs of each method, and as tests that send and read them.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::rust::format;
use crate::rust::names::{EXTRA, OTHER};
use crate::rust::view::{Expr, Imports, MethodView, RustView, StructExpr};

/// The tests: a file for each group, and one that has what they share.
pub(super) fn tests(view: &RustView) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut modules = Vec::new();
    for feature in &view.features {
        let methods: Vec<&MethodView> =
            view.methods.iter().filter(|method| method.module.features.contains(&feature.name)).collect();
        let module = feature.name.replace('-', "_");
        let about = format!("The examples of the group {}.", feature.title);
        let path = format!("rust/tests/examples/{module}.rs");
        files.push((path, format::file(Some(&about), "methods", group(&methods))));
        let (name, feature) = (format_ident!("{module}"), &feature.name);
        modules.push(quote! { #[cfg(feature = #feature)] #[rustfmt::skip] mod #name; });
    }
    let about = "What every example is held to: the call is sent as documented, the reply is read without a mismatch.";
    files.push(("rust/tests/examples/example.rs".to_owned(), format::file(Some(about), "methods", shared())));
    modules.push(quote! { #[rustfmt::skip] mod example; });
    let about = "Every example of the spec, sent and read.";
    files.push(("rust/tests/examples/main.rs".to_owned(), format::file(Some(about), "methods", modules)));
    files
}

fn group(methods: &[&MethodView]) -> Vec<TokenStream> {
    let mut imports = Imports::default();
    for method in methods {
        imports.extend(&method.imports);
    }
    let params = methods.iter().map(|method| format_ident!("{}", method.params.ident));
    let mut items = vec![];
    items.extend(imports.map.then(|| quote! { use std::collections::BTreeMap; }));
    items.extend(use_of(&quote! { baselinker_client }, &imports.runtime));
    items.push(quote! { use baselinker_client::methods::{#(#params),*}; });
    items.extend(use_of(&quote! { baselinker_client::types }, &imports.types));
    items.extend(methods.iter().map(|method| {
        let (name, wire) = (format_ident!("{}", method.module.name), &method.wire);
        let (call, expect) = (structure(&method.example), expect_deprecated(method));
        let file = format!("../../../examples/{wire}.json");
        quote! {
            #[cfg_attr(test, test)]
            #expect
            fn #name() {
                crate::example::check(&#call, include_str!(#file));
            }
        }
    }));
    let names = methods.iter().map(|method| format_ident!("{}", method.module.name));
    items.push(quote! {
        /// All of them, for programs that do something else with them than testing.
        #[cfg(not(test))]
        pub(crate) const EXAMPLES: &[fn()] = &[#(#names),*];
    });
    items
}

/// The declaration that imports names from a module, if there are any.
fn use_of(module: &TokenStream, names: &BTreeSet<impl AsRef<str>>) -> Option<TokenStream> {
    let idents: Vec<_> = names.iter().map(|name| format_ident!("{}", name.as_ref())).collect();
    match idents.as_slice() {
        [] => None,
        [only] => Some(quote! { use #module::#only; }),
        several => Some(quote! { use #module::{#(#several),*}; }),
    }
}

fn expect_deprecated(method: &MethodView) -> Option<TokenStream> {
    let given = |ident: &String| method.example.fields.iter().any(|(given, _)| given == ident);
    let any = method.params.deprecated.is_some()
        || method.params.fields.iter().any(|field| field.deprecated.is_some() && given(&field.ident));
    any.then(|| quote! { #[expect(deprecated, reason = "the example shows it")] })
}

fn shared() -> Vec<TokenStream> {
    vec![
        quote! { use baselinker_client::{Method, decode_reply, encode}; },
        quote! { use serde_json::Value; },
        quote! {
            /// Sends a call and reads its reply, and holds both against the example.
            pub(crate) fn check<M: Method>(call: &M, example: &str) {
                let example: Value = serde_json::from_str(example).expect("an example is JSON");
                let sent: Value = serde_json::from_str(&encode(call)).expect("a call is sent as JSON");
                assert_eq!(sent, example["request"]);
                let body = example["reply"].to_string();
                let reply = decode_reply::<M::Reply>(body.as_bytes()).expect("the reply is read");
                assert_eq!(reply.mismatches, []);
            }
        },
    ]
}

/// The example of a method in its doc.
pub(super) fn doc(view: &MethodView) -> Vec<String> {
    let call = structure(&view.example);
    let body = format::statements(&quote! {
        let call = #call;
        let reply = client.call(&call).await?;
    });
    let Imports { types, runtime, map } = &view.imports;
    let mut lines = vec![String::new(), "```no_run".to_owned()];
    lines.extend(map.then(|| "# use std::collections::BTreeMap;".to_owned()));
    lines.extend(hidden_use("baselinker_client", runtime));
    lines.push(format!("# use baselinker_client::methods::{};", view.params.ident));
    lines.extend(hidden_use("baselinker_client::types", types));
    lines.push(
        "# async fn example(client: &baselinker_client::Client) -> Result<(), baselinker_client::Error> {".into(),
    );
    lines.extend(body.lines().map(String::from));
    lines.extend(["# Ok(())", "# }", "```"].map(String::from));
    lines
}

fn hidden_use(module: &str, names: &BTreeSet<impl AsRef<str>>) -> Option<String> {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [] => None,
        [only] => Some(format!("# use {module}::{only};")),
        several => Some(format!("# use {module}::{{{}}};", several.join(", "))),
    }
}

fn structure(view: &StructExpr) -> TokenStream {
    let ident = format_ident!("{}", view.ident);
    let base = if let Some(arguments) = &view.arguments {
        let arguments = arguments.iter().map(expr);
        quote! { #ident::new(#(#arguments),*) }
    } else {
        quote! { #ident::default() }
    };
    if view.fields.is_empty() && view.extra.is_empty() {
        return base;
    }
    let fields = view.fields.iter().map(|(name, value)| {
        let (name, value) = (format_ident!("{name}"), expr(value));
        quote! { #name: #value, }
    });
    let extra = (!view.extra.is_empty()).then(|| {
        let name = format_ident!("{EXTRA}");
        let keys = view.extra.iter().map(|(key, value)| {
            let value = json(value);
            quote! { (#key.to_owned(), #value) }
        });
        quote! { #name: [#(#keys),*].into_iter().collect(), }
    });
    let rest = (!view.complete).then(|| quote! { ..#base });
    quote! { #ident { #(#fields)* #extra #rest } }
}

fn expr(view: &Expr) -> TokenStream {
    match view {
        Expr::Int(number) => int(*number),
        Expr::Bool(flag) => quote! { #flag },
        Expr::Decimal(digits, scale) => {
            let (digits, scale) = (int(*digits), Literal::u32_unsuffixed(*scale));
            quote! { Decimal::new(#digits, #scale) }
        }
        Expr::Text { text, owned: true } if text.is_empty() => quote! { String::new() },
        Expr::Text { text, owned: true } => quote! { #text.to_owned() },
        Expr::Text { text, owned: false } => quote! { #text },
        Expr::Timestamp(seconds) => {
            let seconds = int(*seconds);
            quote! { Timestamp(#seconds) }
        }
        Expr::Date(text) => quote! { #text.parse().expect("a date") },
        Expr::File(base64) => quote! { File::from_base64(#base64) },
        Expr::Json(value) => json(value),
        Expr::Id(name, inner) => {
            let (name, inner) = (format_ident!("{name}"), expr(inner));
            quote! { #name(#inner) }
        }
        Expr::Variant(name, variant) => {
            let (name, variant) = (format_ident!("{name}"), format_ident!("{variant}"));
            quote! { #name::#variant }
        }
        Expr::OtherVariant(name, inner) => {
            let (name, other, inner) = (format_ident!("{name}"), format_ident!("{OTHER}"), expr(inner));
            quote! { #name::#other(#inner) }
        }
        Expr::List(items) => {
            let items = items.iter().map(expr);
            quote! { Vec::from([#(#items),*]) }
        }
        Expr::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let (key, value) = (expr(key), expr(value));
                quote! { (#key, #value) }
            });
            quote! { BTreeMap::from([#(#entries),*]) }
        }
        Expr::TextOr(variant, inner) => {
            let (variant, inner) = (format_ident!("{variant}"), expr(inner));
            quote! { TextOr::#variant(#inner) }
        }
        Expr::Some(inner) => {
            let inner = expr(inner);
            quote! { Some(#inner) }
        }
        Expr::Struct(inner) => structure(inner),
    }
}

fn json(value: &serde_json::Value) -> TokenStream {
    match value {
        serde_json::Value::String(text) => quote! { #text.into() },
        serde_json::Value::Number(number) if number.is_i64() => {
            let number = int(number.as_i64().unwrap_or_default());
            quote! { #number.into() }
        }
        other => {
            let text = other.to_string();
            quote! { serde_json::from_str(#text).expect("JSON") }
        }
    }
}

/// A number in groups of three digits, as people write long ones.
fn int(number: i64) -> TokenStream {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    // Digits and underscores are always a literal.
    let literal: Literal = grouped.parse().expect("a number");
    if number < 0 {
        quote! { -#literal }
    } else {
        quote! { #literal }
    }
}
