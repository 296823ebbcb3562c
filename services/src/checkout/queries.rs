//! The SQL of checkouts and idempotency keys. Private to the slice.

use chrono::{DateTime, Utc};
use domain::carts::CartId;
use domain::id::CheckoutId;
use domain::orders::OrderId;
use sqlx::MySqlConnection;

/// An open checkout, held under a lock.
pub(super) struct OpenCheckout {
    pub(super) id: CheckoutId,
}

/// The order that a key placed, and the hash of its content.
pub(super) struct KnownKey {
    pub(super) number: Option<String>,
    pub(super) request_hash: Vec<u8>,
}

pub(super) async fn lock_open(conn: &mut MySqlConnection, cart: CartId) -> sqlx::Result<Option<OpenCheckout>> {
    sqlx::query_as!(OpenCheckout, "select id as `id: _` from checkouts where open_cart_id = ? for update", cart)
        .fetch_optional(conn)
        .await
}

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    cart: CartId,
    held_until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<CheckoutId> {
    let done = sqlx::query!(
        "insert into checkouts (cart_id, open_cart_id, state, held_until, created_at) values (?, ?, 'open', ?, ?)",
        cart,
        cart,
        held_until,
        now,
    )
    .execute(conn)
    .await?;
    Ok(CheckoutId::new(done.last_insert_id()))
}

/// A checkout of no cart, for orders that come from elsewhere.
pub(super) async fn insert_closed(conn: &mut MySqlConnection, now: DateTime<Utc>) -> sqlx::Result<CheckoutId> {
    let done = sqlx::query!(
        "insert into checkouts (cart_id, state, held_until, created_at) values (0, 'placed', ?, ?)",
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(CheckoutId::new(done.last_insert_id()))
}

pub(super) async fn renew(
    conn: &mut MySqlConnection,
    checkout: CheckoutId,
    held_until: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update checkouts set held_until = ? where id = ?", held_until, checkout).execute(conn).await?;
    Ok(())
}

pub(super) async fn close(conn: &mut MySqlConnection, checkout: CheckoutId, state: &str) -> sqlx::Result<()> {
    sqlx::query!("update checkouts set state = ?, open_cart_id = null where id = ?", state, checkout)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn due(conn: &mut MySqlConnection, now: DateTime<Utc>) -> sqlx::Result<Vec<CheckoutId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from checkouts where state = 'open' and held_until < ? order by held_until limit 1000",
        now,
    )
    .fetch_all(conn)
    .await
}

/// Locks a checkout if it is still due; one that a buyer works on at this moment is left for the next run.
pub(super) async fn lock_due(
    conn: &mut MySqlConnection,
    checkout: CheckoutId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<CheckoutId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from checkouts
         where id = ? and state = 'open' and held_until < ? for update skip locked",
        checkout,
        now,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn known_key(conn: &mut MySqlConnection, cart: CartId, key: &str) -> sqlx::Result<Option<KnownKey>> {
    sqlx::query_as!(
        KnownKey,
        "select o.number as `number?: _`, k.request_hash as `request_hash: _`
         from placement_keys k left join orders o on o.id = k.order_id
         where k.cart_id = ? and k.idempotency_key = ?",
        cart,
        key,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn insert_key(
    conn: &mut MySqlConnection,
    cart: CartId,
    key: &str,
    request_hash: &[u8; 32],
    order: OrderId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into placement_keys (cart_id, idempotency_key, request_hash, order_id, created_at)
         values (?, ?, ?, ?, ?)",
        cart,
        key,
        request_hash.as_slice(),
        order,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn delete_keys_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from placement_keys where created_at < ? limit 10000", limit).execute(conn).await?;
    Ok(done.rows_affected())
}
