//! What the supplier did with forwarded orders comes back: shipments with their numbers, and statuses by a mapping.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use baselinker_client::methods::{CreatePackageManual, GetOrderPackages, SetOrderStatus};
use baselinker_client::types::{CourierCode, JournalEventType, OrderId, OrderPackage, OrderStatusId, PackageId};
use baselinker_client::{Client, Error, Timestamp};
use baselinker_examples::{Intent, Session, again, once, read_journal, read_orders, set_cursor};
use rusqlite::params;

/// Reads the supplier's journal, then sends what is new.
pub(crate) async fn run(session: &mut Session, supplier: &Client, statuses: &[(i64, i64)]) -> Result<()> {
    read(session, supplier).await?;
    send_packages(session).await?;
    send_statuses(session, statuses).await
}

async fn read(session: &Session, supplier: &Client) -> Result<()> {
    let types = [JournalEventType::PackageCreated, JournalEventType::StatusChanged];
    let journal = read_journal(session, supplier, "supplier journal", &types).await?;
    let sql = "SELECT supplier_order_id, order_id FROM forwarded";
    let ours: BTreeMap<OrderId, i64> =
        session.store.rows(sql, [], |row| Ok((OrderId(row.get(0)?), row.get(1)?)))?.into_iter().collect();
    let of_type = |kind: JournalEventType| -> BTreeSet<OrderId> {
        let events = journal.events.iter().filter(|event| event.log_type == Some(kind));
        events.filter_map(|event| event.order_id).filter(|order| ours.contains_key(order)).collect()
    };
    // Some couriers give the number of a shipment later, and the journal does not tell.
    let sql = "SELECT DISTINCT supplier_order_id FROM packages JOIN forwarded USING (order_id) WHERE number = ''";
    let waiting = session.store.rows(sql, [], |row| Ok(OrderId(row.get(0)?)))?;
    let shipped: BTreeSet<OrderId> = of_type(JournalEventType::PackageCreated).into_iter().chain(waiting).collect();
    let mut packages = Vec::new();
    for theirs in shipped {
        let found = session.call_by(supplier, &GetOrderPackages::new(theirs)).await?.packages;
        packages.extend(found.into_iter().map(|package| (ours[&theirs], package)));
    }
    let moved = read_orders(session, supplier, of_type(JournalEventType::StatusChanged)).await?;
    session.store.change(|change| {
        for (order, package) in packages.iter().filter(|(_, package)| package.is_return != Some(true)) {
            let sql = "INSERT INTO packages VALUES (?, ?, ?, ?, ?, NULL)
                       ON CONFLICT DO UPDATE SET number = excluded.number WHERE number = ''";
            change.execute(
                sql,
                params![
                    package.package_id.0,
                    order,
                    package.courier_code.as_ref().map_or("", |code| code.0.as_str()),
                    package.courier_package_nr.as_deref().unwrap_or_default(),
                    package.tracking_status_date.unwrap_or_default().0,
                ],
            )?;
        }
        for order in &moved {
            let sql = "UPDATE forwarded SET supplier_status = ? WHERE supplier_order_id = ?";
            change.execute(sql, params![order.order_status_id.map(|status| status.0), order.order_id.0])?;
        }
        journal.last.map_or(Ok(()), |last| set_cursor(change, "supplier journal", last))
    })?;
    Ok(())
}

/// A shipment of the supplier that the own account does not have yet.
struct Missing {
    theirs: i64,
    order: OrderId,
    courier: CourierCode,
    number: String,
    shipped_at: Timestamp,
}

async fn send_packages(session: &mut Session) -> Result<()> {
    let sql = "SELECT supplier_package_id, order_id, courier_code, number, shipped_at FROM packages
               WHERE package_id IS NULL AND number <> '' ORDER BY 1";
    let missing = session.store.rows(sql, [], |row| {
        Ok(Missing {
            theirs: row.get(0)?,
            order: OrderId(row.get(1)?),
            courier: CourierCode(row.get(2)?),
            number: row.get(3)?,
            shipped_at: Timestamp(row.get(4)?),
        })
    })?;
    for package in missing {
        if !session.dry_run
            && let Err(error) = send_package(session, &package).await
        {
            session.refused(&format!("shipment {} of order {}", package.number, package.order), error)?;
            continue;
        }
        session.summary.add("shipments brought back", 1);
    }
    Ok(())
}

async fn send_package(session: &Session, package: &Missing) -> Result<()> {
    let Missing { theirs, order, courier, number, shipped_at } = package;
    let call = CreatePackageManual::new(*order, courier.clone(), number, *shipped_at);
    once(
        &session.store,
        Intent { kind: "package", key: &theirs.to_string() },
        async || find(&session.client, *order, number).await,
        async || Ok(session.client.call(&call).await?.package_id),
        |change, id| {
            let sql = "UPDATE packages SET package_id = ? WHERE supplier_package_id = ?";
            change.execute(sql, params![id.0, theirs]).map(|_| ())
        },
    )
    .await?;
    Ok(())
}

/// The shipment of an own order with a tracking number.
async fn find(client: &Client, order: OrderId, number: &str) -> Result<Option<PackageId>, Error> {
    let packages = client.call(&GetOrderPackages::new(order)).await?.value.packages;
    let is_meant = |package: &OrderPackage| package.courier_package_nr.as_deref() == Some(number);
    Ok(packages.into_iter().find(is_meant).map(|package| package.package_id))
}

async fn send_statuses(session: &mut Session, statuses: &[(i64, i64)]) -> Result<()> {
    let sql = "SELECT order_id, supplier_status, set_status FROM forwarded
               WHERE supplier_status IS NOT NULL ORDER BY order_id";
    let seen = session
        .store
        .rows(sql, [], |row| Ok((OrderId(row.get(0)?), row.get::<_, i64>(1)?, row.get::<_, Option<i64>>(2)?)))?;
    for (order, theirs, set) in seen {
        let ours = statuses.iter().find(|(status, _)| *status == theirs).map(|(_, ours)| *ours);
        let Some(ours) = ours.filter(|ours| set != Some(*ours)) else { continue };
        if !session.dry_run {
            again(&session.client, &SetOrderStatus::new(order, OrderStatusId(ours))).await?;
            let sql = "UPDATE forwarded SET set_status = ? WHERE order_id = ?";
            session.store.db().execute(sql, params![ours, order.0])?;
        }
        session.summary.add("statuses brought back", 1);
    }
    Ok(())
}
