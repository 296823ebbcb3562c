//! The SQL that stores variants, all of a product in one statement each.

use chrono::{DateTime, Utc};
use domain::catalog::{OptionId, OptionValueId, ProductId, VariantId};
use domain::money::Money;
use serde::Serialize;
use sqlx::MySqlConnection;

/// A variant about to be stored.
#[derive(Serialize)]
pub(in crate::catalog) struct VariantItem<'a> {
    /// Nothing for a new one.
    pub(in crate::catalog) id: Option<VariantId>,
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) sku: &'a str,
    pub(in crate::catalog) barcode: Option<&'a str>,
    pub(in crate::catalog) position: usize,
    pub(in crate::catalog) choice: String,
    /// The options for people in every language, as JSON.
    pub(in crate::catalog) options: String,
    pub(in crate::catalog) price: Money,
    pub(in crate::catalog) compare_at: Option<Money>,
    pub(in crate::catalog) cost: Option<Money>,
    pub(in crate::catalog) sale: Option<Money>,
    /// As the database writes instants.
    pub(in crate::catalog) sale_from: Option<String>,
    pub(in crate::catalog) sale_until: Option<String>,
    pub(in crate::catalog) weight: u32,
    pub(in crate::catalog) fewest: u32,
    pub(in crate::catalog) most: u32,
    pub(in crate::catalog) picture: Option<usize>,
    pub(in crate::catalog) warn_at: u32,
}

/// A value that a variant chose.
#[derive(Serialize)]
pub(in crate::catalog) struct ChosenItem {
    pub(in crate::catalog) variant: VariantId,
    pub(in crate::catalog) option: OptionId,
    pub(in crate::catalog) value: OptionValueId,
}

/// What a variant that is taken out of its product leaves behind.
pub(in crate::catalog) struct GoneRow {
    pub(in crate::catalog) id: VariantId,
    /// Whether orders, carts, holds, the ledger or a stock-take name it.
    pub(in crate::catalog) is_named: bool,
}

/// Where a variant stands in its product.
pub(in crate::catalog) struct PlaceRow {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) position: u32,
    pub(in crate::catalog) id: VariantId,
}

/// Nobody puts them into a cart or an order until the transaction ends.
pub(in crate::catalog) async fn lock_variants(conn: &mut MySqlConnection, product: ProductId) -> sqlx::Result<()> {
    sqlx::query_scalar!(
        "select id as `id: VariantId` from variants where product_id = ? order by id for update",
        product,
    )
    .fetch_all(conn)
    .await?;
    Ok(())
}

/// Which of those SKUs are a sold variant's of another product.
pub(in crate::catalog) async fn taken_skus(
    conn: &mut MySqlConnection,
    product: ProductId,
    skus: &str,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select straight_join v.sku as `sku: _`
         from json_table(?, '$[*]' columns (sku varchar(64) character set ascii collate ascii_bin path '$')) t
         join variants v on v.sku = t.sku
         where v.product_id <> ? and v.retired_at is null",
        skus,
        product,
    )
    .fetch_all(conn)
    .await
}

/// All SKUs that begin like that, of whatever product.
pub(in crate::catalog) async fn skus_like(conn: &mut MySqlConnection, sku: &str) -> sqlx::Result<Vec<String>> {
    // The one wild card that a SKU may have.
    let pattern = format!("{}%", sku.replace('_', "\\_"));
    sqlx::query_scalar!("select sku as `sku: _` from variants where sku like ?", pattern).fetch_all(conn).await
}

/// Retired variants that have one of those SKUs give it up, but for those of the product itself: they come back.
pub(in crate::catalog) async fn free_skus(
    conn: &mut MySqlConnection,
    product: ProductId,
    skus: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (sku varchar(64) character set ascii collate ascii_bin path '$')) t
         straight_join variants v on v.sku = t.sku set v.sku = concat(left(v.sku, 40), '~', v.id)
         where v.product_id <> ? and v.retired_at is not null",
        skus,
        product,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The product's retired variants that have one of those SKUs.
pub(in crate::catalog) async fn retired(
    conn: &mut MySqlConnection,
    product: ProductId,
) -> sqlx::Result<Vec<(VariantId, String)>> {
    let rows = sqlx::query!(
        "select id as `id: VariantId`, sku as `sku: String` from variants
         where product_id = ? and retired_at is not null",
        product,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.sku)).collect())
}

