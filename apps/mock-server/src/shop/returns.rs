//! Returns: registering, listing and changing them. Their journal is one of its own.

use serde_json::{Value, json};

use super::order_edits::{sent_fields, set_countries};
use super::{Fields, Handler, Reply, Shop, complete, reply};
use crate::params::{self, Params, money};
use crate::refusal::Refusal;

const PAGE: usize = 100;
const CREATED: u8 = 1;
const STATUS_CHANGED: u8 = 5;
const LINE_ADDED: u8 = 9;

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "getOrderReturns" => |shop, params| Ok(shop.get_returns(params)),
        "addOrderReturn" => |shop, params| Ok(shop.add_return(params)),
        "addOrderReturnProduct" => Shop::add_return_line,
        "setOrderReturnFields" => |shop, params| {
            let mut changes = sent_fields("setOrderReturnFields", params);
            changes.remove("return_id");
            set_countries(&mut changes);
            shop.change_return(params.id("return_id"), changes)
        },
        "setOrderReturnStatus" => |shop, params| shop.set_return_status(params.id("return_id"), params),
        "setOrderReturnStatuses" => |shop, params| {
            for id in params.ids("return_ids").into_iter().filter(|id| shop.returns.contains(*id)).collect::<Vec<_>>() {
                shop.set_return_status(id, params)?;
            }
            Ok(Fields::new())
        },
        "setOrderReturnProductFields" => |shop, params| {
            let mut changes = sent_fields("setOrderReturnProductFields", params);
            changes.remove("return_id");
            shop.edit_return_lines(params, |lines, at| {
                lines[at].as_object_mut().into_iter().for_each(|line| line.extend(changes.clone()));
            })
        },
        "deleteOrderReturnProduct" => |shop, params| {
            shop.edit_return_lines(params, |lines, at| {
                lines.remove(at);
            })
        },
        "setOrderReturnRefund" => |shop, params| {
            let amount = params.cents("order_refund_done").unwrap_or_default();
            shop.change_return(params.id("return_id"), reply("refund_done", money(amount)))
        },
        _ => return None,
    })
}

impl Shop {
    fn get_returns(&self, params: &Params) -> Fields {
        let same = [
            ("order_id", "order_id"),
            ("return_id", "return_id"),
            ("status_id", "status_id"),
            ("filter_order_return_source", "order_return_source"),
            ("filter_order_return_source_id", "order_return_source_id"),
        ];
        let same: Vec<_> = same.iter().filter_map(|(sent, field)| Some((*field, params.text(sent)?))).collect();
        let from = params.int("date_from").unwrap_or_default();
        let fits = |id: &u64| {
            self.returns.int(*id, "date_add") >= from
                && same.iter().all(|(field, text)| self.returns.text(*id, field) == *text)
        };
        let found = self.returns.ids_from(params.id("id_from")).filter(fits).take(PAGE);
        let found: Vec<Value> = found.filter_map(|id| self.returns.get(id)).map(Value::Object).collect();
        reply("returns", found)
    }

    fn add_return(&mut self, params: &Params) -> Fields {
        let mut made = sent_fields("addOrderReturn", params);
        made.remove("refunded");
        made.remove("custom_source_id");
        let mut lines = Vec::new();
        let mut total = 0;
        for line in params.maps("products") {
            let cents = line.get("price_brutto").and_then(params::cents).unwrap_or_default();
            total += cents * line.get("quantity").and_then(params::int).unwrap_or_default();
            lines.push(Value::Object(self.return_line(line)));
        }
        let refunded = money(if params.flag("refunded") { total } else { 0 });
        let facts = json!({
            "order_return_source": "personal", "order_return_source_id": params.id("custom_source_id"),
            "date_in_status": self.now, "shop_order_id": -1, "products": lines, "refunded": refunded,
            "refund_done": refunded,
        });
        made.extend(facts.as_object().cloned().unwrap_or_default());
        set_countries(&mut made);
        let id = self.returns.add("return_id", complete("OrderReturn", made));
        self.return_journal.write(id, CREATED, 0, self.now);
        reply("return_id", id)
    }

    fn add_return_line(&mut self, params: &Params) -> Reply {
        let id = params.id("return_id");
        let mut line = sent_fields("addOrderReturnProduct", params);
        line.remove("return_id");
        let found = self.returns.get(id).ok_or_else(|| Refusal::no_such("return", id))?;
        let mut lines = found.get("products").and_then(Value::as_array).cloned().unwrap_or_default();
        let line = self.return_line(line);
        let number = line["order_return_product_id"].as_u64().unwrap_or_default();
        lines.push(Value::Object(line));
        self.returns.change(id, reply("products", lines));
        self.return_journal.write(id, LINE_ADDED, number, self.now);
        Ok(reply("order_return_product_id", number))
    }

    fn return_line(&mut self, mut line: Fields) -> Fields {
        line.insert("order_return_product_id".to_owned(), self.new_return_line().into());
        complete("OrderReturnProduct", line)
    }

    fn set_return_status(&mut self, id: u64, params: &Params) -> Reply {
        let status = params.id("status_id");
        let mut changes = reply("status_id", status);
        changes.insert("date_in_status".to_owned(), self.now.into());
        let done = self.change_return(id, changes)?;
        self.return_journal.write(id, STATUS_CHANGED, status, self.now);
        Ok(done)
    }

    fn edit_return_lines(&mut self, params: &Params, edit: impl Fn(&mut Vec<Value>, usize)) -> Reply {
        let (id, line) = (params.id("return_id"), params.int("order_return_product_id"));
        let found = self.returns.get(id).ok_or_else(|| Refusal::no_such("return", id))?;
        let mut lines = found.get("products").and_then(Value::as_array).cloned().unwrap_or_default();
        let number = |line: &Value| line.get("order_return_product_id").and_then(params::int);
        let at = lines.iter().position(|found| number(found) == line);
        edit(&mut lines, at.ok_or_else(|| Refusal::no_such("return product", line.unwrap_or_default()))?);
        self.change_return(id, reply("products", lines))
    }

    fn change_return(&mut self, id: u64, changes: Fields) -> Reply {
        let there = self.returns.change(id, changes);
        there.then(Fields::new).ok_or_else(|| Refusal::no_such("return", id))
    }
}
