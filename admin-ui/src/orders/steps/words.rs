//! What the dialog of a step says.

use domain::orders::{OrderDetail, OrderStatus};

use super::{Closing, left};
use crate::orders::OrderText;

/// The words of a step's dialog.
pub(super) struct Words {
    pub(super) title: OrderText,
    pub(super) explanation: OrderText,
    pub(super) confirm: OrderText,
    pub(super) look: &'static str,
    /// What is said when it is done.
    pub(super) done: OrderText,
}

impl Words {
    /// The words for a step of an order.
    pub(super) fn of(step: Closing, order: &OrderDetail) -> Self {
        let number = order.number.clone();
        match step {
            Closing::Complete => Self {
                title: OrderText::CompleteAsk { number: number.clone() },
                explanation: OrderText::CompleteExplain,
                confirm: OrderText::CompleteConfirm,
                look: "is-primary",
                done: OrderText::DoneCompleted { number },
            },
            Closing::Cancel => Self {
                title: OrderText::CancelAsk { number: number.clone() },
                explanation: match order.status {
                    OrderStatus::PendingPayment => OrderText::CancelExplainUnpaid,
                    OrderStatus::Processing
                    | OrderStatus::PartiallyShipped
                    | OrderStatus::Shipped
                    | OrderStatus::Returned
                    | OrderStatus::Completed
                    | OrderStatus::Cancelled => OrderText::CancelExplainPaid,
                },
                confirm: OrderText::CancelConfirm,
                look: "is-bad",
                done: OrderText::DoneCancelled { number },
            },
            Closing::CallOffRest => Self {
                title: OrderText::CallOffRestAsk { units: left(order) },
                explanation: match order.payment_method.collects_at_door() {
                    true => OrderText::CallOffRestExplainUnpaid,
                    false => OrderText::CallOffRestExplainPaid,
                },
                confirm: OrderText::CallOffRest,
                look: "is-bad",
                done: OrderText::DoneRestCalledOff { number },
            },
        }
    }
}