/// SKUs and choices of those variants are free for others of their product, until [`update_variants`] gives them theirs.
pub(in crate::catalog) async fn make_room_for_variants(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         straight_join variants v on v.id = t.id set v.sku = concat('~', v.id), v.choice = concat('~', v.id)",
        ids,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What those variants chose may be chosen by others of their product.
pub(in crate::catalog) async fn free_choices(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         straight_join variants v on v.id = t.id set v.choice = concat('~', v.id)",
        ids,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::catalog) async fn gone(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<GoneRow>> {
    sqlx::query_as!(
        GoneRow,
        "select straight_join v.id as `id: _`,
                (exists(select 1 from order_lines l where l.variant_id = v.id)
                 or exists(select 1 from stock_movements m where m.variant_id = v.id)
                 or exists(select 1 from cart_lines c where c.variant_id = v.id)
                 or exists(select 1 from holds h where h.variant_id = v.id)
                 or exists(select 1 from stock_take_lines k where k.variant_id = v.id)
                 or exists(select 1 from stock_discrepancies d where d.variant_id = v.id)) as `is_named!: bool`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t join variants v on v.id = t.id
         order by v.id",
        ids,
    )
    .fetch_all(conn)
    .await
}

/// Takes a variant out of its product. It keeps what orders and the ledger say of it.
pub(in crate::catalog) async fn retire(
    conn: &mut MySqlConnection,
    id: VariantId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("delete from variant_values where variant_id = ?", id).execute(&mut *conn).await?;
    sqlx::query!(
        "update variants set choice = concat('~', id), chosen_picture = null, shown_picture = null, retired_at = ?
         where id = ?",
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Deletes a variant that nothing names.
pub(in crate::catalog) async fn delete_variant(conn: &mut MySqlConnection, id: VariantId) -> sqlx::Result<()> {
    sqlx::query!("delete from variant_values where variant_id = ?", id).execute(&mut *conn).await?;
    sqlx::query!("delete from stock where variant_id = ?", id).execute(&mut *conn).await?;
    sqlx::query!("delete from variants where id = ?", id).execute(conn).await?;
    Ok(())
}

pub(in crate::catalog) async fn update_variants(conn: &mut MySqlConnection, variants: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (
             id bigint unsigned path '$.id', sku varchar(64) character set ascii collate ascii_bin path '$.sku',
             barcode varchar(64) character set ascii collate ascii_bin path '$.barcode',
             position int unsigned path '$.position',
             choice varchar(190) character set ascii collate ascii_bin path '$.choice', options text path '$.options',
             price bigint path '$.price', compare_at bigint path '$.compare_at', cost bigint path '$.cost',
             sale bigint path '$.sale', sale_from datetime(6) path '$.sale_from',
             sale_until datetime(6) path '$.sale_until', weight int unsigned path '$.weight',
             fewest int unsigned path '$.fewest', most int unsigned path '$.most',
             picture int unsigned path '$.picture')) t
         straight_join variants v on v.id = t.id
         set v.sku = t.sku, v.barcode = t.barcode, v.position = t.position, v.choice = t.choice, v.options = t.options,
             v.price_amount = t.price, v.compare_at_amount = t.compare_at, v.cost_amount = t.cost,
             v.sale_amount = t.sale, v.sale_from = t.sale_from, v.sale_until = t.sale_until,
             v.weight_grams = t.weight, v.min_quantity = t.fewest, v.max_quantity = t.most,
             v.chosen_picture = t.picture, v.retired_at = null",
        variants,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::catalog) async fn insert_variants(conn: &mut MySqlConnection, variants: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into variants (product_id, sku, barcode, position, choice, options, price_amount, compare_at_amount,
                               cost_amount, sale_amount, sale_from, sale_until, weight_grams, min_quantity,
                               max_quantity, chosen_picture)
         select t.product, t.sku, t.barcode, t.position, t.choice, t.options, t.price, t.compare_at, t.cost, t.sale,
                t.sale_from, t.sale_until, t.weight, t.fewest, t.most, t.picture
         from json_table(?, '$[*]' columns (
             product bigint unsigned path '$.product', sku varchar(64) character set ascii collate ascii_bin path '$.sku',
             barcode varchar(64) character set ascii collate ascii_bin path '$.barcode',
             position int unsigned path '$.position',
             choice varchar(190) character set ascii collate ascii_bin path '$.choice', options text path '$.options',
             price bigint path '$.price', compare_at bigint path '$.compare_at', cost bigint path '$.cost',
             sale bigint path '$.sale', sale_from datetime(6) path '$.sale_from',
             sale_until datetime(6) path '$.sale_until', weight int unsigned path '$.weight',
             fewest int unsigned path '$.fewest', most int unsigned path '$.most',
             picture int unsigned path '$.picture')) t",
        variants,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The ids of those products' variants that are not retired, with their positions.
pub(in crate::catalog) async fn variant_ids(conn: &mut MySqlConnection, products: &str) -> sqlx::Result<Vec<PlaceRow>> {
    sqlx::query_as!(
        PlaceRow,
        "select straight_join v.product_id as `product: _`, v.position as `position: _`, v.id as `id: _`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join variants v on v.product_id = t.id and v.retired_at is null",
        products,
    )
    .fetch_all(conn)
    .await
}

/// What those variants chose is forgotten.
pub(in crate::catalog) async fn clear_chosen(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "delete c from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         straight_join variant_values c on c.variant_id = t.id",
        ids,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::catalog) async fn insert_chosen(conn: &mut MySqlConnection, chosen: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into variant_values (variant_id, option_id, value_id)
         select t.variant_id, t.option_id, t.value_id
         from json_table(?, '$[*]' columns (variant_id bigint unsigned path '$.variant',
                                            option_id bigint unsigned path '$.option',
                                            value_id bigint unsigned path '$.value')) t",
        chosen,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The empty stock of new variants, in ascending order of them.
pub(in crate::catalog) async fn insert_stock(conn: &mut MySqlConnection, products: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into stock (variant_id, product_id)
         select straight_join v.id, v.product_id
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join variants v on v.product_id = t.id
         left join stock s on s.variant_id = v.id
         where s.variant_id is null order by v.id",
        products,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Sets from how many units on the owner is warned, in ascending order of variants.
pub(in crate::catalog) async fn set_warnings(conn: &mut MySqlConnection, limits: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (id bigint unsigned path '$.id', warn_at int unsigned path '$.warn_at')) t
         straight_join stock s on s.variant_id = t.id set s.low_stock_limit = t.warn_at",
        limits,
    )
    .execute(conn)
    .await?;
    Ok(())
}
