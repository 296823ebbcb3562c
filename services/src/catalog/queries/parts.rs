//! The SQL that stores what products have several of: options, values, pictures and goods beside them. Each kind is written in
//! one statement, from a list in JSON, of however many products.

use domain::catalog::{OptionId, OptionValueId, ProductId};
use domain::media::PictureId;
use serde::Serialize;
use sqlx::MySqlConnection;

/// An option or a value, about to be stored; `name` is its wording in every language as JSON.
#[derive(Serialize)]
pub(in crate::catalog) struct NamedItem {
    /// Nothing for a new one.
    pub(in crate::catalog) id: Option<u64>,
    /// What an option belongs to.
    pub(in crate::catalog) product: Option<ProductId>,
    /// What a value belongs to.
    pub(in crate::catalog) option: Option<OptionId>,
    pub(in crate::catalog) position: usize,
    pub(in crate::catalog) name: String,
    pub(in crate::catalog) swatch: Option<String>,
}

#[derive(Serialize)]
pub(in crate::catalog) struct PictureItem {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) position: usize,
    pub(in crate::catalog) picture: PictureId,
    pub(in crate::catalog) alt: String,
    pub(in crate::catalog) shows: Option<OptionValueId>,
    pub(in crate::catalog) x: u16,
    pub(in crate::catalog) y: u16,
}

/// Another product that is shown beside one, about to be stored.
#[derive(Serialize)]
pub(in crate::catalog) struct RelatedItem {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) position: usize,
    pub(in crate::catalog) related: ProductId,
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

pub(in crate::catalog) async fn insert_options(conn: &mut MySqlConnection, options: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into product_options (product_id, position, name)
         select t.product, t.position, t.name
         from json_table(?, '$[*]' columns (product bigint unsigned path '$.product',
                                            position int unsigned path '$.position', name text path '$.name')) t",
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

/// The ids of those products' options, in their order.
pub(in crate::catalog) async fn option_ids(
    conn: &mut MySqlConnection,
    products: &str,
) -> sqlx::Result<Vec<(ProductId, OptionId)>> {
    let rows = sqlx::query!(
        "select straight_join o.product_id as `product: ProductId`, o.id as `id: OptionId`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join product_options o on o.product_id = t.id and o.position < 1000
         order by o.product_id, o.position",
        products,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.product, row.id)).collect())
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
    products: &str,
) -> sqlx::Result<Vec<(OptionId, OptionValueId)>> {
    let rows = sqlx::query!(
        "select straight_join v.option_id as `option: OptionId`, v.id as `id: OptionValueId`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join product_options o on o.product_id = t.id and o.position < 1000
         join option_values v on v.option_id = o.id and v.position < 1000
         order by o.product_id, o.position, v.position",
        products,
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

pub(in crate::catalog) async fn insert_pictures(conn: &mut MySqlConnection, pictures: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into product_pictures (product_id, position, picture_id, alt, shows_value_id, centre_x, centre_y)
         select t.product, t.position, t.picture, t.alt, t.shows, t.x, t.y
         from json_table(?, '$[*]' columns (product bigint unsigned path '$.product',
                                            position int unsigned path '$.position',
                                            picture bigint unsigned path '$.picture',
                                            alt text path '$.alt', shows bigint unsigned path '$.shows',
                                            x smallint unsigned path '$.x', y smallint unsigned path '$.y')) t",
        pictures,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes which picture shows each variant: the chosen one, else the first of one of its values, else the first of all.
pub(in crate::catalog) async fn choose_pictures(conn: &mut MySqlConnection, products: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         straight_join variants v on v.product_id = t.id
         set v.shown_picture = coalesce(v.chosen_picture,
             (select pp.position from product_pictures pp
              where pp.product_id = v.product_id
                and (pp.shows_value_id is null or pp.shows_value_id in
                     (select vv.value_id from variant_values vv where vv.variant_id = v.id))
              order by (pp.shows_value_id is null), pp.position limit 1))",
        products,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Leaves a product without others beside it.
pub(in crate::catalog) async fn clear_related(conn: &mut MySqlConnection, product: ProductId) -> sqlx::Result<()> {
    sqlx::query!("delete from related_products where product_id = ?", product).execute(conn).await?;
    Ok(())
}

/// Puts products beside others; how many of the list there are.
pub(in crate::catalog) async fn insert_related(conn: &mut MySqlConnection, related: &str) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "insert into related_products (product_id, position, related_id)
         select straight_join t.product, t.position, p.id
         from json_table(?, '$[*]' columns (product bigint unsigned path '$.product',
                                            position int unsigned path '$.position',
                                            related bigint unsigned path '$.related')) t
         join products p on p.id = t.related",
        related,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
