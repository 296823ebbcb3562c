//! The parts of screens that have some, as words of their addresses.

use std::fmt;
use std::str::FromStr;

use domain::catalog::{GoodsKey, ProductId};

/// Parts with their words; the first is where one comes to without a word.
macro_rules! parts {
    ($($(#[$about:meta])* $name:ident { $($(#[$note:meta])* $part:ident = $word:literal,)* })*) => {
        $($(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$note])* $part,)* }

        impl FromStr for $name {
            type Err = ();

            fn from_str(word: &str) -> Result<Self, ()> {
                match word {
                    $($word => Ok(Self::$part),)*
                    _ if word.is_empty() => Ok(Self::default()),
                    _ => Err(()),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(match self { $(Self::$part => $word,)* })
            }
        })*
    };
}

parts! {
    /// A part of the memberships.
    MembershipsPart {
        #[default]
        Members = "",
        Purchases = "purchases",
        /// Purchases with money that a person must look at.
        Review = "review",
        Plans = "plans",
    }

    /// A part of the payments.
    PaymentsPart {
        /// Proofs of transfers that nobody has looked at.
        #[default]
        Proofs = "",
        Decided = "checked",
        Attempts = "attempts",
        Notices = "notices",
    }

    /// A page of the settings.
    SettingsPart {
        #[default]
        Shop = "shop",
        Checkout = "checkout",
        Payments = "payments",
        Delivery = "delivery",
        Taxes = "taxes",
        Email = "email",
    }
}

/// The row behind which a page of products begins, as a word of its address: `7.149000.kemeja`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GoodsPlace(pub(crate) GoodsKey);

impl fmt::Display for GoodsPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let GoodsKey { product_id, number, text } = &self.0;
        write!(formatter, "{product_id}.{number}.{text}")
    }
}

impl FromStr for GoodsPlace {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        let (id, rest) = word.split_once('.').ok_or(())?;
        let (number, text) = rest.split_once('.').ok_or(())?;
        let product_id: ProductId = id.parse().map_err(|_| ())?;
        Ok(Self(GoodsKey { product_id, number: number.parse().map_err(|_| ())?, text: text.to_owned() }))
    }
}
