//! The SQL of money that waits for a person's decision.

use chrono::{DateTime, Utc};
use domain::id::MembershipPurchaseId;
use domain::money::{Currency, Money};
use domain::orders::OrderId;
use domain::payments::{Payable, PaymentId, PaymentToCheck, RefundId};
use sqlx::MySqlConnection;

/// A payment of another amount.
pub(in crate::money) struct ToCheckRow {
    id: PaymentId,
    reference: String,
    gateway: String,
    asked: Money,
    currency: Currency,
    came: Option<Money>,
    came_currency: Option<Currency>,
    at: DateTime<Utc>,
}

impl ToCheckRow {
    /// As people see it.
    pub(in crate::money) fn read(self) -> PaymentToCheck {
        PaymentToCheck {
            id: self.id,
            reference: self.reference,
            gateway: self.gateway,
            asked: self.asked,
            currency: self.currency,
            came: self.came.zip(self.came_currency),
            at: self.at,
        }
    }
}

/// A refund that failed, and what its payment has left.
pub(crate) struct FailedRefund {
    pub(crate) amount: Money,
    pub(crate) payment: PaymentId,
    pub(crate) reference: String,
    pub(crate) left: i64,
}

pub(in crate::money) async fn to_check(conn: &mut MySqlConnection, what: Payable) -> sqlx::Result<Vec<ToCheckRow>> {
    sqlx::query_as!(
        ToCheckRow,
        "select id as `id: _`, reference as `reference: _`, gateway as `gateway: _`, amount as `asked: _`,
                currency as `currency: _`, reported_amount as `came: _`, reported_currency as `came_currency: _`,
                updated_at as `at: _`
         from payments
         where status = 'needs_review' and (order_id = ? or membership_purchase_id = ?) order by id",
        what.order(),
        what.membership(),
    )
    .fetch_all(conn)
    .await
}

/// A payment that waits for a decision; the caller has the lock of what it is for.
pub(in crate::money) async fn lock_to_check(
    conn: &mut MySqlConnection,
    id: PaymentId,
) -> sqlx::Result<Option<ToCheckRow>> {
    sqlx::query_as!(
        ToCheckRow,
        "select id as `id: _`, reference as `reference: _`, gateway as `gateway: _`, amount as `asked: _`,
                currency as `currency: _`, reported_amount as `came: _`, reported_currency as `came_currency: _`,
                updated_at as `at: _`
         from payments where id = ? and status = 'needs_review' for update",
        id,
    )
    .fetch_optional(conn)
    .await
}

pub(in crate::money) async fn payable_of_payment(
    conn: &mut MySqlConnection,
    id: PaymentId,
) -> sqlx::Result<Option<Payable>> {
    let row = sqlx::query!(
        "select order_id as `order_id: OrderId`, membership_purchase_id as `purchase_id: MembershipPurchaseId`
         from payments where id = ?",
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(|row| Payable::of(row.order_id, row.purchase_id)))
}

pub(in crate::money) async fn payable_of_refund(
    conn: &mut MySqlConnection,
    id: RefundId,
) -> sqlx::Result<Option<Payable>> {
    let row = sqlx::query!(
        "select order_id as `order_id: OrderId`, membership_purchase_id as `purchase_id: MembershipPurchaseId`
         from refunds where id = ?",
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(|row| Payable::of(row.order_id, row.purchase_id)))
}

/// A refund that failed; the caller has the lock of what it is for.
pub(in crate::money) async fn lock_failed(
    conn: &mut MySqlConnection,
    id: RefundId,
) -> sqlx::Result<Option<FailedRefund>> {
    sqlx::query_as!(
        FailedRefund,
        "select r.amount as `amount: _`, p.id as `payment: _`, p.reference as `reference: _`,
                cast(p.amount - (select coalesce(sum(o.amount), 0) from refunds o
                                 where o.payment_id = p.id and o.status <> 'failed') as signed) as `left!: _`
         from refunds r join payments p on p.id = r.payment_id
         where r.id = ? and r.status = 'failed' for update",
        id,
    )
    .fetch_optional(conn)
    .await
}

/// What came takes the place of what was asked for.
pub(in crate::money) async fn set_amount(conn: &mut MySqlConnection, id: PaymentId, amount: Money) -> sqlx::Result<()> {
    sqlx::query!("update payments set amount = ? where id = ?", amount, id).execute(conn).await?;
    Ok(())
}

/// Keeps what a gateway reported instead of what was asked for.
pub(in crate::money) async fn set_reported(
    conn: &mut MySqlConnection,
    id: PaymentId,
    amount: Money,
    currency: Currency,
) -> sqlx::Result<()> {
    sqlx::query!("update payments set reported_amount = ?, reported_currency = ? where id = ?", amount, currency, id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Lets the gateway be asked for a failed refund once more.
pub(in crate::money) async fn ask_again(
    conn: &mut MySqlConnection,
    id: RefundId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update refunds set status = 'requested', settled_at = null, tries = 0, send_at = ? where id = ?",
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that the buyer has the money of a failed refund by another way.
pub(in crate::money) async fn set_by_hand(
    conn: &mut MySqlConnection,
    id: RefundId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update refunds set status = 'succeeded', by_hand = true, settled_at = ? where id = ?", now, id)
        .execute(conn)
        .await?;
    Ok(())
}

pub(in crate::money) async fn count_needing_review(conn: &mut MySqlConnection) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast((select count(*) from payments where status = 'needs_review' and order_id is not null)
              + (select count(*) from refunds where status = 'failed' and order_id is not null) as unsigned)
                as `count!: _`"
    )
    .fetch_one(conn)
    .await
}
