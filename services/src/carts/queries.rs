//! The SQL of carts. Private to the slice.
//!
//! What a buyer could have is what nobody holds, and what the buyer's own open checkout holds.

use chrono::{DateTime, Utc};
use domain::carts::CartId;
use domain::catalog::{ProductId, VariantId};
use domain::money::Money;
use sqlx::MySqlConnection;

pub(super) struct LineRow {
    pub(super) variant_id: VariantId,
    pub(super) product_id: ProductId,
    pub(super) slug: String,
    pub(super) name_id: String,
    pub(super) name_en: String,
    pub(super) options_id: String,
    pub(super) options_en: String,
    pub(super) sku: String,
    pub(super) picture_key: Option<String>,
    pub(super) alt_id: Option<String>,
    pub(super) alt_en: Option<String>,
    pub(super) unit_price: Money,
    pub(super) compare_at: Option<Money>,
    pub(super) quantity: u32,
    pub(super) available: i64,
    pub(super) max_quantity: u32,
}

/// What decides whether a line may change.
pub(super) struct Limits {
    pub(super) most: u32,
    pub(super) available: i64,
    pub(super) present: u32,
    pub(super) lines: i64,
}

pub(super) async fn insert(conn: &mut MySqlConnection, key_hash: &[u8; 32], now: DateTime<Utc>) -> sqlx::Result<()> {
    let key_hash = key_hash.as_slice();
    sqlx::query!("insert into carts (key_hash, created_at, touched_at) values (?, ?, ?)", key_hash, now, now)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn by_key(conn: &mut MySqlConnection, key_hash: &[u8; 32]) -> sqlx::Result<Option<CartId>> {
    let key_hash = key_hash.as_slice();
    sqlx::query_scalar!("select id as `id: _` from carts where key_hash = ?", key_hash).fetch_optional(conn).await
}

pub(super) async fn lock(conn: &mut MySqlConnection, key_hash: &[u8; 32]) -> sqlx::Result<Option<CartId>> {
    let key_hash = key_hash.as_slice();
    sqlx::query_scalar!("select id as `id: _` from carts where key_hash = ? for update", key_hash)
        .fetch_optional(conn)
        .await
}

pub(super) async fn lines(conn: &mut MySqlConnection, cart: CartId) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as!(
        LineRow,
        "select l.variant_id as `variant_id: _`, p.id as `product_id: _`, p.slug as `slug: _`,
                p.name_id as `name_id: _`, p.name_en as `name_en: _`,
                v.options_id as `options_id: _`, v.options_en as `options_en: _`, v.sku as `sku: _`,
                pic.picture_key as `picture_key?: _`, pp.alt_id as `alt_id?: _`, pp.alt_en as `alt_en?: _`,
                v.price_amount as `unit_price: _`, v.compare_at_amount as `compare_at: _`,
                l.quantity as `quantity: _`,
                cast(case when p.status = 'active' then s.on_hand - s.reserved + coalesce(h.quantity, 0) else 0 end
                     as signed) as `available!: i64`,
                v.max_quantity as `max_quantity: _`
         from cart_lines l
         join variants v on v.id = l.variant_id
         join products p on p.id = v.product_id
         join stock s on s.variant_id = v.id
         left join checkouts c on c.open_cart_id = l.cart_id
         left join holds h on h.checkout_id = c.id and h.variant_id = v.id and h.state = 'held'
         left join product_pictures pp on pp.product_id = p.id and pp.position =
             (select ppx.position from product_pictures ppx
              where ppx.product_id = p.id
                and (ppx.shows_value_id is null or ppx.shows_value_id in
                     (select vv.value_id from variant_values vv where vv.variant_id = v.id))
              order by (ppx.shows_value_id is null), ppx.position limit 1)
         left join pictures pic on pic.id = pp.picture_id
         where l.cart_id = ?
         order by l.added_at, l.variant_id",
        cart,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn limits(
    conn: &mut MySqlConnection,
    cart: CartId,
    variant: VariantId,
) -> sqlx::Result<Option<Limits>> {
    sqlx::query_as!(
        Limits,
        "select v.max_quantity as `most: _`,
                cast(s.on_hand - s.reserved + coalesce(h.quantity, 0) as signed) as `available!: i64`,
                cast(coalesce(l.quantity, 0) as unsigned) as `present!: _`,
                (select count(*) from cart_lines where cart_id = ?) as `lines!: i64`
         from variants v
         join products p on p.id = v.product_id and p.status = 'active'
         join stock s on s.variant_id = v.id
         left join checkouts c on c.open_cart_id = ?
         left join holds h on h.checkout_id = c.id and h.variant_id = v.id and h.state = 'held'
         left join cart_lines l on l.cart_id = ? and l.variant_id = v.id
         where v.id = ?",
        cart,
        cart,
        cart,
        variant,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn set_line(
    conn: &mut MySqlConnection,
    cart: CartId,
    variant: VariantId,
    quantity: u32,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into cart_lines (cart_id, variant_id, quantity, added_at) values (?, ?, ?, ?)
         on duplicate key update quantity = ?",
        cart,
        variant,
        quantity,
        now,
        quantity,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn delete_line(conn: &mut MySqlConnection, cart: CartId, variant: VariantId) -> sqlx::Result<()> {
    sqlx::query!("delete from cart_lines where cart_id = ? and variant_id = ?", cart, variant).execute(conn).await?;
    Ok(())
}

pub(super) async fn touch(conn: &mut MySqlConnection, cart: CartId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update carts set touched_at = ? where id = ?", now, cart).execute(conn).await?;
    Ok(())
}

pub(super) async fn delete_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from carts where touched_at < ? and not exists
             (select 1 from checkouts c where c.open_cart_id = carts.id)
         limit 1000",
        limit,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
