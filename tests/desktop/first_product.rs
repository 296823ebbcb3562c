//! From an empty shop to a first product that somebody buys: the owner in the window, the shopper in a browser.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::goods::{
    CONTROL, DOWN, ENTER, PHOTOGRAPHS, SHIFT, UP, cell, place, press, press_with, sees_cell, set_up, takes_pictures,
    types,
};
use crate::window::Window;

/// Pitfall B1. Checklist 89. Checklist 90. Checklist 92. Checklist 93. Checklist 97.
#[tokio::test]
async fn from_an_empty_shop_a_first_product_of_twelve_variants_is_live_and_a_shopper_buys_it() {
    let window = Window::open(&[]).await;
    // As the owner's hands do it, without what the test itself asks.
    window
        .run(
            "window.hands = { clicks: 0, keys: 0 };\
             addEventListener('click', (it) => { hands.clicks += Number(it.isTrusted && it.detail > 0); }, true);\
             addEventListener('keydown', (it) => { hands.keys += Number(it.isTrusted); }, true);",
        )
        .await;
    let started = Instant::now();
    set_up(&window).await;
    window.click("#nav-products").await;
    window.photograph("products-empty", "light").await;
    window.click("#first-product").await;
    window.fill("#product-name-id", "Kemeja Linen").await;
    window.click("#add-colour").await;
    window.fill("#add-values-0", "Merah, Biru, Hijau").await;
    press(&window, &[ENTER]).await;
    window.until("document.querySelectorAll('#variants tbody tr').length === 3").await;
    window.click("#add-size").await;
    window.fill("#add-values-1", "S, M, L, XL").await;
    press(&window, &[ENTER]).await;
    window.until("document.querySelectorAll('#variants tbody tr').length === 12").await;
    window.sees("#variants tbody tr:nth-child(7) th", "Biru / L").await;

    // Like a spreadsheet: typed once, filled down, another one copied and pasted.
    window.click(&place(0, 0)).await;
    types(&window, "149000").await;
    press(&window, &[ENTER, UP]).await;
    sees_cell(&window, 0, 0, "149.000").await;
    press_with(&window, Some(SHIFT), &[DOWN; 11]).await;
    press_with(&window, Some(CONTROL), &["d"]).await;
    sees_cell(&window, 11, 0, "149.000").await;
    window.click(&place(0, 2)).await;
    types(&window, "5").await;
    press(&window, &[ENTER]).await;
    types(&window, "7").await;
    press(&window, &[ENTER, UP]).await;
    press_with(&window, Some(CONTROL), &["c"]).await;
    press(&window, &[DOWN]).await;
    press_with(&window, Some(CONTROL), &["v"]).await;
    sees_cell(&window, 2, 2, "7").await;
    press_with(&window, Some(CONTROL), &["z"]).await;
    sees_cell(&window, 2, 2, "").await;

    // Six photographs, and one that is none: it says so, and the others are there.
    let folder = tempfile::tempdir().unwrap();
    let none = folder.path().join("halaman.webp");
    std::fs::write(&none, "<!doctype html><title>Galeri</title>").unwrap();
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("../images/store");
    let photograph = |name: &str| store.join(format!("{name}-1200.webp")).canonicalize().unwrap();
    let mut files: Vec<PathBuf> = PHOTOGRAPHS.map(photograph).into();
    files.insert(2, none);
    window.drop_files(&files);
    takes_pictures(&window, 6).await;
    window.sees("[data-test=picture-told]", "halaman.webp: File ini halaman web").await;
    window.photograph("new-product-filled", "light").await;

    window.click("#product-status option[value=active]").await;
    press_with(&window, Some(CONTROL), &["s"]).await;
    window.until("/^#\\/products\\/\\d+$/.test(location.hash)").await;
    window.sees("#product [data-test=status]", "Aktif").await;
    window.sees("#variants tbody tr:first-child [data-test=on-hand]", "5").await;
    assert_eq!(cell(&window, 11, 3).await, "KEMEJA-LINEN-HIJAU-XL", "a SKU that was suggested");
    window.click("#back-to-products").await;
    window.sees("#product-rows tr", "Kemeja Linen").await;
    window.sees("#product-rows tr [data-test=price]", "Rp 149.000").await;

    let http = services::http::plain_client().no_proxy().build().unwrap();
    let shop = window.shop_url();
    let product: Value =
        http.get(format!("{shop}/api/v1/products/kemeja-linen")).send().await.unwrap().json().await.unwrap();
    let variants = product["variants"].as_array().unwrap();
    assert_eq!(variants.len(), 12, "{product}");
    assert!(variants.iter().all(|variant| variant["price"]["amount"] == json!(149_000)), "{product}");
    assert_eq!(variants.iter().filter_map(|variant| variant["available"].as_u64()).sum::<u64>(), 12);
    let pictures = product["images"].as_array().unwrap();
    assert_eq!(pictures.len(), 6, "{product}");
    let hands = window.run("return hands;").await;
    let (clicks, keys, seconds) = (&hands["clicks"], &hands["keys"], started.elapsed().as_secs());
    eprintln!("from an empty shop to a product that is live: {clicks} clicks, {keys} keys, {seconds} s");

    // A shopper finds it, sees it and buys it.
    let shopper = Chromium::start("id", true).await;
    shopper.go(&shop).await;
    shopper.go(&format!("{shop}/products?search=linen")).await;
    shopper.click(".card__link[href='/products/kemeja-linen']").await;
    shopper.sees("h1", "Kemeja Linen").await;
    shopper.until("document.querySelectorAll('.gallery img').length >= 6").await;
    for name in ["Merah", "S"] {
        shopper.click(&format!(".pill[data-name={name}]")).await;
    }
    shopper.sees("[data-price]", "Rp 149.000").await;
    shopper.click("[data-add-button]").await;
    shopper.click(".toast a[href='/cart']").await;
    shopper.click(".summary a[href='/checkout']").await;
    shopper.fill_in_address().await;
    shopper.click(".choice:has(input[value=cash_on_delivery])").await;
    shopper.click("[data-place]").await;
    shopper.sees("h1", "Terima kasih").await;
    shopper.close().await;
    window.click("#nav-orders").await;
    window.sees("#order-rows tr", "Siti Rahma").await;
    window.quit();
}
