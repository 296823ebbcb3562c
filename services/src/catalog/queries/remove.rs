//! The SQL that takes products away.

use chrono::{DateTime, Utc};
use domain::catalog::{ProductId, VariantId};
use sqlx::MySqlConnection;

/// Nobody moves the counters of its variants until the transaction ends.
pub(in crate::catalog) async fn lock_stock(conn: &mut MySqlConnection, product: ProductId) -> sqlx::Result<()> {
    sqlx::query_scalar!(
        "select s.variant_id as `id: VariantId` from variants v join stock s on s.variant_id = v.id
         where v.product_id = ? order by s.variant_id for update",
        product,
    )
    .fetch_all(conn)
    .await?;
    Ok(())
}

/// Whether something names it that is not its own: orders, carts, holds, stock-takes or reviews.
pub(in crate::catalog) async fn is_named(conn: &mut MySqlConnection, product: ProductId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        "select (exists(select 1 from reviews r where r.product_id = ?)
                 or exists(select 1 from variants v join order_lines l on l.variant_id = v.id where v.product_id = ?)
                 or exists(select 1 from variants v join cart_lines c on c.variant_id = v.id where v.product_id = ?)
                 or exists(select 1 from variants v join holds h on h.variant_id = v.id where v.product_id = ?)
                 or exists(select 1 from variants v join stock_take_lines k on k.variant_id = v.id
                           where v.product_id = ?)) as `is_named!: bool`",
        product,
        product,
        product,
        product,
        product,
    )
    .fetch_one(conn)
    .await
}

pub(in crate::catalog) async fn archive(
    conn: &mut MySqlConnection,
    product: ProductId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update products set status = 'archived', version = version + 1, updated_at = ? where id = ?",
        now,
        product,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Deletes what belongs to a product, its ledger included: nobody ever had a unit of it.
pub(in crate::catalog) async fn delete_parts(conn: &mut MySqlConnection, product: ProductId) -> sqlx::Result<()> {
    sqlx::query!("delete from related_products where product_id = ? or related_id = ?", product, product)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("delete from product_names where product_id = ?", product).execute(&mut *conn).await?;
    sqlx::query!("delete from product_texts where product_id = ?", product).execute(&mut *conn).await?;
    sqlx::query!("delete from old_addresses where product_id = ?", product).execute(&mut *conn).await?;
    sqlx::query!("update variants set chosen_picture = null, shown_picture = null where product_id = ?", product)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("delete from product_pictures where product_id = ?", product).execute(&mut *conn).await?;
    sqlx::query!(
        "delete c from variants v join variant_values c on c.variant_id = v.id where v.product_id = ?",
        product
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "delete d from variants v join stock_discrepancies d on d.variant_id = v.id where v.product_id = ?",
        product
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "delete m from variants v join stock_movements m on m.variant_id = v.id where v.product_id = ?",
        product
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete s from variants v join stock s on s.variant_id = v.id where v.product_id = ?", product)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("delete from variants where product_id = ?", product).execute(&mut *conn).await?;
    sqlx::query!(
        "delete v from product_options o join option_values v on v.option_id = o.id where o.product_id = ?",
        product
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete from product_options where product_id = ?", product).execute(conn).await?;
    Ok(())
}

pub(in crate::catalog) async fn delete_product(conn: &mut MySqlConnection, product: ProductId) -> sqlx::Result<()> {
    sqlx::query!("delete from products where id = ?", product).execute(conn).await?;
    Ok(())
}
