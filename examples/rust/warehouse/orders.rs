//! New orders go to the warehouse once they are confirmed and in a chosen status. The others wait, and are looked at again
//! when the journal says that something happened to them.

use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use baselinker_client::methods::GetOrders;
use baselinker_client::types::{JournalEventType, Order, OrderId, OrderProduct};
use baselinker_examples::{Session, count, read_journal, read_orders, set_cursor, text};
use rusqlite::{Transaction, named_params, params};

/// What can make an order ready, or end its waiting.
const EVENTS: [JournalEventType; 4] = [
    JournalEventType::OrderConfirmed,
    JournalEventType::Removed,
    JournalEventType::OrdersMerged,
    JournalEventType::StatusChanged,
];

/// The API forgets events after three days. Half a day is left for clocks that differ.
const JOURNAL_SECONDS: i64 = 5 * 12 * 3600;

/// Waiting orders that are read before anything is stored.
const LOOK_AT_ONCE: usize = 500;

/// Takes orders into the warehouse.
pub(crate) async fn take(session: &mut Session, statuses: &[i64]) -> Result<()> {
    // The journal comes first: what changes while orders are read is then told the next time.
    mark_changed(session).await?;
    take_new(session, statuses).await?;
    take_waiting(session, statuses).await?;
    let waiting = count(session.store.db(), "SELECT count(*) FROM waiting")?;
    session.summary.add("orders waiting", waiting);
    Ok(())
}

/// Marks the waiting orders to which something happened; all of them if the journal cannot tell.
async fn mark_changed(session: &Session) -> Result<()> {
    let read_at = session.store.cursor("journal read at")?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().cast_signed();
    let journal = read_journal(session, &session.client, "journal", &EVENTS).await?;
    let is_complete = read_at.is_some_and(|read_at| now - read_at < JOURNAL_SECONDS);
    session.store.change(|change| {
        let Some(last) = journal.last.filter(|_| is_complete) else {
            change.execute("UPDATE waiting SET look = 1", [])?;
            set_cursor(change, "journal read at", now)?;
            return journal.last.map_or(Ok(()), |last| set_cursor(change, "journal", last));
        };
        for order in journal.events.iter().filter_map(|event| event.order_id) {
            change.prepare_cached("UPDATE waiting SET look = 1 WHERE order_id = ?")?.execute([order.0])?;
        }
        set_cursor(change, "journal read at", now)?;
        set_cursor(change, "journal", last)
    })?;
    Ok(())
}

/// Reads the orders behind the last one, those that are not confirmed too: their numbers do not come again.
async fn take_new(session: &mut Session, statuses: &[i64]) -> Result<()> {
    let id_from = session.store.cursor("orders")?.map(OrderId);
    let call = GetOrders { id_from, get_unconfirmed_orders: Some(true), ..GetOrders::default() };
    let mut pages = session.client.pages(call);
    let mut done = 0;
    while let Some(page) = pages.next().await {
        let page = page?;
        session.show_mismatches("getOrders", &page.mismatches);
        let (ready, waiting): (Vec<_>, Vec<_>) = page.value.iter().partition(|order| is_ready(order, statuses));
        session.store.change(|change| {
            for order in &ready {
                write(change, order)?;
            }
            for order in &waiting {
                change.prepare_cached("INSERT INTO waiting VALUES (?, 0)")?.execute([order.order_id.0])?;
            }
            pages.cursor().map_or(Ok(()), |next| set_cursor(change, "orders", next))
        })?;
        done += page.value.len();
        session.summary.add("orders taken", ready.len());
        session.progress.step("new orders", done, None);
    }
    Ok(())
}

