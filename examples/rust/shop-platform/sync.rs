//! Statuses and payments go both ways. Each order remembers on what both sides agreed last, so that it shows which side
//! changed; if both did, `BaseLinker` wins.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use baselinker_client::methods::{SetOrderPayment, SetOrderStatuses};
use baselinker_client::types::{JournalEventType, Order, OrderId, OrderStatusId};
use baselinker_client::{Decimal, Timestamp};
use baselinker_examples::{Session, again, read_journal, read_orders, set_cursor, text};
use rusqlite::{Transaction, params};

use crate::orders::decimal;

/// Reads `6630=shipped`.
pub(crate) fn pair(text: &str) -> Result<(i64, String), String> {
    let (status, name) =
        text.split_once('=').ok_or("write a status of BaseLinker and one of the shop: 6630=shipped")?;
    Ok((status.parse().map_err(|_| format!("`{status}` is no number of a status"))?, name.to_owned()))
}

/// Takes over what changed in `BaseLinker`.
pub(crate) async fn take(session: &mut Session, statuses: &[(i64, String)]) -> Result<()> {
    let types = [JournalEventType::OrderPaid, JournalEventType::StatusChanged];
    let journal = read_journal(session, &session.client, "journal", &types).await?;
    let sql = "SELECT order_id FROM orders WHERE order_id IS NOT NULL";
    let ours: BTreeSet<i64> = session.store.rows(sql, [], |row| row.get(0))?.into_iter().collect();
    let changed = journal.events.iter().filter_map(|event| event.order_id);
    let orders =
        read_orders(session, &session.client, changed.filter(|order| ours.contains(&order.0)).collect()).await?;
    let (taken, paid) = session.store.change(|change| {
        let (mut taken, mut paid) = (0, 0);
        for order in &orders {
            taken += take_status(change, order, statuses)?;
            paid += take_payment(change, order)?;
        }
        journal.last.map_or(Ok(()), |last| set_cursor(change, "journal", last))?;
        Ok((taken, paid))
    })?;
    session.summary.add("statuses taken", taken);
    session.summary.add("payments taken", paid);
    Ok(())
}

fn take_status(change: &Transaction<'_>, order: &Order, statuses: &[(i64, String)]) -> rusqlite::Result<usize> {
    let same = |(status, _): &&(i64, String)| order.order_status_id == Some(OrderStatusId(*status));
    let Some((_, name)) = statuses.iter().find(same) else { return Ok(0) };
    let sql = "UPDATE orders SET (status, synced_status) = (?1, ?1) WHERE order_id = ?2 AND synced_status != ?1";
    change.prepare_cached(sql)?.execute(params![name, order.order_id.0])
}

fn take_payment(change: &Transaction<'_>, order: &Order) -> rusqlite::Result<usize> {
    let Some(paid) = text(order.payment_done) else { return Ok(0) };
    let sql = "UPDATE orders SET (paid, synced_paid) = (?1, ?1) WHERE order_id = ?2 AND synced_paid != ?1";
    change.prepare_cached(sql)?.execute(params![paid, order.order_id.0])
}

/// Sends what changed in the shop.
pub(crate) async fn send(session: &mut Session, statuses: &[(i64, String)]) -> Result<()> {
    send_statuses(session, statuses).await?;
    send_payments(session).await
}

/// Orders that go to the same status go in one call.
async fn send_statuses(session: &mut Session, statuses: &[(i64, String)]) -> Result<()> {
    let sql = "SELECT order_id, status FROM orders WHERE order_id IS NOT NULL AND status != synced_status ORDER BY 1";
    let changed = session.store.rows(sql, [], |row| Ok((OrderId(row.get(0)?), row.get::<_, String>(1)?)))?;
    let mut by_status: BTreeMap<String, Vec<OrderId>> = BTreeMap::new();
    for (order, status) in changed {
        by_status.entry(status).or_default().push(order);
    }
    for (name, orders) in by_status {
        let Some((status, _)) = statuses.iter().find(|(_, known)| *known == name) else {
            session.summary.problem(format!("no status of BaseLinker is `{name}`; add one to --status"));
            continue;
        };
        if !session.dry_run {
            again(&session.client, &SetOrderStatuses::new(orders.clone(), OrderStatusId(*status))).await?;
            session.store.change(|change| {
                let sql = "UPDATE orders SET synced_status = ? WHERE order_id = ?";
                orders.iter().try_for_each(|order| change.execute(sql, params![name, order.0]).map(|_| ()))
            })?;
        }
        session.summary.add("statuses sent", orders.len());
    }
    Ok(())
}

async fn send_payments(session: &mut Session) -> Result<()> {
    let sql = "SELECT order_id, paid, coalesce(paid_at, date) AS at FROM orders
               WHERE order_id IS NOT NULL AND paid != synced_paid ORDER BY 1";
    let changed = session
        .store
        .rows(sql, [], |row| Ok((OrderId(row.get("order_id")?), decimal(row, "paid")?, Timestamp(row.get("at")?))))?;
    for (order, paid, at) in changed {
        if !session.dry_run
            && let Err(error) = send_payment(session, order, paid, at).await
        {
            session.refused(&format!("payment of order {order}"), error)?;
            continue;
        }
        session.summary.add("payments sent", 1);
    }
    Ok(())
}

async fn send_payment(session: &Session, order: OrderId, paid: Decimal, at: Timestamp) -> Result<()> {
    again(&session.client, &SetOrderPayment::new(order, paid, at, "")).await?;
    let sql = "UPDATE orders SET (paid, synced_paid) = (?1, ?1) WHERE order_id = ?2";
    session.store.db().execute(sql, params![text(Some(paid)), order.0])?;
    Ok(())
}
