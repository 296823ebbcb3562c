//! The SQL that stores what a product has one of. New ones are written many at once, from a list in JSON.

use chrono::{DateTime, Utc};
use domain::catalog::{CategoryId, ProductId, ProductStatus};
use domain::locale::Translated;
use domain::money::Money;
use serde::Serialize;
use sqlx::MySqlConnection;

use crate::database::any_time;

/// What a product has one of, about to be stored.
pub(in crate::catalog) struct ProductRow<'a> {
    pub(in crate::catalog) category: Option<CategoryId>,
    pub(in crate::catalog) slug: &'a str,
    pub(in crate::catalog) name: &'a Translated,
    pub(in crate::catalog) seo_title: &'a Translated,
    pub(in crate::catalog) seo_text: &'a Translated,
    pub(in crate::catalog) desk_text: &'a str,
    pub(in crate::catalog) status: ProductStatus,
    pub(in crate::catalog) publish_at: Option<DateTime<Utc>>,
    pub(in crate::catalog) tax_class: Option<&'a str>,
    pub(in crate::catalog) note: Option<&'a str>,
    pub(in crate::catalog) from_price: Money,
}

/// A new product, about to be stored; translated texts are JSON, instants are as the database writes them.
#[derive(Serialize)]
pub(in crate::catalog) struct ProductItem<'a> {
    pub(in crate::catalog) category: Option<CategoryId>,
    pub(in crate::catalog) slug: &'a str,
    pub(in crate::catalog) name: String,
    pub(in crate::catalog) seo_title: String,
    pub(in crate::catalog) seo_text: String,
    pub(in crate::catalog) desk_text: String,
    pub(in crate::catalog) status: ProductStatus,
    pub(in crate::catalog) publish_at: Option<String>,
    pub(in crate::catalog) tax_class: Option<&'a str>,
    pub(in crate::catalog) note: Option<&'a str>,
    pub(in crate::catalog) from_price: Money,
}

/// A stored product, about to be changed.
#[derive(Serialize)]
pub(in crate::catalog) struct KnownItem<'a> {
    pub(in crate::catalog) id: ProductId,
    #[serde(flatten)]
    pub(in crate::catalog) item: ProductItem<'a>,
}

/// What a product says at length, about to be stored.
#[derive(Serialize)]
pub(in crate::catalog) struct TextItem {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) description: String,
    pub(in crate::catalog) search: String,
}

