//! The SQL of carts. Private to the slice.
//!
//! What a buyer could have is what nobody holds, and what the buyer's own open checkout holds.

use chrono::{DateTime, Utc};
use domain::carts::CartId;
use domain::catalog::{CategoryId, ProductId, VariantId};
use domain::checkout::HoldSpan;
use domain::customers::CustomerId;
use domain::locale::Translated;
use domain::media::Picture;
use domain::money::Money;
use sqlx::MySqlConnection;

pub(super) mod joining;

pub(super) struct LineRow {
    pub(super) variant_id: VariantId,
    pub(super) product_id: ProductId,
    pub(super) slug: String,
    pub(super) name: Translated,
    pub(super) options: Translated,
    pub(super) sku: String,
    pub(super) picture: Option<Picture>,
    pub(super) unit_price: Money,
    pub(super) compare_at: Option<Money>,
    pub(super) seen_price: Option<Money>,
    pub(super) quantity: u32,
    /// Units that nobody holds; nothing of a product that is not sold.
    pub(super) free: i64,
    /// Units that this cart holds.
    pub(super) held: u32,
    pub(super) low_stock_limit: u32,
    pub(super) min_quantity: u32,
    pub(super) max_quantity: u32,
    pub(super) weight_grams: u32,
    pub(super) category: Option<CategoryId>,
    /// The one in which that stands, and the one in which this does.
    pub(super) above: Option<CategoryId>,
    pub(super) top: Option<CategoryId>,
    pub(super) tax_class: Option<String>,
    pub(super) is_sold: bool,
}

/// A cart under lock.
pub(super) struct LockedRow {
    pub(super) id: CartId,
    pub(super) held_since: Option<DateTime<Utc>>,
    pub(super) held_until: Option<DateTime<Utc>>,
    pub(super) last_held_since: Option<DateTime<Utc>>,
    pub(super) last_held_until: Option<DateTime<Utc>>,
    pub(super) account: Option<CustomerId>,
    /// The database's clock.
    pub(super) read_at: DateTime<Utc>,
}

