//! The month's top spenders: who they are, and that each gets one voucher.

use chrono::TimeDelta;
use domain::customers::Customer;
use domain::message::Message;
use domain::orders::{CompleteOrder, OrderId, ShipOrder};
use domain::problem::FieldProblem;
use domain::vouchers::{Occasion, SaveVoucher};
use services::testing::database;
use services::{Shop, jobs, orders, vouchers};
use sqlx::MySqlPool;

use super::owned::{codes, place};
use super::{TENTH, field, save, voucher};
use crate::shop::{TestShop, account};
use crate::waiting::until_blocked;

const GIVEN: &str = "select count(*) from customer_vouchers where source = 'top_spender'";

/// A voucher for the month's top spenders.
async fn reward(shop: &TestShop, code: &str) {
    let personal = SaveVoucher { is_personal: true, ..voucher(code, TENTH) };
    save(shop, SaveVoucher { occasion: Some(Occasion::TopSpender), ..personal }).await;
}

/// Buys a shirt, and has it.
async fn bought(shop: &TestShop, customer: &Customer) -> OrderId {
    let placed = place(shop, customer, true, "").await.unwrap();
    let order_id = shop.id(&placed).await;
    orders::ship(shop, &shop.owner, ShipOrder::all(order_id, "")).await.unwrap();
    orders::complete(shop, &shop.owner, CompleteOrder { order_id }).await.unwrap();
    order_id
}

/// Lets the job run, whenever it is planned.
async fn run_job(shop: &Shop) {
    let again = sqlx::query("delete from job_schedule where job = 'reward_top_spenders'");
    again.execute(&database(shop)).await.unwrap();
    jobs::run_due_work(shop).await.unwrap();
}

/// Checklist 61.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_months_top_spender_gets_one_voucher_however_often_the_job_runs(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 60).await;
    let shoppers = [("one@example.com", 1), ("two@example.com", 3), ("three@example.com", 2)];
    let mut accounts = Vec::new();
    for (email, orders) in shoppers {
        let customer = account(&shop, email).await;
        for _ in 0..orders {
            bought(&shop, &customer).await;
        }
        accounts.push(customer);
    }
    reward(&shop, "JUARA").await;

    for _ in 0..2 {
        run_job(&shop).await;
    }
    // Five percent of three are one.
    assert_eq!(shop.count(GIVEN).await, 1);
    assert_eq!(codes(&shop, &accounts[1]).await, ["JUARA"]);
    assert_eq!(shop.count("select count(*) from voucher_rounds").await, 1);

    // A month later nobody has bought anything lately.
    shop.clock().advance(TimeDelta::days(32));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.count("select count(*) from voucher_rounds").await, 2);
    assert_eq!(shop.count(GIVEN).await, 1);
}

/// Checklist 61. Five percent are five percent: among equals, whoever had the first order comes first, and then the
/// older account.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn of_equal_spenders_the_first_gets_the_voucher_and_no_other(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 60).await;
    let mut accounts = Vec::new();
    for number in 0..3 {
        accounts.push(account(&shop, &format!("buyer{number}@example.com")).await);
    }
    for customer in accounts.iter().rev() {
        bought(&shop, customer).await;
    }
    reward(&shop, "FIRST").await;

    run_job(&shop).await;

    assert_eq!(shop.count(GIVEN).await, 1);
    assert_eq!(codes(&shop, &accounts[2]).await, ["FIRST"], "whose order was done first");
    sqlx::query("update order_history set created_at = '2000-01-01' where status = 'completed'")
        .execute(&database(&shop))
        .await
        .unwrap();
    run_job(&shop).await;
    assert_eq!(shop.count(GIVEN).await, 1, "the round of this month was held");

    let same = "update order_history set created_at = utc_timestamp(6) where status = 'completed'";
    sqlx::query(same).execute(&database(&shop)).await.unwrap();
    reward(&shop, "SECOND").await;
    run_job(&shop).await;
    assert_eq!(shop.count(GIVEN).await, 2);
    assert_eq!(codes(&shop, &accounts[0]).await, ["SECOND"], "whose account is the oldest");
}

/// Pitfall M5. What was given is the account's already: its code gives no second one.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_top_spender_cannot_double_the_gift_by_its_code(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 60).await;
    let siti = account(&shop, "siti@example.com").await;
    bought(&shop, &siti).await;
    reward(&shop, "JUARA").await;
    run_job(&shop).await;
    assert_eq!(codes(&shop, &siti).await, ["JUARA"]);

    let refused = field(vouchers::claim(&shop, &siti, "juara").await.unwrap_err());

    assert_eq!(refused, FieldProblem::new("voucher_code", Message::VoucherIsYours));
    assert_eq!(shop.count("select count(*) from customer_vouchers").await, 1);
    place(&shop, &siti, true, "JUARA").await.unwrap();
    let again = place(&shop, &siti, true, "JUARA").await.unwrap_err();
    assert_eq!(again.message, Message::VoucherOfOthers);
    let refused = field(vouchers::claim(&shop, &siti, "juara").await.unwrap_err());
    assert_eq!(refused, FieldProblem::new("voucher_code", Message::VoucherOfOthers));
}

/// Pitfall M18. Edge case 6. The job waits for a customer who is buying, and has not locked the voucher by then; when it
/// is the one that has to give way, it begins again.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_reward_locks_customers_before_the_voucher_and_is_repeated(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 60).await;
    let siti = account(&shop, "siti@example.com").await;
    bought(&shop, &siti).await;
    reward(&shop, "JUARA").await;

    let mut buyer = database(&shop).begin().await.unwrap();
    sqlx::query("select id from customers for update").fetch_all(&mut *buyer).await.unwrap();
    let at = Shop::clone(&shop);
    let job = tokio::spawn(async move { run_job(&at).await });
    until_blocked(&shop, 1).await;
    let free = sqlx::query("select id from vouchers for update nowait").fetch_all(&database(&shop)).await;
    assert!(free.is_ok(), "the job has the voucher while it waits for a customer: {free:?}");
    buyer.rollback().await.unwrap();
    job.await.unwrap();
    assert_eq!(codes(&shop, &siti).await, ["JUARA"]);

    reward(&shop, "RAJA").await;
    let mut other = database(&shop).begin().await.unwrap();
    // Whoever has changed more goes on, so that it is the job that gives way.
    sqlx::query("update stock_movements set note = 'counted'").execute(&mut *other).await.unwrap();
    sqlx::query("update vouchers set version = version + 1").execute(&mut *other).await.unwrap();
    let at = Shop::clone(&shop);
    let job = tokio::spawn(async move { run_job(&at).await });
    until_blocked(&shop, 1).await;
    sqlx::query("select id from customers for update").fetch_all(&mut *other).await.unwrap();
    other.rollback().await.unwrap();
    job.await.unwrap();
    assert_eq!(codes(&shop, &siti).await, ["RAJA", "JUARA"]);
    assert_eq!(shop.count("select count(*) from job_runs where error is not null").await, 0);
}
