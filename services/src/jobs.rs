//! The scheduler: one process leads by a lease that the database's clock judges, and every job is safe to run twice.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::jobs::{JobName, JobRun};
use domain::orders::Actor;
use domain::staff::{Permission, Staff};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::error::Result;
use crate::{Shop, carts, catalog, checkout, events, inventory, orders, payments, secrets};

mod lease;
mod queries;

/// How often a process looks for due work, and a follower for a free lease.
const TICK: Duration = Duration::from_secs(1);

/// Runs the shop's jobs until it is stopped.
pub struct Scheduler {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Scheduler {
    /// Starts looking for the lease, and for due work while this process has it.
    pub fn start(shop: &Shop) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(run(shop.clone(), stopped)) }
    }

    /// Finishes the job that runs, gives the lease back and ends.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the scheduler ended badly");
        }
    }
}

/// Runs everything that is due by the shop's clock, whoever leads: for tests, and for "run now".
pub async fn run_due_work(shop: &Shop) -> Result<()> {
    for job in due(shop).await? {
        run_one(shop, job).await?;
    }
    Ok(())
}

/// The newest runs that did something or failed.
pub async fn runs(shop: &Shop, staff: &Staff, limit: u32) -> Result<Vec<JobRun>> {
    staff.require(Permission::ViewDashboard)?;
    Ok(queries::newest_runs(&mut *shop.db.acquire().await?, limit).await?)
}

async fn run(shop: Shop, mut stopped: watch::Receiver<bool>) {
    let Ok(holder) = secrets::unguessable().map(|text| text.chars().take(36).collect::<String>()) else { return };
    let mut lease = lease::Lease::new(holder);
    while !*stopped.borrow() {
        if let Err(error) = lead(&shop, &mut lease, &stopped).await {
            tracing::debug!(%error, "the scheduler cannot work now");
        }
        let _ = tokio::time::timeout(TICK, stopped.changed()).await;
    }
    if let Err(error) = lease.give_back(&shop).await {
        tracing::debug!(%error, "the lease was not given back; it runs out by itself");
    }
}

async fn lead(shop: &Shop, lease: &mut lease::Lease, stopped: &watch::Receiver<bool>) -> Result<()> {
    if !lease.take(shop).await? {
        return Ok(());
    }
    for job in due(shop).await? {
        // A process that slept must not act on an old lease.
        if *stopped.borrow() || !lease.take(shop).await? {
            break;
        }
        run_one(shop, job).await?;
    }
    Ok(())
}

async fn due(shop: &Shop) -> Result<Vec<JobName>> {
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let scheduled = queries::schedule(&mut conn).await?;
    let is_due = |job: &JobName| scheduled.iter().find(|row| row.job == job.as_str()).is_none_or(|row| row.at <= now);
    Ok(JobName::ALL.iter().copied().filter(is_due).collect())
}

/// Runs a job, notes the run if it did anything, and plans the next.
async fn run_one(shop: &Shop, job: JobName) -> Result<()> {
    let mut conn = shop.db.acquire().await?;
    let started_at = shop.clock.now(&mut conn).await?;
    drop(conn);

    let outcome = work(shop, job, started_at).await;

    let mut conn = shop.db.acquire().await?;
    let finished_at = shop.clock.now(&mut conn).await?;
    let (changed, error) = match &outcome {
        Ok(changed) => (*changed, None),
        Err(error) => {
            tracing::error!(job = %job, %error, cause = ?std::error::Error::source(error), "a job failed");
            (0, Some(format!("{error}")))
        }
    };
    if changed > 0 || error.is_some() {
        let run = JobRun { job, started_at, finished_at, changed, error };
        queries::insert_run(&mut conn, &run).await?;
    }
    let next = started_at + TimeDelta::seconds(i64::from(job.every_seconds()));
    queries::plan(&mut conn, job, next).await?;
    Ok(())
}

async fn work(shop: &Shop, job: JobName, now: DateTime<Utc>) -> Result<u64> {
    match job {
        JobName::ReleaseHolds => checkout::release_expired(shop).await,
        JobName::ExpireUnpaidOrders => orders::expire_unpaid(shop, &Actor::Job(job.as_str().to_owned())).await,
        JobName::ApplyNotifications => payments::apply_waiting(shop).await,
        JobName::RefreshPopularity => {
            catalog::refresh_popularity(&mut *shop.db.acquire().await?, now - TimeDelta::days(90)).await
        }
        JobName::CheckStock => check_stock(shop).await,
        JobName::CleanUp => clean_up(shop, now).await,
    }
}

/// Reports counters that disagree with the ledger; never mends them in silence.
async fn check_stock(shop: &Shop) -> Result<u64> {
    let wrong = inventory::discrepancies(&mut *shop.db.acquire().await?).await?;
    for row in &wrong {
        tracing::error!(
            variant.id = %row.variant_id, stock.on_hand = row.on_hand, stock.ledger = row.ledger,
            stock.reserved = row.reserved, stock.held = row.held, "stock counters and ledger disagree"
        );
    }
    Ok(wrong.len() as u64)
}

async fn clean_up(shop: &Shop, now: DateTime<Utc>) -> Result<u64> {
    let mut conn = shop.db.acquire().await?;
    let mut gone = carts::forget_before(&mut conn, now - TimeDelta::days(90)).await?;
    gone += events::forget_before(&mut conn, now - TimeDelta::days(7)).await?;
    gone += queries::delete_runs_before(&mut conn, now - TimeDelta::days(30)).await?;
    Ok(gone)
}
