//! Vouchers of orders whose money comes late, fails, or does not come at all.

use chrono::TimeDelta;
use domain::checkout::PlacedOrder;
use domain::customers::Customer;
use domain::money::Money;
use domain::orders::OrderStatus;
use domain::payments::{GatewayOutcome, PaymentDecision, PaymentMethod, SettlePayment};
use domain::vouchers::{Occasion, SaveVoucher, SwitchVoucher};
use services::checkout::Buyer;
use services::testing::database;
use services::{checkout, jobs, orders, payments, vouchers};
use sqlx::MySqlPool;

use super::using::{cancel, place, uses, wanted};
use super::{TENTH, save, voucher};
use crate::shop::{TestShop, account};
use crate::waiting::until_blocked;

/// Lets the time of every unpaid order run out.
async fn run_out(shop: &TestShop) {
    shop.clock().advance(TimeDelta::hours(25));
    // The last time was as late as this one, and planned the next for afterwards.
    sqlx::query("delete from job_schedule").execute(&database(shop)).await.unwrap();
    jobs::run_due_work(shop).await.unwrap();
    shop.clock().advance(TimeDelta::hours(-25));
}

async fn pay(shop: &TestShop, placed: &PlacedOrder) {
    shop.notify(&TestShop::notification(placed, GatewayOutcome::Paid)).await.unwrap();
}

/// An order with a voucher, as an account or by e-mail.
async fn order(shop: &TestShop, email: &str, account: Option<&Customer>, code: &str) -> PlacedOrder {
    let cart = shop.cart(shop.by_sku("SHIRT").await, 1).await;
    let buyer = Buyer { cart: &cart, account: account.map(|account| account.id) };
    checkout::place(shop, buyer, "once", wanted(email, code, PaymentMethod::Demo)).await.unwrap()
}

async fn standing(shop: &TestShop) -> i64 {
    shop.count("select count(*) from orders where status <> 'cancelled'").await
}

/// Every order that stands uses its voucher, and no other does.
async fn assert_uses_follow_orders(shop: &TestShop) {
    let stray = "select count(*) from voucher_uses u join orders o on o.id = u.order_id
                 where (o.status = 'cancelled') <> (u.given_back_at is not null)";
    assert_eq!(shop.count(stray).await, 0);
    uses(shop).await;
}

/// Pitfall M5. Edge case 11. Edge case 13. The order goes on with its discount, and its voucher counts again: once, and
/// it comes back once more when the order is called off.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn late_money_uses_a_voucher_again_that_is_still_free(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    let personal = SaveVoucher { is_personal: true, occasion: Some(Occasion::Welcome), ..voucher("GIFT", TENTH) };
    save(&shop, personal).await;
    let strict = SaveVoucher { total_limit: Some(1), customer_limit: Some(1), ..voucher("ONCE", TENTH) };
    save(&shop, SaveVoucher { first_order_only: true, ..strict }).await;
    let siti = account(&shop, "siti@example.com").await;

    for (code, account) in [("ONCE", None), ("GIFT", Some(&siti))] {
        let placed = order(&shop, "siti@example.com", account, code).await;
        run_out(&shop).await;
        assert_eq!(uses(&shop).await, 0, "{code}");

        for _ in 0..2 {
            pay(&shop, &placed).await;
        }

        let detail = shop.detail(&placed).await;
        assert_eq!((detail.status, detail.refunds.len()), (OrderStatus::Processing, 0), "{code}");
        assert_eq!((detail.totals, uses(&shop).await), (placed.totals, 1), "{code}");
        let gifts = "select count(*) from customer_vouchers where used_by_order is not null";
        assert_eq!(shop.count(gifts).await, i64::from(account.is_some()), "{code}");
        assert_uses_follow_orders(&shop).await;
        cancel(&shop, &placed).await.unwrap();
        assert_eq!((uses(&shop).await, shop.count(gifts).await), (0, 0), "{code}");
        assert_uses_follow_orders(&shop).await;
    }
    shop.assert_stock_adds_up().await;
}

