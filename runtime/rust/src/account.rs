//! What all clients of a token share within a process: its limit, and whether it is blocked.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU32;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use tokio::time::Instant;

use crate::gate::Gate;
use crate::{SlidingWindow, Token};

pub(crate) struct Account {
    pub(crate) window: SlidingWindow,
    pub(crate) gate: Gate,
}

/// Accounts by a number that is made of their token and endpoint, from which nobody gets back to the token.
struct Accounts {
    hasher: RandomState,
    known: Mutex<HashMap<u64, Arc<Account>>>,
}

static ACCOUNTS: LazyLock<Accounts> =
    LazyLock::new(|| Accounts { hasher: RandomState::new(), known: Mutex::default() });

impl Account {
    /// The account of a token at an endpoint, the same for all who ask. `usual` is its limit if it is new.
    pub(crate) fn of(token: &Token, endpoint: &str, usual: NonZeroU32) -> Arc<Self> {
        let key = ACCOUNTS.hasher.hash_one((token.secret(), endpoint));
        let mut known = ACCOUNTS.known.lock().unwrap_or_else(PoisonError::into_inner);
        // An account that no client has is kept for as long as it has something to remember: programs that make a client
        // for each call would otherwise have no limit.
        known.retain(|_, account| Arc::strong_count(account) > 1 || !account.is_idle());
        let new = || Arc::new(Self { window: SlidingWindow::per_minute(usual), gate: Gate::new() });
        Arc::clone(known.entry(key).or_insert_with(new))
    }

    fn is_idle(&self) -> bool {
        self.window.is_idle() && self.gate.block().is_none_or(|block| block.opens <= Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::RateLimiter;

    fn account(token: &str) -> Arc<Account> {
        Account::of(&token.into(), "https://api.example.com/", NonZeroU32::MIN)
    }

    fn known() -> usize {
        ACCOUNTS.known.lock().expect("no panic").len()
    }

    /// The accounts of a process are one, and so is this test.
    #[tokio::test(start_paused = true)]
    async fn an_account_is_remembered_as_long_as_it_matters() {
        let first = account("1-A");
        assert!(Arc::ptr_eq(&first, &account("1-A")));
        assert!(!Arc::ptr_eq(&first, &account("1-B")));
        assert!(!Arc::ptr_eq(&first, &Account::of(&"1-A".into(), "http://localhost/", NonZeroU32::MIN)));

        drop(first.window.acquire().await);
        drop(first);
        tokio::time::advance(Duration::from_secs(59)).await;
        assert!(!account("1-A").window.is_idle());
        assert_eq!(known(), 1);
        tokio::time::advance(Duration::from_secs(2)).await;
        let _other = account("1-B");
        assert_eq!(known(), 1);
        assert!(account("1-A").window.is_idle());
    }
}
