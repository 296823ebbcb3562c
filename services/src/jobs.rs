//! The scheduler: one process leads by a lease that the database's clock judges, and every job is safe to run twice.
//!
//! A job works behind a fence and nothing else: each of its transactions proves first that the lease still stands.

use std::sync::Arc;
use std::time::Duration;

use domain::jobs::{JobBoard, JobRun, RunJob};
use domain::message::Message;
use domain::staff::{Permission, Staff};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracing::instrument;

use crate::Shop;
use crate::error::{Error, Result};
use crate::lead::{self, Lease, Stop};
use crate::settings;

mod board;
mod desk;
mod pass;
mod queries;
mod tasks;
mod telling;

pub(crate) use board::Board;
pub(crate) use pass::run as run_behind;

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

/// Runs everything that is due by the shop's clock at once, under a lease that is taken from whoever leads.
///
/// For tests and for filling a demo shop. The leader loses nothing but the rest of its run, and leads again afterwards.
/// An error when another process took the lease in its turn.
pub async fn run_due_work(shop: &Shop) -> Result<()> {
    let _alone = shop.scheduler.by_hand.lock().await;
    let lease = Arc::new(Lease::seize(shop).await?);
    let done = match Board::read(shop).await {
        Ok(board) => pass::run(shop, &lease, &board, board.due(), &Stop::default()).await,
        Err(error) => Err(error),
    };
    lease.give_back(shop).await?;
    done
}

/// All jobs with their newest and their next run, and what the stock check found.
pub async fn board(shop: &Shop, staff: &Staff) -> Result<JobBoard> {
    staff.require(Permission::RunJobs)?;
    desk::board(shop).await
}

/// Lets a job run at once, whichever process leads: it becomes due, and the leader is woken or looks within a second.
#[instrument(skip_all, fields(job = %request.job, staff.id = %staff.id))]
pub async fn run_now(shop: &Shop, staff: &Staff, request: RunJob) -> Result<JobBoard> {
    desk::ask(shop.staff(staff, Permission::RunJobs)?, request.job).await?;
    shop.scheduler.asked.notify_one();
    desk::board(shop).await
}

/// The newest runs that did something or failed.
pub async fn runs(shop: &Shop, staff: &Staff, limit: u32) -> Result<Vec<JobRun>> {
    staff.require(Permission::ViewDashboard)?;
    Ok(queries::newest_runs(&mut *shop.db.acquire().await?, limit).await?)
}

async fn run(shop: Shop, mut stopped: watch::Receiver<bool>) {
    let Ok(holder) = lead::holder() else { return };
    shop.scheduler.set_holder(Some(&holder));
    let mut lease = None;
    while !*stopped.borrow() {
        match tick(&shop, &holder, &mut lease, &stopped).await {
            Ok(()) => {}
            Err(Error::LeaseLost) => {
                lease = None;
                tracing::warn!("this process was not heard for too long; another one runs the jobs");
            }
            Err(error) => tracing::debug!(%error, "the scheduler cannot work now"),
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            () = shop.scheduler.asked.notified() => {}
            _ = stopped.changed() => {}
        }
    }
    shop.scheduler.set_holder(None);
    if let Some(lease) = lease
        && let Err(error) = lease.give_back(&shop).await
    {
        tracing::debug!(%error, "the lease was not given back; it runs out by itself");
    }
}

/// One look at the board, and the work that it shows. A follower only reads.
async fn tick(
    shop: &Shop,
    holder: &str,
    lease: &mut Option<Arc<Lease>>,
    stopped: &watch::Receiver<bool>,
) -> Result<()> {
    let mut board = Board::read(shop).await?;
    if lease.as_ref().is_some_and(|lease| !board.is_led_by(lease)) {
        *lease = None;
    }
    if lease.is_none() && board.is_free() {
        *lease = Lease::take(shop, holder).await?.map(Arc::new);
        // The last leader may have planned something since the first look.
        board = Board::read(shop).await?;
    }
    let Some(lease) = lease else { return Ok(()) };
    // Before there is a shop there is no work for it.
    if let Err(Error::Refused(Message::NotSetUp)) = settings::get(shop).await {
        return lease.renew_when_due(shop).await;
    }

    lease.renew_when_due(shop).await?;
    pass::run(shop, lease, &board, board.due(), &Stop::on(stopped)).await
}
