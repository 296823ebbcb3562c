//! The same key: the same order for what means the same, and a refusal for anything else.

use domain::checkout::PlaceOrder;
use domain::locale::Locale;
use domain::message::Message;
use domain::money::Money;
use domain::payments::PaymentMethod;
use domain::pricing::VoucherKind;
use services::{Error, checkout, settings, vouchers};
use sqlx::MySqlPool;

use crate::shop::{TestShop, request};
use crate::vouchers::voucher;

type Change = fn(&mut PlaceOrder);

/// A shop with pickup and two vouchers, and an order that uses each field.
async fn shop_and_order(db: MySqlPool) -> (TestShop, PlaceOrder) {
    let shop = TestShop::open(db).await;
    let mut wanted = shop.settings().await;
    wanted.delivery.pickup.enabled = true;
    wanted.delivery.pickup.address = domain::locale::Translated::same("Jl. Melati 5");
    settings::save(&shop, &shop.owner, wanted).await.unwrap();
    for code in ["HEMAT", "LAIN"] {
        let kind = VoucherKind::Fixed(Money::minor(1_000));
        vouchers::save(&shop, &shop.owner, voucher(code, kind)).await.unwrap();
    }
    let mut order = request(PaymentMethod::CashOnDelivery);
    order.email = "siti@example.com".to_owned();
    order.voucher_code = "HEMAT".to_owned();
    order.delivery_method = "courier".to_owned();
    order.shipping_address.line_2 = "Lantai 2".to_owned();
    (shop, order)
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_means_the_same_is_the_same_order(db: MySqlPool) {
    let (shop, order) = shop_and_order(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let key = shop.cart(shirt, 1).await;
    let first = checkout::place(&shop, &key, "k", order.clone()).await.unwrap();

    let changed = |change: Change| {
        let mut order = order.clone();
        change(&mut order);
        order
    };
    for (what, same) in [
        ("no choice of delivery", changed(|order| order.delivery_method = String::new())),
        ("the e-mail's case", changed(|order| order.email = " Siti@EXAMPLE.com ".to_owned())),
        ("the voucher's case", changed(|order| order.voucher_code = " hemat ".to_owned())),
        ("blanks around the name", changed(|order| order.shipping_address.name.push(' '))),
        ("blanks around the street", changed(|order| order.shipping_address.line_1.insert(0, ' '))),
        ("blanks around the second line", changed(|order| order.shipping_address.line_2 = "  Lantai 2 ".to_owned())),
        ("blanks around the city", changed(|order| order.shipping_address.city.push(' '))),
        ("another language", changed(|order| order.locale = Locale::English)),
        ("a total that was seen", changed(|order| order.expected_total = Some(Money::minor(1)))),
    ] {
        let again = checkout::place(&shop, &key, "k", same).await;
        assert_eq!(again.unwrap_or_else(|error| panic!("{what}: {error:?}")), first, "{what}");
    }
    assert_eq!(shop.count("select count(*) from orders").await, 1);

    // A second line of blanks is none.
    let mut order = order;
    order.shipping_address.line_2 = String::new();
    let key = shop.cart(shirt, 1).await;
    let first = checkout::place(&shop, &key, "k", order.clone()).await.unwrap();
    order.shipping_address.line_2 = "   ".to_owned();
    assert_eq!(checkout::place(&shop, &key, "k", order.clone()).await.unwrap(), first);

    // What is fetched goes nowhere, whatever else the form still held.
    order.delivery_method = "pickup".to_owned();
    let key = shop.cart(shirt, 1).await;
    let first = checkout::place(&shop, &key, "k", order.clone()).await.unwrap();
    order.shipping_address.city = "Medan".to_owned();
    assert_eq!(checkout::place(&shop, &key, "k", order).await.unwrap(), first);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn each_field_alone_makes_another_order_of_the_same_key(db: MySqlPool) {
    let (shop, order) = shop_and_order(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let key = shop.cart(shirt, 1).await;
    checkout::place(&shop, &key, "k", order.clone()).await.unwrap();

    let changes: [(&str, Change); 12] = [
        ("email", |order| order.email = "ayu@example.com".to_owned()),
        ("name", |order| order.shipping_address.name = "Ayu Lestari".to_owned()),
        ("phone", |order| order.shipping_address.phone = "081299999999".to_owned()),
        ("line_1", |order| order.shipping_address.line_1 = "Jl. Kenanga 9".to_owned()),
        ("line_2", |order| order.shipping_address.line_2 = "Lantai 3".to_owned()),
        ("no line_2", |order| order.shipping_address.line_2 = String::new()),
        ("city", |order| order.shipping_address.city = "Garut".to_owned()),
        ("province", |order| order.shipping_address.province = "Jawa Tengah".to_owned()),
        ("postal_code", |order| order.shipping_address.postal_code = "40999".to_owned()),
        ("payment_method", |order| order.payment_method = "demo".to_owned()),
        ("delivery_method", |order| order.delivery_method = "pickup".to_owned()),
        ("voucher_code", |order| order.voucher_code = "LAIN".to_owned()),
    ];
    for (field, change) in changes {
        let mut other = order.clone();
        change(&mut other);
        assert_ne!(other, order, "{field} was not changed");
        let refused = checkout::place(&shop, &key, "k", other).await.unwrap_err();
        assert!(matches!(refused, Error::Unusable(Message::KeyReused)), "{field}: {refused:?}");
    }
    assert_eq!(shop.count("select count(*) from orders").await, 1);
}
