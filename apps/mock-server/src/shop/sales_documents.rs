//! Invoices and receipts: issued for orders with the next number of a series, listed by number, and their files.

use serde_json::{Value, json};

use super::order_copies::lines_of;
use super::order_edits::{sent_fields, total};
use super::records::Records;
use super::{Fields, Handler, Reply, Shop, complete, journal, reply};
use crate::params::{self, Params, money};
use crate::refusal::Refusal;
use crate::spec::api;

const PAGE: usize = 100;

/// What stands in the place of a document that Base would print, with the prefix of such files.
const DOCUMENT: &str = "data:JVBERi0xLjQKJSVFT0YK";

/// What the mock keeps with a document and never shows in a list: its file from elsewhere, and whether it was printed.
const FILE: &str = "mock_file";
const PRINTED: &str = "mock_printed";

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "addInvoice" => Shop::add_invoice,
        "addInvoiceCorrection" => Shop::add_correction,
        "getInvoices" => |shop, params| Ok(list(&shop.invoices, params, "invoices", |_| true)),
        "getInvoiceFile" => Shop::invoice_file,
        "addOrderInvoiceFile" => |shop, params| {
            let id = params.id("invoice_id");
            attach(&mut shop.invoices, id, params, "external_invoice_number")
        },
        "addReceipt" => Shop::add_receipt,
        "getReceipt" => Shop::receipt,
        "getReceipts" => |shop, params| Ok(list(&shop.receipts, params, "receipts", |_| true)),
        "getNewReceipts" => {
            |shop, params| Ok(list(&shop.receipts, params, "orders", |receipt| !receipt.contains_key(PRINTED)))
        }
        "setOrderReceipt" => |shop, params| {
            let id = params.id("receipt_id");
            let mut changes = reply(PRINTED, true);
            changes
                .extend(params.get("receipt_nr").map(|number| ("external_receipt_number".to_owned(), number.clone())));
            let there = shop.receipts.change(id, changes);
            there.then(Fields::new).ok_or_else(|| Refusal::no_such("receipt", id))
        },
        "addOrderReceiptFile" => |shop, params| {
            let id = params.id("receipt_id");
            attach(&mut shop.receipts, id, params, "external_receipt_number")
        },
        _ => return None,
    })
}

/// The documents of the examples.
pub(crate) fn examples(list: &str, items: &str, key: &str) -> Records {
    let mut records = Records::new(None, 1);
    for document in api().example_list(list, items) {
        records.put(key, document);
    }
    records
}

impl Shop {
    fn add_invoice(&mut self, params: &Params) -> Reply {
        let id = params.id("order_id");
        let order = self.order(id)?;
        let mut invoice = copied(&order, "invoice_");
        let facts = json!({
            "order_id": id, "series_id": params.id("series_id"), "type": "normal", "date_add": self.now,
            "date_sell": order.get("date_confirmed"), "currency": order.get("currency"),
            "total_price_brutto": money(total(&order)), "total_price_netto": money(netto(total(&order), 23)),
            "payment": order.get("payment_method"), "items": invoice_lines(&order),
        });
        invoice.extend(facts.as_object().cloned().unwrap_or_default());
        let invoice = self.issue(invoice);
        self.journal.write(id, journal::INVOICE_ISSUED, invoice, self.now);
        Ok(reply("invoice_id", invoice))
    }

    fn add_correction(&mut self, params: &Params) -> Reply {
        let original = params.id("original_invoice_id");
        let mut invoice = self.invoices.get(original).ok_or_else(|| Refusal::no_such("invoice", original))?;
        for (name, value) in sent_fields("addInvoiceCorrection", params) {
            if name != "items" && invoice.contains_key(&name) {
                invoice.insert(name, value);
            }
        }
        invoice.insert("type".to_owned(), "correcting".into());
        invoice.insert("correcting_to_invoice_id".to_owned(), original.into());
        invoice.insert("date_add".to_owned(), self.now.into());
        Ok(reply("invoice_id", self.issue(invoice)))
    }

    fn issue(&mut self, mut invoice: Fields) -> u64 {
        let id = self.invoices.next_id();
        invoice.insert("number".to_owned(), format!("{id}/2026").into());
        self.invoices.add("invoice_id", complete("Invoice", invoice))
    }

    fn invoice_file(&mut self, params: &Params) -> Reply {
        let id = params.id("invoice_id");
        let invoice = self.invoices.get(id).ok_or_else(|| Refusal::no_such("invoice", id))?;
        let external = invoice.get(FILE).filter(|_| params.flag("get_external"));
        let mut file = reply("invoice", external.cloned().unwrap_or_else(|| DOCUMENT.into()));
        file.extend(invoice.get("number").map(|number| ("invoice_number".to_owned(), number.clone())));
        Ok(file)
    }

