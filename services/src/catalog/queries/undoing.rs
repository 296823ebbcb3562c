//! The SQL of taking changes back.

use chrono::{DateTime, Utc};
use domain::catalog::{CategoryId, ChangeId, ProductId};
use sqlx::MySqlConnection;

use super::changes::ProductItem;

/// What of a change was not undone yet, by ascending products.
pub(in crate::catalog) async fn open_products(
    conn: &mut MySqlConnection,
    change: ChangeId,
) -> sqlx::Result<Vec<ProductItem>> {
    sqlx::query_as!(
        ProductItem,
        "select product_id as `product_id: _`, name as `name: _`, did as `did: _`, content as `content: _`,
                verdict as `verdict: _`
         from change_products where change_id = ? and outcome is null order by product_id",
        change,
    )
    .fetch_all(conn)
    .await
}

/// Begins to take it back.
pub(in crate::catalog) async fn begin_undo(
    conn: &mut MySqlConnection,
    id: ChangeId,
    by: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update changes set undone_by = ?, undo_began_at = ? where id = ?", by, now, id)
        .execute(conn)
        .await
        .map(drop)
}

/// It is taken back.
pub(in crate::catalog) async fn end_undo(
    conn: &mut MySqlConnection,
    id: ChangeId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update changes set undone_at = ? where id = ?", now, id).execute(conn).await.map(drop)
}

