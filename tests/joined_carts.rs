//! A guest's cart becomes part of an account's at sign-in: nothing is held twice, sold twice or lost.

use chrono::TimeDelta;
use domain::catalog::VariantId;
use domain::customers::{Customer, SignInCustomer};
use domain::message::Message;
use domain::payments::PaymentMethod;
use domain::text::Password;
use services::customers::accounts;
use services::testing::database;
use services::{Error, carts, checkout, jobs};
use sqlx::MySqlPool;

use crate::shop::{SHOPPER_PASSWORD, TestShop, account, request};

async fn sign_in(shop: &TestShop, customer: &Customer, guest_cart: &str) {
    let asked = SignInCustomer { email: customer.email.clone(), password: Password::typed(SHOPPER_PASSWORD) };
    accounts::sign_in(shop, asked, Some(guest_cart)).await.unwrap();
}

async fn own(shop: &TestShop, customer: &Customer) -> String {
    accounts::cart_key(shop, customer).await.unwrap()
}

async fn units(shop: &TestShop, key: &str) -> Vec<(VariantId, u32)> {
    let cart = carts::show(shop, key).await.unwrap();
    cart.lines.iter().map(|line| (line.variant_id, line.quantity)).collect()
}

/// Checklist 28. Checklist 34. Edge case 7. Pitfall M4.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_guests_hold_moves_with_the_lines_and_is_the_buyers_own(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 5).await;
    let hat = shop.variant("HAT", 100, 9).await;
    let siti = account(&shop, "siti@example.com").await;
    let key = own(&shop, &siti).await;
    carts::set_line(&shop, &key, hat, 1).await.unwrap();
    let guest = shop.cart(shirt, 5).await;
    let open = checkout::open(&shop, &guest).await.unwrap();

    sign_in(&shop, &siti, &guest).await;

    assert_eq!(shop.stock(shirt).await, (5, 5), "held once");
    assert_eq!(units(&shop, &key).await, [(hat, 1), (shirt, 5)]);
    assert!(!carts::show(&shop, &key).await.unwrap().is_short(), "one's own hold does not stand in one's way");
    assert!(carts::show(&shop, &guest).await.unwrap().is_empty());
    let again = checkout::open(&shop, &key).await.unwrap();
    assert!(again.hold.unwrap().until <= open.hold.unwrap().until + TimeDelta::minutes(1));
    assert_eq!((shop.stock(shirt).await, shop.stock(hat).await), ((5, 5), (9, 1)));

    shop.clock().advance(TimeDelta::minutes(11));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!((shop.stock(shirt).await, shop.stock(hat).await), ((5, 0), (9, 0)), "released once");
    shop.assert_stock_adds_up().await;
}

/// Checklist 28.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn both_holds_become_one_and_what_is_too_much_is_released(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 40).await;
    let siti = account(&shop, "siti@example.com").await;
    let key = own(&shop, &siti).await;
    carts::set_line(&shop, &key, shirt, 15).await.unwrap();
    checkout::open(&shop, &key).await.unwrap();
    let guest = shop.cart(shirt, 12).await;
    checkout::open(&shop, &guest).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (40, 27));

    sign_in(&shop, &siti, &guest).await;

    assert_eq!(units(&shop, &key).await, [(shirt, 20)], "no more than one order may have");
    assert_eq!(shop.stock(shirt).await, (40, 20));
    shop.assert_stock_adds_up().await;
    sign_in(&shop, &siti, &guest).await;
    assert_eq!(shop.stock(shirt).await, (40, 20), "a second sign-in brings nothing twice");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn signing_in_makes_no_hold_longer_than_the_settings_allow(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 40).await;
    let siti = account(&shop, "siti@example.com").await;
    let key = own(&shop, &siti).await;
    carts::set_line(&shop, &key, shirt, 1).await.unwrap();
    checkout::open(&shop, &key).await.unwrap();
    for _ in 0..7 {
        shop.clock().advance(TimeDelta::minutes(8));
        checkout::open(&shop, &key).await.unwrap();
    }
    let guest = shop.cart(shirt, 1).await;
    checkout::open(&shop, &guest).await.unwrap();

    sign_in(&shop, &siti, &guest).await;

    let last = checkout::open(&shop, &key).await.unwrap().hold.unwrap();
    assert!(last.seconds_left <= 4 * 60, "56 of 60 minutes are over");
    shop.clock().advance(TimeDelta::minutes(5));
    assert_eq!(checkout::open(&shop, &key).await.unwrap().hold, None);
    assert_eq!(shop.stock(shirt).await, (40, 0));
    shop.assert_stock_adds_up().await;
}

