//! Language and theme are chosen once and stay.

use serde_json::json;

use crate::chromium::{Chromium, Screen};
use crate::shop::Shop;

const BACKGROUND: &str = "return getComputedStyle(document.body).backgroundColor;";

#[tokio::test]
async fn language_and_theme_stay_as_they_are_chosen() {
    let shop = Shop::open();
    let browser = Chromium::start("id", true).await;
    browser.look_through(Screen { width: 1280, height: 900, theme: "light" }).await;
    browser.go(&shop.url("/products?category=gaun")).await;
    browser.sees(".list-form", "Terpopuler").await;
    browser.click(".head button[name=language]").await;
    browser.sees(".list-form", "Most popular").await;
    assert_eq!(browser.run("return document.documentElement.lang;").await, json!("en"));
    assert_eq!(browser.address().await, shop.url("/products?category=gaun"), "the page stays");

    let light = browser.run(BACKGROUND).await;
    browser.run("window.isTheSamePage = true;").await;
    browser.click(".head button[name=theme]").await;
    browser.until("document.documentElement.dataset.theme === 'dark'").await;
    assert_eq!(browser.run("return window.isTheSamePage;").await, json!(true), "a script changes the theme in place");
    browser.until("document.cookie.includes('theme') || performance.getEntriesByType('resource').some((it) => it.name.endsWith('/theme') && it.responseEnd > 0)").await;
    browser.go(&shop.url("/")).await;
    assert_eq!(browser.run("return document.documentElement.dataset.theme;").await, json!("dark"));
    assert_eq!(browser.run("return document.documentElement.lang;").await, json!("en"));
    assert_ne!(browser.run(BACKGROUND).await, light);

    browser.click(".foot button[value=auto]").await;
    browser.until("document.documentElement.dataset.theme === undefined").await;
    assert_eq!(browser.run(BACKGROUND).await, light);
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.close().await;
}
