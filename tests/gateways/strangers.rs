//! Whoever has the keys of one service speaks for no payment of another.

use chrono::Utc;
use domain::checkout::PlacedOrder;
use domain::money::{Currency, Money};
use domain::orders::OrderStatus;
use domain::payments::{
    DemoRefund, DemoRefundNotification, GatewayName, GatewayOutcome, PaymentMethod, PaymentStatus, RefundOrder,
    RefundStatus, RefundWhat,
};
use reqwest::Method;
use services::payments::{self, demo};
use sqlx::MySqlPool;

use super::Scene;
use crate::served::Served;
use crate::shop::{SECRET, TestShop};
use crate::simulators::{Said, Simulator};
use crate::waiting::until;

with_each! {
    about_the_demo, midtrans_speaks_for_no_other, xendit_speaks_for_no_other, stripe_speaks_for_no_other;
    by_the_demo, nobody_else_speaks_for_midtrans, nobody_else_speaks_for_xendit, nobody_else_speaks_for_stripe;
}

impl Scene {
    /// Everything that was told is applied, or waits for a person.
    async fn told(&self) {
        let waits = "select count(*) from payment_inbox where applied_at is null and stuck_since is null";
        until(async || self.shop.count(waits).await == 0).await;
    }

    async fn still_waits(&self, placed: &PlacedOrder) {
        let detail = self.detail(placed).await;
        assert_eq!(
            (detail.status, detail.payment_status, detail.balance.paid),
            (OrderStatus::PendingPayment, Some(PaymentStatus::Pending), Money::ZERO)
        );
        assert_eq!((detail.history.len(), detail.to_check.len(), detail.refunds.len()), (1, 0, 0));
        let live = "select count(*) from payments where live_order_id is not null";
        assert_eq!(self.shop.count(live).await, 1, "its attempt may still be paid");
    }

    async fn posted_by_demo(&self, body: Vec<u8>) {
        let signature = demo::sign(SECRET, self.shop.now().await.unwrap().timestamp(), &body);
        let request = self.shop.ask(Method::POST, "/webhooks/demo").header(demo::SIGNATURE_HEADER, signature);
        assert_eq!(request.body(body).send().await.unwrap().status(), 200);
    }
}

/// A service has a payment of the same name, which is paid there: that is not the one that the practice gateway carries.
async fn about_the_demo(name: GatewayName, db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let service = Simulator::of(name, &shop).await;
    let scene = Scene { shop, service, shirt };
    let reference = Scene::reference(&placed);
    scene.service.adopt(&reference, placed.totals.total.get());
    for (number, said) in
        [Said::Waiting, Said::Failed, Said::Expired, Said::Paid, Said::GivenBack].into_iter().enumerate()
    {
        assert_eq!(scene.post(&scene.service.says(&reference, said, number)).await.status, 200);
        scene.told().await;
        scene.still_waits(&placed).await;
    }
    let unknown = "select count(*) from payment_inbox where trouble = 'unknown_payment' and stuck_since is not null";
    assert!(scene.shop.count(unknown).await > 0, "money that belongs to nothing is a person's");

    scene.shop.notify(&TestShop::notification(&placed, GatewayOutcome::Paid)).await.unwrap();
    assert!(scene.is(&placed, OrderStatus::Processing).await, "the gateway that carries it is believed");
}

/// The practice gateway, whose notices are believed as they are, tells of a payment that a service carries.
async fn by_the_demo(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 5).await;
    let (placed, page) = scene.order().await;
    for outcome in GatewayOutcome::ALL {
        let body = serde_json::to_vec(&TestShop::notification(&placed, *outcome)).unwrap();
        scene.posted_by_demo(body).await;
        scene.told().await;
        scene.still_waits(&placed).await;
    }

    scene.service.pay(&page).await;
    scene.pass(chrono::TimeDelta::seconds(60)).await;
    let order_id = scene.shop.id(&placed).await;
    let (amount, currency) = (Money::minor(30_000), Currency::Rupiah);
    let request =
        RefundOrder { order_id, what: RefundWhat::Amount(amount), reason: "sobek".to_owned(), key: "k".to_owned() };
    payments::refund(&scene.shop, &scene.shop.owner, request).await.unwrap();
    let rows = services::testing::database(&scene.shop);
    let key = sqlx::query_scalar("select idempotency_key from refunds").fetch_one(&rows).await.unwrap();
    let refund = DemoRefund { refund_id: "rfd-1".to_owned(), key, amount, currency };
    let (event_id, reference, at) = ("evt-rfd".to_owned(), Scene::reference(&placed), Utc::now());
    let told = DemoRefundNotification { event_id, reference, refund, at };
    scene.posted_by_demo(serde_json::to_vec(&told).unwrap()).await;
    scene.told().await;
    let refunds = scene.detail(&placed).await.refunds;
    assert_eq!(refunds[0].status, RefundStatus::Requested, "the money is still on its way");
    let unknown = "select count(*) from payment_inbox where trouble = 'unknown_refund' and stuck_since is not null";
    assert_eq!(scene.shop.count(unknown).await, 1);
}
