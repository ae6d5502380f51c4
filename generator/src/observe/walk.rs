//! Walks through a reply and the spec side by side. What a runtime would read is right; the rest is noted by its path, in which a map
//! has `*` where its keys are.

use serde_json::{Map, Value};

use super::Observed;
use super::discreet::{self, HIDDEN};
use super::forms::{self, Read};
use super::found::{Found, Keys, Seen, Tally};
use crate::model::{Api, Field, Method, Scalar, Type, TypeDef, TypeKind};
use crate::problem::Place;

/// The keys that every reply has.
const ENVELOPE: [&str; 3] = ["status", "error_code", "error_message"];

/// What the mock records instead of a text about a person, whatever the text was.
const SCRUBBED: &str = "scrubbed";

/// Looks at the reply of a call that went well, which stands at a place of its file.
pub fn reply(api: &Api, method: &Method, reply: &Map<String, Value>, observed: &mut Observed, file: &str) {
    let at = At { path: String::new(), first: format!("{file}, ") };
    let spec = Place::key(&method.file, ["methods", &method.wire, "reply"]);
    let mut walk = Walk { api, observed, at };
    walk.fields(&method.reply, reply.iter().filter(|(key, _)| !ENVELOPE.contains(&key.as_str())), &spec);
}

/// Where the walk is: the path of the field, and that of this very value behind the place of the reply.
struct At {
    path: String,
    first: String,
}

struct Walk<'a> {
    api: &'a Api,
    observed: &'a mut Observed,
    at: At,
}

