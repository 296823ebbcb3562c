//! The SQL of the scheduler. Private to the slice.

use chrono::{DateTime, Utc};
use domain::jobs::{JobName, JobRun};
use sqlx::MySqlConnection;

/// When a job runs next.
pub(super) struct ScheduleRow {
    pub(super) job: String,
    pub(super) at: DateTime<Utc>,
}

pub(super) async fn schedule(conn: &mut MySqlConnection) -> sqlx::Result<Vec<ScheduleRow>> {
    sqlx::query_as!(ScheduleRow, "select job as `job: _`, next_run_at as `at: _` from job_schedule")
        .fetch_all(conn)
        .await
}

pub(super) async fn plan(conn: &mut MySqlConnection, job: JobName, next: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into job_schedule (job, next_run_at) values (?, ?) on duplicate key update next_run_at = ?",
        job,
        next,
        next,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn insert_run(conn: &mut MySqlConnection, run: &JobRun) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into job_runs (job, started_at, finished_at, changed, error) values (?, ?, ?, ?, ?)",
        run.job,
        run.started_at,
        run.finished_at,
        run.changed,
        run.error,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn newest_runs(conn: &mut MySqlConnection, limit: u32) -> sqlx::Result<Vec<JobRun>> {
    sqlx::query_as!(
        JobRun,
        "select job as `job: _`, started_at as `started_at: _`, finished_at as `finished_at: _`,
                changed as `changed: _`, error as `error: _`
         from job_runs order by id desc limit ?",
        limit,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn delete_runs_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from job_runs where started_at < ? limit 10000", limit).execute(conn).await?;
    Ok(done.rows_affected())
}

/// Renews the holder's lease; a lease that ran out is gone, even if nobody took it.
pub(super) async fn renew_lease(
    conn: &mut MySqlConnection,
    holder: &str,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update job_lease set expires_at = ? where id = 1 and holder = ? and expires_at > ?",
        until,
        holder,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the lease if it is free or ran out.
pub(super) async fn take_lease(
    conn: &mut MySqlConnection,
    holder: &str,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("insert ignore into job_lease (id, holder, fence, expires_at) values (1, ?, 0, ?)", holder, until)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "update job_lease set holder = ?, fence = fence + 1, expires_at = ? where id = 1 and expires_at <= ?",
        holder,
        until,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn leader(conn: &mut MySqlConnection, now: DateTime<Utc>) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select holder as `holder: _` from job_lease where id = 1 and expires_at > ?", now)
        .fetch_optional(conn)
        .await
}

pub(super) async fn give_lease_back(conn: &mut MySqlConnection, holder: &str) -> sqlx::Result<()> {
    sqlx::query!("update job_lease set expires_at = '1970-01-01' where id = 1 and holder = ?", holder)
        .execute(conn)
        .await?;
    Ok(())
}
