//! Two accounts that trade: what is forwarded, shipped, shared and repaid, as both of them have it in the end.

mod checks;

use std::time::Duration;

use baselinker_client::Client;
use baselinker_mock::{MockServer, Settings, ShopSettings};
use serde_json::{Value, json};

use crate::bench::{Bench, bad_day, settings, tester};
use crate::compare::{same, tables};
use crate::programs::{Program, programs};
use crate::shop::all_orders;
use checks::{check_credit, check_orders, check_products};

const ARGUMENTS: [&str; 3] = ["--forward-status=6627", "--supplier-status=6624", "--status=6630=6630,6633=6633"];
const ALL: [&str; 4] = ["list", "forward", "share", "credit"];

/// The own account on its bench, and the supplier's.
struct Trade {
    bench: Bench,
    supplier: MockServer,
    client: Client,
}

impl Trade {
    fn new(program: &Program) -> Self {
        Self::with(program, 0)
    }

    /// The same, with couriers that give numbers late.
    fn with(program: &Program, number_delay_seconds: u64) -> Self {
        let shop =
            |orders, products| ShopSettings { orders, products, number_delay_seconds, ..ShopSettings::default() };
        let theirs = Settings { seed: 11, ..settings(shop(5, 4)) };
        let supplier = MockServer::start(theirs).expect("a mock");
        let client = tester(&supplier);
        let mut bench = Bench::new(program, shop(20, 2), &ARGUMENTS);
        bench.environment =
            vec![("PARTNERS_SUPPLIER_TOKEN", "3-4-secret".to_owned()), ("PARTNERS_SUPPLIER_ENDPOINT", supplier.url())];
        Self { bench, supplier, client }
    }

    fn theirs(&self, method: &str, parameters: &Value) -> Value {
        Value::Object(self.bench.ask(&self.client, method, parameters))
    }

    fn forwarded(&self) -> Vec<(i64, i64)> {
        let database = self.bench.sql();
        let mut query =
            database.prepare("SELECT order_id, supplier_order_id FROM forwarded ORDER BY 1").expect("a query");
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.map(|row| row.expect("a row")).collect()
    }

    /// The supplier ships two orders, one of them in two parcels, and moves three; the accounting sets and books.
    fn noon(&self) {
        let forwarded = self.forwarded();
        assert!(forwarded.len() >= 4, "{forwarded:?}");
        for (_, theirs) in [forwarded[0], forwarded[1], forwarded[0]] {
            let package = json!({"order_id": theirs, "courier_code": "dpd", "fields": [], "packages": [{"weight": 1}]});
            self.theirs("createPackage", &package);
        }
        for (_, theirs) in &forwarded[..3] {
            self.theirs("setOrderStatus", &json!({"order_id": theirs, "status_id": 6630}));
        }
        self.bench.other_side(
            "INSERT INTO limits (contractor_id, amount, message) VALUES (34, '8000', 'Higher');
             INSERT INTO settlements (reference, contractor_id, amount, order_id) VALUES
                ('TR-1', 34, '320.50', 143476390), ('TR-2', 34, '100', NULL);",
        );
    }

    /// What both accounts have.
    fn evening(&self) -> String {
        // The order of keys is that in which they were sent, and means nothing.
        let list = |mut reply: Value, name: &str| {
            reply.sort_all_objects();
            reply[name].to_string()
        };
        let mut text = vec![tables(&self.bench.sql())];
        text.extend(all_orders(&self.bench).iter().map(Value::to_string));
        for (ours, _) in self.forwarded() {
            text.push(Value::Object(self.bench.api("getOrderPackages", &json!({"order_id": ours}))).to_string());
        }
        let orders = json!({"id_from": 1, "get_unconfirmed_orders": true});
        text.push(list(self.theirs("getOrders", &orders), "orders"));
        let products =
            self.bench.api("getInventoryProductsList", &json!({"inventory_id": 307, "include_variants": true}));
        text.extend(
            products["products"].as_object().expect("products").iter().map(|(id, found)| format!("{id}: {found}")),
        );
        text.push(
            Value::Object(self.bench.api("getConnectContractorCreditHistory", &json!({"connect_contractor_id": 34})))
                .to_string(),
        );
        text.join("\n")
    }
}

fn good_day(program: &Program) -> Trade {
    let trade = Trade::new(program);
    let run = trade.bench.run_well(&ALL);
    assert_eq!((run.count("integrations"), run.count("contractors")), (2, 2), "{}", run.summary);
    assert_eq!(run.count("orders forwarded"), trade.forwarded().len() as u64);
    trade.noon();
    let run = trade.bench.run_well(&ALL);
    let counts =
        ["orders forwarded", "shipments brought back", "statuses brought back", "limits set", "settlements booked"];
    assert_eq!(counts.map(|name| run.count(name)), [0, 3, 3, 1, 2], "{}", run.summary);
    trade
}

