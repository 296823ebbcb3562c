//! Locks that are short, or are not taken at all.

use domain::inventory::SetStockLimits;
use domain::payments::PaymentMethod;
use services::testing::database;
use services::{Shop, checkout, inventory, jobs};
use sqlx::MySqlPool;

use crate::shop::{TestShop, request};

/// Edge case 6. Staff set limits while buyers order the same: nobody is told that the shop is away.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn limits_are_set_while_the_same_variant_is_sold(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 200).await;
    let mut all = tokio::task::JoinSet::new();
    for number in 0..60 {
        let (at, owner) = (Shop::clone(&shop), shop.owner.clone());
        let key = shop.cart(shirt, 1).await;
        all.spawn(async move {
            let done = if number % 2 == 0 {
                checkout::place(&at, &key, "k", request(PaymentMethod::CashOnDelivery)).await.map(drop)
            } else {
                let limits = SetStockLimits {
                    variant_id: shirt,
                    low_stock_limit: number,
                    min_quantity: 1,
                    max_quantity: 50 + number % 7,
                };
                inventory::set_limits(&at, &owner, limits).await.map(drop)
            };
            done.unwrap();
        });
    }
    all.join_all().await;
    assert_eq!(shop.stock(shirt).await, (170, 0));
    shop.assert_stock_adds_up().await;
}

/// What sells is counted without a lock on any order: who moves one meanwhile waits for nothing.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn counting_what_sells_locks_no_order(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let (one, other) = (shop.paid_order(shirt, 1).await, shop.paid_order(shirt, 2).await);
    let pool = database(&shop);
    let mut hand = pool.begin().await.unwrap();
    for placed in [&one, &other] {
        let sql = "select id from orders where number = ? for update";
        sqlx::query(sql).bind(&placed.number).execute(&mut *hand).await.unwrap();
    }
    let counted = tokio::time::timeout(std::time::Duration::from_secs(5), jobs::run_due_work(&shop)).await;
    counted.expect("it waits for no order").unwrap();
    assert_eq!(shop.count("select cast(popularity as signed) from products where slug = 'shirt'").await, 3);
    hand.rollback().await.unwrap();
}

/// A process that sleeps in the middle of a transaction loses it, and with it its locks: its connections are closed by the
/// database after a minute without a word.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_process_that_sleeps_keeps_its_locks_for_a_minute_at_most(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    assert_eq!(shop.count("select cast(@@session.wait_timeout as signed)").await, 60);
    let pool = database(&shop);
    let mut sleeper = pool.begin().await.unwrap();
    sqlx::query("set session wait_timeout = 1").execute(&mut *sleeper).await.unwrap();
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let sql = "select on_hand from stock where variant_id = ? for update";
    sqlx::query(sql).bind(shirt.get()).execute(&mut *sleeper).await.unwrap();
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (8, 0));
}