/// Pitfall M5. Edge case 11. Edge case 13. Somebody else has used it meanwhile, or the buyer in another order: one order
/// stands, and the money of the other goes back.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn late_money_goes_back_when_the_voucher_was_used_up_meanwhile(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    save(&shop, SaveVoucher { total_limit: Some(1), ..voucher("TOTAL", TENTH) }).await;
    save(&shop, SaveVoucher { customer_limit: Some(1), ..voucher("EACH", TENTH) }).await;
    save(&shop, SaveVoucher { first_order_only: true, ..voucher("FIRST", TENTH) }).await;
    save(&shop, voucher("KEPT", TENTH)).await;
    let personal = SaveVoucher { is_personal: true, occasion: Some(Occasion::Welcome), ..voucher("GIFT", TENTH) };
    save(&shop, personal).await;
    let siti = account(&shop, "siti@example.com").await;
    vouchers::claim(&shop, &siti, "KEPT").await.unwrap();

    let (siti_s, ayu_s) = ("siti@example.com", "ayu@example.com");
    for (code, account, first, second) in [
        ("TOTAL", None, siti_s, ayu_s),
        ("EACH", None, ayu_s, ayu_s),
        ("FIRST", None, "budi@example.com", "budi@example.com"),
        ("GIFT", Some(&siti), siti_s, siti_s),
        ("KEPT", Some(&siti), siti_s, siti_s),
    ] {
        let (before, stood) = (uses(&shop).await, standing(&shop).await);
        let late = order(&shop, first, account, code).await;
        run_out(&shop).await;
        let other = order(&shop, second, account, code).await;
        pay(&shop, &other).await;

        pay(&shop, &late).await;

        let detail = shop.detail(&late).await;
        assert_eq!((detail.status, detail.balance.left()), (OrderStatus::Cancelled, Money::ZERO), "{code}");
        let [refund] = detail.refunds.as_slice() else { panic!("{code}: {:?}", detail.refunds) };
        assert_eq!(refund.amount, late.totals.total, "{code}");
        assert_eq!(shop.detail(&other).await.status, OrderStatus::Processing, "{code}");
        assert_eq!((uses(&shop).await, standing(&shop).await), (before + 1, stood + 1), "{code}");
        assert_uses_follow_orders(&shop).await;
    }
    assert_eq!(shop.stock(shirt).await, (4, 0), "what was refused has taken no unit");
    shop.assert_stock_adds_up().await;
}

/// The owner's word counts for late money as for a new order.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn late_money_goes_back_when_the_voucher_was_switched_off(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    let saved = save(&shop, voucher("HEMAT", TENTH)).await;
    let placed = order(&shop, "siti@example.com", None, "HEMAT").await;
    run_out(&shop).await;
    let off = SwitchVoucher { voucher_id: saved.voucher.id, version: saved.version, is_active: false };
    vouchers::switch(&shop, &shop.owner, off).await.unwrap();

    pay(&shop, &placed).await;

    let detail = shop.detail(&placed).await;
    assert_eq!((detail.status, detail.balance.left()), (OrderStatus::Cancelled, Money::ZERO));
    assert_uses_follow_orders(&shop).await;
}

/// Pitfall M5. Edge case 13. Late money for several orders that had the last use one after the other, and new buyers who
/// want it, all at once: one order has it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn late_money_and_new_buyers_at_once_use_the_last_of_a_voucher_once(db: MySqlPool) {
    let shop = std::sync::Arc::new(TestShop::open(db).await);
    let shirt = shop.variant("SHIRT", 150_000, 60).await;
    save(&shop, SaveVoucher { total_limit: Some(1), ..voucher("ONCE", TENTH) }).await;
    let mut late = Vec::new();
    for number in 0..6 {
        late.push(order(&shop, &format!("late{number}@example.com"), None, "ONCE").await);
        run_out(&shop).await;
    }

    let mut crowd = tokio::task::JoinSet::new();
    for placed in late {
        let shop = std::sync::Arc::clone(&shop);
        crowd.spawn(async move { pay(&shop, &placed).await });
    }
    for number in 0..6 {
        let shop = std::sync::Arc::clone(&shop);
        crowd.spawn(async move {
            let cart = shop.cart(shirt, 1).await;
            let order = wanted(&format!("new{number}@example.com"), "ONCE", PaymentMethod::CashOnDelivery);
            drop(place(&shop, &cart, order).await);
        });
    }
    crowd.join_all().await;

    assert_eq!((standing(&shop).await, uses(&shop).await), (1, 1));
    assert_eq!(shop.stock(shirt).await, (59, 0));
    let kept = "select count(*) from payments p join orders o on o.id = p.order_id
                where p.status = 'paid' and o.status = 'cancelled'
                  and not exists (select 1 from refunds r where r.payment_id = p.id and r.amount = p.amount)";
    assert_eq!(shop.count(kept).await, 0, "the money of every other order goes back");
    assert_uses_follow_orders(&shop).await;
    shop.assert_stock_adds_up().await;
}

