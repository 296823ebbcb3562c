//! The SQL that reads a product as staff edit it.

use chrono::{DateTime, Utc};
use domain::catalog::{CategoryId, OptionId, OptionValueId, ProductId, ProductStatus, VariantId};
use domain::locale::Translated;
use domain::money::Money;
use sqlx::MySqlConnection;

/// What a product has one of.
pub(in crate::catalog) struct WholeRow {
    pub(in crate::catalog) id: ProductId,
    pub(in crate::catalog) version: u64,
    pub(in crate::catalog) slug: String,
    pub(in crate::catalog) name: Translated,
    pub(in crate::catalog) description: Translated,
    pub(in crate::catalog) category_id: Option<CategoryId>,
    pub(in crate::catalog) status: ProductStatus,
    pub(in crate::catalog) publish_at: Option<DateTime<Utc>>,
    pub(in crate::catalog) tax_class: Option<String>,
    pub(in crate::catalog) seo_title: Translated,
    pub(in crate::catalog) seo_text: Translated,
    pub(in crate::catalog) staff_note: Option<String>,
    pub(in crate::catalog) created_at: DateTime<Utc>,
    pub(in crate::catalog) updated_at: DateTime<Utc>,
    pub(in crate::catalog) is_sold: bool,
}

/// A value with the option that it belongs to.
pub(in crate::catalog) struct ValueRow {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) option: OptionId,
    pub(in crate::catalog) name: Translated,
    pub(in crate::catalog) id: OptionValueId,
    pub(in crate::catalog) value: Translated,
    pub(in crate::catalog) swatch: Option<String>,
}

/// A variant that is not retired, with its stock.
pub(in crate::catalog) struct VariantRow {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) id: VariantId,
    pub(in crate::catalog) sku: String,
    pub(in crate::catalog) barcode: Option<String>,
    pub(in crate::catalog) choice: String,
    pub(in crate::catalog) price: Money,
    pub(in crate::catalog) compare_at: Option<Money>,
    pub(in crate::catalog) cost: Option<Money>,
    pub(in crate::catalog) sale: Option<Money>,
    pub(in crate::catalog) sale_from: Option<DateTime<Utc>>,
    pub(in crate::catalog) sale_until: Option<DateTime<Utc>>,
    pub(in crate::catalog) weight_grams: u32,
    pub(in crate::catalog) min_quantity: u32,
    pub(in crate::catalog) max_quantity: u32,
    pub(in crate::catalog) chosen_picture: Option<u32>,
    pub(in crate::catalog) on_hand: i64,
    pub(in crate::catalog) reserved: i64,
    pub(in crate::catalog) low_stock_limit: u32,
}

pub(in crate::catalog) struct PictureRow {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) key: String,
    pub(in crate::catalog) alt: Translated,
    pub(in crate::catalog) shows: Option<OptionValueId>,
    pub(in crate::catalog) centre_x: u16,
    pub(in crate::catalog) centre_y: u16,
    pub(in crate::catalog) width: u32,
    pub(in crate::catalog) height: u32,
    pub(in crate::catalog) placeholder: String,
}

pub(in crate::catalog) struct RelatedRow {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) id: ProductId,
    pub(in crate::catalog) name: Translated,
}

/// Nobody else saves the product until the transaction ends; false when there is none.
pub(in crate::catalog) async fn lock_product(conn: &mut MySqlConnection, id: ProductId) -> sqlx::Result<bool> {
    let row = sqlx::query_scalar!("select id as `id: ProductId` from products where id = ? for update", id);
    Ok(row.fetch_optional(conn).await?.is_some())
}

/// Those of the products that are there, by ascending ids. The ids of this and the following are a list in JSON.
pub(in crate::catalog) async fn whole(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<WholeRow>> {
    sqlx::query_as!(
        WholeRow,
        "select straight_join p.id as `id: _`, p.version as `version: _`, p.slug as `slug: _`, p.name as `name: _`,
                x.description as `description: _`, p.category_id as `category_id: _`, p.status as `status: _`,
                p.publish_at as `publish_at: _`, p.tax_class as `tax_class: _`, p.seo_title as `seo_title: _`,
                p.seo_text as `seo_text: _`, p.staff_note as `staff_note: _`, p.created_at as `created_at: _`,
                p.updated_at as `updated_at: _`,
                exists(select 1 from variants v join order_lines l on l.variant_id = v.id
                       where v.product_id = p.id) as `is_sold!: bool`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join products p on p.id = t.id join product_texts x on x.product_id = p.id order by p.id",
        ids,
    )
    .fetch_all(conn)
    .await
}

/// The versions of the same, in the same order.
pub(in crate::catalog) async fn versions(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<(ProductId, u64)>> {
    let rows = sqlx::query!(
        "select straight_join p.id as `id: ProductId`, p.version as `version: u64`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t join products p on p.id = t.id
         order by p.id",
        ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.version)).collect())
}

/// In the order of the options of each product, and of the values in each.
pub(in crate::catalog) async fn values(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<ValueRow>> {
    sqlx::query_as!(
        ValueRow,
        "select straight_join o.product_id as `product: _`, o.id as `option: _`, o.name as `name: _`, v.id as `id: _`,
                v.value as `value: _`, v.swatch as `swatch: _`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join product_options o on o.product_id = t.id join option_values v on v.option_id = o.id
         order by o.product_id, o.position, o.id, v.position, v.id",
        ids,
    )
    .fetch_all(conn)
    .await
}

/// In the order of each product.
pub(in crate::catalog) async fn variants(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<VariantRow>> {
    sqlx::query_as!(
        VariantRow,
        "select straight_join v.product_id as `product: _`, v.id as `id: _`, v.sku as `sku: _`,
                v.barcode as `barcode: _`, v.choice as `choice: _`,
                v.price_amount as `price: _`, v.compare_at_amount as `compare_at: _`, v.cost_amount as `cost: _`,
                v.sale_amount as `sale: _`, v.sale_from as `sale_from: _`, v.sale_until as `sale_until: _`,
                v.weight_grams as `weight_grams: _`, v.min_quantity as `min_quantity: _`,
                v.max_quantity as `max_quantity: _`, v.chosen_picture as `chosen_picture: _`,
                s.on_hand as `on_hand: _`, s.reserved as `reserved: _`, s.low_stock_limit as `low_stock_limit: _`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join variants v on v.product_id = t.id and v.retired_at is null join stock s on s.variant_id = v.id
         order by v.product_id, v.position, v.id",
        ids,
    )
    .fetch_all(conn)
    .await
}

/// In the order of each product.
pub(in crate::catalog) async fn pictures(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<PictureRow>> {
    sqlx::query_as!(
        PictureRow,
        "select straight_join p.product_id as `product: _`, k.picture_key as `key: _`, p.alt as `alt: _`,
                p.shows_value_id as `shows: _`, p.centre_x as `centre_x: _`, p.centre_y as `centre_y: _`,
                k.width as `width: _`, k.height as `height: _`, k.placeholder as `placeholder: _`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join product_pictures p on p.product_id = t.id join pictures k on k.id = p.picture_id
         order by p.product_id, p.position",
        ids,
    )
    .fetch_all(conn)
    .await
}

/// In the order of each product.
pub(in crate::catalog) async fn related(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<RelatedRow>> {
    sqlx::query_as!(
        RelatedRow,
        "select straight_join r.product_id as `product: _`, r.related_id as `id: _`, p.name as `name: _`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join related_products r on r.product_id = t.id join products p on p.id = r.related_id
         order by r.product_id, r.position",
        ids,
    )
    .fetch_all(conn)
    .await
}
