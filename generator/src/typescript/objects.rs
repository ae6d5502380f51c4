//! How an object is written: an interface that people read, and the fields that the runtime reads and sends by.

use super::docs;
use super::layout::{Node, WIDTH, comment, key, quoted};
use super::names;
use super::types::{Way, Writing};
use crate::model::{Field, Type};

/// An object to be written.
pub struct Object<'a> {
    /// The name of the interface.
    pub name: &'a str,
    /// Its key in `names.yaml`.
    pub owner: &'a str,
    /// Its doc.
    pub docs: Vec<String>,
    pub fields: &'a [Field],
    pub sent: bool,
    pub received: bool,
    /// Whether undocumented keys are sent too.
    pub open: bool,
}

impl Object<'_> {
    fn way(&self) -> Way {
        if self.received { Way::Received } else { Way::Sent }
    }

    fn has_extra(&self) -> bool {
        self.received || self.open
    }

    /// The interface.
    pub fn interface(&self, writing: &mut Writing) -> String {
        let mut members: String = self.fields.iter().map(|field| self.member(writing, field)).collect();
        if self.has_extra() {
            members += &self.extra(writing);
        }
        let head = comment(&self.docs, 0);
        if members.is_empty() {
            return format!("{head}export type {} = Record<never, never>;\n", self.name);
        }
        format!("{head}export interface {} {{\n{members}}}\n", self.name)
    }

    fn member(&self, writing: &mut Writing, field: &Field) -> String {
        let property = names::field(&writing.api.names, self.owner, &field.wire);
        let doc = comment(&docs::field(writing.api, field, &property), 2);
        let ty = writing.ty(&field.ty, self.way());
        let is_there = field.required || (!self.sent && matches!(field.ty, Type::List(_) | Type::Map(..)));
        let readonly = if self.received { "" } else { "readonly " };
        let (mark, absent) = match (is_there, self.sent) {
            (true, _) => ("", ""),
            (false, true) => ("?", " | undefined"),
            (false, false) => ("?", ""),
        };
        let head = format!("  {readonly}{}{mark}:", key(&property));
        let line = format!("{head} {ty}{absent};");
        if line.chars().count() <= WIDTH || absent.is_empty() {
            return format!("{doc}{line}\n");
        }
        format!("{doc}{head}\n    | {ty}\n   {absent};\n")
    }

    fn extra(&self, writing: &mut Writing) -> String {
        let doc = if self.received {
            "Keys that the reply had and the public documentation does not."
        } else {
            "Keys that are sent though the public documentation does not have them."
        };
        let (readonly, absent) = if self.received { ("", "") } else { ("readonly ", " | undefined") };
        let ty = writing.kind("JsonObject");
        format!("{}  {readonly}{}?: {ty}{absent};\n", comment(&[doc.to_owned()], 2), names::EXTRA)
    }

    /// The expression that makes its descriptor.
    pub fn descriptor(&self, writing: &mut Writing) -> Node {
        let fields = self.fields.iter().map(|field| self.field(writing, field)).collect();
        let options = [("open", self.open), ("sparse", self.sent && self.received)];
        let options: Vec<Node> =
            options.iter().filter(|(_, on)| *on).map(|(name, _)| Node::text(format!("{name}: true"))).collect();
        let function = if options.is_empty() { "object" } else { "objectWith" };
        let mut arguments = vec![Node::Row(vec![Node::text("() => ("), Node::block(fields), Node::text(")")])];
        if !options.is_empty() {
            arguments.insert(0, Node::braces(options));
        }
        Node::Row(vec![Node::text(writing.value(function)), Node::Call(arguments)])
    }

    fn field(&self, writing: &mut Writing, field: &Field) -> Node {
        let property = names::field(&writing.api.names, self.owner, &field.wire);
        let ty = writing.descriptor(&field.ty);
        let mut rest = Vec::new();
        if !field.aliases.is_empty() && self.received {
            let aliases = field.aliases.iter().map(|alias| Node::text(quoted(alias))).collect();
            rest.push(Node::Row(vec![Node::text("aliases: "), Node::brackets(aliases)]));
        }
        if property != names::by_rule(&field.wire) {
            rest.push(Node::text(format!("name: {}", quoted(&property))));
        }
        let value = match (field.required, rest.is_empty()) {
            (false, true) => Node::text(ty),
            (false, false) => {
                rest.insert(0, Node::text(format!("type: {ty}")));
                Node::braces(rest)
            }
            (true, true) => Node::text(format!("{}({ty})", writing.value("required"))),
            (true, false) => {
                let start = format!("{}({ty}, ", writing.value("required"));
                Node::Row(vec![Node::text(start), Node::braces(rest), Node::text(")")])
            }
        };
        Node::Row(vec![Node::text(format!("{}: ", key(&field.wire))), value])
    }
}
