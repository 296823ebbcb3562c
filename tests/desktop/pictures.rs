//! Every screen of the desk in both themes and languages, as pictures for people.

use crate::shopper::Shopper;
use crate::window::{DEMO, Window};

#[tokio::test]
async fn every_screen_is_shown_in_both_themes_and_languages() {
    let window = Window::of_demo_owner().await;
    let shopper = Shopper::of(&window.shop_url());
    let order = shopper.order().await;
    shopper.pay(&order).await;
    window.click("#nav-orders").await;
    window.click(&format!("#order-rows tr[data-order='{}'] .row-link", order.number)).await;
    window.sees("#order h1", &order.number).await;
    let address = window.run("return location.hash;").await.as_str().unwrap().to_owned();
    // News would cover what is to be seen.
    window.until("!document.querySelector('[data-test=toast]')").await;

    for (language, suffix) in [("id", ""), ("en", "-en")] {
        for theme in ["light", "dark"] {
            window.wear(language, theme).await;
            for (page, hash, screen) in [
                ("dashboard", "#/", "#dashboard"),
                ("orders", "#/orders", "#orders"),
                ("order", &*address, "#order"),
                ("stock", "#/stock", "#stock"),
            ] {
                window.run(&format!("location.hash = '{hash}';")).await;
                window.until(&format!("document.querySelector('{screen}')")).await;
                window.photograph(&format!("{page}{suffix}"), theme).await;
                let spare = "return document.documentElement.scrollWidth - innerWidth;";
                assert!(window.run(spare).await.as_i64() <= Some(0), "{page} scrolls sideways");
            }
        }
    }
    window.quit();
}

/// Shoppers may come by an address that this machine does not reach, as behind a proxy.
#[tokio::test]
async fn the_goods_are_seen_whatever_the_address_of_the_shop() {
    let window = Window::open(&[&DEMO[..], &["--public-url", "https://toko.example"]].concat()).await;
    window.sign_in().await;
    window.sees("#condition", "https://toko.example").await;
    window.run("location.hash = '#/stock';").await;
    window
        .until("[...document.querySelectorAll('#stock-rows img')].filter((it) => it.naturalWidth > 0).length >= 5")
        .await;
    window.quit();
}
