//! From a cart to an order.

use chrono::TimeDelta;
use domain::message::Message;
use domain::money::Money;
use domain::orders::OrderStatus;
use domain::payments::PaymentMethod;
use domain::problem::Shortage;
use services::{Error, carts, checkout, jobs};
use sqlx::MySqlPool;

use crate::shop::{TestShop, address, request};

mod codes;
mod rest;
mod same_key;

/// Checklist 31. Checklist 34. Checklist 84.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_open_checkout_holds_its_units_for_ten_minutes(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let key = shop.cart(shirt, 2).await;

    let open = checkout::open(&shop, &key).await.unwrap();

    assert_eq!(open.hold.unwrap().seconds_left, 600);
    assert_eq!(shop.stock(shirt).await, (5, 2));
    shop.clock().advance(TimeDelta::minutes(9));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (5, 2), "not yet");
    shop.clock().advance(TimeDelta::minutes(2));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.assert_stock_adds_up().await;
}

/// Checklist 27. Pitfall M4. Edge case 7. Neither in the cart, which may shrink and grow again, nor at the till.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn ones_own_hold_never_stands_in_ones_way(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 2).await;
    let key = shop.cart(shirt, 2).await;
    checkout::open(&shop, &key).await.unwrap();

    let cart = carts::show(&shop, &key).await.unwrap();
    assert_eq!((cart.is_short(), cart.lines[0].available), (false, 2));
    checkout::open(&shop, &key).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (2, 2), "renewed, not doubled");

    carts::set_line(&shop, &key, shirt, 1).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (2, 1), "a smaller cart holds less, at once");
    checkout::open(&shop, &key).await.unwrap();
    let grown = carts::add(&shop, &key, shirt, 1).await.unwrap();
    assert_eq!((grown.units, grown.is_short()), (2, false), "and may be changed at any time");
    checkout::open(&shop, &key).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (2, 2));
    shop.assert_stock_adds_up().await;
}

/// Checklist 34.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn leaving_gives_the_units_back(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 2).await;
    let key = shop.cart(shirt, 2).await;
    checkout::open(&shop, &key).await.unwrap();

    checkout::leave(&shop, &key).await.unwrap();
    checkout::leave(&shop, &key).await.unwrap();

    assert_eq!(shop.stock(shirt).await, (2, 0));
    shop.assert_stock_adds_up().await;
}

/// Checklist 31.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn holds_are_all_or_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let hat = shop.variant("HAT", 49_000, 1).await;
    let key = shop.cart(shirt, 2).await;
    carts::set_line(&shop, &key, hat, 1).await.unwrap();
    let faster = shop.cart(hat, 1).await;
    checkout::open(&shop, &faster).await.unwrap();

    let refused = checkout::open(&shop, &key).await.unwrap_err();

    let Error::OutOfStock(shortages) = refused else { panic!("{refused:?}") };
    assert_eq!(shortages, [Shortage { variant_id: hat, available: 0 }]);
    assert_eq!(shop.stock(shirt).await, (5, 0), "nothing is held of a checkout that cannot be");
}

/// Checklist 38. Checklist 43.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_costs_what_the_server_says(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;

    for (city, delivery) in [("Depok", 10_000), ("Surabaya", 20_000)] {
        let key = shop.cart(shirt, 2).await;
        let mut wanted = request(PaymentMethod::CashOnDelivery);
        wanted.shipping_address = address(city);
        let placed = checkout::place(&shop, &key, "k", wanted).await.unwrap();
        assert_eq!(placed.totals.subtotal, Money::minor(300_000));
        assert_eq!(placed.totals.delivery, Money::minor(delivery));
        assert_eq!(placed.totals.total, Money::minor(300_000 + delivery));
    }
}

/// Checklist 45.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_paid_at_the_door_is_sold_at_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;

    let placed = shop.order(shirt, 2, PaymentMethod::CashOnDelivery).await.unwrap();

    assert_eq!(placed.status, OrderStatus::Processing);
    assert_eq!(placed.payment, None);
    assert_eq!(shop.stock(shirt).await, (3, 0));
    shop.assert_stock_adds_up().await;
}

/// Pitfall M2.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_unpaid_order_keeps_its_units_reserved(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;

    let placed = shop.order(shirt, 2, PaymentMethod::Demo).await.unwrap();

    assert_eq!(placed.status, OrderStatus::PendingPayment);
    assert_eq!(shop.stock(shirt).await, (5, 2));
    shop.clock().advance(TimeDelta::minutes(30));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (5, 2), "the order's, no longer the checkout's");
    // The gateway is away, so our own page is where to pay.
    let redirect = placed.payment.unwrap().redirect_url;
    assert!(redirect.contains(&format!("/orders/{}/pay?token=", placed.number)), "{redirect}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_same_key_gives_the_same_order(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let key = shop.cart(shirt, 2).await;
    let wanted = request(PaymentMethod::CashOnDelivery);

    let first = checkout::place(&shop, &key, "k-1", wanted.clone()).await.unwrap();
    let again = checkout::place(&shop, &key, "k-1", wanted.clone()).await.unwrap();
    assert_eq!(first, again);

    let mut other = wanted.clone();
    other.email = "someone@example.com".to_owned();
    let refused = checkout::place(&shop, &key, "k-1", other).await.unwrap_err();
    assert!(matches!(refused, Error::Unusable(Message::KeyReused)), "{refused:?}");

    let empty = checkout::place(&shop, &key, "k-2", wanted).await.unwrap_err();
    assert!(matches!(empty, Error::Refused(Message::CartIsEmpty)), "{empty:?}");
    assert_eq!(shop.count("select count(*) from orders").await, 1);
    assert_eq!(shop.stock(shirt).await, (3, 0));
}

