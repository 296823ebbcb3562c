//! One pass over the jobs that are due: each is run, noted and planned anew, all behind the same lease.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::jobs::{JobName, JobRun};

use super::board::Board;
use super::{queries, tasks};
use crate::Shop;
use crate::database::{Writer, transact};
use crate::error::{Chain, Error, Result};
use crate::lead::{Fence, Lease, Stop};

/// Runs the jobs one after the other until `stop` wants an end; `LeaseLost` as soon as one meets a lost lease.
///
/// A run that found nothing is planned together with the others of its kind at the end, in one commit. When that does
/// not come about, such a job is run again, which does no harm.
pub(crate) async fn run(shop: &Shop, lease: &Arc<Lease>, board: &Board, due: Vec<JobName>, stop: &Stop) -> Result<()> {
    let mut quiet = Vec::new();
    for job in due {
        if stop.is_wanted() {
            break;
        }
        let done = run_one(shop, lease, board, job, stop).await?;
        if done.changed > 0 || done.error.is_some() {
            note(shop, lease, &[done]).await?;
        } else {
            quiet.push(done);
        }
    }
    if quiet.is_empty() { Ok(()) } else { note(shop, lease, &quiet).await }
}

async fn run_one(shop: &Shop, lease: &Arc<Lease>, board: &Board, job: JobName, stop: &Stop) -> Result<JobRun> {
    let started_at = board.time();
    let outcome = tasks::run(&Fence::new(shop, lease, job, started_at, stop.clone())).await;
    let (changed, error) = match outcome {
        Ok(changed) => (changed, None),
        Err(Error::LeaseLost) => return Err(Error::LeaseLost),
        Err(error) => {
            tracing::error!(job = %job, %error, cause = ?std::error::Error::source(&error), "a job failed");
            (0, Some(Chain(&error).to_string()))
        }
    };
    Ok(JobRun { job, started_at, finished_at: board.time(), changed, error })
}

/// Notes how runs ended, and when their jobs run next.
async fn note(shop: &Shop, lease: &Lease, runs: &[JobRun]) -> Result<()> {
    transact!(Writer::job(shop, "scheduler", lease), |work| {
        for run in runs {
            if run.changed > 0 || run.error.is_some() {
                queries::insert_run(work, run).await?;
            }
            let wait = run.job.seconds_after(run.error.is_some());
            let next = run.started_at + TimeDelta::seconds(i64::from(wait));
            queries::plan(work, run, next).await?;
        }
        Ok(())
    })
}
