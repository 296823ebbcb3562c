//! The connection to MySQL or MariaDB, and what differs between them.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::locale::Locale;
use sqlx::migrate::MigrateError;
use sqlx::mysql::{MySqlConnectOptions, MySqlDatabaseError, MySqlPoolOptions};
use sqlx::{ConnectOptions, Connection as _, Executor, MySqlConnection, MySqlPool};

mod connections;
mod elsewhere;
mod history;
mod work;

pub(crate) use connections::{Connections, Transaction};
pub(crate) use elsewhere::reading;
pub(crate) use work::{StaffWork, StaffWriter, Tries, Work, Writer, transact};

/// Why a shop could not be opened. Each prints one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address does not parse.
    #[error("The database URL is not of the form mysql://user:password@host/name.")]
    Url(#[source] sqlx::Error),

    /// Nobody answers, or the account is refused.
    #[error("The database cannot be reached ({0}). Check that the server runs and that the URL is right.")]
    Unreachable(sqlx::Error),

    /// The server or the account allows too few connections.
    #[error(
        "The database allows the shop only {allowed} connections besides the two that are kept free, and it needs {FEWEST_CONNECTIONS}. \
         Raise max_connections, or max_user_connections of the account, and start again."
    )]
    TooFewConnections { allowed: u32 },

    /// A later version of the program was here.
    #[error(
        "The database was made by a newer version of Etalase (schema {found}, this program knows {known}). \
         Start the newer version, or use another data folder."
    )]
    Newer { found: i64, known: i64 },

    /// A migration was cut short; MySQL cannot undo its half.
    #[error(
        "Schema change {0} was cut short and left the database half changed. \
         Restore the last backup of the data folder, then start again."
    )]
    HalfMigrated(i64),

    /// A table is gone that the schema has.
    #[error(
        "The database has no table {0}, although nothing of its schema should be missing. \
         Restore the last backup of the data folder, then start again."
    )]
    Incomplete(String),

    /// Another process changes the schema, and did not end in time.
    #[error(
        "Another process has been changing the database's schema for ten minutes. Wait until it is done, then start again."
    )]
    Occupied,

    /// A migration of this program failed.
    #[error("The database's schema could not be brought up to date ({0}). Check the server's disk and log.")]
    Migration(MigrateError),

    /// Reading the shop's own rows failed.
    #[error("The shop's data cannot be read ({0}). Check the server's disk and log.")]
    Unreadable(crate::Error),
}

/// Two statements in one trip: MariaDB 10.11 and MySQL 9 know no common name of the isolation variable. A process that
/// sleeps in the middle of a transaction, or whose network is gone, keeps its locks no longer than the last one says.
const SESSION: &str = "set session transaction isolation level read committed;
     set session innodb_lock_wait_timeout = 10, session wait_timeout = 60";

/// Seconds that a process waits for another one to bring the schema up to date.
const PATIENCE: u32 = 600;

/// The fewest connections with which pages, jobs and events get on.
const FEWEST_CONNECTIONS: u32 = 3;
/// Connections that are left to a change of the schema and to whoever looks after the server.
const KEPT_FREE: u64 = 2;

/// How long a connection that comes back may take to answer; one that does not is closed, and its place is free again.
const RELEASE_PATIENCE: Duration = Duration::from_secs(2);

/// Whether the database has no tables yet.
///
/// # Errors
/// When it cannot be asked.
pub async fn is_empty(url: &str) -> Result<bool, OpenError> {
    let mut conn = connect_once(url).await?;
    Ok(tables(&mut conn).await.map_err(OpenError::Unreachable)?.is_empty())
}

/// Removes every table, unless anybody has shopped here; false when somebody has.
///
/// # Errors
/// When the database cannot be asked or changed. What was removed until then stays removed.
pub async fn empty_unused(url: &str) -> Result<bool, OpenError> {
    let mut conn = connect_once(url).await?;
    let emptied = async {
        let tables = tables(&mut conn).await?;
        let has_carts = tables.iter().any(|table| table == "carts");
        if has_carts
            && sqlx::query_scalar!("select exists(select 1 from carts) as `is_used!: bool`")
                .fetch_one(&mut conn)
                .await?
        {
            return Ok(false);
        }
        // Their foreign keys leave no order in which all could go.
        conn.execute("set session foreign_key_checks = 0").await?;
        for table in tables {
            conn.execute(sqlx::AssertSqlSafe(format!("drop table `{table}`"))).await?;
        }
        Ok(true)
    };
    emptied.await.map_err(OpenError::Unreachable)
}

