//! The SQL of what sells, which orders the catalogue.

use chrono::{DateTime, Utc};
use domain::catalog::ProductId;
use sqlx::MySqlConnection;

/// Products whose popularity is not what they sold since `from`, with what they sold. A plain read: whoever moves an order
/// meanwhile waits for nothing.
pub(in crate::catalog) async fn stale_popularity(
    conn: &mut MySqlConnection,
    from: DateTime<Utc>,
) -> sqlx::Result<Vec<(ProductId, u64)>> {
    let rows = sqlx::query!(
        "select p.id as `id: ProductId`, cast(coalesce(sold.units, 0) as unsigned) as `units!: u64`
         from products p
         left join (select v.product_id, sum(l.quantity) as units
                    from order_lines l
                    join orders o on o.id = l.order_id
                    join variants v on v.id = l.variant_id
                    where o.placed_at >= ? and o.status <> 'cancelled'
                    group by v.product_id) sold on sold.product_id = p.id
         where p.popularity <> coalesce(sold.units, 0) order by p.id",
        from,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.units)).collect())
}

pub(in crate::catalog) async fn set_popularity(
    conn: &mut MySqlConnection,
    product: ProductId,
    units: u64,
) -> sqlx::Result<()> {
    sqlx::query!("update products set popularity = ? where id = ?", units, product).execute(conn).await?;
    Ok(())
}
