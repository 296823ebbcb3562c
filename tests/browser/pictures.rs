//! Every page in both themes, on a desk and on a phone: pictures of it for people, and what a picture would show.

use reqwest::Method;
use serde_json::json;

use crate::chromium::Chromium;
use crate::purchase::{choose, decide, fill_in, go_to_gateway, place};
use crate::screen::Screen;
use crate::session::picture_at;
use crate::shop::Shop;

const SCREENS: [Screen; 4] = [
    Screen { width: 1280, height: 900, theme: "light" },
    Screen { width: 1280, height: 900, theme: "dark" },
    Screen { width: 390, height: 844, theme: "light" },
    Screen { width: 390, height: 844, theme: "dark" },
];

#[tokio::test]
async fn every_page_fits_every_screen() {
    let shop = Shop::open();
    let browser = Chromium::start("id", true).await;
    for (page, path) in [
        ("landing", "/"),
        ("catalogue", "/products"),
        ("category", "/products?category=gaun&sort=price_asc"),
        ("nothing-found", "/products?search=zzz"),
        ("product", "/products/kemeja-batik-kawung"),
        ("about", "/about"),
        ("membership", "/membership"),
        ("sign-in", "/account/sign-in"),
        ("register", "/account/register"),
    ] {
        photograph(&browser, "shop", page, &shop.url(path)).await;
    }
    choose(&browser, &shop, "kemeja-linen-pagi").await;
    browser.sees(".toast.is-open", "keranjang").await;
    choose(&browser, &shop, "tas-rotan-bundar").await;
    browser.sees("[data-bag-count]", "2").await;
    photograph(&browser, "shop", "cart", &shop.url("/cart")).await;
    photograph(&browser, "shop", "checkout", &shop.url("/checkout")).await;
    speak(&browser, &shop, "en").await;
    for (page, path) in [("landing", "/"), ("product", "/products/kemeja-batik-kawung"), ("checkout", "/checkout")] {
        photograph(&browser, "shop-en", page, &shop.url(path)).await;
    }
    speak(&browser, &shop, "id").await;

    browser.look_through(SCREENS[0]).await;
    browser.go(&shop.url("/checkout")).await;
    fill_in(&browser).await;
    browser.until("/^(Rp\\s[\\d.]+|Gratis)$/.test(document.querySelector('[data-delivery]').innerText)").await;
    let order = place(&browser).await;
    photograph(&browser, "shop", "payment", &shop.url(&order.page("/pay"))).await;
    photograph(&browser, "shop", "waiting", &shop.url(&order.page("/thanks"))).await;
    browser.go(&shop.url(&order.page("/pay"))).await;
    go_to_gateway(&browser).await;
    let gateway = browser.address().await;
    photograph(&browser, "shop", "gateway", &gateway).await;
    decide(&browser, &shop, "pay").await;
    browser.sees("h1", "Terima kasih").await;
    photograph(&browser, "shop", "thanks", &shop.url(&order.page("/thanks"))).await;
    photograph(&browser, "shop", "order", &shop.url(&order.page(""))).await;
    photograph(&browser, "shop", "invoice", &shop.url(&order.page("/invoice"))).await;

    browser.look_through(SCREENS[0]).await;
    browser.go(&shop.url(&order.page("/thanks"))).await;
    browser.fill("#password", "pasar pagi di kota tua").await;
    browser.click("form.entry button").await;
    browser.until("document.readyState === 'complete' && !document.querySelector('#password')").await;
    for (language, face) in [("id", "shop"), ("en", "shop-en")] {
        speak(&browser, &shop, language).await;
        photograph(&browser, face, "account", &shop.url("/account")).await;
    }
    browser.close().await;
}

/// Words that come nearer than four pixels to a button or a field above or below them.
const TOUCHING: &str = r#"
    const seen = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const controls = [...document.querySelectorAll('main button, main .button, main input, main select, main textarea')]
        .filter(seen).map(element => [element, element.getBoundingClientRect()])
        .filter(([, box]) => box.width > 8 && box.height > 8);
    const words = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const touching = [];
    while (words.nextNode()) {
        const node = words.currentNode;
        if (!node.data.trim() || !seen(node.parentElement)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const line of range.getClientRects()) {
            for (const [control, box] of controls) {
                if (control.contains(node) || line.right <= box.left || box.right <= line.left) continue;
                const gap = Math.max(box.top - line.bottom, line.top - box.bottom);
                if (gap > -2 && gap < 4) touching.push(`${node.data.trim()} | ${control.className || control.name}: ${gap}`);
            }
        }
    }
    return touching;
"#;

async fn photograph(browser: &Chromium, face: &str, page: &str, address: &str) {
    for screen in SCREENS {
        browser.look_through(screen).await;
        browser.go(address).await;
        let picture = browser.whole_page(screen).await;
        let widest = browser.run("return document.documentElement.scrollWidth;").await;
        assert!(widest.as_u64() <= Some(screen.width.into()), "{page} scrolls sideways at {}: {widest}", screen.width);
        let touching = browser.run(TOUCHING).await;
        assert_eq!(touching, json!([]), "{page} at {}", screen.width);
        std::fs::write(picture_at(&format!("{face}-{page}-{}-{}", screen.theme, screen.width)), picture).unwrap();
        assert_eq!(browser.complaints().await, Vec::<String>::new(), "{page}");
    }
}

async fn speak(browser: &Chromium, shop: &Shop, language: &str) {
    browser.go(&shop.url("/")).await;
    let cookie = json!({ "cookie": { "name": "language", "value": language, "path": "/" } });
    browser.command(Method::POST, "/cookie", &cookie).await;
}
