//! Mail: letters wait in an outbox that is written in the transaction of what they tell.

use domain::customers::CustomerId;
use domain::mail::{LetterPage, ListLetters, MailKind};
use domain::memberships::{MembershipId, MembershipPurchaseId};
use domain::orders::OrderId;
use domain::payments::RefundId;
use domain::staff::{Permission, Staff};

use crate::Shop;
use crate::database::Work;
use crate::error::Result;

mod queries;

const PER_PAGE: usize = 25;

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

/// A page of letters, newest first. What is written meanwhile moves no page.
pub(crate) async fn page(shop: &Shop, staff: &Staff, request: ListLetters) -> Result<LetterPage> {
    staff.require(Permission::ChangeSettings)?;
    // One more than is shown tells whether there are older ones.
    let mut rows = queries::letters(&mut *shop.db.acquire().await?, request.before, PER_PAGE as u64 + 1).await?;
    let has_older = rows.len() > PER_PAGE;
    rows.truncate(PER_PAGE);
    let older_than = rows.last().filter(|_| has_older).map(|row| row.id);
    Ok(LetterPage { rows: rows.into_iter().map(queries::Row::read).collect(), older_than })
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
