//! Calling off what has not left of an order: its units go back on sale, its money goes back, to the last rupiah.

use domain::inventory::stock_takes::{CountInStockTake, StartStockTake};
use domain::inventory::{ListMovements, MovementReason};
use domain::message::Message;
use domain::money::Money;
use domain::orders::{CallOffRest, CompleteOrder, LineUnits, OrderDetail, OrderEvent, OrderStatus, ShipOrder};
use domain::page::PageNumber;
use domain::payments::{GatewayOutcome, PaymentMethod, RefundOrder, RefundWhat};
use domain::pricing::VoucherKind;
use services::inventory::stock_takes;
use services::{Error, Result, checkout, inventory, orders, payments, vouchers};
use sqlx::MySqlPool;

use crate::shop::{TestShop, request};
use crate::vouchers::voucher;

impl TestShop {
    pub(super) async fn call_off_rest(&self, order: &OrderDetail) -> Result<OrderDetail> {
        let request = CallOffRest { order_id: order.id, reason: "habis di gudang".to_owned() };
        orders::call_off_rest(self, &self.owner, request).await
    }
}

/// Three units that share a discount which no three units share evenly: what goes back for the rest, and later for the
/// one that was sent, comes to what the line cost.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_rest_goes_back_on_sale_and_its_money_back_to_the_last_rupiah(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 33_333, 5).await;
    let off = voucher("HEMAT", VoucherKind::Fixed(Money::minor(10_000)));
    vouchers::save(&shop, &shop.owner, off).await.unwrap();
    let cart = shop.cart(shirt, 3).await;
    let wanted = domain::checkout::PlaceOrder { voucher_code: "HEMAT".to_owned(), ..request(PaymentMethod::Demo) };
    let placed = checkout::place(&shop, &cart, "once", wanted).await.unwrap();
    shop.notify(&TestShop::notification(&placed, GatewayOutcome::Paid)).await.unwrap();
    let order = shop.detail(&placed).await;
    let whole = shop.call_off_rest(&order).await.unwrap_err();
    assert!(matches!(whole, Error::Refused(Message::IllegalMove { .. })), "nothing has left: {whole:?}");
    let part = shop.ship(&order, 1, "JNE-1").await.unwrap();
    assert_eq!(part.next, [OrderEvent::HandedToCourier, OrderEvent::RestCalledOff]);

    let rest = shop.call_off_rest(&order).await.unwrap();

    assert_eq!((rest.status, rest.lines[0].shipped, rest.lines[0].called_off), (OrderStatus::Shipped, 1, 2));
    let line = Money::minor(3 * 33_333 - 10_000);
    assert_eq!((rest.called_off, rest.balance.refunded), (Money::minor(59_999), Money::minor(59_999)));
    assert_eq!(rest.refunds[0].reason, "Sisa pesanan dibatalkan.");
    assert_eq!(rest.history.last().unwrap().note.as_deref(), Some("habis di gudang"));
    assert_eq!(shop.stock(shirt).await, (4, 0));
    let ledger = ListMovements { variant_id: shirt, page: PageNumber::FIRST };
    let ledger = inventory::movements(&shop, &shop.owner, ledger).await.unwrap();
    assert_eq!((ledger.movements[0].reason, ledger.movements[0].delta), (MovementReason::Restocked, 2));
    assert_eq!(ledger.waiting, 0);
    assert_eq!(shop.count("select count(*) from mail_outbox where kind = 'rest_called_off'").await, 1);
    let again = shop.call_off_rest(&order).await.unwrap_err();
    assert!(matches!(again, Error::Refused(Message::IllegalMove { .. })), "{again:?}");
    let too_late = orders::ship(&shop, &shop.owner, ShipOrder::all(order.id, "")).await.unwrap_err();
    assert!(matches!(too_late, Error::Refused(Message::IllegalMove { .. })), "{too_late:?}");

    let back = shop.give_back(&order, 1, true, true, "the one").await.unwrap();
    assert_eq!((back.status, back.balance.refunded), (OrderStatus::Returned, line));
    assert_eq!(back.balance.left(), order.totals.delivery);
    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_courier_collects_only_what_was_sent(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let order = shop.detail(&shop.order(shirt, 3, PaymentMethod::CashOnDelivery).await.unwrap()).await;
    shop.ship(&order, 2, "").await.unwrap();

    let rest = shop.call_off_rest(&order).await.unwrap();
    assert_eq!((rest.called_off, rest.refunds.len()), (Money::minor(150_000), 0));
    let done = orders::complete(&shop, &shop.owner, CompleteOrder { order_id: order.id }).await.unwrap();

    assert_eq!(done.balance.paid, Money::minor(2 * 150_000 + 20_000));
    let back = shop.give_back(&order, 2, false, true, "both").await.unwrap();
    assert_eq!(back.balance.left(), Money::minor(20_000), "what was never paid does not go back");
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_whose_sent_part_is_back_is_returned_when_the_rest_is_called_off(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let order = shop.detail(&shop.paid_order(shirt, 2).await).await;
    shop.ship(&order, 1, "").await.unwrap();
    let part = shop.give_back(&order, 1, true, true, "part").await.unwrap();
    assert_eq!(part.status, OrderStatus::PartiallyShipped);

    let rest = shop.call_off_rest(&order).await.unwrap();

    assert_eq!((rest.status, rest.balance.refunded), (OrderStatus::Returned, Money::minor(300_000)));
    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.assert_stock_adds_up().await;
}

/// The last units leave or are called off, never both.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_parcel_and_a_call_off_at_once_share_no_unit(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 100).await;
    for _ in 0..10 {
        let order = shop.detail(&shop.paid_order(shirt, 3).await).await;
        shop.ship(&order, 1, "").await.unwrap();
        let id = order.id;
        let (one, other) = (Clone::clone(&*shop), Clone::clone(&*shop));
        let (owner, member) = (shop.owner.clone(), shop.owner.clone());
        let ships = tokio::spawn(async move { orders::ship(&one, &owner, ShipOrder::all(id, "")).await.is_ok() });
        let calls = tokio::spawn(async move {
            let request = CallOffRest { order_id: id, reason: "habis".to_owned() };
            orders::call_off_rest(&other, &member, request).await.is_ok()
        });
        assert!(ships.await.unwrap() ^ calls.await.unwrap(), "one of them comes too late");
        let detail = orders::detail(&shop, &shop.owner, id).await.unwrap();
        assert_eq!(detail.lines[0].shipped + detail.lines[0].called_off, 3);
        let wanted = Money::minor(150_000 * i64::from(detail.lines[0].called_off));
        assert_eq!((detail.status, detail.balance.refunded), (OrderStatus::Shipped, wanted));
    }
    shop.assert_stock_adds_up().await;
}

