//! The scheduler: what it does, once, whoever leads.

use std::time::Duration;

use chrono::TimeDelta;
use domain::jobs::JobName;
use services::jobs::{self, Scheduler};
use services::{checkout, testing};
use sqlx::MySqlPool;

use crate::shop::TestShop;

#[sqlx::test(migrator = "services::MIGRATOR")]
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

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn counters_that_disagree_with_the_ledger_are_reported_and_left_alone(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 3).await;
    sqlx::query("update stock set on_hand = 5").execute(&testing::database(&shop)).await.unwrap();

    jobs::run_due_work(&shop).await.unwrap();

    let runs = jobs::runs(&shop, &shop.owner, 10).await.unwrap();
    assert!(runs.iter().any(|run| run.job == JobName::CheckStock && run.changed == 1), "{runs:?}");
    assert_eq!(shop.stock(shirt).await, (5, 0), "a person decides");
}

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn of_several_processes_one_leads_and_another_takes_over(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let options = testing::database(&shop).connect_options();
    let elsewhere = MySqlPool::connect_with((*options).clone()).await.unwrap();
    let other = testing::open(elsewhere, shop.folder.path()).await.unwrap();
    let holder = async || -> String {
        for _ in 0..600 {
            let row: Option<(String,)> =
                sqlx::query_as("select holder from job_lease where expires_at > utc_timestamp(6)")
                    .fetch_optional(&testing::database(&shop))
                    .await
                    .unwrap();
            match row {
                Some((holder,)) => return holder,
                None => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        panic!("nobody leads");
    };

    let first = Scheduler::start(&shop);
    let leader = holder().await;
    let second = Scheduler::start(&other);
    assert_eq!(holder().await, leader, "a follower does not push the leader out");
    first.stop().await;
    let heir = holder().await;
    assert_ne!(heir, leader, "a lease that was given back is taken at once");
    assert_eq!(shop.count("select cast(fence as signed) from job_lease").await, 1);
    second.stop().await;
}
