//! The SQL that takes products away, many as one. Ids are lists in JSON, in ascending order.

use chrono::{DateTime, Utc};
use domain::catalog::{ProductId, VariantId};
use sqlx::MySqlConnection;

/// The variants of those products, retired ones too, ascending.
pub(in crate::catalog) async fn variant_ids(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<VariantId>> {
    sqlx::query_scalar!(
        "select straight_join v.id as `id: _`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t join variants v on v.product_id = t.id
         order by v.id",
        ids,
    )
    .fetch_all(conn)
    .await
}

/// Nobody puts those variants into a cart or an order until the transaction ends. MySQL
/// locks no rows for a `select` from a list: an update that changes nothing does.
pub(in crate::catalog) async fn lock_variants(conn: &mut MySqlConnection, variants: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         straight_join variants v on v.id = t.id set v.position = v.position",
        variants,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Nobody moves the counters of those variants until the transaction ends.
pub(in crate::catalog) async fn lock_stock(conn: &mut MySqlConnection, variants: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         straight_join stock s on s.variant_id = t.id set s.low_stock_limit = s.low_stock_limit",
        variants,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Those that something names that is not their own: orders, carts, holds, stock-takes or reviews.
pub(in crate::catalog) async fn named(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<ProductId>> {
    sqlx::query_scalar!(
        "select t.id as `id!: _`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         where exists(select 1 from reviews r where r.product_id = t.id)
            or exists(select 1 from variants v join order_lines l on l.variant_id = v.id where v.product_id = t.id)
            or exists(select 1 from variants v join cart_lines c on c.variant_id = v.id where v.product_id = t.id)
            or exists(select 1 from variants v join holds h on h.variant_id = v.id where v.product_id = t.id)
            or exists(select 1 from variants v join stock_take_lines k on k.variant_id = v.id
                      where v.product_id = t.id)",
        ids,
    )
    .fetch_all(conn)
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

/// Beside which others each of those products is shown.
pub(in crate::catalog) async fn beside(
    conn: &mut MySqlConnection,
    ids: &str,
) -> sqlx::Result<Vec<(ProductId, ProductId)>> {
    let rows = sqlx::query!(
        "select straight_join r.related_id as `id: ProductId`, r.product_id as `other: ProductId`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join related_products r on r.related_id = t.id order by r.related_id, r.product_id",
        ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.other)).collect())
}

/// The addresses that those products had before.
pub(in crate::catalog) async fn old_addresses(
    conn: &mut MySqlConnection,
    ids: &str,
) -> sqlx::Result<Vec<(ProductId, String)>> {
    let rows = sqlx::query!(
        "select straight_join t.id as `id!: ProductId`, a.slug as `slug: String`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join old_addresses a on a.product_id = t.id order by a.slug",
        ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.slug)).collect())
}

/// Deletes the rows of a table that belong to products; `$join` leads there from `t`, the list of their ids.
macro_rules! delete {
    ($conn:expr, $ids:expr, $row:literal, $join:literal) => {
        sqlx::query!(
            "delete " + $row + " from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t " + $join,
            $ids,
        )
        .execute(&mut *$conn)
        .await?
    };
}

/// Deletes products with all that belongs to them, their ledgers included: nobody ever had a unit of them.
pub(in crate::catalog) async fn delete(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<()> {
    delete!(conn, ids, "r", "straight_join related_products r on r.product_id = t.id");
    delete!(conn, ids, "r", "straight_join related_products r on r.related_id = t.id");
    delete!(conn, ids, "x", "straight_join product_texts x on x.product_id = t.id");
    delete!(conn, ids, "a", "straight_join old_addresses a on a.product_id = t.id");
    sqlx::query!(
        "update json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         straight_join variants v on v.product_id = t.id set v.chosen_picture = null, v.shown_picture = null",
        ids,
    )
    .execute(&mut *conn)
    .await?;
    delete!(conn, ids, "p", "straight_join product_pictures p on p.product_id = t.id");
    delete!(
        conn,
        ids,
        "c",
        "straight_join variants v on v.product_id = t.id straight_join variant_values c on c.variant_id = v.id"
    );
    delete!(
        conn,
        ids,
        "d",
        "straight_join variants v on v.product_id = t.id straight_join stock_discrepancies d on d.variant_id = v.id"
    );
    delete!(
        conn,
        ids,
        "m",
        "straight_join variants v on v.product_id = t.id straight_join stock_movements m on m.variant_id = v.id"
    );
    delete!(
        conn,
        ids,
        "s",
        "straight_join variants v on v.product_id = t.id straight_join stock s on s.variant_id = v.id"
    );
    delete!(conn, ids, "v", "straight_join variants v on v.product_id = t.id");
    delete!(
        conn,
        ids,
        "v",
        "straight_join product_options o on o.product_id = t.id straight_join option_values v on v.option_id = o.id"
    );
    delete!(conn, ids, "o", "straight_join product_options o on o.product_id = t.id");
    delete!(conn, ids, "p", "straight_join products p on p.id = t.id");
    Ok(())
}
