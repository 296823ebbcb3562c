//! Stock: how many units there are, how many are promised, and every change of them.
//!
//! `0 <= reserved <= on_hand` always; what can be bought is the difference.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{ProductId, VariantId};
use crate::locale::{Locale, Translated};
use crate::media::Picture;
use crate::money::Money;
use crate::orders::{Actor, OrderId};
use crate::page::{PageNumber, Position};
use crate::text_enum::text_enum;

pub mod stock_takes;

text_enum! {
    /// Why the number of units on hand changed.
    pub enum MovementReason {
        /// New goods came in.
        Received = "received",
        /// An order was paid, or placed to be paid on delivery.
        Sold = "sold",
        /// A sold unit came back into stock.
        Restocked = "restocked",
        /// A buyer sent a unit back, and it can be sold again.
        Returned = "returned",
        /// Somebody mended the number by a difference: breakage, loss, a find.
        Corrected = "corrected",
        /// Somebody counted the shelf.
        Counted = "counted",
    }
}

impl MovementReason {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::Received => ("Barang masuk", "Received"),
            Self::Sold => ("Terjual", "Sold"),
            Self::Restocked => ("Batal terjual", "Cancelled"),
            Self::Returned => ("Kembali", "Returned"),
            Self::Corrected => ("Koreksi", "Corrected"),
            Self::Counted => ("Dihitung", "Counted"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}

text_enum! {
    /// Which variants a stock list shows.
    pub enum StockFilter {
        All = "all",
        Low = "low",
        Out = "out",
    }
}

/// The stock of one variant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    pub on_hand: u32,
    /// Units that belong to a live hold or to an unpaid order.
    pub reserved: u32,
    /// At or below this many available units the owner is warned.
    pub low_stock_limit: u32,
}

impl Stock {
    /// Units that can be bought now.
    pub fn available(&self) -> u32 {
        self.on_hand.saturating_sub(self.reserved)
    }

    /// Whether the owner should order more.
    pub fn is_low(&self) -> bool {
        self.available() <= self.low_stock_limit
    }
}

/// Asks for a page of variants with their stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListStock {
    pub search: Option<String>,
    pub filter: StockFilter,
    pub page: PageNumber,
}

/// A variant in the stock list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockRow {
    pub variant_id: VariantId,
    pub product_id: ProductId,
    pub product: Translated,
    /// The options as text: `Indigo / M`; empty when there are none.
    pub options: Translated,
    pub category: Translated,
    pub sku: String,
    pub price: Money,
    pub compare_at_price: Option<Money>,
    pub stock: Stock,
    /// The fewest and the most units in one order.
    pub min_quantity: u32,
    pub max_quantity: u32,
    pub picture: Option<Picture>,
}

/// A page of the stock list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockPage {
    pub rows: Vec<StockRow>,
    pub position: Position,
}

/// Asks to add units that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiveStock {
    pub variant_id: VariantId,
    /// 1 to 1 000 000.
    pub quantity: u32,
    pub note: String,
}

/// Asks to change the number on hand by a difference. There is no way to set it: a sale in between would be lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectStock {
    pub variant_id: VariantId,
    /// Not 0, and within [`MOST_UNITS`] either way.
    pub delta: i32,
    /// Why; it stands in the ledger.
    pub note: String,
}

/// Asks to make the number on hand what somebody counted, unless it has changed since it was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountStock {
    pub variant_id: VariantId,
    pub counted: u32,
    /// What the desk showed while somebody counted.
    pub seen_on_hand: u32,
    pub note: String,
}

/// Asks for other limits of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetStockLimits {
    pub variant_id: VariantId,
    pub low_stock_limit: u32,
    /// The fewest and the most units in one order.
    pub min_quantity: u32,
    pub max_quantity: u32,
}

/// Asks for a page of a variant's ledger, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListMovements {
    pub variant_id: VariantId,
    pub page: PageNumber,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    pub at: DateTime<Utc>,
    pub delta: i64,
    /// The sum of the ledger up to and with this line.
    pub on_hand: i64,
    pub reason: MovementReason,
    pub order: Option<(OrderId, String)>,
    pub actor: Actor,
    pub note: Option<String>,
}

/// A page of a variant's ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovementPage {
    pub row: StockRow,
    /// Units that are sold and still here, because no parcel took them yet. They are not on hand any more.
    pub waiting: u32,
    pub movements: Vec<Movement>,
    pub position: Position,
}

/// The most units that one movement can move.
pub const MOST_UNITS: u32 = 1_000_000;

/// The most units of a variant that one order may ever have.
pub const MOST_AN_ORDER: u32 = 1_000;

/// A variant whose counters and ledger disagree: units on hand against the ledger's sum, reserved ones against the holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discrepancy {
    pub variant_id: VariantId,
    pub sku: String,
    pub on_hand: i64,
    pub ledger: i64,
    pub reserved: i64,
    pub held: i64,
}
