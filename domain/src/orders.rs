//! Orders as every part of the shop sees them.
//!
//! An order moves only through [`OrderStatus::after`]; no other code picks a status.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::locale::{Locale, Translated};
use crate::media::Picture;
use crate::message::Message;
use crate::money::{Currency, Money};
use crate::page::{PageNumber, Position};
use crate::payments::{PaymentMethod, PaymentStatus};
use crate::pricing::TaxLine;
use crate::shipping::{Address, DeliveryMethod};
use crate::text_enum::text_enum;

pub use crate::id::{OrderId, OrderLineId};

text_enum! {
    /// Where an order stands between the cart and the doormat.
    pub enum OrderStatus {
        PendingPayment = "pending_payment",
        Processing = "processing",
        Shipped = "shipped",
        Completed = "completed",
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// Something that happens to an order.
    pub enum OrderEvent {
        /// The gateway has the money.
        PaymentArrived = "payment_arrived",
        /// Nobody paid in time.
        TimeRanOut = "time_ran_out",
        /// The parcel is with the courier.
        HandedToCourier = "handed_to_courier",
        /// The buyer has the goods.
        Delivered = "delivered",
        /// Staff call it off.
        CalledOff = "called_off",
    }
}

text_enum! {
    /// What a move does to the units of an order.
    pub enum StockEffect {
        Nothing = "nothing",
        /// Held units leave the shelf.
        Sell = "sell",
        /// Held units can be bought again.
        Release = "release",
        /// Sold units go back on the shelf.
        Restock = "restock",
    }
}

/// A move that the state machine allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    pub to: OrderStatus,
    pub stock: StockEffect,
}

/// The move that a status does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a {from} order cannot take the step {event}")]
pub struct IllegalMove {
    pub from: OrderStatus,
    pub event: OrderEvent,
}

impl OrderStatus {
    /// What follows `event`, and what it does to the stock.
    pub fn after(self, event: OrderEvent) -> Result<Move, IllegalMove> {
        use OrderEvent::{CalledOff, Delivered, HandedToCourier, PaymentArrived, TimeRanOut};
        use OrderStatus::{Cancelled, Completed, PendingPayment, Processing, Shipped};

        let (to, stock) = match (self, event) {
            (PendingPayment, PaymentArrived) => (Processing, StockEffect::Sell),
            (PendingPayment, TimeRanOut | CalledOff) => (Cancelled, StockEffect::Release),
            (Processing, HandedToCourier) => (Shipped, StockEffect::Nothing),
            (Processing, CalledOff) => (Cancelled, StockEffect::Restock),
            (Shipped, Delivered) => (Completed, StockEffect::Nothing),
            (from, event) => return Err(IllegalMove { from, event }),
        };
        Ok(Move { to, stock })
    }

    /// Whether nothing can happen to the order any more.
    pub fn is_final(self) -> bool {
        OrderEvent::ALL.iter().all(|event| self.after(*event).is_err())
    }

    /// What people call it.
    pub fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::PendingPayment, Locale::Indonesian) => "Menunggu pembayaran",
            (Self::PendingPayment, Locale::English) => "Awaiting payment",
            (Self::Processing, Locale::Indonesian) => "Diproses",
            (Self::Processing, Locale::English) => "Processing",
            (Self::Shipped, Locale::Indonesian) => "Dikirim",
            (Self::Shipped, Locale::English) => "Shipped",
            (Self::Completed, Locale::Indonesian) => "Selesai",
            (Self::Completed, Locale::English) => "Completed",
            (Self::Cancelled, Locale::Indonesian) => "Dibatalkan",
            (Self::Cancelled, Locale::English) => "Cancelled",
        }
    }
}

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
    pub placed_at: DateTime<Utc>,
    /// Until when it must be paid, while it waits for that.
    pub pay_by: Option<DateTime<Utc>>,
    pub tracking_number: Option<String>,
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
    /// What a membership takes off the goods.
    pub member_discount: Money,
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
}

impl OrderLine {
    /// What the buyer pays for the line, as [`crate::pricing::PricedLine`] has it: what is shared out when units come back.
    pub fn charged(&self, tax_included: bool) -> Option<Money> {
        let net = self.total.minus(self.member_discount)?.minus(self.voucher_discount)?;
        if tax_included { Some(net) } else { net.plus(self.tax) }
    }
}

/// A step in an order's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    pub status: OrderStatus,
    pub at: DateTime<Utc>,
    pub actor: Actor,
    pub note: Option<String>,
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
    /// Only those with a payment that a person must look at.
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

/// Asks for an order in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetOrder {
    pub order_id: OrderId,
}

/// Says that the parcel is with the courier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShipOrder {
    pub order_id: OrderId,
    /// Empty when the courier gives none.
    pub tracking_number: String,
}

/// Says that the buyer has the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompleteOrder {
    pub order_id: OrderId,
}

/// Asks to call an order off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelOrder {
    pub order_id: OrderId,
    /// Why, for the history.
    pub reason: String,
}

/// Refusals of the state machine, as people read them.
impl From<IllegalMove> for Message {
    fn from(_: IllegalMove) -> Self {
        Self::IllegalMove
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{OrderEvent, OrderStatus, StockEffect, Totals};
    use crate::money::Money;

    #[test]
    fn every_edge_is_known() {
        let edges: Vec<String> = OrderStatus::ALL
            .iter()
            .flat_map(|from| OrderEvent::ALL.iter().map(move |event| (from, event)))
            .filter_map(|(from, event)| {
                let step = from.after(*event).ok()?;
                Some(format!("{from} --{event}--> {} ({})", step.to, step.stock))
            })
            .collect();
        assert_eq!(
            edges,
            [
                "pending_payment --payment_arrived--> processing (sell)",
                "pending_payment --time_ran_out--> cancelled (release)",
                "pending_payment --called_off--> cancelled (release)",
                "processing --handed_to_courier--> shipped (nothing)",
                "processing --called_off--> cancelled (restock)",
                "shipped --delivered--> completed (nothing)",
            ]
        );
    }

    #[test]
    fn totals_from_before_discounts_and_taxes_still_read() {
        let totals: Totals = serde_json::from_str(r#"{"subtotal":100000,"delivery":10000,"total":110000}"#).unwrap();
        assert_eq!(totals, Totals::of([Money::minor(100_000)], Money::minor(10_000)).unwrap());
    }

    proptest! {
        /// Units are held once, and then either sold or released; only sold ones can be restocked, once.
        #[test]
        fn no_walk_ends_a_hold_twice(events in proptest::collection::vec(0..OrderEvent::ALL.len(), 0..40)) {
            let (mut status, mut held, mut sold) = (OrderStatus::PendingPayment, true, false);
            for event in events {
                let Ok(step) = status.after(OrderEvent::ALL[event]) else { continue };
                match step.stock {
                    StockEffect::Nothing => {}
                    StockEffect::Sell => { prop_assert!(held); held = false; sold = true; }
                    StockEffect::Release => { prop_assert!(held); held = false; }
                    StockEffect::Restock => { prop_assert!(sold); sold = false; }
                }
                status = step.to;
            }
            if status == OrderStatus::Cancelled { prop_assert!(!held && !sold); }
        }

        #[test]
        fn the_parts_sum_to_the_total(lines in proptest::collection::vec(0_i64..1_000_000_000, 0..50), delivery in 0_i64..1_000_000) {
            let totals = Totals::of(lines.into_iter().map(Money::minor), Money::minor(delivery)).unwrap();
            prop_assert_eq!(totals.subtotal.plus(totals.delivery), Some(totals.total));
            prop_assert!(totals.is_exact());
        }
    }
}
