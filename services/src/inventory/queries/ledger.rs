//! The SQL of a variant's ledger and limits.

use chrono::{DateTime, Utc};
use domain::catalog::VariantId;
use domain::inventory::MovementReason;
use domain::orders::OrderId;
use sqlx::MySqlConnection;

pub(in crate::inventory) struct MovementRow {
    pub(in crate::inventory) at: DateTime<Utc>,
    pub(in crate::inventory) delta: i64,
    pub(in crate::inventory) on_hand: i64,
    pub(in crate::inventory) reason: MovementReason,
    pub(in crate::inventory) order_id: Option<OrderId>,
    pub(in crate::inventory) number: Option<String>,
    pub(in crate::inventory) actor_kind: String,
    pub(in crate::inventory) actor_name: Option<String>,
    pub(in crate::inventory) note: Option<String>,
}

pub(in crate::inventory) struct Counters {
    pub(in crate::inventory) on_hand: i64,
    pub(in crate::inventory) reserved: i64,
}

/// The counters, and nobody moves them until the transaction ends: for what depends on their value.
pub(in crate::inventory) async fn lock_counters(
    conn: &mut MySqlConnection,
    variant: VariantId,
) -> sqlx::Result<Option<Counters>> {
    sqlx::query_as!(
        Counters,
        "select on_hand as `on_hand: _`, reserved as `reserved: _` from stock where variant_id = ? for update",
        variant,
    )
    .fetch_optional(conn)
    .await
}

/// The numbers on hand of those variants, and nobody moves them until the transaction ends. They come in ascending order, as
/// everybody locks them. MySQL locks no row beside a table that it makes of JSON, unless that one stands within another.
pub(in crate::inventory) async fn lock_all_on_hand(
    conn: &mut MySqlConnection,
    variants: &str,
) -> sqlx::Result<Vec<(VariantId, i64)>> {
    let rows = sqlx::query!(
        "select straight_join s.variant_id as `variant: VariantId`, s.on_hand as `on_hand: i64`
         from (select id from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t) w
         join stock s on s.variant_id = w.id for update",
        variants,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.variant, row.on_hand)).collect())
}

pub(in crate::inventory) async fn movements(
    conn: &mut MySqlConnection,
    variant: VariantId,
    limit: u32,
    offset: u64,
) -> sqlx::Result<Vec<MovementRow>> {
    sqlx::query_as!(
        MovementRow,
        "select m.created_at as `at!: _`, m.delta as `delta!: _`,
                cast(sum(m.delta) over (order by m.id) as signed) as `on_hand!: _`,
                m.reason as `reason!: _`, m.order_id as `order_id: _`, o.number as `number?: _`,
                m.actor_kind as `actor_kind!: _`, m.actor_name as `actor_name: _`, m.note as `note: _`
         from stock_movements m left join orders o on o.id = m.order_id
         where m.variant_id = ? order by m.id desc limit ? offset ?",
        variant,
        limit,
        offset,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::inventory) async fn count_movements(conn: &mut MySqlConnection, variant: VariantId) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast(count(*) as unsigned) as `count!: _` from stock_movements where variant_id = ?",
        variant,
    )
    .fetch_one(conn)
    .await
}

/// Units that are sold and no parcel took yet.
pub(in crate::inventory) async fn waiting(conn: &mut MySqlConnection, variant: VariantId) -> sqlx::Result<u32> {
    sqlx::query_scalar!(
        "select cast(coalesce(sum(l.quantity - l.called_off
                    - (select coalesce(sum(pl.quantity), 0) from parcel_lines pl where pl.order_line_id = l.id)), 0)
                     as unsigned) as `units!: u32`
         from orders o join order_lines l on l.order_id = o.id
         where l.variant_id = ? and o.status in ('processing', 'partially_shipped')",
        variant,
    )
    .fetch_one(conn)
    .await
}

/// Keeps a variant from being changed; who sells it waits too.
pub(in crate::inventory) async fn lock_variant(
    conn: &mut MySqlConnection,
    variant: VariantId,
) -> sqlx::Result<Option<VariantId>> {
    sqlx::query_scalar!("select id as `id: _` from variants where id = ? for update", variant)
        .fetch_optional(conn)
        .await
}

/// The limits of a variant are part of what staff edit of its product: whoever read that before has to look again. Locks
/// the product.
pub(in crate::inventory) async fn raise_version(conn: &mut MySqlConnection, variant: VariantId) -> sqlx::Result<()> {
    sqlx::query!(
        "update products set version = version + 1 where id = (select product_id from variants where id = ?)",
        variant,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::inventory) async fn set_limits(
    conn: &mut MySqlConnection,
    variant: VariantId,
    low_stock_limit: u32,
    min_quantity: u32,
    max_quantity: u32,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update variants set min_quantity = ?, max_quantity = ? where id = ?",
        min_quantity,
        max_quantity,
        variant
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("update stock set low_stock_limit = ? where variant_id = ?", low_stock_limit, variant)
        .execute(conn)
        .await?;
    Ok(())
}
