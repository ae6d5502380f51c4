//! The database: one file of `SQLite` that holds cursors, intents and the tables of the other side, so that what was read and
//! how far it was read are one transaction. A dry run works on a copy in memory; a second program at once is refused.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use baselinker_client::Decimal;
use rusqlite::{Connection, MAIN_DB, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::once::Intent;

/// Tables that every program has.
const COMMON: &str = "
    -- How far something was read: the next order, the last entry of a journal.
    CREATE TABLE IF NOT EXISTS cursors (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
    -- Writes that were about to be sent, and of which nobody knows yet whether they arrived.
    CREATE TABLE IF NOT EXISTS intents (kind TEXT, key TEXT, PRIMARY KEY (kind, key)) STRICT;
";

/// What is committed stays, also when the power fails: an intent that got lost would be a second parcel. The log makes
/// that cheap, and lets the other side read meanwhile.
const DURABLE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;";

/// The database of a program.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    /// Holds others off for as long as the program runs.
    _lock: Option<Connection>,
}

impl Store {
    /// Opens the database, and makes the tables that are not there.
    ///
    /// # Errors
    ///
    /// If it cannot be opened, is no database, or another program works on it.
    pub fn open(path: &Path, schema: &str, dry_run: bool) -> Result<Self> {
        let wrong = || format!("cannot open the database {}", path.display());
        let (db, lock) = if dry_run {
            (copy(path).with_context(wrong)?, None)
        } else {
            let lock = lock(path)?;
            let db = Connection::open(path).with_context(wrong)?;
            db.execute_batch(DURABLE).with_context(wrong)?;
            (db, Some(lock))
        };
        db.execute_batch(COMMON).and_then(|()| db.execute_batch(schema)).with_context(wrong)?;
        Ok(Self { db, _lock: lock })
    }

    /// The database, to be read.
    #[must_use]
    pub fn db(&self) -> &Connection {
        &self.db
    }

    /// Changes several things at once: all of them, or, if the work fails or the program ends, none.
    ///
    /// # Errors
    ///
    /// If the work fails, or the database cannot keep it.
    pub fn change<T>(&self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        let transaction = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }

    /// All rows of a query, each made into something.
    ///
    /// # Errors
    ///
    /// If the query is wrong, or a row is not what was expected.
    pub fn rows<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.db.prepare_cached(sql)?.query_map(params, row)?.collect()
    }

    /// How far something was read.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub fn cursor(&self, name: &str) -> rusqlite::Result<Option<i64>> {
        self.db.query_one("SELECT value FROM cursors WHERE name = ?", [name], |row| row.get(0)).optional()
    }

    /// Is there an intent, left over by a run that was killed?
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub fn has_intent(&self, intent: Intent<'_>) -> rusqlite::Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM intents WHERE kind = ? AND key = ?)";
        self.db.query_one(sql, params![intent.kind, intent.key], |row| row.get(0))
    }

    /// Writes down that something is about to be sent; says whether that was written down before.
    pub(crate) fn intend(&self, intent: Intent<'_>) -> rusqlite::Result<bool> {
        let sql = "INSERT INTO intents (kind, key) VALUES (?, ?) ON CONFLICT DO NOTHING";
        Ok(self.db.execute(sql, params![intent.kind, intent.key])? == 0)
    }
}

/// Writes down how far something was read, along with what was read.
///
/// # Errors
///
/// If the database cannot keep it.
pub fn set_cursor(change: &Transaction<'_>, name: &str, value: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO cursors (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value";
    change.execute(sql, params![name, value]).map(|_| ())
}

/// The number that a query counts.
///
/// # Errors
///
/// If the query is wrong.
pub fn count(db: &Connection, sql: &str) -> rusqlite::Result<usize> {
    let count: i64 = db.query_one(sql, [], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// A decimal as the tables have it: exact, and the same text for the same number.
#[must_use]
pub fn text(decimal: Option<Decimal>) -> Option<String> {
    decimal.map(|decimal| decimal.normalize().to_string())
}

/// A copy in memory; an empty one when there is no database yet.
fn copy(path: &Path) -> Result<Connection> {
    let mut db = Connection::open_in_memory()?;
    if path.exists() {
        db.restore(MAIN_DB, path, None::<fn(_)>)?;
    }
    Ok(db)
}

/// Two programs at once would send everything twice, so the first one holds a lock. The system takes it away from a
/// program that ends, however it ends. It is a database of its own, so that others can read and write the tables.
fn lock(path: &Path) -> Result<Connection> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let lock = Connection::open(PathBuf::from(name))
        .with_context(|| format!("cannot open the database {}", path.display()))?;
    lock.execute_batch("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE")
        .with_context(|| format!("another program works on {}; wait for it or end it", path.display()))?;
    Ok(lock)
}
