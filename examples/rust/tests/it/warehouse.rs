//! The warehouse: a morning and an afternoon in a shop, and what the warehouse and the shop have in the evening.

use baselinker_mock::ShopSettings;
use serde_json::{Map, Value, json};

use crate::bench::Bench;
use crate::compare::{files, rows, same, tables};
use crate::programs::{Program, programs};
use crate::shop::{all_orders, plain};

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

fn check_orders(bench: &Bench) {
    let (mut orders, mut lines, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
    for order in all_orders(bench) {
        let ready =
            order["confirmed"] == true && [6624, 6627].contains(&order["order_status_id"].as_i64().unwrap_or(0));
        // What is packed was ready in the morning.
        if !ready {
            waiting.push(format!("order_id={} look=0", order["order_id"]));
            continue;
        }
        orders.push(wanted_order(&order));
        lines.extend(order["products"].as_array().expect("lines").iter().map(|line| wanted_line(&order, line)));
    }
    let database = bench.sql();
    let columns = "order_id, order_number, marketplace_number, delivery_date, remark, service_point, customer_number, \
                   customer_address, customer_post_code, customer_city, customer_country_code, customer_state, email, \
                   mobile, telephone, vat_number, invoice_address, invoice_post_code, invoice_city, \
                   invoice_country_code, invoice_state";
    let found = rows(&database, &format!("SELECT {columns} FROM orders ORDER BY order_id"));
    same("orders", &found.join("\n"), &orders.join("\n"));
    let found = rows(&database, "SELECT * FROM order_lines ORDER BY external_line_code");
    same("lines", &found.join("\n"), &lines.join("\n"));
    let found = rows(&database, "SELECT * FROM waiting ORDER BY order_id");
    same("waiting", &found.join("\n"), &waiting.join("\n"));
}

fn wanted_order(order: &Value) -> String {
    let text = |name: &str| format!("{:?}", order[name].as_str().unwrap_or_default());
    let remark = match (order["user_comments"].as_str(), order["admin_comments"].as_str()) {
        (Some(user), Some(admin)) if !user.is_empty() => format!("{user}\n{admin}"),
        _ => String::new(),
    };
    let shop_order = match order["shop_order_id"].as_i64() {
        Some(number) if number > 0 => number.to_string(),
        _ => String::new(),
    };
    let id = &order["order_id"];
    [
        format!("order_id={id} order_number=\"{id}\" marketplace_number={shop_order:?}"),
        format!("delivery_date={} remark={remark:?}", order["date_confirmed"]),
        format!("service_point={} customer_number=\"{id}\"", text("delivery_point_id")),
        format!("customer_address={} customer_post_code={}", text("delivery_address"), text("delivery_postcode")),
        format!("customer_city={} customer_country_code={}", text("delivery_city"), text("delivery_country_code")),
        format!("customer_state={} email={}", text("delivery_state"), text("email")),
        format!("mobile={} telephone={} vat_number={}", text("phone"), text("phone"), text("invoice_nip")),
        format!("invoice_address={} invoice_post_code={}", text("invoice_address"), text("invoice_postcode")),
        format!("invoice_city={} invoice_country_code={}", text("invoice_city"), text("invoice_country_code")),
        format!("invoice_state={}", text("invoice_state")),
    ]
    .join(" ")
}

fn wanted_line(order: &Value, line: &Value) -> String {
    let code = match line["variant_id"].as_str() {
        Some(variant) if variant != "0" && !variant.is_empty() => variant,
        _ => line["product_id"].as_str().unwrap_or_default(),
    };
    let price = plain(&line["price_brutto"]);
    format!(
        "external_line_code={} order_id={} article_number={} product_code={code:?} items={} line_price={price:?} \
         customs_value={price:?}",
        line["order_product_id"], order["order_id"], line["sku"], line["quantity"]
    )
}

fn check_articles(bench: &Bench) {
    let listed = bench.api("getInventoryProductsList", &json!({"inventory_id": 307, "include_variants": true}));
    let ids: Vec<i64> = listed["products"].as_object().expect("products").keys().flat_map(|id| id.parse()).collect();
    let data = bench.api("getInventoryProductsData", &json!({"inventory_id": 307, "products": ids}));
    let mut wanted: Vec<(i64, String)> = Vec::new();
    // The first product was measured, and its variants are as large; of the others nobody knows.
    let size = |id: &str| match id {
        "3000" | "3001" | "3002" => "height=\"21\" width=\"14.8\" length=\"1.2\"",
        _ => "height=NULL width=NULL length=NULL",
    };
    for (id, product) in data["products"].as_object().expect("products") {
        let text = |name: &str| product["text_fields"][name].clone();
        wanted.push((
            id.parse().expect("a number"),
            format!(
                "product_code={id} article_number={} name={} barcode={} weight={:?} {} description={} listed=1",
                product["sku"],
                text("name"),
                product["ean"],
                plain(&product["weight"]),
                size(id),
                text("description")
            ),
        ));
    }
    wanted.sort();
    assert_eq!(wanted.len(), 35);
    let wanted: Vec<String> = wanted.into_iter().map(|(_, line)| line).collect();
    let found = rows(&bench.sql(), "SELECT * FROM articles ORDER BY product_code");
    same("articles", &found.join("\n"), &wanted.join("\n"));
}

fn check_shipments(bench: &Bench) {
    let database = bench.sql();
    let shipments =
        rows(&database, "SELECT order_id, package_id, tracking_number, label_file FROM shipments ORDER BY 1");
    assert_eq!(shipments.len() as u64, PACKED);
    let sent = bench.mock.calls().into_iter().filter(|call| call.method == "createPackage");
    for (call, shipment) in sent.zip(shipments) {
        let order = &call.parameters["order_id"];
        let packages = bench.api("getOrderPackages", &json!({"order_id": order}));
        let package = &packages["packages"][0];
        assert_eq!(packages["packages"].as_array().map(Vec::len), Some(1));
        let (id, number) = (&package["package_id"], &package["courier_package_nr"]);
        assert_eq!(
            shipment,
            format!("order_id={order} package_id={id} tracking_number={number} label_file=\"{order}-{id}.zpl\"")
        );
        assert!(bench.folder.path().join("labels").join(format!("{order}-{id}.zpl")).exists());
        assert_eq!(call.parameters["packages"], json!([{"weight": 1.25, "length": 30, "width": 20}]));
        let fields = call.parameters["fields"].as_array().expect("fields");
        assert!(fields.contains(&json!({"id": "service", "value": "express"})), "{fields:?}");
        assert!(fields.iter().any(|field| field["id"] == "pickup_date"), "the default of the form: {fields:?}");
    }
}

fn check_stock(bench: &Bench) {
    let stock = bench.api("getInventoryProductsStock", &json!({"inventory_id": 307}));
    for (id, product) in stock["products"].as_object().expect("products") {
        let id: i64 = id.parse().expect("a number");
        assert_eq!(product["stock"]["bl_206"], id % 17, "product {id}");
        for (variant, stock) in product.get("variants").and_then(Value::as_object).unwrap_or(&Map::new()) {
            assert_eq!(stock["bl_206"], variant.parse::<i64>().expect("a number") % 17, "variant {variant}");
        }
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
