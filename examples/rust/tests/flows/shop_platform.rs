//! The shop platform: an import, a day on which both sides change things, and what both sides have in the evening.

use baselinker_mock::ShopSettings;
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::compare::{rows, same, tables};
use crate::programs::{Program, programs};
use crate::shop::all_orders;

const ARGUMENTS: [&str; 3] = ["--order-status=6624", "--vat=8", "--status=6630=shipped,6627=packing,6633=back"];
const SYNC: [&str; 2] = ["export", "orders"];

fn morning(program: &Program) -> Bench {
    let shop = ShopSettings { orders: 5, products: 10, ..ShopSettings::default() };
    Bench::new(program, shop, &ARGUMENTS)
}

/// After the import: new products, one of which the catalog has by now, changes of imported ones, and three orders.
fn noon(bench: &Bench) {
    bench.other_side(
        "INSERT INTO products (sku, ean, tax_rate, weight, stock) VALUES ('NEW-1', '5901234123457', '23', '0.50', 12);
         INSERT INTO products (sku, parent_sku, stock) VALUES ('NEW-1-RED', 'NEW-1', 5);
         INSERT INTO products (sku, track_stock, stock) VALUES ('ENDLESS', 0, 0), ('THERE', 1, 4);
         INSERT INTO texts VALUES ('NEW-1', 'pl', 'Zeszyt \"A5\"', 'Opis'), ('NEW-1', 'de', 'Heft', 'Text'),
             ('NEW-1', 'fr', 'Cahier', ''), ('NEW-1-RED', 'pl', 'Zeszyt czerwony', ''), ('ENDLESS', 'pl', 'Plik', ''),
             ('THERE', 'pl', 'Jest', '');
         INSERT INTO prices VALUES ('NEW-1', 'PLN', '12.50'), ('NEW-1', 'EUR', '2.9'), ('NEW-1', 'USD', '3');
         UPDATE products SET stock = 77 WHERE product_id = 3000;
         UPDATE prices SET price = '99.9' WHERE currency = 'EUR'
             AND sku = (SELECT sku FROM products WHERE product_id = 3004);
         UPDATE texts SET name = 'Nowa nazwa' WHERE sku = (SELECT sku FROM products WHERE product_id = 3008);
         INSERT INTO orders (number, date, status, currency, email, phone, name, address, post_code, city, country_code,
             vat_number, comment, delivery_method, delivery_price, payment_method, paid)
             VALUES ('S-1', 1774850000, 'new', 'PLN', 'a@example.com', '1', 'Ąę', 'x 1', '00-1', 'Łódź', 'PL', '', 'Hi', 'DPD', '9.99', 'Card', '0'),
                    ('S-2', 1774850001, 'new', 'EUR', 'b@example.com', '2', 'B', 'y 2', '00-2', 'Berlin', 'DE', 'DE1', '', 'DHL', '0', 'Card', '20.50'),
                    ('S-3', 1774850001, 'new', 'PLN', 'a@example.com', '1', 'C', 'z 3', '00-3', 'Praha', 'CZ', '', '', 'GLS', '0', 'COD', '0');
         INSERT INTO lines VALUES ('S-1', 1, 'NEW-1', 'Zeszyt', '12.50', '23', 2), ('S-1', 2, 'ENDLESS', 'Plik', '1.00', NULL, 1),
             ('S-2', 1, 'NEW-1', 'Heft', '2.90', NULL, 1), ('S-3', 1, 'THERE', 'Jest', '5', '5', 3);",
    );
    bench.api("addInventoryProduct", &json!({"inventory_id": 307, "sku": "THERE", "text_fields": {"name": "Old"}}));
}

/// After the orders went over: both sides move and pay.
fn afternoon(bench: &Bench) {
    bench.other_side(
        "UPDATE orders SET status = 'shipped' WHERE number = 'S-1';
         UPDATE orders SET paid = '32.90', paid_at = 1774860100 WHERE number = 'S-2';
         UPDATE products SET stock = 3 WHERE sku = 'NEW-1';",
    );
    let order =
        bench.sql().query_one("SELECT order_id FROM orders WHERE number = 'S-3'", [], |row| row.get::<_, i64>(0));
    let order = order.expect("a number");
    bench.api("setOrderStatus", &json!({"order_id": order, "status_id": 6627}));
    let payment = json!({"order_id": order, "payment_done": 15, "payment_date": 1_774_860_200, "payment_comment": ""});
    bench.api("setOrderPayment", &payment);
}

