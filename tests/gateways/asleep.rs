//! The owner's machine sleeps for a day, and no notice of that day ever arrives.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::money::Money;
use domain::orders::OrderStatus;
use domain::payments::{GatewayName, PaymentStatus, RefundOrder, RefundStatus, RefundWhat};
use services::jobs::Scheduler;
use services::{payments, testing};
use sqlx::MySqlPool;

use super::Scene;
use crate::simulators::Refund;
use crate::waiting::until;

with_each! {
    asleep, midtrans_is_asked_after_a_day, xendit_is_asked_after_a_day, stripe_is_asked_after_a_day;
}

/// Meanwhile one order was paid, one ran out of time, one was paid and given back at the service's own desk, and the service
/// gave back what the shop had asked for, or still has to. All of it is right within a minute of the start.
async fn asleep(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 9).await;
    let mut given = Vec::new();
    for key in ["asked for", "done"] {
        let (placed, page) = scene.order().await;
        scene.service.pay(&page).await;
        scene.pass(TimeDelta::seconds(60)).await;
        let what = RefundWhat::Amount(Money::minor(30_000));
        let order_id = scene.shop.id(&placed).await;
        let request = RefundOrder { order_id, what, reason: "sobek".to_owned(), key: key.to_owned() };
        payments::refund(&scene.shop, &scene.shop.owner, request).await.unwrap();
        given.push(placed);
    }
    let (paid, paid_page) = scene.order().await;
    let (unpaid, unpaid_page) = scene.order().await;
    let (back, back_page) = scene.order().await;

    // The shop did ask, and went to sleep before it heard the answer.
    let rows = testing::database(&scene.shop);
    let key: String = sqlx::query_scalar("select idempotency_key from refunds order by id desc limit 1")
        .fetch_one(&rows)
        .await
        .unwrap();
    let unit = if name == GatewayName::Stripe { 100 } else { 1 };
    scene.service.alter(&Scene::reference(&given[1]), |payment| {
        payment.refunds.push(Refund { id: "1".to_owned(), key, amount: 30_000 * unit });
    });
    scene.service.alter(&Scene::reference(&unpaid), |payment| payment.is_chosen = true);
    scene.service.advance(TimeDelta::hours(1));
    for page in [&paid_page, &back_page] {
        scene.service.pay(page).await;
    }
    scene.service.alter(&Scene::reference(&back), |payment| {
        payment.refunds.push(Refund { id: "2".to_owned(), key: "by hand".to_owned(), amount: payment.amount });
    });
    scene.service.advance(TimeDelta::hours(24));
    drop(scene.service.take_notices());

    let options = rows.connect_options();
    let awake = MySqlPool::connect_with((*options).clone()).await.unwrap();
    let awake = testing::open(awake, scene.shop.folder.path()).await.unwrap();
    awake.set_gateway_keys(&scene.service.keys());
    let ahead = scene.shop.now().await.unwrap() - awake.now().await.unwrap();
    awake.clock().advance(ahead + TimeDelta::hours(25));
    let started_at = Instant::now();
    let scheduler = Scheduler::start(&awake);
    until(async || {
        scene.is(&paid, OrderStatus::Processing).await
            && scene.is(&unpaid, OrderStatus::Cancelled).await
            && scene.detail(&back).await.payment_status == Some(PaymentStatus::NeedsReview)
            && scene.detail(&given[0]).await.refunds[0].status == RefundStatus::Succeeded
            && scene.detail(&given[1]).await.refunds[0].status == RefundStatus::Succeeded
    })
    .await;
    assert!(started_at.elapsed() < Duration::from_secs(60), "{:?}", started_at.elapsed());
    scheduler.stop().await;
    awake.close().await;

    assert_eq!(scene.detail(&paid).await.balance.paid, paid.totals.total);
    assert!(scene.service.is_closed(&unpaid_page).await);
    let detail = scene.detail(&back).await;
    assert_eq!((detail.to_check.len(), detail.balance.paid), (1, Money::ZERO), "a person sees what became of it");
    assert_ne!(detail.status, OrderStatus::Processing, "nothing is sent for money that went back");
    for placed in &given {
        let there = scene.service.payment(&Scene::reference(placed)).unwrap();
        assert_eq!(there.refunds.iter().map(|refund| refund.amount).sum::<i64>(), 30_000 * unit, "once");
    }
    scene.shop.assert_stock_adds_up().await;
}
