//! Calls over real connections, to a server on this machine that records what it gets and answers as it is told.

#![cfg(feature = "hyper")]

#[path = "call/errors.rs"]
mod errors;
#[path = "call/method.rs"]
mod method;
#[path = "call/requests.rs"]
mod requests;
#[path = "call/secret.rs"]
mod secret;
#[path = "call/server.rs"]
mod server;
#[path = "call/time.rs"]
mod time;
