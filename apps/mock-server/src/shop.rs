//! The shop that a mock plays: all its state, the table of the methods that work on it, and how it begins.

mod collections;
mod credit;
mod examples;
mod journal;
mod lines;
mod order_copies;
mod order_edits;
mod orders;
mod packages;
mod payments;
mod product_edits;
mod products;
mod records;
mod returns;
mod sales_documents;
mod seeded_orders;
mod seeded_products;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::params::{self, Params};
use crate::refusal::Refusal;
use crate::settings::ShopSettings;
use crate::spec::{Scalar, Type, api};
use collections::Collections;
use credit::Credit;
use journal::Journal;
use packages::LateNumbers;
use records::Records;
use seeded_orders::SeededOrders;
use seeded_products::SeededProducts;

pub use seeded_orders::FIRST_ORDER;

pub(crate) type Fields = Map<String, Value>;
pub(crate) type Reply = Result<Fields, Refusal>;
pub(crate) type Handler = fn(&mut Shop, &Params) -> Reply;

/// Everything in the account.
#[derive(Debug)]
pub(crate) struct Shop {
    now: i64,
    orders: Records,
    /// What makes the orders that nobody changed, and those that arrive.
    seeded: SeededOrders,
    products: Records,
    /// Products from this one on were made by calls.
    first_new_product: u64,
    packages: Records,
    late_numbers: LateNumbers,
    returns: Records,
    invoices: Records,
    receipts: Records,
    journal: Journal,
    return_journal: Journal,
    /// Changes of what was paid, by order.
    payments: BTreeMap<u64, Vec<Fields>>,
    credit: Credit,
    collections: Collections,
    next_line: u64,
    next_return_line: u64,
    /// The number that the first new line gets, where that is not the next one.
    first_line: Option<u64>,
    first_return_line: Option<u64>,
}

/// Whether a method reads or writes the shop.
pub(crate) fn knows(method: &str) -> bool {
    handler(method).is_some() || collections::knows(method)
}

/// What does a method, where it works on the shop in a way of its own.
fn handler(method: &str) -> Option<Handler> {
    orders::handler(method)
        .or_else(|| order_edits::handler(method))
        .or_else(|| order_copies::handler(method))
        .or_else(|| lines::handler(method))
        .or_else(|| payments::handler(method))
        .or_else(|| journal::handler(method))
        .or_else(|| products::handler(method))
        .or_else(|| product_edits::handler(method))
        .or_else(|| sales_documents::handler(method))
        .or_else(|| packages::handler(method))
        .or_else(|| returns::handler(method))
        .or_else(|| credit::handler(method))
}

impl Shop {
    pub(crate) fn new(settings: &ShopSettings, seed: u64, now: i64) -> Self {
        let small = settings.orders == 0 && settings.products == 0;
        let catalog = SeededProducts { seed, count: settings.products };
        let seeded = SeededOrders::new(settings, catalog, seed, now);
        let (journal, return_journal) = journals();
        let mut shop = Self {
            now,
            orders: Records::new(Some(Box::new(seeded)), seeded.end().max(143_477_000)),
            seeded,
            products: Records::new(Some(Box::new(catalog)), catalog.end()),
            first_new_product: catalog.end(),
            packages: Records::new(None, 56_812_100),
            late_numbers: LateNumbers::after(settings.number_delay_seconds),
            returns: Records::new(None, 30_300),
            invoices: sales_documents::examples("getInvoices", "invoices", "invoice_id"),
            receipts: sales_documents::examples("getReceipts", "receipts", "receipt_id"),
            journal,
            return_journal,
            payments: BTreeMap::new(),
            credit: Credit::new(),
            collections: Collections::new(),
            next_line: seeded.next_line().max(154_905_000),
            next_return_line: 8200,
            first_line: None,
            first_return_line: None,
        };
        if small {
            shop.put_example_orders();
        }
        if settings.products == 0 {
            shop.put_example_products();
        }
        if small {
            shop.put_what_examples_need();
        }
        shop.write_first_journal();
        shop
    }

