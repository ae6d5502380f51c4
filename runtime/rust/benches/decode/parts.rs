//! What an order of the page holds.

use baselinker_runtime::{Decimal, Decode, Extra, Reader};

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PageCommission {
    pub(crate) commission_name: Option<String>,
    pub(crate) commission_type: Option<String>,
    pub(crate) cost_netto: Option<Decimal>,
    pub(crate) cost_brutto: Option<Decimal>,
    pub(crate) cost_currency: Option<String>,
    pub(crate) extra: Extra,
}

impl PageCommission {
    const FIELDS: &[&str] = &["commission_name", "commission_type", "cost_netto", "cost_brutto", "cost_currency"];
}

impl Decode for PageCommission {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        while let Some(field) = reader.next_field(Self::FIELDS, &mut this.extra) {
            match field {
                0 => this.commission_name = Decode::decode(reader),
                1 => this.commission_type = Decode::decode(reader),
                2 => this.cost_netto = Decode::decode(reader),
                3 => this.cost_brutto = Decode::decode(reader),
                _ => this.cost_currency = Decode::decode(reader),
            }
        }
        Some(this)
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PageConnectData {
    pub(crate) connect_integration_id: Option<i64>,
    pub(crate) connect_contractor_id: Option<i64>,
    pub(crate) connect_sale_id: Option<i64>,
    pub(crate) extra: Extra,
}

impl PageConnectData {
    const FIELDS: &[&str] = &["connect_integration_id", "connect_contractor_id", "connect_sale_id"];
}

impl Decode for PageConnectData {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        while let Some(field) = reader.next_field(Self::FIELDS, &mut this.extra) {
            match field {
                0 => this.connect_integration_id = Decode::decode(reader),
                1 => this.connect_contractor_id = Decode::decode(reader),
                _ => this.connect_sale_id = Decode::decode(reader),
            }
        }
        Some(this)
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
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
    pub(crate) price_brutto: Option<Decimal>,
    pub(crate) tax_rate: Option<Decimal>,
    pub(crate) quantity: Option<i64>,
    pub(crate) weight: Option<Decimal>,
    pub(crate) bundle_id: Option<i64>,
    pub(crate) extra: Extra,
}

impl PageProduct {
    const FIELDS: &[&str] = &[
        "storage",
        "storage_id",
        "order_product_id",
        "product_id",
        "variant_id",
        "name",
        "attributes",
        "sku",
        "ean",
        "asin",
        "location",
        "warehouse_id",
        "auction_id",
        "price_brutto",
        "tax_rate",
        "quantity",
        "weight",
        "bundle_id",
    ];
}

impl Decode for PageProduct {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        while let Some(field) = reader.next_field(Self::FIELDS, &mut this.extra) {
            match field {
                0 => this.storage = Decode::decode(reader),
                1 => this.storage_id = Decode::decode(reader),
                2 => this.order_product_id = Decode::decode(reader),
                3 => this.product_id = Decode::decode(reader),
                4 => this.variant_id = Decode::decode(reader),
                5 => this.name = Decode::decode(reader),
                6 => this.attributes = Decode::decode(reader),
                7 => this.sku = Decode::decode(reader),
                8 => this.ean = Decode::decode(reader),
                9 => this.asin = Decode::decode(reader),
                10 => this.location = Decode::decode(reader),
                11 => this.warehouse_id = Decode::decode(reader),
                12 => this.auction_id = Decode::decode(reader),
                13 => this.price_brutto = Decode::decode(reader),
                14 => this.tax_rate = Decode::decode(reader),
                15 => this.quantity = Decode::decode(reader),
                16 => this.weight = Decode::decode(reader),
                _ => this.bundle_id = Decode::decode(reader),
            }
        }
        Some(this)
    }
}
