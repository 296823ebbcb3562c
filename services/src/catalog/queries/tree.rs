//! The SQL of the tree of categories.

use chrono::{DateTime, Utc};
use domain::catalog::{CategoryId, ProductId};
use domain::locale::Translated;
use domain::media::{Picture, PictureId};
use sqlx::MySqlConnection;

pub(in crate::catalog) struct TreeRow {
    pub(in crate::catalog) id: CategoryId,
    pub(in crate::catalog) parent_id: Option<CategoryId>,
    pub(in crate::catalog) version: u64,
    pub(in crate::catalog) slug: String,
    pub(in crate::catalog) name: Translated,
    pub(in crate::catalog) picture: Option<Picture>,
    pub(in crate::catalog) products: i64,
}

/// Nobody else changes the tree until the transaction ends.
pub(in crate::catalog) async fn lock_tree(conn: &mut MySqlConnection) -> sqlx::Result<()> {
    sqlx::query_scalar!("select id as `id: CategoryId` from categories order by id for update").fetch_all(conn).await?;
    Ok(())
}

/// Every category, those of one parent in their order.
pub(in crate::catalog) async fn tree(conn: &mut MySqlConnection) -> sqlx::Result<Vec<TreeRow>> {
    sqlx::query_as!(
        TreeRow,
        "select c.id as `id: _`, c.parent_id as `parent_id: _`, c.version as `version: _`, c.slug as `slug: _`,
                c.name as `name: _`,
                cast(case when k.id is not null then json_object(
                         'key', k.picture_key, 'alt', json_extract(c.name, '$'), 'width', k.width,
                         'height', k.height, 'placeholder', k.placeholder,
                         'centre', json_object('x', 500, 'y', 500)) end as char) as `picture?: _`,
                (select count(*) from products p where p.category_id = c.id) as `products!: _`
         from categories c left join pictures k on k.id = c.picture_id
         order by c.position, c.id"
    )
    .fetch_all(conn)
    .await
}

/// What a category is called; nothing when there is none.
pub(in crate::catalog) async fn name(conn: &mut MySqlConnection, id: CategoryId) -> sqlx::Result<Option<Translated>> {
    sqlx::query_scalar!("select name as `name: _` from categories where id = ?", id).fetch_optional(conn).await
}

/// Adds a category behind its siblings.
pub(in crate::catalog) async fn insert(
    conn: &mut MySqlConnection,
    parent: Option<CategoryId>,
    slug: &str,
    name: &Translated,
    picture: Option<PictureId>,
) -> sqlx::Result<CategoryId> {
    let done = sqlx::query!(
        "insert into categories (parent_id, slug, name, search_text, position, picture_id)
         select ?, ?, ?, ?, t.next, ?
         from (select coalesce(max(position) + 1, 0) as next from categories where parent_id <=> ?) t",
        parent,
        slug,
        name,
        name.each().collect::<Vec<_>>().join("\n"),
        picture,
        parent,
    )
    .execute(conn)
    .await?;
    Ok(CategoryId::new(done.last_insert_id()))
}

pub(in crate::catalog) async fn update(
    conn: &mut MySqlConnection,
    id: CategoryId,
    slug: &str,
    name: &Translated,
    picture: Option<PictureId>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update categories set slug = ?, name = ?, search_text = ?, picture_id = ?, version = version + 1 where id = ?",
        slug,
        name,
        name.each().collect::<Vec<_>>().join("\n"),
        picture,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a category below a parent, in that place.
pub(in crate::catalog) async fn put(
    conn: &mut MySqlConnection,
    id: CategoryId,
    parent: Option<CategoryId>,
    position: u32,
) -> sqlx::Result<()> {
    sqlx::query!("update categories set parent_id = ?, position = ? where id = ?", parent, position, id)
        .execute(conn)
        .await?;
    Ok(())
}

/// The slugs that begin like that, of categories and of addresses that others had.
pub(in crate::catalog) async fn slugs_like(
    conn: &mut MySqlConnection,
    slug: &str,
    except: CategoryId,
) -> sqlx::Result<Vec<String>> {
    let pattern = format!("{slug}%");
    sqlx::query_scalar!(
        "select slug as `slug!: String` from categories where slug like ? and id <> ?
         union select slug from old_addresses where kind = 'category' and slug like ? and category_id <> ?",
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
    sqlx::query!("delete from old_addresses where kind = 'category' and slug = ?", slug).execute(conn).await?;
    Ok(())
}

/// Whoever comes by that address is led to the category.
pub(in crate::catalog) async fn leave_address(
    conn: &mut MySqlConnection,
    slug: &str,
    category: CategoryId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into old_addresses (kind, slug, category_id, left_at) values ('category', ?, ?, ?)
         on duplicate key update category_id = ?, left_at = ?",
        slug,
        category,
        now,
        category,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The present address of the category that had that one.
pub(in crate::catalog) async fn moved(conn: &mut MySqlConnection, slug: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select c.slug as `slug: _` from old_addresses a join categories c on c.id = a.category_id
         where a.kind = 'category' and a.slug = ?",
        slug,
    )
    .fetch_optional(conn)
    .await
}

/// A voucher for that category, if there is one.
pub(in crate::catalog) async fn voucher_for(
    conn: &mut MySqlConnection,
    category: CategoryId,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select v.code as `code: _` from voucher_categories c join vouchers v on v.id = c.voucher_id
         where c.category_id = ? order by v.id limit 1",
        category,
    )
    .fetch_optional(conn)
    .await
}

/// The products that stand right in a category, ascending. No other comes to it while the tree is locked.
pub(in crate::catalog) async fn goods_of(
    conn: &mut MySqlConnection,
    category: CategoryId,
) -> sqlx::Result<Vec<ProductId>> {
    sqlx::query_scalar!("select id as `id: _` from products where category_id = ? order by id", category)
        .fetch_all(conn)
        .await
}

/// What names a category names another one instead, or none.
pub(in crate::catalog) async fn hand_over(
    conn: &mut MySqlConnection,
    from: CategoryId,
    to: Option<CategoryId>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update products set category_id = ?, version = version + 1, updated_at = ? where category_id = ?",
        to,
        now,
        from,
    )
    .execute(&mut *conn)
    .await?;
    match to {
        Some(to) => {
            sqlx::query!(
                "insert ignore into voucher_categories (voucher_id, category_id)
                 select voucher_id, ? from voucher_categories where category_id = ?",
                to,
                from,
            )
            .execute(&mut *conn)
            .await?;
            sqlx::query!("update old_addresses set category_id = ? where category_id = ?", to, from)
                .execute(&mut *conn)
                .await?;
        }
        None => {
            sqlx::query!("delete from old_addresses where category_id = ?", from).execute(&mut *conn).await?;
        }
    }
    sqlx::query!("delete from voucher_categories where category_id = ?", from).execute(conn).await?;
    Ok(())
}

pub(in crate::catalog) async fn delete(conn: &mut MySqlConnection, id: CategoryId) -> sqlx::Result<()> {
    sqlx::query!("delete from categories where id = ?", id).execute(conn).await?;
    Ok(())
}
