//! JSON Schemas from the model: what may be sent, strictly, and what may come back, as the wire has it.

mod reply;
mod request;

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value, json};

use crate::model::{Api, EnumValue, Field, Method, Scalar, TypeDef, TypeKind};
use crate::source::AnyFile;
use crate::text::{self, Piece};

/// All schemas, by their path below the output folder.
pub fn emit(api: &Api) -> Vec<(String, String)> {
    let mut files = vec![("schemas/spec.schema.json".to_owned(), print(&spec()))];
    for method in api.methods.values() {
        files.push((format!("schemas/{}.params.json", method.wire), print(&request::schema(api, method))));
        files.push((format!("schemas/{}.reply.json", method.wire), print(&reply::schema(api, method))));
    }
    files
}

/// The format of the spec itself, from the types that read it.
fn spec() -> Schema {
    let mut generator: SchemaGenerator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = AnyFile::json_schema(&mut generator);
    schema.insert("$schema".into(), DIALECT.into());
    schema.insert("$defs".into(), generator.take_definitions(true).into());
    schema
}

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

fn print(schema: &Schema) -> String {
    // A schema is plain data, which always prints.
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}

/// One direction: how a type is written in a schema.
trait Direction {
    /// The schema of a field, without its doc.
    fn field(&mut self, field: &Field) -> Schema;
    /// The schema of a named type that is no object.
    fn scalar(&self, def: &TypeDef) -> Schema;
    /// What may stand where an object of a named type belongs.
    fn wrap(&mut self, object: Schema) -> Schema;
    /// Whether keys besides the documented ones are allowed.
    fn allows_other_keys(&self, open: bool) -> bool;
    /// The named types that were met and have no definition yet.
    fn pending(&mut self) -> Vec<String>;
    /// Definitions of the built-in types that were met.
    fn built_in(&self) -> Map<String, Value>;
}

/// A whole schema: the root object, and a definition for each type that it meets.
fn document(api: &Api, direction: &mut dyn Direction, title: &str, method: &Method, fields: &[Field]) -> Schema {
    let mut schema = json_schema!({
        "$schema": DIALECT,
        "title": title,
        "description": format!("{}\n\n{}", plain(&method.doc), method.page),
    });
    merge(&mut schema, &object(direction, fields, false));
    let mut definitions = Map::new();
    loop {
        let pending = direction.pending();
        if pending.is_empty() {
            break;
        }
        for name in pending {
            let definition = definition(direction, api.type_def(&name));
            definitions.insert(name, definition.into());
        }
    }
    definitions.extend(direction.built_in());
    if !definitions.is_empty() {
        definitions.sort_keys();
        schema.insert("$defs".into(), definitions.into());
    }
    schema
}

fn definition(direction: &mut dyn Direction, def: &TypeDef) -> Schema {
    let mut schema = match &def.kind {
        TypeKind::Object { fields, open } => {
            let object = object(direction, fields, *open);
            direction.wrap(object)
        }
        TypeKind::Id { .. } | TypeKind::Enum { .. } => direction.scalar(def),
    };
    schema.insert("description".into(), plain(&def.doc).into());
    schema
}

fn object(direction: &mut dyn Direction, fields: &[Field], open: bool) -> Schema {
    let properties: Map<String, Value> = fields.iter().map(|field| property(direction, field)).collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.wire.as_str()).collect();
    let mut schema = json_schema!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema.insert("required".into(), json!(required));
    }
    if !direction.allows_other_keys(open) {
        schema.insert("additionalProperties".into(), false.into());
    }
    schema
}

fn property(direction: &mut dyn Direction, field: &Field) -> (String, Value) {
    let mut schema = direction.field(field);
    let notes = crate::notes::of_field(field);
    let doc = [vec![plain(&field.doc)], notes].concat().join(" ");
    schema.insert("description".into(), doc.into());
    if let Some(default) = &field.default {
        schema.insert("default".into(), default.clone());
    }
    if field.deprecated.is_some() {
        schema.insert("deprecated".into(), true.into());
    }
    (field.wire.clone(), schema.into())
}

/// The values of an enum with their meanings.
fn values(values: &[EnumValue], wire: Scalar) -> Value {
    let one = |value: &EnumValue| json!({ "const": value.json(wire), "description": plain(&value.doc) });
    values.iter().map(one).collect()
}

/// A doc without marks: schemas are read as plain text.
fn plain(doc: &str) -> String {
    let pieces = text::pieces(doc).into_iter().map(|piece| match piece {
        Piece::Plain(plain) => plain.to_owned(),
        Piece::Code(code) => format!("`{code}`"),
        Piece::Link(name) => name.to_owned(),
        Piece::Unclosed => String::new(),
    });
    text::paragraphs(&pieces.collect::<String>()).join("\n\n")
}

fn merge(into: &mut Schema, from: &Schema) {
    for (key, value) in from.as_object().into_iter().flatten() {
        into.insert(key.clone(), value.clone());
    }
}
