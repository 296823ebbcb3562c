//! The first start on an empty folder: who owns the shop, and what it is called.

use crate::demo::PASSWORD;
use crate::window::Window;

#[tokio::test]
async fn the_first_run_makes_an_empty_shop_and_signs_its_owner_in() {
    let window = Window::open(&[]).await;
    window.sees("#set-up-screen h1", "").await;
    for (language, suffix) in [("en", "-en"), ("id", "")] {
        for theme in ["dark", "light"] {
            window.wear(language, theme).await;
            window.photograph(&format!("set-up{suffix}"), theme).await;
        }
    }
    window.click("#set-up-submit").await;
    window.until("document.querySelector('#set-up-form .field-error')").await;
    window.fill("#set-up-owner-name", "Rina Hapsari").await;
    window.fill("#set-up-email", "rina@example.com").await;
    window.fill("#set-up-password", PASSWORD).await;
    window.fill("#set-up-shop-name", "Toko Rina").await;
    window.click("label.choice:has(#set-up-start-empty)").await;
    window.click("#set-up-submit").await;
    window.sees("#shop-name", "Toko Rina").await;
    window.sees("#who", "Rina Hapsari").await;
    window.photograph("empty-shop", "light").await;
    window.quit();
}
