//! The SQL of the scheduler. Private to the slice.

use chrono::{DateTime, Utc};
use domain::jobs::{JobName, JobRun};
use sqlx::MySqlConnection;

/// A line of the board: the same moment and lease in each, and one job, or none.
pub(super) struct BoardRow {
    pub(super) now: DateTime<Utc>,
    pub(super) holder: Option<String>,
    pub(super) fence: Option<u64>,
    pub(super) expires_at: Option<DateTime<Utc>>,
    pub(super) job: Option<String>,
    pub(super) next_run_at: Option<DateTime<Utc>>,
}

/// Everything that a scheduler must know, in one trip; there is always a row.
pub(super) async fn board(conn: &mut MySqlConnection) -> sqlx::Result<Vec<BoardRow>> {
    sqlx::query_as!(
        BoardRow,
        "select utc_timestamp(6) as `now!: _`, l.holder as `holder?: _`, l.fence as `fence?: _`,
                l.expires_at as `expires_at?: _`, s.job as `job?: _`, s.next_run_at as `next_run_at?: _`
         from (select 1 as one) always
         left join job_lease l on l.id = always.one
         left join job_schedule s on s.job <> ''"
    )
    .fetch_all(conn)
    .await
}

/// A job as the desk sees it.
pub(super) struct StateRow {
    pub(super) job: String,
    pub(super) next_run_at: DateTime<Utc>,
    pub(super) started_at: Option<DateTime<Utc>>,
    pub(super) finished_at: Option<DateTime<Utc>>,
    pub(super) changed: Option<u64>,
    pub(super) error: Option<String>,
}

pub(super) async fn states(conn: &mut MySqlConnection) -> sqlx::Result<Vec<StateRow>> {
    sqlx::query_as!(
        StateRow,
        "select job as `job: _`, next_run_at as `next_run_at: _`, last_started_at as `started_at: _`,
                last_finished_at as `finished_at: _`, last_changed as `changed: _`, last_error as `error: _`
         from job_schedule"
    )
    .fetch_all(conn)
    .await
}

/// Makes a job due; whoever leads runs it.
pub(super) async fn ask(conn: &mut MySqlConnection, job: JobName, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into job_schedule (job, next_run_at) values (?, ?) on duplicate key update next_run_at = ?",
        job,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes how a run ended and when the job runs next. A wish to run it that came after its start stays.
pub(super) async fn plan(conn: &mut MySqlConnection, run: &JobRun, next: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into job_schedule
             (job, next_run_at, runs, last_started_at, last_finished_at, last_changed, last_error)
         values (?, ?, 1, ?, ?, ?, ?)
         on duplicate key update next_run_at = if(next_run_at > ? and next_run_at < ?, next_run_at, ?), runs = runs + 1,
             last_started_at = ?, last_finished_at = ?, last_changed = ?, last_error = ?",
        run.job,
        next,
        run.started_at,
        run.finished_at,
        run.changed,
        run.error,
        run.started_at,
        next,
        next,
        run.started_at,
        run.finished_at,
        run.changed,
        run.error,
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

/// Jobs whose last run failed and that failed so often since a moment, with what the last one said.
pub(super) async fn failing(
    conn: &mut MySqlConnection,
    since: DateTime<Utc>,
    times: u64,
) -> sqlx::Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        "select s.job as `job: String`, left(s.last_error, 500) as `error!: String` from job_schedule s
         where s.last_error is not null
           and (select count(*) from job_runs r
                where r.job = s.job and r.started_at > ? and r.error is not null) >= ?",
        since,
        times,
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| (row.job, row.error)).collect())
}

/// Whether somebody worked here before that.
pub(super) async fn is_older_than(conn: &mut MySqlConnection, moment: DateTime<Utc>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        "select exists(select 1 from staff where role = 'owner' and created_at < ?) as `is_older!: bool`",
        moment,
    )
    .fetch_one(conn)
    .await
}
