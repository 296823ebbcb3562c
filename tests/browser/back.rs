//! The browser's own button: what it leads back to is what the shop has now.

use reqwest::Method;
use serde_json::json;

use crate::chromium::Chromium;
use crate::purchase::choose;
use crate::shop::Shop;

const NONE: Vec<String> = Vec::new();

async fn back(browser: &Chromium) {
    browser.command(Method::POST, "/back", &json!({})).await;
}

#[tokio::test]
async fn going_back_shows_what_the_shop_has_now() {
    let shop = Shop::open();
    let browser = Chromium::start("id", true).await;
    browser.go(&shop.url("/products")).await;
    choose(&browser, &shop, "tas-rotan-bundar").await;
    browser.sees("[data-bag-count]", "1").await;
    browser.go(&shop.url("/cart")).await;
    browser.click(".line button[value=remove]").await;
    browser.sees("h1", "Keranjang Anda masih kosong").await;
    for _ in 0..2 {
        back(&browser).await;
        browser.until("document.querySelector('[data-bag-count]').hidden").await;
    }

    browser.go(&shop.url("/account/register")).await;
    for (field, text) in [("name", "Ayu Lestari"), ("email", "ayu@example.com"), ("password", "jalan pagi di sawah")] {
        browser.fill(&format!("#{field}"), text).await;
    }
    browser.click("form.entry button").await;
    browser.sees("h1", "Halo, Ayu Lestari").await;
    browser.click("form[action='/account/sign-out'] button").await;
    browser.until("location.pathname === '/'").await;
    back(&browser).await;
    browser.until("location.pathname === '/account/sign-in' && document.querySelector('#password')").await;
    assert_eq!(browser.complaints().await, NONE);
    browser.close().await;
}
