//! The shop's jobs, as a run log shows them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::text_enum::text_enum;

text_enum! {
    /// A job of the scheduler. Each is safe when it runs twice.
    pub enum JobName {
        /// Ends checkouts whose time ran out.
        ReleaseHolds = "release_holds",
        /// Cancels orders that nobody paid in time.
        ExpireUnpaidOrders = "expire_unpaid_orders",
        /// Applies gateway notifications that are still waiting.
        ApplyNotifications = "apply_notifications",
        /// Counts what sold lately, for the order of the catalogue.
        RefreshPopularity = "refresh_popularity",
        /// Compares counters with the ledger, and reports.
        CheckStock = "check_stock",
        /// Throws away old carts, events and run logs.
        CleanUp = "clean_up",
    }
}

impl JobName {
    /// Seconds between two runs.
    pub const fn every_seconds(self) -> u32 {
        match self {
            Self::ReleaseHolds => 5,
            Self::ExpireUnpaidOrders => 30,
            Self::ApplyNotifications => 5,
            Self::RefreshPopularity => 60 * 60,
            Self::CheckStock => 24 * 60 * 60,
            Self::CleanUp => 6 * 60 * 60,
        }
    }
}

/// One run of a job that did something or failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRun {
    pub job: JobName,
    pub started_at: DateTime<Utc>,
    pub finished_at: DateTime<Utc>,
    /// How many things it changed.
    pub changed: u64,
    /// What went wrong, for the owner's eyes.
    pub error: Option<String>,
}
