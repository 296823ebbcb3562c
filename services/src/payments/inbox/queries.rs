//! The SQL of stored notifications. Private to the inbox.

use chrono::{DateTime, NaiveTime, Utc};
use domain::id::InboxId;
use domain::payments::{NoticeTrouble, RefusedNotices};
use sqlx::MySqlConnection;

use super::listing::ListedNotice;
use crate::gateways::LONGEST_PAUSE;

/// A stored notification, held under a lock.
pub(super) struct InboxEntry {
    pub(super) gateway: String,
    pub(super) body: Vec<u8>,
    /// How often it was tried in vain.
    pub(super) tries: u32,
    /// Whether a person was told of it.
    pub(super) is_stuck: bool,
}

/// A stored notification that a person must look at.
pub(super) struct StuckRow {
    pub(super) id: InboxId,
    pub(super) gateway: String,
    pub(super) body: Vec<u8>,
    pub(super) received_at: DateTime<Utc>,
    pub(super) tries: u32,
    pub(super) next_try_at: Option<DateTime<Utc>>,
    pub(super) trouble: NoticeTrouble,
    pub(super) detail: Option<String>,
}

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    gateway: &str,
    event_key: &str,
    body: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<InboxId> {
    let done = sqlx::query!(
        "insert into payment_inbox (gateway, event_key, body, received_at) values (?, ?, ?, ?)",
        gateway,
        event_key,
        body,
        now,
    )
    .execute(conn)
    .await?;
    Ok(InboxId::new(done.last_insert_id()))
}