/// What is sold and was not sent yet still stands on the shelf; what left or was called off does not count twice.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_stock_take_expects_what_is_sold_and_has_not_left(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 20).await;
    let take = stock_takes::start(&shop, &shop.owner, StartStockTake { name: "Rak A".to_owned() }).await.unwrap();
    let expected = async || {
        let request = CountInStockTake { stock_take_id: take.row.id, sku: "SHIRT".to_owned(), counted: 1 };
        stock_takes::count(&shop, &shop.owner, request).await.unwrap().lines[0].expected
    };
    let order = shop.detail(&shop.paid_order(shirt, 5).await).await;
    assert_eq!(expected().await, 20);
    shop.ship(&order, 2, "").await.unwrap();
    assert_eq!(expected().await, 18);
    let ledger = ListMovements { variant_id: shirt, page: PageNumber::FIRST };
    assert_eq!(inventory::movements(&shop, &shop.owner, ledger).await.unwrap().waiting, 3);
    shop.call_off_rest(&order).await.unwrap();
    assert_eq!(expected().await, 18);
}

/// The price of the unit that is missing went back by hand, so that it is not sent and the rest is called off with it: its
/// price does not go back again, and what comes back later is worth what was paid for it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_unit_whose_price_went_back_is_not_paid_for_twice_by_the_rest(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let order = shop.detail(&shop.paid_order(shirt, 2).await).await;
    shop.ship(&order, 1, "").await.unwrap();
    let what = RefundWhat::Units(vec![LineUnits { line_id: order.lines[0].id, quantity: 1 }]);
    let refund = RefundOrder { order_id: order.id, what, reason: "hilang".to_owned(), key: "k".to_owned() };
    let rest = payments::refund(&shop, &shop.owner, refund).await.unwrap();
    assert_eq!((rest.status, rest.lines[0].called_off), (OrderStatus::Shipped, 1));
    assert_eq!((rest.called_off, rest.balance.refunded), (Money::ZERO, Money::minor(150_000)));
    let again = shop.call_off_rest(&order).await.unwrap_err();
    assert!(matches!(again, Error::Refused(Message::IllegalMove { .. })), "{again:?}");

    let back = shop.give_back(&order, 1, true, true, "the one").await.unwrap();
    assert_eq!((back.status, back.balance.refunded), (OrderStatus::Returned, Money::minor(300_000)));
    shop.assert_stock_adds_up().await;
}

/// A unit that is refused at the door is not collected there, and so never goes back as money.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_courier_collects_nothing_for_what_was_refused_at_the_door(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let order = shop.detail(&shop.order(shirt, 3, PaymentMethod::CashOnDelivery).await.unwrap()).await;
    orders::ship(&shop, &shop.owner, ShipOrder::all(order.id, "")).await.unwrap();
    shop.give_back(&order, 1, true, false, "at the door").await.unwrap();
    let done = orders::complete(&shop, &shop.owner, CompleteOrder { order_id: order.id }).await.unwrap();

    assert_eq!(done.balance.paid, Money::minor(2 * 150_000 + 20_000));
    let back = shop.give_back(&order, 2, true, true, "the others").await.unwrap();
    assert_eq!((back.status, back.balance.left()), (OrderStatus::Returned, Money::minor(20_000)));
    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.assert_stock_adds_up().await;
}
