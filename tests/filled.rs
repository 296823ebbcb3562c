//! The shop that benches measure on: as true as one that filled itself, and the same for the same seed.

use std::collections::BTreeMap;

use domain::orders::{OrderEvent, OrderStatus};
use services::testing;
use sqlx::{AssertSqlSafe, MySqlPool};

use crate::claims::{ALWAYS, Claim, HOLDS_FIT, OF_ORDERS, OF_REFUNDS, OF_UNITS, OF_VOUCHERS};
use crate::filling::{self, Size, goods};
use crate::shop::TestShop;

const SMALL: Size = Size { products: 60, orders: 500, customers: 150, reviews: 200, seed: 7 };

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_shop_for_measuring_keeps_every_promise(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    // Its nightly checks find nothing, or it is not filled.
    filling::fill(&shop, &shop.owner, SMALL, &|_| {}).await;

    let database = testing::database(&shop);
    let lists: [&[Claim]; 5] = [&ALWAYS, &OF_ORDERS, &OF_UNITS, &OF_REFUNDS, &OF_VOUCHERS];
    for claim in lists.into_iter().flatten().chain([&HOLDS_FIT]) {
        let broken: Vec<(String,)> = sqlx::query_as(claim.broken_by).fetch_all(&database).await.unwrap();
        assert!(broken.is_empty(), "{}: {broken:?}", claim.says);
    }
    shop.assert_stock_adds_up().await;
    for [what, least] in [
        ["select count(*) from products", "60"],
        ["select count(*) from orders", "500"],
        ["select count(*) from reviews", "200"],
        ["select count(*) from customers", "151"],
        ["select count(*) from variants", "150"],
        ["select count(*) from voucher_uses where given_back_at is null", "10"],
        ["select count(distinct status) from orders", "4"],
        ["select count(distinct year(placed_at)) from orders", "3"],
        ["select count(*) from invoices", "400"],
        ["select count(*) from products where popularity > 0", "10"],
        [
            "select count(*) from categories c join categories m on m.id = c.parent_id where m.parent_id is not null",
            "20",
        ],
    ] {
        let found: i64 = sqlx::query_scalar(AssertSqlSafe(what)).fetch_one(&database).await.unwrap();
        assert!(found >= least.parse().unwrap(), "{what} is {found}");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_order_of_it_went_where_the_life_of_an_order_leads(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    filling::fill(&shop, &shop.owner, Size { reviews: 0, ..SMALL }, &|_| {}).await;
    let sql = "select o.number, cast(o.status as char), cast(h.status as char)
               from orders o join order_history h on h.order_id = o.id order by o.id, h.id";
    let rows: Vec<(String, String, String)> = sqlx::query_as(sql).fetch_all(&testing::database(&shop)).await.unwrap();
    let mut orders: BTreeMap<(&str, &str), Vec<OrderStatus>> = BTreeMap::new();
    for (number, status, step) in &rows {
        orders.entry((number, status)).or_default().push(step.parse().unwrap());
    }
    for ((number, status), steps) in orders {
        let leads = |from: OrderStatus, to| {
            OrderEvent::ALL.iter().any(|event| from.after(*event).is_ok_and(|allowed| allowed.to == to))
        };
        let goes = steps.windows(2).all(|pair| leads(pair[0], pair[1]));
        assert!(goes && steps.last().unwrap().as_str() == status, "{number} is {status} after {steps:?}");
    }
}

#[test]
fn the_same_seed_draws_the_same_goods() {
    let drawn = |seed| goods::file(&goods::drawn(seed, 0..50, 0), &[], &|item| item.left);
    assert!(drawn(1) == drawn(1));
    assert!(drawn(1) != drawn(2));
}
