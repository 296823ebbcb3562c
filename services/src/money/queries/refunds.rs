//! The SQL of refunds.

use chrono::{DateTime, Utc};
use domain::id::MembershipPurchaseId;
use domain::money::{Currency, Money};
use domain::orders::{LineUnits, OrderId};
use domain::payments::{Balance, MoneyLeft, Payable, PaymentId, RefundId, RefundStatus};
use sqlx::MySqlConnection;

use crate::actor;
use crate::database::key;
use crate::gateways::{AttemptNames, LONGEST_PAUSE};
use crate::money::bill::Bill;
use crate::money::refunds::Ask;

/// A payment that came, and what of it has not gone back.
pub(in crate::money) struct PaymentRow {
    pub(in crate::money) id: PaymentId,
    pub(in crate::money) gateway: String,
    pub(in crate::money) left: i64,
}

impl PaymentRow {
    /// The same without its gateway.
    pub(in crate::money) fn money_left(&self) -> MoneyLeft {
        MoneyLeft { payment: self.id, left: Money::minor(self.left) }
    }
}

/// A refund as people see it.
pub(in crate::money) struct RefundRow {
    pub(in crate::money) id: RefundId,
    pub(in crate::money) amount: Money,
    pub(in crate::money) status: RefundStatus,
    pub(in crate::money) reason: String,
    pub(in crate::money) by_hand: bool,
    pub(in crate::money) actor_kind: String,
    pub(in crate::money) actor_name: Option<String>,
    pub(in crate::money) at: DateTime<Utc>,
    pub(in crate::money) settled_at: Option<DateTime<Utc>>,
}

/// A refund as its gateway must hear of it.
pub(crate) struct ToSend {
    pub(crate) id: RefundId,
    pub(crate) order_id: Option<OrderId>,
    pub(crate) purchase_id: Option<MembershipPurchaseId>,
    pub(crate) gateway: String,
    pub(crate) reference: String,
    pub(crate) gateway_reference: Option<String>,
    pub(crate) key: String,
    pub(crate) amount: Money,
    pub(crate) currency: Currency,
    pub(crate) reason: String,
    pub(crate) tries: u32,
}

impl ToSend {
    /// What it had been paid for.
    pub(crate) fn what(&self) -> crate::Result<Payable> {
        Payable::of(self.order_id, self.purchase_id).ok_or_else(|| crate::Error::internal("a refund of nothing"))
    }

    /// The attempt that was paid, as both sides name it.
    pub(crate) fn names(&self) -> AttemptNames<'_> {
        AttemptNames { reference: &self.reference, gateway_reference: self.gateway_reference.as_deref() }
    }
}

/// A refund about to be written down.
pub(in crate::money) struct New<'a> {
    pub(in crate::money) payment: PaymentId,
    pub(in crate::money) amount: Money,
    pub(in crate::money) by_hand: bool,
    pub(in crate::money) ask: &'a Ask<'a>,
}

pub(in crate::money) async fn balance(conn: &mut MySqlConnection, what: Payable) -> sqlx::Result<Balance> {
    sqlx::query_as!(
        Balance,
        "select cast((select coalesce(sum(p.amount), 0) from payments p
                       where (p.order_id = ? or p.membership_purchase_id = ?) and p.status = 'paid') as signed)
                     as `paid!: Money`,
                cast((select coalesce(sum(r.amount), 0) from refunds r
                       where (r.order_id = ? or r.membership_purchase_id = ?) and r.status <> 'failed') as signed)
                    as `refunded!: Money`",
        what.order(),
        what.membership(),
        what.order(),
        what.membership(),
    )
    .fetch_one(conn)
    .await
}

/// Payments that came, oldest first, for what the caller has locked.
pub(in crate::money) async fn money_left(conn: &mut MySqlConnection, what: Payable) -> sqlx::Result<Vec<PaymentRow>> {
    sqlx::query_as!(
        PaymentRow,
        "select p.id as `id: _`, p.gateway as `gateway: _`,
                cast(p.amount - (select coalesce(sum(r.amount), 0) from refunds r
                                 where r.payment_id = p.id and r.status <> 'failed') as signed) as `left!: _`
         from payments p
         where (p.order_id = ? or p.membership_purchase_id = ?) and p.status = 'paid' order by p.id",
        what.order(),
        what.membership(),
    )
    .fetch_all(conn)
    .await
}

pub(in crate::money) async fn is_known(
    conn: &mut MySqlConnection,
    what: Payable,
    request_key: &str,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        "select exists(select 1 from refunds where (order_id = ? or membership_purchase_id = ?) and request_key = ?)
                    as `is_known!: bool`",
        what.order(),
        what.membership(),
        request_key,
    )
    .fetch_one(conn)
    .await
}

