//! The SQL of orders that wait for their money.

use chrono::{DateTime, Utc};
use domain::carts::CartId;
use domain::orders::OrderId;
use sqlx::MySqlConnection;

/// Orders that nobody paid in time, the longest first. One that is held for longer than `longest` was held by a clock that was
/// set back since.
pub(in crate::orders) async fn overdue(
    conn: &mut MySqlConnection,
    now: DateTime<Utc>,
    longest: DateTime<Utc>,
) -> sqlx::Result<Vec<OrderId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from orders
         where status = 'pending_payment' and pay_by < ? and (held_until is null or held_until < ? or held_until > ?)
         order by pay_by limit 1000",
        now,
        now,
        longest,
    )
    .fetch_all(conn)
    .await
}

/// Orders whose time to pay ends between two moments, and whose buyers were not reminded.
pub(in crate::orders) async fn to_remind(
    conn: &mut MySqlConnection,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<Vec<OrderId>> {
    sqlx::query_scalar!(
        "select o.id as `id: _` from orders o
         where o.status = 'pending_payment' and o.pay_by > ? and o.pay_by <= ?
           and not exists (select 1 from mail_outbox m where m.order_id = o.id and m.kind = 'pay_soon')
         order by o.pay_by limit 200",
        now,
        until,
    )
    .fetch_all(conn)
    .await
}

/// Orders placed in what is still to come, by a clock that was set back since, that may be paid for longer than `latest`.
pub(in crate::orders) async fn early(
    conn: &mut MySqlConnection,
    now: DateTime<Utc>,
    latest: DateTime<Utc>,
) -> sqlx::Result<Vec<OrderId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from orders
         where status = 'pending_payment' and pay_by > ? and placed_at > ? order by pay_by limit 1000",
        latest,
        now,
    )
    .fetch_all(conn)
    .await
}

/// The newest order from the cart that waits for its payment.
pub(in crate::orders) async fn newest_from(conn: &mut MySqlConnection, cart: CartId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select number as `number: _` from orders where cart_id = ? and status = 'pending_payment'
         order by placed_at desc, id desc limit 1",
        cart,
    )
    .fetch_optional(conn)
    .await
}

/// Lets an order that waits not end unpaid before then, or end when its time is over.
pub(in crate::orders) async fn set_held(
    conn: &mut MySqlConnection,
    order: OrderId,
    until: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    sqlx::query!("update orders set held_until = ? where id = ?", until, order).execute(conn).await?;
    Ok(())
}

/// Lets an order that waits be paid until then and no longer.
pub(in crate::orders) async fn set_pay_by(
    conn: &mut MySqlConnection,
    order: OrderId,
    pay_by: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update orders set pay_by = ? where id = ? and status = 'pending_payment'", pay_by, order)
        .execute(conn)
        .await?;
    Ok(())
}
