//! Lists of the catalog and of the CRM: what is added is listed, changed, filtered, paged and deleted.

use crate::raw::{call, call_with, start};
use baselinker_mock::MockServer;
use serde_json::{Value, json};

/// The methods that list, add and delete, the field that lists, that of the number, and something to add.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str, Value);

#[test]
fn what_is_added_is_listed_changed_and_deleted() {
    let (add, delete) = ("addInventory", "deleteInventory");
    let catalog = json!({"name": "Outlet", "languages": ["pl"], "default_language": "pl", "price_groups": [105],
        "default_price_group": 105, "warehouses": ["bl_206"], "default_warehouse": "bl_206"});
    let supplier = json!({"name": "Outlet", "take_product_cost_from": "cost", "take_product_code_from": "code"});
    let cases: [Case; 6] = [
        ("getInventories", add, delete, "inventories", "inventory_id", catalog),
        (
            "getInventoryCategories",
            "addInventoryCategory",
            "deleteInventoryCategory",
            "categories",
            "category_id",
            json!({"name": "Outlet", "parent_id": 3}),
        ),
        (
            "getInventoryManufacturers",
            "addInventoryManufacturer",
            "deleteInventoryManufacturer",
            "manufacturers",
            "manufacturer_id",
            json!({"name": "Outlet"}),
        ),
        (
            "getInventoryPriceGroups",
            "addInventoryPriceGroup",
            "deleteInventoryPriceGroup",
            "price_groups",
            "price_group_id",
            json!({"name": "Outlet", "currency": "PLN"}),
        ),
        (
            "getInventoryWarehouses",
            "addInventoryWarehouse",
            "deleteInventoryWarehouse",
            "warehouses",
            "warehouse_id",
            json!({"name": "Outlet", "stock_edition": true}),
        ),
        (
            "getInventorySuppliers",
            "addInventorySupplier",
            "deleteInventorySupplier",
            "suppliers",
            "supplier_id",
            supplier,
        ),
    ];
    for (list, add, delete, items, number, thing) in cases {
        let mock = start(|_| {});
        let names = || -> Vec<Value> {
            let found = call(&mock, list, &json!({}))[items].clone();
            found.as_array().into_iter().flatten().map(|thing| thing["name"].clone()).collect()
        };
        let before = names();
        let id = call(&mock, add, &thing)[number].clone();
        assert_eq!(names().last(), Some(&json!("Outlet")), "{list}");
        let mut changed = thing.clone();
        changed[number] = id.clone();
        changed["name"] = json!("Second choice");
        assert_eq!(call(&mock, add, &changed)[number], id, "{list}");
        assert_eq!(names().last(), Some(&json!("Second choice")), "{list}");
        call(&mock, delete, &json!({number: id}));
        assert_eq!(names(), before, "{list}");
        assert_eq!(call_with(&mock, delete, &json!({number: id}), "").code(), "ERROR_MOCK_NOT_FOUND", "{list}");
    }
}

#[test]
fn clients_are_found_by_their_data() {
    let mock = start(|_| {});
    let sent = json!({"email": "jan@example.com", "invoice_company": "Biuro Jan", "delivery_country_code": "DE"});
    let id = call(&mock, "addCrmClient", &sent)["crm_client_id"].clone();
    let found = call(&mock, "getCrmClients", &json!({"filter_invoice_company": "biuro j"}))["clients"].clone();
    assert_eq!((found.as_array().map(Vec::len), &found[0]["crm_client_id"]), (Some(1), &id));
    assert_eq!(call(&mock, "getCrmClientData", &json!({"crm_client_id": id}))["email"], "jan@example.com");
    assert_eq!(call_with(&mock, "getCrmClientData", &json!({"crm_client_id": 1}), "").code(), "ERROR_MOCK_NOT_FOUND");
}

fn deliveries(mock: &MockServer, page: u32) -> usize {
    let found = call(mock, "getInventoryFulfillmentDeliveries", &json!({"page": page}));
    found["deliveries"].as_array().map_or(0, Vec::len)
}

#[test]
fn documents_have_lines_a_status_and_pages() {
    let mock = start(|_| {});
    let document = call(&mock, "addInventoryDocument", &json!({"warehouse_id": 206, "document_type": 0}));
    let document = document["document_id"].clone();
    let lines = json!({"document_id": document, "items": [{"product_id": 2686, "quantity": 4}, {"product_id": 2690, "quantity": 1}]});
    let added = call(&mock, "addInventoryDocumentItems", &lines)["items"].clone();
    let listed = call(&mock, "getInventoryDocumentItems", &json!({"document_id": document}))["items"].clone();
    assert_eq!((listed.as_array().map(Vec::len), &listed[1]["item_id"]), (Some(2), &added[1]["item_id"]));
    call(&mock, "setInventoryDocumentStatusConfirmed", &json!({"document_id": document}));
    let found = call(&mock, "getInventoryDocuments", &json!({"filter_document_id": document}))["documents"].clone();
    assert_eq!((found.as_array().map(Vec::len), &found[0]["document_status"]), (Some(1), &json!(1)));

    let before = deliveries(&mock, 0);
    for number in 0..150 {
        let sent = json!({"warehouse_id": 206, "fulfillment_warehouse_id": 209, "name": number.to_string()});
        call(&mock, "addInventoryFulfillmentDelivery", &sent);
    }
    assert_eq!([0, 1, 2].map(|page| deliveries(&mock, page)), [100, 50 + before, 0]);
}
