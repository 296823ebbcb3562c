//! What a membership is good for: its percentage on every price, and free delivery.

use chrono::TimeDelta;
use domain::checkout::PlaceOrder;
use domain::message::Message;
use domain::money::{BasisPoints, Money};
use domain::payments::PaymentMethod;
use domain::pricing::VoucherKind;
use domain::shipping::{DeliveryMethod, Destination};
use services::checkout::Buyer;
use services::{Error, checkout, customers, orders, vouchers};
use sqlx::MySqlPool;

use crate::shop::{TestShop, account, request};
use crate::vouchers::voucher;

/// Where the parcels of these tests go.
const BANDUNG: Destination<'static> =
    Destination { province: "Jawa Barat", city: "Bandung", method: DeliveryMethod::Courier };

/// Checklist 38. Checklist 68.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_member_pays_less_and_the_order_keeps_why(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (_, yearly) = shop.two_plans().await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let siti = account(&shop, "siti@example.com").await;
    let key = customers::accounts::cart_key(&shop, &siti).await.unwrap();
    services::carts::set_line(&shop, &key, shirt, 2).await.unwrap();
    let buyer = Buyer { cart: &key, account: Some(siti.id) };
    let before = checkout::quote(&shop, buyer, &BANDUNG, "").await.unwrap().totals;
    assert_eq!((before.member_discount, before.total), (Money::ZERO, Money::minor(320_000)));

    shop.become_member(&siti, &yearly).await;

    let quote = checkout::quote(&shop, buyer, &BANDUNG, "").await.unwrap();
    assert_eq!(quote.totals.member_discount, Money::minor(30_000));
    assert_eq!(quote.totals.member_percent, BasisPoints::new(1_000));
    assert_eq!((quote.totals.delivery, quote.delivery_saved), (Money::ZERO, Money::minor(20_000)));
    let guest = checkout::quote(&shop, &key, &BANDUNG, "").await.unwrap();
    assert_eq!(guest.totals, before, "a cart alone is nobody's membership");

    // The price that was shown before is refused, and the price that was quoted stands on the order for good.
    let seen = PlaceOrder { expected_total: Some(before.total), ..request(PaymentMethod::CashOnDelivery) };
    let refused = checkout::place(&shop, buyer, "early", seen).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::TotalChanged { .. })), "{refused:?}");
    let seen = PlaceOrder { expected_total: Some(quote.totals.total), ..request(PaymentMethod::CashOnDelivery) };
    let placed = checkout::place(&shop, buyer, "once", seen).await.unwrap();
    shop.clock().advance(TimeDelta::days(400));
    let order = orders::show(&shop, &placed.number, &placed.access_token).await.unwrap();
    assert_eq!(order.totals, quote.totals);
    assert!(order.totals.is_exact());
    assert_eq!(order.lines[0].member_discount, Money::minor(30_000));
    let after = checkout::place(&shop, buyer, "once", request(PaymentMethod::CashOnDelivery)).await.unwrap();
    assert_eq!(after.totals, placed.totals, "the same key is the same order, member or not");
}

/// Checklist 59. The member's price counts for the voucher's minimum.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_vouchers_minimum_is_reached_after_the_members_discount(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let shirt = shop.variant("SHIRT", 100_000, 9).await;
    let siti = account(&shop, "siti@example.com").await;
    let mut hemat = voucher("HEMAT", VoucherKind::Fixed(Money::minor(10_000)));
    hemat.terms.minimum_purchase = Money::minor(100_000);
    vouchers::save(&shop, &shop.owner, hemat).await.unwrap();
    let key = customers::accounts::cart_key(&shop, &siti).await.unwrap();
    services::carts::set_line(&shop, &key, shirt, 1).await.unwrap();
    let buyer = Buyer { cart: &key, account: Some(siti.id) };
    checkout::quote(&shop, buyer, &BANDUNG, "HEMAT").await.unwrap();

    shop.become_member(&siti, &monthly).await;

    let refused = checkout::quote(&shop, buyer, &BANDUNG, "HEMAT").await.unwrap_err();
    assert!(matches!(&refused, Error::Invalid(fields) if fields[0].field == "voucher_code"), "{refused:?}");
    services::carts::set_line(&shop, &key, shirt, 2).await.unwrap();
    let totals = checkout::quote(&shop, buyer, &BANDUNG, "HEMAT").await.unwrap().totals;
    assert_eq!((totals.member_discount, totals.voucher_discount), (Money::minor(10_000), Money::minor(10_000)));
    assert_eq!(totals.total, Money::minor(200_000), "20 000 for the delivery: the monthly plan does not carry it");
}
