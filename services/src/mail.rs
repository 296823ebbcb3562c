//! Mail: letters wait in an outbox that is written in the transaction of what they tell.

use chrono::{DateTime, Utc};
use domain::mail::MailKind;
use domain::orders::OrderId;
use domain::payments::RefundId;
use sqlx::MySqlConnection;

use crate::error::Result;

mod queries;

/// Leaves a letter to the buyer of an order in the outbox.
pub(crate) async fn write(
    conn: &mut MySqlConnection,
    kind: MailKind,
    order: OrderId,
    refund: Option<RefundId>,
    now: DateTime<Utc>,
) -> Result<()> {
    Ok(queries::insert(conn, kind, order, refund, now).await?)
}
