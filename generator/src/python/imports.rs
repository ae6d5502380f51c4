//! Import statements, in the order and form in which the formatter of Python code leaves them.

/// Greatest length of a line.
const WIDTH: usize = 140;

/// `from module import a, b`, at some indentation; nothing if there are no names.
pub(super) fn statement(
    module: &str,
    names: impl IntoIterator<Item = impl Into<String>>,
    indent: usize,
) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().map(Into::into).collect();
    if names.is_empty() {
        return Vec::new();
    }
    names.sort_by_cached_key(|name| (rank(name), natural(&name.to_lowercase())));
    let margin = " ".repeat(indent);
    let line = format!("{margin}from {module} import {}", names.join(", "));
    if line.chars().count() <= WIDTH {
        return vec![line];
    }
    let mut lines = vec![format!("{margin}from {module} import (")];
    lines.extend(names.iter().map(|name| format!("{margin}    {name},")));
    lines.push(format!("{margin})"));
    lines
}

/// Sorts names as `__all__` has them (in imports, case does not count): constants, then classes, then the rest.
pub(super) fn sort(names: &mut [String]) {
    names.sort_by_cached_key(|name| (rank(name), natural(name)));
}

fn rank(name: &str) -> u8 {
    match name.trim_start_matches('_') {
        name if name.chars().count() > 1 && name == name.to_uppercase() => 0,
        name if name.starts_with(char::is_uppercase) => 1,
        _ => 2,
    }
}

/// Digits compare as numbers, so that `field_2` comes before `field_10`.
fn natural(name: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for c in name.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            let zeros = 9_usize.saturating_sub(digits.len());
            key.extend(std::iter::repeat_n('0', zeros));
            key.push_str(&std::mem::take(&mut digits));
        }
        key.push(c);
    }
    key
}
