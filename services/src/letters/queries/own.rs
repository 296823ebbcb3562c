//! The SQL of the owner's words.

use chrono::{DateTime, Utc};
use domain::mail::{LetterWords, MailKind};
use sqlx::MySqlConnection;

/// Words of a kind as they are stored.
pub(in crate::letters) struct Stored {
    pub(in crate::letters) version: u64,
    content: String,
}

impl Stored {
    pub(in crate::letters) fn read(&self) -> serde_json::Result<LetterWords> {
        serde_json::from_str(&self.content)
    }
}

/// The kinds for which the owner ever said something, with what.
pub(in crate::letters) async fn all(conn: &mut MySqlConnection) -> sqlx::Result<Vec<(String, String)>> {
    let rows = sqlx::query!("select kind as `kind: String`, content as `content: String` from letter_words")
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.content)).collect())
}

/// The words of a kind; nothing while the owner never said any.
pub(in crate::letters) async fn words(conn: &mut MySqlConnection, kind: MailKind) -> sqlx::Result<Option<Stored>> {
    sqlx::query_as!(
        Stored,
        "select version as `version: _`, content as `content: _` from letter_words where kind = ?",
        kind,
    )
    .fetch_optional(conn)
    .await
}

/// The same, held until the transaction ends; of words that nobody ever saved there is the version 0.
pub(in crate::letters) async fn lock(
    conn: &mut MySqlConnection,
    kind: MailKind,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Stored>> {
    sqlx::query!(
        "insert into letter_words (kind, content, version, updated_at) values (?, '{}', 0, ?)
         on duplicate key update locks = locks + 1",
        kind,
        now,
    )
    .execute(&mut *conn)
    .await?;
    words(conn, kind).await
}

/// Puts words in the place of those that are locked.
pub(in crate::letters) async fn store(
    conn: &mut MySqlConnection,
    kind: MailKind,
    content: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update letter_words set content = ?, version = version + 1, updated_at = ? where kind = ?",
        content,
        now,
        kind,
    )
    .execute(conn)
    .await?;
    Ok(())
}
