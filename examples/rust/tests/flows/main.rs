//! The flows end to end: the programs as processes, a mock of the API with a shop, real HTTP between them. Each test asks
//! for what came of it: in the tables of the other side, and in the shop.

mod bench;
mod compare;
mod large;
mod marketing;
mod partners;
mod programs;
mod shop;
mod shop_platform;
mod warehouse;
