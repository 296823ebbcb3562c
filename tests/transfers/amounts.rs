//! What is asked for and what came: digits that tell orders apart, another amount, and money that goes back.

use domain::checkout::PlacedOrder;
use domain::message::Message;
use domain::money::Money;
use domain::orders::{CancelOrder, OrderStatus};
use domain::payments::{CountTransfer, PaymentMethod, PaymentStatus, RefundDecision, RefundStatus, SettleRefund};
use services::{Error, jobs, orders, payments, settings};
use sqlx::MySqlPool;

use super::{PDF, asked, refused_as};
use crate::served::Served;
use crate::shop::TestShop;

/// What came is what counts, to the rupiah.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn digits_tell_orders_apart_and_another_amount_is_for_a_person(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 30).await;
    shop.takes_transfers(true).await;
    let mut orders = Vec::new();
    for _ in 0..12 {
        orders.push(shop.by_transfer().await);
    }
    let mut sums = std::collections::BTreeSet::new();
    for placed in &orders {
        let order = shop.detail(placed).await;
        assert_eq!(order.totals.total, Money::minor(170_000), "the price stays");
        assert!(sums.insert(asked(&order)), "no two are the same");
    }
    let count = async |placed: &PlacedOrder, came: i64| {
        let request = CountTransfer { order_id: shop.id(placed).await, came: Money::minor(came) };
        payments::count_transfer(&shop, &shop.owner, request).await
    };

    // With its digits, without them, and neither.
    let with = asked(&shop.detail(&orders[0]).await);
    let paid = count(&orders[0], with).await.unwrap();
    assert_eq!((paid.status, paid.balance.paid), (OrderStatus::Processing, Money::minor(with)));
    let again = count(&orders[0], with).await.unwrap_err();
    assert!(matches!(again, Error::Refused(Message::NothingToPay)), "{again:?}");
    let without = count(&orders[1], 170_000).await.unwrap();
    assert_eq!((without.status, without.balance.paid), (OrderStatus::Processing, Money::minor(170_000)));
    let less = count(&orders[2], 100_000).await.unwrap();
    assert_eq!((less.status, less.payment_status), (OrderStatus::PendingPayment, Some(PaymentStatus::NeedsReview)));
    assert_eq!(less.to_check[0].came.unwrap().0, Money::minor(100_000));
    assert!(refused_as(&shop.send(&orders[2], PDF).await, &Message::NoProofWanted), "a person decides first");
    assert!(matches!(count(&orders[3], 0).await, Err(Error::Invalid(_))));

    // All that came goes back, by hand, when somebody says that it did.
    let cancel = CancelOrder { order_id: paid.id, reason: "habis".to_owned() };
    orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    jobs::run_due_work(&shop).await.unwrap();
    let waiting = shop.detail(&orders[0]).await;
    assert_eq!(waiting.refunds[0].amount, Money::minor(with), "the digits too");
    assert_eq!(waiting.refunds[0].status, RefundStatus::Failed, "no service can: a person must");
    let (refund_id, reason) = (waiting.refunds[0].id, "transfer BCA".to_owned());
    let by_hand = SettleRefund { refund_id, decision: RefundDecision::ByHand, reason };
    payments::settle_refund(&shop, &shop.owner, by_hand).await.unwrap();
    let back = shop.detail(&orders[0]).await;
    assert_eq!((back.balance.left(), back.refunds[0].status), (Money::ZERO, RefundStatus::Succeeded));
    shop.assert_stock_adds_up().await;
}

/// A shop without an account offers no transfer, and one that takes no transfers has no proofs.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_transfer_needs_an_account_and_no_other_order_takes_a_proof(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let mut wanted = shop.settings().await;
    wanted.payment_methods.push(PaymentMethod::BankTransfer);
    let refused = settings::save(&shop, &shop.owner, wanted).await.unwrap_err();
    assert_eq!(refused.fields()[0].field, "transfer.accounts");
    assert!(shop.order(shirt, 1, PaymentMethod::BankTransfer).await.is_err());

    shop.takes_transfers(false).await;
    let other = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    assert!(refused_as(&shop.send(&other, PDF).await, &Message::NoProofWanted));
    let request = CountTransfer { order_id: shop.id(&other).await, came: Money::minor(170_000) };
    assert!(payments::count_transfer(&shop, &shop.owner, request).await.is_err());
}

/// Nobody but its sender knows of a transfer that came too late.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn whoever_transferred_too_late_reads_what_to_do(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("SHIRT", 150_000, 5).await;
    shop.takes_transfers(false).await;
    let placed = shop.by_transfer().await;
    let at = |page: &str| format!("/orders/{}{page}?token={}", placed.number, placed.access_token);
    let siti = shop.visitor();
    shop.hours_pass(25).await;
    for page in ["", "/thanks"] {
        let told = siti.get(&at(page)).await.text;
        assert!(told.contains("Sudah telanjur transfer?"), "{told}");
    }
    let order_id = shop.id(&placed).await;
    payments::count_transfer(&shop, &shop.owner, CountTransfer { order_id, came: Money::minor(170_000) })
        .await
        .unwrap();
    let told = siti.get(&at("")).await.text;
    assert!(!told.contains("Sudah telanjur transfer?"), "{told}");
    shop.stop().await;
}
