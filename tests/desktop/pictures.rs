//! Every screen of the desk in both themes and languages, as pictures for people.

use crate::axe;
use crate::shopper::Shopper;
use crate::window::Window;

/// The screens that axe-core looks at.
const LOOKED_AT: [&str; 8] =
    ["products", "product", "categories", "import", "changes", "payments", "letters", "settings"];

#[tokio::test]
async fn every_screen_is_shown_in_both_themes_and_languages() {
    let window = Window::of_demo_owner().await;
    let shopper = Shopper::of(&window.shop_url());
    let order = shopper.order().await;
    shopper.pay(&order).await;
    window.click("#nav-orders").await;
    window.click(&format!("#order-rows tr[data-order='{}'] .row-link", order.number)).await;
    window.sees("#order h1", &order.number).await;
    let order_address = window.address().await;
    window.goes_to("customers", "#/customers").await;
    window.click("#customer-rows tr .row-link").await;
    window.until("document.querySelector('#customer')").await;
    let customer_address = window.address().await;
    window.click("#nav-letters").await;
    window.sees("#letter-rows tr[data-kind=payment_arrived]", &order.number).await;
    window.sees("#letter-rows [data-test=state]", "Disimpan sebagai berkas").await;
    // News would cover what is to be seen.
    window.until("!document.querySelector('[data-test=toast]')").await;

    // The picture's name, the screen that it shows, and its address.
    let screens = [
        ("dashboard", "dashboard", "#/"),
        ("orders", "orders", "#/orders"),
        ("order", "order", &order_address),
        ("payments", "payments", "#/payments"),
        ("payments-attempts", "payments", "#/payments/attempts"),
        ("payments-notices", "payments", "#/payments/notices"),
        ("products", "products", "#/products"),
        ("product", "product", "#/products/1"),
        ("new-product", "product", "#/new-product"),
        ("categories", "categories", "#/categories"),
        ("import", "import", "#/import"),
        ("changes", "changes", "#/changes"),
        ("customers", "customers", "#/customers"),
        ("customer", "customer", &customer_address),
        ("letters", "letters", "#/letters"),
        ("letter", "letter", "#/letters/1"),
        ("stock", "stock", "#/stock"),
        ("variant", "variant", "#/stock/1"),
        ("stock-takes", "stock-takes", "#/stock-takes"),
        ("vouchers", "vouchers", "#/vouchers"),
        ("memberships", "memberships", "#/memberships"),
        ("audit", "audit", "#/history"),
        ("jobs", "jobs", "#/jobs"),
        ("settings-shop", "settings", "#/settings/shop"),
        ("settings-checkout", "settings", "#/settings/checkout"),
        ("settings-payments", "settings", "#/settings/payments"),
        ("settings-delivery", "settings", "#/settings/delivery"),
        ("settings-taxes", "settings", "#/settings/taxes"),
        ("settings-email", "settings", "#/settings/email"),
    ];
    for (language, suffix) in [("id", ""), ("en", "-en")] {
        for theme in ["light", "dark"] {
            window.wear(language, theme).await;
            for (picture, screen, hash) in screens {
                window.goes_to(screen, hash).await;
                window.photograph(&format!("{picture}{suffix}"), theme).await;
                window.fits(picture).await;
                if LOOKED_AT.contains(&screen) {
                    axe::finds_nothing(&window, picture).await;
                }
            }
        }
    }

    // As small as the window can be made.
    window.size(900, 600).await;
    for (picture, screen, hash) in screens {
        window.goes_to(screen, hash).await;
        window.photograph(picture, "dark").await;
        window.fits(picture).await;
    }
    window.size(1280, 800).await;

    window.goes_to("order", &order_address).await;
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
    let window = Window::of_demo(&["--public-url", "https://toko.example"]).await;
    window.sign_in().await;
    window.sees("#condition", "https://toko.example").await;
    window.run("location.hash = '#/stock';").await;
    window
        .until("[...document.querySelectorAll('#stock-rows img')].filter((it) => it.naturalWidth > 0).length >= 5")
        .await;
    window.quit();
}
