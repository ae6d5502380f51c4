//! Events of the journal become purchases and contacts; the mapping. Several events of an order cost one read.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use baselinker_client::Decimal;
use baselinker_client::types::{JournalEventType, JournalLog, Order, OrderId, OrderSourceCode};
use baselinker_examples::{Session, count, read_orders, set_cursor, text};
use rusqlite::{Transaction, named_params};

use crate::address::Finder;

const UPSERT_CONTACT: &str = "
    INSERT INTO contacts VALUES (:email, :name, :company, :phone, :address, :post_code, :city, :country_code)
    ON CONFLICT DO UPDATE SET (name, company, phone, address, post_code, city, country_code)
        = (:name, :company, :phone, :address, :post_code, :city, :country_code)
    WHERE (name, company, phone, address, post_code, city, country_code)
        IS NOT (:name, :company, :phone, :address, :post_code, :city, :country_code)";

/// An order has one purchase. A later event finds it, and brings it up to date: an order may be created without products.
const UPSERT_EVENT: &str = "
    INSERT INTO events VALUES
        (:log_id, :order_id, 'PURCHASE', :email, :phone, :date, :value, :currency, :products, :source)
    ON CONFLICT (order_id) DO UPDATE SET (email, phone, date, value, currency, products, source)
        = (:email, :phone, :date, :value, :currency, :products, :source)
    WHERE (email, phone, date, value, currency, products, source)
        IS NOT (:email, :phone, :date, :value, :currency, :products, :source)";

/// An order with what its events ask for.
struct Wanted {
    order: Order,
    email: Option<String>,
    /// The event of its purchase, if it is one.
    purchase: Option<i64>,
}

/// Works on a part of the journal, and stores with the result how far it was read.
pub(crate) async fn add(
    session: &mut Session,
    events: &[JournalLog],
    skip_shop_orders: bool,
    finder: &mut Finder<'_>,
) -> Result<()> {
    let last = events.last().map(|event| event.log_id.0);
    let purchases = first_purchases(events);
    let orders: BTreeSet<OrderId> = events.iter().filter_map(|event| event.order_id).collect();
    let wanted = orders.len();
    let found = read_orders(session, &session.client, orders).await?;
    session.summary.add("orders gone", wanted - found.len());
    let mut work = Vec::new();
    for order in found {
        if skip_shop_orders && order.order_source == Some(OrderSourceCode::Shop) {
            session.summary.add("orders skipped", 1);
            continue;
        }
        let email = finder.find(session, &order).await?;
        session.summary.add("orders without e-mail", usize::from(email.is_none()));
        let purchase = purchases.get(&order.order_id).copied();
        work.push(Wanted { order, email, purchase });
    }
    let done = session.store.change(|change| {
        let done = write(change, &work)?;
        last.map_or(Ok(()), |last| set_cursor(change, "journal", last))?;
        Ok(done)
    })?;
    for (name, count) in done {
        session.summary.add(name, count);
    }
    Ok(())
}

/// The first event of each order that tells of a purchase.
fn first_purchases(events: &[JournalLog]) -> BTreeMap<OrderId, i64> {
    let is_purchase = |event: &&JournalLog| {
        matches!(event.log_type, Some(JournalEventType::OrderCreated | JournalEventType::OrderConfirmed))
    };
    let purchases = events.iter().filter(is_purchase).rev();
    purchases.filter_map(|event| Some((event.order_id?, event.log_id.0))).collect()
}

fn write(change: &Transaction<'_>, work: &[Wanted]) -> rusqlite::Result<[(&'static str, usize); 5]> {
    let (contacts, events) = ("SELECT count(*) FROM contacts", "SELECT count(*) FROM events");
    let before = (count(change, contacts)?, count(change, events)?);
    let (mut written_contacts, mut written_events, mut tags) = (0, 0, 0);
    for wanted in work {
        if let Some(email) = &wanted.email {
            written_contacts += write_contact(change, email, &wanted.order)?;
            tags += write_tag(change, email, &wanted.order)?;
        }
        if let Some(log_id) = wanted.purchase {
            written_events += write_event(change, log_id, wanted)?;
        }
    }
    let new = (count(change, contacts)? - before.0, count(change, events)? - before.1);
    Ok([
        ("events new", new.1),
        ("events changed", written_events - new.1),
        ("contacts new", new.0),
        ("contacts changed", written_contacts - new.0),
        ("tags added", tags),
    ])
}

fn write_contact(change: &Transaction<'_>, email: &str, order: &Order) -> rusqlite::Result<usize> {
    // Who pays is the contact; the parcel may go to somebody else.
    let first = |one: &Option<String>, other: &Option<String>| {
        let filled = |text: &&String| !text.is_empty();
        one.as_ref().filter(filled).or(other.as_ref()).cloned().unwrap_or_default()
    };
    change.prepare_cached(UPSERT_CONTACT)?.execute(named_params! {
        ":email": email,
        ":name": first(&order.invoice_fullname, &order.delivery_fullname),
        ":company": first(&order.invoice_company, &order.delivery_company),
        ":phone": first(&order.phone, &None),
        ":address": first(&order.invoice_address, &order.delivery_address),
        ":post_code": first(&order.invoice_postcode, &order.delivery_postcode),
        ":city": first(&order.invoice_city, &order.delivery_city),
        ":country_code": first(&order.invoice_country_code, &order.delivery_country_code),
    })
}

fn write_tag(change: &Transaction<'_>, email: &str, order: &Order) -> rusqlite::Result<usize> {
    let Some(source) = &order.order_source else { return Ok(0) };
    let tag = format!("BASELINKER_{}", source.code().to_uppercase());
    let sql = "INSERT INTO contact_tags VALUES (?, ?) ON CONFLICT DO NOTHING";
    change.prepare_cached(sql)?.execute([email, &tag])
}

fn write_event(change: &Transaction<'_>, log_id: i64, wanted: &Wanted) -> rusqlite::Result<usize> {
    let order = &wanted.order;
    let prices = order
        .products
        .iter()
        .map(|line| line.price_brutto.unwrap_or_default() * Decimal::from(line.quantity.unwrap_or_default()));
    let names = order.products.iter().map(|line| match line.sku.as_deref() {
        Some(sku) if !sku.is_empty() => sku,
        _ => line.product_id.as_deref().unwrap_or_default(),
    });
    change.prepare_cached(UPSERT_EVENT)?.execute(named_params! {
        ":log_id": log_id,
        ":order_id": order.order_id.0,
        ":email": wanted.email.as_deref().unwrap_or_default(),
        ":phone": order.phone.as_deref().unwrap_or_default(),
        ":date": order.date_confirmed.or(order.date_add).map(|date| date.0),
        ":value": text(Some(prices.sum())),
        ":currency": order.currency.as_deref().unwrap_or_default(),
        ":products": names.collect::<Vec<_>>().join(","),
        ":source": order.order_source.as_ref().map(OrderSourceCode::code).unwrap_or_default(),
    })
}
