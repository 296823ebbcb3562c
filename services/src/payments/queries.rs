//! The SQL of payments. Private to the slice.

use chrono::{DateTime, Utc};
use domain::id::InboxId;
use domain::locale::Locale;
use domain::money::{Currency, Money};
use domain::orders::OrderId;
use domain::payments::{PaymentId, PaymentMethod, PaymentStatus};
use sqlx::MySqlConnection;

/// The attempt that may still be paid.
pub(super) struct LiveAttempt {
    pub(super) id: PaymentId,
    pub(super) reference: String,
    pub(super) redirect_url: Option<String>,
}

/// An attempt, held under a lock.
pub(super) struct LockedAttempt {
    pub(super) id: PaymentId,
    pub(super) status: PaymentStatus,
    pub(super) amount: Money,
    pub(super) currency: Currency,
}

/// What a gateway is told of an order.
pub(super) struct OrderFacts {
    pub(super) method: PaymentMethod,
    pub(super) currency: Currency,
    pub(super) locale: Locale,
}

/// A stored notification, held under a lock.
pub(super) struct InboxEntry {
    pub(super) gateway: String,
    pub(super) body: Vec<u8>,
}

pub(super) async fn order_facts(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<OrderFacts> {
    sqlx::query_as!(
        OrderFacts,
        "select payment_method as `method: _`, currency as `currency: _`, locale as `locale: _`
         from orders where id = ?",
        order,
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn live(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Option<LiveAttempt>> {
    sqlx::query_as!(
        LiveAttempt,
        "select id as `id: _`, reference as `reference: _`, redirect_url as `redirect_url: _`
         from payments where live_order_id = ?",
        order,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn last_page(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Option<String>> {
    let url = sqlx::query_scalar!(
        "select redirect_url as `url: String` from payments
         where order_id = ? and redirect_url is not null order by id limit 1",
        order,
    )
    .fetch_optional(conn)
    .await?;
    Ok(url.flatten())
}

pub(super) async fn count_attempts(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<i64> {
    sqlx::query_scalar!("select count(*) as `count!: i64` from payments where order_id = ?", order)
        .fetch_one(conn)
        .await
}

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    order: OrderId,
    gateway: &str,
    reference: &str,
    amount: Money,
    currency: Currency,
    now: DateTime<Utc>,
) -> sqlx::Result<PaymentId> {
    let done = sqlx::query!(
        "insert into payments (order_id, live_order_id, gateway, reference, status, amount, currency, created_at,
                               updated_at)
         values (?, ?, ?, ?, 'pending', ?, ?, ?, ?)",
        order,
        order,
        gateway,
        reference,
        amount,
        currency,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(PaymentId::new(done.last_insert_id()))
}

pub(super) async fn set_page(
    conn: &mut MySqlConnection,
    id: PaymentId,
    url: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update payments set redirect_url = ?, updated_at = ? where id = ?", url, now, id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends an attempt, one way or another.
pub(super) async fn settle(
    conn: &mut MySqlConnection,
    id: PaymentId,
    status: PaymentStatus,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update payments set status = ?, live_order_id = null, updated_at = ? where id = ?", status, now, id)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn expire_live(conn: &mut MySqlConnection, order: OrderId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments set status = 'expired', live_order_id = null, updated_at = ? where live_order_id = ?",
        now,
        order,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn order_of(conn: &mut MySqlConnection, reference: &str) -> sqlx::Result<Option<OrderId>> {
    sqlx::query_scalar!("select order_id as `id: _` from payments where reference = ?", reference)
        .fetch_optional(conn)
        .await
}

pub(super) async fn lock_attempt(conn: &mut MySqlConnection, reference: &str) -> sqlx::Result<Option<LockedAttempt>> {
    sqlx::query_as!(
        LockedAttempt,
        "select id as `id: _`, status as `status: _`, amount as `amount: _`, currency as `currency: _`
         from payments where reference = ? for update",
        reference,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn insert_inbox(
    conn: &mut MySqlConnection,
    gateway: &str,
    event_key: &str,
    body: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into payment_inbox (gateway, event_key, body, received_at) values (?, ?, ?, ?)",
        gateway,
        event_key,
        body,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that an event came again.
pub(super) async fn set_received_again(
    conn: &mut MySqlConnection,
    gateway: &str,
    event_key: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update payment_inbox set received_at = ? where gateway = ? and event_key = ?",
        now,
        gateway,
        event_key,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn waiting(conn: &mut MySqlConnection) -> sqlx::Result<Vec<InboxId>> {
    sqlx::query_scalar!("select id as `id: _` from payment_inbox where applied_at is null order by id limit 500")
        .fetch_all(conn)
        .await
}

pub(super) async fn lock_waiting(conn: &mut MySqlConnection, id: InboxId) -> sqlx::Result<Option<InboxEntry>> {
    sqlx::query_as!(
        InboxEntry,
        "select gateway as `gateway: _`, body as `body: _`
         from payment_inbox where id = ? and applied_at is null for update skip locked",
        id,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn set_applied(
    conn: &mut MySqlConnection,
    id: InboxId,
    outcome: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update payment_inbox set applied_at = ?, outcome = ? where id = ?", now, outcome, id)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn count_needing_review(conn: &mut MySqlConnection) -> sqlx::Result<u64> {
    sqlx::query_scalar!("select cast(count(*) as unsigned) as `count!: _` from payments where status = 'needs_review'")
        .fetch_one(conn)
        .await
}
