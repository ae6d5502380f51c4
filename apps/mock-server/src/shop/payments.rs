//! What was paid for an order, and how that came about.

use serde_json::{Value, json};

use super::order_edits::total;
use super::{Fields, Handler, Reply, Shop, journal, reply};
use crate::params::{self, Params, money};
use crate::refusal::Refusal;

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "setOrderPayment" => Shop::set_payment,
        "getOrderPaymentsHistory" => Shop::payments_history,
        _ => return None,
    })
}

impl Shop {
    fn set_payment(&mut self, params: &Params) -> Reply {
        let id = params.id("order_id");
        let order = self.orders.get(id).ok_or_else(|| Refusal::no_such("order", id))?;
        let after = params.cents("payment_done").unwrap_or_default();
        let mut history = self.history(id, &order);
        let change = json!({
            "paid_before": money(paid(&order)), "paid_after": money(after), "total_price": money(total(&order)),
            "currency": order.get("currency"), "date": params.int("payment_date"),
            "external_payment_id": params.text("external_payment_id").unwrap_or_default(),
            "comment": params.text("payment_comment").unwrap_or_default(),
        });
        history.extend(change.as_object().cloned());
        self.payments.insert(id, history);
        self.orders.change(id, reply("payment_done", money(after)));
        if after >= total(&order) {
            self.journal.write(id, journal::ORDER_PAID, 0, self.now);
        }
        Ok(Fields::new())
    }

    fn payments_history(&mut self, params: &Params) -> Reply {
        let id = params.id("order_id");
        let order = self.orders.get(id).ok_or_else(|| Refusal::no_such("order", id))?;
        let full = params.flag("show_full_history");
        let mut history = self.history(id, &order);
        history.retain(|change| full || change.get("external_payment_id").is_some_and(params::flag));
        Ok(reply("payments", history.into_iter().map(Value::Object).collect::<Vec<_>>()))
    }

    /// The changes kept, or the one by which an order of the seed was paid.
    fn history(&self, id: u64, order: &Fields) -> Vec<Fields> {
        if let Some(history) = self.payments.get(&id) {
            return history.clone();
        }
        let change = json!({
            "paid_before": 0, "paid_after": money(paid(order)), "total_price": money(total(order)),
            "currency": order.get("currency"), "date": order.get("date_confirmed"),
            "external_payment_id": format!("P24-{id}"), "comment": "",
        });
        change.as_object().cloned().filter(|_| paid(order) > 0).into_iter().collect()
    }
}

fn paid(order: &Fields) -> i64 {
    order.get("payment_done").and_then(params::cents).unwrap_or_default()
}
