//! What buyers say of a product: one review each, of something they received.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::text;

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
    /// The most characters of its text.
    pub const MOST: usize = 2_000;

    /// The text that is kept. Ratings outside 1 to 5, and empty or endless texts are refused.
    pub fn read(&self) -> Result<String, (&'static str, Message)> {
        if !(1..=5).contains(&self.rating) {
            return Err(("rating", Message::NotAChoice));
        }
        let body = text::lines_up_to(&self.body, Self::MOST).map_err(|message| ("body", message))?;
        if body.is_empty() { Err(("body", Message::Required)) } else { Ok(body) }
    }
}
