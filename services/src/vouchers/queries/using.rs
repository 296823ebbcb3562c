//! The SQL of using vouchers up.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::orders::OrderId;
use domain::vouchers::VoucherId;
use sqlx::MySqlConnection;

use crate::vouchers::VoucherBuyer;

/// What the rules ask about a buyer.
pub(in crate::vouchers) struct FactsRow {
    pub(in crate::vouchers) used_by_customer: u32,
    pub(in crate::vouchers) is_first_order: bool,
    pub(in crate::vouchers) owns: bool,
    pub(in crate::vouchers) used_kept: bool,
}

/// A use that was given back.
pub(in crate::vouchers) struct EndedRow {
    pub(in crate::vouchers) voucher_id: VoucherId,
    pub(in crate::vouchers) customer_id: CustomerId,
    pub(in crate::vouchers) account_id: Option<CustomerId>,
}

pub(in crate::vouchers) async fn facts(
    conn: &mut MySqlConnection,
    voucher: VoucherId,
    buyer: VoucherBuyer,
    order: Option<OrderId>,
) -> sqlx::Result<FactsRow> {
    sqlx::query_as!(
        FactsRow,
        "select (select cast(count(*) as unsigned) from voucher_uses
                 where customer_id = ? and voucher_id = ? and given_back_at is null) as `used_by_customer!: _`,
                not exists(select 1 from orders
                           where customer_id = ? and status <> 'cancelled' and (? is null or id <> ?))
                    as `is_first_order!: bool`,
                exists(select 1 from customer_vouchers
                       where customer_id = ? and voucher_id = ? and used_by_order is null) as `owns!: bool`,
                exists(select 1 from customer_vouchers
                       where customer_id = ? and voucher_id = ? and source = 'claimed' and used_by_order is not null)
                    as `used_kept!: bool`",
        buyer.customer,
        voucher,
        buyer.customer,
        order,
        order,
        buyer.account,
        voucher,
        buyer.account,
        voucher,
    )
    .fetch_one(conn)
    .await
}

/// Counts one use more, if the voucher lives and has one left: the affected row decides.
pub(in crate::vouchers) async fn count_up(
    conn: &mut MySqlConnection,
    voucher: VoucherId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update vouchers set used = used + 1
         where id = ? and is_active and (total_limit is null or used < total_limit)
           and (starts_at is null or starts_at <= ?) and (ends_at is null or ends_at > ?)",
        voucher,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts a use of the past: terms that changed since do not undo it.
pub(in crate::vouchers) async fn count_former(conn: &mut MySqlConnection, voucher: VoucherId) -> sqlx::Result<()> {
    sqlx::query!("update vouchers set used = used + 1 where id = ?", voucher).execute(conn).await?;
    Ok(())
}

/// Uses one of the account's own up, if one is left: the affected row decides.
pub(in crate::vouchers) async fn use_gift(
    conn: &mut MySqlConnection,
    voucher: VoucherId,
    account: CustomerId,
    order: OrderId,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update customer_vouchers set used_by_order = ?
         where customer_id = ? and voucher_id = ? and used_by_order is null order by id limit 1",
        order,
        account,
        voucher,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::vouchers) async fn insert(
    conn: &mut MySqlConnection,
    order: OrderId,
    voucher: VoucherId,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into voucher_uses (order_id, voucher_id, customer_id, used_at) values (?, ?, ?, ?)",
        order,
        voucher,
        customer,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// As whose use the order's voucher counts, or counted.
pub(in crate::vouchers) async fn user(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Option<CustomerId>> {
    sqlx::query_scalar!("select customer_id as `id: _` from voucher_uses where order_id = ?", order)
        .fetch_optional(conn)
        .await
}

/// The order's use that was given back, if there is one.
pub(in crate::vouchers) async fn ended(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Option<EndedRow>> {
    sqlx::query_as!(
        EndedRow,
        "select u.voucher_id as `voucher_id: _`, u.customer_id as `customer_id: _`, o.account_id as `account_id: _`
         from voucher_uses u join orders o on o.id = u.order_id
         where u.order_id = ? and u.given_back_at is not null",
        order,
    )
    .fetch_optional(conn)
    .await
}

/// Lets the order's use live again.
pub(in crate::vouchers) async fn begin_again(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<()> {
    sqlx::query!("update voucher_uses set given_back_at = null where order_id = ?", order).execute(conn).await?;
    Ok(())
}
