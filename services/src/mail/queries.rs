//! The SQL of the outbox. Private to the slice.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::mail::MailKind;
use domain::orders::OrderId;
use domain::staff::StaffId;
use sqlx::MySqlConnection;

use super::{About, Leaving};

/// False when there is one with its word already.
pub(super) async fn insert(
    conn: &mut MySqlConnection,
    letter: &Leaving<'_>,
    told: Option<&str>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let (order, purchase, membership, customer, staff) = match letter.about {
        About::Order(id) => (Some(id), None, None, None, None),
        About::Purchase(id) => (None, Some(id), None, None, None),
        About::Membership(id) => (None, None, Some(id), None, None),
        About::Customer(id) => (None, None, None, Some(id), None),
        About::Staff(id) => (None, None, None, None, Some(id)),
    };
    let done = sqlx::query!(
        "insert into mail_outbox (kind, order_id, membership_purchase_id, membership_id, customer_id, staff_id,
                                  refund_id, to_email, told, once, created_at, asked_at, next_try_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         on duplicate key update id = id",
        letter.kind,
        order,
        purchase,
        membership,
        customer,
        staff,
        letter.refund,
        letter.to,
        told,
        letter.once,
        now,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// To the first owner who works here. False while nobody does, and when it was told already.
pub(super) async fn insert_for_owner(
    conn: &mut MySqlConnection,
    kind: MailKind,
    about: Option<About>,
    told: Option<&str>,
    once: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let (order, purchase) = match about {
        Some(About::Order(id)) => (Some(id), None),
        Some(About::Purchase(id)) => (None, Some(id)),
        _ => (None, None),
    };
    let done = sqlx::query!(
        "insert into mail_outbox (kind, order_id, membership_purchase_id, staff_id, told, once, created_at, asked_at,
                                  next_try_at)
         select ?, ?, ?, first.id, ?, ?, ?, ?, ?
         from (select min(id) as id from staff where role = 'owner' and is_active) first where first.id is not null
         on duplicate key update mail_outbox.once = mail_outbox.once",
        kind,
        order,
        purchase,
        told,
        once,
        now,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

macro_rules! counts {
    ($($name:ident: $whose:ty = $column:literal;)*) => {$(
        /// How many of a kind were left since a moment.
        pub(super) async fn $name(
            conn: &mut MySqlConnection,
            kind: MailKind,
            whose: $whose,
            since: DateTime<Utc>,
        ) -> sqlx::Result<u64> {
            sqlx::query_scalar!(
                "select cast(count(*) as unsigned) as `count!: u64` from mail_outbox
                 where kind = ? and created_at > ? and "
                    + $column
                    + " = ?",
                kind,
                since,
                whose,
            )
            .fetch_one(conn)
            .await
        }
    )*};
}

counts! {
    count_since: CustomerId = "customer_id";
    count_for_staff: StaffId = "staff_id";
    count_about: OrderId = "order_id";
}
