//! Money that a person must look at: whatever is wrong with it, somebody can decide, once, and the shop is all right again.

use domain::message::Message;
use domain::money::{Currency, Money};
use domain::orders::{CancelOrder, OrderDetail, OrderStatus};
use domain::payments::{
    GatewayOutcome, PaymentDecision, PaymentMethod, RefundDecision, RefundStatus, SettlePayment, SettleRefund,
};
use services::{Error, Result, jobs, memberships, orders, payments, reports};
use sqlx::MySqlPool;

use crate::gateway::RealGateway;
use crate::memberships::told;
use crate::shop::{TestShop, account};

impl TestShop {
    /// An order for which that much came instead of what was asked.
    async fn paid_wrongly(&self, came: i64, currency: Currency) -> OrderDetail {
        let shirt = self.by_sku("SHIRT").await;
        let placed = self.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
        let mut wrong = TestShop::notification(&placed, GatewayOutcome::Paid);
        (wrong.amount, wrong.currency) = (Money::minor(came), currency);
        self.notify(&wrong).await.unwrap();
        self.detail(&placed).await
    }

    async fn decide(&self, order: &OrderDetail, decision: PaymentDecision) -> Result<OrderDetail> {
        let payment_id =
            self.again(order).await.to_check.first().map_or(domain::id::PaymentId::new(0), |check| check.id);
        let reason = "sudah dicek di bank".to_owned();
        payments::settle_payment(self, &self.owner, SettlePayment { payment_id, decision, reason }).await?;
        Ok(self.again(order).await)
    }

    async fn again(&self, order: &OrderDetail) -> OrderDetail {
        orders::detail(self, &self.owner, order.id).await.unwrap()
    }

    async fn is_all_right(&self) -> bool {
        reports::dashboard(self, &self.owner).await.unwrap().needs_review.count() == 0
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn another_amount_counts_or_does_not_as_a_person_decides(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    // Too little is taken as it is, of too much the rest goes back: 170,000 was asked for.
    for (came, kept) in [(169_000, 169_000), (200_000, 170_000)] {
        let order = shop.paid_wrongly(came, Currency::Rupiah).await;
        assert_eq!(order.to_check[0].came, Some((Money::minor(came), Currency::Rupiah)));
        let paid = shop.decide(&order, PaymentDecision::Count).await.unwrap();
        assert_eq!(paid.status, OrderStatus::Processing);
        assert_eq!(paid.balance.left(), Money::minor(kept));
        assert_eq!(paid.to_check, []);
        let twice = shop.decide(&order, PaymentDecision::Count).await.unwrap_err();
        assert!(matches!(twice, Error::Refused(Message::NothingToCheck)), "{twice:?}");
    }
    assert_eq!(shop.stock(shirt).await, (7, 0));

    let foreign = shop.paid_wrongly(170_000, Currency::Dollar).await;
    let refused = shop.decide(&foreign, PaymentDecision::Count).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::CannotCount)), "{refused:?}");
    let off = shop.decide(&foreign, PaymentDecision::Dismiss).await.unwrap();
    assert_eq!((off.status, off.balance.paid), (OrderStatus::PendingPayment, Money::ZERO), "it can still be paid");
    assert!(shop.is_all_right().await);
    shop.assert_stock_adds_up().await;
}

/// Whoever decides late finds an order that is over: the money goes back, and no unit is sold twice.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_that_counts_after_the_end_goes_back(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 1).await;
    let order = shop.paid_wrongly(180_000, Currency::Rupiah).await;
    let cancel = CancelOrder { order_id: order.id, reason: "habis".to_owned() };
    orders::cancel(&shop, &shop.owner, cancel).await.unwrap();

    let over = shop.decide(&order, PaymentDecision::Count).await.unwrap();
    assert_eq!((over.status, over.balance.left()), (OrderStatus::Cancelled, Money::ZERO));
    assert_eq!(over.refunds.iter().map(|refund| refund.amount).collect::<Vec<_>>(), [Money::minor(180_000)]);
    assert_eq!(shop.stock(shirt).await, (1, 0));
}

