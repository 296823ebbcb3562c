//! Who the demo shop is, how to reach it and what delivery costs. Amounts are whole rupiah.

use domain::locale::Translated;
use serde::Deserialize;

/// The settings of the demo shop.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub name: String,
    pub tagline: Translated,
    /// Paragraphs parted by an empty line.
    pub about: Translated,
    pub email: String,
    pub phone: String,
    pub address_lines: Vec<String>,
    pub city: String,
    pub province: String,
    pub postal_code: String,
    /// An IANA name; the moments of the planned orders are in this zone.
    pub time_zone: String,
    pub delivery: Delivery,
}

/// What delivery costs, in whole rupiah.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// To one of `near_cities`.
    pub near_price: i64,
    /// To anywhere else.
    pub far_price: i64,
    /// From this value of goods on, delivery is free.
    pub free_from: i64,
    pub near_cities: Vec<String>,
}

/// The settings of the demo shop.
pub fn shop() -> Settings {
    crate::parse("shop.toml", include_str!("../data/shop.toml"))
}
