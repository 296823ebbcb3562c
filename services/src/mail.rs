//! Mail: letters wait in an outbox that is written in the transaction of what they tell. What sends them is `letters`.

use domain::customers::CustomerId;
use domain::mail::MailKind;
use domain::memberships::{MembershipId, MembershipPurchaseId};
use domain::orders::OrderId;
use domain::payments::RefundId;

use crate::database::Work;
use crate::error::Result;

mod queries;
mod words;

pub(crate) use words::LetterWords;
pub use words::{Compose, Composed, Letter, LetterMoney, Matter};

/// What a letter is about; it goes to whom that belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About {
    Order(OrderId),
    Purchase(MembershipPurchaseId),
    Membership(MembershipId),
    Customer(CustomerId),
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

impl From<CustomerId> for About {
    fn from(customer: CustomerId) -> Self {
        Self::Customer(customer)
    }
}

impl From<MembershipId> for About {
    fn from(membership: MembershipId) -> Self {
        Self::Membership(membership)
    }
}

/// Leaves a letter in the outbox. The caller's event about the order or the membership tells the desk of it, too.
pub(crate) async fn write(
    work: &mut Work,
    kind: MailKind,
    about: impl Into<About>,
    refund: Option<RefundId>,
) -> Result<()> {
    let now = work.now();
    Ok(queries::insert(work, kind, about.into(), refund, now).await?)
}
