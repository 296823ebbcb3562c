//! An order in the open window: placed and paid by somebody else, shipped from the desk.

use std::time::{Duration, Instant};

use crate::shopper::Shopper;
use crate::window::Window;

/// Checklist 105.
#[tokio::test]
async fn an_order_turns_paid_in_the_open_window_and_is_shipped_from_it() {
    let window = Window::of_demo_owner().await;
    let shopper = Shopper::of(&window.shop_url());
    window.click("#nav-orders").await;
    window.until("document.querySelectorAll('#order-rows tr[data-order]').length >= 10").await;
    window.run("window.isTheSamePage = true;").await;

    let order = shopper.order().await;
    let row = format!("#order-rows tr[data-order='{}']", order.number);
    window.until(&format!("document.querySelector(\"{row} [data-status=pending_payment]\")")).await;

    let pressed = Instant::now();
    shopper.pay(&order).await;
    window.until(&format!("document.querySelector(\"{row} [data-status=processing]\")")).await;
    let took = pressed.elapsed();
    eprintln!("the window showed the payment {} ms after Pay was pressed", took.as_millis());
    assert!(took < Duration::from_secs(10), "{took:?}");
    let number = &order.number;
    window
        .until(&format!(
            "[...document.querySelectorAll('[data-test=toast]')].some((it) => it.innerText.includes('{number}'))"
        ))
        .await;
    window.until("window.isTheSamePage").await;
    window.keep_picture("paid-live", "light").await;

    window.click(&format!("{row} .row-link")).await;
    window.sees("#order h1", number).await;
    window.click("#ship-order").await;
    window.fill("#step-line", "JNE0012345678").await;
    window.click("#step-confirm").await;
    window.sees("[data-test=tracking]", "JNE0012345678").await;
    window.until("document.querySelector('#order [data-test=status][data-status=shipped]')").await;
    assert_eq!(shopper.status_of(&order).await, "shipped");
    window.quit();
}

#[tokio::test]
async fn money_that_comes_too_late_needs_nobody() {
    let window = Window::of_demo_owner().await;
    let shopper = Shopper::of(&window.shop_url());
    window.sees("#task-review .task-count", "0").await;
    let order = shopper.order().await;
    window.click("#nav-orders").await;
    window.click(&format!("#order-rows tr[data-order='{}'] .row-link", order.number)).await;
    window.click("#cancel-order").await;
    window.fill("#step-line", "Pembeli salah pilih ukuran").await;
    window.click("#step-confirm").await;
    window.until("document.querySelector('#order [data-test=status][data-status=cancelled]')").await;

    shopper.pay(&order).await;
    // It goes back by itself: nobody has to look at it, and the order stays called off.
    window.click("#nav-dashboard").await;
    window.sees("#task-review .task-count", "0").await;
    window.click("#nav-orders").await;
    window.click(&format!("#order-rows tr[data-order='{}'] .row-link", order.number)).await;
    window.until("document.querySelector('#order [data-test=status][data-status=cancelled]')").await;
    window.quit();
}
