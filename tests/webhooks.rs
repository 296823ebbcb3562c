//! What gateways post, over a real socket.

use chrono::Utc;
use domain::orders::OrderStatus;
use domain::payments::{GatewayOutcome, PaymentMethod};
use reqwest::Method;
use services::payments::demo;
use sqlx::MySqlPool;

use crate::served::{Answer, Served};
use crate::shop::{SECRET, TestShop};

async fn post(shop: &Served, path: &str, signature: Option<String>, body: Vec<u8>) -> Answer {
    let mut request = shop.ask(Method::POST, path);
    if let Some(signature) = signature {
        request = request.header(demo::SIGNATURE_HEADER, signature);
    }
    Answer::of(request.body(body).send().await.unwrap()).await
}

/// Checklist 73. Checklist 74.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_genuine_notification_is_answered_and_a_repeat_too(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let body = serde_json::to_vec(&TestShop::notification(&placed, GatewayOutcome::Paid)).unwrap();
    let signature = demo::sign(SECRET, Utc::now().timestamp(), &body);

    for _ in 0..3 {
        assert_eq!(post(&shop, "/webhooks/demo", Some(signature.clone()), body.clone()).await.status, 200);
    }

    let detail = shop.detail(&placed).await;
    assert_eq!((detail.status, detail.history.len()), (OrderStatus::Processing, 2));
    assert_eq!(shop.stock(shirt).await, (4, 0));
}

/// Checklist 73.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn noise_is_refused_before_it_costs_anything(db: MySqlPool) {
    let shop = Served::open(db).await;
    let noise = vec![b'x'; 1_000_000];
    let now = Utc::now().timestamp();

    let huge = post(&shop, "/webhooks/demo", Some(demo::sign(SECRET, now, &noise)), noise).await;
    assert_eq!(huge.status, 413);
    let unsigned = post(&shop, "/webhooks/demo", None, b"{}".to_vec()).await;
    assert_eq!((unsigned.status, unsigned.problem().as_str()), (401, "bad_signature"));
    let old = post(&shop, "/webhooks/demo", Some(demo::sign(SECRET, now - 3_600, b"{}")), b"{}".to_vec()).await;
    assert_eq!(old.status, 401);
    let unknown = post(&shop, "/webhooks/goldpay", None, b"{}".to_vec()).await;
    assert_eq!(unknown.status, 404);

    assert_eq!(shop.count("select count(*) from payment_inbox").await, 0);
}

/// A gateway tries most often again after 503: what cannot be kept now is not lost.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_notification_that_cannot_be_kept_now_is_asked_for_again(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let body = serde_json::to_vec(&TestShop::notification(&placed, GatewayOutcome::Paid)).unwrap();
    let signature = demo::sign(SECRET, Utc::now().timestamp(), &body);
    services::testing::database(&shop).close().await;

    assert_eq!(post(&shop, "/webhooks/demo", Some(signature), body).await.status, 503);
}
