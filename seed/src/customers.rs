//! The twelve customers of the demo shop, all invented.

use serde::Deserialize;

/// A customer with one delivery address.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// Names the customer within the seed: orders and reviews point to it.
    pub handle: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub line_1: String,
    #[serde(default)]
    pub line_2: Option<String>,
    pub city: String,
    pub province: String,
    pub postal_code: String,
    /// How often the customer buys, compared with the others.
    pub favours: u32,
}

/// Every customer, in a fixed order.
pub fn customers() -> Vec<Customer> {
    #[derive(Deserialize)]
    struct File {
        customer: Vec<Customer>,
    }
    crate::parse::<File>("customers.toml", include_str!("../data/customers.toml")).customer
}
