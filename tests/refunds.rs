//! Money on its way back: whatever happens, never more than came, and never twice.

use chrono::TimeDelta;
use domain::events::Happening;
use domain::message::Message;
use domain::money::Money;
use domain::orders::{Actor, CancelOrder, CompleteOrder, LineUnits, OrderDetail, OrderStatus, ShipOrder};
use domain::payments::{GatewayOutcome, PaymentMethod, PaymentStatus, RefundOrder, RefundStatus, RefundWhat};
use domain::problem::Problem;
use services::{Error, Result, jobs, orders, payments};
use sqlx::MySqlPool;

use crate::gateway::RealGateway;
use crate::shop::TestShop;

fn rupiah(amount: i64) -> Money {
    Money::minor(amount)
}

impl TestShop {
    async fn refund(&self, order: &OrderDetail, what: RefundWhat, key: &str) -> Result<OrderDetail> {
        let request = RefundOrder { order_id: order.id, what, reason: "torn seam".to_owned(), key: key.to_owned() };
        payments::refund(self, &self.owner, request).await
    }

    /// Lets jobs run that are planned for a few seconds later.
    async fn some_time_later(&self) {
        self.clock().advance(TimeDelta::minutes(1));
        jobs::run_due_work(self).await.unwrap();
    }
}

/// Edge case 11. The units can be had again, so the order goes on.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_after_expiry_makes_the_order_go_on_while_there_is_stock(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 2, PaymentMethod::Demo).await.unwrap();
    shop.clock().advance(TimeDelta::hours(25));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.clock().advance(TimeDelta::hours(-25));

    shop.notify(&TestShop::notification(&placed, GatewayOutcome::Paid)).await.unwrap();

    let detail = shop.detail(&placed).await;
    assert_eq!((detail.status, detail.payment_status), (OrderStatus::Processing, Some(PaymentStatus::Paid)));
    assert_eq!((detail.balance.paid, detail.balance.refunded), (placed.totals.total, Money::ZERO));
    assert!(detail.invoice.is_some() && detail.refunds.is_empty());
    assert_eq!(detail.history.last().unwrap().actor, Actor::Gateway("demo".to_owned()));
    assert_eq!(shop.stock(shirt).await, (3, 0));
    shop.assert_stock_adds_up().await;

    // Called off afterwards, its units come back once more and the money goes back.
    let cancel = CancelOrder { order_id: detail.id, reason: "out of cloth".to_owned() };
    let cancelled = orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    assert_eq!((cancelled.status, cancelled.balance.left()), (OrderStatus::Cancelled, Money::ZERO));
    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.assert_stock_adds_up().await;
}

/// Edge case 11. Pitfall M2. One of two units is gone: none is taken, and the money goes back through the gateway once.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_after_expiry_goes_back_when_the_units_are_gone(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let gateway = RealGateway::of(&shop);
    let shirt = shop.variant("SHIRT", 150_000, 2).await;
    let placed = shop.order(shirt, 2, PaymentMethod::Demo).await.unwrap();
    let page = payments::begin(&shop, &placed.number, &placed.access_token).await.unwrap();
    gateway.decide(&page, "pay").await;
    // The gateway is away just when time runs out, and its notification is late.
    shop.set_demo_gateway("http://127.0.0.1:9", crate::shop::SECRET);
    shop.clock().advance(TimeDelta::hours(25));
    jobs::run_due_work(&shop).await.unwrap();
    shop.clock().advance(TimeDelta::hours(-25));
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::Cancelled);
    shop.paid_order(shirt, 1).await;
    let mut live = shop.subscribe();
    gateway.back_to(&shop);

    shop.notify(&TestShop::notification(&placed, GatewayOutcome::Paid)).await.unwrap();

    let detail = shop.detail(&placed).await;
    assert_eq!(detail.status, OrderStatus::Cancelled);
    assert_eq!(shop.stock(shirt).await, (1, 0), "all units or none");
    let [refund] = detail.refunds.as_slice() else { panic!("{:?}", detail.refunds) };
    assert_eq!((refund.amount, refund.status), (placed.totals.total, RefundStatus::Requested));
    assert_eq!(shop.count("select count(*) from mail_outbox where kind = 'refund_requested'").await, 1);
    let told = async {
        loop {
            if let Happening::MoneyGoesBack { number, amount, .. } = live.recv().await.unwrap().what {
                return (number, amount);
            }
        }
    };
    assert_eq!(told.await, (placed.number.clone(), placed.totals.total));

    shop.clock().advance(TimeDelta::hours(25));
    shop.some_time_later().await;
    shop.some_time_later().await;
    assert_eq!(shop.detail(&placed).await.refunds[0].status, RefundStatus::Succeeded);
    assert_eq!(gateway.refunded(&placed), [placed.totals.total]);
    assert_eq!(shop.count("select count(*) from mail_outbox where kind = 'refund_succeeded'").await, 1);
    shop.assert_stock_adds_up().await;
}

