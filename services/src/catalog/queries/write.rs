//! The SQL that adds to the catalogue.

use chrono::{DateTime, Utc};
use domain::catalog::{CategoryId, OptionId, OptionValueId, ProductId, ProductStatus, VariantId};
use domain::locale::Translated;
use domain::media::PictureId;
use domain::money::Money;
use sqlx::MySqlConnection;

/// A product about to be stored.
pub(in crate::catalog) struct NewProductRow<'a> {
    pub(in crate::catalog) category: Option<&'a str>,
    pub(in crate::catalog) slug: &'a str,
    pub(in crate::catalog) name: &'a Translated,
    pub(in crate::catalog) description: &'a Translated,
    pub(in crate::catalog) search_text: &'a str,
    pub(in crate::catalog) status: ProductStatus,
    pub(in crate::catalog) tax_class: Option<&'a str>,
    pub(in crate::catalog) created_at: DateTime<Utc>,
}

/// A variant about to be stored.
pub(in crate::catalog) struct NewVariantRow<'a> {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) sku: &'a str,
    pub(in crate::catalog) position: u32,
    pub(in crate::catalog) chosen: &'a [(OptionId, OptionValueId)],
    pub(in crate::catalog) options: &'a Translated,
    pub(in crate::catalog) price: Money,
    pub(in crate::catalog) compare_at: Option<Money>,
    pub(in crate::catalog) weight_grams: u32,
    pub(in crate::catalog) low_stock_limit: u32,
}

pub(in crate::catalog) async fn insert_category(
    conn: &mut MySqlConnection,
    slug: &str,
    name: &Translated,
) -> sqlx::Result<CategoryId> {
    let done = sqlx::query!(
        "insert into categories (slug, name, search_text, position)
         select ?, ?, ?, t.next from (select coalesce(max(position) + 1, 0) as next from categories) t",
        slug,
        name,
        name.each().collect::<Vec<_>>().join("\n"),
    )
    .execute(conn)
    .await?;
    Ok(CategoryId::new(done.last_insert_id()))
}

pub(in crate::catalog) async fn insert_product(
    conn: &mut MySqlConnection,
    row: &NewProductRow<'_>,
) -> sqlx::Result<ProductId> {
    let done = sqlx::query!(
        "insert into products (category_id, slug, name, description, search_text, status, tax_class, created_at,
                               updated_at)
         values ((select id from categories where slug = ?), ?, ?, ?, ?, ?, ?, ?, ?)",
        row.category,
        row.slug,
        row.name,
        row.description,
        row.search_text,
        row.status,
        row.tax_class,
        row.created_at,
        row.created_at,
    )
    .execute(conn)
    .await?;
    Ok(ProductId::new(done.last_insert_id()))
}

pub(in crate::catalog) async fn insert_option(
    conn: &mut MySqlConnection,
    product: ProductId,
    position: u32,
    name: &Translated,
) -> sqlx::Result<OptionId> {
    let done = sqlx::query!(
        "insert into product_options (product_id, position, name) values (?, ?, ?)",
        product,
        position,
        name,
    )
    .execute(conn)
    .await?;
    Ok(OptionId::new(done.last_insert_id()))
}

pub(in crate::catalog) async fn insert_value(
    conn: &mut MySqlConnection,
    option: OptionId,
    position: u32,
    value: &Translated,
    swatch: Option<&str>,
) -> sqlx::Result<OptionValueId> {
    let done = sqlx::query!(
        "insert into option_values (option_id, position, value, swatch) values (?, ?, ?, ?)",
        option,
        position,
        value,
        swatch,
    )
    .execute(conn)
    .await?;
    Ok(OptionValueId::new(done.last_insert_id()))
}

/// Stores a variant, its chosen values and its empty stock.
pub(in crate::catalog) async fn insert_variant(
    conn: &mut MySqlConnection,
    row: &NewVariantRow<'_>,
) -> sqlx::Result<VariantId> {
    let choice = row.chosen.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>().join("-");
    let done = sqlx::query!(
        "insert into variants (product_id, sku, position, choice, options, price_amount, compare_at_amount,
                               weight_grams)
         values (?, ?, ?, ?, ?, ?, ?, ?)",
        row.product,
        row.sku,
        row.position,
        choice,
        row.options,
        row.price,
        row.compare_at,
        row.weight_grams,
    )
    .execute(&mut *conn)
    .await?;
    let id = VariantId::new(done.last_insert_id());
    for (option, value) in row.chosen {
        sqlx::query!(
            "insert into variant_values (variant_id, option_id, value_id) values (?, ?, ?)",
            id,
            *option,
            *value
        )
        .execute(&mut *conn)
        .await?;
    }
    sqlx::query!("insert into stock (variant_id, low_stock_limit) values (?, ?)", id, row.low_stock_limit)
        .execute(conn)
        .await?;
    Ok(id)
}

pub(in crate::catalog) async fn insert_picture(
    conn: &mut MySqlConnection,
    product: ProductId,
    position: u32,
    picture: PictureId,
    alt: &Translated,
    shows: Option<OptionValueId>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into product_pictures (product_id, position, picture_id, alt, shows_value_id) values (?, ?, ?, ?, ?)",
        product,
        position,
        picture,
        alt,
        shows,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::catalog) async fn has_pictures(conn: &mut MySqlConnection, product: ProductId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        "select exists(select 1 from product_pictures where product_id = ?) as `has_some!: bool`",
        product,
    )
    .fetch_one(conn)
    .await
}

/// Notes which picture shows each variant: the first of one of its values, else the first of all.
pub(in crate::catalog) async fn choose_pictures(conn: &mut MySqlConnection, product: ProductId) -> sqlx::Result<()> {
    sqlx::query!(
        "update variants v set v.shown_picture =
             (select pp.position from product_pictures pp
              where pp.product_id = v.product_id
                and (pp.shows_value_id is null or pp.shows_value_id in
                     (select vv.value_id from variant_values vv where vv.variant_id = v.id))
              order by (pp.shows_value_id is null), pp.position limit 1)
         where v.product_id = ?",
        product,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Products whose popularity is not what they sold since `from`, with what they sold. A plain read: whoever moves an order
/// meanwhile waits for nothing.
pub(in crate::catalog) async fn stale_popularity(
    conn: &mut MySqlConnection,
    from: DateTime<Utc>,
) -> sqlx::Result<Vec<(ProductId, u64)>> {
    let rows = sqlx::query!(
        "select p.id as `id: ProductId`, cast(coalesce(sold.units, 0) as unsigned) as `units!: u64`
         from products p
         left join (select v.product_id, sum(l.quantity) as units
                    from order_lines l
                    join orders o on o.id = l.order_id
                    join variants v on v.id = l.variant_id
                    where o.placed_at >= ? and o.status <> 'cancelled'
                    group by v.product_id) sold on sold.product_id = p.id
         where p.popularity <> coalesce(sold.units, 0) order by p.id",
        from,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.units)).collect())
}

pub(in crate::catalog) async fn set_popularity(
    conn: &mut MySqlConnection,
    product: ProductId,
    units: u64,
) -> sqlx::Result<()> {
    sqlx::query!("update products set popularity = ? where id = ?", units, product).execute(conn).await?;
    Ok(())
}
