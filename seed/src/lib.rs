//! The demo shop *Serat Pagi* as typed values: settings, catalogue, customers, reviews, and ninety days of planned orders.
//! Everything is embedded and read without a clock or randomness, so the same program always describes the same shop.

mod catalog;
mod customers;
mod load;
mod media;
mod memberships;
mod orders;
mod random;
mod reviews;
mod settings;
mod vouchers;

pub use catalog::{Category, OptionValue, Picture, Product, ProductOption, Variant, categories, products};
pub use customers::{Customer, customers};
pub use load::load;
pub use media::picture_files;
pub use memberships::{Plan, Purchase, plans, purchases};
pub use orders::{
    Moment, PaymentMethod, PlannedLine, PlannedOrder, PlannedStatus, Units, planned_orders, units_by_sku,
};
pub use reviews::{PlannedReview, Review, planned_reviews, reviews};
pub use settings::{Delivery, Settings, shop};
pub use vouchers::{Voucher, vouchers};

/// Reads one embedded file. The files are part of the program and a unit test reads every one of them, so one that does not
/// parse never leaves the workshop.
fn parse<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> T {
    match toml::from_str(text) {
        Ok(value) => value,
        Err(error) => panic!("seed/data/{name}: {error}"),
    }
}

#[cfg(test)]
mod tests;
