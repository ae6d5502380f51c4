//! Lists that are kept in one way, whatever is in them: things are added, changed by adding them with their number, deleted,
//! and listed by filters and pages. What is special about a list is a line of a table; the rest is in the spec.

use std::collections::BTreeMap;

use serde_json::Value;

use super::order_edits::{sent_fields, set_countries};
use super::records::Records;
use super::{Fields, Reply, complete, reply};
use crate::params::{self, Params};
use crate::refusal::Refusal;
use crate::spec::{Field, Method, Type, api};

/// A list, by the methods that work on it; empty where there is none.
#[derive(Debug)]
struct Row {
    list: &'static str,
    add: &'static str,
    delete: &'static str,
    /// Reads one thing by its number.
    one: &'static str,
    /// Sets the status of a thing, and the field that is 1 from then on where the status is no parameter.
    status: (&'static str, &'static str),
    /// The field with the number of a thing, where it is not that of the reply to `add`.
    id: &'static str,
    /// The parameter that says of what these are the lines.
    of: &'static str,
}

const TABLE: [Row; 14] = [
    things("getInventories", "addInventory", "deleteInventory"),
    things("getInventoryCategories", "addInventoryCategory", "deleteInventoryCategory"),
    things("getInventoryManufacturers", "addInventoryManufacturer", "deleteInventoryManufacturer"),
    things("getInventoryPriceGroups", "addInventoryPriceGroup", "deleteInventoryPriceGroup"),
    things("getInventoryWarehouses", "addInventoryWarehouse", "deleteInventoryWarehouse"),
    things("getInventorySuppliers", "addInventorySupplier", "deleteInventorySupplier"),
    things("getInventoryPayers", "addInventoryPayer", "deleteInventoryPayer"),
    Row { one: "getCrmClientData", ..things("getCrmClients", "addCrmClient", "deleteCrmClient") },
    Row {
        status: ("setInventoryDocumentStatusConfirmed", "document_status"),
        ..things("getInventoryDocuments", "addInventoryDocument", "")
    },
    Row {
        status: ("setInventoryPurchaseOrderStatus", ""),
        id: "id",
        ..things("getInventoryPurchaseOrders", "addInventoryPurchaseOrder", "")
    },
    things("getInventoryFulfillmentDeliveries", "addInventoryFulfillmentDelivery", ""),
    lines("getInventoryDocumentItems", "addInventoryDocumentItems", "document_id"),
    lines("getInventoryPurchaseOrderItems", "addInventoryPurchaseOrderItems", "order_id"),
    lines("getInventoryFulfillmentDeliveryItems", "addInventoryFulfillmentDeliveryItems", "delivery_id"),
];

const fn things(list: &'static str, add: &'static str, delete: &'static str) -> Row {
    Row { list, add, delete, one: "", status: ("", ""), id: "", of: "" }
}

const fn lines(list: &'static str, add: &'static str, of: &'static str) -> Row {
    Row { id: "item_id", of, ..things(list, add, "") }
}

/// Whether a method works on one of the lists.
pub(crate) fn knows(method: &str) -> bool {
    TABLE.iter().any(|row| row.has(method))
}

