//! Mail: letters wait in an outbox that is written in the transaction of what they tell. What sends them is `letters`.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::mail::{MailKind, Told};
use domain::memberships::{MembershipId, MembershipPurchaseId};
use domain::orders::OrderId;
use domain::payments::RefundId;
use domain::settings::Settings;
use domain::staff::StaffId;
use sqlx::MySqlConnection;

use crate::database::Work;
use crate::error::Result;

mod queries;
mod words;

pub(crate) use words::LetterWriters;
pub use words::{Composed, Letter, LetterMoney, LetterWriter, Matter, Reader};

/// What a letter is about; it goes to whom that belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About {
    Order(OrderId),
    Purchase(MembershipPurchaseId),
    Membership(MembershipId),
    Customer(CustomerId),
    /// Somebody who works here.
    Staff(StaffId),
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

impl From<StaffId> for About {
    fn from(staff: StaffId) -> Self {
        Self::Staff(staff)
    }
}

/// A letter about to be left in the outbox.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaving<'a> {
    kind: MailKind,
    about: About,
    refund: Option<RefundId>,
    to: Option<&'a str>,
    told: Option<&'a Told>,
    once: Option<&'a str>,
}

impl<'a> Leaving<'a> {
    pub(crate) fn of(kind: MailKind, about: impl Into<About>) -> Self {
        Self { kind, about: about.into(), refund: None, to: None, told: None, once: None }
    }

    /// To another address than that of whom it is about.
    pub(crate) fn to(self, address: &'a str) -> Self {
        Self { to: Some(address), ..self }
    }

    /// With facts that are kept with it.
    pub(crate) fn telling(self, told: &'a Told) -> Self {
        Self { told: Some(told), ..self }
    }

    /// Only when there is none with that word yet.
    pub(crate) fn once(self, word: &'a str) -> Self {
        Self { once: Some(word), ..self }
    }

    /// Leaves it in the outbox. False when it lies there already.
    pub(crate) async fn write(self, work: &mut Work) -> Result<bool> {
        let now = work.now();
        let told = self.told.map(serde_json::to_string).transpose()?;
        Ok(queries::insert(work, &self, told.as_deref(), now).await?)
    }
}

/// Leaves a letter in the outbox. The caller's event about the order or the membership tells the desk of it, too.
pub(crate) async fn write(
    work: &mut Work,
    kind: MailKind,
    about: impl Into<About>,
    refund: Option<RefundId>,
) -> Result<()> {
    Leaving { refund, ..Leaving::of(kind, about) }.write(work).await.map(drop)
}

/// Tells the owner of something, once: of letters with the same word there is one. False when it was told before, when the
/// owner wants no such letters, or when nobody owns the shop.
pub(crate) async fn tell_owner(
    work: &mut Work,
    settings: &Settings,
    kind: MailKind,
    about: Option<About>,
    told: Option<&Told>,
    once: &str,
) -> Result<bool> {
    if !settings.wants_letter(kind) {
        return Ok(false);
    }
    let now = work.now();
    let told = told.map(serde_json::to_string).transpose()?;
    Ok(queries::insert_for_owner(work, kind, about, told.as_deref(), once, now).await?)
}

/// How many letters of a kind were left for an account since a moment.
pub(crate) async fn count_since(
    conn: &mut MySqlConnection,
    kind: MailKind,
    customer: CustomerId,
    since: DateTime<Utc>,
) -> Result<u64> {
    Ok(queries::count_since(conn, kind, customer, since).await?)
}

/// The same for somebody who works here.
pub(crate) async fn count_for_staff(
    conn: &mut MySqlConnection,
    kind: MailKind,
    staff: StaffId,
    since: DateTime<Utc>,
) -> Result<u64> {
    Ok(queries::count_for_staff(conn, kind, staff, since).await?)
}

/// The same about an order.
pub(crate) async fn count_about(
    conn: &mut MySqlConnection,
    kind: MailKind,
    order: OrderId,
    since: DateTime<Utc>,
) -> Result<u64> {
    Ok(queries::count_about(conn, kind, order, since).await?)
}
