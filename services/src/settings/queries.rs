//! The SQL of settings. Private to the slice.

use chrono::{DateTime, Utc};
use sqlx::MySqlConnection;

/// The one row.
pub(super) struct VersionedRow {
    pub(super) content: String,
    pub(super) version: u64,
}

/// The stored text, if there is one.
pub(super) async fn content(conn: &mut MySqlConnection) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select content as `content: _` from settings where id = 1").fetch_optional(conn).await
}

/// The stored text and how often it was stored.
pub(super) async fn versioned(conn: &mut MySqlConnection) -> sqlx::Result<Option<VersionedRow>> {
    sqlx::query_as!(VersionedRow, "select content as `content: _`, version as `version: _` from settings where id = 1")
        .fetch_optional(conn)
        .await
}

/// The same, held until the transaction ends. The row is written: a lock that only reads holds on one node of a cluster and
/// not on the others.
pub(super) async fn lock(conn: &mut MySqlConnection) -> sqlx::Result<Option<VersionedRow>> {
    sqlx::query!("update settings set locks = locks + 1 where id = 1").execute(&mut *conn).await?;
    versioned(conn).await
}

/// Replaces the stored text.
pub(super) async fn store(conn: &mut MySqlConnection, content: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into settings (id, content, version, updated_at) values (1, ?, 1, ?)
         on duplicate key update content = ?, version = version + 1, updated_at = ?",
        content,
        now,
        content,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many products name the class, of whatever status.
pub(super) async fn taxed_as(conn: &mut MySqlConnection, tax_class: &str) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast(count(*) as unsigned) as `count!: u64` from products where tax_class = ?",
        tax_class
    )
    .fetch_one(conn)
    .await
}
