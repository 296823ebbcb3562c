//! The SQL of mail. Private to the slice.

use chrono::{DateTime, Utc};
use domain::mail::{LetterId, LetterRow, MailKind};
use domain::orders::OrderId;
use domain::payments::RefundId;
use sqlx::MySqlConnection;

use super::About;

pub(super) struct Row {
    pub(super) id: LetterId,
    kind: MailKind,
    email: String,
    order_id: Option<OrderId>,
    number: Option<String>,
    created_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
}

impl Row {
    pub(super) fn read(self) -> LetterRow {
        LetterRow {
            id: self.id,
            kind: self.kind,
            to: self.email,
            order: self.order_id.zip(self.number),
            written_at: self.created_at,
            sent_at: self.sent_at,
        }
    }
}

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
                                  created_at)
         values (?, ?, ?, ?, ?, ?, ?)",
        kind,
        order,
        purchase,
        membership,
        customer,
        refund,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The newest letters before one, or of all. A letter is for whom the order, the purchase or the membership belongs to.
pub(super) async fn letters(
    conn: &mut MySqlConnection,
    before: Option<LetterId>,
    limit: u64,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        "select m.id as `id: _`, m.kind as `kind: _`, coalesce(o.email, c.email) as `email!: _`,
                m.order_id as `order_id: _`, o.number as `number?: _`, m.created_at as `created_at: _`,
                m.sent_at as `sent_at: _`
         from mail_outbox m
         left join orders o on o.id = m.order_id
         left join membership_purchases p on p.id = m.membership_purchase_id
         left join memberships ms on ms.id = m.membership_id
         left join customers c on c.id = coalesce(p.customer_id, ms.customer_id, m.customer_id)
         where m.id < ?
         order by m.id desc limit ?",
        before.map_or(u64::MAX, LetterId::get),
        limit,
    )
    .fetch_all(conn)
    .await
}
