//! The SQL of the desk's list of products: first the keys of a page, then the rows of those.
//!
//! What is sorted by a column with an index is read along it. Names and stock are put in order among numbers and short
//! texts alone; `stock` knows its product, so that sums over all of it read nothing else.

use chrono::{DateTime, Utc};
use domain::catalog::{CategoryId, GoodsKey, GoodsSort, ProductId, ProductStatus};
use domain::locale::Translated;
use domain::money::Money;
use sqlx::MySqlConnection;

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
    pub(in crate::catalog) after: Option<GoodsKey>,
    /// Which line of what the desk looks for is the name in the reader's language: the first is 1.
    pub(in crate::catalog) line: u32,
    /// Where a category's name has the reader's wording.
    pub(in crate::catalog) wording: String,
    pub(in crate::catalog) limit: u32,
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
    pub(in crate::catalog) picture_key: Option<String>,
    pub(in crate::catalog) alt: Option<Translated>,
    pub(in crate::catalog) updated_at: DateTime<Utc>,
}

/// Along an index: `$number` is the column's value, `$order` the columns in the direction, `$beyond` how a later row compares.
macro_rules! along {
    ($conn:expr, $filter:expr, $number:literal, $order:literal, $beyond:literal) => {{
        let (has_after, number, _, id) = after($filter);
        sqlx::query_as!(
            KeyRow,
            "select p.id as `id: _`, cast("
                + $number
                + " as signed) as `number!: _`, '' as `text!: _`
             from products p
             where (? = '' or p.desk_text like ?) and (? = '' or p.status = ?)
               and (? = 'any' or (? = 'nowhere' and p.category_id is null) or find_in_set(p.category_id, ?) > 0)
               and (not ? or "
                + $number
                + " "
                + $beyond
                + " ? or ("
                + $number
                + " = ? and p.id "
                + $beyond
                + " ?))
             order by "
                + $order
                + " limit ?",
            $filter.search,
            $filter.search,
            $filter.status,
            $filter.status,
            $filter.shelf,
            $filter.shelf,
            $filter.categories,
            has_after,
            number,
            number,
            id,
            $filter.limit,
        )
        .fetch_all($conn)
        .await
    }};
}

/// By a key that is worked out for every row; `$stock` joins the sums over stock as `t`, `$available` is one of them.
macro_rules! worked_out {
    ($conn:expr, $filter:expr, $stock:literal, $available:literal, $state:literal, $order:literal, $beyond:literal) => {{
        let (has_after, number, text, id) = after($filter);
        let sort = $filter.sort.as_str();
        sqlx::query_as!(
            KeyRow,
            "select k.id as `id!: _`, k.number as `number!: _`, k.text as `text!: _`
             from (select p.id,
                          cast(case ? when 'stock' then "
                + $available
                + " when 'price' then p.from_amount
                                      when 'updated' then timestampdiff(microsecond, '1970-01-01', p.updated_at)
                                      when 'newest' then p.id else 0 end as signed) as number,
                          case ? when 'name' then substring_index(substring_index(p.desk_text, '\n', ?), '\n', -1)
                                 when 'category' then coalesce(json_unquote(json_extract(c.name, ?)), '')
                                 when 'status' then convert(p.status using utf8mb4)
                                 else '' end collate utf8mb4_unicode_520_ci as text
                   from products p left join categories c on c.id = p.category_id "
                + $stock
                + "
                   where (? = '' or p.desk_text like ?) and (? = '' or p.status = ?)
                     and (? = 'any' or (? = 'nowhere' and p.category_id is null) or find_in_set(p.category_id, ?) > 0)
                     and (? = '' or ? = "
                + $state
                + ")) k
             where not ? or k.number "
                + $beyond
                + " ?
                or (k.number = ? and (k.text "
                + $beyond
                + " ? or (k.text = ? and k.id "
                + $beyond
                + " ?)))
             order by "
                + $order
                + " limit ?",
            sort,
            sort,
            $filter.line,
            $filter.wording,
            $filter.search,
            $filter.search,
            $filter.status,
            $filter.status,
            $filter.shelf,
            $filter.shelf,
            $filter.categories,
            $filter.stock,
            $filter.stock,
            has_after,
            number,
            number,
            text,
            text,
            id,
            $filter.limit,
        )
        .fetch_all($conn)
        .await
    }};
}

/// The keys of a page, in its order.
pub(in crate::catalog) async fn keys(conn: &mut MySqlConnection, filter: &Filter<'_>) -> sqlx::Result<Vec<KeyRow>> {
    if !filter.stock.is_empty() || filter.sort == GoodsSort::Stock {
        return with_stock(conn, filter).await;
    }
    match (filter.sort, filter.descending) {
        (GoodsSort::Newest, false) => along!(conn, filter, "p.id", "p.id", ">"),
        (GoodsSort::Newest, true) => along!(conn, filter, "p.id", "p.id desc", "<"),
        (GoodsSort::Price, false) => along!(conn, filter, "p.from_amount", "p.from_amount, p.id", ">"),
        (GoodsSort::Price, true) => along!(conn, filter, "p.from_amount", "p.from_amount desc, p.id desc", "<"),
        (GoodsSort::Updated, false) => {
            along!(conn, filter, "timestampdiff(microsecond, '1970-01-01', p.updated_at)", "p.updated_at, p.id", ">")
        }
        (GoodsSort::Updated, true) => {
            along!(
                conn,
                filter,
                "timestampdiff(microsecond, '1970-01-01', p.updated_at)",
                "p.updated_at desc, p.id desc",
                "<"
            )
        }
        (GoodsSort::Name | GoodsSort::Category | GoodsSort::Status | GoodsSort::Stock, false) => {
            worked_out!(conn, filter, "", "0", "''", "k.number, k.text, k.id", ">")
        }
        (GoodsSort::Name | GoodsSort::Category | GoodsSort::Status | GoodsSort::Stock, true) => {
            worked_out!(conn, filter, "", "0", "''", "k.number desc, k.text desc, k.id desc", "<")
        }
    }
}

async fn with_stock(conn: &mut MySqlConnection, filter: &Filter<'_>) -> sqlx::Result<Vec<KeyRow>> {
    if filter.descending {
        worked_out!(
            conn,
            filter,
            "join (select product_id, sum(on_hand - reserved) as available,
                          max(on_hand - reserved <= low_stock_limit) as is_low
                   from stock group by product_id) t on t.product_id = p.id",
            "t.available",
            "case when t.available = 0 then 'out' when t.is_low then 'low' else 'enough' end",
            "k.number desc, k.text desc, k.id desc",
            "<"
        )
    } else {
        worked_out!(
            conn,
            filter,
            "join (select product_id, sum(on_hand - reserved) as available,
                          max(on_hand - reserved <= low_stock_limit) as is_low
                   from stock group by product_id) t on t.product_id = p.id",
            "t.available",
            "case when t.available = 0 then 'out' when t.is_low then 'low' else 'enough' end",
            "k.number, k.text, k.id",
            ">"
        )
    }
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
                k.picture_key as `picture_key?: _`, pp.alt as `alt?: _`, p.updated_at as `updated_at: _`
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

/// Whether there is a row that the page begins behind, and its key.
fn after<'a>(filter: &'a Filter<'_>) -> (bool, i64, &'a str, ProductId) {
    match &filter.after {
        Some(key) => (true, key.number, &key.text, key.product_id),
        None => (false, 0, "", ProductId::new(0)),
    }
}
