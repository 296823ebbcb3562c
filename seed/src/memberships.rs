//! The demo shop's plans of membership, and who bought which.

use domain::locale::Translated;
use serde::Deserialize;

/// A plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Names the plan within the seed.
    pub key: String,
    pub name: Translated,
    pub description: Translated,
    /// `monthly` or `yearly`.
    pub period: String,
    pub price: i64,
    /// Off all goods, in hundredths of a percent.
    pub percent_off: u32,
    pub free_delivery: bool,
}

/// A purchase of a plan that was paid.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purchase {
    /// The handle of the customer.
    pub customer: String,
    /// The key of the plan.
    pub plan: String,
    pub days_ago: u16,
}

#[derive(Deserialize)]
struct File {
    plan: Vec<Plan>,
    purchase: Vec<Purchase>,
}

/// Every plan, the cheapest first.
pub fn plans() -> Vec<Plan> {
    file().plan
}

/// Every purchase, the oldest first.
pub fn purchases() -> Vec<Purchase> {
    file().purchase
}

fn file() -> File {
    crate::parse::<File>("memberships.toml", include_str!("../data/memberships.toml"))
}
