//! Reading orders whose numbers are known, by the fewest calls.

use std::collections::BTreeSet;

use anyhow::Result;
use baselinker_client::methods::GetOrders;
use baselinker_client::types::{Order, OrderId};
use baselinker_client::{Client, Method, Paged, Paging};

use crate::Session;

/// Reads orders by their numbers. Those that are gone are missing in the result, which is sorted by number.
///
/// A call gives the hundred orders from a number on, so the next call begins at the least number that is still wanted.
/// No other way needs fewer calls: every call answers all wanted orders that any call beginning there could answer.
///
/// # Errors
///
/// As the client's own `call`.
pub async fn read_orders(session: &Session, client: &Client, mut wanted: BTreeSet<OrderId>) -> Result<Vec<Order>> {
    let mut found = Vec::new();
    while let Some(least) = wanted.first().copied() {
        let call = GetOrders { id_from: Some(least), get_unconfirmed_orders: Some(true), ..GetOrders::default() };
        let reply = client.call(&call).await?;
        session.show_mismatches(GetOrders::INFO.name, &reply.mismatches);
        let is_sound = reply.mismatches.is_empty();
        let orders = reply.value.orders;
        // Whatever lies up to the last order of a full reply and is not in it does not exist, and behind a short one
        // there is nothing at all. A reply is not short if something in it could not be read, which may have been an order.
        let is_short =
            is_sound && matches!(GetOrders::PAGING, Paging::Cursor { size: Some(size), .. } if orders.len() < size);
        // Should the API give other orders than those from this number on, this one is not asked for again and again.
        let seen = orders.iter().map(|order| order.order_id).fold(least, OrderId::max);
        let last = if is_short { OrderId(i64::MAX) } else { seen };
        found.extend(orders.into_iter().filter(|order| wanted.contains(&order.order_id)));
        wanted.retain(|order| *order > last);
    }
    found.sort_by_key(|order| order.order_id);
    Ok(found)
}