pub(in crate::money) async fn insert(
    conn: &mut MySqlConnection,
    bill: Bill<'_>,
    new: &New<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<RefundId> {
    let Ask { key, reason, actor, .. } = new.ask;
    let (actor_kind, actor_name) = actor::columns(actor);
    let status = if new.by_hand { RefundStatus::Succeeded } else { RefundStatus::Requested };
    let done = sqlx::query!(
        "insert into refunds (order_id, membership_purchase_id, payment_id, amount, reason, status, by_hand,
                              request_key, idempotency_key, send_at, actor_kind, actor_name, created_at, settled_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        bill.what.order(),
        bill.what.membership(),
        new.payment,
        new.amount,
        reason,
        status,
        new.by_hand,
        key,
        format!("{}-{}-{key}", bill.number, new.payment),
        now,
        actor_kind,
        actor_name,
        now,
        Some(now).filter(|_| new.by_hand),
    )
    .execute(conn)
    .await?;
    Ok(RefundId::new(done.last_insert_id()))
}

pub(in crate::money) async fn insert_units(
    conn: &mut MySqlConnection,
    refund: RefundId,
    units: LineUnits,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into refund_lines (refund_id, order_line_id, quantity) values (?, ?, ?)",
        refund,
        units.line_id,
        units.quantity,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::money) async fn of(conn: &mut MySqlConnection, what: Payable) -> sqlx::Result<Vec<RefundRow>> {
    sqlx::query_as!(
        RefundRow,
        "select id as `id: _`, amount as `amount: _`, status as `status: _`, reason as `reason: _`,
                by_hand as `by_hand: _`, actor_kind as `actor_kind: _`, actor_name as `actor_name: _`,
                created_at as `at: _`, settled_at as `settled_at: _`
         from refunds where order_id = ? or membership_purchase_id = ? order by id",
        what.order(),
        what.membership(),
    )
    .fetch_all(conn)
    .await
}

/// What is due; also what was put off for longer than anything is, by a clock that was set back since.
pub(in crate::money) async fn to_send(conn: &mut MySqlConnection, now: DateTime<Utc>) -> sqlx::Result<Vec<ToSend>> {
    sqlx::query_as!(
        ToSend,
        "select r.id as `id: _`, r.order_id as `order_id: _`, r.membership_purchase_id as `purchase_id: _`,
                p.gateway as `gateway: _`, p.reference as `reference: _`, p.gateway_reference as `gateway_reference: _`,
                r.idempotency_key as `key: _`, r.amount as `amount: _`, p.currency as `currency: _`,
                r.reason as `reason: _`, r.tries as `tries: _`
         from refunds r join payments p on p.id = r.payment_id
         where r.status = 'requested' and (r.send_at <= ? or r.send_at > ?) order by r.send_at, r.id limit 100",
        now,
        now + LONGEST_PAUSE,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::money) async fn by_key(conn: &mut MySqlConnection, named: &str) -> sqlx::Result<Option<ToSend>> {
    let Some(named) = key(named) else { return Ok(None) };
    sqlx::query_as!(
        ToSend,
        "select r.id as `id: _`, r.order_id as `order_id: _`, r.membership_purchase_id as `purchase_id: _`,
                p.gateway as `gateway: _`, p.reference as `reference: _`, p.gateway_reference as `gateway_reference: _`,
                r.idempotency_key as `key: _`, r.amount as `amount: _`, p.currency as `currency: _`,
                r.reason as `reason: _`, r.tries as `tries: _`
         from refunds r join payments p on p.id = r.payment_id
         where r.idempotency_key = ?",
        named,
    )
    .fetch_optional(conn)
    .await
}

/// Where a refund stands; the caller has the order's lock.
pub(in crate::money) async fn status(conn: &mut MySqlConnection, refund: RefundId) -> sqlx::Result<RefundStatus> {
    sqlx::query_scalar!("select status as `status: _` from refunds where id = ? for update", refund)
        .fetch_one(conn)
        .await
}

pub(in crate::money) async fn settle(
    conn: &mut MySqlConnection,
    refund: RefundId,
    status: RefundStatus,
    gateway_reference: Option<&str>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update refunds set status = ?, gateway_reference = ?, settled_at = ? where id = ?",
        status,
        gateway_reference,
        now,
        refund,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::money) async fn postpone(
    conn: &mut MySqlConnection,
    refund: RefundId,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update refunds set tries = tries + 1, send_at = ? where id = ?", until, refund).execute(conn).await?;
    Ok(())
}
