//! The span of a call in `tracing`; nothing at all unless the feature is on. It has numbers, names of methods and error
//! codes, and never texts of the API, which may name buyers.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(super) use off::Span;
#[cfg(feature = "tracing")]
pub(super) use on::Span;
