//! The SQL of changes that can be taken back.

use chrono::{DateTime, Utc};
use domain::catalog::{ChangeId, ProductId};
use domain::locale::Translated;
use domain::staff::StaffId;
use serde::Serialize;
use sqlx::MySqlConnection;

/// A change about to be noted.
pub(in crate::catalog) struct NewChange<'a> {
    pub(in crate::catalog) staff: StaffId,
    pub(in crate::catalog) name: &'a str,
    pub(in crate::catalog) what: &'a str,
    pub(in crate::catalog) key: Option<&'a str>,
    pub(in crate::catalog) asked: Option<&'a [u8]>,
    pub(in crate::catalog) at: DateTime<Utc>,
}

pub(in crate::catalog) struct ChangeItem {
    pub(in crate::catalog) id: ChangeId,
    pub(in crate::catalog) by: String,
    pub(in crate::catalog) what: String,
    pub(in crate::catalog) content: Option<String>,
    pub(in crate::catalog) products: u32,
    pub(in crate::catalog) at: DateTime<Utc>,
    pub(in crate::catalog) undone_by: Option<String>,
    pub(in crate::catalog) undo_began_at: Option<DateTime<Utc>>,
    pub(in crate::catalog) undone_at: Option<DateTime<Utc>>,
    pub(in crate::catalog) given_back: u32,
    pub(in crate::catalog) partly: u32,
    pub(in crate::catalog) kept: u32,
}

/// What a change did to a product, and what an undo did.
pub(in crate::catalog) struct ProductItem {
    pub(in crate::catalog) product_id: ProductId,
    pub(in crate::catalog) name: Translated,
    pub(in crate::catalog) did: String,
    pub(in crate::catalog) content: String,
    pub(in crate::catalog) verdict: Option<String>,
}

/// Adds a change. A second one of the same wish is refused by its key.
pub(in crate::catalog) async fn insert(conn: &mut MySqlConnection, new: &NewChange<'_>) -> sqlx::Result<ChangeId> {
    let done = sqlx::query!(
        "insert into changes (staff_id, staff_name, what, idempotency_key, asked, created_at) values (?, ?, ?, ?, ?, ?)",
        new.staff,
        new.name,
        new.what,
        new.key,
        new.asked,
        new.at,
    )
    .execute(conn)
    .await?;
    Ok(ChangeId::new(done.last_insert_id()))
}

/// What was answered to a wish, and the print of what was wished. Its row is written to, so that the answer is told only once
/// the first one is on the disk.
pub(in crate::catalog) async fn answered(
    conn: &mut MySqlConnection,
    staff: StaffId,
    key: &str,
) -> sqlx::Result<Option<(Option<Vec<u8>>, Option<String>)>> {
    let wish =
        sqlx::query!("update changes set locks = locks + 1 where staff_id = ? and idempotency_key = ?", staff, key);
    if wish.execute(&mut *conn).await?.rows_affected() == 0 {
        return Ok(None);
    }
    let row = sqlx::query!(
        "select asked as `asked: Vec<u8>`, content as `content: String` from changes
         where staff_id = ? and idempotency_key = ?",
        staff,
        key,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.asked, row.content)))
}

