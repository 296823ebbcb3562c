//! The SQL of invoices.

use chrono::{DateTime, Utc};
use domain::orders::OrderId;
use sqlx::MySqlConnection;

/// The invoice of an order.
pub(in crate::orders) struct InvoiceRow {
    pub(in crate::orders) year: i32,
    pub(in crate::orders) sequence: u64,
    pub(in crate::orders) issued_at: DateTime<Utc>,
}

pub(in crate::orders) async fn of(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Option<InvoiceRow>> {
    sqlx::query_as!(
        InvoiceRow,
        "select year as `year: _`, sequence as `sequence: _`, issued_at as `issued_at: _`
         from invoices where order_id = ?",
        order,
    )
    .fetch_optional(conn)
    .await
}

/// The next number of a year. Its row is locked by the write, before it is read.
pub(in crate::orders) async fn take_number(conn: &mut MySqlConnection, year: i32) -> sqlx::Result<u64> {
    sqlx::query!(
        "insert into invoice_counters (year, taken) values (?, 1) on duplicate key update taken = taken + 1",
        year,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query_scalar!("select taken as `taken: _` from invoice_counters where year = ? for update", year)
        .fetch_one(conn)
        .await
}

pub(in crate::orders) async fn insert(
    conn: &mut MySqlConnection,
    order: OrderId,
    year: i32,
    sequence: u64,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into invoices (order_id, year, sequence, issued_at) values (?, ?, ?, ?)",
        order,
        year,
        sequence,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
