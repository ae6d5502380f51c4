//! Orders of the shop go to `BaseLinker`, each once, with the shop's number in an extra field by which it is found again.

use anyhow::{Context, Result};
use baselinker_client::methods::{AddOrder, GetOrders};
use baselinker_client::types::{OrderId, OrderProductInput, OrderSourceId, OrderStatusId};
use baselinker_client::{Client, Decimal, Error, Timestamp};
use baselinker_examples::{Intent, Session, once};
use rusqlite::{Row, params};

use crate::Args;

/// Seconds by which times may differ that two sides have of one order.
const DAY: i64 = 24 * 3600;

/// Sends the orders that are not there yet.
pub(crate) async fn send(session: &mut Session, args: &Args) -> Result<()> {
    let numbers: Vec<String> =
        session
            .store
            .rows("SELECT number FROM orders WHERE order_id IS NULL ORDER BY date, number", [], |row| row.get(0))?;
    for (done, number) in numbers.iter().enumerate() {
        if !session.dry_run {
            match send_one(session, args, number).await {
                Ok(()) => {}
                Err(error) => {
                    session.refused(&format!("order {number}"), error)?;
                    continue;
                }
            }
        }
        session.summary.add("orders sent", 1);
        session.progress.step("orders", done + 1, Some(numbers.len()));
    }
    Ok(())
}

async fn send_one(session: &Session, args: &Args, number: &str) -> Result<()> {
    let status = args.order_status.context("orders need a status; choose it by --order-status")?;
    let lines = session
        .store
        .rows("SELECT * FROM lines WHERE number = ? ORDER BY line", [number], |row| line(row, args.vat))?;
    let sql = "SELECT * FROM orders WHERE number = ?";
    let mut call = session.store.db().query_one(sql, [number], |row| order(row, status, lines))?;
    call.custom_source_id = args.order_source.map(OrderSourceId);
    // Orders made later have greater numbers, so the last one that is known is where a lost one may begin.
    let sql = "SELECT coalesce(max(order_id), 0) + 1 FROM orders";
    let from = OrderId(session.store.db().query_one(sql, [], |row| row.get(0))?);
    once(
        &session.store,
        Intent { kind: "order", key: number },
        async || find(&session.client, from, call.date_add, number).await,
        async || Ok(session.client.call(&call).await?.order_id),
        |change, id| {
            let sql = "UPDATE orders SET order_id = ?, synced_status = status WHERE number = ?";
            change.execute(sql, params![id.0, number]).map(|_| ())
        },
    )
    .await?;
    Ok(())
}

/// The order that carries a number of the shop.
async fn find(client: &Client, from: OrderId, date: Timestamp, number: &str) -> Result<Option<OrderId>, Error> {
    let call = GetOrders {
        id_from: Some(from),
        date_from: Some(Timestamp(date.0 - DAY)),
        get_unconfirmed_orders: Some(true),
        ..GetOrders::default()
    };
    let mut orders = client.items(call);
    while let Some(order) = orders.next().await {
        let order = order?;
        if order.extra_field_1.as_deref() == Some(number) {
            return Ok(Some(order.order_id));
        }
    }
    Ok(None)
}

/// An order; the mapping.
fn order(row: &Row<'_>, status: i64, lines: Vec<OrderProductInput>) -> rusqlite::Result<AddOrder> {
    let text = |column: &str| row.get::<_, Option<String>>(column);
    let date = Timestamp(row.get("date")?);
    let currency: String = row.get("currency")?;
    Ok(AddOrder {
        extra_field_1: text("number")?,
        email: text("email")?,
        phone: text("phone")?,
        user_comments: text("comment")?,
        payment_method: text("payment_method")?,
        delivery_method: text("delivery_method")?,
        delivery_price: Some(decimal(row, "delivery_price")?),
        delivery_fullname: text("name")?,
        delivery_company: text("company")?,
        delivery_address: text("address")?,
        delivery_postcode: text("post_code")?,
        delivery_city: text("city")?,
        delivery_country_code: text("country_code")?,
        invoice_fullname: text("name")?,
        invoice_company: text("company")?,
        invoice_nip: text("vat_number")?,
        invoice_address: text("address")?,
        invoice_postcode: text("post_code")?,
        invoice_city: text("city")?,
        invoice_country_code: text("country_code")?,
        want_invoice: text("vat_number")?.map(|number| !number.is_empty()),
        ..AddOrder::new(OrderStatusId(status), date, currency, lines)
    })
}

fn line(row: &Row<'_>, vat: Decimal) -> rusqlite::Result<OrderProductInput> {
    let own: Option<String> = row.get("tax_rate")?;
    let rate = if own.unwrap_or_default().is_empty() { vat } else { decimal(row, "tax_rate")? };
    let mut line =
        OrderProductInput::new(row.get::<_, String>("name")?, decimal(row, "price")?, rate, row.get("quantity")?);
    line.sku = row.get("sku")?;
    Ok(line)
}

/// A decimal of a row, which must be one.
pub(crate) fn decimal(row: &Row<'_>, column: &str) -> rusqlite::Result<Decimal> {
    let (index, text) = (row.as_ref().column_index(column)?, row.get::<_, String>(column)?);
    let wrong = |error| rusqlite::Error::FromSqlConversionFailure(index, rusqlite::types::Type::Text, Box::new(error));
    text.parse().map_err(wrong)
}
