//! Orders of any number, made from a seed: who buys, when, where it goes and what is in it. Their numbers rise with the
//! time of their confirmation, some seconds have one order and some have hundreds.

use std::ops::Range;

use serde_json::{Value, json};

use super::records::Base;
use super::seeded_products::SeededProducts;
use super::{Fields, complete, country};
use crate::dice::Dice;
use crate::params::money;
use crate::settings::ShopSettings;

/// The number of the first order of a shop made from a seed; the others follow without a gap.
pub const FIRST_ORDER: u64 = 143_480_000;
const FIRST: u64 = FIRST_ORDER;
const FIRST_LINE: u64 = 155_000_000;
/// Lines that an order may have.
const LINES: u64 = 4;
/// Of so many orders in a row, the last tenth shares one second.
const BLOCK: u64 = 5000;
const BURST: u64 = 500;

const NAMES: [&str; 16] = [
    "Anna",
    "Piotr",
    "Katarzyna",
    "Tomasz",
    "Małgorzata",
    "Paweł",
    "Agnieszka",
    "Michał",
    "Zofia",
    "Łukasz",
    "Hanna",
    "Jan",
    "Ewa",
    "Marek",
    "Joanna",
    "Stanisław",
];
const SURNAMES: [&str; 16] = [
    "Nowak",
    "Wójcik",
    "Mazur",
    "Krawczyk",
    "Zając",
    "Król",
    "Wieczorek",
    "Wróbel",
    "Stępień",
    "Malinowska",
    "Górska",
    "Pawlak",
    "Sikora",
    "Dudek",
    "Bąk",
    "Szewczyk",
];
const STREETS: [&str; 10] = [
    "ul. Długa",
    "ul. Szeroka",
    "ul. Ogarna",
    "al. Grunwaldzka",
    "ul. Polna",
    "ul. Leśna",
    "ul. Słoneczna",
    "ul. Krótka",
    "pl. Wolności",
    "os. Piastowskie",
];
const CITIES: [(&str, &str, &str); 12] = [
    ("Gdańsk", "80-831", "PL"),
    ("Warszawa", "00-950", "PL"),
    ("Kraków", "31-042", "PL"),
    ("Łódź", "90-001", "PL"),
    ("Wrocław", "50-062", "PL"),
    ("Poznań", "61-770", "PL"),
    ("Szczecin", "70-419", "PL"),
    ("Lublin", "20-111", "PL"),
    ("Białystok", "15-092", "PL"),
    ("Berlin", "10115", "DE"),
    ("Praha", "110 00", "CZ"),
    ("Rzeszów", "35-064", "PL"),
];
const SOURCES: [(&str, u64); 5] =
    [("allegro", 2598), ("allegro", 2598), ("allegro", 2598), ("shop", 1044), ("personal", 1621)];
const STATUSES: [u64; 6] = [6624, 6627, 6627, 6630, 6630, 6630];

#[derive(Debug, Clone, Copy)]
pub(crate) struct SeededOrders {
    catalog: SeededProducts,
    seed: u64,
    count: u64,
    per_second: u64,
    unconfirmed_percent: u64,
    /// When the first order was confirmed.
    from: i64,
}

/// What is known of an order without making all of it.
struct Head {
    dice: Dice,
    confirmed: i64,
    source: &'static str,
    source_id: u64,
    status: u64,
    name: &'static str,
    surname: &'static str,
    buyer: u64,
}

impl Head {
    fn email(&self) -> String {
        format!("{}.{}{}@example.com", ascii(self.name), ascii(self.surname), self.buyer)
    }

    fn phone(&self) -> String {
        format!("+48500{:06}", self.buyer)
    }
}

impl SeededOrders {
    pub(crate) fn new(settings: &ShopSettings, catalog: SeededProducts, seed: u64, now: i64) -> Self {
        let per_second = settings.orders_per_second.max(1);
        let seconds = i64::try_from(settings.orders / per_second).unwrap_or_default();
        Self {
            catalog,
            seed,
            count: settings.orders,
            per_second,
            unconfirmed_percent: settings.unconfirmed_percent,
            from: now - seconds - 60,
        }
    }

    pub(crate) fn first() -> u64 {
        FIRST
    }

    /// The number after the last one.
    pub(crate) fn end(&self) -> u64 {
        FIRST + self.count
    }

    pub(crate) fn next_line(&self) -> u64 {
        FIRST_LINE + self.count * LINES
    }