/// Reads the marked ones again.
async fn take_waiting(session: &mut Session, statuses: &[i64]) -> Result<()> {
    let sql = "SELECT order_id FROM waiting WHERE look ORDER BY order_id";
    let marked = session.store.rows(sql, [], |row| Ok(OrderId(row.get(0)?)))?;
    for part in marked.chunks(LOOK_AT_ONCE) {
        let wanted: BTreeSet<OrderId> = part.iter().copied().collect();
        let found = read_orders(session, &session.client, wanted).await?;
        let taken = session.store.change(|change| {
            let (mut waiting, mut taken) = (BTreeSet::new(), 0);
            for order in &found {
                if is_ready(order, statuses) {
                    write(change, order)?;
                    taken += 1;
                } else {
                    waiting.insert(order.order_id);
                }
            }
            for order in part {
                // What is gone waits no longer either.
                let sql = if waiting.contains(order) {
                    "UPDATE waiting SET look = 0 WHERE order_id = ?"
                } else {
                    "DELETE FROM waiting WHERE order_id = ?"
                };
                change.prepare_cached(sql)?.execute([order.0])?;
            }
            Ok(taken)
        })?;
        session.summary.add("orders taken", taken);
    }
    Ok(())
}

fn is_ready(order: &Order, statuses: &[i64]) -> bool {
    let is_confirmed = order.confirmed.unwrap_or(order.date_confirmed.is_some());
    is_confirmed && order.order_status_id.is_some_and(|status| statuses.contains(&status.0))
}

/// Writes an order with its lines; the mapping.
fn write(change: &Transaction<'_>, order: &Order) -> rusqlite::Result<()> {
    let is = |text: &Option<String>| text.clone().unwrap_or_default();
    let comments = [is(&order.user_comments), is(&order.admin_comments)];
    let remark: Vec<String> = comments.into_iter().filter(|comment| !comment.is_empty()).collect();
    let sql = "
        INSERT INTO orders VALUES (
            :id, :id, :shop_order_id, :date_confirmed, :remark, :point, :id,
            :name, :company, :address, :postcode, :city, :country, :state, :email, :phone, :phone,
            :nip, :i_name, :i_company, :i_address, :i_postcode, :i_city, :i_country, :i_state, :currency, 0)";
    change.prepare_cached(sql)?.execute(named_params! {
        ":id": order.order_id.0,
        ":shop_order_id": order.shop_order_id.map(|id| id.to_string()).unwrap_or_default(),
        ":date_confirmed": order.date_confirmed.map(|date| date.0),
        ":remark": remark.join("\n"),
        ":point": is(&order.delivery_point_id),
        ":name": is(&order.delivery_fullname),
        ":company": is(&order.delivery_company),
        ":address": is(&order.delivery_address),
        ":postcode": is(&order.delivery_postcode),
        ":city": is(&order.delivery_city),
        ":country": is(&order.delivery_country_code),
        ":state": is(&order.delivery_state),
        ":email": is(&order.email),
        ":phone": is(&order.phone),
        ":nip": is(&order.invoice_nip),
        ":i_name": is(&order.invoice_fullname),
        ":i_company": is(&order.invoice_company),
        ":i_address": is(&order.invoice_address),
        ":i_postcode": is(&order.invoice_postcode),
        ":i_city": is(&order.invoice_city),
        ":i_country": is(&order.invoice_country_code),
        ":i_state": is(&order.invoice_state),
        ":currency": is(&order.currency),
    })?;
    order.products.iter().try_for_each(|line| write_line(change, order.order_id, line))
}

fn write_line(change: &Transaction<'_>, order: OrderId, line: &OrderProduct) -> rusqlite::Result<()> {
    let is_id = |id: &&String| !id.is_empty() && *id != "0";
    let code = line.variant_id.as_ref().filter(is_id).or(line.product_id.as_ref().filter(is_id));
    let price = text(line.price_brutto);
    change.prepare_cached("INSERT INTO order_lines VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute(params![
        line.order_product_id.0,
        order.0,
        line.sku.as_deref().unwrap_or_default(),
        code.map_or("", String::as_str),
        line.quantity,
        price,
        price,
    ])?;
    Ok(())
}
