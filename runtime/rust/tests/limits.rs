//! What happens around a call: limits, blocks, sending again, hooks. Most of it in a time that only tests have.

#[path = "limits/allow.rs"]
mod allow;
#[path = "limits/api.rs"]
mod api;
#[path = "limits/block.rs"]
mod block;
#[cfg(all(feature = "blocking", feature = "hyper"))]
#[path = "limits/blocking.rs"]
mod blocking;
#[path = "limits/fake.rs"]
mod fake;
#[path = "limits/hooks.rs"]
mod hooks;
#[path = "limits/rate.rs"]
mod rate;
#[path = "limits/retry.rs"]
mod retry;
