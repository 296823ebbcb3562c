//! The SQL of the desk's list of products: what the shelf in memory is made of, and the rows of a page.

use chrono::{DateTime, Utc};
use domain::catalog::{CategoryId, ProductId, ProductStatus};
use domain::locale::Translated;
use domain::media::Picture;
use domain::money::Money;
use sqlx::MySqlConnection;

/// What a list asks of a product.
pub(in crate::catalog) struct ShelfRow {
    pub(in crate::catalog) id: ProductId,
    pub(in crate::catalog) category_id: Option<CategoryId>,
    pub(in crate::catalog) status: ProductStatus,
    pub(in crate::catalog) from_amount: i64,
    pub(in crate::catalog) updated_at: DateTime<Utc>,
    pub(in crate::catalog) desk_text: String,
    pub(in crate::catalog) weights: Vec<u8>,
}

pub(in crate::catalog) struct StockRow {
    pub(in crate::catalog) product_id: ProductId,
    pub(in crate::catalog) available: i64,
    pub(in crate::catalog) state: String,
}

pub(in crate::catalog) struct CategoryPlace {
    pub(in crate::catalog) id: CategoryId,
    pub(in crate::catalog) parent_id: Option<CategoryId>,
}

macro_rules! shelf {
    ($conn:expr, $from:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            ShelfRow,
            "select straight_join p.id as `id: _`, p.category_id as `category_id: _`, p.status as `status: _`,
                    p.from_amount as `from_amount: _`, p.updated_at as `updated_at: _`, p.desk_text as `desk_text: _`,
                    weight_string(p.desk_text) as `weights!: Vec<u8>`
             from " + $from,
            $($argument)*
        )
        .fetch_all($conn)
        .await
    };
}

/// Every product.
pub(in crate::catalog) async fn shelf(conn: &mut MySqlConnection) -> sqlx::Result<Vec<ShelfRow>> {
    shelf!(conn, "products p")
}

/// Those products.
pub(in crate::catalog) async fn some_of_shelf(conn: &mut MySqlConnection, ids: &str) -> sqlx::Result<Vec<ShelfRow>> {
    shelf!(conn, "json_table(?, '$[*]' columns (id bigint unsigned path '$')) i join products p on p.id = i.id", ids)
}

/// What words are sorted and compared by.
pub(in crate::catalog) async fn weights(conn: &mut MySqlConnection, words: &str) -> sqlx::Result<Vec<u8>> {
    sqlx::query_scalar!(
        "select weight_string(convert(? using utf8mb4) collate utf8mb4_unicode_520_ci) as `weights!: Vec<u8>`",
        words,
    )
    .fetch_one(conn)
    .await
}

macro_rules! stock {
    ($conn:expr, $from:literal) => {
        sqlx::query_as!(
            StockRow,
            "select s.product_id as `product_id: _`, cast(sum(s.on_hand - s.reserved) as signed) as `available!: _`,
                    case when sum(s.on_hand - s.reserved) = 0 then 'out'
                         when max(s.on_hand - s.reserved <= s.low_stock_limit) then 'low'
                         else 'enough' end as `state!: _`
             from "
                + $from
                + " group by s.product_id"
        )
        .fetch_all($conn)
        .await
    };
}

/// The sums over the stock of every product, of its retired variants as well.
pub(in crate::catalog) async fn stock_of_all(conn: &mut MySqlConnection) -> sqlx::Result<Vec<StockRow>> {
    stock!(conn, "stock s ignore index (stock_variant)")
}

/// The sums over what is sold of products that have retired variants.
pub(in crate::catalog) async fn stock_of_reshaped(conn: &mut MySqlConnection) -> sqlx::Result<Vec<StockRow>> {
    stock!(
        conn,
        "(select distinct product_id from variants where retired_at is not null) r
         join variants v on v.product_id = r.product_id and v.retired_at is null
         join stock s on s.variant_id = v.id"
    )
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
) -> sqlx::Result<Vec<CategoryPlace>> {
    sqlx::query_as!(
        CategoryPlace,
        "select id as `id: _`, parent_id as `parent_id: _` from categories
         order by json_unquote(json_extract(name, ?)) collate utf8mb4_unicode_520_ci, id",
        wording,
    )
    .fetch_all(conn)
    .await
}
