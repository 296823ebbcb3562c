//! Live events: written in the transaction of what they tell, and read by every process that has listeners or serves
//! pages.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::events::{EventId, Happening, ShopEvent};
use sqlx::MySqlConnection;
use tokio::sync::{Notify, broadcast};

use crate::database::{Connections, Work};
use crate::error::Result;
use crate::snapshot::Snapshot;

mod queries;

/// How long another process's event may stay unseen.
const TICK: Duration = Duration::from_millis(500);
/// Ids are given before the commit, so a lower one may appear after a higher one: so many are looked at again.
const LOOK_BACK: u64 = 500;

/// The process's ear on the event log. It reads only while somebody listens.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    db: Connections,
    snapshot: Arc<Snapshot>,
    /// The newest event when the ear was opened.
    heard: u64,
    committed: Notify,
    listeners: broadcast::Sender<ShopEvent>,
    is_running: AtomicBool,
    is_closed: AtomicBool,
}

impl Feed {
    /// An ear that hears what comes after now.
    pub(crate) async fn open(db: Connections, snapshot: Arc<Snapshot>) -> Result<Self> {
        let heard = queries::newest(&mut *db.acquire().await?).await?;
        let (listeners, _) = broadcast::channel(1024);
        Ok(Self {
            inner: Arc::new(Inner {
                db,
                snapshot,
                heard,
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
    queries::insert(work, what.kind(), &serde_json::to_string(what)?, now).await?;
    work.has_news();
    Ok(())
}

/// Throws away events that no window can still want.
pub(crate) async fn forget_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> Result<u64> {
    Ok(queries::delete_before(conn, limit).await?)
}

async fn tail(feed: Arc<Inner>) {
    let mut ear = Ear::default();
    while !feed.is_closed.load(Ordering::Acquire) {
        match ear.unheard(&feed).await {
            Ok(events) => {
                for event in events {
                    feed.snapshot.heed(&event.what);
                    // Nobody listening any more is no failure.
                    let _ = feed.listeners.send(event);
                }
                feed.snapshot.heard();
            }
            Err(error) => tracing::debug!(%error, "the event log cannot be read now"),
        }
        let _ = tokio::time::timeout(TICK, feed.committed.notified()).await;
    }
}

/// What was already told.
#[derive(Default)]
struct Ear {
    seen: HashSet<EventId>,
    newest: Option<u64>,
}

impl Ear {
    async fn unheard(&mut self, feed: &Inner) -> Result<Vec<ShopEvent>> {
        let mut conn = feed.db.acquire().await?;
        let from = self.newest.unwrap_or(feed.heard).saturating_sub(LOOK_BACK);
        let mut events = Vec::new();
        for row in queries::after(&mut conn, from).await? {
            let is_old = self.newest.is_none() && row.id.get() <= feed.heard;
            if !self.seen.insert(row.id) || is_old {
                continue;
            }
            match serde_json::from_str(&row.content) {
                Ok(what) => events.push(ShopEvent { id: row.id, at: row.created_at, what }),
                // A newer version on the same database may tell what this one has no word for.
                Err(error) => {
                    tracing::warn!(event.id = %row.id, %error, "an event cannot be read; it is left out");
                    feed.snapshot.forget();
                }
            }
        }
        let newest = self.seen.iter().map(|id| id.get()).max().unwrap_or(feed.heard).max(feed.heard);
        self.newest = Some(newest);
        self.seen.retain(|id| id.get() + 2 * LOOK_BACK > newest);
        Ok(events)
    }
}
