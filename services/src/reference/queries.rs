//! The SQL of what was brought. Private to the slice.

use chrono::{DateTime, Utc};
use sqlx::MySqlConnection;

/// Something that was brought before.
pub(super) struct KnownRow {
    pub(super) kind: String,
    pub(super) former_number: u64,
    pub(super) here: u64,
}

pub(super) async fn all(conn: &mut MySqlConnection) -> sqlx::Result<Vec<KnownRow>> {
    sqlx::query_as!(
        KnownRow,
        "select kind as `kind: _`, former_number as `former_number: _`, here as `here: _` from reference_items",
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    kind: &str,
    former_number: u64,
    here: u64,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into reference_items (kind, former_number, here, brought_at) values (?, ?, ?, ?)",
        kind,
        former_number,
        here,
        at,
    )
    .execute(conn)
    .await?;
    Ok(())
}
