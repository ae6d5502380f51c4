//! What every open enum has in common. The generated crate declares the types with `from_code` and `code`, which keep
//! values that the documentation does not name, and these macros give them the rest.

/// Makes an enum with `from_code(i64) -> Self` and `code(&self) -> i64` printed, read, sent and used as a key like its number.
#[macro_export]
macro_rules! int_enum {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.code(), f)
            }
        }

        impl ::std::convert::From<i64> for $name {
            fn from(code: i64) -> Self {
                Self::from_code(code)
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, out: &mut $crate::Writer) {
                out.int(self.code());
            }
        }

        $crate::json_as_sent!($name);

        impl $crate::Decode for $name {
            fn decode(reader: &mut $crate::Reader<'_>) -> ::std::option::Option<Self> {
                reader.int_code().map(Self::from_code)
            }
        }

        impl $crate::MapKey for $name {
            fn from_key(key: &str) -> ::std::option::Option<Self> {
                <i64 as $crate::MapKey>::from_key(key).map(Self::from_code)
            }

            fn to_key(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Owned(::std::string::ToString::to_string(&self.code()))
            }
        }
    };
}

/// Makes an enum with `from_code(&str) -> Self` and `code(&self) -> &str` printed, read, sent and used as a key like its text.
#[macro_export]
macro_rules! text_enum {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self.code(), f)
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(code: &str) -> Self {
                Self::from_code(code)
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, out: &mut $crate::Writer) {
                out.text(self.code());
            }
        }

        $crate::json_as_sent!($name);

        impl $crate::Decode for $name {
            fn decode(reader: &mut $crate::Reader<'_>) -> ::std::option::Option<Self> {
                reader.text_code().map(|code| Self::from_code(&code))
            }
        }

        impl $crate::MapKey for $name {
            fn from_key(key: &str) -> ::std::option::Option<Self> {
                ::std::option::Option::Some(Self::from_code(key))
            }

            fn to_key(&self) -> ::std::borrow::Cow<'_, str> {
                ::std::borrow::Cow::Borrowed(self.code())
            }
        }
    };
}
