//! Several processes on one database: whoever leads, is killed, or sleeps and wakes, each job runs once in its period.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use domain::jobs::JobName;
use services::jobs::Scheduler;

use crate::figures::Figures;
use crate::options::Options;
use crate::say;
use crate::stage::{Server, Stage};

/// How long they are watched: several times as long as a lease.
const SPAN: Duration = Duration::from_secs(100);
/// Longer than a lease: a leader that slept so long has been replaced.
const SLEEP: Duration = Duration::from_secs(20);
/// Short against every period, so that no run between two looks goes unseen.
const LOOK: Duration = Duration::from_millis(200);
/// How late a run may be: a lease that must run out, and a start.
const PATIENCE: TimeDelta = TimeDelta::seconds(30);

/// What is known of a job: how often it ran, and when the newest run began.
type Seen = BTreeMap<String, (u64, DateTime<Utc>)>;

/// Watches, and tells how often a job ran twice in a period or not at all.
pub(crate) async fn run(stage: &Stage, options: &Options, figures: &mut Figures) -> u64 {
    let mut servers = Vec::new();
    for _ in 0..options.processes.max(1) {
        servers.push(stage.server().await);
    }
    // The desktop comes last, so that a server leads at first.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let desktop = Scheduler::start(&stage.shop);
    let (violations, runs, fences) = {
        let disturb = disturb(&servers);
        tokio::select! {
            () = disturb => unreachable!("it is disturbed for ever"),
            seen = watch(stage) => seen,
        }
    };
    desktop.stop().await;
    for server in &servers {
        // One that sleeps would not hear that it shall end.
        server.signal("-CONT").await;
        server.start_again_if_killed().await;
        server.stop().await;
    }
    say::line(&format!(
        "leaders: {} servers and one shop in process for {} s; {runs} runs of jobs, {fences} leases, {violations} violations",
        servers.len(),
        SPAN.as_secs()
    ));
    figures.set("job_runs", runs);
    figures.set("job_leases", fences);
    figures.set("job_violations", violations);
    violations
}

/// Kills each server in its turn, then lets each sleep longer than a lease lives, and so on: one of them led.
async fn disturb(servers: &[Server]) {
    for turn in 0.. {
        tokio::time::sleep(Duration::from_secs(4)).await;
        let server = &servers[turn % servers.len()];
        if (turn / servers.len()).is_multiple_of(2) {
            server.kill().await;
            tokio::time::sleep(Duration::from_secs(2)).await;
            server.start_again().await;
        } else {
            server.signal("-STOP").await;
            tokio::time::sleep(SLEEP).await;
            server.signal("-CONT").await;
        }
    }
}

async fn watch(stage: &Stage) -> (u64, u64, u64) {
    let pool = services::testing::database(&stage.shop);
    let fence = async || -> u64 {
        sqlx::query_as::<_, (u64,)>("select fence from job_lease")
            .fetch_optional(&pool)
            .await
            .unwrap()
            .map_or(0, |row| row.0)
    };
    let look = async || -> Seen {
        let sql = "select job, runs, last_started_at from job_schedule where last_started_at is not null";
        let rows: Vec<(String, u64, DateTime<Utc>)> = sqlx::query_as(sql).fetch_all(&pool).await.unwrap();
        rows.into_iter().map(|(job, runs, at)| (job, (runs, at))).collect()
    };

    let (first_fence, started) = (fence().await, Instant::now());
    let (mut seen, mut violations, mut runs) = (look().await, 0, 0);
    while started.elapsed() < SPAN {
        tokio::time::sleep(LOOK).await;
        let now = look().await;
        for (job, (count, began)) in &now {
            let (count_before, began_before) = seen.get(job).copied().unwrap_or((0, DateTime::UNIX_EPOCH));
            runs += count - count_before;
            let period = job.parse::<JobName>().map_or(0, JobName::every_seconds);
            let gap = *began - began_before;
            let is_early = *count > count_before && gap < TimeDelta::seconds(i64::from(period));
            let is_late = count_before > 0 && gap > TimeDelta::seconds(i64::from(period)) + PATIENCE;
            if *count > count_before + 1 || is_early || is_late {
                say::line(&format!(
                    "VIOLATION: {job} with a period of {period} s ran {} times since {began_before}, last at {began}",
                    count - count_before
                ));
                violations += 1;
            }
        }
        seen = now;
    }
    (violations, runs, fence().await - first_fence)
}
