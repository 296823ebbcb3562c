//! The one clock: the database's, so that every process of a shop agrees on "now".

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::MySqlConnection;

/// Tells the time of the database, moved by as much as a test wants.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_seconds: Arc<AtomicI64>,
}

impl Clock {
    /// The present instant, in microseconds as the database keeps them.
    pub(crate) async fn now(&self, conn: &mut MySqlConnection) -> sqlx::Result<DateTime<Utc>> {
        let now = sqlx::query_scalar!("select utc_timestamp(6) as `now!: _`").fetch_one(conn).await?;
        Ok(self.shifted(now))
    }

    /// Lets that much time pass at once.
    pub fn advance(&self, by: TimeDelta) {
        self.ahead_seconds.fetch_add(by.num_seconds(), Ordering::Relaxed);
    }

    /// By how much the time was moved, for statements that compare with the database's own clock.
    pub(crate) fn ahead_seconds(&self) -> i64 {
        self.ahead_seconds.load(Ordering::Relaxed)
    }

    /// What the database's clock said, moved as [`Clock::now`] moves it: for statements that read the time themselves.
    pub(crate) fn shifted(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + TimeDelta::seconds(self.ahead_seconds())
    }
}
