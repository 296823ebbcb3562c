//! Enums that are words on the wire and in the database.
//!
//! sqlx's own derive cannot read such an enum from a VARCHAR column on its checked path, so the database side
//! borrows the rules of `str`.

/// A word that names no value of its enum.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not a {kind}")]
pub struct UnknownWord {
    kind: &'static str,
    word: String,
}

impl UnknownWord {
    pub(crate) fn new(kind: &'static str, word: &str) -> Self {
        Self { kind, word: word.to_owned() }
    }
}

macro_rules! text_enum {
    ($(#[$about:meta])* $vis:vis enum $name:ident {
        $($(#[$note:meta])* $variant:ident = $text:literal,)*
    }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        $vis enum $name {
            $($(#[$note])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// Every value, in the order it is shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that stands for this value outside Rust.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($text => Ok(Self::$variant),)*
                    _ => Err(crate::UnknownWord::new(stringify!($name), word)),
                }
            }
        }

        #[cfg(feature = "sqlx")]
        const _: () = {
            use sqlx::encode::{Encode, IsNull};
            use sqlx::error::BoxDynError;
            use sqlx::mysql::{MySql, MySqlTypeInfo, MySqlValueRef};
            use sqlx::{Decode, Type};

            impl Type<MySql> for $name {
                fn type_info() -> MySqlTypeInfo {
                    <str as Type<MySql>>::type_info()
                }

                fn compatible(column: &MySqlTypeInfo) -> bool {
                    <str as Type<MySql>>::compatible(column)
                }
            }

            impl Encode<'_, MySql> for $name {
                fn encode_by_ref(&self, buffer: &mut Vec<u8>) -> Result<IsNull, BoxDynError> {
                    <&str as Encode<'_, MySql>>::encode_by_ref(&self.as_str(), buffer)
                }
            }

            impl<'r> Decode<'r, MySql> for $name {
                fn decode(value: MySqlValueRef<'r>) -> Result<Self, BoxDynError> {
                    Ok(<&str as Decode<'r, MySql>>::decode(value)?.parse()?)
                }
            }
        };
    };
}
pub(crate) use text_enum;
