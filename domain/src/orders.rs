//! Orders as every part of the shop sees them.
//!
//! An order moves only through [`OrderStatus::after`]; no other code picks a status.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::locale::{Locale, Translated};
use crate::media::Picture;
use crate::money::{BasisPoints, Currency, Money};
use crate::page::{PageNumber, Position};
use crate::payments::{Balance, OrderTransfer, PaymentMethod, PaymentStatus, PaymentToCheck, Refund};
use crate::pricing::TaxLine;
use crate::shipping::{Address, DeliveryMethod};

#[cfg(test)]
mod drawing;
mod history;
mod life;
mod parcels;
mod requests;

pub use crate::id::{OrderId, OrderLineId};
pub use history::{HistoryEntry, HistoryKind, HistoryNote, listed_units};
pub use life::{
    Beginning, IllegalMove, InvoiceEffect, MoneyEffect, Move, OrderEvent, OrderStatus, PlacedUnits, StockEffect,
    Telling, VoucherEffect, goes_on_when_money_comes,
};
pub use parcels::{
    LineUnits, Parcel, ParcelId, Return, ReturnId, ReturnedUnits, UnitsRefused, Whereabouts, is_all_back, pack, rest,
    take_back,
};
pub use requests::{
    CallOffRest, CancelOrder, CompleteOrder, GetOrder, OpenInvoice, OpenWhatsApp, ReturnOrder, ShipOrder,
};

/// An order, in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDetail {
    pub id: OrderId,
    /// What the buyer calls it.
    pub number: String,
    pub status: OrderStatus,
    pub email: String,
    pub address: Address,
    pub locale: Locale,
    pub currency: Currency,
    pub payment_method: PaymentMethod,
    /// The state of the newest attempt to pay.
    pub payment_status: Option<PaymentStatus>,
    #[serde(default = "DeliveryMethod::before_choice")]
    pub delivery_method: DeliveryMethod,
    pub lines: Vec<OrderLine>,
    pub totals: Totals,
    /// The taxes within `totals.tax`, by rate.
    #[serde(default)]
    pub taxes: Vec<TaxLine>,
    /// The voucher that it was placed with.
    #[serde(default)]
    pub voucher_code: Option<String>,
    pub placed_at: DateTime<Utc>,
    /// Until when it must be paid, while it waits for that.
    pub pay_by: Option<DateTime<Utc>>,
    /// Of the newest parcel that has one.
    pub tracking_number: Option<String>,
    /// Oldest first.
    #[serde(default)]
    pub parcels: Vec<Parcel>,
    /// Oldest first.
    #[serde(default)]
    pub returns: Vec<Return>,
    #[serde(default)]
    pub invoice: Option<Invoice>,
    /// What was paid, and what of it went back.
    #[serde(default)]
    pub balance: Balance,
    /// What the units cost that were called off after others had left; the totals stay as they were placed.
    #[serde(default)]
    pub called_off: Money,
    /// Oldest first.
    #[serde(default)]
    pub refunds: Vec<Refund>,
    /// Of one that is paid by transfer.
    #[serde(default)]
    pub transfer: Option<OrderTransfer>,
    /// Payments that wait for a person's decision, oldest first.
    #[serde(default)]
    pub to_check: Vec<PaymentToCheck>,
    /// Oldest first.
    pub history: Vec<HistoryEntry>,
    /// What staff may do with it now.
    pub next: Vec<OrderEvent>,
}

/// What an order costs; the parts always sum to the total:
/// `total = subtotal − member_discount − voucher_discount + delivery`, and `+ tax` where prices are shown without it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    /// The goods at the prices shown, before any discount.
    pub subtotal: Money,
    /// What a membership takes off the goods, and the percentage that says so; zero without one.
    pub member_discount: Money,
    pub member_percent: BasisPoints,
    /// What a voucher takes off the goods.
    pub voucher_discount: Money,
    /// As charged: zero where it is free.
    pub delivery: Money,
    /// The tax on goods and delivery.
    pub tax: Money,
    /// Whether the tax is within the prices shown, so that it is not added.
    pub tax_included: bool,
    pub total: Money,
}

impl Totals {
    /// Adds up goods and delivery without discounts and taxes, unless the sum leaves the range of money.
    pub fn of(lines: impl IntoIterator<Item = Money>, delivery: Money) -> Option<Self> {
        Self { subtotal: Money::sum(lines)?, delivery, ..Self::default() }.added_up()
    }

