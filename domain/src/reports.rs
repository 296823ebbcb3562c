//! Numbers for the owner. Sales count paid and cash-on-delivery orders that are not cancelled.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::inventory::StockRow;
use crate::money::Money;
use crate::orders::OrderRow;

/// Asks for the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetDashboard {}

/// The dashboard: is the shop all right, what must be done, how is it going.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// Since midnight of the shop's clock, against the same hours yesterday.
    pub today: Comparison,
    /// The last seven days, today included, against the seven before.
    pub week: Comparison,
    /// Orders that wait to be packed.
    pub to_ship: u64,
    /// Orders that wait for their money.
    pub awaiting_payment: u64,
    /// Money that a person must look at.
    pub needs_review: MoneyToCheck,
    /// Variants at or below their limit; the whole number, and the first few.
    pub low_stock_count: u64,
    pub low_stock: Vec<StockRow>,
    /// One entry a day, oldest first, 30 days, none missing.
    pub days: Vec<DaySales>,
    /// The newest few.
    pub latest_orders: Vec<OrderRow>,
}

/// How much money a person must look at, by where it is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyToCheck {
    /// Payments and refunds of orders.
    pub orders: u64,
    /// Purchases of memberships.
    pub memberships: u64,
    /// What gateways told and the shop could not apply.
    pub notices: u64,
    /// Proofs of transfers that nobody has looked at.
    pub proofs: u64,
}

impl MoneyToCheck {
    /// All of it.
    pub const fn count(self) -> u64 {
        self.orders + self.memberships + self.notices + self.proofs
    }
}

/// A span and the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub sales: Money,
    pub orders: u64,
    pub sales_before: Money,
    pub orders_before: u64,
}

impl Comparison {
    /// By how many whole percent sales changed; nothing when there were none before.
    pub fn change_percent(&self) -> Option<i64> {
        let before = self.sales_before.get();
        if before <= 0 {
            return None;
        }
        let change = (i128::from(self.sales.get()) - i128::from(before)) * 100 / i128::from(before);
        i64::try_from(change).ok()
    }
}

/// The sales of one day of the shop's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySales {
    pub day: NaiveDate,
    pub sales: Money,
    pub orders: u64,
}

#[cfg(test)]
mod tests {
    use super::Comparison;
    use crate::money::Money;

    #[test]
    fn a_change_needs_something_to_compare_with() {
        let comparison =
            Comparison { sales: Money::minor(150), sales_before: Money::minor(100), ..Comparison::default() };
        assert_eq!(comparison.change_percent(), Some(50));
        assert_eq!(Comparison { sales_before: Money::ZERO, ..comparison }.change_percent(), None);
    }
}
