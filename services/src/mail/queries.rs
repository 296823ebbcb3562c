//! The SQL of the outbox. Private to the slice.

use chrono::{DateTime, Utc};
use domain::mail::MailKind;
use domain::payments::RefundId;
use sqlx::MySqlConnection;

use super::About;

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    kind: MailKind,
    about: About,
    refund: Option<RefundId>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let (order, purchase, membership, customer) = match about {
        About::Order(id) => (Some(id), None, None, None),
        About::Purchase(id) => (None, Some(id), None, None),
        About::Membership(id) => (None, None, Some(id), None),
        About::Customer(id) => (None, None, None, Some(id)),
    };
    sqlx::query!(
        "insert into mail_outbox (kind, order_id, membership_purchase_id, membership_id, customer_id, refund_id,
                                  created_at, asked_at, next_try_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        kind,
        order,
        purchase,
        membership,
        customer,
        refund,
        now,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