/// All lists, by the method that lists them.
#[derive(Debug)]
pub(crate) struct Collections(BTreeMap<&'static str, Records>);

impl Collections {
    /// The lists as the examples of the spec have them.
    pub(crate) fn new() -> Self {
        let seed = |row: &Row| {
            let mut records = Records::new(None, 1);
            let of = api().methods[row.list].example.request.get(row.of);
            for mut thing in api().example_list(row.list, row.items()) {
                thing.extend(of.map(|of| (row.of.to_owned(), of.clone())));
                records.put(row.id(), complete(row.item_type(), thing));
            }
            records
        };
        Self(TABLE.iter().map(|row| (row.list, seed(row))).collect())
    }

    /// What examples delete, made as the example makes one that adds such a thing.
    pub(crate) fn put_what_examples_delete(&mut self, now: i64) {
        for row in &TABLE {
            let Some(delete) = api().methods.get(row.delete) else { continue };
            let (id, records) = (Params(delete.example.request.clone()).id(row.number()), self.0.get_mut(row.list));
            let Some(records) = records.filter(|records| !records.contains(id)) else { continue };
            let mut example = Params(api().methods[row.add].example.request.clone());
            // With its number it would change the one that is there.
            example.0.remove(row.number());
            let next = records.set_next(id);
            let made = row.put(records, &example, now);
            debug_assert!(made.is_ok(), "{}: {made:?}", row.add);
            records.set_next(next.max(id + 1));
        }
    }

    pub(crate) fn contains(&self, list: &str, id: u64) -> bool {
        self.0.get(list).is_some_and(|records| records.contains(id))
    }

    /// Does a call, if its method works on a list.
    pub(crate) fn call(&mut self, method: &str, params: &Params, now: i64) -> Option<Reply> {
        let row = TABLE.iter().find(|row| row.has(method))?;
        let records = self.0.get_mut(row.list)?;
        let number = params.id(row.number());
        let there = || records.get(number).ok_or_else(|| Refusal::no_such(row.number(), number));
        Some(if method == row.list {
            Ok(row.page(records, params))
        } else if method == row.add && row.of.is_empty() {
            row.put(records, params, now)
        } else if method == row.add {
            Ok(row.add_lines(records, params))
        } else if method == row.one {
            there()
        } else if method == row.delete {
            let gone = records.remove(number);
            gone.then(Fields::new).ok_or_else(|| Refusal::no_such(row.number(), number))
        } else {
            there().map(|_| {
                records.change(number, row.new_status(params, now));
                Fields::new()
            })
        })
    }
}

impl Row {
    fn has(&self, method: &str) -> bool {
        !method.is_empty() && [self.list, self.add, self.delete, self.one, self.status.0].contains(&method)
    }

    fn method(&self) -> &'static Method {
        &api().methods[self.list]
    }

    /// The field of the reply that lists the things.
    fn items(&self) -> &'static str {
        &self.method().reply[0].name
    }

    fn item_type(&self) -> &'static str {
        named(&self.method().reply[0].ty)
    }

    /// What the number of a thing is called as a parameter.
    fn number(&self) -> &'static str {
        &api().methods[self.add].reply[0].name
    }

    fn id(&self) -> &'static str {
        if self.id.is_empty() { self.number() } else { self.id }
    }

    fn page(&self, records: &Records, params: &Params) -> Fields {
        let fits = |thing: &Fields| params.0.iter().all(|(name, sent)| self.fits(thing, name, sent));
        let mut things: Vec<Fields> =
            records.ids_from(0).filter_map(|id| records.get(id)).filter(|thing| fits(thing)).collect();
        if let Some(paging) = &self.method().paging {
            let number = params.int(&paging.param).unwrap_or_default().max(paging.first) - paging.first;
            let size = paging.size.unwrap_or(usize::MAX);
            let skipped = usize::try_from(number).unwrap_or(usize::MAX).saturating_mul(size);
            things = things.into_iter().skip(skipped).take(size).collect();
        }
        let known = fields_of(self.item_type());
        let show = |mut thing: Fields| {
            thing.retain(|name, _| known.iter().any(|field| field.name == *name));
            Value::Object(thing)
        };
        reply(self.items(), things.into_iter().map(show).collect::<Vec<_>>())
    }

    /// Whether a thing passes a filter; what is no filter lets everything pass.
    fn fits(&self, thing: &Fields, name: &str, sent: &Value) -> bool {
        let created = || thing.get("date_created").and_then(params::int).unwrap_or_default();
        let name = match name.strip_prefix("filter_").unwrap_or(name) {
            "date_from" => return params::int(sent).is_none_or(|from| from <= created()),
            "date_to" => return params::int(sent).is_none_or(|to| created() <= to),
            "id" => self.id(),
            name => name,
        };
        let Some(found) = thing.get(name) else { return true };
        let (found, sent) = (params::text(found).to_lowercase(), params::text(sent).to_lowercase());
        let texts = fields_of(self.item_type()).iter().any(|field| field.name == name && field.ty == Type::Text);
        sent.is_empty() || found == sent || (texts && found.contains(&sent))
    }

    /// Adds a thing, or changes the one whose number is sent.
    fn put(&self, records: &mut Records, params: &Params, now: i64) -> Reply {
        let mut thing = sent_fields(self.add, params);
        thing.remove(self.number());
        set_countries(&mut thing);
        let id = match params.filter_id(self.number()) {
            Some(id) if records.change(id, thing.clone()) => id,
            Some(id) => return Err(Refusal::no_such(self.number(), id)),
            None => {
                let id = records.next_id();
                let number = format!("{id}/{}", self.item_type());
                thing.extend([
                    ("date_created".to_owned(), now.into()),
                    ("document_number".to_owned(), number.as_str().into()),
                    ("full_number".to_owned(), number.into()),
                ]);
                records.add(self.id(), complete(self.item_type(), thing))
            }
        };
        let thing = records.get(id).unwrap_or_default();
        let mut done = pick(&thing, &api().methods[self.add].reply);
        done.insert(self.number().to_owned(), id.into());
        Ok(done)
    }

    fn add_lines(&self, records: &mut Records, params: &Params) -> Fields {
        let of = params.id(self.of);
        let same = |id: &u64| u64::try_from(records.int(*id, self.of)) == Ok(of);
        let mut position = records.ids_from(0).filter(same).count();
        let made = &api().methods[self.add].reply[0];
        let mut added = Vec::new();
        for mut line in params.maps(&made.name) {
            position += 1;
            line.insert("position".to_owned(), position.into());
            line.insert(self.of.to_owned(), of.into());
            let id = records.add(self.id, complete(self.item_type(), line));
            added.push(Value::Object(pick(&records.get(id).unwrap_or_default(), fields_of(named(&made.ty)))));
        }
        reply(&made.name, added)
    }

    fn new_status(&self, params: &Params, now: i64) -> Fields {
        let (method, field) = self.status;
        let mut changes = sent_fields(method, params);
        changes.retain(|name, _| name == "status");
        if !field.is_empty() {
            changes.extend([(field.to_owned(), 1.into()), ("date_confirmed".to_owned(), now.into())]);
        }
        changes
    }
}

/// The object type in a list.
fn named(ty: &'static Type) -> &'static str {
    match ty {
        Type::List(item) => named(item),
        Type::Named(name) => name,
        _ => "",
    }
}

fn fields_of(type_name: &str) -> &'static [Field] {
    api().types.get(type_name).and_then(|named| named.fields.as_deref()).unwrap_or_default()
}

fn pick(thing: &Fields, fields: &[Field]) -> Fields {
    fields.iter().filter_map(|field| Some((field.name.clone(), thing.get(&field.name)?.clone()))).collect()
}
