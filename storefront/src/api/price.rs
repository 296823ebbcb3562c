//! Money on the wire: an amount in minor units with its currency.

use domain::money::{Currency, Money, Price};
use domain::orders::Totals;
use serde::Serialize;

/// An amount that names its currency.
pub(super) const fn price(amount: Money, currency: Currency) -> Price {
    Price { amount, currency }
}

/// What an order costs; the first two sum to the total.
#[derive(Serialize)]
pub(crate) struct TotalsBody {
    subtotal: Price,
    delivery: Price,
    total: Price,
}

impl TotalsBody {
    pub(super) const fn of(totals: &Totals, currency: Currency) -> Self {
        Self {
            subtotal: price(totals.subtotal, currency),
            delivery: price(totals.delivery, currency),
            total: price(totals.total, currency),
        }
    }
}
