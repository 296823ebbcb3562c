//! The parts of screens that have some, as words of their addresses.

use std::fmt;
use std::str::FromStr;

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

    /// A page of the settings.
    SettingsPart {
        #[default]
        Shop = "shop",
        Checkout = "checkout",
        Delivery = "delivery",
        Taxes = "taxes",
    }
}
