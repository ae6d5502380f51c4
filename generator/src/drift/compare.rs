//! Walks through the spec and a reading side by side and notes every difference.

use std::collections::BTreeSet;

use super::families::{Family, meaning};
use super::{Counts, Difference, Missing};
use crate::model::{Api, Field, Method, Type};
use crate::problem::{Place, Problem};
use crate::source::{DriftKind, DriftSide, Entries};
use crate::upstream::{FieldReading, MethodReading, Reading, Required};

/// What a comparison found.
pub struct Comparison<'a> {
    api: &'a Api,
    /// Where the reading stands in the spec folder.
    reading: String,
    /// How much was compared.
    pub counts: Counts,
    /// All differences, meant or not.
    pub differences: Vec<Difference>,
    /// What keeps the two from being compared.
    pub problems: Vec<Problem>,
    /// Every field that either of the two has, by method, side and path.
    pub fields: BTreeSet<(String, DriftSide, String)>,
}

/// Where the walk is.
struct At {
    method: String,
    side: DriftSide,
    /// The path of the field: `orders[].products[].sku`.
    path: String,
    /// Where it stands in the spec.
    spec: Place,
    /// Where it stands in the reading.
    reading: Place,
}

impl At {
    fn field(&self, name: &str, wire: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.moved(format!("{}{dot}{name}", self.path), self.spec.below(wire), self.reading.below(name))
    }

    /// The item of a list (`[]`) or a map (`{}`), which stands where the field does.
    fn item(&self, mark: &str) -> Self {
        self.moved(format!("{}{mark}", self.path), self.spec.clone(), self.reading.clone())
    }

    /// The fields of an object, which stand at its type.
    fn inside(&self, type_file: &str, type_name: &str) -> Self {
        let spec = Place::key(type_file, ["types", type_name, "fields"]);
        self.moved(self.path.clone(), spec, self.reading.below("fields"))
    }

    fn moved(&self, path: String, spec: Place, reading: Place) -> Self {
        Self { method: self.method.clone(), side: self.side, path, spec, reading }
    }
}

/// Compares an API with a reading that stands in a file of the spec folder.
pub fn compare<'a>(api: &'a Api, reading: &Reading, file: &str) -> Comparison<'a> {
    let mut comparison = Comparison {
        api,
        reading: file.to_owned(),
        counts: Counts::default(),
        differences: Vec::new(),
        problems: Vec::new(),
        fields: BTreeSet::new(),
    };
    for (name, read) in reading.methods.iter() {
        match api.methods.get(name) {
            Some(method) => comparison.method(method, read),
            None => comparison.method_differs(name, "absent", "present", Place::key(file, ["methods", name])),
        }
    }
    for method in api.methods.values().filter(|method| reading.methods.get(&method.wire).is_none()) {
        let place = Place::key(&method.file, ["methods", &method.wire]);
        comparison.method_differs(&method.wire, "present", "absent", place);
    }
    comparison
}