impl Walk<'_> {
    /// Goes one step down, and up again.
    fn inside<T>(&mut self, path: &str, first: &str, go: impl FnOnce(&mut Self) -> T) -> T {
        let lengths = (self.at.path.len(), self.at.first.len());
        self.at.path.push_str(path);
        self.at.first.push_str(first);
        let done = go(self);
        self.at.path.truncate(lengths.0);
        self.at.first.truncate(lengths.1);
        done
    }

    fn below<T>(&mut self, key: &str, go: impl FnOnce(&mut Self) -> T) -> T {
        let dot = if self.at.path.is_empty() { "" } else { "." };
        let step = format!("{dot}{key}");
        self.inside(&step, &step, go)
    }

    fn fields<'v>(&mut self, fields: &[Field], map: impl Iterator<Item = (&'v String, &'v Value)>, spec: &Place) {
        for field in fields.iter().filter(|field| field.only_with.is_none()) {
            let path = self.below(&field.wire, |walk| walk.at.path.clone());
            self.observed.documented.insert(path);
        }
        let mut there: Vec<&str> = Vec::new();
        for (key, value) in map {
            let Some(field) = fields.iter().find(|field| field.wire == *key || field.aliases.contains(key)) else {
                self.unknown_key(key, value, spec);
                continue;
            };
            let read = self.below(&field.wire, |walk| {
                walk.observed.seen.insert(walk.at.path.clone());
                walk.value(&field.ty, value, &spec.below(&field.wire))
            });
            if read != Read::Nothing {
                there.push(&field.wire);
            }
        }
        for field in fields.iter().filter(|field| field.required && !there.contains(&&*field.wire)) {
            let place = spec.below(&field.wire);
            self.below(&field.wire, |walk| walk.found("missing", "is required".to_owned(), &place, "missing"));
        }
    }

    fn unknown_key(&mut self, key: &str, value: &Value, spec: &Place) {
        let (name, first) = (discreet::key(key), &self.at.first);
        let dot = if self.at.path.is_empty() { "" } else { "." };
        let keys = self.observed.keys.entry(self.at.path.clone()).or_insert_with(|| Keys::new(spec.clone()));
        keys.add(name, value, || format!("{first}{dot}{name}"));
    }

    /// Notes a difference at the field where the walk is.
    fn found(&mut self, kind: &'static str, spec: String, place: &Place, there: &str) {
        let found = self.observed.found.entry((self.at.path.clone(), kind)).or_insert_with(|| Found {
            spec,
            place: place.clone(),
            seen: Seen { there: Tally::default(), first: self.at.first.clone() },
        });
        found.seen.there.add(there);
    }

    fn mismatch(&mut self, ty: &Type, value: &Value, spec: &Place) {
        self.found("form", format!("has the type {ty}"), &spec.below("type").value(), &forms::kind(value));
    }

    /// What should be a list, a map or an object, and is none.
    fn other(&mut self, ty: &Type, value: &Value, spec: &Place) -> Read {
        if forms::is_nothing(value) {
            return Read::Nothing;
        }
        self.mismatch(ty, value, spec);
        Read::Mismatch
    }

    /// Looks at a value that should be of a type.
    fn value(&mut self, ty: &Type, value: &Value, spec: &Place) -> Read {
        match ty {
            Type::List(item) => self.list(ty, item, value, spec),
            Type::Map(key, item) => self.map(ty, (key, item), value, spec),
            Type::TextOr(_) if value.is_string() || value.is_number() => Read::Something,
            Type::TextOr(item) => self.value(item, value, spec),
            Type::Named(name) => {
                let def = self.api.type_def(name);
                match &def.kind {
                    TypeKind::Object { open, fields } => self.object(ty, (def, *open, fields), value, spec),
                    TypeKind::Enum { wire, values, .. } => {
                        let is_known = |told: &str| values.iter().any(|known| known.wire == told);
                        self.enumeration(ty, (def, *wire), &is_known, value, spec)
                    }
                    TypeKind::Id { .. } => self.scalar(ty, value, spec),
                }
            }
            _ => self.scalar(ty, value, spec),
        }
    }

    fn scalar(&mut self, ty: &Type, value: &Value, spec: &Place) -> Read {
        if value == SCRUBBED {
            return Read::Something;
        }
        let read = forms::read(self.api, ty, value);
        match read {
            Read::Mismatch => self.mismatch(ty, value, spec),
            Read::Something => self.form(ty, value),
            Read::Nothing => {}
        }
        read
    }

    /// Notes that a value was read from another form than the plain one.
    fn form(&mut self, ty: &Type, value: &Value) {
        if !forms::is_plain(self.api, ty, value) {
            self.observed.forms.entry(self.at.path.clone()).or_default().add(&forms::kind(value));
        }
    }

    fn enumeration(
        &mut self,
        ty: &Type,
        (def, wire): (&TypeDef, Scalar),
        is_known: &dyn Fn(&str) -> bool,
        value: &Value,
        spec: &Place,
    ) -> Read {
        let read = self.scalar(ty, value, spec);
        if read == Read::Something && value != SCRUBBED {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let number = forms::whole(value).filter(|_| wire == Scalar::Int).map(|number| number.to_string());
            if !is_known(&number.unwrap_or(text)) {
                let place = Place::key(&def.file, ["types", &def.name, "values"]);
                let told = discreet::value(value).unwrap_or_else(|| HIDDEN.to_owned());
                self.found("value", format!("is of the enum {}", def.name), &place, &told);
            }
        }
        read
    }

    fn object(
        &mut self,
        ty: &Type,
        (def, open, fields): (&TypeDef, bool, &[Field]),
        value: &Value,
        spec: &Place,
    ) -> Read {
        let Value::Object(map) = value else {
            return self.other(ty, value, spec);
        };
        let inner = Place::key(&def.file, ["types", &def.name, "fields"]);
        let is_ours = |key: &String| !open || fields.iter().any(|field| field.wire == *key);
        self.fields(fields, map.iter().filter(|(key, _)| is_ours(key)), &inner);
        Read::Something
    }

    /// A list, in any of the forms that PHP gives one.
    fn list(&mut self, ty: &Type, item: &Type, value: &Value, spec: &Place) -> Read {
        let items: Vec<&Value> = match value {
            Value::Array(items) => items.iter().collect(),
            Value::Object(map)
                if map.keys().all(|key| key.bytes().all(|byte| byte.is_ascii_digit()) && !key.is_empty()) =>
            {
                map.values().collect()
            }
            Value::Object(map) if self.is_single(item, map) => vec![value],
            _ => return self.other(ty, value, spec),
        };
        if !items.is_empty() {
            self.form(ty, value);
        }
        let mut read = Read::Nothing;
        for (at, value) in items.into_iter().enumerate() {
            let one = self.inside("[]", &format!("[{at}]"), |walk| walk.part(item, value, spec));
            if one != Read::Nothing {
                read = Read::Something;
            }
        }
        read
    }

    /// Looks at what stands in a list or map: in the place of an object nothing is a mismatch there.
    fn part(&mut self, ty: &Type, value: &Value, spec: &Place) -> Read {
        let is_object =
            matches!(ty, Type::Named(name) if matches!(self.api.type_def(name).kind, TypeKind::Object { .. }));
        if is_object && forms::is_nothing(value) {
            self.mismatch(ty, value, spec);
            return Read::Mismatch;
        }
        self.value(ty, value, spec)
    }

    /// Whether an object is the one item of a list: it begins with a key of the item, or items are maps.
    fn is_single(&self, item: &Type, map: &Map<String, Value>) -> bool {
        match item {
            Type::Map(..) => true,
            Type::Named(name) => map.keys().next().is_some_and(|first| {
                let fields = self.api.type_def(name).fields();
                fields.iter().any(|field| field.wire == *first || field.aliases.contains(first))
            }),
            _ => false,
        }
    }

    fn map(&mut self, ty: &Type, (key, item): (&Type, &Type), value: &Value, spec: &Place) -> Read {
        let entries: Vec<(Value, &Value)> = match value {
            Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.into(), item)).collect(),
            Value::Object(map) => map.iter().map(|(key, item)| (key.as_str().into(), item)).collect(),
            _ => return self.other(ty, value, spec),
        };
        if !entries.is_empty() {
            self.form(ty, value);
        }
        let mut read = Read::Nothing;
        for (name, value) in entries {
            if !self.is_key(key, &name) {
                let place = spec.below("type").value();
                self.found("key", format!("has keys of the type {key}"), &place, &forms::kind(&name));
                read = Read::Something;
            } else if self.inside(".*", ".*", |walk| walk.part(item, value, spec)) != Read::Nothing {
                read = Read::Something;
            }
        }
        read
    }

    /// Whether a key of a map is of its type; zero is one, and so is a number for a text.
    fn is_key(&self, key: &Type, name: &Value) -> bool {
        let is_int = match key {
            Type::Int => true,
            Type::Named(name) => matches!(
                self.api.type_def(name).kind,
                TypeKind::Id { wire: Scalar::Int, .. } | TypeKind::Enum { wire: Scalar::Int, .. }
            ),
            _ => false,
        };
        !is_int || forms::whole(name).is_some()
    }
}
