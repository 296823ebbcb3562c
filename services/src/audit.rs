//! What staff changed, written in the transaction of the change.

use chrono::{DateTime, Utc};
use domain::staff::Staff;
use serde::Serialize;
use sqlx::MySqlConnection;

use crate::error::Result;

/// Notes who did what to which thing.
pub(crate) async fn record(
    conn: &mut MySqlConnection,
    staff: &Staff,
    action: &str,
    subject: &str,
    detail: &(impl Serialize + Sync),
    now: DateTime<Utc>,
) -> Result<()> {
    let detail = serde_json::to_string(detail)?;
    sqlx::query!(
        "insert into audit (staff_id, action, subject, detail, created_at) values (?, ?, ?, ?, ?)",
        staff.id,
        action,
        subject,
        detail,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
