//! Another program's database, to be read and never written.

use sqlx::{Connection, MySqlConnection};

/// A connection that sees the whole of another database as it stands now, however long the reading takes, and that the
/// server lets write nothing.
pub(crate) async fn reading(url: &str) -> sqlx::Result<MySqlConnection> {
    let mut conn = MySqlConnection::connect(url).await?;
    sqlx::raw_sql("set transaction isolation level repeatable read").execute(&mut conn).await?;
    sqlx::raw_sql("start transaction with consistent snapshot, read only").execute(&mut conn).await?;
    Ok(conn)
}
