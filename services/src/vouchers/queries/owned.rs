//! The SQL of vouchers that customers own.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::orders::OrderId;
use domain::vouchers::{Source, VoucherId};
use sqlx::MySqlConnection;

use super::StoredRow;

/// What the customer has and can use, by the shop's clock, which is that much ahead of the database's.
pub(in crate::vouchers) async fn live(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    ahead_seconds: i64,
) -> sqlx::Result<Vec<StoredRow>> {
    sqlx::query_as!(
        StoredRow,
        "select v.id as `id: _`, v.code as `code: _`, v.kind as `kind: _`, v.percent as `percent: _`,
                v.amount as `amount: _`, v.cap_amount as `cap: _`, v.minimum_amount as `minimum: _`,
                cast((select group_concat(c.category_id order by c.category_id) from voucher_categories c
                      where c.voucher_id = v.id) as char) as `categories: _`,
                v.starts_at as `starts_at: _`, v.ends_at as `ends_at: _`, v.total_limit as `total_limit: _`,
                v.customer_limit as `customer_limit: _`, v.used as `used: _`,
                v.first_order_only as `first_order_only: _`, v.is_personal as `is_personal: _`,
                v.occasion as `occasion: _`, v.is_active as `is_active: _`, v.version as `version: _`
         from (select voucher_id, max(id) as newest from customer_vouchers
               where customer_id = ? and used_by_order is null group by voucher_id) o
         join vouchers v on v.id = o.voucher_id
         where v.is_active
           and (v.ends_at is null or v.ends_at > date_add(utc_timestamp(6), interval ? second))
           and (v.total_limit is null or v.used < v.total_limit)
           and (v.customer_limit is null or v.customer_limit >
                (select count(*) from voucher_uses u
                 where u.customer_id = ? and u.voucher_id = v.id and u.given_back_at is null))
         order by o.newest desc limit 50",
        customer,
        ahead_seconds,
        customer,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::vouchers) async fn grant(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    voucher: VoucherId,
    source: Source,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into customer_vouchers (customer_id, voucher_id, source, granted_at) values (?, ?, ?, ?)",
        customer,
        voucher,
        source,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes what a customer kept in the shop before this one, and which order used it up.
pub(in crate::vouchers) async fn keep_former(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    voucher: VoucherId,
    source: Source,
    used_by: Option<OrderId>,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "insert into customer_vouchers (customer_id, voucher_id, source, granted_at, used_by_order)
         values (?, ?, ?, ?, ?)",
        customer,
        voucher,
        source,
        at,
        used_by,
    )
    .execute(conn)
    .await?;
    Ok(done.last_insert_id())
}

/// Grants every welcome voucher that lives, unless the customer has it.
pub(in crate::vouchers) async fn welcome(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert ignore into customer_vouchers (customer_id, voucher_id, source, granted_at)
         select ?, id, 'welcome', ? from vouchers
         where occasion = 'welcome' and is_active and (ends_at is null or ends_at > ?)",
        customer,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The voucher's code.
pub(in crate::vouchers) async fn code(conn: &mut MySqlConnection, voucher: VoucherId) -> sqlx::Result<String> {
    sqlx::query_scalar!("select code as `code: _` from vouchers where id = ?", voucher).fetch_one(conn).await
}

/// Vouchers for top spenders that were not given in the period yet.
pub(in crate::vouchers) async fn rounds_due(
    conn: &mut MySqlConnection,
    period: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<VoucherId>> {
    sqlx::query_scalar!(
        "select v.id as `id: _` from vouchers v
         where v.occasion = 'top_spender' and v.is_active and (v.starts_at is null or v.starts_at <= ?)
           and (v.ends_at is null or v.ends_at > ?)
           and not exists (select 1 from voucher_rounds r where r.voucher_id = v.id and r.period = ?)
         order by v.id",
        now,
        now,
        period,
    )
    .fetch_all(conn)
    .await
}

/// Begins the voucher's round of the period, unless it was begun before.
pub(in crate::vouchers) async fn begin_round(
    conn: &mut MySqlConnection,
    voucher: VoucherId,
    period: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert ignore into voucher_rounds (voucher_id, period, held_at) values (?, ?, ?)",
        voucher,
        period,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many accounts have an order that was completed since then.
pub(in crate::vouchers) async fn buyers(conn: &mut MySqlConnection, since: DateTime<Utc>) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast(count(distinct o.account_id) as unsigned) as `count!: u64`
         from orders o join order_history h on h.order_id = o.id and h.status = 'completed' and h.kind = 'step'
         where o.status = 'completed' and h.created_at >= ?",
        since,
    )
    .fetch_one(conn)
    .await
}

/// The accounts on the first places. Among equals, whoever had the first of those orders comes first.
pub(in crate::vouchers) async fn first(
    conn: &mut MySqlConnection,
    since: DateTime<Utc>,
    places: u64,
) -> sqlx::Result<Vec<CustomerId>> {
    sqlx::query_scalar!(
        "select o.account_id as `id!: _`
         from orders o join order_history h on h.order_id = o.id and h.status = 'completed' and h.kind = 'step'
         where o.status = 'completed' and o.account_id is not null and h.created_at >= ?
         group by o.account_id
         order by sum(o.total_amount - o.called_off_amount) desc, min(h.created_at), o.account_id limit ?",
        since,
        places,
    )
    .fetch_all(conn)
    .await
}

/// Gives the voucher of the period to the customer, unless it was given before.
pub(in crate::vouchers) async fn reward(
    conn: &mut MySqlConnection,
    voucher: VoucherId,
    period: &str,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "insert ignore into customer_vouchers (customer_id, voucher_id, source, period, granted_at)
         values (?, ?, 'top_spender', ?, ?)",
        customer,
        voucher,
        period,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
