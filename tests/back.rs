//! Going back: a page says what the server has, not what a browser kept of it.

use domain::payments::PaymentMethod;
use reqwest::Method;
use reqwest::header::COOKIE;
use sqlx::MySqlPool;

use crate::served::Served;
use crate::shop::account;

const SITI: &str = "siti@example.com";

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_browser_keeps_a_page_so_that_going_back_asks_again(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let order = format!("/orders/{}?token={}", placed.number, placed.access_token);
    account(&shop, SITI).await;
    let siti = shop.visitor();
    siti.sign_in(SITI).await;
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await;

    let session = format!("account={}", siti.cookie("account").unwrap());
    for path in [
        "/",
        "/products",
        "/products/shirt",
        "/about",
        "/cart",
        "/checkout",
        "/membership",
        "/account",
        &order,
        "/nowhere",
    ] {
        let page = shop.ask(Method::GET, path).header(COOKIE, &session).send().await.unwrap();
        assert!([200, 404].contains(&page.status().as_u16()), "{path}: {}", page.status());
        assert_eq!(page.headers()["cache-control"], "no-store", "{path}");
    }
    shop.stop().await;
}

/// Checklist 50.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn signing_out_makes_the_browser_forget_the_accounts_pages(db: MySqlPool) {
    let shop = Served::open(db).await;
    account(&shop, SITI).await;
    let siti = shop.visitor();
    siti.sign_in(SITI).await;
    let cleared = siti.headers("/account/sign-out", &[]).await["clear-site-data"].to_str().unwrap().to_owned();
    assert_eq!(cleared, r#""cache", "storage""#, "the cookies of language and theme stay");
    assert_eq!(siti.get("/account").await.location, "/account/sign-in?next=%2Faccount");
    shop.stop().await;
}
