//! The SQL of changes of many products: one statement reads them, few write them, from lists in JSON.

use chrono::{DateTime, Utc};
use domain::catalog::{CategoryId, ProductId, ProductStatus, VariantId};
use domain::locale::Translated;
use domain::media::Picture;
use domain::money::Money;
use serde::Serialize;
use sqlx::MySqlConnection;

/// The digits of the highest price that there may be, in [`update_prices_between`].
pub(in crate::catalog) const WIDTH: usize = 13;

/// The fields of a product that many are changed in.
pub(in crate::catalog) struct ProductItem {
    pub(in crate::catalog) id: ProductId,
    pub(in crate::catalog) version: u64,
    pub(in crate::catalog) name: Translated,
    pub(in crate::catalog) category: Option<CategoryId>,
    pub(in crate::catalog) status: ProductStatus,
    pub(in crate::catalog) tax_class: Option<String>,
}

/// The same of a variant that is not retired.
pub(in crate::catalog) struct VariantItem {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) id: VariantId,
    pub(in crate::catalog) position: u32,
    pub(in crate::catalog) sku: String,
    pub(in crate::catalog) price: Money,
    pub(in crate::catalog) compare_at: Option<Money>,
    pub(in crate::catalog) sale: Option<Money>,
    pub(in crate::catalog) sale_from: Option<DateTime<Utc>>,
    pub(in crate::catalog) sale_until: Option<DateTime<Utc>>,
    pub(in crate::catalog) fewest: u32,
    pub(in crate::catalog) most: u32,
    pub(in crate::catalog) warn_at: Option<u32>,
}

/// A product about to be written.
#[derive(Serialize)]
pub(in crate::catalog) struct ChangedItem<'a> {
    pub(in crate::catalog) id: ProductId,
    pub(in crate::catalog) category: Option<CategoryId>,
    pub(in crate::catalog) status: ProductStatus,
    pub(in crate::catalog) tax_class: Option<&'a str>,
    pub(in crate::catalog) from_price: Money,
}

/// A variant about to be written; instants are as the database writes them.
#[derive(Serialize)]
pub(in crate::catalog) struct PricedItem {
    pub(in crate::catalog) id: VariantId,
    pub(in crate::catalog) price: Money,
    pub(in crate::catalog) compare_at: Option<Money>,
    pub(in crate::catalog) sale: Option<Money>,
    pub(in crate::catalog) sale_from: Option<String>,
    pub(in crate::catalog) sale_until: Option<String>,
    pub(in crate::catalog) fewest: u32,
    pub(in crate::catalog) most: u32,
}

/// Those of the products that are there, by ascending ids.
pub(in crate::catalog) async fn products(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<ProductItem>> {
    sqlx::query_as!(
        ProductItem,
        "select straight_join p.id as `id: _`, p.version as `version: _`, p.name as `name: _`,
                p.category_id as `category: _`, p.status as `status: _`, p.tax_class as `tax_class: _`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t join products p on p.id = t.id
         order by p.id",
        ids,
    )
    .fetch_all(conn)
    .await
}

/// The same, in the order of the list, and nobody else saves them until the transaction ends. The list is in ascending order, as
/// everybody locks them. MySQL locks no row beside a table that it makes of JSON, unless that one stands within another.
pub(in crate::catalog) async fn locked_products(
    conn: &mut MySqlConnection,
    ids: &str,
) -> sqlx::Result<Vec<ProductItem>> {
    sqlx::query_as!(
        ProductItem,
        "select straight_join p.id as `id: _`, p.version as `version: _`, p.name as `name: _`,
                p.category_id as `category: _`, p.status as `status: _`, p.tax_class as `tax_class: _`
         from (select id from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t) w
         join products p on p.id = w.id for update",
        ids,
    )
    .fetch_all(conn)
    .await
}

/// The variants of those products, in no order: for many, the server takes longer to sort them than to find them. Where nobody
/// asks `with_warnings`, their stock is not looked up.
pub(in crate::catalog) async fn variants(
    conn: &mut MySqlConnection,
    ids: &str,
    with_warnings: bool,
) -> sqlx::Result<Vec<VariantItem>> {
    sqlx::query_as!(
        VariantItem,
        "select straight_join v.product_id as `product: _`, v.id as `id: _`, v.position as `position: _`,
                v.sku as `sku: _`, v.price_amount as `price: _`, v.compare_at_amount as `compare_at: _`,
                v.sale_amount as `sale: _`, v.sale_from as `sale_from: _`, v.sale_until as `sale_until: _`,
                v.min_quantity as `fewest: _`, v.max_quantity as `most: _`,
                s.low_stock_limit as `warn_at?: _`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join variants v on v.product_id = t.id and v.retired_at is null
         left join stock s on ? and s.variant_id = v.id",
        ids,
        with_warnings,
    )
    .fetch_all(conn)
    .await
}

/// The pictures of those products, where they have one.
pub(in crate::catalog) async fn faces(
    conn: &mut MySqlConnection,
    ids: &str,
) -> sqlx::Result<Vec<(ProductId, Option<Picture>)>> {
    let rows = sqlx::query!(
        "select straight_join pp.product_id as `product: ProductId`,
                cast(json_object('key', k.picture_key, 'alt', json_extract(pp.alt, '$'), 'width', k.width,
                                 'height', k.height, 'placeholder', k.placeholder,
                                 'centre', json_object('x', pp.centre_x, 'y', pp.centre_y)) as char)
                    as `picture?: Picture`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join product_pictures pp on pp.product_id = t.id and pp.position = 0
         join pictures k on k.id = pp.picture_id",
        ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.product, row.picture)).collect())
}

