//! Buying something, from the landing page to the paid order.

use reqwest::Method;
use serde_json::json;

use crate::chromium::Chromium;
use crate::purchase::{choose, decide, fill_in, go_to_gateway, pick_options, place};
use crate::screen::Screen;
use crate::shop::Shop;

const NONE: Vec<String> = Vec::new();

/// Checklist 9. Checklist 26. Checklist 32. Checklist 44. Checklist 46. Pitfall B13. Pitfall P9.
#[tokio::test]
async fn a_shopper_buys_and_sees_the_payment_arrive() {
    let shop = Shop::open_first();
    let browser = Chromium::start("id", true).await;
    browser.go(&shop.url("/")).await;
    browser.click(".hero .button").await;
    browser.sees("h1", "Semua produk").await;
    browser.fill(".list-form input[name=search]", "linen\u{e007}").await;
    browser.sees("h1", "Hasil untuk “linen”").await;
    browser.until("document.querySelectorAll('.grid .card').length >= 2").await;
    browser.click(".list-tools .chip[href*='category=atasan']").await;
    browser.until("document.querySelector(\".chip[href*='category=atasan']\").ariaCurrent === 'true'").await;
    browser.click(".card__link[href='/products/kemeja-linen-pagi']").await;
    browser.sees("h1", "Kemeja Linen Pagi").await;
    pick_options(&browser).await;
    browser.sees("[data-stock]", "Tersedia").await;
    browser.click("[data-add-button]").await;
    browser.sees(".toast.is-open", "Ditambahkan ke keranjang").await;
    browser.sees("[data-bag-count]", "1").await;
    browser.click(".toast a[href='/cart']").await;
    browser.sees("h1", "Keranjang Anda").await;
    browser.click(".line [data-step='1']").await;
    browser.sees(".line__total", "Rp 658.000").await;
    browser.sees("[data-bag-count]", "2").await;
    browser.click(".line [data-step='-1']").await;
    browser.sees(".line__total", "Rp 329.000").await;
    browser.click(".summary a[href='/checkout']").await;

    browser.sees("[data-hold-words]", "Barang Anda kami simpan selama").await;
    let first = browser.text("[data-hold-words] strong").await;
    browser.until(&format!("document.querySelector('[data-hold-words] strong').textContent !== '{first}'")).await;
    assert_eq!(browser.text("[data-delivery]").await, "Dihitung setelah alamat diisi");
    fill_in(&browser).await;
    browser.until("/^(Rp\\s[\\d.]+|Gratis)$/.test(document.querySelector('[data-delivery]').innerText)").await;
    let total = browser.text("[data-total]").await;
    assert!(browser.text("[data-place]").await.ends_with(&total));

    // An hour passes for the page. What it offers then holds the units again and keeps what was typed.
    browser.run("const now = performance.now.bind(performance); performance.now = () => now() + 3_600_000;").await;
    browser.sees("[data-hold-words]", "Waktu simpan barang sudah habis").await;
    browser.click("[data-hold-again]").await;
    browser.sees("[data-hold-words]", "Barang Anda kami simpan selama").await;
    assert_eq!(browser.text("[data-total]").await, total);

    let order = place(&browser).await;
    browser.sees("h1", "Selesaikan pembayaran").await;
    browser.sees(".pay__sum", &total).await;
    assert_eq!(shop.status_of(&order).await, "pending_payment");
    go_to_gateway(&browser).await;
    browser.sees(".amount", &total).await;
    assert_eq!(browser.complaints().await, NONE);

    // Another tab waits for the news, as after a slow gateway.
    let here = browser.command(Method::GET, "/window", &json!(null)).await;
    let tab = browser.command(Method::POST, "/window/new", &json!({ "type": "tab" })).await;
    browser.command(Method::POST, "/window", &json!({ "handle": tab["handle"] })).await;
    browser.go(&shop.url(&order.page("/thanks"))).await;
    browser.sees("h1", "Menunggu konfirmasi pembayaran").await;
    browser.run("window.isTheSamePage = true;").await;
    browser.command(Method::POST, "/window", &json!({ "handle": here })).await;
    decide(&browser, &shop, "pay").await;
    browser.sees("h1", "Terima kasih, pesanan Anda sudah kami terima").await;
    browser.sees(".thanks", "Pembayaran Anda sudah masuk").await;
    browser.command(Method::POST, "/window", &json!({ "handle": tab["handle"] })).await;
    browser.sees("h1", "Terima kasih, pesanan Anda sudah kami terima").await;
    assert_eq!(browser.run("return window.isTheSamePage;").await, json!(true), "turned without loading again");

    assert_eq!(shop.status_of(&order).await, "processing");
    browser.click(".thanks__ways a.button").await;
    browser.sees(".status", "Diproses").await;
    browser.go(&shop.url("/cart")).await;
    browser.sees("h1", "Keranjang Anda masih kosong").await;
    assert_eq!(browser.complaints().await, NONE);
    browser.close().await;
}