    fn add_receipt(&mut self, params: &Params) -> Reply {
        let order_id = params.id("order_id");
        let order = self.order(order_id)?;
        let names = ["name", "price_brutto", "tax_rate", "quantity", "sku", "ean"];
        let line =
            |line: Fields| Value::Object(line.into_iter().filter(|(name, _)| names.contains(&name.as_str())).collect());
        let lines = lines_of(&order).into_iter().map(line).collect::<Vec<_>>();
        let id = self.receipts.next_id();
        let receipt = json!({
            "order_id": order_id, "series_id": params.filter_id("series_id").unwrap_or(15), "date_add": self.now,
            "receipt_full_nr": format!("{id}/P"), "payment_method": order.get("payment_method"), "products": lines,
            "nip": order.get("invoice_nip"), "currency": order.get("currency"),
            "total_price_brutto": money(total(&order)),
        });
        let id = self.receipts.add("receipt_id", receipt.as_object().cloned().unwrap_or_default());
        self.journal.write(order_id, journal::RECEIPT_ISSUED, 0, self.now);
        Ok(reply("receipt_id", id))
    }

    fn receipt(&mut self, params: &Params) -> Reply {
        let (id, order) = (params.filter_id("receipt_id"), params.filter_id("order_id"));
        let of_order = |id: &u64| u64::try_from(self.receipts.int(*id, "order_id")).ok() == order;
        let id = id.or_else(|| self.receipts.ids_from(0).find(of_order)).unwrap_or_default();
        let mut receipt = self.receipts.get(id).ok_or_else(|| Refusal::no_such("receipt", id))?;
        receipt.remove(PRINTED);
        receipt.remove(FILE);
        let lines = receipt.remove("products").unwrap_or_default();
        receipt.insert("items".to_owned(), lines);
        Ok(receipt)
    }
}

/// A page of documents from a number on.
fn list(records: &Records, params: &Params, items: &str, shown: impl Fn(&Fields) -> bool) -> Fields {
    let same =
        |id: &u64, name: &str| params.filter_id(name).is_none_or(|sent| records.text(*id, name) == sent.to_string());
    let date = |id: &u64| records.int(*id, "date_add");
    let fits = |id: &u64| {
        ["invoice_id", "order_id", "series_id"].iter().all(|name| same(id, name))
            && params.int("date_from").is_none_or(|from| from <= date(id))
            && params.int("date_to").is_none_or(|to| to == 0 || date(id) <= to)
    };
    let found = records.ids_from(params.id("id_from")).filter(fits).filter_map(|id| records.get(id));
    let show = |mut document: Fields| {
        document.retain(|name, _| name != FILE && name != PRINTED);
        Value::Object(document)
    };
    reply(items, found.filter(shown).take(PAGE).map(show).collect::<Vec<_>>())
}

fn attach(records: &mut Records, id: u64, params: &Params, number: &str) -> Reply {
    let mut changes = reply(FILE, params.get("file").cloned().unwrap_or_default());
    changes.extend(params.get(number).map(|sent| (number.to_owned(), sent.clone())));
    let there = records.change(id, changes);
    there.then(Fields::new).ok_or_else(|| Refusal::no_such("document", id))
}

/// The fields of an order whose names begin so.
fn copied(order: &Fields, prefix: &str) -> Fields {
    order
        .iter()
        .filter(|(name, _)| name.starts_with(prefix))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The net part of an amount, rounded.
fn netto(cents: i64, rate: i64) -> i64 {
    let whole = 100 + rate;
    (cents * 100 + whole / 2) / whole
}

/// The lines of an order as an invoice has them, with its delivery as the last one.
fn invoice_lines(order: &Fields) -> Vec<Value> {
    let rate = |line: &Fields| line.get("tax_rate").and_then(params::int).unwrap_or(23);
    let line = |line: Fields, is_shipment: bool| {
        let price = line.get("price_brutto").and_then(params::cents).unwrap_or_default();
        json!({
            "name": line.get("name"), "sku": line.get("sku"), "ean": line.get("ean"), "price_brutto": money(price),
            "price_netto": money(netto(price, rate(&line))), "tax_rate": rate(&line), "quantity": line.get("quantity"),
            "is_shipment": u8::from(is_shipment), "order_product_id": line.get("order_product_id"),
        })
    };
    let delivery = order.get("delivery_price").and_then(params::cents).unwrap_or_default();
    let shipment = json!({"name": order.get("delivery_method"), "price_brutto": money(delivery), "quantity": 1});
    let shipment = shipment.as_object().cloned().filter(|_| delivery > 0);
    let lines = lines_of(order).into_iter().map(|found| line(found, false));
    lines.chain(shipment.map(|found| line(found, true))).collect()
}
