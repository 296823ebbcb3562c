//! Leading: of all processes of a shop one runs the jobs. It has a lease, and what it writes passes a fence.

use std::sync::RwLock;

use tokio::sync::{Mutex, Notify};

mod fence;
mod lease;
mod queries;

pub(crate) use fence::{Fence, Stop};
pub(crate) use lease::{Lease, holder};
pub(crate) use queries::LeaseRow;

/// What the scheduler shares with who asks it for something.
#[derive(Debug, Default)]
pub(crate) struct SchedulerState {
    /// Somebody wants a job to run at once.
    pub(crate) asked: Notify,
    /// The name under which this process leads, while it has a scheduler.
    holder: RwLock<Option<String>>,
    /// Only one call at a time does due work by hand: two would take the lease from each other.
    pub(crate) by_hand: Mutex<()>,
}

impl SchedulerState {
    pub(crate) fn set_holder(&self, holder: Option<&str>) {
        if let Ok(mut current) = self.holder.write() {
            *current = holder.map(str::to_owned);
        }
    }

    pub(crate) fn holder(&self) -> Option<String> {
        self.holder.read().ok()?.clone()
    }
}
