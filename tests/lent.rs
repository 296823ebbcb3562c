//! Databases that tests borrow one after the other.
//!
//! A lock of the server says that one is taken, and ends with the borrower's connection, however that ends. Who borrows
//! one makes it as new first: without rows but those of the schema, every number counting from one.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr as _;

use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use sqlx::{AssertSqlSafe, Executor as _, MySqlConnection, MySqlPool};

use crate::template;

/// As many as `sqlx::test` gives.
const CONNECTIONS: u32 = 5;

/// A database for one test at a time.
pub(crate) struct Lent {
    /// Whoever has this connection has the lock.
    _lock: MySqlConnection,
    name: String,
}

impl Lent {
    /// Borrows the first one that nobody has, and makes one when all are taken.
    pub(crate) async fn borrow() -> Self {
        let mut conn = template::server().await;
        let kind = template::print();
        for number in 0.. {
            let name = format!("lent_{kind}_{number}");
            let taken = sqlx::query_scalar::<_, Option<i64>>("select cast(get_lock(?, 0) as signed)").bind(&name);
            if taken.fetch_one(&mut conn).await.unwrap() == Some(1) {
                end_others(&mut conn, &name).await.unwrap();
                if is_complete(&mut conn, &name).await.unwrap() {
                    renew(&mut conn, &name, &format!("schema_{kind}")).await.unwrap();
                } else {
                    make(&mut conn, &name).await.unwrap();
                }
                return Self { _lock: conn, name };
            }
        }
        unreachable!("one of them is free")
    }

    /// A pool of connections to it.
    pub(crate) fn pool(&self) -> MySqlPool {
        let options = MySqlConnectOptions::from_str(&std::env::var("DATABASE_URL").unwrap()).unwrap();
        MySqlPoolOptions::new().max_connections(CONNECTIONS).connect_lazy_with(options.database(&self.name))
    }
}

/// Ends what an earlier test may have left at work there.
async fn end_others(conn: &mut MySqlConnection, name: &str) -> sqlx::Result<()> {
    let list = "select cast(id as unsigned) from information_schema.processlist where db = ?";
    let others: Vec<u64> = match sqlx::query_scalar(list).bind(name).fetch_all(&mut *conn).await {
        Ok(others) => others,
        // MySQL cannot list a statement that has bytes in it.
        Err(_) => {
            let list = "select processlist_id from performance_schema.threads where processlist_db = ?";
            sqlx::query_scalar(list).bind(name).fetch_all(&mut *conn).await?
        }
    };
    for other in others {
        // One that has ended by now is no longer there to be ended.
        let _ = conn.execute(AssertSqlSafe(format!("kill {other}"))).await;
    }
    Ok(())
}

/// The rows that tell of the schema's changes are its last.
async fn is_complete(conn: &mut MySqlConnection, name: &str) -> sqlx::Result<bool> {
    let known = "select count(*) from information_schema.tables where table_schema = ? and table_name = ?";
    let known: i64 = sqlx::query_scalar(known).bind(name).bind(template::CHANGES).fetch_one(&mut *conn).await?;
    if known == 0 {
        return Ok(false);
    }
    let noted = format!("select 1 from {name}.{} limit 1", template::CHANGES);
    Ok(conn.fetch_optional(AssertSqlSafe(noted)).await?.is_some())
}

async fn make(conn: &mut MySqlConnection, name: &str) -> sqlx::Result<()> {
    let statements = template::statements(conn, None).await?;
    conn.execute(AssertSqlSafe(format!("drop database if exists {name}"))).await?;
    conn.execute(AssertSqlSafe(format!("create database {name}"))).await?;
    conn.execute(AssertSqlSafe(format!("use {name}"))).await?;
    conn.execute(AssertSqlSafe(statements)).await?;
    Ok(())
}

/// Empties what was used, and fills in what the schema brings along.
async fn renew(conn: &mut MySqlConnection, name: &str, schema: &str) -> sqlx::Result<()> {
    // Only MySQL knows it, where it remembers the counters for a day.
    let _ = conn.execute("set session information_schema_stats_expiry = 0").await;
    let (used, new) = (counters(conn, name).await?, counters(conn, schema).await?);
    let (used_rows, new_rows) = (filled(conn, name, &new).await?, filled(conn, schema, &new).await?);
    let mut statements = format!("use {name};\nset foreign_key_checks = 0;\n");
    for (table, counter) in &new {
        if used.get(table) != Some(counter) {
            statements += &format!("truncate table {table};\n");
        } else if used_rows.contains(table) {
            statements += &format!("delete from {table};\n");
        }
        if new_rows.contains(table) {
            statements += &format!("insert into {table} select * from {schema}.{table};\n");
        }
    }
    statements += "set foreign_key_checks = 1;\n";
    conn.execute(AssertSqlSafe(statements)).await?;
    Ok(())
}

/// Every table with the next number that it gives; the servers disagree about one that never gave any.
async fn counters(conn: &mut MySqlConnection, name: &str) -> sqlx::Result<BTreeMap<String, u64>> {
    let sql = "select cast(table_name as char), cast(coalesce(auto_increment, 1) as unsigned)
               from information_schema.tables where table_schema = ?";
    Ok(sqlx::query_as(sql).bind(name).fetch_all(conn).await?.into_iter().collect())
}

/// The tables that have rows.
async fn filled(
    conn: &mut MySqlConnection,
    name: &str,
    tables: &BTreeMap<String, u64>,
) -> sqlx::Result<BTreeSet<String>> {
    let each =
        tables.keys().map(|table| format!("select '{table}' from dual where exists (select 1 from {name}.{table})"));
    let sql = each.collect::<Vec<_>>().join(" union all ");
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(conn).await?.into_iter().collect())
}
