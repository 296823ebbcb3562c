//! What a letter tells that no other row knows any more when it leaves.

use serde::{Deserialize, Serialize};

use crate::locale::Translated;
use crate::money::Money;

/// Facts that are kept with a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Told {
    LowStock {
        variants: Vec<LowUnits>,
    },
    JobFailed {
        job: crate::jobs::JobName,
        error: String,
    },
    DailySummary(DaySums),
    Voucher {
        code: String,
    },
    /// The address that the account has now.
    NewEmail {
        email: String,
    },
}

/// A variant that is nearly sold out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowUnits {
    pub sku: String,
    pub name: Translated,
    pub left: i64,
}

/// A day in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySums {
    /// The day by the shop's clock.
    pub day: chrono::NaiveDate,
    /// Orders that are paid, or paid at the door.
    pub orders: u32,
    /// What those are worth.
    pub sold: Money,
    /// Orders that can be packed now.
    pub to_pack: u32,
    /// Orders that wait for their money now.
    pub unpaid: u32,
    /// Variants that are nearly sold out now.
    pub low: u32,
    /// Letters that were given up.
    pub failed_letters: u32,
}
