//! A service that takes a question and says nothing, or nothing that can be believed.

use std::time::Duration;

use chrono::TimeDelta;
use domain::orders::OrderStatus;
use domain::payments::GatewayName;
use sqlx::MySqlPool;

use super::Scene;
use crate::simulators::Fault;

/// Longer than a leader leads without a sign of life.
const SILENT: Fault = Fault::Slow(Duration::from_secs(40));

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_service_that_says_nothing_stops_no_job(db: MySqlPool) {
    let scene = Scene::of(GatewayName::Xendit, db, 5).await;
    let (unpaid, _) = scene.order().await;
    scene.service.fail(SILENT);
    // What is due is done once; a job that a silent service had stopped would have lost the lease.
    scene.pass(TimeDelta::seconds(60)).await;
    assert!(scene.is(&unpaid, OrderStatus::PendingPayment).await);
    scene.pass(TimeDelta::hours(25)).await;
    assert!(scene.is(&unpaid, OrderStatus::Cancelled).await);
    assert_eq!(scene.shop.stock(scene.shirt).await, (5, 0), "nothing is reserved for ever");
}

with_each! {
    odd, midtrans_is_asked_on_after_an_odd_answer, xendit_is_asked_on_after_an_odd_answer, stripe_is_asked_on_after_an_odd_answer;
}

/// More orders than are asked about at once: what the service says of the first is nonsense, and all others are seen to be paid.
async fn odd(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 20).await;
    let mut orders = Vec::new();
    for _ in 0..10 {
        let (placed, page) = scene.order().await;
        scene.service.pay(&page).await;
        orders.push(placed);
    }
    drop(scene.service.take_notices());
    scene.service.alter(&Scene::reference(&orders[0]), |payment| {
        payment.currency = if name == GatewayName::Stripe { "jpy" } else { "JPY" }.to_owned();
    });
    // The longest due is asked about first.
    let rows = services::testing::database(&scene.shop);
    sqlx::query("update payments set ask_at = ask_at - interval 1 minute order by id limit 1")
        .execute(&rows)
        .await
        .unwrap();
    scene.pass(TimeDelta::seconds(60)).await;
    assert!(scene.is(&orders[0], OrderStatus::PendingPayment).await, "money that nobody can count is none");
    for placed in &orders[1..] {
        assert!(scene.is(placed, OrderStatus::Processing).await, "{}", placed.number);
    }
}
