//! Reviews of the demo shop, and when they were written: some days after the order that brought the product was completed.

use serde::Deserialize;

use crate::catalog::products;
use crate::orders::{Moment, PlannedStatus, is_of, planned_orders};
use crate::random::SplitMix64;

/// What a customer wrote about a product. One customer reviews a product at most once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The slug of the product.
    pub product: String,
    /// The handle of the customer.
    pub customer: String,
    /// 1 to 5.
    pub rating: u8,
    /// `id` or `en`.
    pub language: String,
    pub body: String,
}

/// A review with the order it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedReview {
    pub review: Review,
    /// The place of the order in [`planned_orders`]; it is completed and contains the product.
    pub order: usize,
    /// Never before the order was completed.
    pub written: Moment,
}

/// Every review, product by product.
pub fn reviews() -> Vec<Review> {
    #[derive(Deserialize)]
    struct File {
        review: Vec<Review>,
    }
    crate::parse::<File>("reviews.toml", include_str!("../data/reviews.toml")).review
}

/// Every review with its order and its moment.
pub fn planned_reviews() -> Vec<PlannedReview> {
    let products = products();
    let orders = planned_orders();
    let mut random = SplitMix64::new(0x7e71e3);
    let mut planned = Vec::new();
    for review in reviews() {
        let Some(product) = products.iter().find(|product| product.slug == review.product) else { continue };
        let bought = orders.iter().enumerate().find(|(_, order)| {
            order.customer == review.customer
                && order.status == PlannedStatus::Completed
                && order.lines.iter().any(|line| is_of(product, &line.sku))
        });
        let Some((order, completed)) = bought.and_then(|(at, order)| Some((at, order.completed?))) else { continue };
        let wait = u16::try_from(random.between(1, 9)).unwrap_or(1).min(completed.days_ago);
        let written =
            Moment { days_ago: completed.days_ago - wait, minute_of_day: 20 * 60 + completed.minute_of_day % 180 };
        planned.push(PlannedReview { review, order, written });
    }
    planned
}
