//! Walks through the life of an order, at random: nothing happens twice.

use proptest::prelude::*;

use super::{
    InvoiceEffect, MoneyEffect, OrderEvent, OrderStatus, StockEffect, VoucherEffect, goes_on_when_money_comes,
};
use crate::locale::Locale;
use crate::message::Message;

#[test]
fn a_refusal_names_the_status_and_the_step() {
    let refused = OrderStatus::Shipped.after(OrderEvent::CalledOff).unwrap_err();
    let message = Message::from(refused);
    assert_eq!(message.text(Locale::English), "This order is “Shipped”, so it cannot be cancelled.");
    assert_eq!(message.text(Locale::Indonesian), "Status pesanan ini “Dikirim”, jadi tidak bisa dibatalkan.");
}

/// Pitfall M6.
#[test]
fn nothing_revives_an_order_that_somebody_called_off() {
    for ended_by in OrderEvent::ALL {
        let goes_on = goes_on_when_money_comes(OrderStatus::Cancelled, Some(*ended_by));
        assert_eq!(goes_on, *ended_by == OrderEvent::TimeRanOut, "{ended_by}");
    }
    let only = OrderStatus::ALL.iter().filter(|status| status.after(OrderEvent::MoneyCameLate).is_ok());
    assert_eq!(only.collect::<Vec<_>>(), [&OrderStatus::Cancelled]);
}

/// The things of one order, as its moves use them up.
#[derive(Debug)]
struct Order {
    status: OrderStatus,
    ended_by: Option<OrderEvent>,
    held: bool,
    sold: bool,
    times_sold: u32,
    has_voucher: bool,
    paid: u32,
    refunded: u32,
    has_invoice: bool,
    rest_called_off: bool,
}

impl Order {
    fn placed() -> Self {
        Self {
            status: OrderStatus::PendingPayment,
            ended_by: None,
            held: true,
            sold: false,
            times_sold: 0,
            has_voucher: true,
            paid: 0,
            refunded: 0,
            has_invoice: false,
            rest_called_off: false,
        }
    }

    fn take(&mut self, event: OrderEvent) -> Result<(), TestCaseError> {
        let Ok(step) = self.status.after(event) else { return Ok(()) };
        if event == OrderEvent::MoneyCameLate && !goes_on_when_money_comes(self.status, self.ended_by) {
            return Ok(());
        }
        match event {
            OrderEvent::PaymentArrived | OrderEvent::MoneyCameLate => self.paid += 1,
            OrderEvent::TimeRanOut | OrderEvent::CalledOff | OrderEvent::CalledOffByBuyer => {
                self.ended_by = Some(event);
            }
            OrderEvent::PartHandedToCourier
            | OrderEvent::HandedToCourier
            | OrderEvent::Delivered
            | OrderEvent::RestCalledOff
            | OrderEvent::EverythingReturned => {
                prop_assert!(self.sold && self.has_invoice || step.invoice == InvoiceEffect::Issue);
            }
        }
        match step.stock {
            StockEffect::Nothing => {}
            StockEffect::Sell => {
                prop_assert!(self.held && !self.sold);
                (self.held, self.sold) = (false, true);
                self.times_sold += 1;
            }
            StockEffect::Release => {
                prop_assert!(self.held && !self.sold);
                self.held = false;
            }
            StockEffect::Restock => {
                prop_assert!(self.sold && !self.held);
                self.sold = false;
            }
            // A part has left by then, and stays sold.
            StockEffect::RestockRest => {
                prop_assert!(self.sold && !self.held && !self.rest_called_off);
                self.rest_called_off = true;
            }
            StockEffect::SellAgain => {
                prop_assert!(!self.sold && !self.held);
                self.sold = true;
                self.times_sold += 1;
            }
        }
        match step.voucher {
            VoucherEffect::Nothing => {}
            VoucherEffect::GiveBack => {
                prop_assert!(self.has_voucher);
                self.has_voucher = false;
            }
            VoucherEffect::TakeAgain => {
                prop_assert!(!self.has_voucher);
                self.has_voucher = true;
            }
        }
        if step.money == MoneyEffect::Refund {
            self.refunded = self.paid;
        }
        self.has_invoice |= step.invoice == InvoiceEffect::Issue;
        self.status = step.to;
        Ok(())
    }
}

proptest! {
    /// Checklist 76. Pitfall M6. Pitfall M16. Units are held, sold and restocked at most once; a voucher is used by
    /// every order that stands and by none that is cancelled; no more money goes back than was paid, and none of it
    /// stays with an order that is cancelled.
    #[test]
    fn no_walk_does_anything_twice(events in proptest::collection::vec(0..OrderEvent::ALL.len(), 0..60)) {
        let mut order = Order::placed();
        for event in events {
            order.take(OrderEvent::ALL[event])?;
            prop_assert!(order.times_sold <= 1 && order.paid <= 1);
            prop_assert!(order.refunded <= order.paid);
            prop_assert_eq!(order.has_voucher, order.status != OrderStatus::Cancelled);
        }
        let is_paid = order.paid > 0;
        match order.status {
            OrderStatus::PendingPayment => prop_assert!(order.held && !is_paid),
            OrderStatus::Cancelled => {
                prop_assert!(!order.held && !order.sold && order.refunded == order.paid);
            }
            OrderStatus::Processing
            | OrderStatus::PartiallyShipped
            | OrderStatus::Shipped
            | OrderStatus::Completed
            | OrderStatus::Returned => prop_assert!(order.sold && is_paid && order.has_invoice),
        }
    }
}
