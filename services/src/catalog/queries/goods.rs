//! The SQL of the desk's list of products: first the keys of a page (`keys`), then the rows of those.

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::catalog::{CategoryId, GoodsSort, ProductId, ProductStatus};
use domain::locale::Translated;
use domain::media::Picture;
use domain::money::Money;
use sqlx::MySqlConnection;

mod keys;

pub(in crate::catalog) use keys::keys;

/// Which products, in which order.
pub(in crate::catalog) struct Filter<'a> {
    /// A `like` pattern, or empty for all.
    pub(in crate::catalog) search: String,
    /// `any`, `nowhere`, or `of` the categories.
    pub(in crate::catalog) shelf: &'a str,
    /// Numbers with commas between them.
    pub(in crate::catalog) categories: String,
    /// The word, or empty for all.
    pub(in crate::catalog) status: &'a str,
    /// The same.
    pub(in crate::catalog) stock: &'a str,
    pub(in crate::catalog) sort: GoodsSort,
    pub(in crate::catalog) descending: bool,
    pub(in crate::catalog) after: Option<After>,
    /// In whose words names are sorted.
    pub(in crate::catalog) locale: &'static str,
    /// The categories in their order, the first of which is none: `0,7,3`.
    pub(in crate::catalog) places: String,
    pub(in crate::catalog) limit: u32,
}

/// The row that a page begins behind, by what the list is sorted by.
pub(in crate::catalog) struct After {
    pub(in crate::catalog) number: i64,
    pub(in crate::catalog) text: String,
    pub(in crate::catalog) updated_at: NaiveDateTime,
    pub(in crate::catalog) id: ProductId,
}

pub(in crate::catalog) struct KeyRow {
    pub(in crate::catalog) id: ProductId,
    pub(in crate::catalog) number: i64,
    pub(in crate::catalog) text: String,
}

pub(in crate::catalog) struct GoodsItem {
    pub(in crate::catalog) id: ProductId,
    pub(in crate::catalog) version: u64,
    pub(in crate::catalog) slug: String,
    pub(in crate::catalog) name: Translated,
    pub(in crate::catalog) category_id: Option<CategoryId>,
    pub(in crate::catalog) category: Option<Translated>,
    pub(in crate::catalog) status: ProductStatus,
    pub(in crate::catalog) publish_at: Option<DateTime<Utc>>,
    pub(in crate::catalog) from_price: Money,
    pub(in crate::catalog) to_price: Money,
    pub(in crate::catalog) variants: i64,
    pub(in crate::catalog) sku: String,
    pub(in crate::catalog) on_hand: i64,
    pub(in crate::catalog) available: i64,
    pub(in crate::catalog) is_low: bool,
    pub(in crate::catalog) picture: Option<Picture>,
    pub(in crate::catalog) updated_at: DateTime<Utc>,
}

/// The rows of those products, in no order.
pub(in crate::catalog) async fn rows(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<GoodsItem>> {
    sqlx::query_as!(
        GoodsItem,
        "select straight_join p.id as `id: _`, p.version as `version: _`, p.slug as `slug: _`, p.name as `name: _`,
                p.category_id as `category_id: _`, c.name as `category?: _`, p.status as `status: _`,
                p.publish_at as `publish_at: _`, p.from_amount as `from_price: _`, a.highest as `to_price!: _`,
                a.variants as `variants!: _`,
                (select v.sku from variants v where v.product_id = p.id and v.retired_at is null
                 order by v.position limit 1) as `sku!: _`,
                a.on_hand as `on_hand!: _`, a.available as `available!: _`, a.is_low as `is_low!: bool`,
                cast(case when k.id is not null then json_object(
                         'key', k.picture_key, 'alt', json_extract(pp.alt, '$'), 'width', k.width,
                         'height', k.height, 'placeholder', k.placeholder,
                         'centre', json_object('x', pp.centre_x, 'y', pp.centre_y)) end as char) as `picture?: _`,
                p.updated_at as `updated_at: _`
         from (select straight_join v.product_id, max(v.price_amount) as highest, count(*) as variants,
                      cast(sum(s.on_hand) as signed) as on_hand,
                      cast(sum(s.on_hand - s.reserved) as signed) as available,
                      cast(max(s.on_hand - s.reserved <= s.low_stock_limit) as signed) as is_low
               from json_table(?, '$[*]' columns (id bigint unsigned path '$')) i
               join variants v on v.product_id = i.id and v.retired_at is null
               join stock s on s.variant_id = v.id
               group by v.product_id) a
         join products p on p.id = a.product_id
         left join categories c on c.id = p.category_id
         left join product_pictures pp on pp.product_id = p.id and pp.position = 0
         left join pictures k on k.id = pp.picture_id",
        ids,
    )
    .fetch_all(conn)
    .await
}

/// The categories in the order of their names in a language.
pub(in crate::catalog) async fn category_places(
    conn: &mut MySqlConnection,
    wording: &str,
) -> sqlx::Result<Vec<CategoryId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from categories
         order by json_unquote(json_extract(name, ?)) collate utf8mb4_unicode_520_ci, id",
        wording,
    )
    .fetch_all(conn)
    .await
}
