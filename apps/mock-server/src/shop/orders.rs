//! Finding orders: by the filters of `getOrders`, a hundred at a time, and by who bought.

use serde_json::{Map, Value};

use super::seeded_orders::SeededOrders;
use super::{Fields, Handler, Shop, reply};
use crate::params::{self, Params};

const PAGE: usize = 100;

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "getOrders" => |shop, params| Ok(shop.get_orders(params)),
        "getOrdersByEmail" => |shop, params| {
            let names = ["order_id", "order_status_id", "date_in_status", "date_add"];
            Ok(shop.find_orders("email", &params.text("email").unwrap_or_default(), &names))
        },
        "getOrdersByPhone" => |shop, params| {
            let names =
                ["order_id", "order_status_id", "delivery_fullname", "delivery_company", "date_in_status", "date_add"];
            Ok(shop.find_orders("phone", &params.text("phone").unwrap_or_default(), &names))
        },
        _ => return None,
    })
}

/// What `getOrders` filters by, other than numbers and order.
struct Filter {
    confirmed_from: i64,
    added_from: i64,
    unconfirmed: bool,
    status: Option<u64>,
    /// Texts that must be the same.
    same: Vec<(&'static str, String)>,
}

impl Filter {
    fn new(params: &Params) -> Self {
        let texts = [
            ("filter_email", "email"),
            ("filter_order_source", "order_source"),
            ("filter_shop_order_id", "shop_order_id"),
            ("filter_external_order_id", "external_order_id"),
        ];
        let mut same: Vec<_> = texts.iter().filter_map(|(sent, field)| Some((*field, params.text(sent)?))).collect();
        // The number of a source means nothing without its type.
        if params.text("filter_order_source").is_some() {
            same.extend(params.text("filter_order_source_id").map(|source| ("order_source_id", source)));
        }
        Self {
            confirmed_from: params.int("date_confirmed_from").unwrap_or_default(),
            added_from: params.int("date_from").unwrap_or_default(),
            unconfirmed: params.flag("get_unconfirmed_orders"),
            status: params.filter_id("status_id"),
            same,
        }
    }

    fn fits(&self, shop: &Shop, id: u64) -> bool {
        let orders = &shop.orders;
        let confirmed = orders.int(id, "date_confirmed");
        (self.unconfirmed || orders.field(id, "confirmed").as_ref().is_some_and(params::flag))
            && (self.confirmed_from == 0 || confirmed >= self.confirmed_from)
            && (self.added_from == 0 || orders.int(id, "date_add") >= self.added_from)
            && self.status.is_none_or(|status| orders.text(id, "order_status_id") == status.to_string())
            && self.same.iter().all(|(field, text)| orders.text(id, field).eq_ignore_ascii_case(text))
    }
}

impl Shop {
    fn get_orders(&self, params: &Params) -> Fields {
        let filter = Filter::new(params);
        let ids = match params.filter_id("order_id") {
            // A number asked for is found whether it is confirmed or not.
            Some(id) => Some(id).filter(|id| self.orders.contains(*id)).into_iter().collect(),
            None if params.get("id_from").is_some() || filter.unconfirmed => {
                let ids = self.orders.ids_from(params.id("id_from"));
                ids.filter(|id| filter.fits(self, *id)).take(PAGE).collect()
            }
            None => self.by_confirmation(&filter),
        };
        let orders: Vec<Value> = ids.into_iter().filter_map(|id| self.orders.get(id)).map(Value::Object).collect();
        reply("orders", orders)
    }

    /// The first hundred by time of confirmation. Those of the seed are in that order already.
    fn by_confirmation(&self, filter: &Filter) -> Vec<u64> {
        let seeded = self.seeded.ids_since(filter.confirmed_from).filter(|id| self.orders.contains(*id));
        let others = self.orders.ids_from(0).take_while(|id| *id < SeededOrders::first());
        let later = self.orders.ids_from(self.seeded.end()).filter(|id| filter.fits(self, *id));
        let mut found: Vec<(i64, u64)> = seeded
            .filter(|id| filter.fits(self, *id))
            .take(PAGE)
            .chain(later)
            .chain(others.filter(|id| filter.fits(self, *id)))
            .map(|id| (self.orders.int(id, "date_confirmed"), id))
            .collect();
        found.sort_unstable();
        found.truncate(PAGE);
        found.into_iter().map(|(_, id)| id).collect()
    }

    fn find_orders(&self, field: &str, text: &str, names: &[&str]) -> Fields {
        let same = |id: &u64| self.orders.text(*id, field).eq_ignore_ascii_case(text);
        let show = |id| {
            let mut order = self.orders.get(id).unwrap_or_default();
            Value::Object(names.iter().filter_map(|name| order.remove_entry(*name)).collect::<Map<_, _>>())
        };
        let found: Vec<u64> = if text.is_empty() { Vec::new() } else { self.orders.ids_from(0).filter(same).collect() };
        reply("orders", found.into_iter().rev().map(show).collect::<Vec<_>>())
    }
}
