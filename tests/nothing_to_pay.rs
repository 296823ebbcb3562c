//! Orders and purchases that cost nothing wait for no money, and money of nothing goes nowhere.

use domain::checkout::{PlaceOrder, PlacedOrder};
use domain::memberships::{PurchaseStatus, SavePlan};
use domain::money::Money;
use domain::orders::{CancelOrder, OrderStatus};
use domain::payments::{GatewayOutcome, PaymentMethod};
use domain::pricing::VoucherKind;
use services::{checkout, jobs, memberships, orders, payments, vouchers};
use sqlx::MySqlPool;

use crate::memberships::plan;
use crate::shop::{TestShop, account, request};
use crate::vouchers::voucher;

/// An order whose voucher pays for the goods and which is fetched.
async fn free_order(shop: &TestShop) -> PlacedOrder {
    let shirt = shop.by_sku("SHIRT").await;
    let settings = shop.settings().await;
    let mut delivery = settings.delivery.clone();
    delivery.pickup.enabled = true;
    delivery.pickup.address = domain::locale::Translated::same("Jl. Melati 5");
    let wanted = domain::settings::Settings { delivery, ..settings };
    services::settings::save(shop, &shop.owner, wanted).await.unwrap();
    let all = voucher("SEMUA", VoucherKind::Fixed(Money::minor(150_000)));
    vouchers::save(shop, &shop.owner, all).await.unwrap();
    let key = shop.cart(shirt, 1).await;
    let order = PlaceOrder {
        voucher_code: "SEMUA".to_owned(),
        delivery_method: "pickup".to_owned(),
        ..request(PaymentMethod::Demo)
    };
    checkout::place(shop, &key, "once", order).await.unwrap()
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_that_costs_nothing_waits_for_no_money(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = free_order(&shop).await;
    assert_eq!((placed.totals.total, placed.status), (Money::ZERO, OrderStatus::Processing));
    assert_eq!(placed.payment, None);
    assert_eq!(shop.stock(shirt).await, (4, 0), "sold at once");
    let again = payments::begin(&shop, &placed.number, &placed.access_token).await.unwrap_err();
    assert!(matches!(again, services::Error::Refused(domain::message::Message::NothingToPay)), "{again:?}");

    let cancel = CancelOrder { order_id: shop.id(&placed).await, reason: "habis".to_owned() };
    let off = orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    assert_eq!((off.status, off.refunds.len()), (OrderStatus::Cancelled, 0));
    assert_eq!(shop.stock(shirt).await, (5, 0));
    shop.assert_stock_adds_up().await;
}

/// A payment of nothing, as earlier versions asked for, that comes when the order is over.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_of_nothing_does_not_go_back(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let pool = services::testing::database(&shop);
    sqlx::query("update payments set amount = 0").execute(&pool).await.unwrap();
    let cancel = CancelOrder { order_id: shop.id(&placed).await, reason: "habis".to_owned() };
    orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    let mut paid = TestShop::notification(&placed, GatewayOutcome::Paid);
    paid.amount = Money::ZERO;

    shop.notify(&paid).await.unwrap();

    assert_eq!(shop.count("select count(*) from payment_inbox where applied_at is null").await, 0);
    assert_eq!(shop.count("select count(*) from refunds").await, 0);
}

/// An upgrade that waited for its money costs nothing any more when the days that are left pay for all of it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_purchase_that_came_to_cost_nothing_is_done_when_its_customer_goes_to_pay(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let small = SavePlan { price: Money::minor(40_000), ..plan(domain::memberships::Period::Yearly, 40_000) };
    let small = memberships::save_plan(&shop, &shop.owner, small).await.unwrap();
    let siti = account(&shop, "siti@example.com").await;
    shop.become_member(&siti, &monthly).await;
    let upgrade = shop.ask_for(&siti, &small).await.unwrap();
    assert!(upgrade.due > Money::ZERO);
    // Another month, paid in another tab while this one waited for its money.
    let pool = services::testing::database(&shop);
    sqlx::query(
        "update memberships set value_amount = value_amount + 29000, version = version + 1,
                 ends_at = ends_at + interval 30 day",
    )
    .execute(&pool)
    .await
    .unwrap();

    let refused = payments::begin_membership(&shop, &siti, &upgrade.number).await.unwrap_err();
    assert!(matches!(refused, services::Error::Refused(domain::message::Message::NothingToPay)), "{refused:?}");
    let done = memberships::purchase(&shop, &siti, &upgrade.number).await.unwrap();
    assert_eq!((done.status, done.due), (PurchaseStatus::Paid, Money::ZERO));
    assert_eq!(shop.membership(&siti).await.unwrap().plan_id, small.plan.id);
    jobs::run_due_work(&shop).await.unwrap();
}
