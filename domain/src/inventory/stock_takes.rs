//! Stock-takes: the shelf is counted, the differences are looked at, and then applied together.
//!
//! A counted line remembers what was expected at the moment of counting. What is applied is the difference, so that
//! sales between the count and its application are not lost.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{StockTakeId, VariantId};
use crate::locale::{Locale, Translated};
use crate::money::Money;
use crate::text_enum::text_enum;

text_enum! {
    /// Where a stock-take stands.
    pub enum StockTakeStatus {
        Open = "open",
        /// Its differences are in the ledger.
        Applied = "applied",
        /// Given up; it changed nothing.
        Abandoned = "abandoned",
    }
}

impl StockTakeStatus {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::Open => ("Sedang dihitung", "Counting"),
            Self::Applied => ("Diterapkan", "Applied"),
            Self::Abandoned => ("Dibuang", "Dropped"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}

/// Asks for all stock-takes, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListStockTakes {}

/// Asks to begin one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartStockTake {
    /// What people call it, such as the month or the shelf.
    pub name: String,
}

/// Notes what was counted of a variant. Counting it again replaces the first count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountInStockTake {
    pub stock_take_id: StockTakeId,
    pub sku: String,
    /// Units on the shelf, those of paid orders that have not left yet included.
    pub counted: u32,
}

/// Asks for a stock-take with its differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetStockTake {
    pub stock_take_id: StockTakeId,
}

/// Puts the differences into the ledger, all or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplyStockTake {
    pub stock_take_id: StockTakeId,
    /// The version that was looked at; a count since then is refused.
    pub version: u32,
}

/// Gives a stock-take up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbandonStockTake {
    pub stock_take_id: StockTakeId,
}

/// A stock-take in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockTakeRow {
    pub id: StockTakeId,
    pub name: String,
    pub status: StockTakeStatus,
    /// Grows with every count.
    pub version: u32,
    pub lines: u32,
    /// Lines whose count differs from what was expected.
    pub differences: u32,
    pub started_by: String,
    pub started_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// A stock-take with its lines, the greatest difference first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockTake {
    pub row: StockTakeRow,
    pub lines: Vec<StockTakeLine>,
    /// What the differences are worth at today's prices.
    pub value: Money,
}

/// What was counted of one variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockTakeLine {
    pub variant_id: VariantId,
    pub product: Translated,
    pub options: Translated,
    pub sku: String,
    pub counted: u32,
    /// What should have been on the shelf: on hand, and sold but not sent yet.
    pub expected: i64,
    pub counted_by: String,
    pub counted_at: DateTime<Utc>,
    /// On hand and promised now.
    pub on_hand: i64,
    pub reserved: i64,
    pub price: Money,
}

impl StockTakeLine {
    /// What applying the line does to the number on hand.
    pub fn delta(&self) -> i64 {
        i64::from(self.counted) - self.expected
    }

    /// Whether so many units are missing that promised ones would be among them. Somebody must call orders off first.
    pub fn breaks_promises(&self) -> bool {
        self.on_hand + self.delta() < self.reserved
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::StockTakeLine;
    use crate::id::VariantId;
    use crate::locale::Translated;
    use crate::money::Money;

    fn line(counted: u32, expected: i64, on_hand: i64, reserved: i64) -> StockTakeLine {
        StockTakeLine {
            variant_id: VariantId::new(1),
            product: Translated::default(),
            options: Translated::default(),
            sku: "S-1".to_owned(),
            counted,
            expected,
            counted_by: String::new(),
            counted_at: DateTime::UNIX_EPOCH,
            on_hand,
            reserved,
            price: Money::ZERO,
        }
    }

    proptest! {
        /// However many units were sold between the count and its application, the shelf is right afterwards.
        #[test]
        fn sales_after_the_count_stay_sold(counted in 0_u32..1_000, expected in 0_i64..1_000, sold in 0_i64..1_000) {
            let line = line(counted, expected, expected - sold, 0);
            prop_assert_eq!(line.on_hand + line.delta(), i64::from(counted) - sold);
        }
    }

    #[test]
    fn promised_units_cannot_be_counted_away() {
        assert!(line(3, 10, 10, 4).breaks_promises());
        assert!(!line(4, 10, 10, 4).breaks_promises());
    }
}
