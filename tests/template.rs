//! The schema of a test's database, in one go: a replay of every schema change costs more than most tests.
//!
//! The first test that needs it runs the real changes on a database of their own, named after their checksums; every test's
//! database then gets what the server says of that one's tables. What a test sees, `_sqlx_migrations` among it, is the same.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::str::FromStr as _;
use std::sync::LazyLock;
use std::{env, thread};

use services::{MIGRATOR, testing};
use sqlx::migrate::{Migration, Migrator};
use sqlx::mysql::MySqlConnectOptions;
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, MySqlConnection, Row as _, SqlSafeStr as _,
};

/// All of the schema as its first change, which brings the others' rows along.
pub(crate) static SCHEMA: LazyLock<Migrator> = LazyLock::new(|| {
    let first = MIGRATOR.iter().next().unwrap();
    let captured = thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(captured(first.version)).unwrap()
    });
    let whole = Migration { sql: AssertSqlSafe(captured.join().unwrap()).into_sql_str(), ..first.clone() };
    Migrator::with_migrations(vec![whole])
});

/// The statements that make what the schema changes leave behind, but for the row of the change `first`.
async fn captured(first: i64) -> sqlx::Result<String> {
    let (mut conn, template) = made().await;
    let mut sql = String::from("set foreign_key_checks = 0;\n");
    for table in sqlx::query_scalar::<_, String>("show tables").fetch_all(&mut conn).await? {
        if table == "_sqlx_migrations" {
            let _ = writeln!(sql, "insert into {table} select * from {template}.{table} where version <> {first};");
            continue;
        }
        let shape: String = conn.fetch_one(AssertSqlSafe(format!("show create table {table}"))).await?.try_get(1)?;
        let _ = writeln!(sql, "{shape};");
        if conn.fetch_optional(AssertSqlSafe(format!("select 1 from {table} limit 1"))).await?.is_some() {
            let _ = writeln!(sql, "insert into {table} select * from {template}.{table};");
        }
    }
    sql.push_str("set foreign_key_checks = 1;\n");
    conn.close().await?;
    Ok(sql)
}

/// The database that the real changes were run on, and its name. One test makes it, the others wait.
async fn made() -> (MySqlConnection, String) {
    let options = MySqlConnectOptions::from_str(&env::var("DATABASE_URL").unwrap()).unwrap();
    let mut conn = MySqlConnection::connect_with(&options).await.unwrap();
    let name = template();
    conn.execute(AssertSqlSafe(format!("create database if not exists {name}"))).await.unwrap();
    testing::migrate(options.clone().database(&name).to_url_lossy().as_str()).await.unwrap();
    conn.execute(AssertSqlSafe(format!("use {name}"))).await.unwrap();
    (conn, name)
}

fn template() -> String {
    let mut hasher = DefaultHasher::new();
    MIGRATOR.iter().for_each(|change| change.checksum.hash(&mut hasher));
    format!("schema_{:016x}", hasher.finish())
}
