//! Money that waits for a person: it shows in the open window, and is decided about there.

use serde_json::json;
use services::payments::demo;

use crate::shopper::Shopper;
use crate::window::Window;

/// What the gateway would post of a payment, as somebody at the gateway's own desk can cause it.
async fn tell(window: &Window, reference: &str, event: &str, amount: i64) {
    let paid = json!({
        "event_id": event, "reference": reference, "outcome": "paid", "amount": amount, "currency": "IDR",
        "at": "2026-11-27T00:00:00Z",
    });
    let body = serde_json::to_vec(&paid).unwrap();
    let signature = demo::sign(&window.gateway_secret(), chrono::Utc::now().timestamp(), &body);
    let post = services::http::plain_client().no_proxy().build().unwrap();
    let post = post.post(format!("{}/webhooks/demo", window.shop_url())).header(demo::SIGNATURE_HEADER, signature);
    let answer = post.header("content-type", "application/json").body(body).send().await.unwrap();
    assert!(answer.status().is_success(), "{answer:?}");
}

#[tokio::test]
async fn money_that_does_not_fit_is_decided_about_in_the_window() {
    let window = Window::of_demo_owner().await;
    let shopper = Shopper::of(&window.shop_url());
    let order = shopper.order().await;
    tell(&window, &format!("{}-1", order.number), "evt-too-much", 5_000_000).await;
    tell(&window, "ET-ELSEWHERE-1", "evt-elsewhere", 120_000).await;
    window.until("document.querySelector('#task-review[data-count=\"2\"]')").await;
    window.sees("#condition", "2 pembayaran perlu diperiksa").await;

    window.click("#task-review").await;
    window.click(&format!("#order-rows tr[data-order='{}'] .row-link", order.number)).await;
    window.sees("[data-test=to-check]", "Rp 5.000.000").await;
    window.until("!document.querySelector('[data-test=toast]')").await;
    window.photograph("order-to-check", "light").await;
    window.click("[data-test=count-payment]").await;
    window.sees("#step-dialog", "dikembalikan ke pembeli").await;
    window.click("#step-confirm").await;
    window.until("document.querySelector('#step-dialog .field-error, #step-dialog [role=alert]')").await;
    window.fill("#step-line", "kelebihan transfer, sudah dicek di rekening").await;
    window.click("#step-confirm").await;
    window.until("document.querySelector('#order [data-test=status][data-status=processing]')").await;
    // Nothing waits for this decision any more; the refund that it made may be refused at any moment, and wait for another.
    window.until("!document.querySelector('[data-test=count-payment]')").await;
    window.until("document.querySelector('[data-test=refund]')").await;
    let order_address = window.address().await;

    window.goes_to("jobs", "#/jobs").await;
    window.sees("#stuck-notices", "ET-ELSEWHERE-1").await;
    window.sees("#stuck-notices", "tidak dikenal").await;
    for theme in ["light", "dark"] {
        window.wear("id", theme).await;
        window.until("!document.querySelector('[data-test=toast]')").await;
        window.photograph("jobs-notices", theme).await;
    }
    window.fits("jobs").await;
    window.click("[data-test=retry-notice]").await;
    window.sees("#stuck-notices", "masih belum bisa").await;
    window.click("[data-test=set-aside-notice]").await;
    window.fill("#step-line", "uang toko lain, sudah diteruskan").await;
    window.click("#step-confirm").await;
    window.until("!document.querySelector('#stuck-notices')").await;

    // The gateway has no such money, and says so: the refund is a person's too.
    window.goes_to("order", &order_address).await;
    window.click("[data-test=refund-by-hand]").await;
    window.fill("#step-line", "transfer bank ke pembeli").await;
    window.click("#step-confirm").await;
    window.until("!document.querySelector('[data-test=to-check]')").await;
    window.goes_to("dashboard", "#/").await;
    window.until("document.querySelector('#task-review[data-count=\"0\"]')").await;
    window.quit();
}
