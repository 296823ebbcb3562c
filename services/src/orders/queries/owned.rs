//! The SQL of orders that belong to an account.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::money::{Currency, Money};
use domain::orders::{OrderId, OrderRow, OrderStatus};
use sqlx::MySqlConnection;

use crate::database::key;

/// An order as its owner's list shows it.
pub(in crate::orders) struct OwnRow {
    pub(in crate::orders) number: String,
    pub(in crate::orders) placed_at: DateTime<Utc>,
    pub(in crate::orders) status: OrderStatus,
    pub(in crate::orders) units: u32,
    pub(in crate::orders) total: Money,
    pub(in crate::orders) currency: Currency,
    /// Nothing once it does not wait for a payment.
    pub(in crate::orders) pay_by: Option<DateTime<Utc>>,
}

pub(in crate::orders) async fn rows(
    conn: &mut MySqlConnection,
    account: CustomerId,
    limit: u32,
    offset: u64,
) -> sqlx::Result<Vec<OwnRow>> {
    sqlx::query_as!(
        OwnRow,
        "select number as `number: _`, placed_at as `placed_at: _`, status as `status: _`, units as `units: _`,
                total_amount as `total: _`, currency as `currency: _`,
                if(status = 'pending_payment', pay_by, null) as `pay_by?: _`
         from orders where account_id = ? order by placed_at desc, id desc limit ? offset ?",
        account,
        limit,
        offset,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::orders) async fn count(conn: &mut MySqlConnection, account: CustomerId) -> sqlx::Result<u64> {
    sqlx::query_scalar!("select cast(count(*) as unsigned) as `count!: u64` from orders where account_id = ?", account)
        .fetch_one(conn)
        .await
}

pub(in crate::orders) async fn unpaid(conn: &mut MySqlConnection, account: CustomerId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select number as `number: _` from orders where account_id = ? and status = 'pending_payment'
         order by placed_at limit 1",
        account,
    )
    .fetch_optional(conn)
    .await
}

pub(in crate::orders) async fn of_customer(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    limit: u32,
) -> sqlx::Result<Vec<OrderRow>> {
    sqlx::query_as!(
        OrderRow,
        "select id as `id: _`, number as `number: _`, placed_at as `placed_at: _`, name as `name: _`,
                coalesce(city, '') as `city!: _`, units as `units: _`, total_amount as `total: _`,
                payment_method as `payment_method: _`, status as `status: _`
         from orders where customer_id = ? or account_id = ? order by placed_at desc, id desc limit ?",
        customer,
        customer,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Whose the order is.
pub(in crate::orders) async fn owner(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Option<CustomerId>> {
    sqlx::query_scalar!("select account_id as `account: CustomerId` from orders where id = ?", order)
        .fetch_one(conn)
        .await
}

/// Whose the order is; nobody else changes that until the transaction ends.
pub(in crate::orders) async fn lock_owner(
    conn: &mut MySqlConnection,
    order: OrderId,
) -> sqlx::Result<Option<CustomerId>> {
    sqlx::query_scalar!("select account_id as `account: CustomerId` from orders where id = ? for update", order)
        .fetch_one(conn)
        .await
}

pub(in crate::orders) async fn set_owner(
    conn: &mut MySqlConnection,
    order: OrderId,
    account: CustomerId,
) -> sqlx::Result<()> {
    sqlx::query!("update orders set account_id = ? where id = ?", account, order).execute(conn).await?;
    Ok(())
}

/// The order of that number, with the address that its buyer gave.
pub(in crate::orders) async fn with_email(
    conn: &mut MySqlConnection,
    number: &str,
) -> sqlx::Result<Option<(OrderId, String)>> {
    let Some(number) = key(number) else { return Ok(None) };
    let row = sqlx::query!("select id as `id: OrderId`, email as `email: String` from orders where number = ?", number);
    Ok(row.fetch_optional(conn).await?.map(|row| (row.id, row.email)))
}
