//! Becoming a member in the browser: a guest makes an account and buys a plan on one page, pays, and sees a member's prices.

use crate::chromium::Chromium;
use crate::purchase::{choose, go_to_gateway};
use crate::shop::Shop;

const NONE: Vec<String> = Vec::new();

/// Checklist 67.
#[tokio::test]
async fn a_guest_becomes_a_member_and_pays_less() {
    let shop = Shop::open();
    let browser = Chromium::start("id", true).await;
    choose(&browser, &shop, "kemeja-linen-pagi").await;
    browser.sees("[data-bag-count]", "1").await;
    browser.go(&shop.url("/membership")).await;
    browser.until("document.querySelectorAll('.plans .plan').length >= 2").await;
    browser.click(".plans .plan:last-child .plan__way a").await;
    browser.until("document.querySelector('form.entry #password')").await;
    for (field, text) in [("name", "Ayu Lestari"), ("email", "ayu@example.com"), ("password", "jalan pagi di sawah")] {
        browser.fill(&format!("#{field}"), text).await;
    }
    browser.click("form.entry button").await;
    browser.until("document.querySelector('[data-purchase=waiting]')").await;

    go_to_gateway(&browser).await;
    browser.click("button[value=pay]").await;
    browser.until("document.querySelector('[data-purchase=paid]')").await;
    browser.sees("h1", "Anda sekarang anggota").await;
    assert_eq!(browser.complaints().await, NONE);
    browser.go(&shop.url("/cart")).await;
    browser.sees(".summary", "Diskon anggota").await;
    browser.until("document.querySelector('.price__was')").await;
    browser.go(&shop.url("/membership")).await;
    browser.sees(".membership__own", "Aktif sampai").await;
    assert_eq!(browser.complaints().await, NONE);
    browser.close().await;
}
