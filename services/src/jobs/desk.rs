//! The jobs as the desk sees them, and the wish to run one.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::About;
use domain::jobs::{JobBoard, JobName, JobRun, JobState};
use serde_json::json;

use super::board::Board;
use super::queries;
use crate::database::{StaffWriter, transact};
use crate::error::Result;
use crate::{Shop, events, inventory, payments};

/// How many runs of the log are shown.
const RUNS: u32 = 20;

pub(super) async fn board(shop: &Shop) -> Result<JobBoard> {
    let seen = Board::read(shop).await?;
    let mut conn = shop.db.acquire().await?;
    let rows = queries::states(&mut conn).await?;
    let state = |job: &JobName| {
        let row = rows.iter().find(|row| row.job == job.as_str());
        JobState {
            job: *job,
            every_seconds: job.every_seconds(),
            next_run_at: row.map(|row| row.next_run_at),
            last: row.and_then(|row| last_run(*job, row)),
        }
    };
    Ok(JobBoard {
        leader: seen.leader(shop.scheduler.holder().as_deref()),
        jobs: JobName::ALL.iter().map(state).collect(),
        runs: queries::newest_runs(&mut conn, RUNS).await?,
        discrepancies: inventory::noted_discrepancies(&mut conn).await?,
        notices: payments::stuck(&mut conn, &shop.gateways).await?,
        now: seen.time(),
    })
}

pub(super) async fn ask(writer: StaffWriter<'_>, job: JobName) -> Result<()> {
    transact!(writer, |work| {
        let now = work.now();
        queries::ask(work, job, now).await?;
        let subject = Subject::new(SubjectKind::Job, job, job.as_str());
        let asked = json!({ "next_run_at": now });
        events::record(work, &About::Job(job).into()).await?;
        work.record(AuditAction::RunJob, &subject, &(), &asked).await?;
        Ok(())
    })
}

fn last_run(job: JobName, row: &queries::StateRow) -> Option<JobRun> {
    Some(JobRun {
        job,
        started_at: row.started_at?,
        finished_at: row.finished_at?,
        changed: row.changed.unwrap_or_default(),
        error: row.error.clone(),
    })
}