/// Connects with the settings that every statement relies on.
pub(crate) async fn connect(url: &str, max_connections: u32) -> Result<MySqlPool, OpenError> {
    let options = options(url)?;
    // A pool would try until its time is up and then tell only that; a bare connection tells why.
    let mut probe = options.connect().await.map_err(OpenError::Unreachable)?;
    let allowed = allowed_connections(&mut probe).await.map_err(OpenError::Unreachable)?;
    probe.close().await.map_err(OpenError::Unreachable)?;
    if allowed < FEWEST_CONNECTIONS {
        return Err(OpenError::TooFewConnections { allowed });
    }
    if allowed < max_connections {
        tracing::warn!(
            allowed,
            wanted = max_connections,
            "the database allows fewer connections than the shop would use (max_connections, max_user_connections): \
             requests wait for one when many come at once"
        );
    }
    let max_connections = max_connections.min(allowed);
    pool_options(max_connections).connect_with(options).await.map_err(OpenError::Unreachable)
}

/// How many connections the server leaves to a shop: what it allows the account, without some for jobs and the owner's tools.
async fn allowed_connections(conn: &mut MySqlConnection) -> sqlx::Result<u32> {
    let limits = sqlx::query!(
        "select cast(@@global.max_connections as unsigned) as `in_all!: u64`,
                cast(@@session.max_user_connections as unsigned) as `of_account!: u64`"
    );
    let limits = limits.fetch_one(conn).await?;
    let in_all = limits.in_all.saturating_sub(KEPT_FREE);
    let of_account = limits.of_account.saturating_sub(KEPT_FREE);
    let allowed = if limits.of_account == 0 { in_all } else { in_all.min(of_account) };
    Ok(u32::try_from(allowed).unwrap_or(u32::MAX))
}

async fn connect_once(url: &str) -> Result<MySqlConnection, OpenError> {
    options(url)?.connect().await.map_err(OpenError::Unreachable)
}

fn options(url: &str) -> Result<MySqlConnectOptions, OpenError> {
    // sqlx reads the rest of any address; another scheme would be a surprise much later.
    if !["mysql://", "mariadb://"].iter().any(|scheme| url.starts_with(scheme)) {
        return Err(OpenError::Url(sqlx::Error::Configuration("the scheme is not mysql".into())));
    }
    Ok(MySqlConnectOptions::from_str(url)
        .map_err(OpenError::Url)?
        .log_statements(tracing::log::LevelFilter::Trace)
        .log_slow_statements(tracing::log::LevelFilter::Warn, Duration::from_secs(2)))
}

async fn tables(conn: &mut MySqlConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select table_name as `name!: String` from information_schema.tables where table_schema = database()"
    )
    .fetch_all(conn)
    .await
}