/// What decides whether a line may change.
pub(super) struct Limits {
    pub(super) price: Money,
    pub(super) is_sold: bool,
    pub(super) fewest: u32,
    pub(super) most: u32,
    /// Nothing of a product that is not sold.
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

/// A cart with the units of all its lines.
pub(super) struct KnownRow {
    pub(super) id: CartId,
    pub(super) units: u32,
}

pub(super) async fn known(conn: &mut MySqlConnection, key_hash: &[u8; 32]) -> sqlx::Result<Option<KnownRow>> {
    let key_hash = key_hash.as_slice();
    sqlx::query_as!(
        KnownRow,
        "select c.id as `id: _`,
                cast(coalesce((select sum(l.quantity) from cart_lines l where l.cart_id = c.id), 0) as unsigned)
                    as `units!: _`
         from carts c where c.key_hash = ?",
        key_hash,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn lock(conn: &mut MySqlConnection, key_hash: &[u8; 32]) -> sqlx::Result<Option<LockedRow>> {
    let key_hash = key_hash.as_slice();
    sqlx::query_as!(
        LockedRow,
        "select id as `id: _`, held_since as `held_since: _`, held_until as `held_until: _`,
                last_held_since as `last_held_since: _`, last_held_until as `last_held_until: _`,
                customer_id as `account: _`, utc_timestamp(6) as `read_at!: _`
         from carts where key_hash = ? for update",
        key_hash,
    )
    .fetch_optional(conn)
    .await
}

/// The same, and whether the key has placed an order from the cart.
pub(super) async fn lock_to_place(
    conn: &mut MySqlConnection,
    key_hash: &[u8; 32],
    idempotency_key: &str,
) -> sqlx::Result<Option<(LockedRow, bool)>> {
    let key_hash = key_hash.as_slice();
    let row = sqlx::query!(
        "select c.id as `id: CartId`, c.held_since as `held_since: DateTime<Utc>`,
                c.held_until as `held_until: DateTime<Utc>`, c.last_held_since as `last_held_since: DateTime<Utc>`,
                c.last_held_until as `last_held_until: DateTime<Utc>`, c.customer_id as `account: CustomerId`,
                utc_timestamp(6) as `read_at!: DateTime<Utc>`, o.id is not null as `has_placed!: bool`
         from carts c
         left join orders o on o.cart_id = c.id and o.idempotency_key = ?
         where c.key_hash = ? for update",
        idempotency_key,
        key_hash,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        let locked = LockedRow {
            id: row.id,
            held_since: row.held_since,
            held_until: row.held_until,
            last_held_since: row.last_held_since,
            last_held_until: row.last_held_until,
            account: row.account,
            read_at: row.read_at,
        };
        (locked, row.has_placed)
    }))
}

pub(super) async fn set_hold(conn: &mut MySqlConnection, cart: CartId, hold: HoldSpan) -> sqlx::Result<()> {
    sqlx::query!("update carts set held_since = ?, held_until = ? where id = ?", hold.since, hold.until, cart)
        .execute(conn)
        .await?;
    Ok(())
}

/// The hold ends, and becomes the last one. The assignments are carried out in the order in which they stand.
pub(super) async fn end_hold(conn: &mut MySqlConnection, cart: CartId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "update carts set last_held_since = held_since, last_held_until = least(held_until, ?),
                          held_since = null, held_until = null
         where id = ? and held_since is not null",
        now,
        cart,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn forget_holds(conn: &mut MySqlConnection, cart: CartId) -> sqlx::Result<()> {
    sqlx::query!(
        "update carts set held_since = null, held_until = null, last_held_since = null, last_held_until = null
         where id = ?",
        cart,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Carts whose hold ran out, the longest first, and those that would hold for longer than `longest`.
pub(super) async fn due(
    conn: &mut MySqlConnection,
    now: DateTime<Utc>,
    longest: DateTime<Utc>,
) -> sqlx::Result<Vec<CartId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from carts where held_until < ? or held_until > ? order by held_until limit 1000",
        now,
        longest,
    )
    .fetch_all(conn)
    .await
}

/// Locks a cart if its hold is still due; one that a buyer works on at this moment is left for the next run.
pub(super) async fn lock_due(
    conn: &mut MySqlConnection,
    cart: CartId,
    now: DateTime<Utc>,
    longest: DateTime<Utc>,
) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar!(
        "select held_until as `until!: _` from carts
         where id = ? and (held_until < ? or held_until > ?) for update skip locked",
        cart,
        now,
        longest,
    )
    .fetch_optional(conn)
    .await
}

/// What the cart wants, with all that its price needs. The tables stand in the order in which they are best read: looking
/// for a better one takes the server longer than reading them.
pub(super) async fn lines(conn: &mut MySqlConnection, cart: CartId) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as!(
        LineRow,
        "select straight_join l.variant_id as `variant_id: _`, p.id as `product_id: _`, p.slug as `slug: _`,
                p.name as `name: _`,
                v.options as `options: _`, v.sku as `sku: _`,
                cast(case when pic.id is not null then json_object(
                         'key', pic.picture_key, 'alt', json_extract(pp.alt, '$'), 'width', pic.width,
                         'height', pic.height, 'placeholder', pic.placeholder,
                         'centre', json_object('x', pp.centre_x, 'y', pp.centre_y)) end as char) as `picture?: _`,
                if((v.sale_amount is not null and (v.sale_from is null or v.sale_from <= utc_timestamp(6))
                 and (v.sale_until is null or v.sale_until > utc_timestamp(6))), v.sale_amount, v.price_amount) as `unit_price!: _`,
                if((v.sale_amount is not null and (v.sale_from is null or v.sale_from <= utc_timestamp(6))
                 and (v.sale_until is null or v.sale_until > utc_timestamp(6))), v.price_amount, v.compare_at_amount) as `compare_at: _`,
                l.seen_price_amount as `seen_price: _`, l.quantity as `quantity: _`,
                s.on_hand - s.reserved as `free!: i64`, cast(coalesce(h.quantity, 0) as unsigned) as `held!: _`,
                s.low_stock_limit as `low_stock_limit: _`, v.min_quantity as `min_quantity: _`,
                v.max_quantity as `max_quantity: _`, v.weight_grams as `weight_grams: _`,
                p.category_id as `category: _`, c.parent_id as `above?: _`, c1.parent_id as `top?: _`,
                p.tax_class as `tax_class: _`,
                (p.status = 'active' and v.retired_at is null
                 and (p.publish_at is null or p.publish_at <= utc_timestamp(6))) as `is_sold!: bool`
         from cart_lines l
         join variants v on v.id = l.variant_id
         join products p on p.id = v.product_id
         join stock s on s.variant_id = v.id
         left join holds h on h.cart_id = l.cart_id and h.variant_id = v.id
         left join product_pictures pp on pp.product_id = v.product_id and pp.position = v.shown_picture
         left join pictures pic on pic.id = pp.picture_id
         left join categories c on c.id = p.category_id
         left join categories c1 on c1.id = c.parent_id
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
        "select if((v.sale_amount is not null and (v.sale_from is null or v.sale_from <= utc_timestamp(6))
                 and (v.sale_until is null or v.sale_until > utc_timestamp(6))), v.sale_amount, v.price_amount) as `price!: _`,
                (p.status = 'active' and v.retired_at is null
                 and (p.publish_at is null or p.publish_at <= utc_timestamp(6))) as `is_sold!: bool`,
                v.min_quantity as `fewest: _`, v.max_quantity as `most: _`,
                cast(if(p.status = 'active' and v.retired_at is null
                        and (p.publish_at is null or p.publish_at <= utc_timestamp(6)),
                        s.on_hand - s.reserved + coalesce(h.quantity, 0), 0) as signed)
                    as `available!: i64`,
                cast(coalesce(l.quantity, 0) as unsigned) as `present!: _`,
                (select count(*) from cart_lines where cart_id = ?) as `lines!: i64`
         from variants v
         join products p on p.id = v.product_id
         join stock s on s.variant_id = v.id
         left join holds h on h.cart_id = ? and h.variant_id = v.id
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

