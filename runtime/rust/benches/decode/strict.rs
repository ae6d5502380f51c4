//! The same reply with strict derives, to compare with.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct GetOrdersReply {
    #[serde(default)]
    pub(crate) orders: Vec<PageOrder>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct PageOrder {
    pub(crate) order_id: i64,
    pub(crate) shop_order_id: Option<i64>,
    pub(crate) external_order_id: Option<String>,
    pub(crate) order_source: Option<String>,
    pub(crate) order_source_id: Option<i64>,
    pub(crate) order_source_info: Option<String>,
    pub(crate) order_status_id: Option<i64>,
    pub(crate) date_add: Option<i64>,
    pub(crate) date_confirmed: Option<i64>,
    pub(crate) date_in_status: Option<i64>,
    pub(crate) confirmed: Option<bool>,
    pub(crate) user_login: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) payment_method: Option<String>,
    pub(crate) payment_method_cod: Option<bool>,
    pub(crate) payment_done: Option<f64>,
    pub(crate) user_comments: Option<String>,
    pub(crate) admin_comments: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) delivery_method_id: Option<i64>,
    pub(crate) delivery_method: Option<String>,
    pub(crate) delivery_price: Option<f64>,
    pub(crate) delivery_package_module: Option<String>,
    pub(crate) delivery_package_nr: Option<String>,
    pub(crate) delivery_fullname: Option<String>,
    pub(crate) delivery_company: Option<String>,
    pub(crate) delivery_address: Option<String>,
    pub(crate) delivery_postcode: Option<String>,
    pub(crate) delivery_city: Option<String>,
    pub(crate) delivery_state: Option<String>,
    pub(crate) delivery_country: Option<String>,
    pub(crate) delivery_country_code: Option<String>,
    pub(crate) delivery_point_id: Option<String>,
    pub(crate) delivery_point_name: Option<String>,
    pub(crate) delivery_point_address: Option<String>,
    pub(crate) delivery_point_postcode: Option<String>,
    pub(crate) delivery_point_city: Option<String>,
    pub(crate) invoice_fullname: Option<String>,
    pub(crate) invoice_company: Option<String>,
    pub(crate) invoice_nip: Option<String>,
    pub(crate) invoice_address: Option<String>,
    pub(crate) invoice_postcode: Option<String>,
    pub(crate) invoice_city: Option<String>,
    pub(crate) invoice_state: Option<String>,
    pub(crate) invoice_country: Option<String>,
    pub(crate) invoice_country_code: Option<String>,
    pub(crate) want_invoice: Option<bool>,
    pub(crate) extra_field_1: Option<String>,
    pub(crate) extra_field_2: Option<String>,
    #[serde(default)]
    pub(crate) custom_extra_fields: BTreeMap<String, String>,
    pub(crate) order_page: Option<String>,
    pub(crate) pick_state: Option<i64>,
    pub(crate) pack_state: Option<i64>,
    pub(crate) star: Option<i64>,
    pub(crate) crm_client_id: Option<i64>,
    #[serde(default)]
    pub(crate) commissions: Vec<PageCommission>,
    pub(crate) connect_data: Option<PageConnectData>,
    #[serde(default)]
    pub(crate) products: Vec<PageProduct>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct PageCommission {
    pub(crate) commission_name: Option<String>,
    pub(crate) commission_type: Option<String>,
    pub(crate) cost_netto: Option<f64>,
    pub(crate) cost_brutto: Option<f64>,
    pub(crate) cost_currency: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct PageConnectData {
    #[serde(rename = "connect_integration_id")]
    pub(crate) integration: Option<i64>,
    #[serde(rename = "connect_contractor_id")]
    pub(crate) contractor: Option<i64>,
    #[serde(rename = "connect_sale_id")]
    pub(crate) sale: Option<i64>,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct PageProduct {
    pub(crate) storage: Option<String>,
    pub(crate) storage_id: Option<i64>,
    pub(crate) order_product_id: Option<i64>,
    pub(crate) product_id: Option<String>,
    pub(crate) variant_id: Option<i64>,
    pub(crate) name: Option<String>,
    pub(crate) attributes: Option<String>,
    pub(crate) sku: Option<String>,
    pub(crate) ean: Option<String>,
    pub(crate) asin: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) warehouse_id: Option<i64>,
    pub(crate) auction_id: Option<String>,
    pub(crate) price_brutto: Option<f64>,
    pub(crate) tax_rate: Option<f64>,
    pub(crate) quantity: Option<i64>,
    pub(crate) weight: Option<f64>,
    pub(crate) bundle_id: Option<i64>,
}
