//! Keys of maps, which are text on the wire whatever they mean.

use std::borrow::Cow;

use super::number;

/// A type that can be the key of a map.
pub trait MapKey: Ord {
    /// The key of this text; `None` if it is no such key.
    fn from_key(key: &str) -> Option<Self>
    where
        Self: Sized;

    /// The text of this key.
    fn to_key(&self) -> Cow<'_, str>;
}

impl MapKey for String {
    fn from_key(key: &str) -> Option<Self> {
        Some(key.to_owned())
    }

    fn to_key(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl MapKey for i64 {
    fn from_key(key: &str) -> Option<Self> {
        number::int(number::trim(key))
    }

    fn to_key(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}
