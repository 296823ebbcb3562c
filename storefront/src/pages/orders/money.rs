//! Money that goes back, in the words that a buyer looks for first.

use domain::money::Money;
use domain::orders::{OrderDetail, OrderStatus};
use domain::payments::{PaymentStatus, Refund, RefundStatus};

use crate::layout::Layout;
use crate::texts::After;

/// How far the money of an order has come on its way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Some of it has not arrived, as far as we know.
    OnItsWay,
    Arrived,
}

/// Whether the order was paid and called off, so that its page begins with its money.
pub(super) fn is_what_matters(order: &OrderDetail) -> bool {
    order.status == OrderStatus::Cancelled && !order.refunds.is_empty()
}

/// How far it has come, if any goes back. That a gateway refuses is for the shop to solve.
pub(super) fn way(order: &OrderDetail) -> Option<Way> {
    let has_arrived = |refund: &Refund| refund.status == RefundStatus::Succeeded;
    match order.refunds.iter().all(has_arrived) {
        _ if order.refunds.is_empty() => None,
        true => Some(Way::Arrived),
        false => Some(Way::OnItsWay),
    }
}

/// When the last of it arrived, or was sent on its way.
pub(super) fn last_moment(layout: &Layout, order: &OrderDetail) -> Option<String> {
    let at = order.refunds.iter().map(|refund| refund.settled_at.unwrap_or(refund.at)).max()?;
    Some(layout.moment(&at))
}

/// What comes back, how and when: a sentence for what is on its way, and one for what arrived.
pub(super) fn words(layout: &Layout, order: &OrderDetail) -> Vec<String> {
    let way = || order.payment_method.label(layout.locale).to_owned();
    let some = |which: &dyn Fn(&Refund) -> bool| {
        let refunds: Vec<&Refund> = order.refunds.iter().filter(|refund| which(refund)).collect();
        let amount = Money::sum(refunds.iter().map(|refund| refund.amount))?;
        let at = refunds.iter().map(|refund| refund.settled_at.unwrap_or(refund.at)).max()?;
        Some((amount.display(order.currency), layout.moment(&at)))
    };
    let waiting = some(&|refund| refund.status != RefundStatus::Succeeded);
    let arrived = some(&|refund| refund.status == RefundStatus::Succeeded && !refund.by_hand);
    let by_hand = some(&|refund| refund.status == RefundStatus::Succeeded && refund.by_hand);
    let sentences = [
        waiting.map(|(amount, moment)| After::MoneyOnItsWay { amount, way: way(), moment }),
        arrived.map(|(amount, moment)| After::MoneyIsBack { amount, way: way(), moment }),
        by_hand.map(|(amount, moment)| After::MoneyIsBackByHand { amount, moment }),
    ];
    sentences.into_iter().flatten().map(|sentence| layout.say(sentence)).collect()
}

/// What came of the payment: that of an order whose money goes back is not simply paid.
pub(super) fn payment_state(layout: &Layout, order: &OrderDetail) -> Option<String> {
    let status = order.payment_status?;
    let words = match (status, way(order)) {
        (PaymentStatus::Paid, Some(_)) if order.balance.left() > Money::ZERO => {
            After::PaidPartBack { amount: order.balance.refunded.display(order.currency) }
        }
        (PaymentStatus::Paid, Some(Way::OnItsWay)) => After::PaidOnItsWayBack,
        (PaymentStatus::Paid, Some(Way::Arrived)) => After::PaidAllBack,
        _ => return Some(status.label(layout.locale).to_owned()),
    };
    Some(layout.say(words))
}