#[test]
fn both_accounts_are_as_the_mapping_says() {
    for program in programs("partners") {
        let trade = good_day(program);
        check_orders(&trade);
        check_products(&trade);
        check_credit(&trade);
    }
}

#[test]
fn shipments_come_back_when_they_have_their_numbers() {
    for program in programs("partners") {
        let trade = Trade::with(program, 600);
        trade.bench.run_well(&ALL);
        trade.noon();
        assert_eq!(trade.bench.run_well(&ALL).count("shipments brought back"), 0);
        trade.supplier.clock().advance(Duration::from_mins(10));
        assert_eq!(trade.bench.run_well(&ALL).count("shipments brought back"), 3);
        check_orders(&trade);
    }
}

#[test]
fn a_settlement_above_what_is_blocked_is_not_sent() {
    for program in programs("partners") {
        let trade = good_day(program);
        trade
            .bench
            .other_side("INSERT INTO settlements (reference, contractor_id, amount) VALUES ('TR-3', 34, '277.51');");
        let calls = trade.bench.mock.call_count();
        let run = trade.bench.run(&["credit"]);
        assert_eq!(run.errors, "problem: settlement TR-3 is 277.51, but contractor 34 has only 277.5 to pay\n");
        assert!(!run.succeeded);
        assert_eq!(trade.bench.writes_since(calls), [""; 0]);
        trade.bench.other_side("UPDATE settlements SET amount = '277.5' WHERE reference = 'TR-3';");
        assert_eq!(trade.bench.run_well(&["credit"]).count("settlements booked"), 1);
        trade.bench.other_side("INSERT INTO limits (contractor_id, amount, message) VALUES (99, '1', 'Nobody');");
        let run = trade.bench.run(&["credit"]);
        assert!(
            run.errors.contains("problem: limit of contractor 99: setConnectContractorCreditLimit: the API refused"),
            "{}",
            run.errors
        );
    }
}

#[test]
fn a_second_run_changes_nothing() {
    for program in programs("partners") {
        let trade = good_day(program);
        let (before, calls, theirs) =
            (trade.evening(), trade.bench.mock.call_count(), trade.supplier.counts("addOrder"));
        trade.bench.run_well(&ALL);
        assert_eq!(trade.bench.writes_since(calls), [""; 0]);
        assert_eq!(trade.supplier.counts("addOrder"), theirs);
        same("again", &trade.evening(), &before);
    }
}

#[test]
fn a_dry_run_sends_and_stores_nothing() {
    for program in programs("partners") {
        let trade = Trade::new(program);
        let run = trade.bench.run_well(&["--dry-run", "list", "forward", "share", "credit"]);
        assert!(run.count("orders forwarded") > 3 && run.count("products created") > 0);
        assert!(!trade.bench.database().exists());
        assert_eq!((trade.bench.writes_since(0), trade.supplier.counts("addOrder").received), (Vec::new(), 0));
    }
}

#[test]
fn killed_at_any_call_it_comes_to_the_same() {
    for program in programs("partners") {
        let wanted = good_day(program).evening();
        for done in [true, false] {
            for call in program.kill_points() {
                let trade = Trade::new(program);
                let early =
                    [&trade.bench.mock, &trade.supplier].map(|mock| trade.bench.kill_in(mock, call, done, &ALL));
                trade.bench.run_until_done(&ALL);
                trade.noon();
                let late = [&trade.bench.mock, &trade.supplier].map(|mock| trade.bench.kill_in(mock, call, done, &ALL));
                trade.bench.run_until_done(&ALL);
                same(&format!("killed at call {call}, done: {done}"), &trade.evening(), &wanted);
                if ![early, late].as_flattened().contains(&true) {
                    break;
                }
            }
        }
    }
}

#[test]
fn on_a_bad_day_it_comes_to_the_same() {
    for program in programs("partners") {
        let wanted = good_day(program).evening();
        for number in 1..4 {
            let trade = Trade::new(program);
            let bad = || {
                trade.supplier.set_odds(bad_day(number));
                trade.supplier.set_quirks(3);
                trade.bench.run_on_bad_day(number, &ALL);
                trade.supplier.set_odds(Vec::new());
                trade.supplier.set_quirks(0);
            };
            bad();
            trade.noon();
            bad();
            same(&format!("bad day {number}"), &trade.evening(), &wanted);
        }
    }
}
