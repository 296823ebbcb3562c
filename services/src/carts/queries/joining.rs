//! The SQL of accounts' carts, and of guests' carts that are joined to them.

use chrono::{DateTime, Utc};
use domain::carts::CartId;
use domain::catalog::VariantId;
use domain::checkout::HoldSpan;
use domain::customers::CustomerId;
use domain::money::Money;
use sqlx::MySqlConnection;

/// A cart under lock.
pub(in crate::carts) struct JoiningRow {
    pub(in crate::carts) id: CartId,
    pub(in crate::carts) account: Option<CustomerId>,
    pub(in crate::carts) held_since: Option<DateTime<Utc>>,
    pub(in crate::carts) held_until: Option<DateTime<Utc>>,
    pub(in crate::carts) last_held_since: Option<DateTime<Utc>>,
    pub(in crate::carts) last_held_until: Option<DateTime<Utc>>,
}

/// A variant that at least one of the two carts wants.
pub(in crate::carts) struct JoinedLine {
    pub(in crate::carts) variant_id: VariantId,
    pub(in crate::carts) by_account: u32,
    pub(in crate::carts) by_guest: u32,
    pub(in crate::carts) price: Money,
    /// The price that the guest saw last.
    pub(in crate::carts) seen_price: Option<Money>,
    pub(in crate::carts) most: u32,
    /// Units that nobody else holds; nothing of a product that is not sold.
    pub(in crate::carts) available: i64,
}

pub(in crate::carts) async fn insert(
    conn: &mut MySqlConnection,
    key_hash: &[u8; 32],
    account: CustomerId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into carts (key_hash, customer_id, created_at, touched_at) values (?, ?, ?, ?)",
        key_hash.as_slice(),
        account,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::carts) async fn lock(conn: &mut MySqlConnection, cart: CartId) -> sqlx::Result<Option<JoiningRow>> {
    sqlx::query_as!(
        JoiningRow,
        "select id as `id: _`, customer_id as `account: _`, held_since as `held_since: _`,
                held_until as `held_until: _`, last_held_since as `last_held_since: _`,
                last_held_until as `last_held_until: _`
         from carts where id = ? for update",
        cart,
    )
    .fetch_optional(conn)
    .await
}

/// What both want, by the age of the lines.
pub(in crate::carts) async fn lines(
    conn: &mut MySqlConnection,
    guest: CartId,
    own: CartId,
) -> sqlx::Result<Vec<JoinedLine>> {
    sqlx::query_as!(
        JoinedLine,
        "select v.id as `variant_id: _`,
                cast(sum(if(l.cart_id = ?, l.quantity, 0)) as unsigned) as `by_account!: _`,
                cast(sum(if(l.cart_id = ?, l.quantity, 0)) as unsigned) as `by_guest!: _`,
                v.price_amount as `price: _`,
                max(if(l.cart_id = ?, l.seen_price_amount, null)) as `seen_price: _`, v.max_quantity as `most: _`,
                cast(if(p.status = 'active' and v.retired_at is null
                        and (p.publish_at is null or p.publish_at <= utc_timestamp(6)), s.on_hand - s.reserved, 0)
                     + coalesce((select sum(h.quantity) from holds h
                                 where h.cart_id in (?, ?) and h.variant_id = v.id), 0) as signed)
                    as `available!: i64`
         from cart_lines l
         join variants v on v.id = l.variant_id
         join products p on p.id = v.product_id
         join stock s on s.variant_id = v.id
         where l.cart_id in (?, ?)
         group by v.id, v.price_amount, v.max_quantity, p.status, p.publish_at, v.retired_at, s.on_hand, s.reserved
         order by min(l.added_at), v.id",
        own,
        guest,
        guest,
        guest,
        own,
        guest,
        own,
    )
    .fetch_all(conn)
    .await
}

/// What the account's cart held last.
pub(in crate::carts) async fn set_last_hold(
    conn: &mut MySqlConnection,
    cart: CartId,
    last: HoldSpan,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update carts set last_held_since = ?, last_held_until = ? where id = ?",
        last.since,
        last.until,
        cart,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes where the guest's lines went, so that a repeated request is still known.
pub(in crate::carts) async fn mark(conn: &mut MySqlConnection, guest: CartId, own: CartId) -> sqlx::Result<()> {
    sqlx::query!("update carts set joined_to = ? where id = ?", own, guest).execute(conn).await?;
    Ok(())
}

pub(in crate::carts) async fn joined_to(conn: &mut MySqlConnection, cart: CartId) -> sqlx::Result<Vec<CartId>> {
    sqlx::query_scalar!("select id as `id: _` from carts where joined_to = ?", cart).fetch_all(conn).await
}

/// At most so many at once.
pub(in crate::carts) async fn delete_empty_before(
    conn: &mut MySqlConnection,
    limit: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from carts
         where touched_at < ? and held_until is null and customer_id is null
           and not exists (select 1 from cart_lines l where l.cart_id = carts.id)
         limit 1000",
        limit,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
