//! The SQL of events. Private to the slice.

use chrono::{DateTime, Utc};
use domain::events::EventId;
use serde::Serialize;
use sqlx::MySqlConnection;

pub(super) struct EventRow {
    pub(super) id: EventId,
    pub(super) content: String,
    pub(super) created_at: DateTime<Utc>,
}

/// An event about to be told.
#[derive(Serialize)]
pub(super) struct NewEvent {
    pub(super) kind: String,
    /// As JSON.
    pub(super) content: String,
}

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    kind: &str,
    content: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("insert into events (kind, content, created_at) values (?, ?, ?)", kind, content, now)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn insert_all(conn: &mut MySqlConnection, events: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into events (kind, content, created_at)
         select t.kind, t.content, ?
         from json_table(?, '$[*]' columns (kind varchar(32) character set ascii collate ascii_bin path '$.kind',
                                            content text path '$.content')) t",
        now,
        events,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn newest(conn: &mut MySqlConnection) -> sqlx::Result<u64> {
    sqlx::query_scalar!("select cast(coalesce(max(id), 0) as unsigned) as `id!: u64` from events").fetch_one(conn).await
}

pub(super) async fn ids_after(conn: &mut MySqlConnection, id: u64) -> sqlx::Result<Vec<u64>> {
    sqlx::query_scalar!("select id as `id: _` from events where id > ? order by id limit 5000", id)
        .fetch_all(conn)
        .await
}

pub(super) async fn by_id(conn: &mut MySqlConnection, id: u64) -> sqlx::Result<Option<EventRow>> {
    Ok(between(conn, id, id).await?.pop())
}

pub(super) async fn between(conn: &mut MySqlConnection, first: u64, last: u64) -> sqlx::Result<Vec<EventRow>> {
    sqlx::query_as!(
        EventRow,
        "select id as `id: _`, content as `content: _`, created_at as `created_at: _`
         from events where id between ? and ? order by id",
        first,
        last,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn delete_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from events where created_at < ? limit 5000", limit).execute(conn).await?;
    Ok(done.rows_affected())
}