/// Counts what an undo did.
pub(in crate::catalog) async fn add_totals(
    conn: &mut MySqlConnection,
    id: ChangeId,
    (given_back, partly, kept): (u32, u32, u32),
) -> sqlx::Result<()> {
    sqlx::query!(
        "update changes set given_back = given_back + ?, partly = partly + ?, kept = kept + ? where id = ?",
        given_back,
        partly,
        kept,
        id,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Notes what an undo did to those products.
pub(in crate::catalog) async fn set_outcomes(
    conn: &mut MySqlConnection,
    change: ChangeId,
    outcomes: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update json_table(?, '$[*]' columns (
             id bigint unsigned path '$.id', outcome varchar(16) character set ascii collate ascii_bin path '$.outcome',
             verdict mediumtext path '$.verdict')) t
         straight_join change_products c on c.change_id = ? and c.product_id = t.id
         set c.outcome = t.outcome, c.verdict = t.verdict",
        outcomes,
        change,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Who saved a product last.
pub(in crate::catalog) struct LastSaved {
    pub(in crate::catalog) product: ProductId,
    /// By itself.
    pub(in crate::catalog) alone: Option<String>,
    pub(in crate::catalog) alone_at: Option<DateTime<Utc>>,
    /// With many others, by a later change than the one that is asked about.
    pub(in crate::catalog) together: Option<String>,
    pub(in crate::catalog) together_at: Option<DateTime<Utc>>,
}

/// Who saved each of those products last since then. Keys of the history are texts.
pub(in crate::catalog) async fn last_saved(
    conn: &mut MySqlConnection,
    products: &str,
    change: ChangeId,
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<LastSaved>> {
    sqlx::query_as!(
        LastSaved,
        "select straight_join cast(t.id as unsigned) as `product!: _`,
                (select a.actor_name from audit a
                 where a.subject_kind = 'product' and a.subject_id = t.id and a.created_at >= ?
                 order by a.id desc limit 1) as `alone: _`,
                (select a.created_at from audit a
                 where a.subject_kind = 'product' and a.subject_id = t.id and a.created_at >= ?
                 order by a.id desc limit 1) as `alone_at: _`,
                (select c.staff_name from change_products p join changes c on c.id = p.change_id
                 where p.product_id = cast(t.id as unsigned) and p.change_id > ?
                 order by p.change_id desc limit 1) as `together: _`,
                (select c.created_at from change_products p join changes c on c.id = p.change_id
                 where p.product_id = cast(t.id as unsigned) and p.change_id > ?
                 order by p.change_id desc limit 1) as `together_at: _`
         from json_table(?, '$[*]' columns (id varchar(20) character set ascii collate ascii_bin path '$')) t",
        since,
        since,
        change,
        change,
        products,
    )
    .fetch_all(conn)
    .await
}

/// Puts a product beside another one, behind those that are there; false where there is no room.
pub(in crate::catalog) async fn put_beside(
    conn: &mut MySqlConnection,
    (other, product): (ProductId, ProductId),
    most: u64,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into related_products (product_id, position, related_id)
         select ?, coalesce(max(r.position) + 1, 1), ? from related_products r where r.product_id = ?
         having count(*) < ?",
        other,
        product,
        other,
        most,
    )
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!("update products set version = version + 1, updated_at = ? where id = ?", now, other)
        .execute(conn)
        .await?;
    Ok(true)
}

/// Leads whoever comes by an address to a product, unless it leads somewhere else by now.
pub(in crate::catalog) async fn lead_again(
    conn: &mut MySqlConnection,
    slug: &str,
    product: ProductId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert ignore into old_addresses (kind, slug, product_id, left_at)
         select 'product', ?, ?, ? from (select 1 as one) t where not exists (select 1 from products p where p.slug = ?)",
        slug,
        product,
        now,
        slug,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Who has that address now.
pub(in crate::catalog) async fn has_address(conn: &mut MySqlConnection, slug: &str) -> sqlx::Result<Option<ProductId>> {
    sqlx::query_scalar!("select id as `id: _` from products where slug = ?", slug).fetch_optional(conn).await
}

/// Puts a category where it was, with the number that it had.
pub(in crate::catalog) async fn insert_category(
    conn: &mut MySqlConnection,
    id: CategoryId,
    (parent, slug, name): (Option<CategoryId>, &str, &domain::locale::Translated),
    picture: Option<domain::media::PictureId>,
    version: u64,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into categories (id, parent_id, slug, name, search_text, position, picture_id, version)
         values (?, ?, ?, ?, ?, 0, ?, ?)",
        id,
        parent,
        slug,
        name,
        name.each().collect::<Vec<_>>().join("\n"),
        picture,
        version,
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The vouchers for a category, and which of them are for another one as well.
pub(in crate::catalog) async fn vouchers(
    conn: &mut MySqlConnection,
    category: CategoryId,
    other: Option<CategoryId>,
) -> sqlx::Result<Vec<(u64, bool)>> {
    let rows = sqlx::query!(
        "select c.voucher_id as `id: u64`,
                exists(select 1 from voucher_categories o where o.voucher_id = c.voucher_id and o.category_id = ?)
                    as `is_for_both!: bool`
         from voucher_categories c where c.category_id = ? order by c.voucher_id",
        other,
        category,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.is_for_both)).collect())
}

/// A voucher that is for the other category is for this one, too, or instead.
pub(in crate::catalog) async fn give_voucher(
    conn: &mut MySqlConnection,
    (voucher, is_for_both): (u64, bool),
    category: CategoryId,
    other: CategoryId,
) -> sqlx::Result<()> {
    let done = sqlx::query!(
        "insert ignore into voucher_categories (voucher_id, category_id)
         select voucher_id, ? from voucher_categories where voucher_id = ? and category_id = ?",
        category,
        voucher,
        other,
    );
    if done.execute(&mut *conn).await?.rows_affected() > 0 && !is_for_both {
        sqlx::query!("delete from voucher_categories where voucher_id = ? and category_id = ?", voucher, other)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// The addresses that a category had before.
pub(in crate::catalog) async fn addresses(
    conn: &mut MySqlConnection,
    category: CategoryId,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("select slug as `slug: _` from old_addresses where category_id = ? order by slug", category)
        .fetch_all(conn)
        .await
}

/// An address leads to a category again: from where its goods went, or from nowhere.
pub(in crate::catalog) async fn give_address(
    conn: &mut MySqlConnection,
    slug: &str,
    category: CategoryId,
    other: Option<CategoryId>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let done = sqlx::query!(
        "update old_addresses set category_id = ? where kind = 'category' and slug = ? and category_id = ?",
        category,
        slug,
        other,
    );
    if done.execute(&mut *conn).await?.rows_affected() == 0 {
        sqlx::query!(
            "insert ignore into old_addresses (kind, slug, category_id, left_at)
             select 'category', ?, ?, ? from (select 1 as one) t
             where not exists (select 1 from categories c where c.slug = ?)",
            slug,
            category,
            now,
            slug,
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// Deletes a category in which nothing stands and that nobody changed since it was made; false when it stays.
pub(in crate::catalog) async fn delete_empty_category(
    conn: &mut MySqlConnection,
    id: CategoryId,
) -> sqlx::Result<bool> {
    let is_free = sqlx::query_scalar!(
        "select (c.version = 1 and not exists(select 1 from products p where p.category_id = c.id)
                 and not exists(select 1 from categories b where b.parent_id = c.id)
                 and not exists(select 1 from old_addresses a where a.category_id = c.id)
                 and not exists(select 1 from voucher_categories v where v.category_id = c.id)) as `is_free!: bool`
         from categories c where c.id = ?",
        id,
    );
    if is_free.fetch_optional(&mut *conn).await? != Some(true) {
        return Ok(false);
    }
    sqlx::query!("delete from categories where id = ?", id).execute(conn).await?;
    Ok(true)
}
