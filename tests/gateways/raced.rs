//! Refunds of parts, asked for by many at once and sent by two processes at once.

use chrono::TimeDelta;
use domain::money::Money;
use domain::payments::{GatewayName, RefundOrder, RefundStatus, RefundWhat};
use services::{Error, jobs, payments, testing};
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use super::Scene;
use crate::simulators::Fault;

with_each! {
    raced, midtrans_parts_go_back_in_a_race, xendit_parts_go_back_in_a_race, stripe_parts_go_back_in_a_race;
}

/// Never more goes back than came, and each part once, also when the service does it and hangs up.
async fn raced(name: GatewayName, db: MySqlPool) {
    let scene = Scene::of(name, db, 5).await;
    let (placed, page) = scene.order().await;
    scene.service.pay(&page).await;
    scene.pass(TimeDelta::seconds(60)).await;
    let (part, order_id) = (30_000, scene.shop.id(&placed).await);
    let fit = placed.totals.total.get() / part;

    let mut asking = JoinSet::new();
    for number in 0..8 {
        let (shop, owner) = (Clone::clone(&**scene.shop), scene.shop.owner.clone());
        let what = RefundWhat::Amount(Money::minor(part));
        let request = RefundOrder { order_id, what, reason: "sobek".to_owned(), key: format!("part {number}") };
        asking.spawn(async move {
            // The same wish, sent twice by somebody who clicks twice.
            let (first, again) = tokio::join!(
                payments::refund(&shop, &owner, request.clone()),
                payments::refund(&shop, &owner, request)
            );
            for asked in [&first, &again] {
                assert!(matches!(asked, Ok(_) | Err(Error::Invalid(_) | Error::Refused(_))), "{asked:?}");
            }
        });
    }
    asking.join_all().await;
    let wanted = scene.detail(&placed).await.refunds;
    assert_eq!(i64::try_from(wanted.len()).unwrap(), fit, "as many as fit, and none twice");

    let options = testing::database(&scene.shop).connect_options();
    let other = MySqlPool::connect_with((*options).clone()).await.unwrap();
    let other = testing::open(other, scene.shop.folder.path()).await.unwrap();
    other.set_gateway_keys(&scene.service.keys());
    for fault in [Fault::HangsUp, Fault::Loses(2), Fault::Broken, Fault::None, Fault::None, Fault::None] {
        scene.service.fail(fault);
        for shop in [&**scene.shop, &other] {
            shop.clock().advance(TimeDelta::hours(1));
        }
        scene.service.advance(TimeDelta::hours(1));
        let (here, there) = tokio::join!(jobs::run_due_work(&scene.shop), jobs::run_due_work(&other));
        // One leads, and takes the lease from the other in its turn.
        for done in [here, there] {
            assert!(matches!(done, Ok(()) | Err(Error::LeaseLost)), "{done:?}");
        }
    }
    other.close().await;
    let detail = scene.detail(&placed).await;
    assert!(detail.refunds.iter().all(|refund| refund.status == RefundStatus::Succeeded), "{:?}", detail.refunds);
    let there = scene.service.payment(&Scene::reference(&placed)).unwrap();
    let unit = there.amount / placed.totals.total.get();
    let parts: Vec<i64> = there.refunds.iter().map(|refund| refund.amount).collect();
    assert_eq!(parts, vec![part * unit; usize::try_from(fit).unwrap()], "each part once");
}
