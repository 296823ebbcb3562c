//! Clocks: the database's alone counts, whatever the machines say, and however it jumps.

use chrono::{TimeDelta, Utc};
use domain::jobs::JobName;
use domain::orders::{CancelOrder, OrderStatus};
use domain::payments::{GatewayOutcome, PaymentMethod};
use services::jobs::{self, Scheduler};
use services::payments::demo;
use services::testing::{database, lead};
use services::{Error, carts, catalog, checkout, orders};
use sqlx::MySqlPool;

use crate::served::Served;
use crate::shop::{SECRET, TestShop, request};
use crate::waiting::until;

/// How many connections a shop of the tests has.
const CONNECTIONS: usize = 20;

/// Sets the database's clock, as every connection of the shop sees it, and stops it there.
async fn set_clock(shop: &TestShop, unix_seconds: i64) {
    let pool = database(shop);
    let mut all = Vec::new();
    while all.len() < CONNECTIONS {
        let mut conn = pool.acquire().await.unwrap();
        sqlx::query("set session timestamp = ?").bind(unix_seconds).execute(&mut *conn).await.unwrap();
        all.push(conn);
    }
}

/// Checklist 32. Checklist 83. Pitfall M19. Edge case 16. The database is five years ahead of this machine: holds,
/// orders and jobs live by its clock, and a page counts what is left, not until when.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn only_the_databases_clock_counts(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let then = (Utc::now() + TimeDelta::days(5 * 365)).timestamp();
    set_clock(&shop, then).await;
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "2")]).await;

    let page = siti.get("/checkout").await;
    assert!(page.text.contains("data-seconds=\"600\""), "{}", page.text);
    let held_until = "select cast(unix_timestamp(held_until) as signed) from carts where held_until is not null";
    assert_eq!(shop.count(held_until).await, then + 600);
    let script = include_str!("../storefront/assets/js/checkout.js");
    assert!(script.contains("performance.now()") && !script.contains("Date"), "the browser's clock is not asked");

    set_clock(&shop, then + 599).await;
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (5, 2), "not yet");
    set_clock(&shop, then + 700).await;
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (5, 0));

    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    assert_eq!(shop.detail(&placed).await.placed_at.timestamp(), then + 700);
    let other = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let money = serde_json::to_vec(&TestShop::notification(&other, GatewayOutcome::Paid)).unwrap();
    let post = async |seconds| {
        let headers = [(demo::SIGNATURE_HEADER.to_owned(), demo::sign(SECRET, seconds, &money))];
        services::payments::receive(&shop, "demo", &headers, &money).await
    };
    let old = post(Utc::now().timestamp()).await;
    assert!(matches!(old, Err(Error::SignedOut(_))), "signed years ago, by the database's clock: {old:?}");
    post(then + 700).await.unwrap();
    assert_eq!(shop.detail(&other).await.status, OrderStatus::Processing);
    set_clock(&shop, then + 700 + 24 * 3600 - 1).await;
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::PendingPayment);
    set_clock(&shop, then + 800 + 24 * 3600).await;
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::Cancelled);
    shop.assert_stock_adds_up().await;
    shop.stop().await;
}

/// Edge case 16. The clock is set right again, years back: nobody's hold lives for years because of it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_clock_that_is_set_back_makes_no_hold_longer(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let now = Utc::now().timestamp();
    let key = shop.cart(shirt, 2).await;
    set_clock(&shop, now + 3600).await;
    checkout::open(&shop, &key).await.unwrap();

    set_clock(&shop, now).await;
    let again = checkout::open(&shop, &key).await.unwrap();
    assert_eq!((again.hold.unwrap().seconds_left, shop.stock(shirt).await), (600, (5, 2)));
    let placed = checkout::place(&shop, &key, "k", request(PaymentMethod::Demo)).await.unwrap();
    set_clock(&shop, now + 24 * 3600 + 60).await;
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::Cancelled);
    assert_eq!(shop.stock(shirt).await, (5, 0));
}

/// Edge case 16. The clock was hours ahead while jobs ran and a leader led, units were held and an order was placed; then it
/// is set right, and the leader is gone. Jobs run as ever, and nothing lasts longer than it may.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_was_planned_by_a_clock_that_is_set_back_is_not_waited_for(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let now = Utc::now().timestamp();
    let ahead = now + 7 * 3600;
    set_clock(&shop, ahead).await;
    let key = shop.cart(shirt, 2).await;
    checkout::open(&shop, &key).await.unwrap();
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let back = shop.paid_order(shirt, 1).await;
    let id = shop.id(&back).await;
    orders::cancel(&shop, &shop.owner, CancelOrder { order_id: id, reason: "habis".to_owned() }).await.unwrap();
    jobs::run_due_work(&shop).await.unwrap();
    let tried = "select count(*) from refunds where tries = 1 and send_at > utc_timestamp(6)";
    assert_eq!(shop.count(tried).await, 1, "nobody answers there, and it is tried again");
    let dead = lead(&shop, "dead").await.unwrap();

    set_clock(&shop, now).await;
    let late = dead.run(JobName::CheckStock).await;
    assert!(matches!(late, Err(Error::LeaseLost)), "no lease lives for hours: {late:?}");
    let heir = lead(&shop, "heir").await.unwrap();
    heir.run(JobName::CheckStock).await.unwrap();
    let planned = "select cast(timestampdiff(second, utc_timestamp(6), next_run_at) as signed) from job_schedule
                   where job = 'check_stock'";
    assert_eq!(shop.count(planned).await, 24 * 3600, "the plan of the wrong clock is gone");
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.count("select count(*) from refunds where tries = 2").await, 1, "what was put off is tried");
    assert_eq!(shop.stock(shirt).await, (5, 3), "who is at the till keeps the units");
    set_clock(&shop, now + 11 * 60).await;
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (5, 1), "and not for hours");
    set_clock(&shop, now + 24 * 3600 + 60).await;
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::Cancelled, "a day is a day");
    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.assert_stock_adds_up().await;
}

/// Edge case 12. The PC slept past a hold and past an order's time. Looking at the goods ends neither; the first thing
/// that a start does is to end both.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_start_after_sleep_gives_back_what_ran_out_meanwhile(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let key = shop.cart(shirt, 2).await;
    checkout::open(&shop, &key).await.unwrap();
    let placed = shop.order(shirt, 3, PaymentMethod::Demo).await.unwrap();
    // Everything ran a moment ago, and nothing runs while the PC sleeps.
    jobs::run_due_work(&shop).await.unwrap();
    shop.clock().advance(TimeDelta::hours(26));
    assert_eq!(catalog::product(&shop, "shirt").await.unwrap().variants[0].available, 0);
    assert_eq!(carts::show(&shop, &key).await.unwrap().lines[0].available, 2);
    assert_eq!(shop.stock(shirt).await, (5, 5));

    let scheduler = Scheduler::start(&shop);
    until(async || shop.stock(shirt).await == (5, 0)).await;
    scheduler.stop().await;

    assert_eq!(shop.detail(&placed).await.status, OrderStatus::Cancelled);
    assert_eq!(catalog::product(&shop, "shirt").await.unwrap().variants[0].available, 5);
    shop.assert_stock_adds_up().await;
}
