//! The SQL of how products are taxed.

use chrono::{DateTime, Utc};
use domain::catalog::ProductId;
use sqlx::MySqlConnection;

/// How a product is taxed.
pub(in crate::catalog) struct TaxedRow {
    pub(in crate::catalog) slug: String,
    pub(in crate::catalog) tax_class: Option<String>,
}

pub(in crate::catalog) async fn taxed(
    conn: &mut MySqlConnection,
    product: ProductId,
) -> sqlx::Result<Option<TaxedRow>> {
    sqlx::query_as!(
        TaxedRow,
        "select slug as `slug: _`, tax_class as `tax_class: _` from products where id = ?",
        product
    )
    .fetch_optional(conn)
    .await
}

/// The same, and nobody else changes the product until the transaction ends.
pub(in crate::catalog) async fn lock_taxed(
    conn: &mut MySqlConnection,
    product: ProductId,
) -> sqlx::Result<Option<TaxedRow>> {
    sqlx::query_as!(
        TaxedRow,
        "select slug as `slug: _`, tax_class as `tax_class: _` from products where id = ? for update",
        product
    )
    .fetch_optional(conn)
    .await
}

pub(in crate::catalog) async fn set_tax_class(
    conn: &mut MySqlConnection,
    product: ProductId,
    tax_class: Option<&str>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update products set tax_class = ?, version = version + 1, updated_at = ? where id = ?",
        tax_class,
        now,
        product
    )
    .execute(conn)
    .await?;
    Ok(())
}
