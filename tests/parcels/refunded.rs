//! What was refunded before it left is not sent, and the order comes to an end whatever is done in which order.

use domain::message::Message;
use domain::money::Money;
use domain::orders::{CancelOrder, CompleteOrder, LineUnits, OrderDetail, OrderEvent, OrderStatus, ShipOrder};
use domain::payments::{RefundDecision, RefundOrder, RefundWhat, SettleRefund};
use domain::problem::Problem;
use services::{Result, orders, payments};
use sqlx::MySqlPool;

use crate::shop::TestShop;

impl TestShop {
    async fn refund_units(&self, order: &OrderDetail, quantity: u32, key: &str) -> Result<OrderDetail> {
        self.refund_what(order, RefundWhat::Units(vec![LineUnits { line_id: order.lines[0].id, quantity }]), key).await
    }

    async fn refund_what(&self, order: &OrderDetail, what: RefundWhat, key: &str) -> Result<OrderDetail> {
        let request = RefundOrder { order_id: order.id, what, reason: "out of cloth".to_owned(), key: key.to_owned() };
        payments::refund(self, &self.owner, request).await
    }

    async fn ship_all(&self, order: &OrderDetail) -> Result<OrderDetail> {
        orders::ship(self, &self.owner, ShipOrder::all(order.id, "")).await
    }

    async fn cancel(&self, order: &OrderDetail) -> Result<OrderDetail> {
        let request = CancelOrder { order_id: order.id, reason: "out of cloth".to_owned() };
        orders::cancel(self, &self.owner, request).await
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_unit_that_was_refunded_before_it_left_is_not_sent(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let order = shop.detail(&shop.paid_order(shirt, 2).await).await;

    let less = shop.refund_units(&order, 1, "one").await.unwrap();
    assert_eq!((less.status, less.lines[0].called_off), (OrderStatus::Processing, 1));
    assert_eq!(shop.stock(shirt).await, (4, 0), "it can be bought again");
    let again = shop.refund_units(&order, 1, "one").await.unwrap();
    assert_eq!(again.lines[0].called_off, 1, "a double click is one refund");

    let too_many = shop.ship(&order, 2, "").await.unwrap_err();
    assert_eq!(Problem::from(&too_many).fields[0].message, Message::OnlySoManyUnits { left: 1 });
    let sent = shop.ship_all(&order).await.unwrap();
    assert_eq!((sent.status, sent.lines[0].shipped, sent.parcels[0].lines[0].quantity), (OrderStatus::Shipped, 1, 1));
    shop.assert_stock_adds_up().await;

    let back = shop.give_back(&order, 1, true, true, "back").await.unwrap();
    assert_eq!((back.status, back.balance.refunded), (OrderStatus::Returned, Money::minor(300_000)));
    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.assert_stock_adds_up().await;
}

/// All units are refunded: nothing can be sent, and calling the order off gives back what is left of its money.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_whose_units_are_all_refunded_is_called_off_and_not_sent(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    for what in ["units", "everything", "amount"] {
        let order = shop.detail(&shop.paid_order(shirt, 2).await).await;
        let refunded = match what {
            "units" => shop.refund_units(&order, 2, "all").await,
            "everything" => shop.refund_what(&order, RefundWhat::Everything, "all").await,
            // As the desk asks for it.
            _ => shop.refund_what(&order, RefundWhat::Amount(order.balance.left()), "all").await,
        };
        let refunded = refunded.unwrap();
        assert_eq!((refunded.status, refunded.lines[0].called_off), (OrderStatus::Processing, 2), "{what}");
        assert_eq!(refunded.next, [OrderEvent::CalledOff], "{what}");
        assert_eq!(shop.stock(shirt).await, (5, 0), "{what}");
        let nothing = shop.ship_all(&order).await.unwrap_err();
        assert_eq!(Problem::from(&nothing).fields[0].field, "lines", "{what}");

        let over = shop.cancel(&order).await.unwrap();
        assert_eq!((over.status, over.balance.left()), (OrderStatus::Cancelled, Money::ZERO), "{what}");
        assert_eq!(shop.stock(shirt).await, (5, 0), "on the shelf once: {what}");
        shop.assert_stock_adds_up().await;
    }
}

/// A part of the money says nothing about the units.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_amount_that_is_given_back_keeps_nothing_here(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let order = shop.detail(&shop.paid_order(shirt, 2).await).await;
    shop.refund_what(&order, RefundWhat::Amount(Money::minor(150_000)), "sorry").await.unwrap();
    let sent = shop.ship_all(&order).await.unwrap();
    assert_eq!((sent.lines[0].shipped, sent.lines[0].called_off), (2, 0));
}

