//! Money on the wire: an amount in minor units with its currency.

use domain::money::{Currency, Money, Price};
use domain::orders::Totals;
use domain::pricing::TaxLine;
use serde::Serialize;

/// An amount that names its currency.
pub(super) const fn price(amount: Money, currency: Currency) -> Price {
    Price { amount, currency }
}

/// What an order costs; the parts sum to the total.
#[derive(Serialize)]
pub(crate) struct TotalsBody {
    subtotal: Price,
    member_discount: Price,
    voucher_discount: Price,
    delivery: Price,
    tax: Price,
    tax_included: bool,
    total: Price,
}

impl TotalsBody {
    pub(super) const fn of(totals: &Totals, currency: Currency) -> Self {
        Self {
            subtotal: price(totals.subtotal, currency),
            member_discount: price(totals.member_discount, currency),
            voucher_discount: price(totals.voucher_discount, currency),
            delivery: price(totals.delivery, currency),
            tax: price(totals.tax, currency),
            tax_included: totals.tax_included,
            total: price(totals.total, currency),
        }
    }
}

/// One tax of an order.
#[derive(Serialize)]
pub(crate) struct TaxBody {
    name: String,
    rate_basis_points: u32,
    base: Price,
    amount: Price,
}

impl TaxBody {
    pub(super) fn of(tax: &TaxLine, currency: Currency) -> Self {
        Self {
            name: tax.name.clone(),
            rate_basis_points: tax.rate.get(),
            base: price(tax.base, currency),
            amount: price(tax.amount, currency),
        }
    }
}