/// A hundred hands decide at once: one does.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_payment_is_decided_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    let order = shop.paid_wrongly(200_000, Currency::Rupiah).await;
    let payment_id = order.to_check[0].id;
    let mut hands = tokio::task::JoinSet::new();
    for hand in 0..20 {
        let (at, owner) = (services::Shop::clone(&shop), shop.owner.clone());
        let decision = if hand % 2 == 0 { PaymentDecision::Count } else { PaymentDecision::Dismiss };
        hands.spawn(async move {
            let request = SettlePayment { payment_id, decision, reason: "sudah dicek".to_owned() };
            payments::settle_payment(&at, &owner, request).await.is_ok()
        });
    }
    let done = hands.join_all().await.into_iter().filter(|is_done| *is_done).count();
    assert_eq!(done, 1);
    assert_eq!(shop.count("select count(*) from audit where action = 'settle_payment'").await, 1);
    let after = shop.again(&order).await;
    assert!(after.refunds.len() <= 1, "{:?}", after.refunds);
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_refund_that_was_refused_is_asked_for_again_or_paid_by_hand(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let gateway = RealGateway::of(&shop);
    // The gateway knows nothing of these payments, and says so.
    let (one, other) = (shop.paid_order(shirt, 1).await, shop.paid_order(shirt, 1).await);
    let mut refunds = Vec::new();
    for placed in [&one, &other] {
        let cancel = CancelOrder { order_id: shop.id(placed).await, reason: "habis".to_owned() };
        orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
        jobs::run_due_work(&shop).await.unwrap();
        shop.clock().advance(chrono::TimeDelta::seconds(10));
        jobs::run_due_work(&shop).await.unwrap();
        let refund = shop.detail(placed).await.refunds.remove(0);
        assert_eq!(refund.status, RefundStatus::Failed);
        refunds.push(refund.id);
    }
    assert!(!shop.is_all_right().await);
    let settle = async |refund_id, decision| {
        let reason = "transfer BCA 12 Mei".to_owned();
        payments::settle_refund(&shop, &shop.owner, SettleRefund { refund_id, decision, reason }).await
    };

    settle(refunds[0], RefundDecision::ByHand).await.unwrap();
    let by_hand = shop.detail(&one).await;
    assert_eq!((by_hand.refunds[0].status, by_hand.refunds[0].by_hand), (RefundStatus::Succeeded, true));
    assert_eq!(by_hand.balance.left(), Money::ZERO);
    settle(refunds[1], RefundDecision::Again).await.unwrap();
    shop.clock().advance(chrono::TimeDelta::seconds(10));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.detail(&other).await.refunds[0].status, RefundStatus::Failed, "it was asked, and refused again");
    for (refund, why) in [(refunds[0], "it is done"), (domain::id::RefundId::new(999), "there is none")] {
        let refused = settle(refund, RefundDecision::ByHand).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(Message::NothingToCheck)), "{why}: {refused:?}");
    }
    settle(refunds[1], RefundDecision::ByHand).await.unwrap();
    assert!(shop.is_all_right().await);
    assert_eq!(shop.count("select count(*) from mail_outbox where kind = 'refund_succeeded'").await, 2);
    gateway.back_to(&shop);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_of_a_membership_is_decided_about_too(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let purchase = shop.ask_for(&siti, &monthly).await.unwrap();
    shop.go_to_pay(&siti, &purchase).await;
    let mut wrong = told(&purchase, 1, GatewayOutcome::Paid);
    wrong.amount = Money::minor(30_000);
    shop.notify(&wrong).await.unwrap();
    assert_eq!(reports::dashboard(&shop, &shop.owner).await.unwrap().needs_review.memberships, 1);
    let all = domain::memberships::ListPurchases {
        status: None,
        needs_review: true,
        search: None,
        page: domain::page::PageNumber::FIRST,
    };
    let waits = memberships::purchases(&shop, &shop.owner, all).await.unwrap().rows.remove(0);
    let request = SettlePayment {
        payment_id: waits.to_check[0].id,
        decision: PaymentDecision::Count,
        reason: "seribu lebih".to_owned(),
    };
    payments::settle_payment(&shop, &shop.owner, request).await.unwrap();
    assert!(shop.membership(&siti).await.is_some());
    let back = "select cast(coalesce(sum(amount), 0) as signed) from refunds";
    assert_eq!(shop.count(back).await, 1_000, "what was too much goes back");
    assert!(shop.is_all_right().await);
}
