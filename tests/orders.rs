//! What may happen to an order.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::message::Message;
use domain::money::Money;
use domain::orders::{
    Actor, CancelOrder, CompleteOrder, ListOrders, OrderEvent, OrderId, OrderPage, OrderStatus, ShipOrder,
};
use domain::page::PageNumber;
use domain::payments::{GatewayOutcome, PaymentMethod};
use services::{Error, jobs, orders};
use sqlx::MySqlPool;

use crate::gateway::RealGateway;
use crate::shop::TestShop;

/// Checklist 75. Checklist 77. Checklist 105.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn staff_ship_and_complete_a_paid_order(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.paid_order(shirt, 1).await;
    let order_id = shop.id(&placed).await;
    assert_eq!(shop.detail(&placed).await.next, [OrderEvent::HandedToCourier, OrderEvent::CalledOff]);

    let request = ShipOrder::all(order_id, " JNE-001 ");
    let shipped = orders::ship(&shop, &shop.owner, request).await.unwrap();
    assert_eq!(shipped.status, OrderStatus::Shipped);
    assert_eq!(shipped.tracking_number.as_deref(), Some("JNE-001"));
    assert_eq!(shipped.next, [OrderEvent::Delivered]);

    let done = orders::complete(&shop, &shop.owner, CompleteOrder { order_id }).await.unwrap();
    assert_eq!(done.status, OrderStatus::Completed);
    let steps: Vec<_> = done.history.iter().map(|entry| (entry.status, entry.actor.clone())).collect();
    assert_eq!(
        steps,
        [
            (OrderStatus::PendingPayment, Actor::Shopper),
            (OrderStatus::Processing, Actor::Gateway("demo".to_owned())),
            (OrderStatus::Shipped, Actor::Staff("Ratna Dewi".to_owned())),
            (OrderStatus::Completed, Actor::Staff("Ratna Dewi".to_owned())),
        ]
    );
}

/// Pitfall M6.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_shipped_order_cannot_be_called_off(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.paid_order(shirt, 1).await;
    let order_id = shop.id(&placed).await;
    let request = ShipOrder::all(order_id, "");
    orders::ship(&shop, &shop.owner, request.clone()).await.unwrap();

    let cancel = CancelOrder { order_id, reason: "changed my mind".to_owned() };
    let refused = orders::cancel(&shop, &shop.owner, cancel).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::IllegalMove { .. })), "{refused:?}");
    let twice = orders::ship(&shop, &shop.owner, request).await.unwrap_err();
    assert!(matches!(twice, Error::Refused(Message::IllegalMove { .. })), "{twice:?}");
    assert_eq!(shop.stock(shirt).await, (4, 0));
}

/// Checklist 34. Checklist 76. Pitfall M6.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn calling_off_gives_units_back_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let unpaid = shop.order(shirt, 2, PaymentMethod::Demo).await.unwrap();
    let paid = shop.paid_order(shirt, 1).await;
    assert_eq!(shop.stock(shirt).await, (4, 2));

    for placed in [&unpaid, &paid] {
        let request = CancelOrder { order_id: shop.id(placed).await, reason: "out of cloth".to_owned() };
        let cancelled = orders::cancel(&shop, &shop.owner, request.clone()).await.unwrap();
        assert_eq!(cancelled.status, OrderStatus::Cancelled);
        assert_eq!(cancelled.history.last().unwrap().note.as_deref(), Some("out of cloth"));
        assert!(orders::cancel(&shop, &shop.owner, request).await.is_err());
    }

    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.assert_stock_adds_up().await;
}

/// Checklist 74. Checklist 83.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_that_nobody_paid_ends_after_a_day(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 2, PaymentMethod::Demo).await.unwrap();

    shop.clock().advance(TimeDelta::hours(23));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.detail(&placed).await.status, OrderStatus::PendingPayment);
    shop.clock().advance(TimeDelta::hours(2));
    jobs::run_due_work(&shop).await.unwrap();
    jobs::run_due_work(&shop).await.unwrap();

    let detail = shop.detail(&placed).await;
    assert_eq!(detail.status, OrderStatus::Cancelled);
    assert_eq!(detail.history.last().unwrap().actor, Actor::Job("expire_unpaid_orders".to_owned()));
    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_stranger_is_told_that_the_order_does_not_exist(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let other = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();

    for (number, token) in [
        (placed.number.as_str(), "wrong"),
        (&placed.number, &other.access_token),
        ("ET-00000000", &placed.access_token),
    ] {
        let refused = orders::show(&shop, number, token).await.unwrap_err();
        assert!(matches!(refused, Error::NotFound(Message::NoSuchOrder)), "{refused:?}");
    }
    let unknown = orders::detail(&shop, &shop.owner, OrderId::new(999)).await.unwrap_err();
    assert!(matches!(unknown, Error::NotFound(Message::NoSuchOrder)));
}

