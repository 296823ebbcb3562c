//! What one cheap read tells a scheduler: the time, who leads until when, and when each job runs next.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use domain::jobs::{JobName, Leader};

use super::queries;
use crate::Shop;
use crate::error::Result;
use crate::lead::{Lease, LeaseRow};

/// The lease and the schedule at one moment of the database's clock.
pub(crate) struct Board {
    now: DateTime<Utc>,
    read_at: Instant,
    lease: Option<LeaseRow>,
    schedule: Vec<(String, DateTime<Utc>)>,
}

impl Board {
    pub(crate) async fn read(shop: &Shop) -> Result<Self> {
        let rows = queries::board(&mut *shop.db.acquire().await?).await?;
        let read_at = Instant::now();
        let first = rows.first();
        let now = first.map(|row| row.now).unwrap_or_default();
        let lease = first.and_then(|row| {
            let (holder, fence, expires_at) = (row.holder.clone()?, row.fence?, row.expires_at?);
            Some(LeaseRow { holder, fence, expires_at })
        });
        let schedule = rows.into_iter().filter_map(|row| Some((row.job?, row.next_run_at?))).collect();
        Ok(Self { now: shop.clock.shifted(now), read_at, lease, schedule })
    }

    /// Whether nobody leads.
    pub(super) fn is_free(&self) -> bool {
        self.lease.as_ref().is_none_or(|row| !Lease::stands(row, self.now))
    }

    /// Who leads, as seen from a process of that name.
    pub(super) fn leader(&self, holder: Option<&str>) -> Leader {
        match &self.lease {
            Some(row) if !self.is_free() && holder == Some(row.holder.as_str()) => Leader::Here,
            Some(_) if !self.is_free() => Leader::Elsewhere,
            Some(_) | None => Leader::Nobody,
        }
    }

    /// Whether that lease stands. Notes when it wants to be renewed.
    pub(super) fn is_led_by(&self, lease: &Lease) -> bool {
        let standing = self.lease.as_ref().filter(|row| lease.is_told_by(row) && Lease::stands(row, self.now));
        if let Some(row) = standing {
            lease.note_end(row.expires_at, self.now);
        }
        standing.is_some()
    }

    /// The jobs whose time has come, in the order of their list. No plan is further ahead than a period: one that is was
    /// made before the clock was set back.
    pub(crate) fn due(&self) -> Vec<JobName> {
        let is_due = |job: &JobName| {
            let planned = self.schedule.iter().find(|(name, _)| name == job.as_str());
            let period = TimeDelta::seconds(i64::from(job.every_seconds()));
            planned.is_none_or(|(_, at)| *at <= self.now || *at > self.now + period)
        };
        JobName::ALL.iter().copied().filter(is_due).collect()
    }

    /// The database's time by now, told by how long ago the board was read.
    pub(super) fn time(&self) -> DateTime<Utc> {
        self.now + TimeDelta::from_std(self.read_at.elapsed()).unwrap_or_default()
    }
}
