//! Shipments of orders: made at a courier or entered by hand, listed and deleted.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::{Fields, Handler, Reply, Shop, complete, journal, reply};
use crate::params::{self, Params};
use crate::refusal::Refusal;
use crate::spec::api;

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "createPackage" => Shop::order_package,
        "createPackageManual" => |shop, params| {
            let number = params.text("package_number").unwrap_or_default();
            let mut reply = shop.create_package(params, number, String::new())?;
            reply.remove("courier_inner_number");
            Ok(reply)
        },
        "getOrderPackages" => |shop, params| Ok(shop.order_packages(params)),
        "deleteCourierPackage" => Shop::delete_package,
        "getLabel" => Shop::label,
        "getCourierPackagesStatusHistory" => |shop, params| Ok(shop.tracking(params)),
        _ => return None,
    })
}

/// Shipments whose couriers take their time with the number.
#[derive(Debug)]
pub(crate) struct LateNumbers {
    delay: i64,
    /// When which shipment gets its number, in this order.
    due: VecDeque<(i64, u64)>,
}

impl LateNumbers {
    pub(crate) fn after(seconds: u64) -> Self {
        Self { delay: i64::try_from(seconds).unwrap_or(i64::MAX), due: VecDeque::new() }
    }
}

/// The number that a courier gives a shipment.
fn number(id: u64) -> String {
    format!("620999{id:018}")
}

impl Shop {
    fn order_package(&mut self, params: &Params) -> Reply {
        let id = self.packages.next_id();
        let is_late = self.late_numbers.delay > 0;
        let given = if is_late { String::new() } else { number(id) };
        let made = self.create_package(params, given, format!("4{:07}", id % 10_000_000))?;
        if is_late {
            let at = self.now.saturating_add(self.late_numbers.delay);
            self.late_numbers.due.push_back((at, id));
        }
        Ok(made)
    }

    /// Lets couriers give the numbers that are due.
    pub(super) fn give_late_numbers(&mut self) {
        let now = self.now;
        while let Some((_, id)) = self.late_numbers.due.pop_front_if(|(at, _)| *at <= now) {
            let (number, order) = (number(id), self.packages.int(id, "order_id"));
            self.orders.change(u64::try_from(order).unwrap_or_default(), reply("delivery_package_nr", number.as_str()));
            let courier = self.packages.text(id, "courier_code");
            let mut numbered = reply("tracking_url", tracking_url(&courier, &number));
            numbered.insert("courier_package_nr".to_owned(), number.into());
            self.packages.change(id, numbered);
        }
    }

    fn create_package(&mut self, params: &Params, number: String, inner: String) -> Reply {
        let order = params.id("order_id");
        let courier = params.text("courier_code").unwrap_or_default();
        let shipped = json!({"delivery_package_module": courier, "delivery_package_nr": number});
        if !self.orders.change(order, shipped.as_object().cloned().unwrap_or_default()) {
            return Err(Refusal::no_such("order", order));
        }
        let package = json!({
            "order_id": order, "courier_package_nr": number, "courier_inner_number": inner, "courier_code": courier,
            "account_id": params.id("account_id"), "tracking_status": 1, "tracking_status_date": self.now,
            "tracking_url": tracking_url(&courier, &number),
            "is_return": params.flag("return_shipment"),
        });
        let package = complete("OrderPackage", package.as_object().cloned().unwrap_or_default());
        let id = self.packages.add("package_id", package);
        self.journal.write(order, journal::PACKAGE_CREATED, id, self.now);
        let mut made = reply("package_id", id);
        made.insert("package_number".to_owned(), number.into());
        made.insert("courier_inner_number".to_owned(), inner.into());
        Ok(made)
    }

    fn order_packages(&self, params: &Params) -> Fields {
        let order = params.id("order_id");
        let of_order = |id: &u64| u64::try_from(self.packages.int(*id, "order_id")) == Ok(order);
        let found = self.packages.ids_from(0).filter(of_order).filter_map(|id| self.packages.get(id));
        let show = |mut package: Fields| {
            package.remove("order_id");
            Value::Object(package)
        };
        reply("packages", found.map(show).collect::<Vec<_>>())
    }

    /// The package that is meant, by its number here or by that of the courier.
    fn package(&self, params: &Params) -> Result<u64, Refusal> {
        let number = params.get("package_number").map(params::text);
        let id = params.filter_id("package_id").or_else(|| {
            self.packages.ids_from(0).find(|id| Some(self.packages.text(*id, "courier_package_nr")) == number)
        });
        let there = id.filter(|id| self.packages.contains(*id));
        there.ok_or_else(|| Refusal::no_such("package", number.unwrap_or_else(|| params.id("package_id").to_string())))
    }

    fn label(&mut self, params: &Params) -> Reply {
        self.package(params)?;
        // Bare base64, other than the files of invoices, which have a prefix.
        Ok(api().methods["getLabel"].example.reply.clone())
    }

    /// Every package was created when its number came, and has not moved since.
    fn tracking(&self, params: &Params) -> Fields {
        let event = |id: u64| {
            json!([{
                "tracking_status_date": self.packages.int(id, "tracking_status_date"),
                "courier_status_code": "created", "tracking_status": self.packages.int(id, "tracking_status"),
            }])
        };
        let ids = params.ids("package_ids").into_iter().filter(|id| self.packages.contains(*id));
        reply("packages_history", ids.map(|id| (id.to_string(), event(id))).collect::<Value>())
    }

    fn delete_package(&mut self, params: &Params) -> Reply {
        let id = self.package(params)?;
        let order = u64::try_from(self.packages.int(id, "order_id")).unwrap_or_default();
        self.packages.remove(id);
        self.journal.write(order, journal::PACKAGE_DELETED, id, self.now);
        Ok(Fields::new())
    }
}

fn tracking_url(courier: &str, number: &str) -> String {
    if number.is_empty() { String::new() } else { format!("https://tracking.example/{courier}/{number}") }
}
