//! How statuses that several screens show look: those of orders and of their payments.

use domain::locale::Locale;
use domain::orders::OrderStatus;
use domain::payments::PaymentStatus;
use yew::prelude::*;

use crate::kit::{Glyph, Pill, use_locale};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct OrderPillProps {
    pub(crate) status: OrderStatus,
}

/// Where an order stands.
#[component]
pub(crate) fn OrderPill(props: &OrderPillProps) -> Html {
    let locale = use_locale();
    let (icon, tone) = order_look(props.status);
    html! {
        <span data-test="status" data-status={props.status.as_str()}>
            <Pill {icon} {tone} text={props.status.label(locale)} />
        </span>
    }
}

/// The icon and the tone of an order's status.
pub(crate) fn order_look(status: OrderStatus) -> (Glyph, &'static str) {
    match status {
        OrderStatus::PendingPayment => (Glyph::Clock, "warn"),
        OrderStatus::Processing => (Glyph::Packing, "busy"),
        OrderStatus::PartiallyShipped => (Glyph::Parcels, "busy"),
        OrderStatus::Shipped => (Glyph::Truck, "plain"),
        OrderStatus::Completed => (Glyph::Done, "good"),
        OrderStatus::Cancelled => (Glyph::Cancelled, "off"),
        OrderStatus::Returned => (Glyph::Undo, "off"),
    }
}

/// Where a payment stands, as a pill.
pub(crate) fn payment_pill(status: PaymentStatus, locale: Locale) -> Html {
    let (icon, tone) = match status {
        PaymentStatus::Pending => (Glyph::Clock, "warn"),
        PaymentStatus::Paid => (Glyph::Done, "good"),
        PaymentStatus::Failed => (Glyph::Cancelled, "bad"),
        PaymentStatus::Expired => (Glyph::Clock, "off"),
        PaymentStatus::NeedsReview => (Glyph::Alert, "bad"),
    };
    html! { <Pill {icon} {tone} text={status.label(locale)} /> }
}

#[cfg(test)]
mod tests {
    use domain::orders::OrderStatus;

    use super::order_look;

    #[test]
    fn no_two_statuses_look_the_same() {
        let looks: Vec<_> = OrderStatus::ALL.iter().map(|status| order_look(*status).0).collect();
        for (at, look) in looks.iter().enumerate() {
            assert!(!looks.iter().skip(at + 1).any(|other| other == look), "{look:?}");
        }
    }
}
