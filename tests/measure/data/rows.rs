//! Rows that are written many at once: one statement of plain values is what a server takes in fastest.

use std::fmt::{Arguments, Display, Write as _};

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, Executor as _, MySqlConnection};

/// Rows of one table, as one statement.
pub(crate) struct Rows {
    into: &'static str,
    values: String,
}

/// A row that is being written.
pub(crate) struct Row<'r>(&'r mut String);

impl Rows {
    /// None yet; `into` names table and columns.
    pub(crate) const fn new(into: &'static str) -> Self {
        Self { into, values: String::new() }
    }

    /// The next row; its values follow.
    pub(crate) fn add(&mut self) -> Row<'_> {
        self.values.push_str(if self.values.is_empty() { "(" } else { "),(" });
        Row(&mut self.values)
    }

    /// Writes them, if there are any.
    pub(crate) async fn write(&mut self, conn: &mut MySqlConnection) {
        if self.values.is_empty() {
            return;
        }
        let sql = format!("insert into {} values {})", self.into, self.values);
        self.values.clear();
        conn.execute(AssertSqlSafe(sql)).await.unwrap();
    }
}

impl Row<'_> {
    /// A number, or `null`.
    pub(crate) fn number(self, number: impl Display) -> Self {
        self.plain(format_args!("{number}"))
    }

    /// A text.
    pub(crate) fn text(self, text: &str) -> Self {
        let text = text.replace('\\', "\\\\").replace('\'', "''");
        self.plain(format_args!("'{text}'"))
    }

    /// An instant.
    pub(crate) fn at(self, at: DateTime<Utc>) -> Self {
        self.plain(format_args!("'{}'", at.format("%Y-%m-%d %H:%M:%S")))
    }

    /// A text or nothing.
    pub(crate) fn maybe(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(text),
            None => self.number("null"),
        }
    }

    /// An instant or nothing.
    pub(crate) fn maybe_at(self, at: Option<DateTime<Utc>>) -> Self {
        match at {
            Some(at) => self.at(at),
            None => self.number("null"),
        }
    }

    fn plain(self, value: Arguments<'_>) -> Self {
        if !self.0.ends_with('(') {
            self.0.push(',');
        }
        let _ = self.0.write_fmt(value);
        self
    }
}