/// Pitfall P3.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_list_finds_counts_and_pages(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 100).await;
    for _ in 0..27 {
        shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    }
    let unpaid = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let list = |status, search: &str, page| ListOrders {
        status,
        needs_review: false,
        search: Some(search.to_owned()),
        page: PageNumber::new(page),
    };

    let all = orders::page(&shop, &shop.owner, list(None, "", 1)).await.unwrap();
    assert_eq!((all.rows.len(), all.position.total), (25, 28));
    assert_eq!(all.rows[0].number, unpaid.number, "newest first");
    let rest = orders::page(&shop, &shop.owner, list(None, "", 2)).await.unwrap();
    assert_eq!(rest.rows.len(), 3);
    let waiting = orders::page(&shop, &shop.owner, list(Some(OrderStatus::PendingPayment), "", 1)).await.unwrap();
    assert_eq!(waiting.rows.iter().map(|row| &row.number).collect::<Vec<_>>(), [&unpaid.number]);
    assert!(all.counts.contains(&(OrderStatus::Processing, 27)));

    let found = orders::page(&shop, &shop.owner, list(None, &unpaid.number[3..], 1)).await.unwrap();
    assert_eq!(found.position.total, 1);
    for nothing in ["%", "_", "' or ''='", "\\"] {
        let found = orders::page(&shop, &shop.owner, list(None, nothing, 1)).await.unwrap();
        assert_eq!(found.position.total, 0, "{nothing}");
    }
}

/// Money that does not fit can belong to an order in any status; the list finds it in each.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_list_finds_the_orders_whose_payment_a_person_must_look_at(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 20).await;
    shop.paid_order(shirt, 1).await;
    shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let other_amount = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let mut wrong = TestShop::notification(&other_amount, GatewayOutcome::Paid);
    wrong.amount = Money::minor(1);
    shop.notify(&wrong).await.unwrap();
    let late = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    shop.notify(&TestShop::notification(&late, GatewayOutcome::Paid)).await.unwrap();
    let cancel = CancelOrder { order_id: shop.id(&late).await, reason: "out of cloth".to_owned() };
    orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    // This gateway never heard of the payment, so that it refuses the refund.
    let _gateway = RealGateway::of(&shop);
    jobs::run_due_work(&shop).await.unwrap();

    let list = async |status, needs_review, search: &str| {
        let search = Some(search.to_owned());
        let request = ListOrders { status, needs_review, search, page: PageNumber::FIRST };
        orders::page(&shop, &shop.owner, request).await.unwrap()
    };
    let numbers = |page: &OrderPage| page.rows.iter().map(|row| row.number.clone()).collect::<Vec<_>>();

    let all = list(None, false, "").await;
    assert_eq!((all.position.total, all.needs_review), (4, 2));
    let marked = list(None, true, "").await;
    assert_eq!(numbers(&marked), [late.number.clone(), other_amount.number.clone()], "newest first");
    assert_eq!((marked.position.total, marked.needs_review), (2, 2));
    assert!(marked.counts.contains(&(OrderStatus::PendingPayment, 1)), "{:?}", marked.counts);
    assert!(marked.counts.contains(&(OrderStatus::Processing, 0)), "{:?}", marked.counts);
    let waiting = list(Some(OrderStatus::PendingPayment), true, "").await;
    assert_eq!((numbers(&waiting), waiting.position.total), (vec![other_amount.number], 1));
    assert_eq!(list(Some(OrderStatus::Processing), true, "").await.position.total, 0);
    let found = list(None, true, &late.number).await;
    assert_eq!((numbers(&found), found.needs_review), (vec![late.number], 1));
}

/// Pitfall M6.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_payment_and_a_cancellation_at_once_leave_one_of_both(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 20).await;
    for _ in 0..10 {
        let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
        let order_id = shop.id(&placed).await;
        let notification = TestShop::notification(&placed, GatewayOutcome::Paid);
        let request = CancelOrder { order_id, reason: "race".to_owned() };
        let (paid, cancelled) = tokio::join!(shop.notify(&notification), orders::cancel(&shop, &shop.owner, request));
        paid.unwrap();
        // Cancelling may come first or second; both are legal moves. Either way the money goes back.
        assert!(cancelled.is_ok(), "{cancelled:?}");
        let detail = shop.detail(&placed).await;
        assert_eq!(detail.status, OrderStatus::Cancelled);
        assert_eq!((detail.balance.paid, detail.balance.left()), (placed.totals.total, Money::ZERO));
    }
    assert_eq!(shop.stock(shirt).await, (20, 0));
    shop.assert_stock_adds_up().await;
}

