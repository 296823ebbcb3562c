//! Goods that are fetched: the owner offers it, somebody orders without an address, and staff hand the goods over.

use serde_json::json;

use crate::shopper::Shopper;
use crate::window::Window;

#[tokio::test]
async fn an_order_that_is_fetched_is_made_ready_and_handed_over() {
    let window = Window::of_demo_owner().await;
    let shopper = Shopper::of(&window.shop_url());
    window.goes_to("settings", "#/settings/delivery").await;
    window.click("#pickup-enabled").await;
    window.fill("#delivery-pickup-address", "Jalan Teras Pagi 19, 9 sampai 17").await;
    window.fill("#delivery-pickup-address-en", "19 Teras Pagi, 9 to 5").await;
    window.click("#settings-save").await;
    window.until("document.querySelector('[data-test=toast]')").await;
    let gap = "return document.querySelector('#save-bar').getBoundingClientRect().top
               - document.querySelector('.toasts').getBoundingClientRect().bottom;";
    assert!(window.run(gap).await.as_f64() >= Some(0.0), "a toast lies over the bar that saves");

    let number = shopper.order_to_fetch().await;
    window.click("#nav-orders").await;
    let row = format!("#order-rows tr[data-order='{number}']");
    window.sees(&row, "Ambil di toko").await;
    window.click(&format!("{row} .row-link")).await;
    window.sees("#order-address [data-test=pickup]", "Ambil di toko").await;
    window.sees("#ship-order", "Siap diambil").await;
    window.click("#ship-order").await;
    window
        .until("document.querySelector('#step-dialog') && !document.querySelector('#step-line, #step-courier')")
        .await;
    window.click("#step-confirm").await;
    window.until("document.querySelector('#order [data-test=status][data-status=shipped]')").await;
    window.sees("#order-steps", "setelah pembeli mengambil").await;
    window.until("!document.querySelector('[data-test=toast]')").await;
    window.photograph("order-pickup", "light").await;
    window.click("#complete-order").await;
    window.click("#step-confirm").await;
    window.until("document.querySelector('#order [data-test=status][data-status=completed]')").await;

    // The history tells it in words.
    window.goes_to("audit", "#/history").await;
    window.sees("#audit-rows tr[data-action=move_order]", "Selesai").await;
    let raw = "return [...document.querySelectorAll('#audit-rows .changes')]
               .filter((it) => /\\b(processing|shipped|completed|cash_on_delivery)\\b/.test(it.innerText)).length;";
    assert_eq!(window.run(raw).await, json!(0), "words of the program among people's");
    window.quit();
}
