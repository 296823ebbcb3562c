//! Where an order stands, as its buyer sees it.

use domain::orders::{HistoryEntry, HistoryKind, OrderDetail, OrderStatus};
use domain::payments::PaymentStatus;
use domain::shipping::DeliveryMethod;

use super::money::{self, Way};
use crate::layout::Layout;
use crate::texts::After;

/// What came of the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Paid,
    /// The courier brings the bill.
    CashLater,
    /// The provider has not said anything yet.
    Waiting,
    /// The last try gave no money; another one may.
    Failed,
    /// A person must look.
    InReview,
    Cancelled,
}

impl Outcome {
    /// The word in the page and its styles.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::CashLater => "cash",
            Self::Waiting => "waiting",
            Self::Failed => "failed",
            Self::InReview => "review",
            Self::Cancelled => "cancelled",
        }
    }

    /// The icon that says the same.
    pub(crate) const fn icon(self) -> &'static str {
        match self {
            Self::Paid | Self::CashLater => "done",
            Self::Waiting | Self::InReview => "waiting",
            Self::Failed | Self::Cancelled => "failed",
        }
    }

    /// Whether paying once more makes sense.
    pub(crate) const fn may_try_again(self) -> bool {
        match self {
            Self::Failed => true,
            Self::Paid | Self::CashLater | Self::Waiting | Self::InReview | Self::Cancelled => false,
        }
    }
}

/// A step of the order's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) title: String,
    pub(crate) at: Option<String>,
    pub(crate) state: StepState,
}

/// Whether a step lies behind, is now, or comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepState {
    Done,
    Now,
    Next,
    Cancelled,
}

impl Step {
    /// The word in the page's styles.
    pub(crate) fn class(&self) -> &'static str {
        match self.state {
            StepState::Done => "is-done",
            StepState::Now => "is-now",
            StepState::Next => "is-next",
            StepState::Cancelled => "is-cancelled",
        }
    }
}

/// What came of an order's payment.
pub(crate) fn outcome(order: &OrderDetail) -> Outcome {
    match (order.status, order.payment_method.is_online(), order.payment_status) {
        (_, _, Some(PaymentStatus::NeedsReview)) => Outcome::InReview,
        (OrderStatus::Cancelled, _, _) => Outcome::Cancelled,
        (_, false, _) => Outcome::CashLater,
        (OrderStatus::PendingPayment, true, Some(PaymentStatus::Failed | PaymentStatus::Expired)) => Outcome::Failed,
        (OrderStatus::PendingPayment, true, _) => Outcome::Waiting,
        (
            OrderStatus::Processing
            | OrderStatus::PartiallyShipped
            | OrderStatus::Shipped
            | OrderStatus::Completed
            | OrderStatus::Returned,
            true,
            _,
        ) => Outcome::Paid,
    }
}

/// The order's way: what happened, where it stands, and what comes.
pub(crate) fn steps(layout: &Layout, order: &OrderDetail) -> Vec<Step> {
    let at = |status: OrderStatus| {
        let is_it = |entry: &&HistoryEntry| entry.kind == HistoryKind::Step && entry.status == status;
        let entry = order.history.iter().rev().find(is_it);
        entry.map(|entry| layout.moment(&entry.at))
    };
    let placed = Step {
        title: layout.say(After::StepPlaced),
        at: Some(layout.moment(&order.placed_at)),
        state: StepState::Done,
    };
    if order.status == OrderStatus::Cancelled {
        let title = layout.say(After::StepCancelled);
        let cancelled = Step { title, at: at(OrderStatus::Cancelled), state: StepState::Cancelled };
        let Some(way) = money::way(order) else { return vec![placed, cancelled] };
        // Late money came when the order was over already.
        let paid_at = at(OrderStatus::Processing).filter(|_| order.payment_method.is_online());
        let title = layout.say(After::StepPaid);
        let paid = paid_at.map(|at| Step { title, at: Some(at), state: StepState::Done });
        let (title, state) = match way {
            Way::OnItsWay => (After::StepMoneyOnItsWay, StepState::Now),
            Way::Arrived => (After::StepMoneyBack, StepState::Done),
        };
        let back = Step { title: layout.say(title), at: money::last_moment(layout, order), state };
        return [placed].into_iter().chain(paid).chain([cancelled, back]).collect();
    }
    let accepted = if order.payment_method.is_online() { After::StepPaid } else { After::StepAccepted };
    let (shipped, completed) = match order.delivery_method {
        DeliveryMethod::Courier => (After::StepShipped, After::StepCompleted),
        DeliveryMethod::Pickup => (After::StepReady, After::StepFetched),
    };
    let end = match order.status {
        OrderStatus::Returned => (OrderStatus::Returned, After::StepReturned),
        OrderStatus::PendingPayment
        | OrderStatus::Processing
        | OrderStatus::PartiallyShipped
        | OrderStatus::Shipped
        | OrderStatus::Completed
        | OrderStatus::Cancelled => (OrderStatus::Completed, completed),
    };
    let rest = [(OrderStatus::Processing, accepted), (OrderStatus::Shipped, shipped), end];
    let rest = rest.into_iter().map(|(status, title)| Step {
        title: layout.say(title),
        at: at(status),
        state: state(order.status, status),
    });
    [placed].into_iter().chain(rest).collect()
}

/// Something that happened beside the way: units that came back, money that goes back.
pub(crate) struct Aside {
    pub(crate) title: &'static str,
    pub(crate) at: String,
    pub(crate) note: Option<String>,
}

/// What happened beside the way, oldest first.
pub(crate) fn asides(layout: &Layout, order: &OrderDetail) -> Vec<Aside> {
    let told = order.history.iter().filter(|entry| entry.kind.is_for_buyers());
    let aside = |entry: &HistoryEntry| Aside {
        title: entry.label(layout.locale),
        at: layout.moment(&entry.at),
        note: entry.note.clone(),
    };
    told.map(aside).collect()
}

/// How a step of the way stands when the order has reached `reached`. A part that is on its way is not yet a step.
fn state(reached: OrderStatus, step: OrderStatus) -> StepState {
    let reached = if reached == OrderStatus::PartiallyShipped { OrderStatus::Processing } else { reached };
    match (reached == step, reached < step) {
        (true, _) if reached.is_final() => StepState::Done,
        (true, _) => StepState::Now,
        (false, true) => StepState::Next,
        (false, false) => StepState::Done,
    }
}

#[cfg(test)]
mod tests {
    use domain::orders::OrderStatus;

    use super::{StepState, state};

    #[test]
    fn the_way_lies_behind_before_and_at_the_orders_state() {
        use OrderStatus::{Completed, PartiallyShipped, PendingPayment, Processing, Shipped};
        let row = |reached| [Processing, Shipped, Completed].map(|step| state(reached, step));
        assert_eq!(row(PendingPayment), [StepState::Next; 3]);
        assert_eq!(row(Processing), [StepState::Now, StepState::Next, StepState::Next]);
        assert_eq!(row(Shipped), [StepState::Done, StepState::Now, StepState::Next]);
        assert_eq!(row(PartiallyShipped), row(Processing));
        assert_eq!(row(Completed), [StepState::Done; 3]);
    }
}