/// Edge case 11. Pitfall M6. Whoever called an order off does not want it any more: late money never revives it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_for_an_order_that_was_called_off_goes_back(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let cancel = CancelOrder { order_id: shop.id(&placed).await, reason: "out of cloth".to_owned() };
    orders::cancel(&shop, &shop.owner, cancel).await.unwrap();

    shop.notify(&TestShop::notification(&placed, GatewayOutcome::Paid)).await.unwrap();

    let detail = shop.detail(&placed).await;
    assert_eq!((detail.status, detail.refunds.len()), (OrderStatus::Cancelled, 1));
    assert_eq!((detail.balance.paid, detail.balance.left()), (placed.totals.total, Money::ZERO));
    assert_eq!(shop.stock(shirt).await, (5, 0));
}

/// Edge case 7. The failed attempt is ended at the gateway before the next one begins, so that no one can pay both.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_second_attempt_ends_the_first_at_the_gateway(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let gateway = RealGateway::of(&shop);
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let first = format!("{}-1", placed.number);
    assert_eq!(gateway.outcome(&first).await, Some(GatewayOutcome::Pending));
    // A gateway may report a failure and leave its page open.
    shop.notify(&TestShop::notification(&placed, GatewayOutcome::Failed)).await.unwrap();

    let page = payments::begin(&shop, &placed.number, &placed.access_token).await.unwrap();

    assert_eq!(gateway.outcome(&first).await, Some(GatewayOutcome::Expired));
    assert!(page.contains(&format!("{}-2", placed.number)), "{page}");
    assert_eq!(shop.count("select count(*) from payments where live_order_id is not null").await, 1);
}

/// Edge case 7. Money for both attempts: the order takes one, the other goes back.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_that_is_paid_twice_gives_one_payment_back(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let _gateway = RealGateway::of(&shop);
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    shop.notify(&TestShop::notification(&placed, GatewayOutcome::Failed)).await.unwrap();
    payments::begin(&shop, &placed.number, &placed.access_token).await.unwrap();
    let first = TestShop::notification(&placed, GatewayOutcome::Paid);
    let mut second = first.clone();
    second.reference = format!("{}-2", placed.number);
    second.event_id.push_str("-2");

    shop.notify(&first).await.unwrap();
    assert_eq!(shop.count("select count(*) from payments where live_order_id is not null").await, 0);
    shop.notify(&second).await.unwrap();

    let detail = shop.detail(&placed).await;
    let total = placed.totals.total;
    assert_eq!(detail.status, OrderStatus::Processing);
    assert_eq!((detail.balance.paid, detail.balance.left()), (total.times(2).unwrap(), total));
    assert_eq!(shop.stock(shirt).await, (4, 0), "sold once");
    assert_eq!(detail.refunds.len(), 1);
}

/// Edge case 15. Whatever the gateway's own clock says, an order that ran out of time is closed there too.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_that_ran_out_of_time_cannot_be_paid_at_the_gateway(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let gateway = RealGateway::of(&shop);
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let called_off = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let cancel = CancelOrder { order_id: shop.id(&called_off).await, reason: "out of cloth".to_owned() };
    orders::cancel(&shop, &shop.owner, cancel).await.unwrap();

    shop.clock().advance(TimeDelta::hours(25));
    jobs::run_due_work(&shop).await.unwrap();

    for placed in [&placed, &called_off] {
        assert_eq!(shop.detail(placed).await.status, OrderStatus::Cancelled);
        assert_eq!(gateway.outcome(&format!("{}-1", placed.number)).await, Some(GatewayOutcome::Expired));
        let refused = payments::begin(&shop, &placed.number, &placed.access_token).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(Message::NothingToPay)), "{refused:?}");
    }
    assert_eq!(shop.count("select count(*) from payments where closed_at is null").await, 0);
}

/// Edge case 12. A hold past its time is released only after the gateway was asked: it may say that the money is there.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_whose_money_the_gateway_has_does_not_run_out_of_time(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let gateway = RealGateway::of(&shop);
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let page = payments::begin(&shop, &placed.number, &placed.access_token).await.unwrap();
    // The shop does not listen, so that the notification never arrives.
    gateway.decide(&page, "pay").await;
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::PendingPayment);

    shop.clock().advance(TimeDelta::hours(25));
    jobs::run_due_work(&shop).await.unwrap();

    let detail = shop.detail(&placed).await;
    assert_eq!((detail.status, detail.payment_status), (OrderStatus::Processing, Some(PaymentStatus::Paid)));
    assert_eq!(shop.stock(shirt).await, (4, 0));
}

