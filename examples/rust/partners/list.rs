//! Lists the integrations of Base Connect and who takes part in them.

use anyhow::Result;
use baselinker_client::methods::{GetConnectIntegrationContractors, GetConnectIntegrations};
use baselinker_examples::Session;
use rusqlite::params;

/// Reads all of it, and replaces what the tables have.
pub(crate) async fn run(session: &mut Session) -> Result<()> {
    let Some(found) = session.call(&GetConnectIntegrations::default()).await?.integrations else { return Ok(()) };
    let own = found.own_integrations.into_iter().map(|integration| (integration, true));
    let joined = found.connected_integrations.into_iter().map(|integration| (integration, false));
    let integrations: Vec<_> = own.chain(joined).collect();
    let mut contractors = Vec::new();
    for (integration, _) in &integrations {
        let id = integration.connect_integration_id;
        let reply = session.call(&GetConnectIntegrationContractors::new(id)).await?;
        // The keys of the map look like numbers of contractors, and are not.
        contractors.extend(reply.contractors.into_values().map(|contractor| (id, contractor)));
    }
    session.store.change(|change| {
        change.execute_batch("DELETE FROM integrations; DELETE FROM contractors;")?;
        for (integration, own) in &integrations {
            let (id, name) = (integration.connect_integration_id.0, integration.name.as_deref().unwrap_or_default());
            change.execute("INSERT INTO integrations VALUES (?, ?, ?)", params![id, name, own])?;
        }
        for (integration, contractor) in &contractors {
            let (id, name) = (contractor.connect_contractor_id.0, contractor.name.as_deref().unwrap_or_default());
            let sql = "INSERT INTO contractors VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
            change.execute(sql, params![id, integration.0, name])?;
        }
        Ok(())
    })?;
    session.summary.add("integrations", integrations.len());
    session.summary.add("contractors", contractors.len());
    Ok(())
}
