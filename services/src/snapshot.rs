//! What is the same for everybody who visits, kept in memory until it changes: here, or as an event of another process
//! tells.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use domain::catalog::Category;
use domain::events::{Happening, Topic};
use domain::settings::Settings;

use crate::error::Result;

/// For how long something is kept in a process that hears of no change.
const FRESH_FOR: Duration = Duration::from_secs(5);

/// What is kept. A change is forgotten after its commit and not before, else what was before it could be kept again.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    pub(crate) settings: Kept<Settings>,
    pub(crate) categories: Kept<Vec<Category>>,
    /// Whether there is a membership to buy.
    pub(crate) offers_memberships: Kept<bool>,
    /// When this process looked last at what others told.
    heard_at: RwLock<Option<Instant>>,
}

/// One thing that is kept.
#[derive(Debug)]
pub(crate) struct Kept<T>(RwLock<Cell<T>>);

#[derive(Debug)]
struct Cell<T> {
    value: Option<(Arc<T>, Instant)>,
    /// How often it was forgotten.
    changes: u64,
}

impl Snapshot {
    /// Forgets what the event makes untrue.
    pub(crate) fn heed(&self, what: &Happening) {
        match what.about().topic() {
            Topic::Settings => self.settings.forget(),
            Topic::Memberships => self.offers_memberships.forget(),
            Topic::Catalog => self.categories.forget(),
            Topic::Orders
            | Topic::Stock
            | Topic::StockTakes
            | Topic::Vouchers
            | Topic::Customers
            | Topic::Notices
            | Topic::Jobs
            | Topic::Staff => {}
        }
    }

    /// Notes a look at the event log, after its events were heeded. The first one after a pause may have missed some.
    pub(crate) fn heard(&self) {
        let last = *self.heard_at.read().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|at| at.elapsed() >= FRESH_FOR) {
            self.forget();
        }
        *self.heard_at.write().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Forgets everything.
    pub(crate) fn forget(&self) {
        self.settings.forget();
        self.categories.forget();
        self.offers_memberships.forget();
    }

    /// What is kept, or else what `read` gives.
    pub(crate) async fn get<T, R>(&self, kept: &Kept<T>, read: impl FnOnce() -> R) -> Result<Arc<T>>
    where
        R: Future<Output = Result<T>>,
    {
        let changes = {
            let cell = kept.0.read().unwrap_or_else(PoisonError::into_inner);
            match &cell.value {
                Some((value, read_at)) if self.is_fresh(*read_at) => return Ok(Arc::clone(value)),
                _ => cell.changes,
            }
        };
        let read_at = Instant::now();
        // On the heap: it is seldom read, and asked for everywhere.
        let value = Arc::new(Box::pin(read()).await?);
        let mut cell = kept.0.write().unwrap_or_else(PoisonError::into_inner);
        // What was read may be what was before a change that came meanwhile.
        if cell.changes == changes {
            cell.value = Some((Arc::clone(&value), read_at));
        }
        Ok(value)
    }

    fn is_fresh(&self, read_at: Instant) -> bool {
        let heard_at = *self.heard_at.read().unwrap_or_else(PoisonError::into_inner);
        heard_at.map_or(read_at, |heard_at| heard_at.max(read_at)).elapsed() < FRESH_FOR
    }
}

impl<T> Kept<T> {
    /// Lets the next one read it anew.
    pub(crate) fn forget(&self) {
        let mut cell = self.0.write().unwrap_or_else(PoisonError::into_inner);
        cell.value = None;
        cell.changes += 1;
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(RwLock::new(Cell { value: None, changes: 0 }))
    }
}
