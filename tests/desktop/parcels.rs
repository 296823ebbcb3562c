//! An order that goes in parts, from the open window: one parcel, the rest called off, and what left comes back.

use crate::shopper::Shopper;
use crate::window::Window;

/// Checklist 105.
#[tokio::test]
async fn a_part_is_shipped_the_rest_called_off_and_the_part_comes_back() {
    let window = Window::of_demo_owner().await;
    let shopper = Shopper::of(&window.shop_url());
    let order = shopper.order().await;
    shopper.pay(&order).await;
    window.click("#nav-orders").await;
    window.click(&format!("#order-rows tr[data-order='{}'] .row-link", order.number)).await;
    window.sees("#order h1", &order.number).await;

    window.click("#ship-order").await;
    window.fill("#step-line", "JNE0012345678").await;
    window.fill("#step-courier", "JNE").await;
    window.fill("#step-dialog [id^=units-]", "1").await;
    window.photograph("ship-part", "light").await;
    window.click("#step-confirm").await;
    window.until("document.querySelector('#order [data-test=status][data-status=partially_shipped]')").await;
    window.sees("[data-test=tracking]", "JNE0012345678").await;
    assert_eq!(shopper.status_of(&order).await, "partially_shipped");
    window.until("!document.querySelector('[data-test=toast]')").await;
    window.photograph("order-part", "light").await;

    window.click("#call-off-rest").await;
    window.fill("#step-line", "Satu barang cacat").await;
    window.photograph("call-off-rest", "light").await;
    window.click("#step-confirm").await;
    window.until("document.querySelector('#order [data-test=status][data-status=shipped]')").await;
    window.sees("#order [data-test=way]", "1 dibatalkan").await;
    window.until("document.querySelector('#order-money [data-test=refund]')").await;

    window.click("#complete-order").await;
    window.click("#step-confirm").await;
    window.until("document.querySelector('#order [data-test=status][data-status=completed]')").await;
    window.click("#return-order").await;
    window.fill("#step-dialog [id^=units-]", "1").await;
    window.photograph("return", "light").await;
    window.click("#step-confirm").await;
    window.until("document.querySelector('#order [data-test=status][data-status=returned]')").await;
    window.until("!document.querySelector('[data-test=toast]')").await;
    for (language, suffix) in [("en", "-en"), ("id", "")] {
        for theme in ["light", "dark"] {
            window.wear(language, theme).await;
            window.photograph(&format!("order-returned{suffix}"), theme).await;
            window.fits("order").await;
        }
    }
    window.click("#refund-order").await;
    window.photograph("refund", "dark").await;
    window.quit();
}
