//! Parcels, returns, the buyer's own cancellation, and invoices.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::catalog::CreateProduct;
use domain::message::Message;
use domain::money::Money;
use domain::orders::{
    Actor, CompleteOrder, LineUnits, OrderDetail, OrderEvent, OrderStatus, ReturnOrder, ReturnedUnits, ShipOrder,
};
use domain::payments::{GatewayOutcome, PaymentMethod, RefundStatus};
use domain::problem::Problem;
use services::{Error, Result, carts, catalog, checkout, jobs, orders};
use sqlx::MySqlPool;

use crate::served::Served;
use crate::shop::{TestShop, option, product, request, variant};

mod cancelled;
mod history;
mod refunded;
mod rest;

impl TestShop {
    async fn ship(&self, order: &OrderDetail, quantity: u32, tracking: &str) -> Result<OrderDetail> {
        let line = LineUnits { line_id: order.lines[0].id, quantity };
        let request = ShipOrder { lines: Some(vec![line]), ..ShipOrder::all(order.id, tracking) };
        orders::ship(self, &self.owner, ShipOrder { courier: "JNE".to_owned(), ..request }).await
    }

    async fn give_back(
        &self,
        order: &OrderDetail,
        quantity: u32,
        restock: bool,
        refund: bool,
        key: &str,
    ) -> Result<OrderDetail> {
        let line = ReturnedUnits { line_id: order.lines[0].id, quantity, restock };
        let (note, key) = ("too small".to_owned(), key.to_owned());
        let request = ReturnOrder { order_id: order.id, lines: vec![line], note, refund, key };
        orders::take_back(self, &self.owner, request).await
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_goes_in_parts_and_never_more_than_was_ordered(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let order = shop.detail(&shop.paid_order(shirt, 3).await).await;

    let part = shop.ship(&order, 2, "JNE-1").await.unwrap();
    assert_eq!((part.status, part.lines[0].shipped), (OrderStatus::PartiallyShipped, 2));
    assert_eq!(part.next, [OrderEvent::HandedToCourier, OrderEvent::RestCalledOff]);
    let too_many = shop.ship(&order, 2, "").await.unwrap_err();
    assert_eq!(Problem::from(&too_many).fields[0].field, "lines");
    let rest = orders::ship(&shop, &shop.owner, ShipOrder::all(order.id, "JNE-2")).await.unwrap();

    assert_eq!((rest.status, rest.lines[0].shipped), (OrderStatus::Shipped, 3));
    let parcels: Vec<_> =
        rest.parcels.iter().map(|parcel| (parcel.tracking_number.as_deref(), parcel.lines[0].quantity)).collect();
    assert_eq!(parcels, [(Some("JNE-1"), 2), (Some("JNE-2"), 1)]);
    assert_eq!(rest.parcels[0].courier.as_deref(), Some("JNE"));
    assert_eq!(rest.tracking_number.as_deref(), Some("JNE-2"));
    let again = orders::ship(&shop, &shop.owner, ShipOrder::all(order.id, "")).await.unwrap_err();
    assert!(matches!(again, Error::Refused(Message::IllegalMove { .. })), "{again:?}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn parcels_that_are_packed_at_once_hold_no_unit_twice(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 20).await;
    let order = shop.detail(&shop.paid_order(shirt, 7).await).await;
    let packs: Vec<_> = (0..10)
        .map(|_| {
            let (shop, owner, order_id) = (Clone::clone(&*shop), shop.owner.clone(), order.id);
            let lines = Some(vec![LineUnits { line_id: order.lines[0].id, quantity: 2 }]);
            tokio::spawn(async move {
                orders::ship(&shop, &owner, ShipOrder { lines, ..ShipOrder::all(order_id, "") }).await.is_ok()
            })
        })
        .collect();
    let mut packed = 0;
    for pack in packs {
        packed += u32::from(pack.await.unwrap());
    }
    assert_eq!(packed, 3);
    let detail = orders::detail(&shop, &shop.owner, order.id).await.unwrap();
    assert_eq!((detail.status, detail.lines[0].shipped), (OrderStatus::PartiallyShipped, 6));
}

/// Pitfall M6. Pitfall M13. What comes back goes on the shelf of the very variant that was sold, or not at all.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn units_come_back_with_and_without_restock_and_with_their_price(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let two_sizes = CreateProduct {
        options: vec![option("Ukuran", &["S", "M"])],
        variants: vec![variant("SHIRT-S", &[0], 150_000), variant("SHIRT-M", &[1], 150_000)],
        ..product("SHIRT", 0)
    };
    catalog::create(&shop, &shop.owner, two_sizes, None).await.unwrap();
    let (other, shirt) = (shop.stocked("SHIRT-S", 5).await, shop.stocked("SHIRT-M", 5).await);
    let order = shop.detail(&shop.paid_order(shirt, 3).await).await;
    let early = shop.give_back(&order, 1, true, false, "early").await.unwrap_err();
    assert_eq!(Problem::from(&early).fields[0].message, Message::OnlySoManyUnits { left: 0 });
    orders::ship(&shop, &shop.owner, ShipOrder::all(order.id, "")).await.unwrap();
    orders::complete(&shop, &shop.owner, CompleteOrder { order_id: order.id }).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (2, 0));

