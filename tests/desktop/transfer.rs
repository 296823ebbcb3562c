//! A transfer from end to end: the owner enters an account in the real window, a shopper buys in a real browser and sends a
//! photograph as proof, and one key in the window says that the money came.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::chromium::Chromium;
use crate::goods::press;
use crate::window::Window;

#[tokio::test]
async fn a_shopper_transfers_and_sends_a_proof_that_is_approved_in_the_window() {
    let window = Window::of_demo_owner().await;
    let shop = window.shop_url();
    window.goes_to("settings", "#/settings/payments").await;
    window.click("#pay-by-bank-transfer").await;
    window.click("#add-account").await;
    window.fill("#transfer-accounts-0-bank", "BCA").await;
    window.fill("#transfer-accounts-0-number", "123-456-7890").await;
    window.fill("#transfer-accounts-0-holder", "Serat Pagi").await;
    window.click("#unique-digits").await;
    window.until("document.querySelector('#save-bar[data-changed=true]')").await;
    window.photograph("settings-transfer", "light").await;
    window.click("#settings-save").await;
    window.until("document.querySelector('#save-bar[data-changed=false]')").await;
    window.goes_to("payments", "#/payments").await;
    window.sees("#payments", "Tidak ada bukti yang menunggu").await;

    let folder = TempDir::new().unwrap();
    let proof = folder.path().join("bukti.png");
    image::RgbImage::from_fn(720, 1_280, |x, y| image::Rgb([if x / 90 % 2 == y / 90 % 2 { 200 } else { 60 }, 90, 140]))
        .save(&proof)
        .unwrap();
    let shopper = Chromium::start("id", true).await;
    shopper.go(&format!("{shop}/products/kemeja-linen-pagi")).await;
    pick_options(&shopper).await;
    shopper.click("[data-add-button]").await;
    shopper.click(".toast a[href='/cart']").await;
    shopper.click(".summary a[href='/checkout']").await;
    shopper.fill_in_address().await;
    shopper.click(".choice:has(input[value=bank_transfer])").await;
    shopper.click("[data-place]").await;
    shopper.sees("[data-test=account-number]", "1234567890").await;
    shopper.sees("[data-test=made-of]", "kode unik").await;
    shopper.click(".accounts [data-copy]").await;
    shopper.sees(".accounts [data-copy]", "Tersalin").await;
    shopper.run("window.isTheSamePage = true;").await;
    shopper.fill("#proof", proof.to_str().unwrap()).await;
    shopper.click("[data-test=send-proof]").await;
    shopper.sees("[data-test=checking]", "sedang diperiksa").await;
    let asked = shopper.run("return document.querySelector('[data-test=asked]').innerText;").await;
    let asked = asked.as_str().unwrap().replace('\u{a0}', " ");
    shopper.run("window.isTheSamePage = true;").await;

    // It stands in the open window by itself.
    window.sees("#proof-rows", "Siti Rahma").await;
    window.sees("#proof-rows [data-test=asked]", &asked).await;
    // The pointer rests where the toast came up, and holds it.
    window.click("#nav-payments").await;
    window.until("!document.querySelector('[data-test=toast]')").await;
    for theme in ["light", "dark"] {
        window.wear("id", theme).await;
        window.photograph("payments", theme).await;
    }
    window.click("#proof-rows .row-link").await;
    window.until("document.querySelector('[data-test=proof-picture]')?.naturalWidth === 720").await;
    window.sees("#proof-order", &asked).await;
    window.photograph("proof", "dark").await;
    window.fits("proof").await;
    window.run("document.activeElement?.blur();").await;
    press(&window, &["r"]).await;
    window.sees("#step-dialog", "Tolak bukti ini?").await;
    window.click("#step-keep").await;
    window.until("!document.querySelector('#step-dialog')").await;
    press(&window, &["a"]).await;
    window.sees("#payments", "Tidak ada bukti yang menunggu").await;

    shopper.sees("h1", "Terima kasih").await;
    assert_eq!(shopper.run("return window.isTheSamePage;").await, json!(true), "the page followed by itself");
    shopper.close().await;
    window.click("#nav-orders").await;
    window.sees("#order-rows tr", "Siti Rahma").await;
    window.until("document.querySelector('#order-rows tr [data-status=processing]')").await;
    for part in ["checked", "attempts", "notices"] {
        window.goes_to("payments", &format!("#/payments/{part}")).await;
        window.until("!document.querySelector('[data-test=skeleton], [aria-busy=true]')").await;
        window.photograph(&format!("payments-{part}"), "dark").await;
        window.fits(&format!("payments-{part}")).await;
    }
    window.quit();
}

/// Picks a value of every option, so that they name a variant that is there.
async fn pick_options(browser: &Chromium) {
    let variants = browser.run("return document.querySelector('form.buy').dataset.variants;").await;
    let variants: Value = serde_json::from_str(variants.as_str().unwrap()).unwrap();
    let variant = variants.as_array().unwrap().iter().find(|it| it["limit"].as_u64() > Some(1)).unwrap();
    for value in variant["values"].as_array().unwrap() {
        let is_chosen = format!("return document.querySelector(\".pill input[value='{value}']\").checked;");
        if browser.run(&is_chosen).await != json!(true) {
            browser.click(&format!(".pill:has(input[value='{value}'])")).await;
            browser.until(&format!("document.querySelector(\".pill input[value='{value}']\").checked")).await;
        }
    }
}