/// Checklist 76. Pitfall M6. Staff have steps and no statuses: none moves an unpaid order on, none revives one that
/// ended, and none touches the counters when it is refused.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn staff_move_an_order_along_its_life_and_no_other_way(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let unpaid = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let (off, done) = (shop.paid_order(shirt, 1).await, shop.paid_order(shirt, 1).await);
    let ids = [shop.id(&unpaid).await, shop.id(&off).await, shop.id(&done).await];
    let ship = |order_id| orders::ship(&shop, &shop.owner, ShipOrder::all(order_id, ""));
    let complete = |order_id| orders::complete(&shop, &shop.owner, CompleteOrder { order_id });
    let cancel =
        |order_id| orders::cancel(&shop, &shop.owner, CancelOrder { order_id, reason: "out of cloth".to_owned() });
    cancel(ids[1]).await.unwrap();
    ship(ids[2]).await.unwrap();
    complete(ids[2]).await.unwrap();
    let stock = shop.stock(shirt).await;
    assert_eq!(stock, (8, 1));

    let statuses = [OrderStatus::PendingPayment, OrderStatus::Cancelled, OrderStatus::Completed];
    for (order_id, status) in ids.into_iter().zip(statuses) {
        let mut refusals = vec![ship(order_id).await, complete(order_id).await];
        if status != OrderStatus::PendingPayment {
            refusals.push(cancel(order_id).await);
        }
        for refused in refusals {
            assert!(matches!(refused, Err(Error::Refused(Message::IllegalMove { .. }))), "{status}: {refused:?}");
        }
        assert_eq!(orders::detail(&shop, &shop.owner, order_id).await.unwrap().status, status);
        assert_eq!(shop.stock(shirt).await, stock, "{status}");
    }
    shop.assert_stock_adds_up().await;
}

/// One order that cannot be expired must not keep the others waiting.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_broken_order_does_not_hold_up_the_others(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let broken = shop.variant("BROKEN", 150_000, 5).await;
    let sound = shop.variant("SOUND", 150_000, 5).await;
    shop.order(broken, 1, PaymentMethod::Demo).await.unwrap();
    let other = shop.order(sound, 1, PaymentMethod::Demo).await.unwrap();
    sqlx::query("update stock set reserved = 0 where variant_id = ?")
        .bind(broken.get())
        .execute(&services::testing::database(&shop))
        .await
        .unwrap();

    shop.clock().advance(TimeDelta::hours(25));
    jobs::run_due_work(&shop).await.unwrap();

    assert_eq!(shop.detail(&other).await.status, OrderStatus::Cancelled);
    assert_eq!(shop.stock(sound).await, (5, 0));
}

/// Edge case 14. A number says nothing of how many orders there are, of when it was given, and of the next one.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn two_hundred_orders_have_numbers_that_tell_nothing(db: MySqlPool) {
    let shop = std::sync::Arc::new(TestShop::open(db).await);
    let shirt = shop.variant("SHIRT", 150_000, 200).await;
    let mut buyers = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let shop = std::sync::Arc::clone(&shop);
        buyers.spawn(async move {
            for _ in 0..25 {
                shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
            }
        });
    }
    buyers.join_all().await;

    let in_order = sqlx::query_scalar("select number from orders order by id");
    let numbers: Vec<String> = in_order.fetch_all(&services::testing::database(&shop)).await.unwrap();
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), 200);
    let drawn: Vec<Vec<char>> = numbers.iter().map(|n| n.strip_prefix("ET-").unwrap().chars().collect()).collect();
    for digits in &drawn {
        assert_eq!(digits.len(), 8);
        assert!(digits.iter().all(|c| "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(*c)), "{digits:?}");
    }
    // Of 32 letters, two hundred draws miss about none: no place stays the same, and none counts up.
    for place in 0..8 {
        let letters: BTreeSet<char> = drawn.iter().map(|digits| digits[place]).collect();
        assert!(letters.len() >= 24, "place {place} has only {letters:?}");
    }
    // Of two neighbours the later is the greater one half of the time; a hundred give or take thirty is never chance.
    let rises = numbers.windows(2).filter(|pair| pair[0] < pair[1]).count();
    assert!((70..130).contains(&rises), "{rises} of 199 rise");
}
