//! The SQL of links in letters, and of what strangers want to be sent.

use chrono::{DateTime, Utc};
use domain::customers::{CustomerId, LinkKind, LinkWish};
use sqlx::MySqlConnection;

/// A link that is good.
pub(in crate::customers) struct Link {
    pub(in crate::customers) customer_id: CustomerId,
    pub(in crate::customers) email: String,
    pub(in crate::customers) kind: LinkKind,
}

/// What somebody wants to be sent.
pub(in crate::customers) struct Wish {
    pub(in crate::customers) id: u64,
    pub(in crate::customers) kind: LinkWish,
    pub(in crate::customers) email: String,
    pub(in crate::customers) number: String,
}

pub(in crate::customers) async fn insert(
    conn: &mut MySqlConnection,
    token_hash: &[u8; 32],
    link: &Link,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into account_links (token_hash, kind, customer_id, email, made_at, ends_at) values (?, ?, ?, ?, ?, ?)",
        token_hash.as_slice(),
        link.kind,
        link.customer_id,
        link.email,
        now,
        now + link.kind.life(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The link with that token, as long as it is good.
pub(in crate::customers) async fn find(
    conn: &mut MySqlConnection,
    token_hash: &[u8; 32],
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Link>> {
    sqlx::query_as!(
        Link,
        "select customer_id as `customer_id: _`, email as `email: _`, kind as `kind: _`
         from account_links where token_hash = ? and ends_at > ?",
        token_hash.as_slice(),
        now,
    )
    .fetch_optional(conn)
    .await
}

/// Takes the link out of the world. False when it is not there any more: somebody else used it.
pub(in crate::customers) async fn take(conn: &mut MySqlConnection, token_hash: &[u8; 32]) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from account_links where token_hash = ?", token_hash.as_slice()).execute(conn);
    Ok(done.await?.rows_affected() == 1)
}

/// Ends an account's links of a kind.
pub(in crate::customers) async fn end(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    kind: LinkKind,
) -> sqlx::Result<()> {
    sqlx::query!("delete from account_links where customer_id = ? and kind = ?", customer, kind).execute(conn).await?;
    Ok(())
}

/// Ended links, at most so many at once.
pub(in crate::customers) async fn delete_ended(conn: &mut MySqlConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from account_links where ends_at < ? limit 1000", now).execute(conn).await?;
    Ok(done.rows_affected())
}

/// The same wish twice is one.
pub(in crate::customers) async fn wish(
    conn: &mut MySqlConnection,
    kind: LinkWish,
    email: &str,
    number: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into link_wishes (kind, email, number, asked_at) values (?, ?, ?, ?)
         on duplicate key update asked_at = values(asked_at)",
        kind,
        email,
        number,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The oldest wishes.
pub(in crate::customers) async fn wishes(conn: &mut MySqlConnection, limit: u64) -> sqlx::Result<Vec<Wish>> {
    sqlx::query_as!(
        Wish,
        "select id as `id: _`, kind as `kind: _`, email as `email: _`, number as `number: _`
         from link_wishes order by id limit ?",
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Takes a wish. False when somebody else has it.
pub(in crate::customers) async fn take_wish(conn: &mut MySqlConnection, id: u64) -> sqlx::Result<bool> {
    Ok(sqlx::query!("delete from link_wishes where id = ?", id).execute(conn).await?.rows_affected() == 1)
}
