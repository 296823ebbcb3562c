//! An order that stands is named to whoever comes back to the form or the cart that it was made of.

use sqlx::MySqlPool;

use crate::served::{Served, Visitor};
use crate::shop::checkout_form;

async fn add(visitor: &Visitor<'_>) {
    visitor.get("/products/shirt").await;
    assert_eq!(visitor.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await.status, 303);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_form_that_is_sent_again_with_other_content_leads_to_the_order_that_stands(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    let siti = shop.visitor();
    add(&siti).await;
    let form = checkout_form("one-key", "170000", "place");
    let placed = siti.post("/checkout", &form).await;
    assert_eq!(placed.status, 303, "{placed:?}");
    let (order, token) = placed.location.split_once("/thanks?").unwrap();

    let other = form.map(|(name, text)| (name, if name == "line_1" { "Jl. Kenanga 1" } else { text }));
    let stands = siti.post("/checkout", &other).await;
    assert_eq!(stands.status, 409, "{stands:?}");
    let number = order.rsplit('/').next().unwrap();
    assert!(stands.text.contains(&format!("Pesanan {number} tetap berlaku")), "{}", stands.text);
    assert!(stands.text.contains(&format!("href=\"{order}?{token}\"")), "{}", stands.text);
    assert_eq!(siti.post("/checkout", &form).await.location, placed.location, "the same content is the same order");
    assert_eq!(shop.count("select count(*) from orders where line_1 = 'Jl. Melati 5'").await, 1);

    // Somebody else's cart and the same key name nobody's order.
    let budi = shop.visitor();
    add(&budi).await;
    assert!(!budi.post("/checkout", &other).await.text.contains(number));
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_cart_names_the_order_that_waits_for_its_payment(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    let siti = shop.visitor();
    assert!(siti.get("/cart").await.text.contains("Keranjang Anda masih kosong"));
    add(&siti).await;
    let form = checkout_form("one-key", "170000", "place");
    let form = form.map(|(name, text)| (name, if name == "payment_method" { "demo" } else { text }));
    let placed = siti.post("/checkout", &form).await;
    assert!(placed.location.contains("/pay?"), "{placed:?}");

    let number = placed.location.split('/').nth(2).unwrap();
    assert_eq!(siti.get("/checkout").await.location, "/cart", "whoever goes back twice comes here");
    let cart = siti.get("/cart").await.text;
    assert!(cart.contains(&format!("Pesanan {number} sudah dibuat")) && cart.contains(&placed.location), "{cart}");
    let other = shop.visitor();
    other.get("/").await;
    assert!(!other.get("/cart").await.text.contains(number), "nobody else hears of it");

    let order = placed.location.replace("/pay?", "/cancel?");
    assert_eq!(siti.post(&order, &[("reason", "")]).await.status, 303);
    assert!(!siti.get("/cart").await.text.contains(number), "what is over waits for nothing");
    shop.stop().await;
}
