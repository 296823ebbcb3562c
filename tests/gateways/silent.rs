//! A service that takes a question and says nothing.

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
