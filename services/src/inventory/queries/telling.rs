//! The SQL of what the owner was told about stock.

use chrono::{DateTime, Utc};
use domain::catalog::VariantId;
use domain::locale::Translated;
use sqlx::MySqlConnection;

/// A variant at its limit.
pub(crate) struct NewlyLow {
    pub(crate) variant_id: VariantId,
    pub(crate) sku: String,
    pub(crate) name: Translated,
    pub(crate) left: i64,
}

/// Variants that were ever on the shelf, came to their limit, and were not told of; the emptiest first.
pub(in crate::inventory) async fn newly_low(conn: &mut MySqlConnection, limit: u32) -> sqlx::Result<Vec<NewlyLow>> {
    sqlx::query_as!(
        NewlyLow,
        "select s.variant_id as `variant_id: _`, v.sku as `sku: _`, p.name as `name: _`,
                s.on_hand - s.reserved as `left!: i64`
         from stock s
         join variants v on v.id = s.variant_id
         join products p on p.id = s.product_id
         left join low_stock_told t on t.variant_id = s.variant_id
         where s.on_hand - s.reserved <= s.low_stock_limit and t.variant_id is null and v.retired_at is null
           and p.status = 'active' and exists (select 1 from stock_movements m where m.variant_id = s.variant_id)
         order by s.on_hand - s.reserved, s.variant_id limit ?",
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Those that were told of and are above their limit again. A plain look: whoever sells them waits for nobody.
pub(in crate::inventory) async fn risen(conn: &mut MySqlConnection) -> sqlx::Result<Vec<VariantId>> {
    sqlx::query_scalar!(
        "select t.variant_id as `id: _` from low_stock_told t join stock s on s.variant_id = t.variant_id
         where s.on_hand - s.reserved > s.low_stock_limit limit 1000"
    )
    .fetch_all(conn)
    .await
}

/// Forgets that the owner was told of one.
pub(in crate::inventory) async fn forget_told(conn: &mut MySqlConnection, variant: VariantId) -> sqlx::Result<()> {
    sqlx::query!("delete from low_stock_told where variant_id = ?", variant).execute(conn).await?;
    Ok(())
}

/// Notes that the owner is told of one. False when that was done before.
pub(in crate::inventory) async fn note_told(
    conn: &mut MySqlConnection,
    variant: VariantId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!("insert ignore into low_stock_told (variant_id, told_at) values (?, ?)", variant, now);
    Ok(done.execute(conn).await?.rows_affected() == 1)
}
