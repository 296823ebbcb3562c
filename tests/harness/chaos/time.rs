//! Time: the clock of the shop in process jumps, and the jobs of everybody's shop run by it.

use chrono::TimeDelta;
use rand::RngExt;
use rand::rngs::StdRng;
use services::jobs;

use super::world::World;

/// How far the clock may be wrong, in seconds: from a few hours behind to some days ahead.
const SPAN: std::ops::RangeInclusive<i64> = -4 * 3600..=5 * 24 * 3600;

/// Lets the clock jump: over a hold, over the time to pay, or back again.
pub(crate) fn jump(world: &World, rng: &mut StdRng) {
    const JUMPS: [i64; 7] = [11 * 60, 3 * 3600, 25 * 3600, 49 * 3600, -5 * 60, -3 * 3600, -26 * 3600];
    let by = JUMPS[rng.random_range(0..JUMPS.len())];
    let mut ahead = world.ahead.lock().unwrap();
    // A clock that went too far is set right.
    let by = if SPAN.contains(&(*ahead + by)) { by } else { -*ahead };
    *ahead += by;
    world.stage.shop.clock().advance(TimeDelta::seconds(by));
}

/// Runs the jobs by the clock of the shop in process; sometimes all of them, as if a leader came back from sleep.
pub(crate) async fn run_jobs(world: &World, rng: &mut StdRng) {
    let all_of_them = rng.random_range(0..2) == 0;
    let pool = services::testing::database(&world.stage.shop);
    let ran = world.insist("running the jobs", || async {
        if all_of_them {
            // Whoever plans at the same moment wins; a job may run twice, which must not matter.
            let _ = sqlx::query("update job_schedule set next_run_at = '2000-01-01'").execute(&pool).await;
        }
        world.heard("running the jobs", jobs::run_due_work(&world.stage.shop).await)
    });
    ran.await;
}
