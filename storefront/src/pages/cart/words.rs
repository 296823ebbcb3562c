//! A line of a cart in words: its name, what is wrong with it, and what its price was.

use domain::carts::{Cart, CartLine};

use crate::layout::Layout;
use crate::texts::Buy;

/// Why a line cannot be ordered as it is, in words.
pub(crate) fn trouble(layout: &Layout, line: &CartLine) -> Option<String> {
    let (available, fewest, most) = (line.available, line.min_quantity, line.max_quantity);
    if line.can_be_ordered() {
        None
    } else if available > 0 && line.limit() == 0 {
        Some(layout.say(Buy::TooFewLeft { available, fewest }))
    } else if line.is_short() {
        Some(short_text(layout, available))
    } else if line.quantity < fewest {
        Some(layout.say(Buy::TooFewLine { fewest }))
    } else {
        Some(layout.say(Buy::TooManyLine { most }))
    }
}

/// The prices that are others than the buyer saw, each with its line's name.
pub(crate) fn price_changes(layout: &Layout, cart: &Cart) -> Vec<String> {
    let words = |line: &CartLine| {
        let from = layout.money(&line.former_price()?);
        let (name, to) = (full_name(layout, line), layout.money(&line.unit_price));
        Some(layout.say(Buy::PriceChange { name, from, to }))
    };
    cart.lines.iter().filter_map(words).collect()
}

/// A line's product with its options: `Kemeja Linen, Putih / M`.
pub(crate) fn full_name(layout: &Layout, line: &CartLine) -> String {
    let name = layout.of(&line.name);
    match layout.of(&line.options) {
        "" => name.to_owned(),
        options => format!("{name}, {options}"),
    }
}

pub(super) fn short_text(layout: &Layout, left: u32) -> String {
    match left {
        0 => layout.say(Buy::GoneLine),
        available => layout.say(Buy::ShortLine { available }),
    }
}
