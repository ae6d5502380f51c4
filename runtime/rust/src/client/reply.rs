//! What a call gives.

use std::ops::Deref;

use crate::{Decoded, Mismatch};

/// A reply, with what was not as documented. It reads like the reply itself.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The reply.
    pub value: T,
    /// The values that could not be read as documented, and are missing in the reply. There are a thousand at most.
    pub mismatches: Vec<Mismatch>,
    /// How many mismatches more there were.
    pub unlisted: usize,
}

impl<T> Reply<T> {
    /// The reply alone.
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The reply alone, without what was not as documented.
#[cfg(feature = "to-json")]
impl<T: crate::ToJson> crate::ToJson for Reply<T> {
    fn write_json(&self, out: &mut crate::Writer) {
        self.value.write_json(out);
    }
}

impl<T> From<Decoded<T>> for Reply<T> {
    fn from(decoded: Decoded<T>) -> Self {
        let Decoded { value, mismatches, unlisted } = decoded;
        Self { value, mismatches, unlisted }
    }
}
