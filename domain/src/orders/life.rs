//! The life of an order: every step that there is, and everything that each step brings with it.
//!
//! One table, [`OrderStatus::after`]; the drawing in ARCHITECTURE.md is made from it.

use crate::locale::Locale;
use crate::mail::MailKind;
use crate::message::{Message, Words};
use crate::money::Money;
use crate::payments::PaymentMethod;
use crate::text_enum::text_enum;

#[cfg(test)]
mod tests;

text_enum! {
    /// Where an order stands between the cart and the doormat.
    pub enum OrderStatus {
        PendingPayment = "pending_payment",
        Processing = "processing",
        /// Some units are with the courier, others are still here.
        PartiallyShipped = "partially_shipped",
        Shipped = "shipped",
        Completed = "completed",
        Cancelled = "cancelled",
        /// Every unit came back.
        Returned = "returned",
    }
}

text_enum! {
    /// Something that happens to an order.
    pub enum OrderEvent {
        /// The gateway has the money.
        PaymentArrived = "payment_arrived",
        /// Nobody paid in time.
        TimeRanOut = "time_ran_out",
        /// Some of its units are with the courier, others stay.
        PartHandedToCourier = "part_handed_to_courier",
        /// The last of its units are with the courier.
        HandedToCourier = "handed_to_courier",
        /// The buyer has the goods.
        Delivered = "delivered",
        /// Staff call it off.
        CalledOff = "called_off",
        /// The buyer calls it off.
        CalledOffByBuyer = "called_off_by_buyer",
        /// The gateway has the money after time ran out, and the units and the voucher can be had again.
        MoneyCameLate = "money_came_late",
        /// What has not left yet is called off; the rest of the order goes on.
        RestCalledOff = "rest_called_off",
        /// The last of its units came back.
        EverythingReturned = "everything_returned",
    }
}

text_enum! {
    /// What placing an order does with its units.
    pub enum PlacedUnits {
        /// They are promised until it is paid.
        Hold = "hold",
        /// They leave the shelf now.
        Sell = "sell",
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
        /// Those that are called off go back on the shelf, the others have left.
        RestockRest = "restock_rest",
        /// Units that were released leave the shelf after all; without them there is no move.
        SellAgain = "sell_again",
    }
}

text_enum! {
    /// What a move does to the voucher of an order.
    pub enum VoucherEffect {
        Nothing = "nothing",
        /// It may be used again, if the order still has it.
        GiveBack = "give_back",
        /// What was given back is used again; without it there is no move.
        TakeAgain = "take_again",
    }
}

text_enum! {
    /// What a move does to the money of an order.
    pub enum MoneyEffect {
        Nothing = "nothing",
        /// What was to be paid at the door has been paid.
        Collect = "collect",
        /// What was paid and has not gone back goes back.
        Refund = "refund",
        /// What was paid for the units that are called off goes back.
        RefundRest = "refund_rest",
    }
}

text_enum! {
    /// What a move does about the invoice.
    pub enum InvoiceEffect {
        Nothing = "nothing",
        /// The order gets its invoice, unless it has one.
        Issue = "issue",
    }
}

text_enum! {
    /// What the shop's own people hear of a move.
    pub enum Telling {
        OrderPaid = "order_paid",
        OrderMoved = "order_moved",
    }
}

/// A move that the state machine allows, with all that it brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    pub to: OrderStatus,
    pub stock: StockEffect,
    pub voucher: VoucherEffect,
    pub money: MoneyEffect,
    pub invoice: InvoiceEffect,
    /// What the buyer is written.
    pub mail: Option<MailKind>,
    pub tells: Telling,
}

/// Where an order begins, and what that brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beginning {
    pub status: OrderStatus,
    pub units: PlacedUnits,
}

impl Beginning {
    /// Where an order of that total begins that is to be paid so: what is paid at the door, or costs nothing, waits for
    /// nothing.
    pub fn of(method: PaymentMethod, total: Money) -> Self {
        if method.is_online() && total > Money::ZERO {
            Self { status: OrderStatus::PendingPayment, units: PlacedUnits::Hold }
        } else {
            Self { status: OrderStatus::Processing, units: PlacedUnits::Sell }
        }
    }
}

/// The move that a status does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a {from} order cannot take the step {event}")]
pub struct IllegalMove {
    pub from: OrderStatus,
    pub event: OrderEvent,
}

