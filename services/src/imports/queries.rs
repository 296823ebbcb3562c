//! The SQL of imports: how the goods of a file are found in the shop. Private to the slice.

use domain::catalog::ProductId;
use domain::locale::Translated;
use sqlx::MySqlConnection;

/// A SKU that is sold, and whose it is.
pub(super) struct SkuRow {
    pub(super) sku: String,
    pub(super) product: ProductId,
    pub(super) name: Translated,
}

/// The products of those addresses.
pub(super) async fn by_slugs(conn: &mut MySqlConnection, slugs: &str) -> sqlx::Result<Vec<(String, ProductId)>> {
    let rows = sqlx::query!(
        "select straight_join p.slug as `slug: String`, p.id as `id: ProductId`
         from json_table(?, '$[*]' columns (slug varchar(120) character set ascii collate ascii_bin path '$')) t
         join products p on p.slug = t.slug",
        slugs,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.id)).collect())
}

/// The products that had those addresses before.
pub(super) async fn by_old_slugs(conn: &mut MySqlConnection, slugs: &str) -> sqlx::Result<Vec<(String, ProductId)>> {
    let rows = sqlx::query!(
        "select straight_join a.slug as `slug: String`, a.product_id as `id!: ProductId`
         from json_table(?, '$[*]' columns (slug varchar(120) character set ascii collate ascii_bin path '$')) t
         join old_addresses a on a.kind = 'product' and a.slug = t.slug",
        slugs,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.id)).collect())
}

/// Those of the SKUs, as JSON, that are sold.
pub(super) async fn skus(conn: &mut MySqlConnection, skus: &str) -> sqlx::Result<Vec<SkuRow>> {
    sqlx::query_as!(
        SkuRow,
        "select straight_join v.sku as `sku: _`, p.id as `product: _`, p.name as `name: _`
         from json_table(?, '$[*]' columns (sku varchar(64) character set ascii collate ascii_bin path '$')) t
         join variants v on v.sku = t.sku
         join products p on p.id = v.product_id
         where v.retired_at is null",
        skus,
    )
    .fetch_all(conn)
    .await
}

/// The next products in the order in which they were made, with their addresses.
pub(super) async fn after(
    conn: &mut MySqlConnection,
    last: ProductId,
    limit: u32,
) -> sqlx::Result<Vec<(ProductId, String)>> {
    let rows = sqlx::query!(
        "select id as `id: ProductId`, slug as `slug: String` from products where id > ? order by id limit ?",
        last,
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.slug)).collect())
}

pub(super) async fn slug_of(conn: &mut MySqlConnection, id: ProductId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select slug as `slug: String` from products where id = ?", id).fetch_optional(conn).await
}
