//! Sending what changes something. What may be sent twice is simply sent again; what may not is written down first,
//! and looked for before it is sent again.

use baselinker_client::{Client, Error, Method, Repeat, Reply, RetryPolicy};
use rusqlite::{Transaction, params};

use crate::Store;

/// How often something is sent before it counts as a problem.
const ATTEMPTS: u32 = 5;

/// Something about to be sent: what it is, and for what.
#[derive(Debug, Clone, Copy)]
pub struct Intent<'i> {
    /// What is sent, such as `shipment`.
    pub kind: &'i str,
    /// What it is for, such as the number of an order.
    pub key: &'i str,
}

/// Sends something once, although the program may be killed at any moment and answers may get lost.
///
/// The intent is stored before anything is sent, and goes in the transaction that stores the result. So an intent that
/// is there at the start is one of a run that was killed, and nobody knows whether it was carried out: then, and after
/// every answer that is no clear refusal, `look` asks the API for what was meant, and `send` is called only if it finds
/// nothing.
///
/// # Errors
///
/// What `look` and `send` say, or the database.
pub async fn once<T>(
    store: &Store,
    intent: Intent<'_>,
    look: impl AsyncFn() -> Result<Option<T>, Error>,
    send: impl AsyncFn() -> Result<T, Error>,
    keep: impl Fn(&Transaction<'_>, &T) -> rusqlite::Result<()>,
) -> anyhow::Result<T> {
    let finish = |result: T| {
        store.change(|change| {
            keep(change, &result)?;
            forget(change, intent)
        })?;
        Ok(result)
    };
    let mut unclear = store.intend(intent)?;
    let mut attempt = 1;
    loop {
        if unclear && let Some(found) = look().await? {
            return finish(found);
        }
        match send().await {
            Ok(result) => return finish(result),
            Err(error) if error.is_unclear() && attempt < ATTEMPTS => unclear = true,
            Err(error) => {
                if error.is_without_effect() && !unclear {
                    store.change(|change| forget(change, intent))?;
                }
                return Err(error.into());
            }
        }
        attempt += 1;
    }
}

fn forget(change: &Transaction<'_>, intent: Intent<'_>) -> rusqlite::Result<()> {
    change.execute("DELETE FROM intents WHERE kind = ? AND key = ?", params![intent.kind, intent.key]).map(|_| ())
}

/// Sends something that does no harm when it arrives twice, until it is answered: what is idempotent, or names what it
/// changes, such as `addInventoryProduct` with the number of a product.
///
/// Clients repeat only reads unless told otherwise, since they cannot know who else writes: here nothing else writes these
/// values.
///
/// # Errors
///
/// What the last attempt says, or the API's refusal.
pub async fn again<M: Method>(client: &Client, call: &M) -> Result<Reply<M::Reply>, Error> {
    client.with_retry(RetryPolicy { repeat: Repeat::Anything, ..client.retry() }).call(call).await
}
