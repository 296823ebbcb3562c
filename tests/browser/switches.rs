//! Language and theme are chosen once and stay.

use serde_json::json;

use crate::chromium::Chromium;
use crate::purchase::pick_options;
use crate::screen::Screen;
use crate::shop::Shop;

const BACKGROUND: &str = "return getComputedStyle(document.body).backgroundColor;";

/// Checklist 116. Checklist 117.
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

#[tokio::test]
async fn a_switch_keeps_what_was_chosen_and_typed_and_a_refused_form_shows_where_to_mend() {
    let shop = Shop::open();
    let browser = Chromium::start("id", true).await;
    browser.go(&shop.url("/products/kemeja-linen-pagi")).await;
    pick_options(&browser).await;
    browser.until("/^[?]variant=[0-9]+$/.test(location.search)").await;
    let chosen = browser.address().await;
    let stock = browser.text(".option:last-of-type [data-chosen]").await;
    browser.click(".head button[name=language]").await;
    browser.until("document.documentElement.lang === 'en'").await;
    assert_eq!(browser.address().await, chosen);
    assert_eq!(browser.text(".option:last-of-type [data-chosen]").await, stock);
    // Whoever gets the address sees the same choice.
    browser.go(&chosen).await;
    browser.until("[...document.querySelectorAll('.option')].every((it) => it.querySelector('input:checked'))").await;

    browser.go(&shop.url("/account/register?next=%2Fcart")).await;
    browser.fill("#name", "Ayu Lestari").await;
    browser.fill("#email", "ayu").await;
    browser.fill("#password", "jalan pagi di sawah").await;
    browser.click(".head button[name=language]").await;
    browser.until("document.documentElement.lang === 'id'").await;
    browser.until("document.querySelector('#name').value === 'Ayu Lestari'").await;
    browser
        .until("document.querySelector('#email').value === 'ayu' && document.querySelector('#password').value === ''")
        .await;
    assert_eq!(browser.run("return document.querySelector('[name=next]').value;").await, json!("/cart"));

    browser.fill("#password", "jalan pagi di sawah").await;
    browser.click("form.entry button").await;
    browser.until("document.querySelector('#email').ariaInvalid === 'true'").await;
    browser.until("document.activeElement.id === 'email'").await;
    browser.until("document.title.startsWith('Perlu diperbaiki: Buat akun')").await;
    browser.click(".head button[name=language]").await;
    browser.until("document.documentElement.lang === 'en' && document.querySelector('#email').value === 'ayu'").await;
    assert_eq!(browser.run("return document.querySelector('[name=next]').value;").await, json!("/cart"));
    browser.close().await;
}