    let one = shop.give_back(&order, 1, true, true, "one").await.unwrap();
    assert_eq!((one.status, one.lines[0].returned), (OrderStatus::Completed, 1));
    assert_eq!((one.balance.refunded, one.refunds[0].status), (Money::minor(150_000), RefundStatus::Requested));
    let repeated = shop.give_back(&order, 1, true, true, "one").await.unwrap();
    assert_eq!((repeated.lines[0].returned, repeated.refunds.len()), (1, 1), "a double click is one return");
    assert_eq!(shop.stock(shirt).await, (3, 0));
    shop.give_back(&order, 3, false, false, "three").await.unwrap_err();
    let all = shop.give_back(&order, 2, false, false, "two").await.unwrap();

    assert_eq!((all.status, all.returns.len()), (OrderStatus::Returned, 2));
    assert_eq!(all.history.last().unwrap().note.as_deref(), Some("too small"));
    assert_eq!(shop.stock(shirt).await, (3, 0), "torn units stay off the shelf");
    assert_eq!(shop.count("select count(*) from stock_movements where reason = 'returned'").await, 1);

    // Called off, units come back to the same variant too.
    let called_off = shop.paid_order(shirt, 2).await;
    orders::cancel_by_buyer(&shop, &called_off.number, &called_off.access_token, "").await.unwrap();
    assert_eq!((shop.stock(shirt).await, shop.stock(other).await), ((3, 0), (5, 0)), "the other size has not moved");
    shop.assert_stock_adds_up().await;
}

/// Checklist 78. Pitfall M7. The buyer calls off what has not left; units and money come back once, and the history
/// says who did it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_buyer_calls_an_order_off_until_something_has_left(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let unpaid = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let paid = shop.paid_order(shirt, 1).await;
    let gone = shop.paid_order(shirt, 2).await;
    shop.ship(&shop.detail(&gone).await, 1, "").await.unwrap();

    for placed in [&unpaid, &paid] {
        for _ in 0..2 {
            let cancelled = orders::cancel_by_buyer(&shop, &placed.number, &placed.access_token, "").await.unwrap();
            assert_eq!(cancelled.status, OrderStatus::Cancelled);
            assert_eq!(cancelled.balance.left(), Money::ZERO);
            assert_eq!(cancelled.history.last().unwrap().actor, Actor::Shopper);
        }
    }
    assert_eq!(shop.detail(&paid).await.refunds.len(), 1);
    assert_eq!(shop.stock(shirt).await, (3, 0));
    let refused = orders::cancel_by_buyer(&shop, &gone.number, &gone.access_token, "").await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::IllegalMove { .. })), "{refused:?}");
    let stranger = orders::cancel_by_buyer(&shop, &paid.number, &gone.access_token, "").await.unwrap_err();
    assert!(matches!(stranger, Error::NotFound(Message::NoSuchOrder)), "{stranger:?}");
    shop.assert_stock_adds_up().await;
}

/// Checklist 77. Checklist 83. Pitfall M7. What a job does stands in the history, with who and when.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_history_names_the_job_that_ran_an_order_out_of_time(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    shop.clock().advance(TimeDelta::hours(25));
    let before = shop.now().await.unwrap();
    jobs::run_due_work(&shop).await.unwrap();
    let after = shop.now().await.unwrap();
    let history = shop.detail(&placed).await.history;
    let steps: Vec<_> = history.iter().map(|entry| (entry.status, entry.actor.clone())).collect();
    let job = Actor::Job("expire_unpaid_orders".to_owned());
    assert_eq!(steps, [(OrderStatus::PendingPayment, Actor::Shopper), (OrderStatus::Cancelled, job)]);
    assert!((before..=after).contains(&history[1].at), "{} is not between {before} and {after}", history[1].at);
    assert!(history[1].at - history[0].at >= TimeDelta::hours(25), "{history:?}");
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.detail(&placed).await.history, history, "once");
}

