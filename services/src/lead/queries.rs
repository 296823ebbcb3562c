//! The SQL of the lease. Private to whoever leads.

use chrono::{DateTime, Utc};
use sqlx::MySqlConnection;

/// Who leads, and until when.
pub(crate) struct LeaseRow {
    pub(crate) holder: String,
    pub(crate) fence: u64,
    pub(crate) expires_at: DateTime<Utc>,
}

/// Renews a lease that stands, whose row is the caller's until the transaction ends; one that ran out is gone, even if nobody took it, and one that lives for longer than
/// leases do was given by another clock. Times are moved by `ahead` seconds.
pub(super) async fn renew_lease(
    conn: &mut MySqlConnection,
    holder: &str,
    fence: u64,
    length: i64,
    ahead: i64,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update job_lease set expires_at = utc_timestamp(6) + interval ? second
         where id = 1 and holder = ? and fence = ? and expires_at > utc_timestamp(6) + interval ? second
           and expires_at <= utc_timestamp(6) + interval ? second",
        ahead + length,
        holder,
        fence,
        ahead,
        ahead + length,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the lease if it does not stand. Who waits for its row takes it in the statement that waits: nobody comes between.
pub(super) async fn take_lease(
    conn: &mut MySqlConnection,
    holder: &str,
    length: i64,
    ahead: i64,
) -> sqlx::Result<bool> {
    let is_taken = take(&mut *conn, holder, length, ahead).await?;
    Ok(is_taken || (insert_lease(&mut *conn).await? && take(conn, holder, length, ahead).await?))
}

async fn take(conn: &mut MySqlConnection, holder: &str, length: i64, ahead: i64) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update job_lease set holder = ?, fence = fence + 1, expires_at = utc_timestamp(6) + interval ? second
         where id = 1 and (expires_at <= utc_timestamp(6) + interval ? second
                           or expires_at > utc_timestamp(6) + interval ? second)",
        holder,
        ahead + length,
        ahead,
        ahead + length,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the lease, free or not.
pub(super) async fn seize_lease(conn: &mut MySqlConnection, holder: &str, length: i64, ahead: i64) -> sqlx::Result<()> {
    if !seize(&mut *conn, holder, length, ahead).await? {
        insert_lease(&mut *conn).await?;
        seize(conn, holder, length, ahead).await?;
    }
    Ok(())
}

async fn seize(conn: &mut MySqlConnection, holder: &str, length: i64, ahead: i64) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update job_lease set holder = ?, fence = fence + 1, expires_at = utc_timestamp(6) + interval ? second
         where id = 1",
        holder,
        ahead + length,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn fence_of(conn: &mut MySqlConnection, holder: &str) -> sqlx::Result<Option<u64>> {
    sqlx::query_scalar!("select fence as `fence: _` from job_lease where id = 1 and holder = ?", holder)
        .fetch_optional(conn)
        .await
}

pub(super) async fn give_lease_back(conn: &mut MySqlConnection, holder: &str, fence: u64) -> sqlx::Result<()> {
    sqlx::query!(
        "update job_lease set expires_at = '1970-01-01' where id = 1 and holder = ? and fence = ?",
        holder,
        fence,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The one row, of nobody; false where it is there already.
async fn insert_lease(conn: &mut MySqlConnection) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("insert ignore into job_lease (id, holder, fence, expires_at) values (1, '', 0, '1970-01-01')");
    Ok(done.execute(conn).await?.rows_affected() == 1)
}
