//! The SQL of pictures. Private to the slice.

use chrono::{DateTime, Utc};
use domain::media::PictureId;
use sqlx::MySqlConnection;

use crate::database::key;

/// A picture that is to be kept.
pub(super) struct NewPicture<'a> {
    pub(super) key: &'a str,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) placeholder: &'a str,
}

/// A picture in the store.
pub(super) struct Stored {
    pub(super) id: PictureId,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) placeholder: String,
}

/// A picture that nothing names.
pub(super) struct Unused {
    pub(super) id: PictureId,
    pub(super) key: String,
    pub(super) width: u32,
}

/// Makes the row of a picture, or finds it, writes what it is like and begins its time anew; either way it is locked
/// afterwards.
pub(super) async fn keep(conn: &mut MySqlConnection, new: &NewPicture<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into pictures (picture_key, width, height, placeholder, created_at, unused_since) values (?, ?, ?, ?, ?, ?)
         on duplicate key update width = ?, height = ?, placeholder = ?,
             unused_since = case when unused_since is not null then ? end",
        new.key,
        new.width,
        new.height,
        new.placeholder,
        now,
        now,
        new.width,
        new.height,
        new.placeholder,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Begins the time anew of a picture that nothing names, and locks it.
pub(super) async fn want(conn: &mut MySqlConnection, name: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "update pictures set unused_since = case when unused_since is not null then ? end where picture_key = ?",
        now,
        name,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn stored(conn: &mut MySqlConnection, name: &str) -> sqlx::Result<Option<Stored>> {
    sqlx::query_as!(
        Stored,
        "select id as `id: _`, width as `width: _`, height as `height: _`, placeholder as `placeholder: _`
         from pictures where picture_key = ?",
        name,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn by_key(conn: &mut MySqlConnection, name: &str) -> sqlx::Result<Option<PictureId>> {
    let Some(name) = key(name) else { return Ok(None) };
    sqlx::query_scalar!("select id as `id: _` from pictures where picture_key = ?", name).fetch_optional(conn).await
}

/// Notes that something is about to name it, and locks it. Tells whether it is there.
pub(super) async fn claim(conn: &mut MySqlConnection, name: &str) -> sqlx::Result<bool> {
    let Some(name) = key(name) else { return Ok(false) };
    let done =
        sqlx::query!("update pictures set unused_since = null where picture_key = ?", name).execute(conn).await?;
    Ok(done.rows_affected() > 0)
}

/// Some pictures behind an id that nothing names, and of which nobody knew it.
pub(super) async fn newly_unused(
    conn: &mut MySqlConnection,
    after: PictureId,
    limit: u32,
) -> sqlx::Result<Vec<PictureId>> {
    sqlx::query_scalar!(
        "select p.id as `id: _` from pictures p
         where p.id > ? and p.unused_since is null
           and not exists (select 1 from product_pictures pp where pp.picture_id = p.id)
           and not exists (select 1 from categories c where c.picture_id = p.id)
           and not exists (select 1 from order_lines l where l.picture_key = p.picture_key)
         order by p.id limit ?",
        after,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Begins the time of a picture that nothing names.
pub(super) async fn note_unused(conn: &mut MySqlConnection, id: PictureId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update pictures p set p.unused_since = ?
         where p.id = ? and p.unused_since is null
           and not exists (select 1 from product_pictures pp where pp.picture_id = p.id)
           and not exists (select 1 from categories c where c.picture_id = p.id)
           and not exists (select 1 from order_lines l where l.picture_key = p.picture_key)",
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends the time of pictures that something names after all.
pub(super) async fn note_used(conn: &mut MySqlConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update pictures p set p.unused_since = null
         where p.unused_since < ?
           and (exists (select 1 from product_pictures pp where pp.picture_id = p.id)
             or exists (select 1 from categories c where c.picture_id = p.id)
             or exists (select 1 from order_lines l where l.picture_key = p.picture_key))",
        before,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Some pictures whose time is over.
pub(super) async fn long_unused(
    conn: &mut MySqlConnection,
    before: DateTime<Utc>,
    after: PictureId,
    limit: u32,
) -> sqlx::Result<Vec<Unused>> {
    sqlx::query_as!(
        Unused,
        "select id as `id: _`, picture_key as `key: _`, width as `width: _` from pictures
         where unused_since < ? and id > ? order by id limit ?",
        before,
        after,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Deletes a picture whose time is over, unless something names it; tells whether it did. The row stays locked, so that
/// nobody takes the same picture in before its files are gone.
pub(super) async fn delete(conn: &mut MySqlConnection, id: PictureId, before: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from pictures where id = ? and unused_since < ?
           and not exists (select 1 from product_pictures pp where pp.picture_id = pictures.id)
           and not exists (select 1 from categories c where c.picture_id = pictures.id)
           and not exists (select 1 from order_lines l where l.picture_key = pictures.picture_key)",
        id,
        before,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The keys of pictures from one to another.
pub(super) async fn keys(conn: &mut MySqlConnection, first: &str, last: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select picture_key as `key: _` from pictures where picture_key between ? and ? order by picture_key",
        first,
        last,
    )
    .fetch_all(conn)
    .await
}

/// Takes the place of a picture that has no row, so that nobody takes it in meanwhile; tells whether it had none.
pub(super) async fn occupy(conn: &mut MySqlConnection, name: &str, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert ignore into pictures (picture_key, width, height, placeholder, created_at) values (?, 1, 1, '', ?)",
        name,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn leave(conn: &mut MySqlConnection, name: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from pictures where picture_key = ?", name).execute(conn).await.map(drop)
}