    /// Does a call, if its method works on the shop.
    pub(crate) fn call(&mut self, method: &str, params: &Params, now: i64) -> Option<Reply> {
        self.now = now;
        self.journal.forget(now);
        self.return_journal.forget(now);
        self.give_late_numbers();
        match handler(method) {
            Some(handler) => Some(handler(self, params)),
            None => self.collections.call(method, params, now),
        }
    }

    /// Lets orders arrive, all confirmed at one time.
    pub(crate) fn add_orders(&mut self, count: u64, date_confirmed: i64) -> Vec<u64> {
        let mut ids = Vec::new();
        for _ in 0..count {
            let mut order = self.seeded.order(self.orders.next_id());
            for name in ["date_add", "date_confirmed", "date_in_status"] {
                order.insert(name.to_owned(), date_confirmed.into());
            }
            order.insert("confirmed".to_owned(), true.into());
            let id = self.orders.add("order_id", order);
            self.journal.write(id, journal::ORDER_CREATED, 0, date_confirmed);
            self.journal.write(id, journal::ORDER_CONFIRMED, 0, date_confirmed);
            ids.push(id);
        }
        ids
    }

    /// What happened lately: the last orders came in.
    fn write_first_journal(&mut self) {
        let last = self.seeded.end();
        let first = last.saturating_sub(1000).max(SeededOrders::first());
        for id in first..last {
            let date = |name| self.orders.field(id, name).as_ref().and_then(params::int).unwrap_or_default();
            let (added, confirmed) = (date("date_add"), date("date_confirmed"));
            self.journal.write(id, journal::ORDER_CREATED, 0, added);
            if confirmed > 0 {
                self.journal.write(id, journal::ORDER_CONFIRMED, 0, confirmed);
            }
        }
    }

    fn new_line(&mut self) -> u64 {
        self.next_line += 1;
        self.first_line.take().unwrap_or(self.next_line)
    }

    fn new_return_line(&mut self) -> u64 {
        self.next_return_line += 1;
        self.first_return_line.take().unwrap_or(self.next_return_line)
    }
}

/// The journals of orders and of returns in which nothing happened yet.
fn journals() -> (Journal, Journal) {
    (Journal::new("order_id", 654_260_000), Journal::new("return_id", 488_300))
}

/// A reply of one field.
fn reply(name: &str, value: impl Into<Value>) -> Fields {
    Map::from_iter([(name.to_owned(), value.into())])
}

/// An object of a type of the spec, with nothing in each field that it does not have.
fn complete(type_name: &str, mut fields: Fields) -> Fields {
    for field in api().types.get(type_name).and_then(|named| named.fields.as_ref()).into_iter().flatten() {
        if !fields.contains_key(&field.name) {
            fields.insert(field.name.clone(), nothing(&field.ty));
        }
    }
    fields
}

fn nothing(ty: &Type) -> Value {
    match ty {
        Type::Int | Type::Decimal | Type::Money | Type::Timestamp => Value::from(0),
        Type::Bool => Value::from(false),
        Type::Text | Type::Date | Type::File | Type::TextOr(_) => Value::from(""),
        Type::List(_) => Value::Array(Vec::new()),
        Type::Map(..) | Type::Json => Value::Object(Map::new()),
        Type::Named(name) => match api().types.get(name) {
            Some(named) if named.fields.is_some() => Value::Object(Map::new()),
            Some(named) if named.id == Some(Scalar::Int) => Value::from(0),
            // Neither 0 nor an empty text is meant, unless it is a value of the enum.
            Some(named) if named.enumeration.is_some() => {
                let nothings = [Value::from(0), Value::from("")];
                named
                    .values
                    .iter()
                    .find(|known| nothings.contains(&known.value))
                    .map_or(Value::Null, |known| known.value.clone())
            }
            _ => Value::from(""),
        },
    }
}

/// The name of a country as an account in Poland shows it.
fn country(code: &str) -> &str {
    match code {
        "PL" => "Polska",
        "DE" => "Niemcy",
        "CZ" => "Czechy",
        "SK" => "Słowacja",
        other => other,
    }
}
