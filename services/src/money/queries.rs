//! The SQL of money's ledger. Private to the room.

use chrono::{DateTime, Utc};
use domain::id::MembershipPurchaseId;
use domain::money::{Currency, Money};
use domain::orders::OrderId;
use domain::payments::{Payable, PaymentId, PaymentStatus};
use sqlx::MySqlConnection;

use crate::database::key;
use crate::gateways::{AttemptNames, FIRST_ASKED_AFTER, Page};

pub(super) mod asking;
pub(super) mod checking;
pub(super) mod closing;
pub(super) mod listing;
pub(crate) mod proofs;
pub(super) mod refunds;

/// The attempt that may still be paid.
pub(crate) struct LiveAttempt {
    pub(crate) id: PaymentId,
    pub(crate) gateway: String,
    pub(crate) reference: String,
    pub(crate) redirect_url: Option<String>,
    pub(crate) gateway_reference: Option<String>,
}

impl LiveAttempt {
    /// As both sides name it.
    pub(crate) fn names(&self) -> AttemptNames<'_> {
        AttemptNames { reference: &self.reference, gateway_reference: self.gateway_reference.as_deref() }
    }
}

/// What an attempt is after its page was noted.
pub(crate) struct PageNoted {
    /// Whether it may still be paid.
    pub(crate) is_live: bool,
    pub(crate) redirect_url: Option<String>,
    pub(crate) gateway_reference: Option<String>,
}

/// An attempt about to be written down.
pub(super) struct New<'a> {
    pub(super) what: Payable,
    pub(super) gateway: &'a str,
    pub(super) reference: &'a str,
    pub(super) amount: Money,
}

/// An attempt, held under a lock.
pub(crate) struct LockedAttempt {
    pub(crate) id: PaymentId,
    /// The one gateway that can say anything of it.
    pub(crate) gateway: String,
    pub(crate) status: PaymentStatus,
    pub(crate) amount: Money,
    pub(crate) currency: Currency,
}

pub(super) async fn live(conn: &mut MySqlConnection, what: Payable) -> sqlx::Result<Option<LiveAttempt>> {
    sqlx::query_as!(
        LiveAttempt,
        "select id as `id: _`, gateway as `gateway: _`, reference as `reference: _`, redirect_url as `redirect_url: _`,
                gateway_reference as `gateway_reference: _`
         from payments where live_order_id = ? or live_membership_purchase_id = ?",
        what.order(),
        what.membership(),
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn first_page(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Option<String>> {
    let url = sqlx::query_scalar!(
        "select redirect_url as `url: String` from payments
         where order_id = ? and redirect_url is not null order by id limit 1",
        order,
    )
    .fetch_optional(conn)
    .await?;
    Ok(url.flatten())
}

pub(super) async fn count_attempts(conn: &mut MySqlConnection, what: Payable) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "select count(*) as `count!: i64` from payments where order_id = ? or membership_purchase_id = ?",
        what.order(),
        what.membership(),
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    new: &New<'_>,
    currency: Currency,
    now: DateTime<Utc>,
) -> sqlx::Result<PaymentId> {
    let done = sqlx::query!(
        "insert into payments (order_id, live_order_id, membership_purchase_id, live_membership_purchase_id, gateway,
                               reference, status, amount, currency, created_at, updated_at)
         values (?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?)",
        new.what.order(),
        new.what.order(),
        new.what.membership(),
        new.what.membership(),
        new.gateway,
        new.reference,
        new.amount,
        currency,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(PaymentId::new(done.last_insert_id()))
}

/// Notes an attempt's page in the place of the one that was seen, and tells how the attempt is then: somebody else may have
/// noted another meanwhile, which stays, and it may have been given up.
pub(super) async fn set_page(
    conn: &mut MySqlConnection,
    id: PaymentId,
    seen: Option<&str>,
    page: &Page,
    now: DateTime<Utc>,
) -> sqlx::Result<PageNoted> {
    sqlx::query!(
        "update payments set redirect_url = ?, gateway_reference = ?, closed_at = null, asks = 0, ask_at = ?, updated_at = ?
         where id = ? and redirect_url <=> ?",
        page.url,
        page.gateway_reference,
        now + FIRST_ASKED_AFTER,
        now,
        id,
        seen,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query_as!(
        PageNoted,
        "select coalesce(live_order_id, live_membership_purchase_id) is not null as `is_live!: bool`,
                redirect_url as `redirect_url: _`, gateway_reference as `gateway_reference: _`
         from payments where id = ?",
        id,
    )
    .fetch_one(conn)
    .await
}

/// Ends an attempt, one way or another.
pub(super) async fn settle(
    conn: &mut MySqlConnection,
    id: PaymentId,
    status: PaymentStatus,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments set status = ?, live_order_id = null, live_membership_purchase_id = null, updated_at = ?
         where id = ?",
        status,
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Two statements, so that each locks by its own key and nothing else.
pub(super) async fn expire_live(conn: &mut MySqlConnection, what: Payable, now: DateTime<Utc>) -> sqlx::Result<()> {
    match what {
        Payable::Order(order) => {
            sqlx::query!(
                "update payments set status = 'expired', live_order_id = null, updated_at = ? where live_order_id = ?",
                now,
                order,
            )
            .execute(conn)
            .await?
        }
        Payable::Membership(purchase) => {
            sqlx::query!(
                "update payments set status = 'expired', live_membership_purchase_id = null, updated_at = ?
                 where live_membership_purchase_id = ?",
                now,
                purchase,
            )
            .execute(conn)
            .await?
        }
    };
    Ok(())
}

/// What a payment is for.
pub(super) async fn payable_of(conn: &mut MySqlConnection, reference: &str) -> sqlx::Result<Option<Payable>> {
    let Some(reference) = key(reference) else { return Ok(None) };
    let row = sqlx::query!(
        "select order_id as `order_id: OrderId`, membership_purchase_id as `purchase_id: MembershipPurchaseId`
         from payments where reference = ?",
        reference,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(|row| Payable::of(row.order_id, row.purchase_id)))
}

pub(super) async fn gateway_reference(
    conn: &mut MySqlConnection,
    gateway: &str,
    reference: &str,
) -> sqlx::Result<Option<String>> {
    let Some(reference) = key(reference) else { return Ok(None) };
    let found = sqlx::query_scalar!(
        "select gateway_reference as `gateway_reference: String` from payments where reference = ? and gateway = ?",
        reference,
        gateway,
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.flatten())
}

pub(super) async fn lock_attempt(conn: &mut MySqlConnection, reference: &str) -> sqlx::Result<Option<LockedAttempt>> {
    let Some(reference) = key(reference) else { return Ok(None) };
    sqlx::query_as!(
        LockedAttempt,
        "select id as `id: _`, gateway as `gateway: _`, status as `status: _`, amount as `amount: _`,
                currency as `currency: _`
         from payments where reference = ? for update",
        reference,
    )
    .fetch_optional(conn)
    .await
}