/// Sets what the cart wants of a variant. A new line notes the price that the buyer sees; one that is there keeps what
/// it noted.
pub(super) async fn set_line(
    conn: &mut MySqlConnection,
    cart: CartId,
    variant: VariantId,
    quantity: u32,
    seen_price: Option<Money>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into cart_lines (cart_id, variant_id, quantity, seen_price_amount, added_at) values (?, ?, ?, ?, ?)
         on duplicate key update quantity = ?",
        cart,
        variant,
        quantity,
        seen_price,
        now,
        quantity,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes a price as seen if it is the one of today.
pub(super) async fn note_seen(
    conn: &mut MySqlConnection,
    cart: CartId,
    variant: VariantId,
    price: Money,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update cart_lines l join variants v on v.id = l.variant_id set l.seen_price_amount = v.price_amount
         where l.cart_id = ? and l.variant_id = ? and v.price_amount = ?",
        cart,
        variant,
        price,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn delete_line(conn: &mut MySqlConnection, cart: CartId, variant: VariantId) -> sqlx::Result<()> {
    sqlx::query!("delete from cart_lines where cart_id = ? and variant_id = ?", cart, variant).execute(conn).await?;
    Ok(())
}

pub(super) async fn delete_lines(conn: &mut MySqlConnection, cart: CartId) -> sqlx::Result<()> {
    sqlx::query!("delete from cart_lines where cart_id = ?", cart).execute(conn).await?;
    Ok(())
}

pub(super) async fn touch(conn: &mut MySqlConnection, cart: CartId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update carts set touched_at = ? where id = ?", now, cart).execute(conn).await?;
    Ok(())
}

pub(super) async fn delete_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from carts where touched_at < ? and held_until is null and customer_id is null limit 1000",
        limit,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
