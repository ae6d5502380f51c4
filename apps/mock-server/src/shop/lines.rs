//! The lines of an order: adding, changing and removing them.

use serde_json::Value;

use super::order_edits::sent_fields;
use super::{Fields, Handler, Reply, Shop, complete, journal, reply};
use crate::params::{self, Params};
use crate::refusal::Refusal;

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "addOrderProduct" => Shop::add_line,
        "setOrderProductFields" => |shop, params| {
            let mut changes = sent_fields("setOrderProductFields", params);
            changes.remove("order_id");
            shop.edit_lines(params, journal::LINE_EDITED, |lines, place| {
                lines[place].as_object_mut().into_iter().for_each(|line| line.extend(changes.clone()));
            })
        },
        "deleteOrderProduct" => |shop, params| {
            shop.edit_lines(params, journal::LINE_REMOVED, |lines, place| {
                lines.remove(place);
            })
        },
        _ => return None,
    })
}

impl Shop {
    /// A line of an order out of what was sent, with a number of its own.
    pub(crate) fn line(&mut self, mut line: Fields) -> Fields {
        line.insert("order_product_id".to_owned(), self.new_line().into());
        complete("OrderProduct", line)
    }

    fn lines(&self, order: u64) -> Result<Vec<Value>, Refusal> {
        let order = self.orders.get(order).ok_or_else(|| Refusal::no_such("order", order))?;
        Ok(order.get("products").and_then(Value::as_array).cloned().unwrap_or_default())
    }

    fn add_line(&mut self, params: &Params) -> Reply {
        let order = params.id("order_id");
        let mut lines = self.lines(order)?;
        let mut line = sent_fields("addOrderProduct", params);
        line.remove("order_id");
        let line = self.line(line);
        let id = line["order_product_id"].as_u64().unwrap_or_default();
        lines.push(Value::Object(line));
        self.orders.change(order, reply("products", lines));
        self.journal.write(order, journal::LINE_ADDED, id, self.now);
        Ok(reply("order_product_id", id))
    }

    fn edit_lines(&mut self, params: &Params, event: u8, edit: impl Fn(&mut Vec<Value>, usize)) -> Reply {
        let (order, id) = (params.id("order_id"), params.id("order_product_id"));
        let mut lines = self.lines(order)?;
        let number = |line: &Value| line.get("order_product_id").and_then(params::int);
        let place = lines.iter().position(|line| number(line) == i64::try_from(id).ok());
        edit(&mut lines, place.ok_or_else(|| Refusal::no_such("order product", id))?);
        self.orders.change(order, reply("products", lines));
        self.journal.write(order, event, id, self.now);
        Ok(Fields::new())
    }
}
