//! The demo shop's vouchers: what each takes off, and who may use it.

use serde::Deserialize;

/// A voucher. One of `percent_off` and `amount_off` says what it takes off; without either, delivery is free.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voucher {
    pub code: String,
    /// In hundredths of a percent.
    pub percent_off: Option<u32>,
    /// In whole rupiah.
    pub amount_off: Option<i64>,
    /// The most that a percentage takes off, in whole rupiah.
    pub cap: Option<i64>,
    /// In whole rupiah.
    #[serde(default)]
    pub minimum_purchase: i64,
    /// Slugs; without any it is for all goods.
    #[serde(default)]
    pub categories: Vec<String>,
    pub total_limit: Option<u32>,
    pub customer_limit: Option<u32>,
    #[serde(default)]
    pub first_order_only: bool,
    /// When the shop itself gives it away; such a voucher is personal.
    pub occasion: Option<String>,
}

/// Every voucher.
pub fn vouchers() -> Vec<Voucher> {
    #[derive(Deserialize)]
    struct File {
        voucher: Vec<Voucher>,
    }
    crate::parse::<File>("vouchers.toml", include_str!("../data/vouchers.toml")).voucher
}
