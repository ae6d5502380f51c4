//! Long runs of the real client against the mock: what a team would see in hours, in time that stands still.

mod faults;
mod paging;
mod paused;
mod rate;
mod story;
