//! What buyers say of a product: one review each, of something they received.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::message::Message;

pub use crate::id::ReviewId;

/// A review as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub id: ReviewId,
    pub name: String,
    /// 1 to 5 stars.
    pub rating: u8,
    pub body: String,
    pub created_at: DateTime<Utc>,
}

/// Asks to add a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateReview {
    pub product_slug: String,
    pub email: String,
    pub rating: u8,
    pub body: String,
}

impl CreateReview {
    /// Refuses ratings outside 1 to 5, and empty or endless texts.
    pub fn check(&self) -> Result<(), (&'static str, Message)> {
        if !(1..=5).contains(&self.rating) {
            return Err(("rating", Message::NotAChoice));
        }
        match self.body.trim().chars().count() {
            0 => Err(("body", Message::Required)),
            1..=2_000 => Ok(()),
            _ => Err(("body", Message::TooLong { most: 2_000 })),
        }
    }
}
