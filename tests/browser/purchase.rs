//! The way of a shopper, step by step, in a browser with or without scripts.

use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::shop::{PlacedOrder, Shop};

/// Looks at a product, chooses the first combination that can be bought, and puts it into the cart.
pub(crate) async fn choose(browser: &Chromium, shop: &Shop, slug: &str) {
    browser.go(&shop.url(&format!("/products/{slug}"))).await;
    pick_options(browser).await;
    browser.click("[data-add-button]").await;
}

/// Picks a value of every option, so that they name a variant that is there.
pub(crate) async fn pick_options(browser: &Chromium) {
    let variants: Value = serde_json::from_str(&browser.attribute("form.buy", "data-variants").await).unwrap();
    let variant = variants.as_array().unwrap().iter().find(|it| it["limit"].as_u64() > Some(1)).unwrap();
    for value in variant["values"].as_array().unwrap() {
        // What is chosen already would be given up.
        let is_chosen = format!("return document.querySelector(\".pill input[value='{value}']\").checked;");
        if browser.run(&is_chosen).await == json!(true) {
            continue;
        }
        browser.click(&format!(".pill:has(input[value='{value}'])")).await;
        browser.until(&format!("document.querySelector(\".pill input[value='{value}']\").checked")).await;
    }
}

/// Fills in who gets the parcel and where, and how it is paid.
pub(crate) async fn fill_in(browser: &Chromium) {
    browser.fill_in_address().await;
    browser.click(".choice:has(input[value=demo])").await;
}

/// Places the order; ends on its payment page.
pub(crate) async fn place(browser: &Chromium) -> PlacedOrder {
    browser.click("[data-place]").await;
    browser.until("location.pathname.endsWith('/pay') && document.querySelector('.pay__sum')").await;
    PlacedOrder::at(&browser.address().await)
}

/// Leaves the shop for the gateway's page.
pub(crate) async fn go_to_gateway(browser: &Chromium) {
    browser.click(".pay form button").await;
    browser.until("document.querySelector('.bill') && document.querySelector('button[value=pay]')").await;
}

/// Ends the payment in one of the gateway's ways, which leads back to the shop.
pub(crate) async fn decide(browser: &Chromium, shop: &Shop, decision: &str) {
    browser.click(&format!("button[value={decision}]")).await;
    let origin = shop.url("");
    browser.until(&format!("location.origin === '{origin}' && location.pathname.endsWith('/thanks')")).await;
}
