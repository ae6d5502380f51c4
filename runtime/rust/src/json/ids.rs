//! What every id type has in common. The generated crate declares the types, and these macros give them the rest.

/// Makes `pub struct OrderId(pub i64);` an id: printed, read, sent and used as a key like its number.
#[macro_export]
macro_rules! int_id {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::convert::From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::num::ParseIntError;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, out: &mut $crate::Writer) {
                out.int(self.0);
            }
        }

        $crate::json_as_sent!($name);

        impl $crate::Decode for $name {
            fn decode(reader: &mut $crate::Reader<'_>) -> ::std::option::Option<Self> {
                reader.int_id().map(Self)
            }
        }

        impl $crate::MapKey for $name {
            fn from_key(key: &str) -> ::std::option::Option<Self> {
                <i64 as $crate::MapKey>::from_key(key).map(Self)
            }

            fn to_key(&self) -> ::std::borrow::Cow<'_, str> {
                $crate::MapKey::to_key(&self.0)
            }
        }
    };
}

/// Makes `pub struct WarehouseCode(pub String);` an id: printed, read, sent and used as a key like its text.
#[macro_export]
macro_rules! text_id {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(::std::string::String::from(id))
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(id: ::std::string::String) -> Self {
                Self(id)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(Self::from(text))
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, out: &mut $crate::Writer) {
                out.text(&self.0);
            }
        }

        $crate::json_as_sent!($name);

        impl $crate::Decode for $name {
            fn decode(reader: &mut $crate::Reader<'_>) -> ::std::option::Option<Self> {
                reader.text_id().map(Self)
            }
        }

        impl $crate::MapKey for $name {
            fn from_key(key: &str) -> ::std::option::Option<Self> {
                ::std::option::Option::Some(Self::from(key))
            }

            fn to_key(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed(&self.0)
            }
        }
    };
}
