//! What open windows hear.

use std::time::Duration;

use domain::events::Happening;
use domain::orders::OrderStatus;
use domain::payments::PaymentMethod;
use services::testing;
use sqlx::MySqlPool;

use crate::shop::TestShop;

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_listener_hears_of_an_order_and_of_its_money(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let mut heard = shop.subscribe();

    let placed = shop.paid_order(shirt, 1).await;

    let mut next = async || tokio::time::timeout(Duration::from_secs(5), heard.recv()).await.unwrap().unwrap().what;
    let mut happenings = Vec::new();
    while happenings.len() < 2 {
        match next().await {
            Happening::OrderPlaced { number, .. } => happenings.push(format!("placed {number}")),
            Happening::OrderPaid { number, total, name, .. } => {
                assert_eq!((total, name.as_str()), (placed.totals.total, "Siti Rahma"));
                happenings.push(format!("paid {number}"));
            }
            Happening::OrderMoved { .. }
            | Happening::PaymentNeedsReview { .. }
            | Happening::MoneyGoesBack { .. }
            | Happening::RefundFailed { .. }
            | Happening::MembershipPaid { .. }
            | Happening::MembershipMoneyGoesBack { .. }
            | Happening::MembershipNeedsReview { .. }
            | Happening::MembershipsChanged
            | Happening::StockLow { .. }
            | Happening::StockChanged { .. }
            | Happening::StockDisagrees { .. }
            | Happening::NoticeStuck { .. }
            | Happening::NoticesChanged
            | Happening::SettingsChanged => {}
        }
    }
    assert_eq!(happenings, [format!("placed {}", placed.number), format!("paid {}", placed.number)]);
}

/// An order that is paid at the door can be packed at once: no second event will tell of it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_placed_order_tells_in_which_status_it_starts(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let mut heard = shop.subscribe();
    for (method, starts_in, is_work) in [
        (PaymentMethod::Demo, OrderStatus::PendingPayment, false),
        (PaymentMethod::CashOnDelivery, OrderStatus::Processing, true),
    ] {
        let placed = shop.order(shirt, 1, method).await.unwrap();
        let what = loop {
            let next = tokio::time::timeout(Duration::from_secs(5), heard.recv()).await.unwrap().unwrap().what;
            if matches!(&next, Happening::OrderPlaced { number, .. } if *number == placed.number) {
                break next;
            }
        };
        assert!(matches!(&what, Happening::OrderPlaced { status, .. } if *status == starts_in), "{what:?}");
        assert_eq!(what.brings_work(), is_work);
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn another_process_is_heard_within_a_moment(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let options = testing::database(&shop).connect_options();
    let elsewhere = MySqlPool::connect_with((*options).clone()).await.unwrap();
    let window = testing::open(elsewhere, shop.folder.path()).await.unwrap();
    let mut heard = window.subscribe();

    let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();

    let event = tokio::time::timeout(Duration::from_secs(5), heard.recv()).await.unwrap().unwrap();
    assert!(matches!(event.what, Happening::OrderPlaced { number, .. } if number == placed.number));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_rolled_back_is_never_heard(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 1).await;
    let first = shop.cart(shirt, 1).await;
    let second = shop.cart(shirt, 1).await;
    let place = async |key: &str| {
        services::checkout::place(&shop, key, "k", crate::shop::request(PaymentMethod::CashOnDelivery)).await
    };
    place(&first).await.unwrap();
    place(&second).await.unwrap_err();

    assert_eq!(shop.count("select count(*) from events where kind = 'order_placed'").await, 1);
}

/// A newer version on the same database tells what this one has no word for: everything else is heard all the same.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_event_of_a_newer_version_keeps_no_other_from_being_heard(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut heard = shop.subscribe();

    let mut newer = testing::database(&shop).begin().await.unwrap();
    for kind in ["memberships_changed", "told_in_a_later_year", "notices_changed"] {
        sqlx::query("insert into events (kind, content, created_at) values (?, ?, utc_timestamp(6))")
            .bind(kind)
            .bind(serde_json::json!({ "kind": kind }).to_string())
            .execute(&mut *newer)
            .await
            .unwrap();
    }
    newer.commit().await.unwrap();

    let mut told = Vec::new();
    while told.last() != Some(&Happening::NoticesChanged) {
        told.push(tokio::time::timeout(Duration::from_secs(5), heard.recv()).await.unwrap().unwrap().what);
    }
    assert!(told.contains(&Happening::MembershipsChanged), "what came before it is heard too: {told:?}");
}