/// Refunds, parcels, returns and the ends of an order, in every order that is legal.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_ends_in_every_order_of_refund_ship_and_cancel(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100_000, 200).await;
    for (course, ends, sent, refunded) in [
        ("refund cancel", OrderStatus::Cancelled, 0, 320_000),
        ("refund refund cancel", OrderStatus::Cancelled, 0, 320_000),
        ("refund ship complete", OrderStatus::Completed, 2, 100_000),
        ("ship refund complete", OrderStatus::Completed, 3, 100_000),
        ("part refund ship complete", OrderStatus::Completed, 2, 100_000),
        ("refund part ship complete", OrderStatus::Completed, 2, 100_000),
        ("part refund refund complete", OrderStatus::Completed, 1, 200_000),
        ("part refund rest complete", OrderStatus::Completed, 1, 200_000),
        ("refund part rest complete", OrderStatus::Completed, 1, 200_000),
        ("part back refund refund refund", OrderStatus::Returned, 1, 300_000),
        ("part back refund ship complete", OrderStatus::Completed, 3, 100_000),
    ] {
        let placed = shop.paid_order(shirt, 3).await;
        let order = shop.detail(&placed).await;
        let before = shop.stock(shirt).await.0;
        for (at, step) in course.split(' ').enumerate() {
            let done = match step {
                "refund" => shop.refund_units(&order, 1, &format!("refund {at}")).await,
                "part" => shop.ship(&order, 1, "").await,
                "ship" => shop.ship_all(&order).await,
                "rest" => shop.call_off_rest(&order).await,
                "back" => shop.give_back(&order, 1, true, false, "back").await,
                "cancel" => shop.cancel(&order).await,
                _ => orders::complete(&shop, &shop.owner, CompleteOrder { order_id: order.id }).await,
            };
            done.unwrap_or_else(|error| panic!("{course}: {step}: {error:?}"));
        }
        let done = shop.detail(&placed).await;
        let line = &done.lines[0];
        assert_eq!(
            (done.status, line.shipped, done.balance.refunded),
            (ends, sent, Money::minor(refunded)),
            "{course}"
        );
        let kept = i64::from(line.shipped - line.returned);
        assert_eq!(shop.stock(shirt).await.0, before + 3 - kept, "{course}");
        shop.assert_stock_adds_up().await;
    }
}

/// A gateway refuses a refund, and a person asks again: a unit is kept here for each price that goes back, and no more.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_refund_that_is_tried_again_keeps_its_unit_here_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100_000, 5).await;
    let order = shop.detail(&shop.paid_order(shirt, 3).await).await;
    let first = shop.refund_units(&order, 1, "first").await.unwrap().refunds[0].id;
    sqlx::query("update refunds set status = 'failed', settled_at = created_at")
        .execute(&services::testing::database(&shop))
        .await
        .unwrap();

    let other = shop.refund_units(&order, 1, "instead").await.unwrap();
    assert_eq!(other.lines[0].called_off, 1, "the same unit");
    let (decision, reason) = (RefundDecision::Again, "try again".to_owned());
    let again = SettleRefund { refund_id: first, decision, reason };
    payments::settle_refund(&shop, &shop.owner, again).await.unwrap();
    let two = shop.ship_all(&order).await.unwrap();
    assert_eq!((two.lines[0].called_off, two.lines[0].shipped, two.balance.refunded), (2, 1, Money::minor(200_000)));
    shop.assert_stock_adds_up().await;
}

/// Two people at once: what one refunds the other does not send.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_refund_and_a_parcel_at_once_never_give_a_unit_and_its_price(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100_000, 90).await;
    for _ in 0..12 {
        let placed = shop.paid_order(shirt, 2).await;
        let order = shop.detail(&placed).await;
        let (refund, ship) = tokio::join!(shop.refund_units(&order, 1, "one"), shop.ship_all(&order));
        refund.unwrap();
        ship.unwrap();
        let line = &shop.detail(&placed).await.lines[0];
        // Whoever was first: one is not sent, or both had left when the price of one went back.
        assert!((line.shipped, line.called_off) == (1, 1) || (line.shipped, line.called_off) == (2, 0), "{line:?}");
    }
    shop.assert_stock_adds_up().await;
}
