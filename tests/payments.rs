//! What a gateway can do to the shop, and what it cannot.

use chrono::Utc;
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::orders::OrderStatus;
use domain::payments::{GatewayOutcome, PaymentMethod, PaymentStatus};
use services::payments::{Received, demo, receive};
use services::{Error, payments};
use sqlx::MySqlPool;

use crate::gateway::RealGateway;
use crate::shop::{SECRET, TestShop};
use crate::waiting::{blocked, until};

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_turns_an_order_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 2, PaymentMethod::Demo).await.unwrap();
    let paid = TestShop::notification(&placed, GatewayOutcome::Paid);

    assert_eq!(shop.notify(&paid).await.unwrap(), Received::New);
    assert_eq!(shop.notify(&paid).await.unwrap(), Received::Repeat);
    let mut again = paid.clone();
    again.event_id.push_str("-again");
    assert_eq!(shop.notify(&again).await.unwrap(), Received::New, "another event about the same money");

    let detail = shop.detail(&placed).await;
    assert_eq!((detail.status, detail.payment_status), (OrderStatus::Processing, Some(PaymentStatus::Paid)));
    assert_eq!(detail.history.len(), 2);
    assert_eq!(shop.stock(shirt).await, (3, 0));
    shop.assert_stock_adds_up().await;
}

/// Checklist 74. Pitfall M1.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_notification_that_comes_twenty_times_at_once_counts_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 2, PaymentMethod::Demo).await.unwrap();
    let body = serde_json::to_vec(&TestShop::notification(&placed, GatewayOutcome::Paid)).unwrap();
    let headers = vec![(demo::SIGNATURE_HEADER.to_owned(), demo::sign(SECRET, Utc::now().timestamp(), &body))];

    let posts: Vec<_> = (0..20)
        .map(|_| {
            let (shop, headers, body) = (Clone::clone(&*shop), headers.clone(), body.clone());
            tokio::spawn(async move { receive(&shop, "demo", &headers, &body).await.unwrap() })
        })
        .collect();
    let mut new = 0;
    for post in posts {
        new += u32::from(post.await.unwrap() == Received::New);
    }

    assert_eq!(new, 1);
    assert_eq!(shop.count("select count(*) from payment_inbox").await, 1);
    assert_eq!(shop.count("select count(*) from stock_movements where reason = 'sold'").await, 1);
    assert_eq!(shop.stock(shirt).await, (3, 0));
}

/// Pitfall M1. Ten events of the same money meet at the order's lock, and the first of them takes it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn many_events_of_the_same_money_at_once_sell_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 2, PaymentMethod::Demo).await.unwrap();
    let mut hand = services::testing::database(&shop).begin().await.unwrap();
    sqlx::query("select id from orders for update").fetch_all(&mut *hand).await.unwrap();

    let posts: Vec<_> = (0..10)
        .map(|number| {
            let mut event = TestShop::notification(&placed, GatewayOutcome::Paid);
            event.event_id.push_str(&format!("-{number}"));
            let (shop, body) = (Clone::clone(&*shop), serde_json::to_vec(&event).unwrap());
            let headers = vec![(demo::SIGNATURE_HEADER.to_owned(), demo::sign(SECRET, Utc::now().timestamp(), &body))];
            tokio::spawn(async move { receive(&shop, "demo", &headers, &body).await.unwrap() })
        })
        .collect();
    until(async || blocked(&shop).await > 1 && shop.count("select count(*) from payment_inbox").await == 10).await;
    hand.rollback().await.unwrap();
    for post in posts {
        assert_eq!(post.await.unwrap(), Received::New);
    }
    services::jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.count("select count(*) from payment_inbox where applied_at is null").await, 0);

    let detail = shop.detail(&placed).await;
    assert_eq!((detail.status, detail.history.len()), (OrderStatus::Processing, 2));
    assert_eq!((detail.balance.paid, detail.refunds.len()), (placed.totals.total, 0), "the same money, not ten times");
    assert_eq!(shop.count("select count(*) from stock_movements where reason = 'sold'").await, 1);
    assert_eq!(shop.stock(shirt).await, (3, 0));
    shop.assert_stock_adds_up().await;
}

/// The first notification may be seen before it is on the disk. A repeated answer waits for a write of its own.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_repeated_acknowledgement_is_written_down_itself(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let notification = TestShop::notification(&placed, GatewayOutcome::Paid);
    let written = "select cast(unix_timestamp(max(received_at)) * 1000000 as signed) from payment_inbox";

    assert_eq!(shop.notify(&notification).await.unwrap(), Received::New);
    let first = shop.count(written).await;
    assert_eq!(shop.notify(&notification).await.unwrap(), Received::Repeat);

    assert!(shop.count(written).await > first);
}

