//! The scheduler: what it does, once, whoever leads.

use std::time::Duration;

use chrono::TimeDelta;
use domain::events::Happening;
use domain::inventory::Discrepancy;
use domain::jobs::{JobName, Leader, RunJob};
use domain::payments::PaymentMethod;
use services::jobs::{self, Scheduler};
use services::{Error, Shop, checkout, testing};
use sqlx::MySqlPool;

use crate::shop::TestShop;
use crate::waiting::{until, until_blocked};

/// Pitfall P10.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_run_that_did_something_is_in_the_log(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 3).await;
    let key = shop.cart(shirt, 1).await;
    checkout::open(&shop, &key).await.unwrap();

    shop.clock().advance(TimeDelta::minutes(11));
    jobs::run_due_work(&shop).await.unwrap();
    jobs::run_due_work(&shop).await.unwrap();

    let runs = jobs::runs(&shop, &shop.owner, 10).await.unwrap();
    let released: Vec<_> = runs.iter().filter(|run| run.job == JobName::ReleaseHolds).collect();
    assert_eq!(released.iter().map(|run| run.changed).collect::<Vec<_>>(), [1]);
    assert!(released[0].finished_at >= released[0].started_at);
}

/// Edge case 3. What disagrees is told to the owner, by SKU and number, and changed by nobody.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn counters_that_disagree_with_the_ledger_are_reported_and_left_alone(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 3).await;
    shop.variant("SCARF", 50_000, 2).await;
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(jobs::board(&shop, &shop.owner).await.unwrap().discrepancies, []);
    sqlx::query("update stock set on_hand = 5 where variant_id = ?")
        .bind(shirt.get())
        .execute(&testing::database(&shop))
        .await
        .unwrap();
    let mut heard = shop.subscribe();

    jobs::run_now(&shop, &shop.owner, RunJob { job: JobName::CheckStock }).await.unwrap();
    jobs::run_due_work(&shop).await.unwrap();

    let board = jobs::board(&shop, &shop.owner).await.unwrap();
    let found = Discrepancy { variant_id: shirt, sku: "SHIRT".to_owned(), on_hand: 5, ledger: 3, reserved: 0, held: 0 };
    assert_eq!(board.discrepancies, [found]);
    assert!(board.runs.iter().any(|run| run.job == JobName::CheckStock && run.changed == 1), "{board:?}");
    let expected = Happening::StockDisagrees { sku: "SHIRT".to_owned(), count: 1 };
    let told = async { while heard.recv().await.unwrap().what != expected {} };
    tokio::time::timeout(Duration::from_secs(5), told).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (5, 0), "a person decides");

    shop.clock().advance(TimeDelta::days(2));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.count("select count(*) from events where kind = 'stock_disagrees'").await, 1, "told once");
    sqlx::query("update stock set on_hand = 3 where variant_id = ?")
        .bind(shirt.get())
        .execute(&testing::database(&shop))
        .await
        .unwrap();
    shop.clock().advance(TimeDelta::days(2));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(jobs::board(&shop, &shop.owner).await.unwrap().discrepancies, [], "what was mended is told no more");
}

/// A daily job that failed does not wait for another day, and goes back to its period when it is well.
#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn a_job_that_failed_is_tried_again_soon(db: MySqlPool) {
    let shop = TestShop::open_own(db).await;
    let rename = async |sql: &'static str| sqlx::query(sql).execute(&testing::database(&shop)).await.map(drop).unwrap();
    let state = async || {
        let board = jobs::board(&shop, &shop.owner).await.unwrap();
        let state = board.jobs.into_iter().find(|state| state.job == JobName::CheckStock).unwrap();
        let last = state.last.unwrap();
        (last.error.is_some(), state.next_run_at.unwrap() - last.started_at)
    };
    rename("rename table stock_discrepancies to lost").await;
    jobs::run_due_work(&shop).await.unwrap();
    rename("rename table lost to stock_discrepancies").await;
    assert_eq!(state().await, (true, TimeDelta::minutes(10)));

    shop.clock().advance(TimeDelta::minutes(11));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(state().await, (false, TimeDelta::days(1)));
}

