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
}

pub(in crate::vouchers) async fn facts(
    conn: &mut MySqlConnection,
    voucher: VoucherId,
    buyer: VoucherBuyer,
) -> sqlx::Result<FactsRow> {
    sqlx::query_as!(
        FactsRow,
        "select (select cast(count(*) as unsigned) from voucher_uses
                 where customer_id = ? and voucher_id = ? and given_back_at is null) as `used_by_customer!: _`,
                not exists(select 1 from orders where customer_id = ? and status <> 'cancelled')
                    as `is_first_order!: bool`,
                exists(select 1 from customer_vouchers
                       where customer_id = ? and voucher_id = ? and used_by_order is null) as `owns!: bool`",
        buyer.customer,
        voucher,
        buyer.customer,
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

/// Uses one of the account's own up, if one is left: the affected row decides.
pub(in crate::vouchers) async fn use_gift(
    conn: &mut MySqlConnection,
    voucher: VoucherId,
    account: Option<CustomerId>,
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
