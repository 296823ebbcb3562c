//! Who may say what of a product.

use chrono::Utc;
use domain::orders::{CompleteOrder, ShipOrder};
use domain::reviews::CreateReview;
use services::{Error, catalog, orders, reviews};
use sqlx::MySqlPool;

use crate::shop::TestShop;

fn review(rating: u8, body: &str) -> CreateReview {
    CreateReview {
        product_slug: "shirt".to_owned(),
        email: "siti@example.com".to_owned(),
        rating,
        body: body.to_owned(),
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn only_who_received_a_product_reviews_it_and_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 5).await;
    let placed = shop.paid_order(shirt, 1).await;
    let order_id = shop.id(&placed).await;

    let early = reviews::import(&shop, &shop.owner, review(5, "Bagus"), Utc::now()).await.unwrap_err();
    assert!(matches!(early, Error::Refused(_)), "{early:?}");
    let shipped = ShipOrder::all(order_id, "");
    orders::ship(&shop, &shop.owner, shipped).await.unwrap();
    orders::complete(&shop, &shop.owner, CompleteOrder { order_id }).await.unwrap();
    reviews::import(&shop, &shop.owner, review(4, " Bagus "), Utc::now()).await.unwrap();
    let twice = reviews::import(&shop, &shop.owner, review(1, "Jelek"), Utc::now()).await.unwrap_err();
    assert!(matches!(twice, Error::Refused(_)), "{twice:?}");

    let product = catalog::product(&shop, "shirt").await.unwrap();
    assert_eq!(product.rating.map(|rating| (rating.average_hundredths, rating.count)), Some((400, 1)));
    let shown = reviews::of(&shop, product.id, 10).await.unwrap();
    assert_eq!((shown[0].name.as_str(), shown[0].body.as_str()), ("Siti Rahma", "Bagus"));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_rating_outside_five_stars_is_none(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for request in [review(0, "x"), review(6, "x"), review(3, "  "), review(3, &"x".repeat(2_001))] {
        let refused = reviews::import(&shop, &shop.owner, request, Utc::now()).await.unwrap_err();
        assert!(matches!(refused, Error::Invalid(_)), "{refused:?}");
    }
}
