//! The mock through real HTTP, by a bare client.

mod action;
mod collections;
mod faults;
mod limit;
mod paging;
mod raw;
mod record;
mod sales;
mod shop;
mod start;
mod upstream;
mod wire;
