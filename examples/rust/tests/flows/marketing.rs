//! The marketing system: two looks at the journal of a shop, and what it knows of buyers and purchases then.

use std::collections::{BTreeMap, BTreeSet};

use baselinker_mock::ShopSettings;
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::compare::{rows, same, tables};
use crate::programs::{Program, programs};
use crate::shop::{all_orders, plain};

const ARGUMENTS: [&str; 1] = ["--skip-shop-orders"];
/// Of three such buyers, the first one bought before with an address, the others never did.
const HIDDEN: [&str; 3] = ["8awgqyk6a5+cub31c122@AllegroMail.pl", "", "no address"];

fn shop() -> ShopSettings {
    ShopSettings { orders: 120, products: 25, unconfirmed_percent: 10, ..ShopSettings::default() }
}

/// Hides the addresses of some buyers, and gives one of them an earlier order with an address.
fn morning(bench: &Bench) {
    let orders = all_orders(bench);
    let allegro = |order: &&Value| order["order_source"] == "allegro";
    let hidden: Vec<&Value> = orders.iter().rev().filter(allegro).take(HIDDEN.len()).collect();
    for (index, (order, email)) in hidden.iter().zip(HIDDEN).enumerate() {
        let fields = json!({"order_id": order["order_id"], "email": email, "phone": format!("600 100 20{index}")});
        bench.api("setOrderFields", &fields);
    }
    let earlier = [(10, "Known.Buyer@Example.com"), (20, ""), (30, "masked@allegromail.com")];
    for (index, email) in earlier {
        let fields = json!({"order_id": orders[index]["order_id"], "email": email, "phone": "600 100 200"});
        bench.api("setOrderFields", &fields);
    }
}

/// More orders, one that gets its lines late, changed buyers, and an order that is gone before anybody looks.
fn noon(bench: &Bench) {
    let orders = all_orders(bench);
    let later = bench.mock.add_orders(5, 1_774_860_000);
    bench.api("deleteOrders", &json!({"order_ids": [later[0]]}));
    for order in &orders[40..44] {
        let fields = json!({"order_id": order["order_id"], "invoice_company": "Nowa & Syn", "delivery_city": "Sopot"});
        bench.api("setOrderFields", &fields);
    }
}

fn good_day(program: &Program) -> Bench {
    let bench = Bench::new(program, shop(), &ARGUMENTS);
    morning(&bench);
    let run = bench.run_well(&[]);
    assert_eq!(run.count("orders gone"), 0);
    assert!(run.count("calls") <= 2 + 2 + 8, "the journal, two hundred orders, three phones, five earlier orders");
    noon(&bench);
    let run = bench.run_well(&[]);
    assert_eq!((run.count("orders gone"), run.count("contacts changed")), (1, shoppers(&bench, 40..44)));
    bench
}

/// How many of these orders are not left out.
fn shoppers(bench: &Bench, places: std::ops::Range<usize>) -> u64 {
    all_orders(bench)[places].iter().filter(|order| order["order_source"] != "shop").count() as u64
}

#[test]
fn purchases_and_contacts_are_as_the_mapping_says() {
    for program in programs("marketing") {
        let bench = good_day(program);
        let emails = emails(&bench);
        check_events(&bench, &emails);
        check_contacts(&bench, &emails);
    }
}

/// The address of the buyer of each order that is not left out, found in another way than by the program.
fn emails(bench: &Bench) -> BTreeMap<i64, String> {
    let orders = all_orders(bench);
    let own = |order: &Value| {
        let email = order["email"].as_str().unwrap_or_default().to_lowercase();
        Some(email).filter(|email| email.contains('@') && !email.contains("@allegromail."))
    };
    let found = |order: &Value| {
        own(order).or_else(|| {
            let mut earlier = orders.iter().rev().filter(|other| {
                other["phone"] == order["phone"] && other["order_id"].as_i64() < order["order_id"].as_i64()
            });
            earlier.find_map(own)
        })
    };
    let wanted = orders.iter().filter(|order| order["order_source"] != "shop");
    wanted.map(|order| (order["order_id"].as_i64().expect("a number"), found(order).unwrap_or_default())).collect()
}

