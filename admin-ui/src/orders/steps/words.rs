//! What the dialog of a step says.

use domain::orders::{OrderDetail, OrderStatus};
use domain::payments::PaymentMethod;

use super::{Step, left};
use crate::texts::OrderText;

/// The words of a step's dialog.
pub(super) struct Words {
    pub(super) title: OrderText,
    pub(super) explanation: OrderText,
    /// The field's name in the request, its label and its hint, when the step needs a line.
    pub(super) field: Option<(&'static str, OrderText, OrderText)>,
    pub(super) confirm: OrderText,
    pub(super) look: &'static str,
    /// What is said when it is done.
    pub(super) done: OrderText,
}

impl Words {
    /// The words for a step of an order.
    pub(super) fn of(step: Step, order: &OrderDetail) -> Self {
        let number = order.number.clone();
        match step {
            Step::Ship => Self {
                title: OrderText::ShipAsk { number: number.clone() },
                explanation: OrderText::ShipExplain,
                field: Some(("tracking_number", OrderText::Tracking, OrderText::TrackingHint)),
                confirm: OrderText::ShipConfirm,
                look: "is-primary",
                done: OrderText::DoneShipped { number },
            },
            Step::Complete => Self {
                title: OrderText::CompleteAsk { number: number.clone() },
                explanation: OrderText::CompleteExplain,
                field: None,
                confirm: OrderText::CompleteConfirm,
                look: "is-primary",
                done: OrderText::DoneCompleted { number },
            },
            Step::Cancel => Self {
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
                field: Some(("reason", OrderText::Reason, OrderText::ReasonHint)),
                confirm: OrderText::CancelConfirm,
                look: "is-bad",
                done: OrderText::DoneCancelled { number },
            },
            Step::CallOffRest => Self {
                title: OrderText::CallOffRestAsk { units: left(order) },
                explanation: match order.payment_method {
                    PaymentMethod::CashOnDelivery => OrderText::CallOffRestExplainUnpaid,
                    PaymentMethod::Demo => OrderText::CallOffRestExplainPaid,
                },
                field: Some(("reason", OrderText::Reason, OrderText::ReasonHint)),
                confirm: OrderText::CallOffRest,
                look: "is-bad",
                done: OrderText::DoneRestCalledOff { number },
            },
        }
    }
}
