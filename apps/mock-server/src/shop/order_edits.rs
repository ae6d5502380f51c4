//! Making, changing and deleting orders, and moving them from status to status.

use serde_json::{Map, Value, json};

use super::{Fields, Handler, Reply, Shop, complete, country, journal, reply};
use crate::params::{self, Params, money};
use crate::refusal::Refusal;
use crate::spec::{Type, api};

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "addOrder" => Shop::add_order,
        "setOrderFields" => Shop::set_order_fields,
        "setOrderStatus" => |shop, params| shop.set_statuses(&[params.id("order_id")], params),
        "setOrderStatuses" => |shop, params| {
            // Which of several orders fail when one is not there is not known; here it is that one alone.
            let mut ids = params.ids("order_ids");
            ids.retain(|id| shop.orders.contains(*id));
            shop.set_statuses(&ids, params)
        },
        "deleteOrders" => |shop, params| Ok(shop.delete_orders(params)),
        _ => return None,
    })
}

impl Shop {
    fn add_order(&mut self, params: &Params) -> Reply {
        let status = params.id("order_status_id");
        known_status(status)?;
        let mut order = sent_fields("addOrder", params);
        order.remove("custom_source_id");
        order.remove("paid");
        let mut lines = Vec::new();
        for line in params.maps("products") {
            lines.push(Value::Object(self.line(line)));
        }
        let facts = json!({
            "order_status_id": status, "order_source": "personal", "order_source_id": params.id("custom_source_id"),
            "shop_order_id": -1, "date_confirmed": self.now, "date_in_status": self.now, "confirmed": true,
            "order_source_info": "-", "order_page": format!("https://orders.example/{}/", self.orders.next_id()),
            "products": lines,
        });
        order.extend(facts.as_object().cloned().unwrap_or_default());
        set_countries(&mut order);
        let paid = params.flag("paid");
        if paid {
            order.insert("payment_done".to_owned(), money(total(&order)));
        }
        let id = self.orders.add("order_id", complete("Order", order));
        self.journal.write(id, journal::ORDER_CREATED, 0, self.now);
        self.journal.write(id, journal::ORDER_CONFIRMED, 0, self.now);
        if paid {
            self.journal.write(id, journal::ORDER_PAID, 0, self.now);
        }
        Ok(reply("order_id", id))
    }

    fn set_order_fields(&mut self, params: &Params) -> Reply {
        let id = params.id("order_id");
        let mut changes = sent_fields("setOrderFields", params);
        changes.remove("order_id");
        if let Some(Value::Object(sent)) = changes.remove("custom_extra_fields") {
            let mut all = self.orders.field(id, "custom_extra_fields").and_then(|all| all.as_object().cloned());
            all.get_or_insert_default().extend(sent);
            all.get_or_insert_default().retain(|_, value| *value != "");
            changes.insert("custom_extra_fields".to_owned(), all.unwrap_or_default().into());
        }
        set_countries(&mut changes);
        let delivery = changes.keys().any(|name| name.starts_with("delivery_"));
        let other = changes.keys().any(|name| !name.starts_with("delivery_"));
        if !self.orders.change(id, changes) {
            return Err(Refusal::no_such("order", id));
        }
        if delivery {
            self.journal.write(id, journal::DELIVERY_EDITED, 0, self.now);
        }
        if other {
            self.journal.write(id, journal::ORDER_EDITED, 0, self.now);
        }
        Ok(Fields::new())
    }

    fn set_statuses(&mut self, ids: &[u64], params: &Params) -> Reply {
        let status = params.id("status_id");
        known_status(status)?;
        for id in ids {
            let mut changes = reply("order_status_id", status);
            changes.insert("date_in_status".to_owned(), self.now.into());
            if !self.orders.change(*id, changes) {
                return Err(Refusal::no_such("order", id));
            }
            self.journal.write(*id, journal::STATUS_CHANGED, status, self.now);
        }
        Ok(Fields::new())
    }

    fn delete_orders(&mut self, params: &Params) -> Fields {
        let mut ids = params.ids("order_ids");
        ids.retain(|id| self.orders.remove(*id));
        for id in &ids {
            self.payments.remove(id);
            self.journal.write(*id, journal::ORDER_REMOVED, 0, self.now);
        }
        reply("deleted_order_ids", ids)
    }
}

fn known_status(status: u64) -> Result<(), Refusal> {
    let known = api().example_list("getOrderStatusList", "statuses");
    let there = known.iter().any(|known| known.get("id").and_then(Value::as_u64) == Some(status));
    there.then_some(()).ok_or_else(|| Refusal::no_such("order status", status))
}

/// The parameters that a method knows, flags as flags and files as links; others are ignored, as the API does.
pub(crate) fn sent_fields(method: &str, params: &Params) -> Fields {
    let mut sent = Map::new();
    for field in &api().methods[method].params {
        let Some(value) = params.get(&field.name) else { continue };
        let value = match (&field.ty, value) {
            (Type::Bool, value) => Value::from(params::flag(value)),
            (Type::Map(_, item), Value::Object(map)) if matches!(**item, Type::TextOr(_)) => {
                map.iter().map(|(key, value)| (key.clone(), linked(key, value))).collect()
            }
            (_, value) => value.clone(),
        };
        sent.insert(field.name.clone(), value);
    }
    sent
}

/// A file that was sent comes back as a link.
fn linked(key: &str, value: &Value) -> Value {
    let title = value.get("title").and_then(Value::as_str).filter(|_| value.get("file").is_some());
    title.map_or_else(
        || value.clone(),
        |title| json!({"title": title, "url": format!("https://files.example/{key}/{title}")}),
    )
}

/// Countries are set by code and read by name too.
pub(crate) fn set_countries(fields: &mut Fields) {
    for side in ["delivery", "invoice"] {
        let code = fields.get(&format!("{side}_country_code")).map(params::text);
        if let Some(code) = code {
            fields.insert(format!("{side}_country"), country(&code).into());
        }
    }
}

/// What an order costs in hundredths: its lines and its delivery.
pub(crate) fn total(order: &Fields) -> i64 {
    let cents = |fields: &Fields, name: &str| fields.get(name).and_then(params::cents).unwrap_or_default();
    let lines = order.get("products").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let goods: i64 = lines
        .map(|line| cents(line, "price_brutto") * line.get("quantity").and_then(params::int).unwrap_or_default())
        .sum();
    goods + cents(order, "delivery_price")
}