impl Comparison<'_> {
    fn method_differs(&mut self, method: &str, spec: &str, upstream: &str, place: Place) {
        let message = match spec {
            "absent" => format!("the public documentation has a method `{method}`, the spec does not"),
            _ => format!("the spec has a method `{method}`, the public documentation does not"),
        };
        self.differences.push(Difference {
            kind: DriftKind::Method,
            method: method.to_owned(),
            side: None,
            field: String::new(),
            spec: spec.to_owned(),
            upstream: upstream.to_owned(),
            message,
            place,
            missing: None,
        });
    }

    fn method(&mut self, method: &Method, read: &MethodReading) {
        self.counts.methods += 1;
        self.section(method, read);
        let sides = [
            (DriftSide::Params, "params", &method.params, &read.params),
            (DriftSide::Reply, "reply", &method.reply, &read.reply),
        ];
        for (side, key, fields, read) in sides {
            let at = At {
                method: method.wire.clone(),
                side,
                path: String::new(),
                spec: Place::key(&method.file, ["methods", &method.wire, key]),
                reading: Place::key(&self.reading, ["methods", &method.wire, key]),
            };
            self.fields(&at, fields, read);
        }
    }

    fn section(&mut self, method: &Method, read: &MethodReading) {
        let group = self.api.groups.iter().find(|group| group.name == method.group);
        let spec = format!("{} / {}", group.map_or("", |group| &group.title), method.section);
        let upstream = format!("{} / {}", read.group, read.section);
        if spec != upstream {
            self.differences.push(Difference {
                kind: DriftKind::Section,
                method: method.wire.clone(),
                side: None,
                field: String::new(),
                message: format!("the public documentation lists it under {upstream}, the spec under {spec}"),
                spec,
                upstream,
                place: Place::key(&method.file, ["methods", &method.wire]),
                missing: None,
            });
        }
    }

    fn fields(&mut self, at: &At, fields: &[Field], read: &Entries<FieldReading>) {
        let mut above: Option<&str> = None;
        for (name, read) in read.iter() {
            let Some(field) = fields.iter().find(|field| is_called(field, name)) else {
                let here = at.field(name, name);
                self.note(&here);
                let message = format!("the public documentation has {}, the spec does not", in_words(&here));
                self.differs(DriftKind::Field, &here, "absent", "present", message, at.spec.clone());
                let missing = Missing { name: name.to_owned(), above: above.map(str::to_owned), read: read.clone() };
                if let Some(last) = self.differences.last_mut() {
                    last.missing = Some(missing);
                }
                above = Some(name);
                continue;
            };
            above = Some(&field.wire);
            let here = at.field(name, &field.wire);
            match at.side {
                DriftSide::Params => self.counts.params += 1,
                DriftSide::Reply => self.counts.reply_fields += 1,
            }
            self.required(&here, field, read);
            self.value(&here, &field.ty, read);
        }
        for field in fields.iter().filter(|field| !read.keys().any(|name| is_called(field, name))) {
            let here = at.field(&field.wire, &field.wire);
            self.note(&here);
            let message = format!("the spec has {}, the public documentation does not", in_words(&here));
            self.differs(DriftKind::Field, &here, "present", "absent", message, here.spec.clone());
        }
    }

    fn required(&mut self, at: &At, field: &Field, read: &FieldReading) {
        let Some(required) = read.required else { return };
        let upstream = match required {
            Required::Yes => "required",
            Required::No => "optional",
            Required::Conditional => "conditional",
        };
        // What is needed in some calls only must be optional in a spec that speaks of all of them.
        let fits = field.required == (required == Required::Yes);
        if !fits {
            let spec = if field.required { "required" } else { "optional" };
            let message = format!("the public documentation calls {} {upstream}, the spec {spec}", in_words(at));
            let place = if field.required { at.spec.below("required") } else { at.spec.clone() };
            self.differs(DriftKind::Required, at, spec, upstream, message, place);
        }
    }

    fn value(&mut self, at: &At, ty: &Type, read: &FieldReading) {
        self.note(at);
        let Some(meaning) = meaning(&read.word) else {
            let help = "add the word to the table in generator/src/drift/families.rs, or mend the reading";
            self.problems.push(Problem {
                code: "unknown-word",
                message: format!("`{}` is no type word that is known", read.word),
                place: at.reading.below("type").value(),
                help: Some(help.to_owned()),
            });
            return;
        };
        let family = Family::of(self.api, ty);
        if !meaning.fits.contains(&family) {
            self.type_differs(at, family, meaning.name, &read.word);
            return;
        }
        match ty {
            Type::List(item) => self.item(&at.item("[]"), item, read),
            Type::Map(_, item) => self.item(&at.item("{}"), item, read),
            Type::Named(name) if family == Family::Object && promises_more(read) => {
                let def = self.api.type_def(name);
                self.fields(&at.inside(&def.file, name), def.fields(), &read.fields);
            }
            _ => {}
        }
    }

    /// What a list or a map holds.
    fn item(&mut self, at: &At, ty: &Type, read: &FieldReading) {
        self.note(at);
        if let Some(item) = &read.item {
            let below = at.moved(at.path.clone(), at.spec.clone(), at.reading.below("item"));
            self.value(&below, ty, item);
        } else if !read.fields.is_empty() {
            match (ty, Family::of(self.api, ty)) {
                (Type::Named(name), Family::Object) => {
                    let def = self.api.type_def(name);
                    self.fields(&at.inside(&def.file, name), def.fields(), &read.fields);
                }
                (_, family) => self.type_differs(at, family, "object", "object"),
            }
        } else if promises_more(read) {
            self.problems.push(Problem {
                code: "incomplete-reading",
                message: format!("the reading does not say what {} is", in_words(at)),
                place: at.reading.clone(),
                help: Some("give its list or map an `item` or `fields`, or the type `array`".to_owned()),
            });
        }
    }

    fn type_differs(&mut self, at: &At, family: Family, upstream: &str, word: &str) {
        let spec = family.name();
        let message = format!("the public documentation gives {} the type {word}, the spec {spec}", in_words(at));
        self.differs(DriftKind::Type, at, spec, upstream, message, at.spec.below("type").value());
    }

    fn differs(&mut self, kind: DriftKind, at: &At, spec: &str, upstream: &str, message: String, place: Place) {
        self.differences.push(Difference {
            kind,
            method: at.method.clone(),
            side: Some(at.side),
            field: at.path.clone(),
            spec: spec.to_owned(),
            upstream: upstream.to_owned(),
            message,
            place,
            missing: None,
        });
    }

    fn note(&mut self, at: &At) {
        self.fields.insert((at.method.clone(), at.side, at.path.clone()));
    }
}

fn is_called(field: &Field, name: &str) -> bool {
    field.wire == name || field.aliases.iter().any(|alias| alias == name)
}

/// Whether a type word promises that there is more to compare below it, which `any` and `array` do not.
fn promises_more(read: &FieldReading) -> bool {
    !read.fields.is_empty() || matches!(read.word.as_str(), "list" | "map" | "object")
}

/// A field in words; the method is named because a shared type stands in another place than the method.
fn in_words(at: &At) -> String {
    let side = match at.side {
        DriftSide::Params => "the parameter",
        DriftSide::Reply => "the reply field",
    };
    format!("{side} `{}` of {}", at.path, at.method)
}