/// Adds products in the order of the list.
pub(in crate::catalog) async fn insert_products(
    conn: &mut MySqlConnection,
    products: &str,
    made_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into products (category_id, slug, name, seo_title, seo_text, desk_text, status,
                               publish_at, tax_class, staff_note, from_amount, created_at, updated_at)
         select t.category, t.slug, t.name, t.seo_title, t.seo_text, t.desk_text, t.status,
                t.publish_at, t.tax_class, t.note, t.from_price, ?, ?
         from json_table(?, '$[*]' columns (
             category bigint unsigned path '$.category',
             slug varchar(120) character set ascii collate ascii_bin path '$.slug', name text path '$.name',
             seo_title text path '$.seo_title', seo_text text path '$.seo_text', desk_text text path '$.desk_text',
             status varchar(16) character set ascii collate ascii_bin path '$.status',
             publish_at datetime(6) path '$.publish_at',
             tax_class varchar(40) character set ascii collate ascii_bin path '$.tax_class',
             note varchar(500) path '$.note', from_price bigint path '$.from_price')) t",
        made_at,
        made_at,
        products,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The products of those addresses.
pub(in crate::catalog) async fn by_slugs(
    conn: &mut MySqlConnection,
    slugs: &str,
) -> sqlx::Result<Vec<(String, ProductId)>> {
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

/// Stores what new products say at length.
pub(in crate::catalog) async fn insert_texts(conn: &mut MySqlConnection, texts: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into product_texts (product_id, description, search_text)
         select t.product, t.description, t.search
         from json_table(?, '$[*]' columns (product bigint unsigned path '$.product',
                                            description mediumtext path '$.description',
                                            search mediumtext path '$.search')) t",
        texts,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::catalog) async fn update_product(
    conn: &mut MySqlConnection,
    id: ProductId,
    row: &ProductRow<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update products set category_id = ?, slug = ?, name = ?, seo_title = ?, seo_text = ?, desk_text = ?,
                             status = ?, publish_at = ?, tax_class = ?,
                             staff_note = ?, from_amount = ?, version = version + 1, updated_at = ?
         where id = ?",
        row.category,
        row.slug,
        row.name,
        row.seo_title,
        row.seo_text,
        row.desk_text,
        row.status,
        row.publish_at.map(any_time),
        row.tax_class,
        row.note,
        row.from_price,
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The same for many at once, whose addresses stay.
pub(in crate::catalog) async fn update_products(
    conn: &mut MySqlConnection,
    products: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (
             id bigint unsigned path '$.id', category bigint unsigned path '$.category', name text path '$.name',
             seo_title text path '$.seo_title', seo_text text path '$.seo_text', desk_text text path '$.desk_text',
             status varchar(16) character set ascii collate ascii_bin path '$.status',
             publish_at datetime(6) path '$.publish_at',
             tax_class varchar(40) character set ascii collate ascii_bin path '$.tax_class',
             note varchar(500) path '$.note', from_price bigint path '$.from_price')) t
         straight_join products p on p.id = t.id
         set p.category_id = t.category, p.name = t.name, p.seo_title = t.seo_title, p.seo_text = t.seo_text,
             p.desk_text = t.desk_text, p.status = t.status, p.publish_at = t.publish_at, p.tax_class = t.tax_class,
             p.staff_note = t.note, p.from_amount = t.from_price, p.version = p.version + 1, p.updated_at = ?",
        products,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Stores what a product says at length now.
pub(in crate::catalog) async fn update_texts(
    conn: &mut MySqlConnection,
    id: ProductId,
    description: &Translated,
    search_text: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update product_texts set description = ?, search_text = ? where product_id = ?",
        description,
        search_text,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The same of many at once.
pub(in crate::catalog) async fn update_many_texts(conn: &mut MySqlConnection, texts: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (product bigint unsigned path '$.product',
                                              description mediumtext path '$.description',
                                              search mediumtext path '$.search')) t
         straight_join product_texts x on x.product_id = t.product
         set x.description = t.description, x.search_text = t.search",
        texts,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Those of the categories that are there; they stay so until the transaction ends. MySQL locks no row beside a table that
/// it makes of JSON, unless that one stands within another.
pub(in crate::catalog) async fn keep_categories(
    conn: &mut MySqlConnection,
    ids: &str,
) -> sqlx::Result<Vec<CategoryId>> {
    sqlx::query_scalar!(
        "select straight_join c.id as `id: _`
         from (select id from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t) w
         join categories c on c.id = w.id order by c.id lock in share mode",
        ids,
    )
    .fetch_all(conn)
    .await
}

/// Whether the category is there; it stays so until the transaction ends.
pub(in crate::catalog) async fn keep_category(conn: &mut MySqlConnection, id: CategoryId) -> sqlx::Result<bool> {
    Ok(!keep_categories(conn, &format!("[{id}]")).await?.is_empty())
}

/// The slugs that begin like that, of products and of addresses that others had.
pub(in crate::catalog) async fn slugs_like(
    conn: &mut MySqlConnection,
    slug: &str,
    except: ProductId,
) -> sqlx::Result<Vec<String>> {
    let pattern = format!("{slug}%");
    sqlx::query_scalar!(
        "select slug as `slug!: String` from products where slug like ? and id <> ?
         union select slug from old_addresses where kind = 'product' and slug like ? and product_id <> ?",
        pattern,
        except,
        pattern,
        except,
    )
    .fetch_all(conn)
    .await
}

/// Whoever had those addresses before has them no longer.
pub(in crate::catalog) async fn take_addresses(conn: &mut MySqlConnection, slugs: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "delete a from json_table(?, '$[*]' columns (slug varchar(120) character set ascii collate ascii_bin path '$')) t
         straight_join old_addresses a on a.kind = 'product' and a.slug = t.slug",
        slugs,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whoever comes by that address is led to the product.
pub(in crate::catalog) async fn leave_address(
    conn: &mut MySqlConnection,
    slug: &str,
    product: ProductId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into old_addresses (kind, slug, product_id, left_at) values ('product', ?, ?, ?)
         on duplicate key update product_id = ?, left_at = ?",
        slug,
        product,
        now,
        product,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The present address of the product that had that one, if shoppers may see it.
pub(in crate::catalog) async fn moved(conn: &mut MySqlConnection, slug: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select p.slug as `slug: _` from old_addresses a join products p on p.id = a.product_id
         where a.kind = 'product' and a.slug = ? and p.status = 'active'
           and (p.publish_at is null or p.publish_at <= utc_timestamp(6))",
        slug,
    )
    .fetch_optional(conn)
    .await
}
