//! How long one buyer may hold units: renewed for an hour at most, and anew only after a pause, however they come and go.

use chrono::TimeDelta;
use domain::catalog::VariantId;
use domain::checkout::Hold;
use domain::payments::PaymentMethod;
use services::{carts, checkout, jobs};
use sqlx::MySqlPool;

use crate::served::Served;
use crate::shop::{TestShop, checkout_form, request};

async fn wait(shop: &TestShop, minutes: i64) {
    shop.clock().advance(TimeDelta::minutes(minutes));
}

async fn open(shop: &TestShop, key: &str) -> Option<Hold> {
    checkout::open(shop, key).await.unwrap().hold
}

/// A cart that was at the till for so many minutes, without a pause.
async fn held_for(shop: &TestShop, shirt: VariantId, minutes: i64) -> String {
    let key = shop.cart(shirt, 2).await;
    open(shop, &key).await.unwrap();
    for _ in 0..minutes {
        wait(shop, 1).await;
        open(shop, &key).await;
    }
    key
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_hold_that_was_used_up_comes_back_only_after_a_rest(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let key = held_for(&shop, shirt, 59).await;
    assert!(open(&shop, &key).await.unwrap().seconds_left <= 60, "the last minute of the hour");
    assert_eq!(shop.stock(shirt).await, (5, 2));

    for _ in 0..10 {
        wait(&shop, 1).await;
        assert_eq!((open(&shop, &key).await, shop.stock(shirt).await), (None, (5, 0)));
        checkout::leave(&shop, &key).await.unwrap();
        jobs::run_due_work(&shop).await.unwrap();
    }
    wait(&shop, 1).await;
    assert_eq!((open(&shop, &key).await.unwrap().seconds_left, shop.stock(shirt).await), (600, (5, 2)), "rested");
    shop.assert_stock_adds_up().await;
}

/// Leaving, emptying the cart and letting the hold lapse are no ways around the bound.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn coming_back_goes_on_with_the_hold_that_was_left(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    let (left, emptied, lapsed) = (shop.cart(shirt, 2).await, shop.cart(shirt, 2).await, shop.cart(shirt, 2).await);
    for _ in 0..4 {
        for key in [&left, &emptied, &lapsed] {
            assert!(open(&shop, key).await.is_some());
        }
        checkout::leave(&shop, &left).await.unwrap();
        carts::set_line(&shop, &emptied, shirt, 0).await.unwrap();
        carts::set_line(&shop, &emptied, shirt, 2).await.unwrap();
        assert_eq!(shop.stock(shirt).await, (50, 2), "the third one holds on");
        for key in [&left, &emptied] {
            assert!(open(&shop, key).await.is_some());
        }
        wait(&shop, 14).await;
        jobs::run_due_work(&shop).await.unwrap();
        assert_eq!(shop.stock(shirt).await, (50, 0));
    }
    for key in [&left, &emptied, &lapsed] {
        let left = open(&shop, key).await.unwrap().seconds_left;
        assert!((3 * 60..=4 * 60).contains(&left), "56 minutes of the hour are over: {left}");
    }
    wait(&shop, 5).await;
    for key in [&left, &emptied, &lapsed] {
        assert_eq!(open(&shop, key).await, None);
    }
    assert_eq!(shop.stock(shirt).await, (50, 0));
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn whoever_leaves_early_loses_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let key = held_for(&shop, shirt, 3).await;

    checkout::leave(&shop, &key).await.unwrap();
    wait(&shop, 2).await;
    assert_eq!(open(&shop, &key).await.unwrap().seconds_left, 600);
    checkout::leave(&shop, &key).await.unwrap();
    wait(&shop, 10).await;
    for _ in 0..7 {
        assert_eq!(open(&shop, &key).await.unwrap().seconds_left, 600, "a pause begins a new hour");
        wait(&shop, 7).await;
    }
    // The page slept for a day, and no job ran: the old hour does not count any more.
    wait(&shop, 24 * 60).await;
    assert_eq!((open(&shop, &key).await.unwrap().seconds_left, shop.stock(shirt).await), (600, (5, 2)));
    shop.assert_stock_adds_up().await;
}

/// One key for all tabs of one order, whatever its hold went through, and another for the next.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_cart_that_rests_can_be_ordered_and_its_next_order_has_a_hold_and_a_key_of_its_own(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let key = held_for(&shop, shirt, 20).await;
    let first = checkout::open(&shop, &key).await.unwrap().key;
    for _ in 0..45 {
        wait(&shop, 1).await;
        assert_eq!(checkout::open(&shop, &key).await.unwrap().key, first);
    }
    assert_eq!(open(&shop, &key).await, None);

    let wanted = request(PaymentMethod::CashOnDelivery);
    let placed = checkout::place(&shop, &key, &first, wanted.clone()).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (3, 0), "the units were taken then and there");
    carts::set_line(&shop, &key, shirt, 1).await.unwrap();
    let next = checkout::open(&shop, &key).await.unwrap();
    assert_eq!(next.hold.unwrap().seconds_left, 600);
    assert_ne!(next.key, first);
    checkout::leave(&shop, &key).await.unwrap();
    let other = checkout::place(&shop, &key, &next.key, wanted).await.unwrap();
    assert_ne!(other.number, placed.number);
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_page_of_a_cart_that_rests_says_so_and_takes_the_order(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "2")]).await;
    for _ in 0..8 {
        assert!(siti.get("/checkout").await.text.contains("data-hold "));
        wait(&shop, 8).await;
    }

    let shown = siti.get("/checkout").await;
    assert_eq!(shown.status, 200);
    assert!(
        shown.text.contains("Waktu simpan barang sudah habis") && !shown.text.contains("data-hold "),
        "{}",
        shown.text
    );
    let key = shown.text.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let right = checkout_form(key, "320000", "place");
    let wrong = right.map(|(name, typed)| (name, if name == "phone" { "12" } else { typed }));
    let again = siti.post("/checkout", &wrong).await;
    assert_eq!(again.status, 422);
    assert!(
        again.text.contains("Jl. Melati 5") && again.text.contains("Waktu simpan barang sudah habis"),
        "{}",
        again.text
    );
    assert_eq!(siti.post("/checkout", &right).await.status, 303);
    assert_eq!(shop.stock(shirt).await, (3, 0));
    shop.stop().await;
}

/// Checklist 32. The offer that the page makes when the time is up: nothing typed is lost by taking it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn units_whose_time_ran_out_are_held_again_with_all_that_was_typed(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "2")]).await;
    let shown = siti.get("/checkout").await;
    let offer = shown.text.split("data-hold-again").next().unwrap().rsplit('<').next().unwrap();
    assert!(offer.starts_with("button") && offer.contains("form=\"checkout\""), "{offer}");
    assert!(offer.contains("name=\"do\" value=\"hold\""), "{offer}");

    wait(&shop, 11).await;
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (5, 0), "the time is up");
    let key = shown.text.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let again = siti.post("/checkout", &checkout_form(key, "320000", "hold")).await;
    assert_eq!((again.status, shop.stock(shirt).await), (200, (5, 2)), "{again:?}");
    assert!(again.text.contains("data-hold ") && again.text.contains("Jl. Melati 5"), "{}", again.text);
    assert_eq!(shop.count("select count(*) from orders").await, 0);
    shop.stop().await;
}
