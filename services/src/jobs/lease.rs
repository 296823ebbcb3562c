//! The lease: one row that says who leads, until when, and for the how-manieth time.

use chrono::TimeDelta;

use super::queries;
use crate::Shop;
use crate::error::Result;

/// How long a leader leads without a sign of life.
const LENGTH_SECONDS: i64 = 10;

/// This process's claim to lead.
pub(super) struct Lease {
    holder: String,
}

impl Lease {
    pub(super) fn new(holder: String) -> Self {
        Self { holder }
    }

    /// Takes a free or run-out lease, or renews one's own. Says whether this process leads.
    pub(super) async fn take(&mut self, shop: &Shop) -> Result<bool> {
        let mut conn = shop.db.acquire().await?;
        let now = shop.clock.now(&mut conn).await?;
        let until = now + TimeDelta::seconds(LENGTH_SECONDS);
        if queries::renew_lease(&mut conn, &self.holder, until, now).await? {
            return Ok(true);
        }
        queries::take_lease(&mut conn, &self.holder, until, now).await?;
        Ok(queries::leader(&mut conn, now).await?.is_some_and(|leader| leader == self.holder))
    }

    /// Lets another process lead at once.
    pub(super) async fn give_back(&self, shop: &Shop) -> Result<()> {
        Ok(queries::give_lease_back(&mut *shop.db.acquire().await?, &self.holder).await?)
    }
}
