//! What the desk saves, shoppers see and pay: sales with their times, and shelves with what stands below them.

use chrono::{DateTime, TimeDelta, Utc};
use domain::catalog::{ListProducts, ProductStatus, Sale, SaveCategory};
use domain::locale::Translated;
use domain::money::Money;
use domain::payments::PaymentMethod;
use services::{carts, catalog, checkout};
use sqlx::MySqlPool;

use super::editing::{changed, shirt, stocked};
use crate::shop::{TestShop, request};

fn sale(price: i64, from: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> Option<Sale> {
    Some(Sale { price: Money::minor(price), from, until })
}

/// Pitfall B17. A card, the product's page, a cart and an order know one price: that of the sale while it is on.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_sale_is_what_is_shown_and_paid_while_it_is_on(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut wanted = shirt(150_000);
    wanted.variants[0].compare_at_price = Some(Money::minor(200_000));
    let stored = stocked(&shop, wanted, 9).await;
    let variant = stored.document.variants[0].id.unwrap();
    let key = shop.cart(variant, 2).await;
    let now = Utc::now();
    let (before, after) = (Some(now - TimeDelta::hours(1)), Some(now + TimeDelta::hours(1)));

    let mut stored = stored;
    for (sale, price, former) in [
        (None, 150_000, Some(200_000)),
        (sale(111_000, before, after), 111_000, Some(150_000)),
        (sale(111_000, None, None), 111_000, Some(150_000)),
        (sale(111_000, after, None), 150_000, Some(200_000)),
        (sale(111_000, None, before), 150_000, Some(200_000)),
        (sale(0, before, None), 0, Some(150_000)),
        (sale(99_000, before, after), 99_000, Some(150_000)),
    ] {
        stored = changed(&shop, &stored, |shirt| shirt.variants[0].sale = sale).await.unwrap();
        let amounts = (price, former);
        let shown = catalog::product(&shop, "kemeja").await.unwrap().variants.remove(0);
        assert_eq!((shown.price.get(), shown.compare_at_price.map(Money::get)), amounts, "{sale:?}");
        let card = catalog::page(&shop, ListProducts::default()).await.unwrap().items.remove(0);
        if price < 150_000 {
            assert_eq!((card.price.get(), card.compare_at_price.map(Money::get)), amounts, "{sale:?}");
        }
        assert_eq!(card.price.get(), price.min(150_000));
        let line = carts::show(&shop, &key).await.unwrap().lines.remove(0);
        assert_eq!(line.unit_price.get(), price, "{sale:?}");
    }
    let placed = checkout::place(&shop, &key, "once", request(PaymentMethod::CashOnDelivery)).await.unwrap();
    let line = &shop.detail(&placed).await.lines[0];
    assert_eq!((line.unit_price.get(), line.total.get()), (99_000, 198_000));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_shelf_shows_what_stands_on_those_below_it(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut parent_id = None;
    let mut ids = Vec::new();
    for name in ["Pakaian", "Atasan", "Kemeja"] {
        let (slug, name) = (String::new(), Translated::same(name));
        let wanted = SaveCategory { category_id: None, version: 0, parent_id, slug, name, picture: None };
        parent_id = Some(catalog::save_category(&shop, &shop.owner, wanted).await.unwrap().id);
        ids.push(parent_id);
    }
    for (slug, category) in [("satu", ids[0]), ("dua", ids[1]), ("tiga", ids[2])] {
        let mut wanted = shirt(1);
        (wanted.slug, wanted.category) = (slug.to_owned(), category);
        stocked(&shop, wanted, 1).await;
    }
    let mut hidden = shirt(1);
    (hidden.category, hidden.status) = (ids[2], ProductStatus::Draft);
    stocked(&shop, hidden, 1).await;
    let shown = async |slug: &str| {
        let list = ListProducts { category: Some(slug.to_owned()), ..ListProducts::default() };
        let page = catalog::page(&shop, list).await.unwrap();
        let mut slugs: Vec<String> = page.items.into_iter().map(|item| item.slug).collect();
        slugs.sort();
        (page.position.total, slugs.join(" "))
    };
    assert_eq!(shown("pakaian").await, (3, "dua satu tiga".to_owned()));
    assert_eq!(shown("atasan").await, (2, "dua tiga".to_owned()));
    assert_eq!(shown("kemeja").await, (1, "tiga".to_owned()));
    let counts: Vec<_> = catalog::categories(&shop).await.unwrap().iter().map(|row| row.products).collect();
    assert_eq!(counts, [3, 2, 1]);
}
