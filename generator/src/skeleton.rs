//! What a new part of the spec begins as: everything that can be known is there, and a mark where somebody has to write, which the check
//! refuses.

pub(crate) mod edit;
mod new_method;

use std::fmt::Write;

pub use new_method::{NewMethod, new_method};

/// What stands where a doc belongs.
pub(crate) const TO_DO: &str = "TODO: say what it is for.";

/// What a field without a type has to say for itself.
pub(crate) const REASON: &str = ", reason: \"TODO: give it a type, or say why it has none.\"";

/// The first line of a file of the spec.
const HEAD: &str = "# yaml-language-server: $schema=../../generated/schemas/spec.schema.json\n";

/// What the verb of a method's name says about its access.
const ACCESS: &[(&str, &str)] = &[("get", "read"), ("delete", "delete"), ("run", "action")];

/// A method, as it stands below `methods`; fields are lines without indentation.
pub(crate) fn method(name: &str, since: &str, params: &str, reply: &str) -> String {
    let access = ACCESS.iter().find(|(verb, _)| name.starts_with(verb)).map_or("write", |(_, access)| access);
    let mut block = format!("{name}:\n  doc: \"{TO_DO}\"\n  access: {access}\n");
    if access != "read" {
        block.push_str("  idempotent: false\n");
    }
    // Writing to a String cannot fail.
    let _ = writeln!(block, "  since: {since}");
    for (key, fields) in [("params", params), ("reply", reply)].into_iter().filter(|(_, fields)| !fields.is_empty()) {
        let _ = writeln!(block, "  {key}:\n{}", edit::indented(fields, 4).trim_end());
    }
    block + "  example: { request: {}, reply: {} }\n"
}

/// The text of the file of a new section.
pub(crate) fn section(group: &str, title: &str) -> String {
    format!("{HEAD}group: {group}\ntitle: {title}\ndoc: \"{TO_DO}\"\nmethods:\n")
}

/// The path of the file of a new section.
pub(crate) fn section_path(group: &str, title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let stem: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    format!("methods/{group}_{}.yaml", stem.join("_"))
}

/// The text of a new file of types.
pub(crate) fn types() -> String {
    format!("{HEAD}types:\n")
}
