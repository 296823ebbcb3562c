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

    let screens = [
        ("dashboard", "#/"),
        ("orders", "#/orders"),
        ("order", &address),
        ("stock", "#/stock"),
        ("variant", "#/stock/1"),
        ("stock-takes", "#/stock-takes"),
        ("vouchers", "#/vouchers"),
        ("audit", "#/history"),
        ("jobs", "#/jobs"),
    ];
    for (language, suffix) in [("id", ""), ("en", "-en")] {
        for theme in ["light", "dark"] {
            window.wear(language, theme).await;
            for (page, hash) in screens {
                window.goes_to(page, hash).await;
                window.photograph(&format!("{page}{suffix}"), theme).await;
                window.fits(page).await;
            }
        }
    }

    // As small as the window can be made.
    window.size(900, 600).await;
    for (page, hash) in screens {
        window.goes_to(page, hash).await;
        window.photograph(page, "dark").await;
        window.fits(page).await;
    }
    window.size(1280, 800).await;

    window.goes_to("order", &address).await;
    for theme in ["light", "dark"] {
        window.wear("id", theme).await;
        window.click("#ship-order").await;
        window.photograph("ship", theme).await;
        window.click("#step-keep").await;
    }
    window.click("#sign-out").await;
    for (language, suffix) in [("id", ""), ("en", "-en")] {
        for theme in ["light", "dark"] {
            window.wear(language, theme).await;
            window.photograph(&format!("sign-in{suffix}"), theme).await;
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
