//! The SQL that stores a product, its options, pictures and related products. What it has several of is written in one
//! statement, from a list in JSON.

use chrono::{DateTime, Utc};
use domain::catalog::{CategoryId, OptionId, OptionValueId, ProductId, ProductStatus};
use domain::locale::Translated;
use domain::media::PictureId;
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

/// An option or a value, about to be stored; `name` is its wording in every language as JSON.
#[derive(Serialize)]
pub(in crate::catalog) struct NamedItem {
    /// Nothing for a new one.
    pub(in crate::catalog) id: Option<u64>,
    /// What a value belongs to.
    pub(in crate::catalog) option: Option<OptionId>,
    pub(in crate::catalog) position: usize,
    pub(in crate::catalog) name: String,
    pub(in crate::catalog) swatch: Option<String>,
}

#[derive(Serialize)]
pub(in crate::catalog) struct PictureItem {
    pub(in crate::catalog) position: usize,
    pub(in crate::catalog) picture: PictureId,
    pub(in crate::catalog) alt: String,
    pub(in crate::catalog) shows: Option<OptionValueId>,
    pub(in crate::catalog) x: u16,
    pub(in crate::catalog) y: u16,
}

pub(in crate::catalog) async fn insert_product(
    conn: &mut MySqlConnection,
    row: &ProductRow<'_>,
    made_at: DateTime<Utc>,
) -> sqlx::Result<ProductId> {
    let done = sqlx::query!(
        "insert into products (category_id, slug, name, seo_title, seo_text, desk_text, status,
                               publish_at, tax_class, staff_note, from_amount, created_at, updated_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        made_at,
        made_at,
    )
    .execute(conn)
    .await?;
    Ok(ProductId::new(done.last_insert_id()))
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

/// Stores what a product says at length.
pub(in crate::catalog) async fn store_texts(
    conn: &mut MySqlConnection,
    id: ProductId,
    description: &Translated,
    search_text: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into product_texts (product_id, description, search_text) values (?, ?, ?)
         on duplicate key update description = ?, search_text = ?",
        id,
        description,
        search_text,
        description,
        search_text,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether the category is there; it stays so until the transaction ends.
pub(in crate::catalog) async fn keep_category(conn: &mut MySqlConnection, id: CategoryId) -> sqlx::Result<bool> {
    let row = sqlx::query_scalar!("select id as `id: CategoryId` from categories where id = ? lock in share mode", id);
    Ok(row.fetch_optional(conn).await?.is_some())
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

/// Whoever had that address before has it no longer.
pub(in crate::catalog) async fn take_address(conn: &mut MySqlConnection, slug: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from old_addresses where kind = 'product' and slug = ?", slug).execute(conn).await?;
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

/// Makes room for options in another order: no two of a product stand in one place, not even for a moment.
pub(in crate::catalog) async fn make_room_for_options(conn: &mut MySqlConnection, id: ProductId) -> sqlx::Result<()> {
    sqlx::query!("update product_options set position = position + 1000 where product_id = ?", id)
        .execute(conn)
        .await?;
    Ok(())
}

/// The same for the values of all options of a product.
pub(in crate::catalog) async fn make_room_for_values(conn: &mut MySqlConnection, id: ProductId) -> sqlx::Result<()> {
    sqlx::query!(
        "update option_values v join product_options o on o.id = v.option_id set v.position = v.position + 1000
         where o.product_id = ?",
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::catalog) async fn insert_options(
    conn: &mut MySqlConnection,
    product: ProductId,
    options: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into product_options (product_id, position, name)
         select ?, t.position, t.name
         from json_table(?, '$[*]' columns (position int unsigned path '$.position', name text path '$.name')) t",
        product,
        options,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::catalog) async fn update_options(conn: &mut MySqlConnection, options: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (id bigint unsigned path '$.id', position int unsigned path '$.position',
                                              name text path '$.name')) t
         straight_join product_options o on o.id = t.id set o.position = t.position, o.name = t.name",
        options,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The ids of a product's options in their order.
pub(in crate::catalog) async fn option_ids(conn: &mut MySqlConnection, id: ProductId) -> sqlx::Result<Vec<OptionId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from product_options where product_id = ? and position < 1000 order by position",
        id,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::catalog) async fn insert_values(conn: &mut MySqlConnection, values: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into option_values (option_id, position, value, swatch)
         select t.option_id, t.position, t.name, t.swatch
         from json_table(?, '$[*]' columns (option_id bigint unsigned path '$.option',
                                            position int unsigned path '$.position', name text path '$.name',
                                            swatch char(7) character set ascii collate ascii_bin path '$.swatch')) t",
        values,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::catalog) async fn update_values(conn: &mut MySqlConnection, values: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (id bigint unsigned path '$.id', position int unsigned path '$.position',
                                              name text path '$.name',
                                              swatch char(7) character set ascii collate ascii_bin path '$.swatch')) t
         straight_join option_values v on v.id = t.id
         set v.position = t.position, v.value = t.name, v.swatch = t.swatch",
        values,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The ids of the values that stand in their places, with their options, in the order of both.
pub(in crate::catalog) async fn value_ids(
    conn: &mut MySqlConnection,
    id: ProductId,
) -> sqlx::Result<Vec<(OptionId, OptionValueId)>> {
    let rows = sqlx::query!(
        "select v.option_id as `option: OptionId`, v.id as `id: OptionValueId`
         from product_options o join option_values v on v.option_id = o.id
         where o.product_id = ? and o.position < 1000 and v.position < 1000 order by o.position, v.position",
        id,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.option, row.id)).collect())
}

/// Deletes the values and options for which [`make_room_for_options`] found no place again.
pub(in crate::catalog) async fn delete_left_over(conn: &mut MySqlConnection, id: ProductId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete v from option_values v join product_options o on o.id = v.option_id
         where o.product_id = ? and (v.position >= 1000 or o.position >= 1000)",
        id,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete from product_options where product_id = ? and position >= 1000", id).execute(conn).await?;
    Ok(())
}

/// Leaves a product without pictures.
pub(in crate::catalog) async fn clear_pictures(conn: &mut MySqlConnection, id: ProductId) -> sqlx::Result<()> {
    sqlx::query!("update variants set chosen_picture = null, shown_picture = null where product_id = ?", id)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("delete from product_pictures where product_id = ?", id).execute(conn).await?;
    Ok(())
}

pub(in crate::catalog) async fn insert_pictures(
    conn: &mut MySqlConnection,
    product: ProductId,
    pictures: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into product_pictures (product_id, position, picture_id, alt, shows_value_id, centre_x, centre_y)
         select ?, t.position, t.picture, t.alt, t.shows, t.x, t.y
         from json_table(?, '$[*]' columns (position int unsigned path '$.position',
                                            picture bigint unsigned path '$.picture',
                                            alt text path '$.alt', shows bigint unsigned path '$.shows',
                                            x smallint unsigned path '$.x', y smallint unsigned path '$.y')) t",
        product,
        pictures,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes which picture shows each variant: the chosen one, else the first of one of its values, else the first of all.
pub(in crate::catalog) async fn choose_pictures(conn: &mut MySqlConnection, product: ProductId) -> sqlx::Result<()> {
    sqlx::query!(
        "update variants v set v.shown_picture = coalesce(v.chosen_picture,
             (select pp.position from product_pictures pp
              where pp.product_id = v.product_id
                and (pp.shows_value_id is null or pp.shows_value_id in
                     (select vv.value_id from variant_values vv where vv.variant_id = v.id))
              order by (pp.shows_value_id is null), pp.position limit 1))
         where v.product_id = ?",
        product,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts other products beside it, in that order; how many of them there are.
pub(in crate::catalog) async fn replace_related(
    conn: &mut MySqlConnection,
    product: ProductId,
    related: &str,
) -> sqlx::Result<u64> {
    sqlx::query!("delete from related_products where product_id = ?", product).execute(&mut *conn).await?;
    let done = sqlx::query!(
        "insert into related_products (product_id, position, related_id)
         select straight_join ?, t.position, p.id
         from json_table(?, '$[*]' columns (position for ordinality, id bigint unsigned path '$')) t
         join products p on p.id = t.id",
        product,
        related,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
