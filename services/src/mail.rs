//! Mail: letters wait in an outbox that is written in the transaction of what they tell.

use domain::mail::MailKind;
use domain::memberships::{MembershipId, MembershipPurchaseId};
use domain::orders::OrderId;
use domain::payments::RefundId;

use crate::database::Work;
use crate::error::Result;

mod queries;

/// What a letter is about; it goes to whom that belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About {
    Order(OrderId),
    Purchase(MembershipPurchaseId),
    Membership(MembershipId),
}

impl From<OrderId> for About {
    fn from(order: OrderId) -> Self {
        Self::Order(order)
    }
}

impl From<MembershipPurchaseId> for About {
    fn from(purchase: MembershipPurchaseId) -> Self {
        Self::Purchase(purchase)
    }
}

impl From<MembershipId> for About {
    fn from(membership: MembershipId) -> Self {
        Self::Membership(membership)
    }
}

/// Leaves a letter in the outbox.
pub(crate) async fn write(
    work: &mut Work,
    kind: MailKind,
    about: impl Into<About>,
    refund: Option<RefundId>,
) -> Result<()> {
    let now = work.now();
    Ok(queries::insert(work, kind, about.into(), refund, now).await?)
}
