//! Carts: what somebody means to buy. Prices and availability are always today's.

use serde::{Deserialize, Serialize};

use crate::id::{CategoryId, ProductId, VariantId};
use crate::locale::Translated;
use crate::media::Picture;
use crate::message::Message;
use crate::money::Money;
use crate::text::TaxClassKey;

pub use crate::id::CartId;

/// The most different variants in one cart.
pub const MOST_LINES: usize = 50;

/// A cart with everything that a page shows of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    pub lines: Vec<CartLine>,
    /// Units over all lines.
    pub units: u32,
    /// The lines' sum, without delivery.
    pub subtotal: Money,
}

/// One variant in a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    pub variant_id: VariantId,
    pub product_id: ProductId,
    pub slug: String,
    pub name: Translated,
    /// The options as text: `Indigo / M`; empty when there are none.
    pub options: Translated,
    pub sku: String,
    pub picture: Option<Picture>,
    pub unit_price: Money,
    pub compare_at_price: Option<Money>,
    pub quantity: u32,
    pub total: Money,
    /// Units that this buyer could have, the own hold included.
    pub available: u32,
    /// The fewest and the most units of it in one order.
    pub min_quantity: u32,
    pub max_quantity: u32,
    /// Of one unit, for the delivery's price.
    #[serde(default)]
    pub weight_grams: u32,
    /// For vouchers that are for some categories only.
    #[serde(default)]
    pub category: Option<CategoryId>,
    /// How it is taxed; nothing for the default class.
    #[serde(default)]
    pub tax_class: Option<TaxClassKey>,
}

impl CartLine {
    /// Whether there is less than the line wants.
    pub fn is_short(&self) -> bool {
        self.quantity > self.available
    }

    /// Whether the quantity is within the limits of one order, which may have changed since it was chosen.
    pub fn is_within_limits(&self) -> bool {
        (self.min_quantity..=self.max_quantity).contains(&self.quantity)
    }

    /// The most that the quantity could be now.
    pub fn limit(&self) -> u32 {
        self.available.min(self.max_quantity)
    }
}

impl Cart {
    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether some line wants more than there is.
    pub fn is_short(&self) -> bool {
        self.lines.iter().any(CartLine::is_short)
    }
}

/// How many units a line wants after a guest's cart joined an account's: the sum, up to what one order may have and what
/// the buyer could have, but never less than either cart wanted, so that a short line is shown and nothing is lost.
pub fn joined_quantity(one: u32, other: u32, most: u32, available: u32) -> u32 {
    let limit = most.min(available).max(one).max(other);
    one.saturating_add(other).min(limit)
}

/// Reads a quantity that a form or a client sent: a whole number from 0 to `most`.
pub fn parse_quantity(text: &str, most: u32) -> Result<u32, Message> {
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|quantity| is_number && *quantity <= most).ok_or(Message::NotAQuantity { most })
}

#[cfg(test)]
mod tests {
    use super::{joined_quantity, parse_quantity};
    use crate::message::Message;

    #[test]
    fn a_joined_line_wants_the_sum_as_far_as_it_can_be_had() {
        assert_eq!(joined_quantity(2, 3, 20, 10), 5);
        assert_eq!(joined_quantity(2, 3, 4, 10), 4);
        assert_eq!(joined_quantity(3, 3, 20, 5), 5);
        assert_eq!(joined_quantity(0, 3, 20, 10), 3);
        assert_eq!(joined_quantity(3, 1, 20, 0), 3, "a short line stays and is shown as one");
        assert_eq!(joined_quantity(u32::MAX, 1, u32::MAX, u32::MAX), u32::MAX);
    }

    #[test]
    fn only_whole_numbers_within_the_limit_are_quantities() {
        assert_eq!(parse_quantity(" 3 ", 20), Ok(3));
        assert_eq!(parse_quantity("0", 20), Ok(0));
        for bad in ["-1", "1.5", "1e3", "+2", "1000000000", "99999999999999999999", "two", "", "NaN", "٣"] {
            assert_eq!(parse_quantity(bad, 20), Err(Message::NotAQuantity { most: 20 }), "{bad}");
        }
    }
}
