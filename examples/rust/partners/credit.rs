//! The trade credit of contractors: limits are set, repayments booked once and never above what is blocked, the history
//! read.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use baselinker_client::methods::{
    AddConnectContractorCreditSettlement, GetConnectContractorCreditHistory, SetConnectContractorCreditLimit,
};
use baselinker_client::types::{
    ConnectContractorId, ConnectCreditEntry, ConnectCreditEntryId, ConnectCreditEntryKind, OrderId,
};
use baselinker_client::{Client, Decimal, Error};
use baselinker_examples::{Intent, Session, again, once, text};
use rusqlite::params;

/// A repayment that is not booked yet.
struct Settlement {
    reference: String,
    contractor: ConnectContractorId,
    amount: String,
    order: Option<i64>,
}

/// Sets limits, books settlements, and reads the history of every contractor that is known.
pub(crate) async fn run(session: &mut Session) -> Result<()> {
    set_limits(session).await?;
    let mut blocked = BTreeMap::new();
    let sql = "SELECT reference, contractor_id, amount, order_id FROM settlements WHERE entry_id IS NULL ORDER BY 1";
    let open = session.store.rows(sql, [], |row| {
        let contractor = ConnectContractorId(row.get(1)?);
        Ok(Settlement { reference: row.get(0)?, contractor, amount: row.get(2)?, order: row.get(3)? })
    })?;
    for settlement in open {
        if let Err(error) = settle(session, &settlement, &mut blocked).await {
            session.refused(&format!("settlement {}", settlement.reference), error)?;
        }
    }
    read_history(session).await
}

async fn set_limits(session: &mut Session) -> Result<()> {
    let sql = "SELECT contractor_id, amount, message FROM limits WHERE amount != sent ORDER BY 1";
    let changed = session.store.rows(sql, [], |row| {
        Ok((ConnectContractorId(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, String>(2)?))
    })?;
    for (contractor, amount, message) in changed {
        if !session.dry_run {
            let call = SetConnectContractorCreditLimit::new(contractor, number(&amount)?, message);
            if let Err(error) = again(&session.client, &call).await {
                session.refused(&format!("limit of contractor {contractor}"), error.into())?;
                continue;
            }
            let sql = "UPDATE limits SET sent = ? WHERE contractor_id = ?";
            session.store.db().execute(sql, params![amount, contractor.0])?;
        }
        session.summary.add("limits set", 1);
    }
    Ok(())
}

/// Books a repayment, unless it exceeds what the contractor has to pay.
async fn settle(
    session: &mut Session,
    settlement: &Settlement,
    blocked: &mut BTreeMap<ConnectContractorId, Decimal>,
) -> Result<()> {
    let Settlement { reference, contractor, amount, order } = settlement;
    let amount = number(amount)?;
    if !blocked.contains_key(contractor) {
        blocked.insert(*contractor, to_pay(&history(&session.client, *contractor).await?));
    }
    let left = blocked.entry(*contractor).or_default();
    // One that was left by a run that was killed may be booked already, and is then no longer in what is left.
    let is_left_over = session.store.has_intent(Intent { kind: "settlement", key: reference })?;
    if amount > *left && !is_left_over {
        let wrong = format!(
            "settlement {reference} is {amount}, but contractor {contractor} has only {} to pay",
            left.normalize()
        );
        session.summary.problem(wrong);
        return Ok(());
    }
    if !session.dry_run {
        let mut call = AddConnectContractorCreditSettlement::new(*contractor, amount, reference);
        call.order_id = order.map(OrderId);
        book(session, &call).await?;
    }
    *left -= amount;
    session.summary.add("settlements booked", 1);
    Ok(())
}

async fn book(session: &Session, call: &AddConnectContractorCreditSettlement) -> Result<ConnectCreditEntryId> {
    let reference = call.message.as_str();
    once(
        &session.store,
        Intent { kind: "settlement", key: reference },
        async || {
            let entries = history(&session.client, call.connect_contractor_id).await?;
            let is_meant = |entry: &ConnectCreditEntry| {
                entry.type_ == Some(ConnectCreditEntryKind::Payment) && entry.description.as_deref() == Some(reference)
            };
            Ok(entries.into_iter().find(is_meant).map(|entry| entry.credit_entry_id))
        },
        async || Ok(session.client.call(call).await?.credit_entry_id),
        |change, entry| {
            let sql = "UPDATE settlements SET entry_id = ? WHERE reference = ?";
            change.execute(sql, params![entry.0, reference]).map(|_| ())
        },
    )
    .await
}

async fn history(client: &Client, contractor: ConnectContractorId) -> Result<Vec<ConnectCreditEntry>, Error> {
    Ok(client.call(&GetConnectContractorCreditHistory::new(contractor)).await?.value.credit_data)
}

/// What is blocked: charges less payments, those that wait for acceptance left out.
fn to_pay(entries: &[ConnectCreditEntry]) -> Decimal {
    let active = entries.iter().filter(|entry| entry.is_accepted != Some(false));
    let signed = active.map(|entry| match (&entry.type_, entry.amount) {
        (Some(ConnectCreditEntryKind::Charge), Some(amount)) => amount,
        (Some(ConnectCreditEntryKind::Payment), Some(amount)) => -amount,
        _ => Decimal::ZERO,
    });
    signed.sum()
}

async fn read_history(session: &mut Session) -> Result<()> {
    let sql = "SELECT contractor_id FROM contractors UNION SELECT contractor_id FROM limits
               UNION SELECT contractor_id FROM settlements ORDER BY 1";
    let contractors = session.store.rows(sql, [], |row| Ok(ConnectContractorId(row.get(0)?)))?;
    for contractor in contractors {
        match history(&session.client, contractor).await {
            Ok(entries) => store(session, contractor, &entries)?,
            Err(error) => session.refused(&format!("credit of contractor {contractor}"), error.into())?,
        }
    }
    Ok(())
}

fn store(session: &Session, contractor: ConnectContractorId, entries: &[ConnectCreditEntry]) -> rusqlite::Result<()> {
    session.store.change(|change| {
        for entry in entries {
            let sql = "INSERT OR REPLACE INTO credit_history VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
            change.prepare_cached(sql)?.execute(params![
                entry.credit_entry_id.0,
                contractor.0,
                entry.date_add.map(|date| date.0),
                entry.type_.as_ref().map_or("", ConnectCreditEntryKind::code),
                entry.description.as_deref().unwrap_or_default(),
                entry.currency.as_deref().unwrap_or_default(),
                text(entry.amount),
                entry.is_accepted.unwrap_or(true),
            ])?;
        }
        Ok(())
    })
}

fn number(amount: &str) -> Result<Decimal> {
    amount.parse().with_context(|| format!("`{amount}` is no amount"))
}
