//! The demo shop, loaded through services.

use domain::catalog::{ListProducts, Sort};
use domain::memberships::{ListMembers, MembershipStatus};
use domain::orders::{ListOrders, OrderStatus};
use domain::page::PageNumber;
use domain::vouchers::ListVouchers;
use services::{catalog, memberships, orders, reports, setup, vouchers};
use sqlx::MySqlPool;

use crate::shop::TestShop;

/// Pitfall B25.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_demo_shop_is_a_believable_shop(db: MySqlPool) {
    let shop = TestShop::open(db).await;

    seed::load(&shop, &shop.owner, |_, _| {}).await.unwrap();

    assert!(setup::state(&shop).await.unwrap().has_products);
    assert!(catalog::categories(&shop).await.unwrap().len() >= 6);
    let everything = ListProducts { per_page: 100, sort: Sort::Popularity, ..ListProducts::default() };
    let page = catalog::page(&shop, everything).await.unwrap();
    assert!(page.position.total >= 24);
    assert!(page.items.iter().all(|item| item.picture.is_some() && item.second_picture.is_some()));
    assert!(page.items.iter().any(|item| item.compare_at_price.is_some()), "some are discounted");
    assert!(page.items.iter().any(|item| item.available == 0), "some are sold out");
    assert!(shop.count("select count(*) from variants").await >= 80);
    assert_eq!(shop.count("select count(*) from customers").await, 12);
    assert!(shop.count("select count(*) from reviews").await >= 30);

    let found =
        vouchers::page(&shop, &shop.owner, ListVouchers { search: None, page: PageNumber::FIRST }).await.unwrap();
    assert!(found.rows.len() >= 5, "vouchers of every kind");
    assert!(found.rows.iter().any(|row| !row.voucher.terms.categories.is_empty()), "one is for a category");

    let list = ListOrders { status: None, needs_review: false, search: None, page: PageNumber::FIRST };
    let page = orders::page(&shop, &shop.owner, list).await.unwrap();
    assert!(page.position.total >= 200, "{}", page.position.total);
    let rare = [OrderStatus::PartiallyShipped, OrderStatus::Returned];
    for status in OrderStatus::ALL.iter().filter(|status| !rare.contains(status)) {
        assert!(page.counts.iter().any(|(of, count)| of == status && *count > 0), "none is {status}");
    }
    let everybody = ListMembers { status: None, search: None, page: PageNumber::FIRST };
    let members = memberships::page(&shop, &shop.owner, everybody).await.unwrap().rows;
    let states: Vec<_> = members.iter().map(|row| row.membership.status).collect();
    let active = states.iter().filter(|status| **status == MembershipStatus::Active).count();
    assert_eq!((active, states.len()), (4, 5), "and one of the five has ended: {states:?}");
    assert_eq!(shop.count("select count(*) from membership_purchases where status = 'paid'").await, 7);
    // The owner is told of what runs low, and top spenders of their voucher, in any shop.
    let others = "select count(*) from mail_outbox
                  where order_id is null and kind not in ('low_stock', 'daily_summary', 'voucher_given')";
    assert_eq!(shop.count(others).await, 0, "nobody is written about what is long over");
    let dashboard = reports::dashboard(&shop, &shop.owner).await.unwrap();
    assert!(dashboard.week.orders > 0 && dashboard.days.iter().filter(|day| day.orders > 0).count() > 20);
    shop.assert_stock_adds_up().await;
    for seeded in seed::products().iter().flat_map(|product| &product.variants) {
        let (on_hand, reserved) = shop.stock(shop.by_sku(&seeded.sku).await).await;
        assert_eq!(on_hand - reserved, i64::from(seeded.stock), "{}", seeded.sku);
    }
}
