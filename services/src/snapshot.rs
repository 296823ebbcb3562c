//! What is the same for everybody who visits, kept in memory until it changes: here, or as an event of another process
//! tells.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use domain::catalog::Category;
use domain::events::{About, Topic};
use domain::settings::Settings;

use crate::error::Result;

pub(crate) mod shelf;

use shelf::{KeptShelf, Stock};

/// For how long something is kept in a process that hears of no change.
const FRESH_FOR: Duration = Duration::from_secs(5);

/// What is kept. A change is forgotten after its commit and not before, else what was before it could be kept again.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    pub(crate) settings: Kept<Settings>,
    pub(crate) categories: Kept<Vec<Category>>,
    /// The products of the desk's list, and the sums over their stock.
    pub(crate) goods: KeptShelf,
    pub(crate) stock: Kept<Stock>,
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
    value: Option<Fresh<T>>,
    /// How often it was forgotten.
    changes: u64,
}

#[derive(Debug)]
struct Fresh<T> {
    value: Arc<T>,
    read_at: Instant,
    /// When it is no longer true although nobody changed anything.
    until: Option<Instant>,
}

impl Snapshot {
    /// Forgets what a change of that makes untrue.
    pub(crate) fn heed(&self, about: About) {
        match about.topic() {
            Topic::Settings => self.settings.forget(),
            Topic::Memberships => self.offers_memberships.forget(),
            Topic::Catalog => {
                self.categories.forget();
                self.goods.forget(about);
                self.stock.forget();
            }
            Topic::Orders | Topic::Stock | Topic::StockTakes => self.stock.forget(),
            Topic::Vouchers | Topic::Customers | Topic::Letters | Topic::Notices | Topic::Jobs | Topic::Staff => {}
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
        self.goods.forget(About::Goods);
        self.stock.forget();
        self.offers_memberships.forget();
    }

    /// What is kept, or else what `read` gives.
    pub(crate) async fn get<T, R>(&self, kept: &Kept<T>, read: impl FnOnce() -> R) -> Result<Arc<T>>
    where
        R: Future<Output = Result<T>>,
    {
        self.get_for_now(kept, || async { Ok((read().await?, None)) }).await
    }

    /// What is kept, or else what `read` gives, with the time after which it is no longer true by itself.
    pub(crate) async fn get_for_now<T, R>(&self, kept: &Kept<T>, read: impl FnOnce() -> R) -> Result<Arc<T>>
    where
        R: Future<Output = Result<(T, Option<Duration>)>>,
    {
        let changes = {
            let cell = kept.0.read().unwrap_or_else(PoisonError::into_inner);
            match &cell.value {
                Some(fresh) if self.is_fresh(fresh) => return Ok(Arc::clone(&fresh.value)),
                _ => cell.changes,
            }
        };
        let read_at = Instant::now();
        // On the heap: it is seldom read, and asked for everywhere.
        let (value, lasts) = Box::pin(read()).await?;
        let value = Arc::new(value);
        // A time that no clock here reaches is none.
        let until = lasts.and_then(|lasts| read_at.checked_add(lasts));
        let mut cell = kept.0.write().unwrap_or_else(PoisonError::into_inner);
        // What was read may be what was before a change that came meanwhile.
        if cell.changes == changes {
            cell.value = Some(Fresh { value: Arc::clone(&value), read_at, until });
        }
        Ok(value)
    }

    /// Whether what was read then is still true: this process heard of every change since.
    pub(crate) fn is_fresh_since(&self, read_at: Instant) -> bool {
        let heard_at = *self.heard_at.read().unwrap_or_else(PoisonError::into_inner);
        heard_at.map_or(read_at, |heard_at| heard_at.max(read_at)).elapsed() < FRESH_FOR
    }

    fn is_fresh<T>(&self, kept: &Fresh<T>) -> bool {
        self.is_fresh_since(kept.read_at) && kept.until.is_none_or(|until| Instant::now() < until)
    }
}

impl<T> Kept<T> {
    /// How often it was forgotten: another number tells that it may have changed.
    pub(crate) fn changes(&self) -> u64 {
        self.0.read().unwrap_or_else(PoisonError::into_inner).changes
    }

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
