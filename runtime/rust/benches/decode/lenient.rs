//! The reply of getOrders as the generator emits it, with lenient decoding.

mod parts;

use std::collections::BTreeMap;

use baselinker_runtime::{Decimal, Decode, Extra, Reader, Timestamp};

use parts::{PageCommission, PageConnectData, PageProduct};

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct GetOrdersReply {
    pub(crate) orders: Vec<PageOrder>,
    pub(crate) extra: Extra,
}

impl GetOrdersReply {
    const FIELDS: &[&str] = &["orders"];
}

impl Decode for GetOrdersReply {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        while reader.next_field(Self::FIELDS, &mut this.extra).is_some() {
            this.orders = reader.list();
        }
        Some(this)
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PageOrder {
    pub(crate) order_id: i64,
    pub(crate) shop_order_id: Option<i64>,
    pub(crate) external_order_id: Option<String>,
    pub(crate) order_source: Option<String>,
    pub(crate) order_source_id: Option<i64>,
    pub(crate) order_source_info: Option<String>,
    pub(crate) order_status_id: Option<i64>,
    pub(crate) date_add: Option<Timestamp>,
    pub(crate) date_confirmed: Option<Timestamp>,
    pub(crate) date_in_status: Option<Timestamp>,
    pub(crate) confirmed: Option<bool>,
    pub(crate) user_login: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) payment_method: Option<String>,
    pub(crate) payment_method_cod: Option<bool>,
    pub(crate) payment_done: Option<Decimal>,
    pub(crate) user_comments: Option<String>,
    pub(crate) admin_comments: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) delivery_method_id: Option<i64>,
    pub(crate) delivery_method: Option<String>,
    pub(crate) delivery_price: Option<Decimal>,
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
    pub(crate) custom_extra_fields: BTreeMap<String, String>,
    pub(crate) order_page: Option<String>,
    pub(crate) pick_state: Option<i64>,
    pub(crate) pack_state: Option<i64>,
    pub(crate) star: Option<i64>,
    pub(crate) crm_client_id: Option<i64>,
    pub(crate) commissions: Vec<PageCommission>,
    pub(crate) connect_data: Option<PageConnectData>,
    pub(crate) products: Vec<PageProduct>,
    pub(crate) extra: Extra,
}

impl PageOrder {
    const FIELDS: &[&str] = &[
        "order_id",
        "shop_order_id",
        "external_order_id",
        "order_source",
        "order_source_id",
        "order_source_info",
        "order_status_id",
        "date_add",
        "date_confirmed",
        "date_in_status",
        "confirmed",
        "user_login",
        "currency",
        "payment_method",
        "payment_method_cod",
        "payment_done",
        "user_comments",
        "admin_comments",
        "email",
        "phone",
        "delivery_method_id",
        "delivery_method",
        "delivery_price",
        "delivery_package_module",
        "delivery_package_nr",
        "delivery_fullname",
        "delivery_company",
        "delivery_address",
        "delivery_postcode",
        "delivery_city",
        "delivery_state",
        "delivery_country",
        "delivery_country_code",
        "delivery_point_id",
        "delivery_point_name",
        "delivery_point_address",
        "delivery_point_postcode",
        "delivery_point_city",
        "invoice_fullname",
        "invoice_company",
        "invoice_nip",
        "invoice_address",
        "invoice_postcode",
        "invoice_city",
        "invoice_state",
        "invoice_country",
        "invoice_country_code",
        "want_invoice",
        "extra_field_1",
        "extra_field_2",
        "custom_extra_fields",
        "order_page",
        "pick_state",
        "pack_state",
        "star",
        "crm_client_id",
        "commissions",
        "connect_data",
        "products",
    ];
}

impl Decode for PageOrder {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        let mut order_id = None;
        while let Some(field) = reader.next_field(Self::FIELDS, &mut this.extra) {
            match field {
                0 => order_id = Decode::decode(reader),
                1 => this.shop_order_id = Decode::decode(reader),
                2 => this.external_order_id = Decode::decode(reader),
                3 => this.order_source = Decode::decode(reader),
                4 => this.order_source_id = Decode::decode(reader),
                5 => this.order_source_info = Decode::decode(reader),
                6 => this.order_status_id = Decode::decode(reader),
                7 => this.date_add = Decode::decode(reader),
                8 => this.date_confirmed = Decode::decode(reader),
                9 => this.date_in_status = Decode::decode(reader),
                10 => this.confirmed = Decode::decode(reader),
                11 => this.user_login = Decode::decode(reader),
                12 => this.currency = Decode::decode(reader),
                13 => this.payment_method = Decode::decode(reader),
                14 => this.payment_method_cod = Decode::decode(reader),
                15 => this.payment_done = Decode::decode(reader),
                16 => this.user_comments = Decode::decode(reader),
                17 => this.admin_comments = Decode::decode(reader),
                18 => this.email = Decode::decode(reader),
                19 => this.phone = Decode::decode(reader),
                20 => this.delivery_method_id = Decode::decode(reader),
                21 => this.delivery_method = Decode::decode(reader),
                22 => this.delivery_price = Decode::decode(reader),
                23 => this.delivery_package_module = Decode::decode(reader),
                24 => this.delivery_package_nr = Decode::decode(reader),
                25 => this.delivery_fullname = Decode::decode(reader),
                26 => this.delivery_company = Decode::decode(reader),
                27 => this.delivery_address = Decode::decode(reader),
                28 => this.delivery_postcode = Decode::decode(reader),
                29 => this.delivery_city = Decode::decode(reader),
                30 => this.delivery_state = Decode::decode(reader),
                31 => this.delivery_country = Decode::decode(reader),
                32 => this.delivery_country_code = Decode::decode(reader),
                33 => this.delivery_point_id = Decode::decode(reader),
                34 => this.delivery_point_name = Decode::decode(reader),
                35 => this.delivery_point_address = Decode::decode(reader),
                36 => this.delivery_point_postcode = Decode::decode(reader),
                37 => this.delivery_point_city = Decode::decode(reader),
                38 => this.invoice_fullname = Decode::decode(reader),
                39 => this.invoice_company = Decode::decode(reader),
                40 => this.invoice_nip = Decode::decode(reader),
                41 => this.invoice_address = Decode::decode(reader),
                42 => this.invoice_postcode = Decode::decode(reader),
                43 => this.invoice_city = Decode::decode(reader),
                44 => this.invoice_state = Decode::decode(reader),
                45 => this.invoice_country = Decode::decode(reader),
                46 => this.invoice_country_code = Decode::decode(reader),
                47 => this.want_invoice = Decode::decode(reader),
                48 => this.extra_field_1 = Decode::decode(reader),
                49 => this.extra_field_2 = Decode::decode(reader),
                50 => this.custom_extra_fields = reader.map(),
                51 => this.order_page = Decode::decode(reader),
                52 => this.pick_state = Decode::decode(reader),
                53 => this.pack_state = Decode::decode(reader),
                54 => this.star = Decode::decode(reader),
                55 => this.crm_client_id = Decode::decode(reader),
                56 => this.commissions = reader.list(),
                57 => this.connect_data = Decode::decode(reader),
                _ => this.products = reader.list(),
            }
        }
        this.order_id = reader.require("order_id", order_id);
        Some(this)
    }
}
