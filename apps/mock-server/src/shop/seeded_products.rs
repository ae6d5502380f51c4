//! A stationer's catalog of any size, made from a seed. Every fifth product has two variants.

use serde_json::{Value, json};

use super::records::Base;
use super::{Fields, complete};
use crate::dice::Dice;
use crate::params::money;

/// Numbers of main products lie this far apart, which leaves room for their variants.
const STEP: u64 = 4;
const FIRST: u64 = 3000;

const THINGS: [(&str, u64); 12] = [
    ("Notebook", 2490),
    ("Gel pen", 1250),
    ("Pencil case", 3990),
    ("Ring binder", 1890),
    ("Sketchbook", 4590),
    ("Fountain pen", 12_900),
    ("Envelope set", 990),
    ("Desk planner", 5490),
    ("Marker set", 3290),
    ("Sticky notes", 790),
    ("Watercolours", 6990),
    ("Ruler", 590),
];
const KINDS: [&str; 10] =
    ["A5, dotted", "A4, ruled", "A6, plain", "for school", "0.5", "Premium", "Mini", "linen", "recycled", "XL"];
const COLOURS: [&str; 8] = ["blue", "red", "black", "green", "grey", "sand", "navy", "mint"];

#[derive(Debug, Clone, Copy)]
pub(crate) struct SeededProducts {
    pub(crate) seed: u64,
    pub(crate) count: u64,
}

/// What an order line needs to know of a product.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) sku: String,
    pub(crate) ean: String,
    pub(crate) cents: i64,
    pub(crate) grams: u64,
}

impl SeededProducts {
    /// The number after the last one.
    pub(crate) fn end(&self) -> u64 {
        FIRST + self.count * STEP
    }

    /// Main product number `index`; also of those the catalog does not have, for orders of a shop without products.
    pub(crate) fn article(&self, index: u64) -> Article {
        let mut dice = Dice::of(self.seed ^ 0x9d, index);
        let (thing, price) = *dice.pick(&THINGS);
        let (kind, colour) = (dice.pick(&KINDS), dice.pick(&COLOURS));
        let code: String = thing.chars().filter(char::is_ascii_alphabetic).take(3).collect();
        let cents = price + dice.below(20) * 50;
        Article {
            id: FIRST + index * STEP,
            name: format!("{thing} {kind}, {colour}"),
            sku: format!("{}-{index:05}", code.to_ascii_uppercase()),
            ean: ean(index * STEP),
            cents: i64::try_from(cents).unwrap_or_default(),
            grams: 20 + dice.below(40) * 10,
        }
    }

    fn has_variants(index: u64) -> bool {
        index.is_multiple_of(5)
    }

    /// The index of the main product and which variant of it a number means, 0 being the product itself.
    fn place(&self, id: u64) -> Option<(u64, u64)> {
        let offset = id.checked_sub(FIRST)?;
        let (index, variant) = (offset / STEP, offset % STEP);
        let there = index < self.count && (variant == 0 || (variant < 3 && Self::has_variants(index)));
        there.then_some((index, variant))
    }
}

impl Base for SeededProducts {
    fn next_from(&self, id: u64) -> Option<u64> {
        let id = id.max(FIRST);
        (id..id + STEP).find(|id| self.place(*id).is_some())
    }

    fn get(&self, id: u64) -> Option<Fields> {
        let (index, variant) = self.place(id)?;
        let article = self.article(index);
        let mut dice = Dice::of(self.seed ^ 0x51, id);
        let (name, sku) = match variant {
            0 => (article.name, article.sku),
            _ => (format!("{}, size {variant}", article.name), format!("{}-{variant}", article.sku)),
        };
        let stock = |dice: &mut Dice, most| json!({"bl_206": dice.below(most), "bl_207": dice.below(9)});
        let kilograms = money(i64::try_from(article.grams / 10).unwrap_or_default());
        let fields = json!({
            "id": id,
            "is_bundle": false,
            "parent_id": if variant == 0 { 0 } else { article.id },
            "sku": sku,
            "ean": ean(id - FIRST),
            "tax_rate": 23,
            "weight": kilograms,
            "category_id": 3,
            "manufacturer_id": 7,
            "prices": {"105": money(article.cents), "106": money(article.cents * 10 / 43)},
            "stock": stock(&mut dice, 300),
            "reservations": stock(&mut dice, 3),
            "locations": {"bl_206": format!("{}-{}-{}", ["A", "B", "C"][usize::try_from(id % 3).unwrap_or(0)], id / 40 % 20, id % 40), "bl_207": ""},
            "text_fields": {"name": name, "description": format!("{name}. Made in Gdańsk.")},
            "average_cost": money(article.cents * 45 / 100),
        });
        fields.as_object().cloned().map(|fields| complete("Product", fields))
    }

    fn field(&self, id: u64, name: &str) -> Option<Value> {
        match name {
            "parent_id" => {
                let (index, variant) = self.place(id)?;
                Some(Value::from(if variant == 0 { 0 } else { FIRST + index * STEP }))
            }
            _ => self.get(id)?.remove(name),
        }
    }
}

/// A valid EAN-13 of a Polish firm.
fn ean(number: u64) -> String {
    let digits = format!("590123{:06}", number % 1_000_000);
    let weighed: u32 = digits
        .chars()
        .enumerate()
        .map(|(place, digit)| digit.to_digit(10).unwrap_or_default() * if place % 2 == 0 { 1 } else { 3 })
        .sum();
    format!("{digits}{}", (10 - weighed % 10) % 10)
}
