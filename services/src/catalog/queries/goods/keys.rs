//! The keys of a page of products, in its order.
//!
//! Whoever looks for nothing reads along an index, in whatever order. A search reads the texts of all products in the order in which
//! they lie, and puts what it finds in order: that is bounded, which a walk along another index is not. Sums over all of the
//! stock read that table once.

use chrono::{DateTime, NaiveDateTime};
use domain::catalog::{GoodsSort, ProductId};
use sqlx::MySqlConnection;

use super::{After, Filter, KeyRow};

/// Along an index of `products`: `$column` is sorted by and is the key's `$key`, `$number` and `$text` are what it tells of
/// a row, `$order` the columns in the direction, `$beyond` how a later row compares. A search is told not to walk along it.
macro_rules! along {
    ($conn:expr, $filter:expr, $column:literal, $key:ident, ($number:literal, $text:literal), $order:literal, $beyond:literal) => {
        if $filter.search.is_empty() {
            along!($conn, $filter, "", $column, $key, ($number, $text), $order, $beyond)
        } else {
            along!(
                $conn,
                $filter,
                "ignore index (products_price, products_updated, products_status)",
                $column,
                $key,
                ($number, $text),
                $order,
                $beyond
            )
        }
    };
    ($conn:expr, $filter:expr, $hint:literal, $column:literal, $key:ident, ($number:literal, $text:literal), $order:literal,
     $beyond:literal) => {{
        let (has_after, after) = after($filter);
        sqlx::query_as!(
            KeyRow,
            "select p.id as `id: _`, cast("
                + $number
                + " as signed) as `number!: _`, "
                + $text
                + " as `text!: _`
             from products p "
                + $hint
                + "
             where (? = '' or p.desk_text like ?) and (? = '' or p.status = ?)
               and (? = 'any' or (? = 'nowhere' and p.category_id is null) or find_in_set(p.category_id, ?) > 0)
               and (not ? or ("
                + $column
                + " "
                + $beyond
                + "= ? and ("
                + $column
                + " "
                + $beyond
                + " ? or p.id "
                + $beyond
                + " ?)))
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
            after.$key,
            after.$key,
            after.id,
            $filter.limit,
        )
        .fetch_all($conn)
        .await
    }};
}

/// By names: `$from` joins them as `n` to the products as `p`, the first of which is read along.
macro_rules! by_name {
    ($conn:expr, $filter:expr, $from:literal, $order:literal, $beyond:literal) => {{
        let (has_after, after) = after($filter);
        sqlx::query_as!(
            KeyRow,
            "select straight_join p.id as `id: _`, cast(0 as signed) as `number!: _`, n.name as `text!: _`
             from "
                + $from
                + "
             where n.locale = ? and (? = '' or p.desk_text like ?) and (? = '' or p.status = ?)
               and (? = 'any' or (? = 'nowhere' and p.category_id is null) or find_in_set(p.category_id, ?) > 0)
               and (not ? or (n.name "
                + $beyond
                + "= ? and (n.name "
                + $beyond
                + " ? or n.product_id "
                + $beyond
                + " ?)))
             order by "
                + $order
                + " limit ?",
            $filter.locale,
            $filter.search,
            $filter.search,
            $filter.status,
            $filter.status,
            $filter.shelf,
            $filter.shelf,
            $filter.categories,
            has_after,
            after.text,
            after.text,
            after.id,
            $filter.limit,
        )
        .fetch_all($conn)
        .await
    }};
}

/// By the places of categories, which `$place` tells of a row: `$from` joins a list of them, as JSON, to the products, or `$place`
/// looks for them in one with commas.
macro_rules! by_place {
    ($conn:expr, $filter:expr, $places:expr, $from:literal, $place:literal, $order:literal, $beyond:literal) => {{
        let (has_after, after) = after($filter);
        sqlx::query_as!(
            KeyRow,
            "select k.id as `id!: _`, cast(k.place as signed) as `number!: _`, '' as `text!: _`
             from (select straight_join p.id, "
                + $place
                + " as place
                   from "
                + $from
                + "
                   where (? = '' or p.desk_text like ?) and (? = '' or p.status = ?)
                     and (? = 'any' or (? = 'nowhere' and p.category_id is null)
                          or find_in_set(p.category_id, ?) > 0)) k
             where (not ? or (k.place "
                + $beyond
                + "= ? and (k.place "
                + $beyond
                + " ? or k.id "
                + $beyond
                + " ?)))
             order by "
                + $order
                + " limit ?",
            $places,
            $filter.search,
            $filter.search,
            $filter.status,
            $filter.status,
            $filter.shelf,
            $filter.shelf,
            $filter.categories,
            has_after,
            after.number,
            after.number,
            after.id,
            $filter.limit,
        )
        .fetch_all($conn)
        .await
    }};
}

/// With the sums over stock, by a key that is worked out for every row.
macro_rules! with_stock {
    ($conn:expr, $filter:expr, $order:literal, $beyond:literal) => {{
        let (has_after, after) = after($filter);
        let sort = $filter.sort.as_str();
        sqlx::query_as!(
            KeyRow,
            "select k.id as `id!: _`, k.number as `number!: _`, k.text as `text!: _`
             from (select straight_join p.id,
                          cast(case ? when 'stock' then t.available
                                      when 'price' then p.from_amount
                                      when 'updated' then timestampdiff(microsecond, '1970-01-01', p.updated_at)
                                      when 'category' then find_in_set(coalesce(p.category_id, 0), ?)
                                      else 0 end as signed) as number,
                          case ? when 'name' then n.name
                                 when 'status' then convert(p.status using utf8mb4)
                                 else '' end collate utf8mb4_unicode_520_ci as text
                   from (select product_id, sum(on_hand - reserved) as available,
                                case when sum(on_hand - reserved) = 0 then 'out'
                                     when max(on_hand - reserved <= low_stock_limit) then 'low'
                                     else 'enough' end as state
                         from stock ignore index (stock_variant) group by product_id) t
                   join products p on p.id = t.product_id
                   left join product_names n on ? = 'name' and n.product_id = p.id and n.locale = ?
                   where (? = '' or t.state = ?) and (? = '' or p.desk_text like ?) and (? = '' or p.status = ?)
                     and (? = 'any' or (? = 'nowhere' and p.category_id is null)
                          or find_in_set(p.category_id, ?) > 0)) k
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
            $filter.places,
            sort,
            sort,
            $filter.locale,
            $filter.stock,
            $filter.stock,
            $filter.search,
            $filter.search,
            $filter.status,
            $filter.status,
            $filter.shelf,
            $filter.shelf,
            $filter.categories,
            has_after,
            after.number,
            after.number,
            after.text,
            after.text,
            after.id,
            $filter.limit,
        )
        .fetch_all($conn)
        .await
    }};
}

/// The keys of a page, in its order.
pub(in crate::catalog) async fn keys(conn: &mut MySqlConnection, filter: &Filter<'_>) -> sqlx::Result<Vec<KeyRow>> {
    let (down, is_plain) = (filter.descending, filter.search.is_empty());
    match filter.sort {
        GoodsSort::Stock => by_stock(conn, filter).await,
        _ if !filter.stock.is_empty() => by_stock(conn, filter).await,
        GoodsSort::Newest if down => along!(conn, filter, "p.id", id, ("0", "''"), "p.id desc", "<"),
        GoodsSort::Newest => along!(conn, filter, "p.id", id, ("0", "''"), "p.id", ">"),
        GoodsSort::Price => by_price(conn, filter).await,
        GoodsSort::Status => by_status(conn, filter).await,
        GoodsSort::Updated => by_change(conn, filter).await,
        GoodsSort::Category if is_plain => by_category(conn, filter).await,
        GoodsSort::Category => by_category_of_found(conn, filter).await,
        GoodsSort::Name if is_plain => along_names(conn, filter).await,
        GoodsSort::Name => by_name_of_found(conn, filter).await,
    }
}

async fn by_price(conn: &mut MySqlConnection, filter: &Filter<'_>) -> sqlx::Result<Vec<KeyRow>> {
    if filter.descending {
        along!(conn, filter, "p.from_amount", number, ("p.from_amount", "''"), "p.from_amount desc, p.id desc", "<")
    } else {
        along!(conn, filter, "p.from_amount", number, ("p.from_amount", "''"), "p.from_amount, p.id", ">")
    }
}

async fn by_status(conn: &mut MySqlConnection, filter: &Filter<'_>) -> sqlx::Result<Vec<KeyRow>> {
    if filter.descending {
        along!(conn, filter, "p.status", text, ("0", "p.status"), "p.status desc, p.id desc", "<")
    } else {
        along!(conn, filter, "p.status", text, ("0", "p.status"), "p.status, p.id", ">")
    }
}

async fn by_change(conn: &mut MySqlConnection, filter: &Filter<'_>) -> sqlx::Result<Vec<KeyRow>> {
    if filter.descending {
        along!(
            conn,
            filter,
            "p.updated_at",
            updated_at,
            ("timestampdiff(microsecond, '1970-01-01', p.updated_at)", "''"),
            "p.updated_at desc, p.id desc",
            "<"
        )
    } else {
        along!(
            conn,
            filter,
            "p.updated_at",
            updated_at,
            ("timestampdiff(microsecond, '1970-01-01', p.updated_at)", "''"),
            "p.updated_at, p.id",
            ">"
        )
    }
}

async fn along_names(conn: &mut MySqlConnection, filter: &Filter<'_>) -> sqlx::Result<Vec<KeyRow>> {
    if filter.descending {
        by_name!(
            conn,
            filter,
            "product_names n join products p on p.id = n.product_id",
            "n.name desc, n.product_id desc",
            "<"
        )
    } else {
        by_name!(conn, filter, "product_names n join products p on p.id = n.product_id", "n.name, n.product_id", ">")
    }
}

async fn by_name_of_found(conn: &mut MySqlConnection, filter: &Filter<'_>) -> sqlx::Result<Vec<KeyRow>> {
    if filter.descending {
        by_name!(
            conn,
            filter,
            "products p join product_names n on n.product_id = p.id",
            "n.name desc, n.product_id desc",
            "<"
        )
    } else {
        by_name!(conn, filter, "products p join product_names n on n.product_id = p.id", "n.name, n.product_id", ">")
    }
}

async fn by_category(conn: &mut MySqlConnection, filter: &Filter<'_>) -> sqlx::Result<Vec<KeyRow>> {
    let places = format!("[{}]", filter.places.replacen('0', "null", 1));
    if filter.descending {
        by_place!(
            conn,
            filter,
            places,
            "json_table(?, '$[*]' columns (place for ordinality, id bigint unsigned path '$')) t
             join products p on p.category_id <=> t.id",
            "t.place",
            "k.place desc, k.id desc",
            "<"
        )
    } else {
        by_place!(
            conn,
            filter,
            places,
            "json_table(?, '$[*]' columns (place for ordinality, id bigint unsigned path '$')) t
             join products p on p.category_id <=> t.id",
            "t.place",
            "k.place, k.id",
            ">"
        )
    }
}

async fn by_category_of_found(conn: &mut MySqlConnection, filter: &Filter<'_>) -> sqlx::Result<Vec<KeyRow>> {
    if filter.descending {
        by_place!(
            conn,
            filter,
            filter.places,
            "products p",
            "find_in_set(coalesce(p.category_id, 0), ?)",
            "k.place desc, k.id desc",
            "<"
        )
    } else {
        by_place!(
            conn,
            filter,
            filter.places,
            "products p",
            "find_in_set(coalesce(p.category_id, 0), ?)",
            "k.place, k.id",
            ">"
        )
    }
}

async fn by_stock(conn: &mut MySqlConnection, filter: &Filter<'_>) -> sqlx::Result<Vec<KeyRow>> {
    if filter.descending {
        with_stock!(conn, filter, "k.number desc, k.text desc, k.id desc", "<")
    } else {
        with_stock!(conn, filter, "k.number, k.text, k.id", ">")
    }
}

/// Whether there is a row that the page begins behind, and which: number, text, instant and id.
fn after<'a>(filter: &'a Filter<'_>) -> (bool, Beyond<'a>) {
    let none = Beyond { number: 0, text: "", updated_at: DateTime::UNIX_EPOCH.naive_utc(), id: ProductId::new(0) };
    filter.after.as_ref().map_or((false, none), |After { number, text, updated_at, id }| {
        (true, Beyond { number: *number, text, updated_at: *updated_at, id: *id })
    })
}

/// The row that a page begins behind, or anything when it begins behind none.
struct Beyond<'a> {
    number: i64,
    text: &'a str,
    updated_at: NaiveDateTime,
    id: ProductId,
}
