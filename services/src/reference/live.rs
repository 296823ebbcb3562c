//! The former shop's live database, read as its file is: every row becomes the same names and values.

use domain::message::Message;
use serde_json::Value;
use sqlx::{Connection, MySqlConnection};

use super::IS_LIVE;
use super::rows::Former;
use crate::database;
use crate::error::{Error, Party, Result};

/// The tables that hold anything to bring; what is held for ten minutes is not among them.
const TABLES: [&str; 15] = [
    "content",
    "users",
    "categories",
    "products",
    "product_variants",
    "orders",
    "order_items",
    "order_status_history",
    "reviews",
    "user_carts",
    "vouchers",
    "user_vouchers",
    "memberships",
    "user_subscriptions",
    "subscription_transactions",
];

/// Reads all of a live database, as it stood at one instant, and changes nothing in it.
///
/// `Unavailable` when it does not answer, `Unusable` when it is no such shop's.
pub async fn live(url: &str) -> Result<Former> {
    let away = |error: sqlx::Error| Error::Unavailable { party: Party::Former, cause: error.into() };
    let mut conn = database::reading(url).await.map_err(away)?;
    let mut tables = Vec::new();
    for table in TABLES {
        let columns = columns(&mut conn, table).await.map_err(away)?;
        if columns.is_empty() {
            continue;
        }
        let rows = rows(&mut conn, table, &columns).await.map_err(away)?;
        let mut found = Vec::new();
        for row in rows {
            found.push(serde_json::from_str::<Value>(&row).map_err(|_| Error::Unusable(Message::NotAFormerShop))?);
        }
        tables.push((table.to_owned(), found));
    }
    conn.close().await.map_err(away)?;
    Former::of(tables)
}

async fn columns(conn: &mut MySqlConnection, table: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select column_name as `name!: String` from information_schema.columns
         where table_schema = database() and table_name = ? order by ordinal_position",
        table,
    )
    .fetch_all(conn)
    .await
}

/// Every value as its text, so that no number goes through floating point.
#[expect(clippy::disallowed_methods, reason = "the columns are those of another program's database")]
async fn rows(conn: &mut MySqlConnection, table: &str, columns: &[String]) -> sqlx::Result<Vec<String>> {
    let named = columns.iter().filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
    let parts: Vec<String> = named.map(|name| format!("'{name}', cast(`{name}` as char)")).collect();
    let order = if columns.iter().any(|name| name == "id") { " order by `id`" } else { "" };
    let text =
        format!("select cast(json_object('{IS_LIVE}', '1', {}) as char) from `{table}`{order}", parts.join(", "));
    let found: Vec<(String,)> = sqlx::query_as(sqlx::AssertSqlSafe(text)).fetch_all(conn).await?;
    Ok(found.into_iter().map(|(row,)| row).collect())
}