/// Checklist 73. Pitfall S2.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn nothing_is_written_for_what_proves_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let body = serde_json::to_vec(&TestShop::notification(&placed, GatewayOutcome::Paid)).unwrap();
    let now = Utc::now().timestamp();
    let signatures = [
        String::new(),
        "t=1,v1=00".to_owned(),
        demo::sign("another secret", now, &body),
        demo::sign(SECRET, now - 301, &body),
        // The clock goes on while the others are tried.
        demo::sign(SECRET, now + 360, &body),
        demo::sign(SECRET, now, b"another body"),
    ];

    for signature in signatures {
        let headers = [(demo::SIGNATURE_HEADER.to_owned(), signature.clone())];
        let refused = receive(&shop, "demo", &headers, &body).await.unwrap_err();
        assert!(matches!(refused, Error::SignedOut(Message::BadSignature)), "{signature}: {refused:?}");
    }
    let unknown = receive(&shop, "goldpay", &[], &body).await.unwrap_err();
    assert!(matches!(unknown, Error::NotFound(_)));

    assert_eq!(shop.count("select count(*) from payment_inbox").await, 0);
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::PendingPayment);
}

/// Checklist 73. Pitfall M1.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn another_amount_is_for_a_person_to_judge(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    for (amount, currency) in [(Money::minor(1), Currency::Rupiah), (Money::minor(170_000), Currency::Dollar)] {
        let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
        let mut wrong = TestShop::notification(&placed, GatewayOutcome::Paid);
        (wrong.amount, wrong.currency) = (amount, currency);

        shop.notify(&wrong).await.unwrap();

        let detail = shop.detail(&placed).await;
        assert_eq!(detail.status, OrderStatus::PendingPayment);
        assert_eq!(detail.payment_status, Some(PaymentStatus::NeedsReview));
    }
    let dashboard = services::reports::dashboard(&shop, &shop.owner).await.unwrap();
    assert_eq!(dashboard.needs_review.orders, 2);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_genuine_notification_of_an_unknown_order_is_kept_and_changes_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let mut unknown = TestShop::notification(&placed, GatewayOutcome::Paid);
    unknown.reference = "ET-NOTHERE0-1".to_owned();

    assert_eq!(shop.notify(&unknown).await.unwrap(), Received::New);

    let waits = "select count(*) from payment_inbox where trouble = 'unknown_payment' and applied_at is null";
    assert_eq!(shop.count(waits).await, 1, "money that came is for a person to judge");
    unknown.event_id.push_str("-failed");
    unknown.outcome = GatewayOutcome::Failed;
    shop.notify(&unknown).await.unwrap();
    assert_eq!(shop.count("select count(*) from payment_inbox where outcome = 'unknown_payment'").await, 1);
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::PendingPayment);
}

/// Checklist 74.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_failed_try_leaves_the_order_payable(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();

    shop.notify(&TestShop::notification(&placed, GatewayOutcome::Failed)).await.unwrap();

    let detail = shop.detail(&placed).await;
    assert_eq!((detail.status, detail.payment_status), (OrderStatus::PendingPayment, Some(PaymentStatus::Failed)));
    assert_eq!(shop.stock(shirt).await, (5, 1), "the units stay the order's");
    // A second try is a second attempt with a reference of its own, once the gateway has ended the first.
    let away = payments::begin(&shop, &placed.number, &placed.access_token).await.unwrap_err();
    assert!(matches!(away, Error::Unavailable { .. }), "{away:?}");
    let _gateway = RealGateway::of(&shop);
    payments::begin(&shop, &placed.number, &placed.access_token).await.unwrap();
    let mut second = TestShop::notification(&placed, GatewayOutcome::Paid);
    second.reference = format!("{}-2", placed.number);
    shop.notify(&second).await.unwrap();
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::Processing);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn noise_that_is_signed_is_still_noise(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let bodies: [&[u8]; 4] = [b"", b"\xff\xfe\x00", br#"{"event_id":"x"}"#, b"[[[[[["];
    for body in bodies {
        let headers = [(demo::SIGNATURE_HEADER.to_owned(), demo::sign(SECRET, Utc::now().timestamp(), body))];
        let refused = receive(&shop, "demo", &headers, body).await.unwrap_err();
        assert!(matches!(refused, Error::Unusable(Message::Unreadable)), "{refused:?}");
    }
    assert_eq!(shop.count("select count(*) from payment_inbox").await, 0);
}