/// Notes that an event came again.
pub(super) async fn set_received_again(
    conn: &mut MySqlConnection,
    gateway: &str,
    event_key: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update payment_inbox set received_at = ? where gateway = ? and event_key = ?",
        now,
        gateway,
        event_key,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What is due, never tried before comes first: what was tried in vain keeps nothing from being applied. What was put off
/// for longer than anything is was put off by a clock that was set back since.
pub(super) async fn waiting(conn: &mut MySqlConnection, now: DateTime<Utc>) -> sqlx::Result<Vec<InboxId>> {
    sqlx::query_scalar!(
        "select id as `id: _` from payment_inbox
         where applied_at is null and (next_try_at is null or next_try_at <= ? or next_try_at > ?)
         order by next_try_at, id limit 500",
        now,
        now + LONGEST_PAUSE,
    )
    .fetch_all(conn)
    .await
}

/// What one that waits came from and says, for whoever must ask about it first.
pub(super) async fn peek(conn: &mut MySqlConnection, id: InboxId) -> sqlx::Result<Option<InboxEntry>> {
    sqlx::query_as!(
        InboxEntry,
        "select gateway as `gateway: _`, body as `body: _`, tries as `tries: _`,
                stuck_since is not null as `is_stuck!: bool`
         from payment_inbox where id = ? and applied_at is null",
        id,
    )
    .fetch_optional(conn)
    .await
}

/// One that waits and that nobody is at work on.
pub(super) async fn lock_waiting(conn: &mut MySqlConnection, id: InboxId) -> sqlx::Result<Option<InboxEntry>> {
    sqlx::query_as!(
        InboxEntry,
        "select gateway as `gateway: _`, body as `body: _`, tries as `tries: _`,
                stuck_since is not null as `is_stuck!: bool`
         from payment_inbox where id = ? and applied_at is null for update skip locked",
        id,
    )
    .fetch_optional(conn)
    .await
}

/// One that waits, as soon as nobody is at work on it.
pub(super) async fn lock(conn: &mut MySqlConnection, id: InboxId) -> sqlx::Result<Option<InboxEntry>> {
    sqlx::query_as!(
        InboxEntry,
        "select gateway as `gateway: _`, body as `body: _`, tries as `tries: _`,
                stuck_since is not null as `is_stuck!: bool`
         from payment_inbox where id = ? and applied_at is null for update",
        id,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn set_applied(
    conn: &mut MySqlConnection,
    id: InboxId,
    outcome: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update payment_inbox set applied_at = ?, outcome = ? where id = ?", now, outcome, id)
        .execute(conn)
        .await?;
    Ok(())
}

/// What came of a try that was in vain.
pub(super) struct InVain<'a> {
    pub(super) trouble: NoticeTrouble,
    pub(super) detail: Option<&'a str>,
    pub(super) next_try_at: DateTime<Utc>,
    /// Whether a person is to know of it.
    pub(super) is_stuck: bool,
    pub(super) now: DateTime<Utc>,
}

pub(super) async fn set_tried_in_vain(conn: &mut MySqlConnection, id: InboxId, what: &InVain<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "update payment_inbox
         set tries = tries + 1, next_try_at = ?, trouble = ?, trouble_detail = left(?, 500),
             stuck_since = coalesce(stuck_since, if(?, ?, null))
         where id = ? and applied_at is null",
        what.next_try_at,
        what.trouble,
        what.detail,
        what.is_stuck,
        what.now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What a person must look at, oldest first.
pub(super) async fn stuck(conn: &mut MySqlConnection, limit: u32) -> sqlx::Result<Vec<StuckRow>> {
    sqlx::query_as!(
        StuckRow,
        "select id as `id: _`, gateway as `gateway: _`, body as `body: _`, received_at as `received_at: _`,
                tries as `tries: _`, next_try_at as `next_try_at: _`, trouble as `trouble!: _`,
                trouble_detail as `detail: _`
         from payment_inbox where applied_at is null and stuck_since is not null order by id limit ?",
        limit,
    )
    .fetch_all(conn)
    .await
}

/// When each gateway last told something. It reads no more than the newest few of all.
pub(super) async fn last_received(conn: &mut MySqlConnection) -> sqlx::Result<Vec<(String, DateTime<Utc>)>> {
    let rows = sqlx::query!(
        "select n.gateway as `gateway!: String`, max(n.received_at) as `at!: DateTime<Utc>`
         from (select gateway, received_at from payment_inbox order by id desc limit 2000) n group by n.gateway"
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.gateway, row.at)).collect())
}

pub(super) async fn count_stuck(conn: &mut MySqlConnection) -> sqlx::Result<u64> {
    sqlx::query_scalar!(
        "select cast(count(*) as unsigned) as `count!: _`
         from payment_inbox where applied_at is null and stuck_since is not null"
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn delete_applied_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from payment_inbox where applied_at < ? limit 5000", limit).execute(conn).await?;
    Ok(done.rows_affected())
}

/// Notices before that one, newest first, without what they say.
pub(super) async fn listed(conn: &mut MySqlConnection, before: InboxId, limit: u32) -> sqlx::Result<Vec<ListedNotice>> {
    sqlx::query_as!(
        ListedNotice,
        "select id as `id: _`, gateway as `gateway: _`, received_at as `received_at: _`, applied_at as `applied_at: _`,
                outcome as `outcome: _`, trouble as `trouble: _`, tries as `tries: _`
         from payment_inbox where id < ? order by id desc limit ?",
        before,
        limit,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn one_listed(conn: &mut MySqlConnection, id: InboxId) -> sqlx::Result<Option<ListedNotice>> {
    sqlx::query_as!(
        ListedNotice,
        "select id as `id: _`, gateway as `gateway: _`, received_at as `received_at: _`, applied_at as `applied_at: _`,
                outcome as `outcome: _`, trouble as `trouble: _`, tries as `tries: _`
         from payment_inbox where id = ?",
        id,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn body(conn: &mut MySqlConnection, id: InboxId) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select body as `body: _` from payment_inbox where id = ?", id).fetch_optional(conn).await
}

pub(super) async fn count_refusal(conn: &mut MySqlConnection, gateway: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into payment_refusals (gateway, day, refused, last_at) values (?, ?, 1, ?)
         on duplicate key update refused = refused + 1, last_at = ?",
        gateway,
        midnight(now),
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn refused_since(
    conn: &mut MySqlConnection,
    first: DateTime<Utc>,
) -> sqlx::Result<Vec<RefusedNotices>> {
    sqlx::query_as!(
        RefusedNotices,
        "select gateway as `gateway: _`, cast(sum(refused) as unsigned) as `count!: _`, max(last_at) as `last_at!: _`
         from payment_refusals where day >= ? group by gateway order by gateway",
        first,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn delete_refusals_before(conn: &mut MySqlConnection, first: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from payment_refusals where day < ? limit 1000", first).execute(conn).await?;
    Ok(done.rows_affected())
}

/// The beginning of the day.
fn midnight(at: DateTime<Utc>) -> DateTime<Utc> {
    at.date_naive().and_time(NaiveTime::MIN).and_utc()
}
