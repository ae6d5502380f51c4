//! The warehouse: a morning and an afternoon in a shop, and what the warehouse and the shop have in the evening.

mod checks;

use std::time::Duration;

use baselinker_mock::ShopSettings;
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::compare::{files, rows, same, tables};
use crate::programs::{Program, programs};
use checks::{check_articles, check_orders, check_shipments, check_stock};

const ARGUMENTS: [&str; 6] =
    ["--status", "6624,6627", "--push-stock", "--courier", "inpostkurier", "--courier-field=service=express"];
const PACKED: u64 = 4;

fn shop() -> ShopSettings {
    ShopSettings { orders: 130, products: 25, unconfirmed_percent: 10, ..ShopSettings::default() }
}

/// What everything is in the evening.
#[derive(Debug, PartialEq)]
struct Evening {
    tables: String,
    labels: String,
    shop: String,
}

fn evening(bench: &Bench) -> Evening {
    let database = bench.sql();
    let sql = "SELECT order_id FROM orders WHERE packed ORDER BY order_id";
    let packed: Vec<i64> = {
        let mut query = database.prepare(sql).expect("a query");
        query.query_map([], |row| row.get(0)).expect("rows").map(|id| id.expect("a number")).collect()
    };
    let packages = packed.iter().map(|order| bench.api("getOrderPackages", &json!({"order_id": order})));
    let mut shop: Vec<String> = packages.map(|packages| Value::Object(packages).to_string()).collect();
    shop.push(Value::Object(bench.api("getInventoryProductsStock", &json!({"inventory_id": 307}))).to_string());
    Evening { tables: tables(&database), labels: files(&bench.folder.path().join("labels")), shop: shop.join("\n") }
}

/// Before the first run: comments, points and states that the shop of the mock does not have by itself.
fn morning(bench: &Bench) {
    let orders = bench.api("getOrders", &json!({"id_from": 1, "get_unconfirmed_orders": true}));
    for order in orders["orders"].as_array().expect("orders").iter().take(12) {
        let fields = json!({
            "order_id": order["order_id"], "user_comments": "Wrap \"it\", please;\nŻółć & 'co'", "admin_comments": "VIP",
            "delivery_point_id": "GDA12M", "delivery_state": "Pomorskie", "invoice_state": "Mazowieckie",
            "invoice_nip": "PL 583-27-12-345",
        });
        bench.api("setOrderFields", &fields);
    }
    let size = json!({"inventory_id": 307, "product_id": 3000, "height": 21, "width": 14.80, "length": "1.20"});
    bench.api("addInventoryProduct", &size);
}

/// Between the runs: the warehouse counts and packs, the seller moves orders, buyers order.
fn noon(bench: &Bench) {
    let ids = |sql: &str| rows(&bench.sql(), sql);
    assert!(ids("SELECT 1 FROM waiting").len() > 20);
    bench.other_side(&format!(
        "UPDATE orders SET packed = 1 WHERE order_id IN (SELECT order_id FROM orders ORDER BY order_id LIMIT {PACKED});
         INSERT INTO parcels SELECT order_id, 1, '1.25', '30', '20', NULL FROM orders WHERE packed;
         INSERT INTO stock (product_code, quantity) SELECT product_code, product_code % 17 FROM articles;
         INSERT INTO stock (product_code, quantity) VALUES (999999, 3);"
    ));
    let waiting: Vec<i64> = {
        let database = bench.sql();
        let mut query = database.prepare("SELECT order_id FROM waiting ORDER BY order_id").expect("a query");
        query.query_map([], |row| row.get(0)).expect("rows").map(|id| id.expect("a number")).collect()
    };
    bench.api("setOrderStatuses", &json!({"order_ids": waiting[..9], "status_id": 6627}));
    bench.api("deleteOrders", &json!({"order_ids": waiting[9..11]}));
    let _ = bench.mock.add_orders(7, 1_774_860_000);
}