/// The first answer's commit may be seen before it is on the disk. A repeated answer waits for a commit of its own.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_repeated_answer_is_written_down_itself(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let key = shop.cart(shirt, 1).await;
    let wanted = request(PaymentMethod::CashOnDelivery);
    let written = "select cast(unix_timestamp(max(touched_at)) * 1000000 as signed) from carts";

    checkout::place(&shop, &key, "k-1", wanted.clone()).await.unwrap();
    let first = shop.count(written).await;
    checkout::place(&shop, &key, "k-1", wanted).await.unwrap();

    assert!(shop.count(written).await > first);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn two_tabs_that_place_at_once_place_one_order(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    let key = shop.cart(shirt, 2).await;
    let open = checkout::open(&shop, &key).await.unwrap();

    let tabs = (0..8).map(|_| {
        let (shop, key, once) = (Clone::clone(&*shop), key.clone(), open.key.clone());
        tokio::spawn(async move {
            checkout::place(&shop, &key, &once, request(PaymentMethod::CashOnDelivery)).await.unwrap().number
        })
    });
    let mut numbers = Vec::new();
    for tab in tabs.collect::<Vec<_>>() {
        numbers.push(tab.await.unwrap());
    }

    numbers.dedup();
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    assert_eq!(shop.count("select count(*) from orders").await, 1);
    assert_eq!(shop.stock(shirt).await, (48, 0));
}

/// Checklist 32.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_hold_that_ran_out_is_taken_anew_or_refused(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 2).await;
    let key = shop.cart(shirt, 2).await;
    checkout::open(&shop, &key).await.unwrap();
    shop.clock().advance(TimeDelta::minutes(11));
    jobs::run_due_work(&shop).await.unwrap();

    let late = shop.cart(shirt, 2).await;
    checkout::open(&shop, &late).await.unwrap();
    let refused = checkout::place(&shop, &key, "k", request(PaymentMethod::CashOnDelivery)).await.unwrap_err();
    assert!(matches!(refused, Error::OutOfStock(_)), "{refused:?}");
    assert_eq!(carts::show(&shop, &key).await.unwrap().units, 2, "nothing of the cart is lost");

    checkout::leave(&shop, &late).await.unwrap();
    checkout::place(&shop, &key, "k", request(PaymentMethod::CashOnDelivery)).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (0, 0));
    shop.assert_stock_adds_up().await;
}

/// Checklist 36.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_wrong_field_is_named_at_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 2).await;
    let key = shop.cart(shirt, 1).await;
    let mut wanted = request(PaymentMethod::Demo);
    wanted.email = "nobody".to_owned();
    wanted.payment_method = "gold".to_owned();
    wanted.shipping_address.phone = "1".to_owned();

    let refused = checkout::place(&shop, &key, "k", wanted).await.unwrap_err();

    let Error::Invalid(fields) = refused else { panic!("{refused:?}") };
    let names: Vec<_> = fields.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(names, ["email", "shipping_address.phone", "payment_method"]);
}

/// Checklist 35. Pitfall M3. Edge case 4.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn ten_units_and_sixty_buyers_make_ten_orders(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 10).await;
    let mut keys = Vec::new();
    for _ in 0..60 {
        keys.push(shop.cart(shirt, 1).await);
    }

    let buyers: Vec<_> = keys
        .into_iter()
        .map(|key| {
            let shop = Clone::clone(&*shop);
            tokio::spawn(async move { checkout::place(&shop, &key, "k", request(PaymentMethod::CashOnDelivery)).await })
        })
        .collect();
    let mut placed = 0;
    for buyer in buyers {
        match buyer.await.unwrap() {
            Ok(_) => placed += 1,
            Err(Error::OutOfStock(shortages)) => assert_eq!(shortages[0].variant_id, shirt),
            Err(other) => panic!("{other:?}"),
        }
    }

    assert_eq!(placed, 10);
    assert_eq!(shop.count("select count(*) from orders").await, 10);
    assert_eq!(shop.stock(shirt).await, (0, 0));
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn strange_texts_are_kept_as_they_are(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let names = ["Robert'); drop table orders;--", "<script>alert(1)</script>", "Ayu 🌸👩‍👩‍👧", "{{7*7}} ${7*7} %s"];

    for name in names {
        let key = shop.cart(shirt, 1).await;
        let mut wanted = request(PaymentMethod::CashOnDelivery);
        name.clone_into(&mut wanted.shipping_address.name);
        let placed = checkout::place(&shop, &key, "k", wanted).await.unwrap();
        assert_eq!(shop.detail(&placed).await.address.name.as_str(), name);
    }
}
