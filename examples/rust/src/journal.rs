//! Reading the journal of orders from where the last run stopped.

use anyhow::Result;
use baselinker_client::Client;
use baselinker_client::methods::GetJournalList;
use baselinker_client::types::{JournalEventType, JournalLog, JournalLogId};

use crate::Session;

/// What happened since the last run.
#[derive(Debug)]
pub struct JournalPage {
    /// The events, the oldest first, none of them seen before.
    pub events: Vec<JournalLog>,
    /// The last event there is; what to keep as the cursor. Nothing if there never was one.
    pub last: Option<i64>,
}

/// Reads all events of some types behind the cursor of this name.
///
/// The API keeps events for three days. The first run gets all of them.
///
/// # Errors
///
/// As the client's own `pages`, or if the cursor cannot be read.
pub async fn read_journal(
    session: &Session,
    client: &Client,
    cursor: &str,
    types: &[JournalEventType],
) -> Result<JournalPage> {
    let seen = session.store.cursor(cursor)?;
    // Without a number the API would not say where it begins.
    let call = GetJournalList {
        last_log_id: Some(JournalLogId(seen.unwrap_or_default())),
        logs_types: Some(types.to_vec()),
        ..GetJournalList::default()
    };
    let mut events: Vec<JournalLog> = Vec::new();
    let mut pages = client.pages(call);
    while let Some(page) = pages.next().await {
        let page = page?;
        session.show_mismatches("getJournalList", &page.mismatches);
        events.extend(page.value);
        session.progress.step("events of the journal", events.len(), None);
    }
    // It is not documented whether the cursor itself comes again, and in which order events come.
    events.retain(|event| seen.is_none_or(|seen| event.log_id.0 > seen));
    events.sort_by_key(|event| event.log_id);
    let last = events.last().map(|event| event.log_id.0).or(seen);
    Ok(JournalPage { events, last })
}
