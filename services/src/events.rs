//! Live events: written in the transaction of what they tell, and read by every process that has listeners or serves
//! pages.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::events::{Happening, ShopEvent};
use sqlx::MySqlConnection;
use tokio::sync::{Notify, broadcast};

use crate::database::{Connections, Work};
use crate::error::Result;
use crate::snapshot::Snapshot;

mod queries;

/// How long another process's event may stay unseen.
const TICK: Duration = Duration::from_millis(500);
/// Ids are given before the commit, so a lower one may appear after a higher one. Ids that are missing among so many of
/// the newest are waited for; most of them belong to transactions that were rolled back and never appear.
const LOOK_BACK: u64 = 500;

/// What a process keeps of the settings beside their snapshot.
pub(crate) trait Follower: Debug + Send + Sync {
    /// Reads it anew: the settings have changed, maybe at another desk.
    fn follow<'a>(&'a self, conn: &'a mut MySqlConnection) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
}

/// What this process reads of the event log. It reads only while somebody listens.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    db: Connections,
    snapshot: Arc<Snapshot>,
    follower: Arc<dyn Follower>,
    /// The newest event when the shop was opened.
    newest_at_first: u64,
    committed: Notify,
    listeners: broadcast::Sender<ShopEvent>,
    is_running: AtomicBool,
    is_closed: AtomicBool,
}

impl Feed {
    /// Tells what comes after now.
    pub(crate) async fn open(db: Connections, snapshot: Arc<Snapshot>, follower: Arc<dyn Follower>) -> Result<Self> {
        let newest_at_first = queries::newest(&mut *db.acquire().await?).await?;
        let (listeners, _) = broadcast::channel(1024);
        Ok(Self {
            inner: Arc::new(Inner {
                db,
                snapshot,
                follower,
                newest_at_first,
                committed: Notify::new(),
                listeners,
                is_running: AtomicBool::new(false),
                is_closed: AtomicBool::new(false),
            }),
        })
    }

    /// Says that this process committed events.
    pub(crate) fn wake(&self) {
        self.inner.committed.notify_one();
    }

    /// Listens, and starts the reading with the first listener.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<ShopEvent> {
        let receiver = self.inner.listeners.subscribe();
        self.follow();
        receiver
    }

    /// Starts the reading, unless it goes on already.
    pub(crate) fn follow(&self) {
        if !self.inner.is_running.swap(true, Ordering::AcqRel) {
            tokio::spawn(tail(Arc::clone(&self.inner)));
        }
    }

    pub(crate) fn close(&self) {
        self.inner.is_closed.store(true, Ordering::Release);
        self.inner.committed.notify_one();
    }
}

/// Adds an event to a unit of work, whose commit wakes the listeners.
pub(crate) async fn record(work: &mut Work, what: &Happening) -> Result<()> {
    let now = work.now();
    let content = serde_json::to_value(what)?;
    let kind = content["kind"].as_str().unwrap_or_default();
    queries::insert(work, kind, &content.to_string(), now).await?;
    work.has_news(what.about());
    Ok(())
}

/// Adds several events at once.
pub(crate) async fn record_all(work: &mut Work, what: &[Happening]) -> Result<()> {
    if what.is_empty() {
        return Ok(());
    }
    let now = work.now();
    let mut rows = Vec::with_capacity(what.len());
    for happening in what {
        let content = serde_json::to_value(happening)?;
        let kind = content["kind"].as_str().unwrap_or_default().to_owned();
        rows.push(queries::NewEvent { kind, content: content.to_string() });
    }
    queries::insert_all(work, &serde_json::to_string(&rows)?, now).await?;
    what.iter().for_each(|happening| work.has_news(happening.about()));
    Ok(())
}

/// Throws away events that no window can still want.
pub(crate) async fn forget_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> Result<u64> {
    Ok(queries::delete_before(conn, limit).await?)
}

async fn tail(feed: Arc<Inner>) {
    let mut progress = Progress::from(feed.newest_at_first);
    let mut followed = None;
    while !feed.is_closed.load(Ordering::Acquire) {
        match look(&feed, &mut progress).await {
            Ok(events) => {
                events.iter().for_each(|event| feed.snapshot.heed(event.what.about()));
                feed.snapshot.heard();
                follow(&feed, &mut followed).await;
                // Nobody listening any more is no failure.
                events.into_iter().for_each(|event| drop(feed.listeners.send(event)));
            }
            Err(error) => tracing::debug!(%error, "the event log cannot be read now"),
        }
        let _ = tokio::time::timeout(TICK, feed.committed.notified()).await;
    }
}

/// Lets the follower read anew when the settings have changed since it did.
async fn follow(feed: &Inner, followed: &mut Option<u64>) {
    let changes = feed.snapshot.settings.changes();
    if *followed == Some(changes) {
        return;
    }
    let read = match feed.db.acquire().await {
        Ok(mut conn) => feed.follower.follow(&mut conn).await,
        Err(error) => Err(error.into()),
    };
    match read {
        Ok(()) => *followed = Some(changes),
        Err(error) => tracing::debug!(%error, "what follows the settings cannot be read now"),
    }
}

