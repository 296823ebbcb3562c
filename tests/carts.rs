//! What may happen to a cart.

use domain::catalog::VariantId;
use domain::message::Message;
use domain::money::Money;
use domain::problem::{FieldProblem, Shortage};
use services::{Error, carts};
use sqlx::MySqlPool;

use crate::shop::TestShop;

mod limits;
mod own_hold;
mod seen_prices;

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_cart_adds_up_what_it_wants(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 10).await;
    let hat = shop.variant("HAT", 49_000, 10).await;

    let key = shop.cart(shirt, 2).await;
    carts::add(&shop, &key, hat, 1).await.unwrap();
    let cart = carts::add(&shop, &key, hat, 2).await.unwrap();

    assert_eq!(cart.units, 5);
    assert_eq!(cart.subtotal, Money::minor(2 * 150_000 + 3 * 49_000));
    assert_eq!(cart, carts::show(&shop, &key).await.unwrap());
}

/// Checklist 26.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn nothing_of_a_line_removes_it(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 10).await;
    let key = shop.cart(shirt, 2).await;

    let cart = carts::set_line(&shop, &key, shirt, 0).await.unwrap();

    assert!(cart.is_empty());
}

/// Checklist 26.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn more_than_there_is_names_what_there_is(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 3).await;
    let key = shop.cart(shirt, 3).await;

    let refused = carts::add(&shop, &key, shirt, 1).await.unwrap_err();

    let Error::OutOfStock(shortages) = refused else { panic!("{refused:?}") };
    assert_eq!(shortages, [Shortage { variant_id: shirt, available: 3 }]);
    assert_eq!(carts::show(&shop, &key).await.unwrap().units, 3, "the cart stays as it was");
}

/// Checklist 30.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_quantity_beyond_the_variants_limit_is_no_quantity(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5_000).await;
    let key = carts::create(&shop).await.unwrap();

    for quantity in [21, 1_000_000_000, u32::MAX] {
        let refused = carts::set_line(&shop, &key, shirt, quantity).await.unwrap_err();
        let Error::Invalid(fields) = refused else { panic!("{refused:?}") };
        assert_eq!(fields, [FieldProblem::new("quantity", Message::NotAQuantity { most: 20 })]);
    }
    carts::set_line(&shop, &key, shirt, 20).await.unwrap();
    let refused = carts::add(&shop, &key, shirt, u32::MAX).await.unwrap_err();
    assert!(matches!(refused, Error::Invalid(_)), "adding must not wrap around");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_unknown_variant_and_a_foreign_cart_do_not_exist(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let key = carts::create(&shop).await.unwrap();

    let unknown = carts::set_line(&shop, &key, VariantId::new(999_999), 1).await.unwrap_err();
    assert!(matches!(unknown, Error::NotFound(Message::NoSuchVariant)));
    for foreign in ["", "1", "no-such-cart", "' or 1=1 --"] {
        let refused = carts::set_line(&shop, foreign, shirt, 1).await.unwrap_err();
        assert!(matches!(refused, Error::NotFound(Message::NoSuchCart)), "{foreign}");
    }
}

/// Checklist 27.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_short_line_is_marked_and_may_shrink(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let key = shop.cart(shirt, 5).await;
    let faster = shop.cart(shirt, 3).await;
    services::checkout::open(&shop, &faster).await.unwrap();

    let cart = carts::show(&shop, &key).await.unwrap();
    assert!(cart.is_short());
    assert_eq!(cart.lines[0].available, 2);

    let cart = carts::set_line(&shop, &key, shirt, 4).await.unwrap();
    assert!(cart.is_short(), "mending step by step is allowed");
    assert!(carts::set_line(&shop, &key, shirt, 5).await.is_err());
    assert!(!carts::set_line(&shop, &key, shirt, 2).await.unwrap().is_short());
}