/// Notes what a change came to.
pub(in crate::catalog) async fn finish(
    conn: &mut MySqlConnection,
    id: ChangeId,
    products: u32,
    content: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!("update changes set products = ?, content = ? where id = ?", products, content, id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets a change that changed nothing.
pub(in crate::catalog) async fn delete(conn: &mut MySqlConnection, id: ChangeId) -> sqlx::Result<()> {
    sqlx::query!("delete from changes where id = ?", id).execute(conn).await.map(drop)
}

/// Nobody else adds to it or takes it back until the transaction ends; false when there is none.
pub(in crate::catalog) async fn lock(conn: &mut MySqlConnection, id: ChangeId) -> sqlx::Result<bool> {
    let done = sqlx::query!("update changes set locks = locks + 1 where id = ?", id).execute(conn).await?;
    Ok(done.rows_affected() > 0)
}

pub(in crate::catalog) async fn get(conn: &mut MySqlConnection, id: ChangeId) -> sqlx::Result<Option<ChangeItem>> {
    sqlx::query_as!(
        ChangeItem,
        "select id as `id: _`, staff_name as `by: _`, what as `what: _`, content as `content: _`,
                products as `products: _`, created_at as `at: _`, undone_by as `undone_by: _`,
                undo_began_at as `undo_began_at: _`, undone_at as `undone_at: _`, given_back as `given_back: _`,
                partly as `partly: _`, kept as `kept: _`
         from changes where id = ?",
        id,
    )
    .fetch_optional(conn)
    .await
}

/// The newest before one, without what only an undo must know.
pub(in crate::catalog) async fn list(
    conn: &mut MySqlConnection,
    before: ChangeId,
    limit: u32,
) -> sqlx::Result<Vec<ChangeItem>> {
    sqlx::query_as!(
        ChangeItem,
        "select id as `id: _`, staff_name as `by: _`, what as `what: _`, null as `content: _`,
                products as `products: _`, created_at as `at: _`, undone_by as `undone_by: _`,
                undo_began_at as `undo_began_at: _`, undone_at as `undone_at: _`, given_back as `given_back: _`,
                partly as `partly: _`, kept as `kept: _`
         from changes where id < ? and products > 0 order by id desc limit ?",
        before,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Notes what a change did to products that are there; their names are read from them.
pub(in crate::catalog) async fn insert_changed(
    conn: &mut MySqlConnection,
    change: ChangeId,
    products: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into change_products (change_id, product_id, name, did, content)
         select straight_join ?, p.id, p.name, 'changed', t.content
         from json_table(?, '$[*]' columns (id bigint unsigned path '$.id', content mediumtext path '$.content')) t
         join products p on p.id = t.id",
        change,
        products,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes what a change did to a product, or writes it anew.
pub(in crate::catalog) async fn put(
    conn: &mut MySqlConnection,
    change: ChangeId,
    (product, name): (ProductId, &Translated),
    did: &str,
    content: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into change_products (change_id, product_id, name, did, content) values (?, ?, ?, ?, ?)
         on duplicate key update did = ?, content = ?",
        change,
        product,
        name,
        did,
        content,
        did,
        content,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A product that a change made, about to be noted; its name and what is kept of it are JSON.
#[derive(Serialize)]
pub(in crate::catalog) struct CreatedItem {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) name: String,
    pub(in crate::catalog) content: String,
}

/// Notes products that a change made.
pub(in crate::catalog) async fn put_created(
    conn: &mut MySqlConnection,
    change: ChangeId,
    made: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into change_products (change_id, product_id, name, did, content)
         select ?, t.product, t.called, 'created', t.content
         from json_table(?, '$[*]' columns (product bigint unsigned path '$.product', called text path '$.name',
                                            content mediumtext path '$.content')) t",
        change,
        made,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Those of the products to which a change did something already.
pub(in crate::catalog) async fn noted(
    conn: &mut MySqlConnection,
    change: ChangeId,
    products: &str,
) -> sqlx::Result<Vec<ProductId>> {
    sqlx::query_scalar!(
        "select straight_join c.product_id as `id: _`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t
         join change_products c on c.change_id = ? and c.product_id = t.id",
        products,
        change,
    )
    .fetch_all(conn)
    .await
}

/// Forgets what a change did to a product: it is what it was before.
pub(in crate::catalog) async fn forget(
    conn: &mut MySqlConnection,
    change: ChangeId,
    product: ProductId,
) -> sqlx::Result<()> {
    sqlx::query!("delete from change_products where change_id = ? and product_id = ?", change, product)
        .execute(conn)
        .await
        .map(drop)
}

/// Counts one product more, or one less.
pub(in crate::catalog) async fn count_products(
    conn: &mut MySqlConnection,
    id: ChangeId,
    more: i32,
) -> sqlx::Result<()> {
    sqlx::query!("update changes set products = products + ? where id = ?", more, id).execute(conn).await.map(drop)
}

/// What a change did to one product.
pub(in crate::catalog) async fn product(
    conn: &mut MySqlConnection,
    change: ChangeId,
    product: ProductId,
) -> sqlx::Result<Option<ProductItem>> {
    sqlx::query_as!(
        ProductItem,
        "select product_id as `product_id: _`, name as `name: _`, did as `did: _`, content as `content: _`,
                verdict as `verdict: _`
         from change_products where change_id = ? and product_id = ?",
        change,
        product,
    )
    .fetch_optional(conn)
    .await
}

/// A page of its products, or of those that an undo did not give back wholly.
pub(in crate::catalog) async fn products(
    conn: &mut MySqlConnection,
    change: ChangeId,
    after: ProductId,
    only_kept: bool,
    limit: u32,
) -> sqlx::Result<Vec<ProductItem>> {
    sqlx::query_as!(
        ProductItem,
        "select product_id as `product_id: _`, name as `name: _`, did as `did: _`, content as `content: _`,
                verdict as `verdict: _`
         from change_products
         where change_id = ? and product_id > ? and (not ? or outcome in ('partly', 'kept'))
         order by product_id limit ?",
        change,
        after,
        only_kept,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// The SKUs of those variants that are there.
pub(in crate::catalog) async fn skus(
    conn: &mut MySqlConnection,
    variants: &str,
) -> sqlx::Result<Vec<(domain::catalog::VariantId, String)>> {
    let rows = sqlx::query!(
        "select straight_join v.id as `id: domain::catalog::VariantId`, v.sku as `sku: String`
         from json_table(?, '$[*]' columns (id bigint unsigned path '$')) t join variants v on v.id = t.id
         order by v.product_id, v.position, v.id",
        variants,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.sku)).collect())
}

/// The oldest change from before then; nobody takes it back while it is forgotten.
pub(in crate::catalog) async fn oldest_before(
    conn: &mut MySqlConnection,
    limit: DateTime<Utc>,
) -> sqlx::Result<Option<ChangeId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from changes where created_at < ? order by created_at limit 1 for update",
        limit
    )
    .fetch_optional(conn)
    .await
}

/// Forgets some of what a change did; how much.
pub(in crate::catalog) async fn delete_products(
    conn: &mut MySqlConnection,
    change: ChangeId,
    most: u32,
) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from change_products where change_id = ? limit ?", change, most).execute(conn).await?;
    Ok(done.rows_affected())
}
