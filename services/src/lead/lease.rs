//! The lease: one row that says who leads, until when, and for the how-manieth time.
//!
//! Its number is the fence: whoever takes the lease raises it, and from then on nothing passes under the old number.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

use super::queries::{self, LeaseRow};
use crate::database::Work;
use crate::error::{Error, Result};
use crate::{Shop, secrets};

/// How long a leader leads without a sign of life.
const LENGTH_SECONDS: i64 = 15;

/// A lease that this process was given. Whether it still stands, only the database can say.
#[derive(Debug)]
pub(crate) struct Lease {
    holder: String,
    number: u64,
    /// Less than half of it was left when it was last looked at.
    is_running_out: AtomicBool,
}

/// A name that no other process has.
pub(crate) fn holder() -> Result<String> {
    Ok(secrets::unguessable()?.chars().take(36).collect())
}

impl Lease {
    /// Whether a lease stands. None lives longer than a lease does: one that seems to was given before the clock was set
    /// back.
    pub(crate) fn stands(row: &LeaseRow, now: DateTime<Utc>) -> bool {
        now < row.expires_at && row.expires_at <= now + TimeDelta::seconds(LENGTH_SECONDS)
    }

    /// Takes a free or run-out lease; nothing when somebody was faster.
    pub(crate) async fn take(shop: &Shop, holder: &str) -> Result<Option<Self>> {
        let mut conn = shop.db.acquire().await?;
        let ahead = shop.clock.ahead_seconds();
        if !queries::take_lease(&mut conn, holder, LENGTH_SECONDS, ahead).await? {
            return Ok(None);
        }
        let number = queries::fence_of(&mut conn, holder).await?;
        Ok(number.map(|number| Self::of(holder, number)))
    }

    /// Takes the lease from whoever leads.
    pub(crate) async fn seize(shop: &Shop) -> Result<Self> {
        let holder = holder()?;
        let mut conn = shop.db.acquire().await?;
        queries::seize_lease(&mut conn, &holder, LENGTH_SECONDS, shop.clock.ahead_seconds()).await?;
        let number = queries::fence_of(&mut conn, &holder).await?.ok_or(Error::LeaseLost)?;
        Ok(Self::of(&holder, number))
    }

    /// Proves inside a unit of work that the lease stands, and renews it; `LeaseLost` when it does not.
    ///
    /// The row is written: until the unit ends, nobody else is given the lease, on whatever node of a cluster they ask.
    pub(crate) async fn prove(&self, work: &mut Work) -> Result<()> {
        let ahead = work.shop().clock.ahead_seconds();
        if queries::renew_lease(work, &self.holder, self.number, LENGTH_SECONDS, ahead).await? {
            Ok(())
        } else {
            Err(Error::LeaseLost)
        }
    }

    /// Gives a sign of life when less than half of the lease is left.
    pub(crate) async fn renew_when_due(&self, shop: &Shop) -> Result<()> {
        if !self.is_running_out.load(Ordering::Relaxed) {
            return Ok(());
        }
        let mut conn = shop.db.acquire().await?;
        let ahead = shop.clock.ahead_seconds();
        if !queries::renew_lease(&mut conn, &self.holder, self.number, LENGTH_SECONDS, ahead).await? {
            return Err(Error::LeaseLost);
        }
        self.is_running_out.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Lets another process lead at once.
    pub(crate) async fn give_back(&self, shop: &Shop) -> Result<()> {
        Ok(queries::give_lease_back(&mut *shop.db.acquire().await?, &self.holder, self.number).await?)
    }

    pub(crate) fn is_told_by(&self, row: &LeaseRow) -> bool {
        row.holder == self.holder && row.fence == self.number
    }

    pub(crate) fn note_end(&self, expires_at: DateTime<Utc>, now: DateTime<Utc>) {
        let is_running_out = (expires_at - now) * 2 < TimeDelta::seconds(LENGTH_SECONDS);
        self.is_running_out.store(is_running_out, Ordering::Relaxed);
    }

    fn of(holder: &str, number: u64) -> Self {
        Self { holder: holder.to_owned(), number, is_running_out: AtomicBool::new(false) }
    }
}
