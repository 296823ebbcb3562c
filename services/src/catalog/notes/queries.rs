//! The SQL of what staff should know of a product. Private to the slice.

use chrono::{DateTime, Utc};
use domain::catalog::ProductId;
use sqlx::MySqlConnection;

pub(super) struct NotedRow {
    pub(super) slug: String,
    pub(super) note: Option<String>,
}

pub(super) async fn noted(conn: &mut MySqlConnection, product: ProductId) -> sqlx::Result<Option<NotedRow>> {
    sqlx::query_as!(NotedRow, "select slug as `slug: _`, staff_note as `note: _` from products where id = ?", product)
        .fetch_optional(conn)
        .await
}

/// The same, and nobody else changes the product until the transaction ends.
pub(super) async fn lock_noted(conn: &mut MySqlConnection, product: ProductId) -> sqlx::Result<Option<NotedRow>> {
    sqlx::query_as!(
        NotedRow,
        "select slug as `slug: _`, staff_note as `note: _` from products where id = ? for update",
        product
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn set_note(
    conn: &mut MySqlConnection,
    product: ProductId,
    note: Option<&str>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update products set staff_note = ?, version = version + 1, updated_at = ? where id = ?",
        note,
        now,
        product
    )
    .execute(conn)
    .await?;
    Ok(())
}
