//! TypeScript. So far its names, which the checks hold apart.

pub mod names;