/// A wish to run a job is kept for whoever leads, and is in the history.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_job_runs_at_once_when_it_is_asked_for_wherever_the_leader_is(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    jobs::run_due_work(&shop).await.unwrap();
    let other = elsewhere(&shop).await;
    let scheduler = Scheduler::start(&other);
    until(async || jobs::board(&shop, &shop.owner).await.unwrap().leader == Leader::Elsewhere).await;
    assert_eq!(jobs::board(&other, &shop.owner).await.unwrap().leader, Leader::Here);
    let last = async |job: JobName| {
        let board = jobs::board(&shop, &shop.owner).await.unwrap();
        let state = board.jobs.into_iter().find(|state| state.job == job).unwrap();
        (state.last.unwrap().started_at, state.next_run_at.unwrap())
    };
    let (before, planned) = last(JobName::CleanUp).await;

    let board = jobs::run_now(&shop, &shop.owner, RunJob { job: JobName::CleanUp }).await.unwrap();

    assert!(board.jobs.iter().all(|state| state.job != JobName::CleanUp || state.next_run_at < Some(planned)));
    until(async || last(JobName::CleanUp).await.0 > before).await;
    assert!(last(JobName::CleanUp).await.1 > planned, "and the next run is a whole period later");
    scheduler.stop().await;
    assert_eq!(jobs::board(&shop, &shop.owner).await.unwrap().leader, Leader::Nobody);
}

/// Pitfall P10.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn of_several_processes_one_leads_and_another_takes_over(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let other = elsewhere(&shop).await;
    let leader = async || -> Option<String> {
        let sql = "select holder from job_lease where expires_at > utc_timestamp(6)";
        sqlx::query_scalar(sql).fetch_optional(&testing::database(&shop)).await.unwrap()
    };
    let runs = async |job: &'static str| -> u64 {
        let runs: Option<u64> = sqlx::query_scalar("select runs from job_schedule where job = ?")
            .bind(job)
            .fetch_optional(&testing::database(&shop))
            .await
            .unwrap();
        runs.unwrap_or_default()
    };

    let first = Scheduler::start(&shop);
    until(async || runs("release_holds").await > 0).await;
    let before = leader().await;
    assert!(before.is_some(), "somebody leads");
    let second = Scheduler::start(&other);
    until(async || runs("release_holds").await > 1).await;
    assert_eq!(leader().await, before, "a follower does not push the leader out");
    first.stop().await;
    until(async || leader().await.is_some()).await;
    assert_ne!(leader().await, before, "a lease that was given back is taken at once");
    assert_eq!(shop.count("select cast(fence as signed) from job_lease").await, 2);
    until(async || runs("release_holds").await > 2).await;

    assert_eq!(runs("check_stock").await, 1, "the night's work is done once, whoever leads");
    second.stop().await;
}

/// A process sleeps with its lease, and meanwhile another one was given it: whatever the job, nothing is written.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_job_writes_under_a_lease_that_another_process_has(db: MySqlPool) {
    let (shop, _) = with_overdue_orders(db, 2).await;
    let other = elsewhere(&shop).await;
    let sleeper = testing::lead(&shop, "sleeper").await.unwrap();
    other.clock().advance(TimeDelta::days(2) + TimeDelta::minutes(1));
    assert!(matches!(testing::lead(&shop, "third").await, Err(Error::LeaseLost)), "it stands by this shop's clock");
    let heir = testing::lead(&other, "heir").await.unwrap();

    for job in JobName::ALL {
        let lost = sleeper.run(*job).await;
        assert!(matches!(lost, Err(Error::LeaseLost)), "{job}: {lost:?}");
    }

    assert_eq!(shop.count("select count(*) from orders where status = 'pending_payment'").await, 2);
    assert_eq!(shop.count("select count(*) from job_runs").await, 0);
    assert_eq!(shop.count("select count(*) from job_schedule").await, 0);
    heir.run(JobName::CheckStock).await.unwrap();
    assert_eq!(shop.count("select count(*) from job_schedule").await, 1);
}