    /// The orders confirmed at this time or later, and those between them that are not confirmed.
    pub(crate) fn ids_since(&self, date: i64) -> Range<u64> {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low.midpoint(high);
            if self.time(middle) < date { low = middle + 1 } else { high = middle }
        }
        FIRST + low..self.end()
    }

    fn time(&self, index: u64) -> i64 {
        let slot = match index % BLOCK {
            place if place >= BLOCK - BURST => index - place + BLOCK - BURST,
            _ => index,
        };
        self.from + i64::try_from(slot / self.per_second).unwrap_or_default()
    }

    fn head(&self, id: u64) -> Head {
        let index = id.saturating_sub(FIRST);
        let mut dice = Dice::of(self.seed, index);
        let (source, source_id) = *dice.pick(&SOURCES);
        let status = *dice.pick(&STATUSES);
        let confirmed = if dice.below(100) < self.unconfirmed_percent { 0 } else { self.time(index) };
        let (name, surname) = (*dice.pick(&NAMES), *dice.pick(&SURNAMES));
        let buyer = dice.below(self.count / 3 + 100);
        Head { dice, confirmed, source, source_id, status, name, surname, buyer }
    }

    /// An order of this number, whether it is one of the shop or one that arrives later.
    pub(crate) fn order(&self, id: u64) -> Fields {
        let head = self.head(id);
        let (email, phone, name) = (head.email(), head.phone(), format!("{} {}", head.name, head.surname));
        let Head { mut dice, confirmed, source, source_id, status, surname, .. } = head;
        let index = id.saturating_sub(FIRST);
        let (lines, goods) = self.lines(index, &mut dice);
        let delivery = 999;
        let (city, postcode, land) = *dice.pick(&CITIES);
        let address = format!("{} {}/{}", dice.pick(&STREETS), 1 + dice.below(120), 1 + dice.below(40));
        let cash = dice.per_mille(150);
        let firm = dice.per_mille(120);
        let company = if firm { format!("Biuro {surname}") } else { String::new() };
        let shop_order = if source == "shop" { i64::try_from(index + 2800).unwrap_or_default() } else { -1 };
        let external = if source == "allegro" { external_id(&mut dice) } else { String::new() };
        let time = self.time(index);
        let order = json!({
            "order_id": id, "shop_order_id": shop_order, "external_order_id": external,
            "order_source": source, "order_source_id": source_id, "order_source_info": "-", "order_status_id": status,
            "date_add": time - 60, "date_confirmed": confirmed, "date_in_status": time, "confirmed": confirmed > 0,
            "user_login": if source == "allegro" { email.split('@').next().unwrap_or_default() } else { "" },
            "currency": "PLN", "payment_method": if cash { "Cash on delivery" } else { "Przelewy24" },
            "payment_method_cod": cash, "payment_done": money(if cash { 0 } else { goods + delivery }),
            "email": email, "phone": phone,
            "delivery_method": "InPost courier", "delivery_price": money(delivery),
            "delivery_fullname": name, "delivery_company": company, "delivery_address": address,
            "delivery_postcode": postcode, "delivery_city": city, "delivery_country": country(land),
            "delivery_country_code": land,
            "invoice_fullname": name, "invoice_company": company, "invoice_address": address,
            "invoice_nip": if firm { "5832712345" } else { "" }, "want_invoice": firm,
            "invoice_postcode": postcode, "invoice_city": city, "invoice_country": country(land),
            "invoice_country_code": land,
            "order_page": format!("https://orders.example/{id}/{:010x}/", dice.below(1 << 40)),
            "products": lines,
        });
        order.as_object().cloned().map(|order| complete("Order", order)).unwrap_or_default()
    }

    /// The lines of an order and what they cost together.
    fn lines(&self, index: u64, dice: &mut Dice) -> (Vec<Value>, i64) {
        let mut total = 0;
        let mut lines = Vec::new();
        for place in 0..=dice.below(LINES - 1) {
            let article = self.catalog.article(dice.below(self.catalog.count.max(50)));
            let quantity = 1 + dice.below(3) * dice.below(2);
            total += article.cents * i64::try_from(quantity).unwrap_or(1);
            let line = json!({
                "storage": "db", "storage_id": 307, "order_product_id": FIRST_LINE + index * LINES + place,
                "product_id": article.id.to_string(), "variant_id": "0", "name": article.name, "sku": article.sku,
                "ean": article.ean, "location": "", "warehouse_id": 206, "auction_id": "0",
                "price_brutto": money(article.cents), "tax_rate": 23, "quantity": quantity,
                "weight": money(i64::try_from(article.grams / 10).unwrap_or_default()), "bundle_id": 0,
                "attributes": "", "asin": "",
            });
            lines.push(line);
        }
        (lines, total)
    }
}

impl Base for SeededOrders {
    fn next_from(&self, id: u64) -> Option<u64> {
        Some(id.max(FIRST)).filter(|id| *id < self.end())
    }

    fn get(&self, id: u64) -> Option<Fields> {
        (FIRST..self.end()).contains(&id).then(|| self.order(id))
    }

    fn field(&self, id: u64, name: &str) -> Option<Value> {
        self.next_from(id).filter(|found| *found == id)?;
        Some(match name {
            "date_add" => Value::from(self.time(id - FIRST) - 60),
            "date_in_status" => Value::from(self.time(id - FIRST)),
            "date_confirmed" => Value::from(self.head(id).confirmed),
            "confirmed" => Value::from(self.head(id).confirmed > 0),
            "order_status_id" => Value::from(self.head(id).status),
            "order_source" => Value::from(self.head(id).source),
            "order_source_id" => Value::from(self.head(id).source_id),
            "email" => Value::from(self.head(id).email()),
            "phone" => Value::from(self.head(id).phone()),
            _ => return self.get(id)?.remove(name),
        })
    }
}

/// A number as Allegro gives it.
fn external_id(dice: &mut Dice) -> String {
    let (high, low) = (dice.next(), dice.next());
    format!("{:08x}-{:04x}-11f1-{:04x}-{:012x}", high >> 32, high >> 16 & 0xffff, low >> 48, low & 0xffff_ffff_ffff)
}

fn ascii(name: &str) -> String {
    let plain = |letter| match letter {
        'ą' => 'a',
        'ć' => 'c',
        'ę' => 'e',
        'ł' => 'l',
        'ń' => 'n',
        'ó' => 'o',
        'ś' => 's',
        'ż' | 'ź' => 'z',
        other => other,
    };
    name.to_lowercase().chars().map(plain).collect()
}