/// Edge case 14. Pitfall M1. Fifty payments at once, each told twice, and others that fail on the way: one invoice each,
/// numbered without gaps.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn fifty_payments_at_once_leave_no_gap_in_the_invoices(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 200).await;
    let mut placed = Vec::new();
    for _ in 0..50 {
        placed.push(shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap());
    }
    // Every fifth loses its units, so that its payment is rolled back half way.
    let broken = shop.count("select count(*) from orders where id % 5 = 0").await;
    sqlx::query("update holds set quantity = 1000000 where order_id % 5 = 0")
        .execute(&services::testing::database(&shop))
        .await
        .unwrap();

    let tells: Vec<_> = placed
        .iter()
        .flat_map(|placed| {
            let first = TestShop::notification(placed, GatewayOutcome::Paid);
            let mut again = first.clone();
            again.event_id.push_str("-again");
            [first, again]
        })
        .map(|notification| {
            let shop = Clone::clone(&*shop);
            tokio::spawn(async move {
                let body = serde_json::to_vec(&notification).unwrap();
                let now = chrono::Utc::now().timestamp();
                let signature = services::payments::demo::sign(crate::shop::SECRET, now, &body);
                let headers = [(services::payments::demo::SIGNATURE_HEADER.to_owned(), signature)];
                services::payments::receive(&shop, "demo", &headers, &body).await.unwrap();
            })
        })
        .collect();
    for tell in tells {
        tell.await.unwrap();
    }
    let paid = 50 - broken;
    // What had to wait too long for the others is done by the job.
    shop.clock().advance(TimeDelta::minutes(5));
    jobs::run_due_work(&shop).await.unwrap();
    let rows: Vec<(u64,)> = sqlx::query_as("select sequence from invoices order by sequence")
        .fetch_all(&services::testing::database(&shop))
        .await
        .unwrap();
    assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), (1..=paid.unsigned_abs()).collect::<Vec<_>>());
    let numbers: BTreeSet<_> = placed.iter().map(|placed| &placed.number).collect();
    assert_eq!(numbers.len(), 50);
    assert!(numbers.iter().all(|number| number.len() == 11), "numbers tell nothing of how many there are");
}

/// Checklist 76. Checklist 78. The buyer's pages and the API offer the same: cancel, parcels, refund, invoice.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_pages_of_an_order_show_parcels_refunds_and_the_invoice(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let paid = shop.paid_order(shirt, 2).await;
    shop.ship(&shop.detail(&paid).await, 1, "JNE-77").await.unwrap();
    let visitor = shop.visitor();
    let page = visitor.get(&orders::path(&paid.number, &paid.access_token)).await.text;
    assert!(page.contains("JNE-77") && page.contains("INV-") && !page.contains("/cancel?"), "{page}");
    let invoice = visitor.get(&format!("/orders/{}/invoice?token={}", paid.number, paid.access_token)).await;
    assert_eq!(invoice.status, 200);
    let sheet = invoice.text;
    assert!(sheet.contains("Toko Uji") && sheet.contains("Rp\u{a0}320.000"), "{sheet}");

    let cart = carts::create(&shop).await.unwrap();
    carts::set_line(&shop, &cart, shirt, 1).await.unwrap();
    let unpaid = checkout::place(&shop, cart.as_str(), "k", request(PaymentMethod::Demo)).await.unwrap();
    let path = format!("/api/v1/orders/{}/cancel?token={}", unpaid.number, unpaid.access_token);
    let answer = shop.send(reqwest::Method::POST, &path, &serde_json::json!({})).await;
    assert_eq!((answer.status, answer.json()["status"].as_str()), (200, Some("cancelled")));
    let gone = format!("/api/v1/orders/{}/cancel?token={}", paid.number, paid.access_token);
    assert_eq!(shop.send(reqwest::Method::POST, &gone, &serde_json::json!({})).await.status, 409);
}
