//! Holds real replies, as people hand them in, against the spec: keys that it does not know, values of another form than its types
//! are read from, values that its enums lack, and identities that are missing. Nothing that came in such a reply is told but by the rules
//! of `discreet.rs`.

mod discreet;
mod forms;
mod found;
mod har;
mod input;
mod report;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::model::Api;
use crate::problem::Place;
use crate::source::Texts;
use crate::suggest::did_you_mean;
use found::{Found, Keys, Tally};
use input::{Exchange, Item};

pub use forms::{Read, read};
pub use report::Report;

/// Takes replies, and remembers what differs.
#[derive(Debug)]
pub struct Observer<'a> {
    api: &'a Api,
    texts: Texts,
    /// The method of replies that come without one.
    method: Option<String>,
    methods: BTreeMap<String, Observed>,
    /// Names of methods that the spec does not have.
    unknown: Keys,
    /// What could not be looked at, with its place.
    unread: Vec<String>,
    /// Exchanges with other hosts.
    others: usize,
}

/// What was seen of one method.
#[derive(Debug, Default)]
struct Observed {
    replies: usize,
    /// Error replies by their code.
    errors: BTreeMap<String, usize>,
    /// What differs, by the path of the field and the kind of difference.
    found: BTreeMap<(String, &'static str), Found>,
    /// Keys that are not in the spec, by the path of the object that has them.
    keys: BTreeMap<String, Keys>,
    /// Values that were read from another form than the plain one, by their path.
    forms: BTreeMap<String, Tally>,
    /// Fields by their path: those of the objects that came, and those of them that came.
    documented: BTreeSet<String>,
    seen: BTreeSet<String>,
}

impl<'a> Observer<'a> {
    /// An observer that has seen nothing. Texts are those of the spec folder.
    ///
    /// The method is that of replies whose file does not name one.
    ///
    /// # Errors
    ///
    /// When the spec has no such method.
    pub fn new(api: &'a Api, texts: Texts, method: Option<&str>) -> Result<Self, String> {
        if let Some(unknown) = method.filter(|name| !api.methods.contains_key(*name)) {
            let help = did_you_mean(unknown, api.methods.keys().map(String::as_str));
            let help = help.map(|help| format!("; {help}")).unwrap_or_default();
            return Err(format!("the spec has no method `{unknown}`{help}"));
        }
        Ok(Self {
            api,
            texts,
            method: method.map(str::to_owned),
            methods: BTreeMap::new(),
            unknown: Keys::new(Place::file("methods")),
            unread: Vec::new(),
            others: 0,
        })
    }

    /// Looks at the replies in a file. What is no reply is remembered as such; the report tells it.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn file(&mut self, path: &Path) -> io::Result<()> {
        let host = input::host(&self.api.endpoint).to_owned();
        input::read(path, &host, &mut |item| match item {
            Item::Exchange(exchange) => self.exchange(exchange),
            Item::Unread(what) => self.unread.push(what),
            Item::Other => self.others += 1,
        })
    }

    fn exchange(&mut self, exchange: Exchange) {
        let Exchange { method, reply, place } = exchange;
        let Some(name) = method.or_else(|| self.method.clone()) else {
            let help = "name the file after its method, such as getOrders.json, or say: --method getOrders";
            return self.unread.push(format!("{place}: no method is known for it; {help}"));
        };
        let Some(method) = self.api.methods.get(&name) else {
            return self.unknown.add(discreet::method(&name), &Value::Null, || place);
        };
        let observed = self.methods.entry(name).or_default();
        let Value::Object(reply) = reply else {
            return self.unread.push(format!("{place}: the reply is no object"));
        };
        match reply.get("status").and_then(Value::as_str) {
            Some("SUCCESS") => {
                observed.replies += 1;
                walk::reply(self.api, method, &reply, observed, &place);
            }
            Some("ERROR") => {
                let code = reply.get("error_code").and_then(Value::as_str).unwrap_or_default();
                let is_known = self.api.errors.iter().any(|known| known.code == code);
                *observed.errors.entry(discreet::error_code(code, is_known)).or_default() += 1;
            }
            _ => self.unread.push(format!("{place}: no reply of the API, which has a `status` of SUCCESS or ERROR")),
        }
    }

    /// What was found.
    #[must_use]
    pub fn report(self) -> Report {
        Report::new(self)
    }
}