/// Everything that both sides have.
fn evening(bench: &Bench) -> String {
    let orders: Vec<String> = all_orders(bench).iter().map(Value::to_string).collect();
    let listed = bench.api("getInventoryProductsList", &json!({"inventory_id": 307, "include_variants": true}));
    let ids: Vec<&String> = listed["products"].as_object().expect("products").keys().collect();
    let products = bench.api("getInventoryProductsData", &json!({"inventory_id": 307, "products": ids}));
    let products: Vec<String> = products["products"]
        .as_object()
        .expect("products")
        .iter()
        .map(|(id, product)| format!("{id}: {product}"))
        .collect();
    format!("{}\n{}\n{}", tables(&bench.sql()), orders.join("\n"), products.join("\n"))
}

fn good_day(program: &Program) -> Bench {
    let bench = morning(program);
    assert_eq!(bench.run_well(&["import"]).count("products imported"), 14);
    let calls = bench.mock.call_count();
    bench.run_well(&["export"]);
    assert_eq!(bench.writes_since(calls), [""; 0], "what was imported goes not back");
    noon(&bench);
    let run = bench.run_well(&SYNC);
    let counts = ["products created", "products changed", "prices sent", "stock sent", "orders sent", "payments sent"];
    assert_eq!(counts.map(|name| run.count(name)), [3, 2, 1, 2, 3, 1], "{}", run.summary);
    afternoon(&bench);
    let run = bench.run_well(&SYNC);
    let counts = ["statuses taken", "payments taken", "statuses sent", "payments sent", "stock sent"];
    assert_eq!(counts.map(|name| run.count(name)), [1, 1, 1, 1, 1], "{}", run.summary);
    bench
}

#[test]
fn both_sides_are_as_the_mapping_says() {
    for program in programs("shop-platform") {
        let bench = good_day(program);
        check_products(&bench);
        check_orders(&bench);
    }
}

fn check_products(bench: &Bench) {
    let product = |sku: &str| {
        let call = json!({"inventory_id": 307, "filter_sku": sku, "include_variants": true});
        let found = bench.api("getInventoryProductsList", &call);
        let found = found["products"].as_object().expect("products").keys().cloned().collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{sku}");
        bench.api("getInventoryProductsData", &json!({"inventory_id": 307, "products": found}))["products"][&found[0]]
            .clone()
    };
    let new = product("NEW-1");
    let texts = json!({"name": "Zeszyt \"A5\"", "description": "Opis", "name|de": "Heft", "description|de": "Text"});
    assert_eq!(new["text_fields"], texts);
    assert_eq!(new["prices"], json!({"105": 12.5, "106": 2.9}), "there is no price group in USD");
    assert_eq!((&new["stock"]["bl_206"], &new["tax_rate"], &new["weight"]), (&json!(3), &json!(23), &json!(0.5)));
    assert_eq!(new["ean"], "5901234123457");
    let variants = new["variants"].as_object().expect("variants");
    assert_eq!(variants.values().map(|variant| &variant["sku"]).collect::<Vec<_>>(), ["NEW-1-RED"]);
    assert_eq!(product("ENDLESS")["stock"]["bl_206"], 100);
    assert_eq!(product("THERE")["text_fields"]["name"], "Jest");
    let by_id = bench.api("getInventoryProductsData", &json!({"inventory_id": 307, "products": [3000, 3004, 3008]}));
    assert_eq!(by_id["products"]["3000"]["stock"]["bl_206"], 77);
    assert_eq!(by_id["products"]["3004"]["prices"]["106"], 99.9);
    assert_eq!(by_id["products"]["3008"]["text_fields"]["name"], "Nowa nazwa");
}

