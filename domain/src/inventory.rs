//! Stock: how many units there are, how many are promised, and every change of them.
//!
//! `0 <= reserved <= on_hand` always; what can be bought is the difference.

use serde::{Deserialize, Serialize};

use crate::id::{ProductId, VariantId};
use crate::locale::Translated;
use crate::media::Picture;
use crate::money::Money;
use crate::page::{PageNumber, Position};
use crate::text_enum::text_enum;

text_enum! {
    /// Why the number of units on hand changed.
    pub enum MovementReason {
        /// New goods came in.
        Received = "received",
        /// An order was paid, or placed to be paid on delivery.
        Sold = "sold",
        /// A sold unit came back into stock.
        Restocked = "restocked",
        /// Somebody counted, and mended the number.
        Corrected = "corrected",
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
