//! Orders in a status go to the supplier, each once, with the own number in an extra field by which it is found again.

use anyhow::{Context, Result};
use baselinker_client::methods::{AddOrder, GetOrders, SetOrderStatus};
use baselinker_client::types::{Order, OrderId, OrderProductInput, OrderStatusId};
use baselinker_client::{Client, Error};
use baselinker_examples::{Intent, Session, again, once};
use rusqlite::params;

use crate::Args;

/// Forwards what is in the status and not forwarded yet.
pub(crate) async fn run(session: &mut Session, supplier: &Client, args: &Args) -> Result<()> {
    let status = args.forward_status.context("choose the orders to forward by --forward-status")?;
    let call = GetOrders { status_id: Some(OrderStatusId(status)), ..GetOrders::default() };
    let mut pages = session.client.pages(call);
    while let Some(page) = pages.next().await {
        let page = page?;
        session.show_mismatches("getOrders", &page.mismatches);
        for order in &page.value {
            if let Err(error) = forward(session, supplier, args, order).await {
                session.refused(&format!("forwarding order {}", order.order_id), error)?;
            }
        }
    }
    Ok(())
}

async fn forward(session: &mut Session, supplier: &Client, args: &Args, order: &Order) -> Result<()> {
    let own = order.order_id;
    let sql = "SELECT 1 FROM forwarded WHERE order_id = ?";
    let is_known = !session.store.rows(sql, [own.0], |_| Ok(()))?.is_empty();
    if !is_known && !session.dry_run {
        send(session, supplier, args, order).await?;
    }
    session.summary.add("orders forwarded", usize::from(!is_known));
    if let Some(status) = args.forwarded_status.filter(|_| !session.dry_run) {
        again(&session.client, &SetOrderStatus::new(own, OrderStatusId(status))).await?;
    }
    Ok(())
}

async fn send(session: &Session, supplier: &Client, args: &Args, order: &Order) -> Result<()> {
    let status = args.supplier_status.context("choose a status at the supplier by --supplier-status")?;
    let (own, reference) = (order.order_id, order.order_id.to_string());
    let call = supplier_order(order, OrderStatusId(status))?;
    // Orders made later have greater numbers, so the last one that is known is where a lost one may begin.
    let sql = "SELECT coalesce(max(supplier_order_id), 0) + 1 FROM forwarded";
    let from = OrderId(session.store.db().query_one(sql, [], |row| row.get(0))?);
    once(
        &session.store,
        Intent { kind: "forward", key: &reference },
        async || find(supplier, from, &reference).await,
        async || Ok(supplier.call(&call).await?.order_id),
        |change, theirs| {
            let sql = "INSERT INTO forwarded (order_id, supplier_order_id) VALUES (?, ?)";
            change.execute(sql, params![own.0, theirs.0]).map(|_| ())
        },
    )
    .await?;
    Ok(())
}

async fn find(supplier: &Client, from: OrderId, reference: &str) -> Result<Option<OrderId>, Error> {
    let call = GetOrders { id_from: Some(from), get_unconfirmed_orders: Some(true), ..GetOrders::default() };
    let mut orders = supplier.items(call);
    while let Some(order) = orders.next().await {
        let order = order?;
        if order.extra_field_1.as_deref() == Some(reference) {
            return Ok(Some(order.order_id));
        }
    }
    Ok(None)
}

/// An order as the supplier gets it; the mapping. Who bought is told as far as a parcel needs it, and no more.
fn supplier_order(order: &Order, status: OrderStatusId) -> Result<AddOrder> {
    let date = order.date_confirmed.or(order.date_add).context("the order has no date")?;
    let currency = order.currency.clone().context("the order has no currency")?;
    let lines = order.products.iter().map(|line| {
        let price = line.price_brutto.context("a line of the order has no price")?;
        let rate = line.tax_rate.context("a line of the order has no VAT rate")?;
        let quantity = line.quantity.context("a line of the order has no quantity")?;
        let mut input = OrderProductInput::new(line.name.as_deref().unwrap_or_default(), price, rate, quantity);
        input.sku.clone_from(&line.sku);
        input.ean.clone_from(&line.ean);
        Ok(input)
    });
    Ok(AddOrder {
        extra_field_1: Some(order.order_id.to_string()),
        email: order.email.clone(),
        phone: order.phone.clone(),
        user_comments: order.user_comments.clone(),
        delivery_method: order.delivery_method.clone(),
        delivery_fullname: order.delivery_fullname.clone(),
        delivery_company: order.delivery_company.clone(),
        delivery_address: order.delivery_address.clone(),
        delivery_postcode: order.delivery_postcode.clone(),
        delivery_city: order.delivery_city.clone(),
        delivery_state: order.delivery_state.clone(),
        delivery_country_code: order.delivery_country_code.clone(),
        delivery_point_id: order.delivery_point_id.clone(),
        ..AddOrder::new(status, date, currency, lines.collect::<Result<_>>()?)
    })
}
