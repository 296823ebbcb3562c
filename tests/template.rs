//! The schema of the tests' databases. To make all its tables costs a server more than most tests, so that is done seldom.
//!
//! The first test that needs it runs the real changes on a database of their own, named after their checksums; every other
//! database gets what the server says of that one's tables. What a test sees, `_sqlx_migrations` among it, is the same.

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

/// Nothing: the shop of a test works on a database that is lent (`lent.rs`), and the test's own stays empty.
pub(crate) static SCHEMA: LazyLock<Migrator> = LazyLock::new(|| Migrator::with_migrations(Vec::new()));

/// The whole schema in the test's own database, for tests that open it by its address or change the schema. It stands
/// in the first change, which brings the others' rows along.
pub(crate) static WHOLE: LazyLock<Migrator> = LazyLock::new(|| {
    let first = MIGRATOR.iter().next().unwrap();
    let captured = thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut conn = server().await;
            statements(&mut conn, Some(first.version)).await.unwrap()
        })
    });
    let whole = Migration { sql: AssertSqlSafe(captured.join().unwrap()).into_sql_str(), ..first.clone() };
    Migrator::with_migrations(vec![whole])
});

/// A connection to the server of the run, to no database.
pub(crate) async fn server() -> MySqlConnection {
    let options = MySqlConnectOptions::from_str(&env::var("DATABASE_URL").unwrap()).unwrap();
    MySqlConnection::connect_with(&options).await.unwrap()
}

/// The statements that make what the schema changes leave behind, but for the row of the change `without`. The rows
/// that tell of the changes come last.
pub(crate) async fn statements(conn: &mut MySqlConnection, without: Option<i64>) -> sqlx::Result<String> {
    let template = made(conn).await;
    let mut sql = String::from("set foreign_key_checks = 0;\n");
    let tables: Vec<String> = sqlx::query_scalar("show tables").fetch_all(&mut *conn).await?;
    for table in tables.iter().filter(|table| *table != CHANGES) {
        let shape: String = conn.fetch_one(AssertSqlSafe(format!("show create table {table}"))).await?.try_get(1)?;
        let _ = writeln!(sql, "{shape};");
        if conn.fetch_optional(AssertSqlSafe(format!("select 1 from {table} limit 1"))).await?.is_some() {
            let _ = writeln!(sql, "insert into {table} select * from {template}.{table};");
        }
    }
    let _ = match without {
        // Who runs this as a change has made that table.
        Some(first) => {
            writeln!(sql, "insert into {CHANGES} select * from {template}.{CHANGES} where version <> {first};")
        }
        None => writeln!(
            sql,
            "create table {CHANGES} like {template}.{CHANGES};\ninsert into {CHANGES} select * from {template}.{CHANGES};"
        ),
    };
    sql.push_str("set foreign_key_checks = 1;\n");
    Ok(sql)
}

/// Where sqlx notes which changes were made.
pub(crate) const CHANGES: &str = "_sqlx_migrations";

/// Makes the database that the real changes were run on the one of this connection, and tells its name. One test
/// makes it, the others wait.
pub(crate) async fn made(conn: &mut MySqlConnection) -> String {
    let options = MySqlConnectOptions::from_str(&env::var("DATABASE_URL").unwrap()).unwrap();
    let name = format!("schema_{}", print());
    conn.execute(AssertSqlSafe(format!("create database if not exists {name}"))).await.unwrap();
    testing::migrate(options.database(&name).to_url_lossy().as_str()).await.unwrap();
    conn.execute(AssertSqlSafe(format!("use {name}"))).await.unwrap();
    name
}

/// Tells one state of the schema from another.
pub(crate) fn print() -> String {
    let mut hasher = DefaultHasher::new();
    MIGRATOR.iter().for_each(|change| change.checksum.hash(&mut hasher));
    format!("{:016x}", hasher.finish())
}
