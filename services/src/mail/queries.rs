//! The SQL of mail. Private to the slice.

use chrono::{DateTime, Utc};
use domain::mail::MailKind;
use domain::orders::OrderId;
use domain::payments::RefundId;
use sqlx::MySqlConnection;

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    kind: MailKind,
    order: OrderId,
    refund: Option<RefundId>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into mail_outbox (kind, order_id, refund_id, created_at) values (?, ?, ?, ?)",
        kind,
        order,
        refund,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