/// The lease is taken over between the first and the second thing that a job does: the second is left to the heir.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_job_ends_where_it_loses_the_lease(db: MySqlPool) {
    let (shop, overdue) = with_overdue_orders(db, 2).await;
    let other = elsewhere(&shop).await;
    other.clock().advance(TimeDelta::days(2) + TimeDelta::minutes(1));
    let rows = testing::database(&shop);
    let leader = testing::lead(&shop, "leader").await.unwrap();
    let mut hand = rows.begin().await.unwrap();
    sqlx::query("select id from orders where id = ? for update").bind(overdue[0]).execute(&mut *hand).await.unwrap();
    let job = tokio::spawn(async move { leader.run(JobName::ExpireUnpaidOrders).await });
    until_blocked(&shop, 1).await;
    let elsewhere = other.clone();
    let heir = tokio::spawn(async move { testing::lead(&elsewhere, "heir").await });
    until_blocked(&shop, 2).await;
    hand.rollback().await.unwrap();

    let heir = heir.await.unwrap().unwrap();
    let lost = job.await.unwrap();
    assert!(matches!(lost, Err(Error::LeaseLost)), "{lost:?}");
    let cancelled = "select count(*) from order_history where status = 'cancelled'";
    assert_eq!(shop.count(cancelled).await, 1, "what was begun under the lease was finished, and nothing after it");
    heir.run(JobName::ExpireUnpaidOrders).await.unwrap();
    assert_eq!(shop.count(cancelled).await, 2, "each order was cancelled once");
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_lease_is_renewed_by_every_unit_of_work(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let ends = "select cast(unix_timestamp(expires_at) * 1000 as signed) from job_lease";
    let leader = testing::lead(&shop, "leader").await.unwrap();
    let first = shop.count(ends).await;

    leader.run(JobName::CleanUp).await.unwrap();
    // On a cluster only a row that is written keeps another node from giving the lease away.
    assert!(shop.count(ends).await > first, "the proof of a lease is a write");
    shop.clock().advance(TimeDelta::seconds(10));
    leader.run(JobName::CleanUp).await.unwrap();
    let second = shop.count(ends).await;
    assert!(second >= first + 10_000, "{first} {second}");

    shop.clock().advance(TimeDelta::seconds(16));
    let lost = leader.run(JobName::CleanUp).await;
    assert!(matches!(lost, Err(Error::LeaseLost)), "a lease that ran out is gone, even if nobody took it: {lost:?}");
}

/// Due work that is done by hand takes the lease for a moment; whoever led leads again.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn due_work_can_be_done_by_hand_beside_a_scheduler(db: MySqlPool) {
    let (shop, _) = with_overdue_orders(db, 1).await;
    let other = elsewhere(&shop).await;
    let scheduler = Scheduler::start(&other);
    until(async || shop.count("select count(*) from job_lease where expires_at > utc_timestamp(6)").await > 0).await;

    let (one, two) = tokio::join!(jobs::run_due_work(&shop), jobs::run_due_work(&shop));
    // Each takes the lease from the other in its turn; who loses it leaves the rest to whoever leads.
    for done in [one, two] {
        assert!(matches!(done, Ok(()) | Err(Error::LeaseLost)), "{done:?}");
    }
    until(async || shop.count("select count(*) from order_history where status = 'cancelled'").await > 0).await;
    assert_eq!(shop.count("select count(*) from order_history where status = 'cancelled'").await, 1);
    until(async || shop.count("select count(*) from job_lease where expires_at > utc_timestamp(6)").await > 0).await;
    scheduler.stop().await;
}

/// The same shop in another process.
async fn elsewhere(shop: &TestShop) -> Shop {
    let options = testing::database(shop).connect_options();
    let pool = MySqlPool::connect_with((*options).clone()).await.unwrap();
    testing::open(pool, shop.folder.path()).await.unwrap()
}

/// A shop with so many orders that nobody paid in time, and their ids in the order in which they fell due.
async fn with_overdue_orders(db: MySqlPool, count: usize) -> (TestShop, Vec<u64>) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let mut overdue = Vec::new();
    for _ in 0..count {
        let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
        overdue.push(shop.id(&placed).await.get());
    }
    shop.clock().advance(TimeDelta::days(2));
    (shop, overdue)
}

/// However much there is to throw away, a run throws it away.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_run_throws_away_all_that_is_old(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let numbers = "with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 900) select";
    let old = "utc_timestamp(6) - interval 100 day";
    for round in 0..3 {
        let carts = format!(
            "insert into carts (key_hash, created_at, touched_at)
             {numbers} unhex(sha2(concat('old-{round}-', n), 256)), {old}, {old} from numbers"
        );
        sqlx::query(sqlx::AssertSqlSafe(carts)).execute(&testing::database(&shop)).await.unwrap();
    }
    let kept = services::carts::create(&shop).await.unwrap();
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.count("select count(*) from carts").await, 1);
    assert!(services::carts::show(&shop, &kept).await.is_ok());
}