    /// The same parts with their total, unless it leaves the range of money.
    pub fn added_up(self) -> Option<Self> {
        Some(Self { total: self.due()?, ..self })
    }

    /// Whether the parts sum to the total and none is below zero.
    pub fn is_exact(&self) -> bool {
        let parts = [self.subtotal, self.member_discount, self.voucher_discount, self.delivery, self.tax, self.total];
        self.due() == Some(self.total) && !parts.into_iter().any(Money::is_negative)
    }

    fn due(&self) -> Option<Money> {
        let goods = self.subtotal.minus(self.member_discount)?.minus(self.voucher_discount)?;
        let added = if self.tax_included { Money::ZERO } else { self.tax };
        goods.plus(self.delivery)?.plus(added)
    }
}

/// One line of an order, as it was when the order was placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub id: OrderLineId,
    pub name: Translated,
    pub options: Translated,
    pub sku: String,
    pub picture: Option<Picture>,
    /// The product's page, as long as it has one.
    pub slug: Option<String>,
    pub unit_price: Money,
    pub quantity: u32,
    /// Unit price times quantity, before discounts.
    pub total: Money,
    /// The line's parts of the order's discounts and tax.
    #[serde(default)]
    pub member_discount: Money,
    #[serde(default)]
    pub voucher_discount: Money,
    #[serde(default)]
    pub tax: Money,
    /// Units that will not leave any more.
    #[serde(default)]
    pub called_off: u32,
    /// Units that left.
    #[serde(default)]
    pub shipped: u32,
    /// Units of those that came back.
    #[serde(default)]
    pub returned: u32,
}

impl OrderLine {
    /// Where its units are.
    pub const fn whereabouts(&self) -> Whereabouts {
        let Self { id: line_id, quantity, called_off, shipped, returned, .. } = *self;
        Whereabouts { line_id, quantity, called_off, shipped, returned }
    }

    /// What the buyer pays for the line, as [`crate::pricing::PricedLine`] has it: what is shared out when units come back.
    pub fn charged(&self, tax_included: bool) -> Option<Money> {
        let net = self.total.minus(self.member_discount)?.minus(self.voucher_discount)?;
        if tax_included { Some(net) } else { net.plus(self.tax) }
    }
}

/// The invoice of an order. Numbers count up without gaps within a year of the shop's calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// `INV-2026-000001`.
    pub number: String,
    pub issued_at: DateTime<Utc>,
}

impl Invoice {
    /// The number of the `sequence`th invoice of a year.
    pub fn number(year: i32, sequence: u64) -> String {
        format!("INV-{year:04}-{sequence:06}")
    }
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "name", rename_all = "snake_case")]
pub enum Actor {
    Shopper,
    Staff(String),
    Gateway(String),
    /// A job of the scheduler, by name.
    Job(String),
    /// Loading a demo or an older shop.
    Import,
}

/// Asks for a page of orders, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListOrders {
    pub status: Option<OrderStatus>,
    /// Only those with a payment or a refund that a person must look at.
    pub needs_review: bool,
    /// Part of a number, a name or an e-mail.
    pub search: Option<String>,
    pub page: PageNumber,
}

/// An order in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: String,
    pub placed_at: DateTime<Utc>,
    pub name: String,
    pub city: String,
    pub units: u32,
    pub total: Money,
    pub payment_method: PaymentMethod,
    pub status: OrderStatus,
}

/// A page of orders, and how many there are in each status: of those that were searched for and need what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    pub rows: Vec<OrderRow>,
    pub position: Position,
    pub counts: Vec<(OrderStatus, u64)>,
    /// How many of those that were searched for have a payment that a person must look at, in any status.
    pub needs_review: u64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Totals;
    use crate::money::Money;

    #[test]
    fn totals_from_before_discounts_and_taxes_still_read() {
        let totals: Totals = serde_json::from_str(r#"{"subtotal":100000,"delivery":10000,"total":110000}"#).unwrap();
        assert_eq!(totals, Totals::of([Money::minor(100_000)], Money::minor(10_000)).unwrap());
    }

    proptest! {
        #[test]
        fn the_parts_sum_to_the_total(lines in proptest::collection::vec(0_i64..1_000_000_000, 0..50), delivery in 0_i64..1_000_000) {
            let totals = Totals::of(lines.into_iter().map(Money::minor), Money::minor(delivery)).unwrap();
            prop_assert_eq!(totals.subtotal.plus(totals.delivery), Some(totals.total));
            prop_assert!(totals.is_exact());
        }
    }
}
