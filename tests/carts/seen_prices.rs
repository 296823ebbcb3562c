//! A price that changes while a line waits in the cart is told, old and new, until the buyer has seen it.

use domain::money::Money;
use services::{carts, checkout};
use sqlx::MySqlPool;

use crate::served::Served;
use crate::shop::{TestShop, account, checkout_form};

const TOLD: &str = "Barang SHIRT: semula Rp\u{a0}150.000, sekarang Rp\u{a0}175.000.";

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_changed_price_is_told_in_the_cart_and_at_the_till_until_it_was_seen(db: MySqlPool) {
    let shop = Served::open(db).await;
    let (shirt, _) = (shop.variant("SHIRT", 150_000, 9).await, shop.variant("HAT", 50_000, 9).await);
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    for product in ["shirt", "hat"] {
        siti.post("/cart/lines", &[("product", product), ("quantity", "1")]).await;
    }
    assert!(!siti.get("/cart").await.text.contains("Ada harga yang berubah"));

    shop.reprice(shirt, 175_000).await;
    for page in ["/cart", "/cart", "/checkout", "/checkout"] {
        let shown = siti.get(page).await.text;
        assert!(shown.contains("Ada harga yang berubah") && shown.contains(TOLD), "{page}: {shown}");
        assert!(!shown.contains("Barang HAT: semula"), "{page}");
    }
    assert_eq!(siti.post(&format!("/cart/lines/{shirt}"), &[("quantity", "2")]).await.status, 303);
    assert!(siti.get("/cart").await.text.contains(TOLD), "another quantity is no look at the price");

    // The page is from before the price changed once more: that one was not seen.
    let seen = async |price: &str| {
        let field = format!("price.{shirt}");
        siti.post("/cart/prices", &[(field.as_str(), price), ("price.x", "1"), ("price.1", "-9")]).await.location
    };
    for odd in ["160000", "-1", "", "1e6"] {
        assert_eq!(seen(odd).await, "/cart");
        assert!(siti.get("/cart").await.text.contains(TOLD), "{odd}");
    }
    assert_eq!(seen("175000").await, "/cart");
    for page in ["/cart", "/checkout"] {
        assert!(!siti.get(page).await.text.contains("Ada harga yang berubah"), "{page}");
    }
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_price_that_changes_at_the_till_is_named_before_anything_is_ordered(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await;
    siti.get("/checkout").await;
    let form = |seen: &'static str| checkout_form("one-key", seen, "place");

    shop.reprice(shirt, 175_000).await;
    let shown = siti.post("/checkout", &form("170000")).await;
    assert_eq!((shown.status, shop.count("select count(*) from orders").await), (200, 0));
    assert!(shown.text.contains(TOLD) && shown.text.contains("195.000"), "{}", shown.text);
    assert!(shown.text.contains("Jl. Melati 5"), "what was typed stays");
    assert_eq!(siti.post("/checkout", &form("195000")).await.status, 303);
    assert_eq!(shop.count("select total_amount from orders").await, 195_000);
    shop.stop().await;
}

/// What a guest saw is what the account saw, after they turned out to be one.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn signing_in_keeps_which_price_was_seen(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    account(&shop, "siti@example.com").await;
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await;
    shop.reprice(shirt, 175_000).await;

    siti.sign_in("siti@example.com").await;

    assert!(siti.get("/cart").await.text.contains(TOLD));
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_line_from_before_prices_were_noted_tells_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let key = shop.cart(shirt, 1).await;
    sqlx::query("update cart_lines set seen_price_amount = null")
        .execute(&services::testing::database(&shop))
        .await
        .unwrap();
    shop.reprice(shirt, 175_000).await;

    let line = checkout::open(&shop, &key).await.unwrap().cart.lines.remove(0);
    assert_eq!((line.unit_price, line.former_price()), (Money::minor(175_000), None));
    carts::see_prices(&shop, &key, &[(shirt, Money::minor(175_000))]).await.unwrap();
    shop.reprice(shirt, 150_000).await;
    let line = carts::show(&shop, &key).await.unwrap().lines.remove(0);
    assert_eq!(line.former_price(), Some(Money::minor(175_000)));
}