impl OrderStatus {
    /// What follows `event`, and what it brings.
    ///
    /// # Errors
    /// [`IllegalMove`] when the status does not allow the step.
    pub fn after(self, event: OrderEvent) -> Result<Move, IllegalMove> {
        use OrderEvent::{
            CalledOff, CalledOffByBuyer, Delivered, EverythingReturned, HandedToCourier, MoneyCameLate,
            PartHandedToCourier, PaymentArrived, RestCalledOff, TimeRanOut,
        };
        use OrderStatus::{Cancelled, Completed, PartiallyShipped, PendingPayment, Processing, Returned, Shipped};

        let quiet = Move::quietly_to;
        Ok(match (self, event) {
            (PendingPayment, PaymentArrived) => Move {
                stock: StockEffect::Sell,
                invoice: InvoiceEffect::Issue,
                mail: Some(MailKind::PaymentArrived),
                tells: Telling::OrderPaid,
                ..quiet(Processing)
            },
            (PendingPayment, TimeRanOut) => Move {
                stock: StockEffect::Release,
                voucher: VoucherEffect::GiveBack,
                mail: Some(MailKind::OrderExpired),
                ..quiet(Cancelled)
            },
            (PendingPayment, CalledOff | CalledOffByBuyer) => Move {
                stock: StockEffect::Release,
                voucher: VoucherEffect::GiveBack,
                mail: Some(MailKind::OrderCancelled),
                ..quiet(Cancelled)
            },
            (Processing, CalledOff | CalledOffByBuyer) => Move {
                stock: StockEffect::Restock,
                voucher: VoucherEffect::GiveBack,
                money: MoneyEffect::Refund,
                mail: Some(MailKind::OrderCancelled),
                ..quiet(Cancelled)
            },
            (Processing | PartiallyShipped, PartHandedToCourier) => {
                Move { invoice: InvoiceEffect::Issue, mail: Some(MailKind::OrderShipped), ..quiet(PartiallyShipped) }
            }
            (Processing | PartiallyShipped, HandedToCourier) => {
                Move { invoice: InvoiceEffect::Issue, mail: Some(MailKind::OrderShipped), ..quiet(Shipped) }
            }
            (PartiallyShipped, RestCalledOff) => Move {
                stock: StockEffect::RestockRest,
                money: MoneyEffect::RefundRest,
                mail: Some(MailKind::RestCalledOff),
                ..quiet(Shipped)
            },
            (Shipped, Delivered) => Move { money: MoneyEffect::Collect, ..quiet(Completed) },
            (Shipped | Completed, EverythingReturned) => {
                Move { mail: Some(MailKind::OrderReturned), ..quiet(Returned) }
            }
            (Cancelled, MoneyCameLate) => Move {
                stock: StockEffect::SellAgain,
                voucher: VoucherEffect::TakeAgain,
                invoice: InvoiceEffect::Issue,
                mail: Some(MailKind::PaymentArrived),
                tells: Telling::OrderPaid,
                ..quiet(Processing)
            },
            (from, event) => return Err(IllegalMove { from, event }),
        })
    }

    /// Whether the shop waits for nothing more; only late money or a return still moves such an order.
    pub const fn is_final(self) -> bool {
        match self {
            Self::Completed | Self::Cancelled | Self::Returned => true,
            Self::PendingPayment | Self::Processing | Self::PartiallyShipped | Self::Shipped => false,
        }
    }

    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::PendingPayment => ("Menunggu pembayaran", "Awaiting payment"),
            Self::Processing => ("Diproses", "Processing"),
            Self::PartiallyShipped => ("Dikirim sebagian", "Partly shipped"),
            Self::Shipped => ("Dikirim", "Shipped"),
            Self::Completed => ("Selesai", "Completed"),
            Self::Cancelled => ("Dibatalkan", "Cancelled"),
            Self::Returned => ("Dikembalikan", "Returned"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}

impl OrderEvent {
    /// Whether it calls the whole order off.
    pub const fn calls_off(self) -> bool {
        match self {
            Self::TimeRanOut | Self::CalledOff | Self::CalledOffByBuyer => true,
            Self::PaymentArrived
            | Self::PartHandedToCourier
            | Self::HandedToCourier
            | Self::Delivered
            | Self::MoneyCameLate
            | Self::RestCalledOff
            | Self::EverythingReturned => false,
        }
    }

    /// The end of "this order cannot …".
    const fn step(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::PaymentArrived => ("menerima pembayaran", "take a payment"),
            Self::TimeRanOut => ("habis waktu", "run out of time"),
            Self::CalledOff | Self::CalledOffByBuyer => ("dibatalkan", "be cancelled"),
            Self::PartHandedToCourier => ("dikirim sebagian", "be shipped in part"),
            Self::HandedToCourier => ("dikirim", "be shipped"),
            Self::Delivered => ("ditandai sudah diterima", "be marked as delivered"),
            Self::MoneyCameLate => ("dilanjutkan oleh pembayaran yang terlambat", "go on after a late payment"),
            Self::RestCalledOff => ("dibatalkan sebagian", "be partly cancelled"),
            Self::EverythingReturned => ("dikembalikan", "be returned"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}

impl Move {
    const fn quietly_to(to: OrderStatus) -> Self {
        Self {
            to,
            stock: StockEffect::Nothing,
            voucher: VoucherEffect::Nothing,
            money: MoneyEffect::Nothing,
            invoice: InvoiceEffect::Nothing,
            mail: None,
            tells: Telling::OrderMoved,
        }
    }
}

/// What an order that is cancelled does with money that comes for it: only one that merely ran out of time goes on.
///
/// Whoever called it off does not want it any more, so that such money goes back.
pub fn goes_on_when_money_comes(status: OrderStatus, ended_by: Option<OrderEvent>) -> bool {
    status == OrderStatus::Cancelled && ended_by == Some(OrderEvent::TimeRanOut)
}

/// Refusals of the state machine, as people read them.
impl From<IllegalMove> for Message {
    fn from(refusal: IllegalMove) -> Self {
        Self::IllegalMove {
            status: Words::of(|locale| refusal.from.label(locale)),
            step: Words::of(|locale| refusal.event.step(locale)),
        }
    }
}