/// Pitfall M18. Edge case 6. A customer comes before the order, as where orders are placed: for money that comes by itself,
/// and for money of another amount that a person counts.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn late_money_locks_the_customer_before_the_order(db: MySqlPool) {
    let shop = std::sync::Arc::new(TestShop::open(db).await);
    shop.variant("SHIRT", 150_000, 9).await;
    save(&shop, voucher("HEMAT", TENTH)).await;
    let by_itself = order(&shop, "siti@example.com", None, "HEMAT").await;
    let by_a_person = order(&shop, "siti@example.com", None, "HEMAT").await;
    let mut wrong = TestShop::notification(&by_a_person, GatewayOutcome::Paid);
    wrong.amount = Money::minor(1);
    run_out(&shop).await;
    shop.notify(&wrong).await.unwrap();
    assert_eq!(uses(&shop).await, 0);
    let order_id = shop.id(&by_a_person).await;
    let payment_id = orders::detail(&shop, &shop.owner, order_id).await.unwrap().to_check[0].id;

    for (placed, is_by_itself) in [(by_itself, true), (by_a_person, false)] {
        let mut hand = database(&shop).begin().await.unwrap();
        sqlx::query("select id from customers for update").fetch_all(&mut *hand).await.unwrap();
        let (at, late) = (std::sync::Arc::clone(&shop), placed.clone());
        let money = tokio::spawn(async move {
            if is_by_itself {
                pay(&at, &late).await;
            } else {
                let (decision, reason) = (PaymentDecision::Count, "sudah dicek di bank".to_owned());
                let request = SettlePayment { payment_id, decision, reason };
                payments::settle_payment(&at, &at.owner, request).await.unwrap();
            }
        });
        until_blocked(&shop, 1).await;
        let free = sqlx::query("select id from orders for update nowait").fetch_all(&database(&shop)).await;
        assert!(free.is_ok(), "the order is locked before its customer: {free:?}");
        hand.rollback().await.unwrap();
        money.await.unwrap();
        assert_eq!(shop.detail(&placed).await.status, OrderStatus::Processing);
        assert_uses_follow_orders(&shop).await;
    }
    assert_eq!(uses(&shop).await, 2);
}

/// Checklist 63. Checklist 74. Pitfall M16. Edge case 13. An attempt that failed leaves the order to be paid, so that
/// the voucher stays with it; it comes back with the order's end, and others can use it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_failed_payment_keeps_the_voucher_until_the_order_ends(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    save(&shop, SaveVoucher { total_limit: Some(1), ..voucher("ONCE", TENTH) }).await;
    for (outcome, is_called_off) in
        [(GatewayOutcome::Failed, true), (GatewayOutcome::Failed, false), (GatewayOutcome::Expired, false)]
    {
        let placed = order(&shop, "siti@example.com", None, "ONCE").await;
        shop.notify(&TestShop::notification(&placed, outcome)).await.unwrap();

        assert_eq!(shop.detail(&placed).await.status, OrderStatus::PendingPayment, "{outcome}");
        assert_eq!(uses(&shop).await, 1, "{outcome}: it can still be paid at the price that it shows");
        let cart = shop.cart(shirt, 1).await;
        let order = wanted("ayu@example.com", "ONCE", PaymentMethod::Demo);
        place(&shop, &cart, order).await.unwrap_err();
        if is_called_off {
            cancel(&shop, &placed).await.unwrap()
        } else {
            run_out(&shop).await
        }

        assert_eq!(shop.detail(&placed).await.status, OrderStatus::Cancelled, "{outcome}");
        assert_eq!(uses(&shop).await, 0, "{outcome}");
        assert_uses_follow_orders(&shop).await;
    }
    let cart = shop.cart(shirt, 1).await;
    place(&shop, &cart, wanted("ayu@example.com", "ONCE", PaymentMethod::CashOnDelivery)).await.unwrap();
}
