//! Orders out of orders: duplicates, splits and merges.

use serde_json::Value;

use super::{Fields, Handler, Reply, Shop, journal, reply};
use crate::params::{self, Params, money};
use crate::refusal::Refusal;

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "addOrderDuplicate" => |shop, params| {
            let id = params.id("order_id");
            let order = shop.order(id)?;
            let copy = shop.copy(order);
            shop.journal.write(id, journal::ORDER_COPIED, copy, shop.now);
            Ok(reply("order_id", copy))
        },
        "addOrderBySplit" => Shop::split,
        "setOrdersMerge" => Shop::merge,
        _ => return None,
    })
}

impl Shop {
    pub(crate) fn order(&self, id: u64) -> Result<Fields, Refusal> {
        self.orders.get(id).ok_or_else(|| Refusal::no_such("order", id))
    }

    /// Makes an order of the data of another one, with lines of its own. Nothing was paid for it.
    fn copy(&mut self, mut order: Fields) -> u64 {
        let lines = lines_of(&order).into_iter().map(|line| Value::Object(self.line(line))).collect::<Vec<_>>();
        order.insert("products".to_owned(), lines.into());
        order.insert("payment_done".to_owned(), 0.into());
        order.insert("date_add".to_owned(), self.now.into());
        order.insert("date_in_status".to_owned(), self.now.into());
        let is_confirmed = order.get("confirmed").is_some_and(params::flag);
        if is_confirmed {
            order.insert("date_confirmed".to_owned(), self.now.into());
        }
        let id = self.orders.add("order_id", order);
        self.journal.write(id, journal::ORDER_CREATED, 0, self.now);
        if is_confirmed {
            self.journal.write(id, journal::ORDER_CONFIRMED, 0, self.now);
        }
        id
    }

    fn split(&mut self, params: &Params) -> Reply {
        let id = params.id("order_id");
        let mut order = self.order(id)?;
        let mut left = lines_of(&order);
        let mut moved = Vec::new();
        for item in params.maps("items_to_split") {
            moved.push(take(&mut left, &item)?);
        }
        let cents = |fields: &Fields| fields.get("delivery_price").and_then(params::cents).unwrap_or_default();
        let (all, share) = (cents(&order), params.cents("delivery_cost_to_split").unwrap_or_default());
        if !(0..=all).contains(&share) {
            let most = money(all);
            return Err(Refusal::new("ERROR_MOCK_AMOUNT", format!("delivery_cost_to_split must be from 0 to {most}")));
        }
        let mut changes = reply("products", objects(left));
        changes.insert("delivery_price".to_owned(), money(all - share));
        self.orders.change(id, changes);
        order.insert("products".to_owned(), objects(moved).into());
        order.insert("delivery_price".to_owned(), money(share));
        let part = self.copy(order);
        self.journal.write(id, journal::ORDER_SPLIT, part, self.now);
        Ok(reply("new_order_id", part))
    }

    fn merge(&mut self, params: &Params) -> Reply {
        let main = params.id("main_order_id");
        let mut order = self.order(main)?;
        let others = params.ids("order_ids_to_merge");
        if others.contains(&main) {
            return Err(Refusal::new("ERROR_MOCK_MERGE", "order_ids_to_merge must not hold main_order_id"));
        }
        let mut lines = lines_of(&order);
        let cents = |fields: &Fields, name: &str| fields.get(name).and_then(params::cents).unwrap_or_default();
        let (mut delivery, mut paid) = (cents(&order, "delivery_price"), cents(&order, "payment_done"));
        for id in &others {
            let other = self.order(*id)?;
            lines.extend(lines_of(&other));
            delivery += if params.flag("sum_delivery_costs") { cents(&other, "delivery_price") } else { 0 };
            paid += cents(&other, "payment_done");
        }
        order.insert("products".to_owned(), objects(lines).into());
        order.insert("delivery_price".to_owned(), money(delivery));
        let into_main = params.text("merge_mode").is_some_and(|mode| mode == "into_main_order");
        let merged = if into_main { main } else { self.copy(order.clone()) };
        if into_main {
            order.insert("payment_done".to_owned(), money(paid));
            self.orders.change(main, order);
            for id in &others {
                self.orders.remove(*id);
                self.journal.write(*id, journal::ORDER_REMOVED, 0, self.now);
            }
        }
        for id in &others {
            self.journal.write(merged, journal::ORDERS_MERGED, *id, self.now);
        }
        Ok(reply("merged_order_id", merged))
    }
}

pub(crate) fn lines_of(order: &Fields) -> Vec<Fields> {
    let lines = order.get("products").and_then(Value::as_array);
    lines.into_iter().flatten().filter_map(Value::as_object).cloned().collect()
}

fn objects(lines: Vec<Fields>) -> Vec<Value> {
    lines.into_iter().map(Value::Object).collect()
}

/// Takes some pieces of a line out of an order's lines, and the line itself when none are left.
fn take(lines: &mut Vec<Fields>, item: &Fields) -> Result<Fields, Refusal> {
    let number = |fields: &Fields, name: &str| fields.get(name).and_then(params::int).unwrap_or_default();
    let (id, wanted) = (number(item, "order_product_id"), number(item, "quantity"));
    let at = lines.iter().position(|line| number(line, "order_product_id") == id);
    let at = at.ok_or_else(|| Refusal::no_such("order product", id))?;
    let there = number(&lines[at], "quantity");
    if !(1..=there).contains(&wanted) {
        return Err(Refusal::new(
            "ERROR_MOCK_AMOUNT",
            format!("order product {id}: quantity must be from 1 to {there}"),
        ));
    }
    let mut taken = lines[at].clone();
    taken.insert("quantity".to_owned(), wanted.into());
    if wanted == there {
        lines.remove(at);
    } else {
        lines[at].insert("quantity".to_owned(), (there - wanted).into());
    }
    Ok(taken)
}