/// The day without anything going wrong. The warning about the product that is not there is a problem, once.
fn good_day(program: &Program) -> Bench {
    let bench = Bench::new(program, shop(), &ARGUMENTS);
    morning(&bench);
    let run = bench.run_well(&[]);
    assert_eq!(run.count("articles new"), 35);
    noon(&bench);
    let run = bench.run(&[]);
    assert_eq!(run.count("shipments made"), PACKED, "{}", run.errors);
    assert_eq!(run.count("labels saved"), PACKED);
    assert_eq!(run.count("stock sent"), 35);
    assert_eq!(run.errors, "problem: stock of product 999999: There is no such product in this catalog.\n");
    bench
}

#[test]
fn everything_is_as_the_mapping_says() {
    for program in programs("warehouse") {
        let bench = good_day(program);
        check_orders(&bench);
        check_articles(&bench);
        check_shipments(&bench);
        check_stock(&bench);
    }
}

#[test]
fn a_number_that_comes_later_is_fetched_then() {
    for program in programs("warehouse") {
        let bench = Bench::new(program, ShopSettings { number_delay_seconds: 600, ..shop() }, &ARGUMENTS);
        bench.run_well(&[]);
        noon(&bench);
        let run = bench.run(&[]);
        assert_eq!((run.count("shipments made"), run.count("labels saved")), (PACKED, PACKED));
        let numbers = "SELECT count(*) AS known FROM shipments WHERE tracking_number <> ''";
        assert_eq!(rows(&bench.sql(), numbers), ["known=0"]);
        bench.mock.clock().advance(Duration::from_mins(10));
        bench.run_well(&[]);
        assert_eq!(rows(&bench.sql(), numbers), [format!("known={PACKED}")]);
        check_shipments(&bench);
    }
}

#[test]
fn a_second_run_changes_nothing() {
    for program in programs("warehouse") {
        let bench = good_day(program);
        let (before, calls) = (evening(&bench), bench.mock.call_count());
        bench.run_well(&[]);
        assert_eq!(bench.writes_since(calls), [""; 0]);
        assert_eq!(evening(&bench), before);
    }
}

#[test]
fn a_dry_run_sends_and_stores_nothing() {
    for program in programs("warehouse") {
        let bench = Bench::new(program, shop(), &ARGUMENTS);
        let run = bench.run_well(&["--dry-run"]);
        assert_eq!(run.count("articles new"), 35);
        assert!(!bench.database().exists());
        bench.run_well(&[]);
        noon(&bench);
        let (bytes, calls) = (bench.bytes(), bench.mock.call_count());
        let run = bench.run_well(&["--dry-run"]);
        assert_eq!((run.count("shipments made"), run.count("stock sent")), (PACKED, 36));
        assert!(run.count("orders taken") > 0);
        assert_eq!(bench.writes_since(calls), [""; 0]);
        assert!(bench.bytes() == bytes, "the database changed");
        assert!(!bench.folder.path().join("labels").exists());
    }
}

#[test]
fn killed_at_any_call_it_comes_to_the_same() {
    for program in programs("warehouse") {
        let wanted = evening(&good_day(program));
        for done in [true, false] {
            for call in program.kill_points() {
                let bench = Bench::new(program, shop(), &ARGUMENTS);
                morning(&bench);
                let early = bench.kill_at(call, done, &[]);
                bench.run_until_done(&[]);
                noon(&bench);
                let late = bench.kill_at(call, done, &[]);
                bench.run(&[]);
                assert_eq!(bench.effects("createPackage"), PACKED, "killed at call {call}, done: {done}");
                let found = evening(&bench);
                let case = format!("killed at call {call}, done: {done}");
                same(&case, &found.tables, &wanted.tables);
                assert_eq!(found, wanted, "{case}");
                if !early && !late {
                    break;
                }
            }
        }
    }
}

#[test]
fn on_a_bad_day_it_comes_to_the_same() {
    for program in programs("warehouse") {
        let wanted = evening(&good_day(program));
        for number in 1..4 {
            let bench = Bench::new(program, shop(), &ARGUMENTS);
            morning(&bench);
            bench.run_on_bad_day(number, &[]);
            noon(&bench);
            bench.run_on_bad_day(number, &[]);
            let found = evening(&bench);
            same(&format!("bad day {number}"), &found.tables, &wanted.tables);
            assert_eq!(found, wanted);
        }
    }
}