fn check_orders(bench: &Bench) {
    let orders = all_orders(bench);
    let order = |number: &str| orders.iter().find(|order| order["extra_field_1"] == number).expect("an order");
    let first = order("S-1");
    let wanted = json!({
        "order_status_id": 6630, "date_add": 1_774_850_000, "currency": "PLN", "email": "a@example.com", "phone": "1",
        "user_comments": "Hi", "delivery_method": "DPD", "delivery_price": 9.99, "payment_method": "Card",
        "delivery_fullname": "Ąę", "delivery_address": "x 1", "delivery_postcode": "00-1", "delivery_city": "Łódź",
        "delivery_country_code": "PL", "invoice_city": "Łódź", "want_invoice": false,
    });
    for (name, value) in wanted.as_object().expect("fields") {
        assert_eq!(&first[name], value, "{name}");
    }
    let lines = [json!(["NEW-1", "Zeszyt", 12.5, 23, 2]), json!(["ENDLESS", "Plik", 1.0, 8, 1])];
    for (line, wanted) in first["products"].as_array().expect("lines").iter().zip(lines) {
        let found =
            json!([line["sku"], line["name"], line["price_brutto"].as_f64(), line["tax_rate"], line["quantity"]]);
        assert_eq!(found, wanted);
    }
    assert_eq!(first["products"].as_array().map(Vec::len), Some(2));
    let second = order("S-2");
    assert_eq!((&second["payment_done"], &second["invoice_nip"]), (&json!(32.9), &json!("DE1")));
    assert_eq!((&second["want_invoice"], &second["order_status_id"]), (&json!(true), &json!(6624)));
    let found = rows(&bench.sql(), "SELECT number, status, paid FROM orders ORDER BY number");
    let wanted = [
        r#"number="S-1" status="shipped" paid="0""#,
        r#"number="S-2" status="new" paid="32.9""#,
        r#"number="S-3" status="packing" paid="15""#,
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_second_run_changes_nothing() {
    for program in programs("shop-platform") {
        let bench = good_day(program);
        // What the shop left open, such as a VAT rate, the catalog has decided.
        bench.run_well(&["import"]);
        let (before, calls) = (evening(&bench), bench.mock.call_count());
        bench.run_well(&["export", "orders", "import"]);
        assert_eq!(bench.writes_since(calls), [""; 0]);
        same("again", &evening(&bench), &before);
    }
}

#[test]
fn a_dry_run_sends_and_stores_nothing() {
    for program in programs("shop-platform") {
        let bench = morning(program);
        bench.run_well(&["import"]);
        noon(&bench);
        let (bytes, calls) = (bench.bytes(), bench.mock.call_count());
        let run = bench.run_well(&["--dry-run", "import", "export", "orders"]);
        assert_eq!((run.count("products created"), run.count("orders sent")), (3, 3));
        assert_eq!(bench.writes_since(calls), [""; 0]);
        assert!(bench.bytes() == bytes, "the database changed");
    }
}

#[test]
fn killed_at_any_call_it_comes_to_the_same() {
    for program in programs("shop-platform") {
        let wanted = evening(&good_day(program));
        for done in [true, false] {
            for call in program.kill_points() {
                let bench = morning(program);
                bench.kill_at(call, done, &["import"]);
                bench.run_until_done(&["import"]);
                noon(&bench);
                let early = bench.kill_at(call, done, &SYNC);
                bench.run_until_done(&SYNC);
                afternoon(&bench);
                let late = bench.kill_at(call, done, &SYNC);
                bench.run_until_done(&SYNC);
                same(&format!("killed at call {call}, done: {done}"), &evening(&bench), &wanted);
                assert_eq!((bench.effects("addOrder"), all_orders(&bench).len()), (3, 8));
                if !early && !late {
                    break;
                }
            }
        }
    }
}

#[test]
fn on_a_bad_day_it_comes_to_the_same() {
    for program in programs("shop-platform") {
        let wanted = evening(&good_day(program));
        for number in 1..4 {
            let bench = morning(program);
            bench.run_on_bad_day(number, &["import"]);
            noon(&bench);
            bench.run_on_bad_day(number, &SYNC);
            afternoon(&bench);
            bench.run_on_bad_day(number, &SYNC);
            same(&format!("bad day {number}"), &evening(&bench), &wanted);
        }
    }
}