/// Two processes send the same refund, and one of them had died after the gateway's answer: it goes back once.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_refund_that_is_sent_again_goes_back_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let gateway = RealGateway::of(&shop);
    let order = paid_at(&shop, &gateway, 2).await;
    shop.refund(&order, RefundWhat::Amount(rupiah(100_000)), "once").await.unwrap();

    for _ in 0..3 {
        shop.some_time_later().await;
        // As if the answer had been lost before it was noted.
        sqlx::query("update refunds set status = 'requested', settled_at = null, send_at = created_at")
            .execute(&services::testing::database(&shop))
            .await
            .unwrap();
    }
    tokio::join!(shop.some_time_later(), async { jobs::run_due_work(&shop).await.unwrap() });

    let detail = orders::detail(&shop, &shop.owner, order.id).await.unwrap();
    assert_eq!(detail.refunds[0].status, RefundStatus::Succeeded);
    assert_eq!(gateway.refunded_of(&format!("{}-1", order.number)), [rupiah(100_000)]);
}

/// Edge case 4. Fifty refunds at once of money that is there for ten.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn parallel_refunds_never_give_back_more_than_was_paid(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100_000, 5).await;
    let placed = shop.paid_order(shirt, 1).await;
    let order = shop.detail(&placed).await;
    let tenth = rupiah(order.balance.paid.get() / 10);

    let tries = (0..50).map(|number| {
        let (shop, owner, order_id) = (Clone::clone(&*shop), shop.owner.clone(), order.id);
        tokio::spawn(async move {
            let key = format!("refund {number}");
            let what = RefundWhat::Amount(tenth);
            payments::refund(&shop, &owner, RefundOrder { order_id, what, reason: "torn".to_owned(), key }).await
        })
    });
    let mut given = 0;
    for one in tries.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Ok(_) => given += 1,
            Err(Error::Refused(Message::NothingToRefund)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }

    assert_eq!(given, 10);
    let balance = shop.detail(&placed).await.balance;
    assert_eq!((balance.left(), balance.refunded), (Money::ZERO, balance.paid));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn units_give_back_what_the_buyer_paid_for_them_and_only_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let order = shop.detail(&shop.paid_order(shirt, 3).await).await;
    let units = |quantity| RefundWhat::Units(vec![LineUnits { line_id: order.lines[0].id, quantity }]);

    let one = shop.refund(&order, units(1), "one").await.unwrap();
    assert_eq!(one.balance.refunded, rupiah(150_000));
    let again = shop.refund(&order, units(1), "one").await.unwrap();
    assert_eq!(again.refunds.len(), 1, "a double click is one refund");
    let too_many = shop.refund(&order, units(3), "three").await.unwrap_err();
    assert_eq!(Problem::from(&too_many).fields[0].field, "units");
    let rest = shop.refund(&order, units(2), "two").await.unwrap();
    assert_eq!(rest.balance.refunded, rupiah(450_000), "the delivery is not of the units");

    let too_much = shop.refund(&order, RefundWhat::Amount(rupiah(20_001)), "x").await.unwrap_err();
    assert_eq!(Problem::from(&too_much).fields[0].field, "amount");
    let nothing = shop.refund(&order, RefundWhat::Amount(rupiah(0)), "y").await.unwrap_err();
    assert_eq!(Problem::from(&nothing).fields[0].field, "amount");
    let all = shop.refund(&order, RefundWhat::Everything, "z").await.unwrap();
    assert_eq!(all.balance.left(), Money::ZERO);
    assert_eq!(shop.count("select count(*) from audit where action = 'refund_order'").await, 3);
}

/// What was paid at the door is paid out by hand, and only once it was paid.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_from_the_door_goes_back_by_hand(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let order = shop.detail(&placed).await;
    let early = shop.refund(&order, RefundWhat::Everything, "early").await.unwrap_err();
    assert!(matches!(early, Error::Refused(Message::NothingToRefund)), "{early:?}");
    assert!(order.invoice.is_none(), "nothing was delivered and nothing paid");

    let ship = ShipOrder::all(order.id, "");
    let shipped = orders::ship(&shop, &shop.owner, ship).await.unwrap();
    assert!(shipped.invoice.is_some());
    let done = orders::complete(&shop, &shop.owner, CompleteOrder { order_id: order.id }).await.unwrap();
    assert_eq!(done.balance.paid, placed.totals.total);

    let back = shop.refund(&order, RefundWhat::Amount(rupiah(50_000)), "part").await.unwrap();
    assert_eq!((back.refunds[0].status, back.refunds[0].by_hand), (RefundStatus::Succeeded, true));
    assert_eq!(back.balance.refunded, rupiah(50_000));
}

/// An order that is paid at the real gateway.
async fn paid_at(shop: &TestShop, gateway: &RealGateway, quantity: u32) -> OrderDetail {
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, quantity, PaymentMethod::Demo).await.unwrap();
    let page = payments::begin(shop, &placed.number, &placed.access_token).await.unwrap();
    gateway.decide(&page, "pay").await;
    shop.notify(&TestShop::notification(&placed, GatewayOutcome::Paid)).await.unwrap();
    shop.detail(&placed).await
}