/// Writes products that changed, and raises their versions.
pub(in crate::catalog) async fn update_products(
    conn: &mut MySqlConnection,
    products: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (
             id bigint unsigned path '$.id', category bigint unsigned path '$.category',
             status varchar(16) character set ascii collate ascii_bin path '$.status',
             tax_class varchar(40) character set ascii collate ascii_bin path '$.tax_class',
             from_price bigint path '$.from_price')) t
         straight_join products p on p.id = t.id
         set p.category_id = t.category, p.status = t.status, p.tax_class = t.tax_class, p.from_amount = t.from_price,
             p.version = p.version + 1, p.updated_at = ?",
        products,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes the lowest prices of products of which nothing else changed, and raises their versions: a list of two numbers each is
/// read in a third of the time.
pub(in crate::catalog) async fn update_from_prices(
    conn: &mut MySqlConnection,
    products: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (id bigint unsigned path '$[0]', from_price bigint path '$[1]')) t
         straight_join products p on p.id = t.id
         set p.from_amount = t.from_price, p.version = p.version + 1, p.updated_at = ?",
        products,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes prices of variants of which nothing else changed.
pub(in crate::catalog) async fn update_prices(conn: &mut MySqlConnection, variants: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (id bigint unsigned path '$[0]', price bigint path '$[1]')) t
         straight_join variants v on v.id = t.id set v.price_amount = t.price",
        variants,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The same for most of the variants from one to another. The list has [`WIDTH`] digits for each id between them, or blanks for
/// one that is none of them: those rows are neither changed nor waited for. Rows are written while they are read, and not after a
/// join, in half the time.
pub(in crate::catalog) async fn update_prices_between(
    conn: &mut MySqlConnection,
    (first, last): (VariantId, VariantId),
    list: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update variants v set v.price_amount = cast(substring(?, 1 + 13 * (v.id - ?), 13) as unsigned)
         where v.id between ? and ? and substring(?, 1 + 13 * (v.id - ?), 1) <> ' '",
        list,
        first,
        first,
        last,
        list,
        first,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes prices, sales and limits of variants that changed.
pub(in crate::catalog) async fn update_variants(conn: &mut MySqlConnection, variants: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (
             id bigint unsigned path '$.id', price bigint path '$.price', compare_at bigint path '$.compare_at',
             sale bigint path '$.sale', sale_from datetime(6) path '$.sale_from',
             sale_until datetime(6) path '$.sale_until', fewest int unsigned path '$.fewest',
             most int unsigned path '$.most')) t
         straight_join variants v on v.id = t.id
         set v.price_amount = t.price, v.compare_at_amount = t.compare_at, v.sale_amount = t.sale,
             v.sale_from = t.sale_from, v.sale_until = t.sale_until, v.min_quantity = t.fewest, v.max_quantity = t.most",
        variants,
    )
    .execute(conn)
    .await?;
    Ok(())
}
