//! Trade credit of Base Connect contractors: its limit, what is blocked of it, and its history.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Fields, Handler, Reply, Shop, reply};
use crate::params::{self, Params, money};
use crate::refusal::Refusal;
use crate::spec::api;

pub(crate) fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "getConnectContractorCreditHistory" => |shop, params| Ok(shop.credit.of(params)?.history()),
        "setConnectContractorCreditLimit" => |shop, params| Ok(shop.credit.of(params)?.set_limit(params)),
        "addConnectContractorCreditSettlement" => |shop: &mut Shop, params: &Params| {
            let now = shop.now;
            shop.credit.settle(params, now)
        },
        _ => return None,
    })
}

#[derive(Debug)]
pub(crate) struct Credit {
    accounts: BTreeMap<u64, Account>,
    next_entry: i64,
}

#[derive(Debug)]
struct Account {
    limit: i64,
    blocked: i64,
    entries: Vec<Value>,
}

impl Credit {
    /// The contractor of the examples, as it stands before the settlement of the examples.
    pub(crate) fn new() -> Self {
        let example = &api().methods["addConnectContractorCreditSettlement"].example;
        let cents = |value: &Value| params::cents(value).unwrap_or_default();
        let settled = cents(&example.request["amount"]);
        let blocked = cents(&example.reply["new_blocked_credit"]);
        let next_entry = params::int(&example.reply["credit_entry_id"]).unwrap_or_default();
        let number = |entry: &Fields| entry.get("credit_entry_id").and_then(params::int).unwrap_or_default();
        let mut entries = api().example_list("getConnectContractorCreditHistory", "credit_data");
        entries.retain(|entry| number(entry) < next_entry);
        let account = Account {
            limit: blocked + cents(&example.reply["new_available_credit"]),
            blocked: blocked + settled,
            entries: entries.into_iter().map(Value::Object).collect(),
        };
        let contractor = example.request["connect_contractor_id"].as_u64().unwrap_or_default();
        Self { accounts: BTreeMap::from([(contractor, account)]), next_entry }
    }

    fn of(&mut self, params: &Params) -> Result<&mut Account, Refusal> {
        let id = params.id("connect_contractor_id");
        self.accounts.get_mut(&id).ok_or_else(|| Refusal::no_such("contractor", id))
    }

    fn settle(&mut self, params: &Params, now: i64) -> Reply {
        let number = self.next_entry;
        let account = self.of(params)?;
        let amount = params.cents("amount").unwrap_or_default();
        if amount <= 0 || amount > account.blocked {
            let most = money(account.blocked);
            return Err(Refusal::new("ERROR_MOCK_AMOUNT", format!("amount must be above 0 and at most {most}")));
        }
        account.blocked -= amount;
        let entry = json!({
            "credit_entry_id": number, "date_add": now, "description": params.text("message"), "currency": "PLN",
            "type": "payment", "amount": money(amount), "is_accepted": true,
        });
        account.entries.insert(0, entry);
        let mut settled = reply("credit_entry_id", number);
        settled.insert("new_blocked_credit".to_owned(), money(account.blocked));
        settled.insert("new_available_credit".to_owned(), money(account.limit - account.blocked));
        self.next_entry += 1;
        Ok(settled)
    }
}

impl Account {
    fn history(&self) -> Fields {
        reply("credit_data", self.entries.clone())
    }

    fn set_limit(&mut self, params: &Params) -> Fields {
        self.limit = params.cents("new_limit").unwrap_or_default();
        reply("new_limit_set", format!("{}.{:02} PLN", self.limit / 100, self.limit % 100))
    }
}
