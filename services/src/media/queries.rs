//! The SQL of pictures. Private to the slice.

use chrono::{DateTime, Utc};
use domain::media::PictureId;
use sqlx::MySqlConnection;

use crate::database::key;

pub(super) async fn insert(conn: &mut MySqlConnection, key: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("insert ignore into pictures (picture_key, created_at) values (?, ?)", key, now).execute(conn).await?;
    Ok(())
}

pub(super) async fn by_key(conn: &mut MySqlConnection, name: &str) -> sqlx::Result<Option<PictureId>> {
    let Some(name) = key(name) else { return Ok(None) };
    sqlx::query_scalar!("select id as `id: _` from pictures where picture_key = ?", name).fetch_optional(conn).await
}
