//! What the tables of the warehouse and the shop hold in the evening, field by field by the mapping.

use serde_json::{Map, Value, json};

use super::PACKED;
use crate::bench::Bench;
use crate::compare::{rows, same};
use crate::shop::{all_orders, plain};

pub(super) fn check_orders(bench: &Bench) {
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

pub(super) fn check_articles(bench: &Bench) {
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

pub(super) fn check_shipments(bench: &Bench) {
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

pub(super) fn check_stock(bench: &Bench) {
    let stock = bench.api("getInventoryProductsStock", &json!({"inventory_id": 307}));
    for (id, product) in stock["products"].as_object().expect("products") {
        let id: i64 = id.parse().expect("a number");
        assert_eq!(product["stock"]["bl_206"], id % 17, "product {id}");
        for (variant, stock) in product.get("variants").and_then(Value::as_object).unwrap_or(&Map::new()) {
            assert_eq!(stock["bl_206"], variant.parse::<i64>().expect("a number") % 17, "variant {variant}");
        }
    }
}