fn check_events(bench: &Bench, emails: &BTreeMap<i64, String>) {
    let journal = bench.api("getJournalList", &json!({"last_log_id": 0}));
    let mut first = BTreeMap::new();
    for event in journal["logs"].as_array().expect("events") {
        if [1, 2].contains(&event["log_type"].as_i64().unwrap_or_default()) {
            let order = event["order_id"].as_i64().expect("a number");
            first.entry(order).or_insert(event["log_id"].as_i64().expect("a number"));
        }
    }
    let mut wanted: Vec<(i64, String)> = Vec::new();
    for order in all_orders(bench) {
        let id = order["order_id"].as_i64().expect("a number");
        let Some(email) = emails.get(&id) else { continue };
        let lines = order["products"].as_array().expect("lines");
        let cents = |line: &Value| (line["price_brutto"].as_f64().expect("a price") * 100.0).round();
        let value: f64 = lines.iter().map(|line| cents(line) * line["quantity"].as_f64().expect("a number")).sum();
        let skus: Vec<&str> = lines.iter().filter_map(|line| line["sku"].as_str()).collect();
        let date = order["date_confirmed"].as_i64().filter(|date| *date > 0).or(order["date_add"].as_i64());
        let line = format!(
            "log_id={} order_id={id} kind=\"PURCHASE\" email={email:?} phone={} date={} value={:?} currency=\"PLN\" \
             products={:?} source={}",
            first[&id],
            order["phone"],
            date.unwrap_or_default(),
            plain(&json!(value / 100.0)),
            skus.join(","),
            order["order_source"]
        );
        wanted.push((first[&id], line));
    }
    wanted.sort();
    let wanted: Vec<String> = wanted.into_iter().map(|(_, line)| line).collect();
    assert!(wanted.len() > 80);
    let found = rows(&bench.sql(), "SELECT * FROM events ORDER BY log_id");
    same("events", &found.join("\n"), &wanted.join("\n"));
}

fn check_contacts(bench: &Bench, emails: &BTreeMap<i64, String>) {
    let database = bench.sql();
    let (mut tags, mut known) = (BTreeSet::new(), BTreeSet::new());
    for order in all_orders(bench) {
        let Some(email) = order["order_id"].as_i64().and_then(|id| emails.get(&id)).filter(|email| !email.is_empty())
        else {
            continue;
        };
        let source = order["order_source"].as_str().unwrap_or_default().to_uppercase();
        tags.insert(format!("email={email:?} tag=\"BASELINKER_{source}\""));
        known.insert(email.clone());
        if emails.values().filter(|other| *other == email).count() > 1 {
            continue;
        }
        let found = rows(&database, &format!("SELECT * FROM contacts WHERE email = '{email}'"));
        let wanted = format!(
            "email={email:?} name={} company={} phone={} address={} post_code={} city={} country_code={}",
            order["invoice_fullname"],
            order["invoice_company"],
            order["phone"],
            order["invoice_address"],
            order["invoice_postcode"],
            order["invoice_city"],
            order["invoice_country_code"]
        );
        assert_eq!(found, [wanted]);
    }
    let found = rows(&database, "SELECT * FROM contact_tags ORDER BY 1, 2");
    same("tags", &found.join("\n"), &tags.into_iter().collect::<Vec<_>>().join("\n"));
    assert_eq!(rows(&database, "SELECT email FROM contacts").len(), known.len());
    assert!(known.contains("known.buyer@example.com"));
    assert_eq!(emails.values().filter(|email| email.is_empty()).count(), 2, "who never bought before");
}

#[test]
fn a_second_look_changes_nothing() {
    for program in programs("marketing") {
        let bench = good_day(program);
        let (before, calls) = (tables(&bench.sql()), bench.mock.call_count());
        let run = bench.run_well(&[]);
        assert_eq!(run.count("calls"), 1);
        assert_eq!(bench.writes_since(calls), [""; 0]);
        same("again", &tables(&bench.sql()), &before);
    }
}

#[test]
fn a_dry_run_stores_nothing() {
    for program in programs("marketing") {
        let bench = Bench::new(program, shop(), &ARGUMENTS);
        let wanted = bench.run_well(&["--dry-run"]).count("events new");
        assert!(!bench.database().exists());
        assert_eq!(bench.run_well(&[]).count("events new"), wanted);
        noon(&bench);
        let bytes = bench.bytes();
        assert!(bench.run_well(&["--dry-run"]).count("events new") > 0);
        assert!(bench.bytes() == bytes, "the database changed");
    }
}

#[test]
fn killed_at_any_call_it_comes_to_the_same() {
    for program in programs("marketing") {
        let wanted = tables(&good_day(program).sql());
        for call in program.kill_points() {
            let bench = Bench::new(program, shop(), &ARGUMENTS);
            morning(&bench);
            let early = bench.kill_at(call, true, &[]);
            bench.run_until_done(&[]);
            noon(&bench);
            let late = bench.kill_at(call, true, &[]);
            bench.run_until_done(&[]);
            same(&format!("killed at call {call}"), &tables(&bench.sql()), &wanted);
            if !early && !late {
                break;
            }
        }
    }
}

#[test]
fn on_a_bad_day_it_comes_to_the_same() {
    for program in programs("marketing") {
        let wanted = tables(&good_day(program).sql());
        for number in 1..3 {
            let bench = Bench::new(program, shop(), &ARGUMENTS);
            morning(&bench);
            bench.run_on_bad_day(number, &[]);
            noon(&bench);
            bench.run_on_bad_day(number, &[]);
            same(&format!("bad day {number}"), &tables(&bench.sql()), &wanted);
        }
    }
}