/// The rest of a cart that held for as long as it may is no shorter in the account that it joins.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn signing_in_shortens_no_rest(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 40).await;
    let siti = account(&shop, "siti@example.com").await;
    let guest = shop.cart(shirt, 1).await;
    for _ in 0..8 {
        checkout::open(&shop, &guest).await.unwrap();
        shop.clock().advance(TimeDelta::minutes(8));
    }
    assert_eq!(checkout::open(&shop, &guest).await.unwrap().hold, None);

    sign_in(&shop, &siti, &guest).await;

    let key = own(&shop, &siti).await;
    assert_eq!(checkout::open(&shop, &key).await.unwrap().hold, None);
    shop.clock().advance(TimeDelta::minutes(10));
    assert_eq!(checkout::open(&shop, &key).await.unwrap().hold.unwrap().seconds_left, 600);
    shop.assert_stock_adds_up().await;
}

/// Checklist 28. Two lines whose sum is no amount of money would make a cart that no page can show.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_line_that_makes_the_sum_too_large_stays_behind(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (moon, sun, hat) =
        (shop.variant("MOON", 100, 9).await, shop.variant("SUN", 100, 9).await, shop.variant("HAT", 100, 9).await);
    sqlx::query("update variants set price_amount = 6000000000000000000 where sku in ('MOON', 'SUN')")
        .execute(&database(&shop))
        .await
        .unwrap();
    let siti = account(&shop, "siti@example.com").await;
    let key = own(&shop, &siti).await;
    carts::set_line(&shop, &key, moon, 1).await.unwrap();
    let guest = shop.cart(sun, 1).await;
    carts::set_line(&shop, &guest, hat, 2).await.unwrap();

    sign_in(&shop, &siti, &guest).await;

    assert_eq!(units(&shop, &key).await, [(moon, 1), (hat, 2)]);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_foreign_accounts_cart_is_nobodys_to_join(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 9).await;
    let siti = account(&shop, "siti@example.com").await;
    let budi = account(&shop, "budi@example.com").await;
    let key = own(&shop, &siti).await;
    carts::set_line(&shop, &key, shirt, 2).await.unwrap();

    for foreign in [key.as_str(), "no such cart"] {
        sign_in(&shop, &budi, foreign).await;
    }
    sign_in(&shop, &siti, &key).await;

    assert_eq!(units(&shop, &key).await, [(shirt, 2)]);
    assert_eq!(units(&shop, &own(&shop, &budi).await).await, []);
}

/// Two tabs of one browser, or two accounts: whoever is first has the guest's lines, and only once.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn two_devices_that_sign_in_at_once_with_one_cart_join_it_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 60).await;
    let siti = account(&shop, "siti@example.com").await;
    let budi = account(&shop, "budi@example.com").await;
    for round in 1..=6 {
        let guest = shop.cart(shirt, 2).await;
        if round % 2 == 0 {
            checkout::open(&shop, &guest).await.unwrap();
        }
        tokio::join!(sign_in(&shop, &siti, &guest), sign_in(&shop, &siti, &guest), sign_in(&shop, &budi, &guest),);
        let mut wanted = 0;
        for customer in [&siti, &budi] {
            wanted += carts::show(&shop, &own(&shop, customer).await).await.unwrap().units;
        }
        assert_eq!(wanted, 2 * round);
        shop.assert_stock_adds_up().await;
    }
    assert_eq!(shop.count("select cast(sum(quantity) as signed) from holds").await, 6);
}

/// The guest's tab places its order, opens its checkout and signs in, all at once.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn placing_while_joining_sells_every_unit_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 200).await;
    let siti = account(&shop, "siti@example.com").await;
    let key = own(&shop, &siti).await;
    for round in 0..10 {
        let guest = shop.cart(shirt, 3).await;
        let open = checkout::open(&shop, &guest).await.unwrap();
        let placing = checkout::place(&shop, &guest, &open.key, request(PaymentMethod::CashOnDelivery));
        let (placed, (), _) = tokio::join!(placing, sign_in(&shop, &siti, &guest), checkout::open(&shop, &guest));

        let (_, reserved) = shop.stock(shirt).await;
        match placed {
            Ok(placed) => {
                // The answer was lost, and the buyer sends again, signed in by now.
                let buyer = checkout::Buyer { cart: &key, account: Some(siti.id) };
                let wanted = request(PaymentMethod::CashOnDelivery);
                let again = checkout::place(&shop, buyer, &open.key, wanted).await.unwrap();
                assert_eq!(again.number, placed.number, "round {round}");
                assert_eq!((units(&shop, &key).await, reserved), (Vec::new(), 0), "round {round}");
            }
            Err(Error::Refused(Message::CartIsEmpty)) => {
                assert_eq!((units(&shop, &key).await, reserved), (vec![(shirt, 3)], 3), "round {round}");
                carts::set_line(&shop, &key, shirt, 0).await.unwrap();
                checkout::leave(&shop, &key).await.unwrap();
            }
            Err(other) => panic!("round {round}: {other:?}"),
        }
        shop.assert_stock_adds_up().await;
    }
}