/// Reads what was not told yet. When nothing happened, that is one look behind the end of the table.
async fn look(feed: &Inner, progress: &mut Progress) -> Result<Vec<ShopEvent>> {
    let mut conn = feed.db.acquire().await?;
    let ids = queries::ids_after(&mut conn, progress.told_up_to()).await?;
    let (late, newer) = progress.untold(&ids);
    let mut rows = Vec::new();
    for id in late {
        rows.extend(queries::by_id(&mut conn, id).await?);
    }
    if let (Some(first), Some(last)) = (newer.first(), newer.last()) {
        let between = queries::between(&mut conn, *first, *last).await?;
        // One that was committed since the ids were read comes with the next look.
        rows.extend(between.into_iter().filter(|row| newer.contains(&row.id.get())));
    }
    progress.told(&ids);
    Ok(rows.into_iter().filter_map(|row| read(feed, row)).collect())
}

fn read(feed: &Inner, row: queries::EventRow) -> Option<ShopEvent> {
    match serde_json::from_str(&row.content) {
        Ok(what) => Some(ShopEvent { id: row.id, at: row.created_at, what }),
        // A newer version on the same database may tell what this one has no word for.
        Err(error) => {
            tracing::warn!(event.id = %row.id, %error, "an event cannot be read; it is left out");
            feed.snapshot.forget();
            None
        }
    }
}

/// What was already told.
#[derive(Debug)]
struct Progress {
    newest: u64,
    /// Lower ids that were given away and not seen.
    missing: BTreeSet<u64>,
    /// Whether there was no look yet: what is there at the first was there before anybody listened.
    is_first: bool,
}

impl From<u64> for Progress {
    fn from(newest: u64) -> Self {
        let missing = (newest.saturating_sub(LOOK_BACK) + 1..=newest).collect();
        Self { newest, missing, is_first: true }
    }
}

impl Progress {
    /// Everything up to this was told, or will never be.
    fn told_up_to(&self) -> u64 {
        self.missing.first().map_or(self.newest, |first| first - 1)
    }

    /// Those of the ascending ids that were not told: late ones, and ones after everything that was.
    fn untold(&self, ids: &[u64]) -> (Vec<u64>, BTreeSet<u64>) {
        let is_late = |id: &&u64| !self.is_first && self.missing.contains(id);
        let newer = ids.iter().filter(|id| **id > self.newest);
        (ids.iter().filter(is_late).copied().collect(), newer.copied().collect())
    }

    /// Notes that the ascending ids were told, and which between them are missing.
    fn told(&mut self, ids: &[u64]) {
        let newest = ids.last().copied().unwrap_or_default().max(self.newest);
        let oldest = newest.saturating_sub(LOOK_BACK) + 1;
        self.missing.extend(oldest.max(self.newest + 1)..=newest);
        self.missing.retain(|id| *id >= oldest);
        for id in ids {
            self.missing.remove(id);
        }
        self.newest = newest;
        self.is_first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::{LOOK_BACK, Progress};

    fn untold(progress: &mut Progress, ids: &[u64]) -> Vec<u64> {
        let (mut untold, newer) = progress.untold(ids);
        untold.extend(newer);
        progress.told(ids);
        untold
    }

    #[test]
    fn what_was_there_before_anybody_listened_is_not_told() {
        let mut progress = Progress::from(3);
        assert_eq!(untold(&mut progress, &[1, 3, 4]), [4]);
        assert_eq!(untold(&mut progress, &[1, 2, 3, 4]), [2], "it was committed since");
    }

    #[test]
    fn an_id_that_appears_late_is_told_once() {
        let mut progress = Progress::from(0);
        assert_eq!(untold(&mut progress, &[1, 2, 5]), [1, 2, 5]);
        assert_eq!(progress.told_up_to(), 2);
        assert_eq!(untold(&mut progress, &[4, 5, 6]), [4, 6]);
        assert_eq!(untold(&mut progress, &[4, 5, 6]), [] as [u64; 0]);
        assert_eq!(untold(&mut progress, &[3, 4, 5, 6]), [3]);
    }

    #[test]
    fn when_nothing_is_missing_nothing_is_looked_at_again() {
        let mut progress = Progress::from(0);
        untold(&mut progress, &[1, 2, 3]);
        assert_eq!(progress.told_up_to(), 3);
    }

    #[test]
    fn an_id_that_never_appears_is_given_up_after_a_while() {
        let mut progress = Progress::from(0);
        untold(&mut progress, &[1, 3]);
        assert_eq!(progress.told_up_to(), 1);
        let later: Vec<u64> = (4..=3 + LOOK_BACK).collect();
        untold(&mut progress, &later);
        assert_eq!(progress.told_up_to(), 3 + LOOK_BACK);
        // However far ids jump, no more than those are waited for.
        untold(&mut progress, &[1_000_000]);
        assert_eq!((progress.missing.len() as u64, progress.told_up_to()), (LOOK_BACK - 1, 1_000_000 - LOOK_BACK));
    }
}
