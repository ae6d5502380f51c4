//! What happened to orders and returns in the last three days, written by every change and read by cursor.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::{Fields, Handler, Shop, reply};
use crate::params::Params;

pub(crate) const ORDER_CREATED: u8 = 1;
pub(crate) const ORDER_CONFIRMED: u8 = 2;
pub(crate) const ORDER_PAID: u8 = 3;
pub(crate) const ORDER_REMOVED: u8 = 4;
pub(crate) const ORDERS_MERGED: u8 = 5;
pub(crate) const ORDER_SPLIT: u8 = 6;
pub(crate) const INVOICE_ISSUED: u8 = 7;
pub(crate) const RECEIPT_ISSUED: u8 = 8;
pub(crate) const PACKAGE_CREATED: u8 = 9;
pub(crate) const PACKAGE_DELETED: u8 = 10;
pub(crate) const DELIVERY_EDITED: u8 = 11;
pub(crate) const LINE_ADDED: u8 = 12;
pub(crate) const LINE_EDITED: u8 = 13;
pub(crate) const LINE_REMOVED: u8 = 14;
pub(crate) const ORDER_EDITED: u8 = 16;
pub(crate) const ORDER_COPIED: u8 = 17;
pub(crate) const STATUS_CHANGED: u8 = 18;

const THREE_DAYS: i64 = 3 * 24 * 3600;

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "getJournalList" => |shop, params| Ok(shop.journal.list(params)),
        "getOrderReturnJournalList" => |shop: &mut Shop, params: &Params| Ok(shop.return_journal.list(params)),
        _ => return None,
    })
}

#[derive(Debug)]
pub(crate) struct Journal {
    /// The field that names the order or return.
    key: &'static str,
    next: u64,
    entries: VecDeque<Entry>,
}

/// Small, as there may be many.
#[derive(Debug)]
struct Entry {
    log_id: u64,
    subject: u64,
    object: u64,
    date: i64,
    kind: u8,
}

impl Journal {
    pub(crate) fn new(key: &'static str, next: u64) -> Self {
        Self { key, next, entries: VecDeque::new() }
    }

    pub(crate) fn write(&mut self, subject: u64, kind: u8, object: u64, date: i64) {
        self.next += 1;
        self.entries.push_back(Entry { log_id: self.next, subject, object, date, kind });
    }

    pub(crate) fn forget(&mut self, now: i64) {
        while self.entries.front().is_some_and(|entry| entry.date < now - THREE_DAYS) {
            self.entries.pop_front();
        }
    }

    fn list(&self, params: &Params) -> Fields {
        let (last, subject, kinds) = (params.id("last_log_id"), params.filter_id(self.key), params.ids("logs_types"));
        let start = self.entries.partition_point(|entry| entry.log_id <= last);
        let found = self.entries.range(start..).filter(|entry| {
            subject.is_none_or(|subject| subject == entry.subject)
                && (kinds.is_empty() || kinds.contains(&u64::from(entry.kind)))
        });
        let show = |entry: &Entry| {
            json!({
                "log_id": entry.log_id, self.key: entry.subject, "log_type": entry.kind, "object_id": entry.object,
                "date": entry.date,
            })
        };
        reply("logs", found.map(show).collect::<Vec<Value>>())
    }
}
