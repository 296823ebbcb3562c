//! What the owner is written, and buyers who have not paid yet: each once.

use chrono::TimeDelta;
use domain::inventory::ReceiveStock;
use domain::locale::Locale;
use domain::mail::MailKind;
use domain::orders::ShipOrder;
use domain::payments::PaymentMethod;
use services::{inventory, jobs, orders, testing};
use sqlx::MySqlPool;

use crate::shop::TestShop;

impl TestShop {
    async fn count_of(&self, kind: MailKind) -> i64 {
        let count = sqlx::query_scalar("select count(*) from mail_outbox where kind = ?").bind(kind.as_str());
        count.fetch_one(&testing::database(self)).await.unwrap()
    }

    /// The words of the newest letter of a kind.
    async fn newest_of(&self, kind: MailKind) -> String {
        let row = self.listed(None).await.rows.into_iter().find(|row| row.kind == kind).unwrap();
        testing::letter_words(self, row.id).await.unwrap().text
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_buyer_is_reminded_once_before_the_time_to_pay_is_over(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    shop.paid_order(shirt, 1).await;
    shop.some_hours_later(17).await;
    assert_eq!(shop.count_of(MailKind::PaySoon).await, 0);
    shop.some_hours_later(2).await;
    shop.some_hours_later(1).await;
    assert_eq!(shop.count_of(MailKind::PaySoon).await, 1, "once, and not who has paid");
    let words = shop.newest_of(MailKind::PaySoon).await;
    assert!(words.contains(&placed.number) && words.contains("/pay?token="), "{words}");
    shop.some_hours_later(10).await;
    assert_eq!((shop.count_of(MailKind::PaySoon).await, shop.count_of(MailKind::OrderExpired).await), (1, 1));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_owner_hears_of_each_order_once_when_it_can_be_packed(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    assert_eq!((shop.count_of(MailKind::OrderPlaced).await, shop.count_of(MailKind::NewOrder).await), (1, 0));
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let paid = shop.paid_order(shirt, 1).await;
    assert_eq!((shop.count_of(MailKind::OrderPlaced).await, shop.count_of(MailKind::NewOrder).await), (3, 2));
    orders::ship(&shop, &shop.owner, ShipOrder::all(shop.id(&paid).await, "")).await.unwrap();
    assert_eq!(shop.count_of(MailKind::NewOrder).await, 2);
    let rows = shop.listed(None).await.rows;
    assert!(rows.iter().all(|row| (row.kind == MailKind::NewOrder) == (row.to == shop.owner.email)));
    let words = shop.newest_of(MailKind::NewOrder).await;
    assert!(words.contains("Siti Rahma") && words.contains("Barang SHIRT"), "{words}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn stock_that_runs_low_is_told_once_until_it_is_filled_up(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let hat = shop.variant("HAT", 150_000, 50).await;
    shop.some_hours_later(1).await;
    assert_eq!(shop.count_of(MailKind::LowStock).await, 0);
    shop.order(shirt, 2, PaymentMethod::CashOnDelivery).await.unwrap();
    shop.order(hat, 2, PaymentMethod::CashOnDelivery).await.unwrap();
    shop.some_hours_later(1).await;
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    shop.some_hours_later(1).await;
    assert_eq!(shop.count_of(MailKind::LowStock).await, 1);
    let words = shop.newest_of(MailKind::LowStock).await;
    assert!(words.contains("SHIRT") && !words.contains("HAT"), "{words}");

    let filled = ReceiveStock { variant_id: shirt, quantity: 10, note: String::new() };
    inventory::receive(&shop, &shop.owner, filled).await.unwrap();
    shop.some_hours_later(1).await;
    shop.order(shirt, 9, PaymentMethod::CashOnDelivery).await.unwrap();
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    shop.some_hours_later(1).await;
    assert_eq!(shop.count_of(MailKind::LowStock).await, 2, "and is news again");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_job_that_keeps_failing_and_every_morning_are_told_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    shop.paid_order(shirt, 2).await;
    // The shop opens at eight in the morning.
    let offset = TimeDelta::minutes(shop.settings().await.utc_offset_minutes.into());
    let here = shop.now().await.unwrap() + offset;
    let eight = (here.date_naive() + TimeDelta::days(1)).and_hms_opt(8, 0, 0).unwrap().and_utc();
    shop.clock().advance(eight - here);
    let opened = sqlx::query("update staff set created_at = ?").bind(shop.now().await.unwrap());
    opened.execute(&testing::database(&shop)).await.unwrap();
    shop.some_hours_later(0).await;
    assert_eq!(shop.count_of(MailKind::DailySummary).await, 0, "a shop that was opened today has no yesterday");
    for mornings in 1..=2 {
        shop.some_hours_later(22).await;
        shop.some_hours_later(2).await;
        assert_eq!(shop.count_of(MailKind::DailySummary).await, mornings);
    }

    let failing = "update job_schedule set last_error = 'the disk is full' where job = 'clear_pictures'";
    sqlx::query(failing).execute(&testing::database(&shop)).await.unwrap();
    let now = shop.now().await.unwrap();
    for _ in 0..2 {
        let run = "insert into job_runs (job, started_at, finished_at, changed, error)
                   values ('clear_pictures', ?, ?, 0, 'the disk is full')";
        sqlx::query(run).bind(now).bind(now).execute(&testing::database(&shop)).await.unwrap();
    }
    for _ in 0..3 {
        shop.clock().advance(TimeDelta::minutes(6));
        jobs::run_due_work(&shop).await.unwrap();
    }
    assert_eq!(shop.count_of(MailKind::JobFailed).await, 1);
    let words = shop.newest_of(MailKind::JobFailed).await;
    assert!(words.contains("the disk is full"), "{words}");
    let summary = shop.newest_of(MailKind::DailySummary).await;
    let sold = if shop.owner.locale == Locale::Indonesian { "Terjual" } else { "Sold" };
    assert!(summary.contains(sold), "{summary}");
}