/// The pool's options, for tests that are handed a database.
pub(crate) fn pool_options(max_connections: u32) -> MySqlPoolOptions {
    MySqlPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(Duration::from_secs(5))
        // Sooner than the server closes what rests.
        .idle_timeout(Duration::from_secs(45))
        // A ping for every call is a round trip for every call; only a connection that rested may have died unseen.
        .test_before_acquire(false)
        .before_acquire(|conn, meta| {
            Box::pin(async move {
                if meta.idle_for > Duration::from_secs(1) {
                    conn.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(|conn, _| Box::pin(async move { conn.execute(SESSION).await.map(drop) }))
        // A caller that goes away while it begins leaves a transaction that nobody knows of, and one that goes away while a
        // statement is prepared leaves answers that nobody reads: the next one must be in neither.
        .after_release(|conn, _| {
            Box::pin(async move {
                let ended = tokio::time::timeout(RELEASE_PATIENCE, conn.execute("rollback")).await;
                Ok(matches!(ended, Ok(Ok(_))))
            })
        })
}

/// Brings the schema up to date and makes sure that all of it is there, or says why it must not. One process does so at a
/// time, the others wait until it has.
pub(crate) async fn migrate(pool: &MySqlPool) -> Result<(), OpenError> {
    let mut lock = pool.connect_options().connect().await.map_err(OpenError::Unreachable)?;
    // sqlx's own lock asks to wait for -1 seconds, which MariaDB refuses without an error.
    let is_alone = sqlx::query_scalar!("select get_lock(concat('schema of ', left(database(), 40)), ?)", PATIENCE)
        .fetch_one(&mut lock)
        .await
        .map_err(OpenError::Unreachable)?;
    if is_alone != Some(1) {
        return Err(OpenError::Occupied);
    }
    migrate_alone(pool).await?;
    // The lock ends with its connection, however that ends.
    lock.close().await.map_err(OpenError::Unreachable)
}

async fn migrate_alone(pool: &MySqlPool) -> Result<(), OpenError> {
    let known = crate::MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or_default();
    let Err(error) = crate::MIGRATOR.run(pool).await else {
        let mut conn = pool.acquire().await.map_err(OpenError::Unreachable)?;
        let there = tables(&mut conn).await.map_err(OpenError::Unreachable)?;
        let missing = made_tables().into_iter().find(|table| !there.iter().any(|known| known == table));
        return missing.map_or(Ok(()), |table| Err(OpenError::Incomplete(table.to_owned())));
    };
    Err(if let MigrateError::VersionMissing(found) = error {
        OpenError::Newer { found, known }
    } else if let MigrateError::Dirty(version) = error {
        OpenError::HalfMigrated(version)
    } else {
        OpenError::Migration(error)
    })
}

/// The tables that the schema changes leave behind, all of them applied.
fn made_tables() -> BTreeSet<&'static str> {
    let mut made = BTreeSet::new();
    for line in crate::MIGRATOR.iter().flat_map(|migration| migration.sql.as_str().lines()) {
        if let Some((table, _)) = line.strip_prefix("create table ").and_then(|rest| rest.split_once(' ')) {
            made.insert(table);
        } else if let Some(table) = line.strip_prefix("drop table ") {
            made.remove(table.trim_end_matches(';'));
        }
    }
    made
}

/// The server's own number of an error, if it is one of the server's.
pub(crate) fn error_number(error: &sqlx::Error) -> Option<u16> {
    let error = error.as_database_error()?.try_downcast_ref::<MySqlDatabaseError>()?;
    Some(error.number())
}

/// Whether the error is a duplicate of that unique key, named `table.key` or by its bare name.
///
/// MariaDB prints `for key 'slug'`, MySQL `for key 'products.slug'`.
pub(crate) fn is_duplicate_of(error: &sqlx::Error, key: &str) -> bool {
    let Some(error) = error.as_database_error().filter(|error| error.is_unique_violation()) else { return false };
    let named = error.message().rsplit("for key '").next().unwrap_or_default().trim_end_matches('\'');
    named == key || named.rsplit('.').next() == Some(key)
}

/// An instant that somebody chose, as it is sent: a timestamp after January 2038 reaches MariaDB 10.11 as nothing.
pub(crate) fn any_time(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc()
}

/// Where a text in every language has the wording of one: the path for `json_extract`.
pub(crate) fn wording_path(locale: Locale) -> String {
    format!("$.{}", locale.as_str())
}

/// What a column of keys may be compared with. Both servers take blanks at the end of a text for nothing, and no key has a
/// blank: what has one is no key of ours.
pub(crate) fn key(text: &str) -> Option<&str> {
    text.bytes().all(|byte| byte.is_ascii_graphic()).then_some(text)
}

/// The `like` pattern of what somebody looks for, without wildcards of their own; empty for nothing.
pub(crate) fn search_pattern(typed: Option<&str>) -> String {
    let Some(words) = typed.and_then(domain::text::search) else { return String::new() };
    let mut pattern = String::from("%");
    for character in words.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

/// The same pattern for a column of codes, which are in capitals. It takes no other letters: the database refuses to look
/// for them there.
pub(crate) fn code_pattern(pattern: &str) -> String {
    let code = domain::text::code(pattern).ok().filter(|code| code.is_ascii());
    code.map(|code| code.to_ascii_uppercase()).unwrap_or_default()
}

/// An error when the transaction of that connection was taken back by the database.
async fn still_stands(conn: &mut MySqlConnection) -> sqlx::Result<()> {
    sqlx::query_scalar!("select 1 as `one!: i64`").fetch_one(conn).await.map(drop)
}
