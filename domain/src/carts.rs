//! Carts: what somebody means to buy. Prices and availability are always today's.

use serde::{Deserialize, Serialize};

use crate::id::{CategoryId, ProductId, VariantId};
use crate::locale::Translated;
use crate::media::Picture;
use crate::message::Message;
use crate::money::Money;
use crate::text::{self, TaxClassKey};

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
    /// The price that the buyer saw last; nothing when nobody noted it.
    #[serde(default)]
    pub seen_price: Option<Money>,
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
    /// For vouchers that are for some categories only: the one that it stands in, and all those in which that one stands.
    #[serde(default)]
    pub categories: Vec<CategoryId>,
    /// How it is taxed; nothing for the default class.
    #[serde(default)]
    pub tax_class: Option<TaxClassKey>,
}

impl CartLine {
    /// Whether there is less than the line wants.
    pub fn is_short(&self) -> bool {
        self.quantity > self.available
    }

    /// The most that the quantity could be now; nothing when fewer are left than one order must have.
    pub fn limit(&self) -> u32 {
        most_now(self.available, self.min_quantity, self.max_quantity)
    }

    /// The quantity nearest to the wanted one that can be ordered now; nothing when none can.
    pub fn nearest(&self) -> u32 {
        match self.limit() {
            0 => 0,
            limit => self.quantity.max(self.min_quantity).min(limit),
        }
    }

    /// Whether the quantity is there, and within the limits of one order, which may have changed since it was chosen.
    pub fn can_be_ordered(&self) -> bool {
        self.quantity == self.nearest()
    }

    /// The price that the buyer saw last, if it is another one now.
    pub fn former_price(&self) -> Option<Money> {
        self.seen_price.filter(|seen| *seen != self.unit_price)
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

    /// Whether every line can be ordered as it is.
    pub fn can_be_ordered(&self) -> bool {
        self.lines.iter().all(CartLine::can_be_ordered)
    }
}

/// The most units that one order could have now; nothing when fewer are left than it must have.
pub fn most_now(available: u32, fewest: u32, most: u32) -> u32 {
    if available < fewest { 0 } else { available.min(most) }
}

/// How many units a line wants after a guest's cart joined an account's: the sum, up to what one order may have and what
/// the buyer could have, but never less than either cart wanted, so that a short line is shown and nothing is lost.
pub fn joined_quantity(one: u32, other: u32, most: u32, available: u32) -> u32 {
    let limit = most.min(available).max(one).max(other);
    one.saturating_add(other).min(limit)
}

/// Reads a quantity that a form or a client sent: a whole number from 0 to `most`.
pub fn parse_quantity(text: &str, most: u32) -> Result<u32, Message> {
    let not = Message::NotAQuantity { most };
    let Ok(text) = text::line_up_to(text, 64) else { return Err(not) };
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|quantity| is_number && *quantity <= most).ok_or(not)
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::{CartLine, joined_quantity, most_now, parse_quantity};
    use crate::message::Message;
    use crate::money::Money;

    fn line(quantity: u32, available: u32, fewest: u32, most: u32) -> CartLine {
        let text = json!({ "id": "Kemeja", "en": "Shirt" });
        from_value(json!({
            "variant_id": 2, "product_id": 1, "slug": "kemeja", "name": text, "options": text, "sku": "K-1",
            "picture": null, "unit_price": 199_000, "compare_at_price": null, "quantity": quantity, "total": 398_000,
            "available": available, "min_quantity": fewest, "max_quantity": most,
        }))
        .unwrap()
    }

    #[test]
    fn a_line_is_mended_to_the_nearest_quantity_that_can_be_ordered() {
        for (quantity, available, fewest, most, nearest) in [
            (2, 5, 1, 20, 2),
            (6, 5, 1, 20, 5),
            (9, 20, 1, 8, 8),
            (1, 20, 3, 8, 3),
            (5, 2, 3, 8, 0),
            (1, 0, 1, 20, 0),
            (1, 3, 3, 3, 3),
        ] {
            let line = line(quantity, available, fewest, most);
            assert_eq!(line.nearest(), nearest, "{line:?}");
            assert_eq!(line.can_be_ordered(), nearest == quantity, "{line:?}");
        }
        assert_eq!((most_now(2, 3, 8), most_now(3, 3, 8), most_now(9, 3, 8)), (0, 3, 8));
    }

    #[test]
    fn only_a_price_that_was_seen_otherwise_has_changed() {
        let mut line = line(1, 5, 1, 20);
        assert_eq!(line.former_price(), None);
        line.seen_price = Some(line.unit_price);
        assert_eq!(line.former_price(), None);
        line.seen_price = Some(Money::minor(150_000));
        assert_eq!(line.former_price(), Some(Money::minor(150_000)));
    }

    /// Checklist 28.
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
        assert_eq!(parse_quantity("\u{a0}3\u{200b} ", 20), Ok(3));
        assert_eq!(parse_quantity("0", 20), Ok(0));
        for bad in ["-1", "1.5", "1e3", "+2", "1000000000", "99999999999999999999", "two", "", "NaN", "٣"] {
            assert_eq!(parse_quantity(bad, 20), Err(Message::NotAQuantity { most: 20 }), "{bad}");
        }
    }
}
