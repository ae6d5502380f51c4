//! Files have the right prefix each way, in every language and method: `data:` and no media type when sent, and with or without
//! one when received.

use generator::model::{Api, Type, TypeKind};
use serde_json::Value;

use crate::cases::Case;
use crate::{OURS, api, decode, others};

/// Gives every file within a value to `change`; how many there are.
fn files(api: &Api, ty: &Type, value: &mut Value, change: &dyn Fn(&mut Value)) -> usize {
    let all = |ty: &Type, values: &mut dyn Iterator<Item = &mut Value>| -> usize {
        values.map(|value| files(api, ty, value, change)).sum()
    };
    match ty {
        Type::File if value.is_string() => {
            change(value);
            1
        }
        Type::List(item) => all(item, &mut value.as_array_mut().into_iter().flatten()),
        Type::Map(_, item) => all(item, &mut value.as_object_mut().into_iter().flatten().map(|(_, value)| value)),
        Type::TextOr(item) => files(api, item, value, change),
        Type::Named(name) => match &api.type_def(name).kind {
            TypeKind::Object { fields, .. } => fields
                .iter()
                .map(|field| value.get_mut(&field.wire).map_or(0, |value| files(api, &field.ty, value, change)))
                .sum(),
            _ => 0,
        },
        _ => 0,
    }
}

/// Whether a type holds a file somewhere.
fn holds_file(api: &Api, ty: &Type, within: &mut Vec<String>) -> bool {
    match ty {
        Type::File => true,
        Type::List(item) | Type::Map(_, item) | Type::TextOr(item) => holds_file(api, item, within),
        Type::Named(name) if !within.contains(name) => {
            within.push(name.clone());
            api.type_def(name).fields().iter().any(|field| holds_file(api, &field.ty, within))
        }
        _ => false,
    }
}

#[test]
fn what_is_sent_has_the_bare_prefix() {
    let api = api();
    let mut found = Vec::new();
    for method in api.methods.values() {
        for field in &method.params {
            let mut request = method.example_request.clone();
            let count = request.get_mut(&field.wire).map_or(0, |value| {
                files(&api, &field.ty, value, &|file| {
                    let text = file.as_str().unwrap_or_default();
                    let bare = text
                        .strip_prefix("data:")
                        .is_some_and(|rest| !rest.is_empty() && !rest.contains([':', ';', ',']));
                    assert!(bare, "{}.{}: the example sends {text}", method.wire, field.wire);
                })
            });
            if holds_file(&api, &field.ty, &mut Vec::new()) {
                found.push((format!("{}.{}", method.wire, field.wire), count));
            }
        }
    }
    // What is sent for the examples is compared with the spec elsewhere, so an example without its file would show nothing.
    let silent: Vec<&String> = found.iter().filter(|(_, count)| *count == 0).map(|(name, _)| name).collect();
    assert!(silent.is_empty() && !found.is_empty(), "the examples of these send no file: {silent:?}");
}

#[test]
fn what_is_received_may_have_any_prefix() {
    let api = api();
    let (mut cases, mut silent) = (Vec::new(), Vec::new());
    for method in api.methods.values() {
        for field in method.reply.iter().filter(|field| holds_file(&api, &field.ty, &mut Vec::new())) {
            for prefix in ["", "data:", "data:application/pdf;base64,"] {
                let mut reply = method.example_reply.clone();
                let set = |file: &mut Value| {
                    let text = file.as_str().unwrap_or_default();
                    *file = format!("{prefix}{}", text.strip_prefix("data:").unwrap_or(text)).into();
                };
                let count = reply.get_mut(&field.wire).map_or(0, |value| files(&api, &field.ty, value, &set));
                if count == 0 {
                    silent.push(format!("{}.{}", method.wire, field.wire));
                }
                reply["status"] = "SUCCESS".into();
                let (method, reply) = (method.wire.clone(), reply.to_string());
                cases.push(Case { method, reply, is_json: true, is_doubled: false });
            }
        }
    }
    assert!(silent.is_empty() && !cases.is_empty(), "the examples of these receive no file: {silent:?}");
    for language in [&OURS].into_iter().chain(others()) {
        let answers = decode(language, "files.jsonl", &cases);
        for (answers, cases) in answers.chunks(3).zip(cases.chunks(3)) {
            let [bare, plain, typed] = answers else { panic!("three of each") };
            assert!(bare["value"].is_object(), "{}, {}: {bare}", language.name, cases[0].method);
            assert_eq!(bare, plain, "{}, {}", language.name, cases[0].method);
            assert_eq!(bare, typed, "{}, {}", language.name, cases[0].method);
        }
    }
}
