//! The SQL of sessions.

use chrono::{DateTime, Utc};
use domain::carts::CartId;
use domain::customers::{Customer, CustomerId};
use domain::locale::Locale;
use domain::money::BasisPoints;
use domain::pricing::MemberBenefit;
use sqlx::MySqlConnection;

use super::accounts::CustomerRow;

/// A session and whose it is.
pub(in crate::customers) struct Found {
    pub(in crate::customers) customer: Customer,
    /// The account's cart and its units; none before its first visit.
    pub(in crate::customers) cart: Option<(CartId, u32)>,
    /// What its membership gives, and until when.
    pub(in crate::customers) membership: Option<(MemberBenefit, DateTime<Utc>)>,
    pub(in crate::customers) created_at: DateTime<Utc>,
    pub(in crate::customers) seen_at: DateTime<Utc>,
    /// The database's clock.
    pub(in crate::customers) read_at: DateTime<Utc>,
}

pub(in crate::customers) async fn insert(
    conn: &mut MySqlConnection,
    customer: CustomerId,
    token_hash: &[u8; 32],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into account_sessions (customer_id, token_hash, created_at, seen_at) values (?, ?, ?, ?)",
        customer,
        token_hash.as_slice(),
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Every page of whoever is signed in asks this, and nothing else about them.
pub(in crate::customers) async fn find(
    conn: &mut MySqlConnection,
    token_hash: &[u8; 32],
) -> sqlx::Result<Option<Found>> {
    let row = sqlx::query!(
        "select c.id as `id: CustomerId`, c.email as `email: String`, c.name as `name: String`,
                a.locale as `locale: Locale`, c.phone as `phone: String`, c.line_1 as `line_1: String`,
                c.line_2 as `line_2: String`, c.city as `city: String`, c.province as `province: String`,
                c.postal_code as `postal_code: String`, a.verified_at is not null as `is_verified!: bool`, s.created_at as `created_at: DateTime<Utc>`,
                s.seen_at as `seen_at: DateTime<Utc>`, utc_timestamp(6) as `read_at!: DateTime<Utc>`,
                k.id as `cart?: CartId`,
                cast(coalesce((select sum(l.quantity) from cart_lines l where l.cart_id = k.id), 0) as unsigned)
                    as `units!: u32`,
                m.percent_off as `percent_off?: BasisPoints`, m.free_delivery as `free_delivery?: bool`,
                m.ends_at as `ends_at?: DateTime<Utc>`
         from account_sessions s
         join accounts a on a.customer_id = s.customer_id
         join customers c on c.id = s.customer_id
         left join carts k on k.customer_id = s.customer_id
         left join memberships m on m.live_customer_id = s.customer_id
         where s.token_hash = ?",
        token_hash.as_slice(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Found {
        customer: Customer::from(CustomerRow {
            id: row.id,
            email: row.email,
            name: row.name,
            locale: row.locale,
            phone: row.phone,
            line_1: row.line_1,
            line_2: row.line_2,
            city: row.city,
            province: row.province,
            postal_code: row.postal_code,
            is_verified: row.is_verified,
        }),
        cart: row.cart.map(|cart| (cart, row.units)),
        membership: row
            .percent_off
            .zip(row.free_delivery)
            .zip(row.ends_at)
            .map(|((percent_off, free_delivery), ends_at)| (MemberBenefit { percent_off, free_delivery }, ends_at)),
        created_at: row.created_at,
        seen_at: row.seen_at,
        read_at: row.read_at,
    }))
}

pub(in crate::customers) async fn see(
    conn: &mut MySqlConnection,
    token_hash: &[u8; 32],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update account_sessions set seen_at = ? where token_hash = ?", now, token_hash.as_slice())
        .execute(conn)
        .await?;
    Ok(())
}

pub(in crate::customers) async fn end(conn: &mut MySqlConnection, token_hash: &[u8; 32]) -> sqlx::Result<()> {
    sqlx::query!("delete from account_sessions where token_hash = ?", token_hash.as_slice()).execute(conn).await?;
    Ok(())
}

pub(in crate::customers) async fn end_all(conn: &mut MySqlConnection, customer: CustomerId) -> sqlx::Result<()> {
    sqlx::query!("delete from account_sessions where customer_id = ?", customer).execute(conn).await?;
    Ok(())
}

/// Ended sessions, at most so many at once.
pub(in crate::customers) async fn delete_ended(
    conn: &mut MySqlConnection,
    seen_before: DateTime<Utc>,
    created_before: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from account_sessions where seen_at < ? or created_at < ? limit 1000",
        seen_before,
        created_before,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
