//! The owner's numbers.

use chrono::TimeDelta;
use domain::money::Money;
use domain::orders::CancelOrder;
use domain::payments::PaymentMethod;
use services::{carts, checkout, orders, reports};
use sqlx::MySqlPool;

use crate::shop::{TestShop, request};

/// Pitfall B8.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn sales_count_what_is_paid_and_not_called_off(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100_000, 50).await;
    shop.paid_order(shirt, 2).await;
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let called_off = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let request = CancelOrder { order_id: shop.id(&called_off).await, reason: "no".to_owned() };
    orders::cancel(&shop, &shop.owner, request).await.unwrap();

    let dashboard = reports::dashboard(&shop, &shop.owner).await.unwrap();

    // Two orders of two and one unit, each with delivery to Bandung.
    assert_eq!(dashboard.today.sales, Money::minor(3 * 100_000 + 2 * 20_000));
    assert_eq!(dashboard.today.orders, 2);
    assert_eq!(dashboard.week.sales, dashboard.today.sales);
    assert_eq!((dashboard.to_ship, dashboard.awaiting_payment), (2, 1));
    assert_eq!(dashboard.days.len(), 30);
    assert_eq!(dashboard.days.last().unwrap().sales, dashboard.today.sales);
    assert_eq!(dashboard.latest_orders.len(), 4);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn yesterday_is_compared_up_to_the_same_hour(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100_000, 50).await;
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();

    shop.clock().advance(TimeDelta::days(1));
    let next_day = reports::dashboard(&shop, &shop.owner).await.unwrap();
    assert_eq!((next_day.today.orders, next_day.today.orders_before), (0, 1));
    assert_eq!(next_day.week.orders, 1);

    shop.clock().advance(TimeDelta::days(7));
    let next_week = reports::dashboard(&shop, &shop.owner).await.unwrap();
    assert_eq!((next_week.week.orders, next_week.week.orders_before), (0, 1));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn low_stock_is_counted_in_full_and_shown_in_part(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for n in 0..8 {
        shop.variant(&format!("SKU{n}"), 100, n).await;
    }

    let dashboard = reports::dashboard(&shop, &shop.owner).await.unwrap();

    assert_eq!(dashboard.low_stock_count, 3);
    let skus: Vec<_> = dashboard.low_stock.iter().map(|row| row.sku.as_str()).collect();
    assert_eq!(skus, ["SKU0", "SKU1", "SKU2"]);
}

/// Pitfall B3.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_of_several_lines_is_one_order_and_counts_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100_000, 50).await;
    let hat = shop.variant("HAT", 30_000, 50).await;
    let cart = shop.cart(shirt, 1).await;
    carts::set_line(&shop, &cart, hat, 2).await.unwrap();
    let placed = checkout::place(&shop, &cart, "two lines", request(PaymentMethod::CashOnDelivery)).await.unwrap();
    assert_eq!(shop.detail(&placed).await.lines.len(), 2);

    let dashboard = reports::dashboard(&shop, &shop.owner).await.unwrap();

    assert_eq!(dashboard.today.sales, Money::minor(100_000 + 2 * 30_000 + 20_000));
    assert_eq!((dashboard.today.orders, dashboard.days.last().unwrap().sales), (1, dashboard.today.sales));
    assert_eq!((dashboard.to_ship, dashboard.latest_orders.len()), (1, 1));
}
