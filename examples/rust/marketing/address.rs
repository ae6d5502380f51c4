//! The e-mail address of a buyer: that of the order, or, where a marketplace hides it, that of an earlier order with the
//! same phone number.

use std::collections::BTreeMap;

use anyhow::Result;
use baselinker_client::methods::{GetOrders, GetOrdersByPhone};
use baselinker_client::types::{Order, OrderId};
use baselinker_examples::Session;

/// Earlier orders that are read for an address, the latest first. Each costs a call.
const MOST_READ: usize = 5;

/// Finds addresses, and remembers what it asked for.
pub(crate) struct Finder<'f> {
    masked: &'f [String],
    by_phone: BTreeMap<String, Vec<OrderId>>,
    by_order: BTreeMap<OrderId, Option<String>>,
}

impl<'f> Finder<'f> {
    pub(crate) fn new(masked: &'f [String]) -> Self {
        Self { masked, by_phone: BTreeMap::new(), by_order: BTreeMap::new() }
    }

    /// The address of an order's buyer, if there is one.
    pub(crate) async fn find(&mut self, session: &Session, order: &Order) -> Result<Option<String>> {
        if let Some(email) = self.usable(order) {
            return Ok(Some(email));
        }
        let Some(phone) = order.phone.as_deref().filter(|phone| !phone.is_empty()) else { return Ok(None) };
        let earlier = self.orders_of(session, phone).await?;
        let earlier = earlier.into_iter().filter(|found| *found < order.order_id).take(MOST_READ);
        for found in earlier {
            if let Some(email) = self.address_of(session, found).await? {
                return Ok(Some(email));
            }
        }
        Ok(None)
    }

    /// The order's own address in lower case, unless it is hidden behind one of a marketplace.
    fn usable(&self, order: &Order) -> Option<String> {
        let email = order.email.as_deref()?.trim().to_lowercase();
        let (name, domain) = email.rsplit_once('@')?;
        let is_masked = self.masked.iter().any(|masked| masked.eq_ignore_ascii_case(domain));
        (!name.is_empty() && !domain.is_empty() && !is_masked).then_some(email)
    }

    /// The orders with a phone number, the latest first.
    async fn orders_of(&mut self, session: &Session, phone: &str) -> Result<Vec<OrderId>> {
        if let Some(known) = self.by_phone.get(phone) {
            return Ok(known.clone());
        }
        let reply = session.call(&GetOrdersByPhone::new(phone)).await?;
        let mut found: Vec<OrderId> = reply.orders.iter().map(|order| order.order_id).collect();
        found.sort_by(|one, other| other.cmp(one));
        self.by_phone.insert(phone.to_owned(), found.clone());
        Ok(found)
    }

    async fn address_of(&mut self, session: &Session, order: OrderId) -> Result<Option<String>> {
        if let Some(known) = self.by_order.get(&order) {
            return Ok(known.clone());
        }
        let call = GetOrders { order_id: Some(order), ..GetOrders::default() };
        let email = session.call(&call).await?.orders.first().and_then(|order| self.usable(order));
        self.by_order.insert(order, email.clone());
        Ok(email)
    }
}
