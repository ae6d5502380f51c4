//! Packed orders are shipped: the shipment is ordered at the courier once, its label saved as a file, its number kept.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use baselinker_client::methods::{CreatePackage, GetCourierFields, GetCourierFieldsReply, GetLabel, GetOrderPackages};
use baselinker_client::types::{CourierAccountId, CourierCode, OrderId, OrderPackage, PackageId};
use baselinker_client::{Client, Error};
use baselinker_examples::{Intent, Session, once};
use rusqlite::params;

use crate::Args;
use crate::form::{self, Parcel};

/// A shipment, whether it was just made or found.
struct Shipment {
    package: PackageId,
    number: String,
}

/// Ships what is packed, and gets the labels and numbers that are still missing.
pub(crate) async fn make(session: &mut Session, courier: &str, args: &Args) -> Result<()> {
    let sql = "SELECT order_id FROM orders WHERE packed AND order_id NOT IN (SELECT order_id FROM shipments)
               ORDER BY order_id";
    let packed = session.store.rows(sql, [], |row| Ok(OrderId(row.get(0)?)))?;
    if session.dry_run {
        session.summary.add("shipments made", packed.len());
        return Ok(());
    }
    if !packed.is_empty() {
        let form = session.call(&GetCourierFields::new(courier.into())).await?;
        for (index, order) in packed.iter().enumerate() {
            match ship(session, courier, args, &form, *order).await {
                Ok(()) => session.summary.add("shipments made", 1),
                Err(error) => session.refused(&format!("shipment of order {order}"), error)?,
            }
            session.progress.step("shipments", index + 1, Some(packed.len()));
        }
    }
    add_numbers(session).await?;
    save_labels(session, &args.labels).await
}

async fn ship(
    session: &Session,
    courier: &str,
    args: &Args,
    form: &GetCourierFieldsReply,
    order: OrderId,
) -> Result<()> {
    let sql = "SELECT weight, length, width, height FROM parcels WHERE order_id = ? ORDER BY parcel";
    let parcels = session.store.rows(sql, [order.0], |row| {
        Ok(Parcel { weight: row.get(0)?, length: row.get(1)?, width: row.get(2)?, height: row.get(3)? })
    })?;
    let parcels = parcels.iter().map(|parcel| form::parcel(form, parcel)).collect::<Result<_>>()?;
    let mut call = CreatePackage::new(order, courier.into(), form::fields(form, &args.courier_field)?, parcels);
    call.account_id = args.courier_account.map(CourierAccountId);
    once(
        &session.store,
        Intent { kind: "shipment", key: &order.to_string() },
        async || find(&session.client, order, courier).await,
        async || {
            let made = session.client.call(&call).await?.value;
            Ok(Shipment { package: made.package_id, number: made.package_number.unwrap_or_default() })
        },
        |change, shipment| {
            let sql = "INSERT INTO shipments (order_id, package_id, courier_code, tracking_number) VALUES (?, ?, ?, ?)";
            change.execute(sql, params![order.0, shipment.package.0, courier, shipment.number]).map(|_| ())
        },
    )
    .await?;
    Ok(())
}

/// The shipment to the buyer that an order has with a courier.
async fn find(client: &Client, order: OrderId, courier: &str) -> Result<Option<Shipment>, Error> {
    let packages = client.call(&GetOrderPackages::new(order)).await?.value.packages;
    let is_meant = |package: &OrderPackage| {
        package.courier_code.as_ref().is_some_and(|code| code.0 == courier) && package.is_return != Some(true)
    };
    let found = packages.into_iter().find(is_meant);
    Ok(found.map(|found| Shipment { package: found.package_id, number: found.courier_package_nr.unwrap_or_default() }))
}

/// Some couriers give the tracking number only later.
async fn add_numbers(session: &Session) -> Result<()> {
    let sql = "SELECT order_id, courier_code FROM shipments WHERE tracking_number = '' ORDER BY order_id";
    let without = session.store.rows(sql, [], |row| Ok((OrderId(row.get(0)?), row.get::<_, String>(1)?)))?;
    for (order, courier) in without {
        let Some(shipment) = find(&session.client, order, &courier).await? else { continue };
        let sql = "UPDATE shipments SET tracking_number = ? WHERE order_id = ?";
        session.store.db().execute(sql, params![shipment.number, order.0])?;
    }
    Ok(())
}

async fn save_labels(session: &mut Session, folder: &Path) -> Result<()> {
    let sql = "SELECT order_id, package_id, courier_code FROM shipments WHERE label_file = '' ORDER BY order_id";
    let without = session
        .store
        .rows(sql, [], |row| Ok((OrderId(row.get(0)?), PackageId(row.get(1)?), CourierCode(row.get(2)?))))?;
    for (order, package, courier) in without {
        match save_label(session, folder, order, package, courier).await {
            Ok(name) => {
                let sql = "UPDATE shipments SET label_file = ? WHERE order_id = ?";
                session.store.db().execute(sql, params![name, order.0])?;
                session.summary.add("labels saved", 1);
            }
            Err(error) => session.refused(&format!("label of order {order}"), error)?,
        }
    }
    Ok(())
}

/// Saves a label, and gives the name of its file. The name is there once the file is complete, and not before.
async fn save_label(
    session: &Session,
    folder: &Path,
    order: OrderId,
    package: PackageId,
    courier: CourierCode,
) -> Result<String> {
    let mut call = GetLabel::new(courier);
    call.package_id = Some(package);
    let reply = session.call(&call).await?;
    let label = reply.label.with_context(|| format!("the label of order {order} is empty"))?;
    let ending = reply.extension.map_or_else(|| "bin".to_owned(), |format| format.to_string());
    let name = format!("{order}-{package}.{ending}");
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    label.save(folder.join(&name))?;
    Ok(name)
}