#[tokio::test]
async fn a_shopper_buys_without_scripts() {
    let shop = Shop::open();
    let browser = Chromium::start("en", false).await;
    browser.go("data:text/html,<title>off</title><script>document.title = 'on'</script>").await;
    assert_eq!(browser.command(Method::GET, "/title", &json!(null)).await, json!("off"), "scripts are off");

    browser.go(&shop.url("/")).await;
    browser.click(".hero .button").await;
    browser.sees("h1", "All products").await;
    browser.fill(".list-form input[name=search]", "sneaker").await;
    browser.click(".list-form button").await;
    browser.sees("h1", "Results for “sneaker”").await;
    browser.click(".card__link[href='/products/sneaker-kanvas-kota']").await;
    pick_options(&browser).await;
    browser.click("[data-add-button]").await;
    browser.sees(".notice--good", "is in your cart").await;
    browser.fill(".line input[name=quantity]", "2").await;
    browser.click(".line__quantity button.without-script").await;
    browser.sees(".line__total", "558").await;
    browser.click(".summary a[href='/checkout']").await;
    browser.sees("[data-hold-words]", "Your items are held until").await;
    fill_in(&browser).await;
    browser.click("button[value=delivery]").await;
    browser.until("!document.querySelector('.sums__note')").await;
    let total = browser.text("[data-total]").await;
    let order = place(&browser).await;
    browser.sees("h1", "Complete your payment").await;
    browser.sees(".pay__sum", &total).await;
    go_to_gateway(&browser).await;
    decide(&browser, &shop, "pay").await;
    browser.sees("h1", "Thank you, we've got your order").await;
    assert_eq!(shop.status_of(&order).await, "processing");
    browser.close().await;
}

#[tokio::test]
async fn a_failed_payment_can_be_tried_again_from_a_phone() {
    let shop = Shop::open();
    let browser = Chromium::start("id", true).await;
    browser.look_through(Screen { width: 390, height: 844, theme: "light" }).await;
    choose(&browser, &shop, "kulot-linen-sore").await;
    browser.sees(".toast.is-open", "Ditambahkan ke keranjang").await;
    browser.go(&shop.url("/checkout")).await;
    fill_in(&browser).await;
    browser.until("/^(Rp\\s[\\d.]+|Gratis)$/.test(document.querySelector('[data-delivery]').innerText)").await;
    let order = place(&browser).await;
    go_to_gateway(&browser).await;
    decide(&browser, &shop, "fail").await;
    browser.sees("h1", "Pembayaran belum berhasil").await;
    assert_eq!(shop.status_of(&order).await, "pending_payment");

    browser.click(".thanks__ways a.button").await;
    browser.sees(".notice--warn", "Pembayaran terakhir belum berhasil").await;
    go_to_gateway(&browser).await;
    decide(&browser, &shop, "pay").await;
    browser.sees("h1", "Terima kasih, pesanan Anda sudah kami terima").await;
    assert_eq!(shop.status_of(&order).await, "processing");
    assert_eq!(browser.complaints().await, NONE);
    browser.close().await;
}
