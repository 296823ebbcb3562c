//! Taxes from the open window: the shop begins to charge them, and one product is put into a class of its own.

use serde_json::json;

use crate::window::Window;

#[tokio::test]
async fn a_product_is_put_into_a_tax_class_that_then_cannot_go() {
    let window = Window::of_demo_owner().await;
    window.goes_to("settings", "#/settings/taxes").await;
    // On a short page the bar that saves stands at the window's foot.
    window
        .until("Math.abs(document.querySelector('#save-bar').getBoundingClientRect().bottom - innerHeight) <= 1")
        .await;
    window.click("#use-ppn").await;
    window.click("#add-class").await;
    window.fill("#tax-classes-1-name", "Bebas pajak").await;
    window.click("[data-test=tax-class] + [data-test=tax-class] .steps button").await;
    window.until("document.querySelector('#save-bar[data-changed=true]')").await;
    window.click("#settings-save").await;
    window.until("document.querySelector('#save-bar[data-changed=false]')").await;

    window.goes_to("variant", "#/stock/1").await;
    window.sees("#tax-class", "PPN").await;
    // The pointer may rest where the news of the save stays because of it, and would be in the way.
    window.run("document.querySelectorAll('[data-test=toast] button').forEach(button => button.click());").await;
    window.click("#set-tax-class").await;
    choose(&window, "#tax-class-choice", "Bebas pajak").await;
    window.until("!document.querySelector('[data-test=toast]')").await;
    window.photograph("tax-class", "light").await;
    window.click("#tax-class-confirm").await;
    window.sees("#tax-class [data-test=tax-class]", "Bebas pajak").await;

    for (language, theme) in [("en", "dark"), ("id", "light")] {
        window.wear(language, theme).await;
        window.goes_to("settings", "#/settings/taxes").await;
        window.until("document.querySelectorAll('[data-test=tax-class]').length === 2").await;
        window.until("!document.querySelector('[data-test=toast]')").await;
        window.photograph(&format!("settings-classes-{language}"), theme).await;
    }
    window.click("[data-test=tax-class] + [data-test=tax-class] .class-foot .is-danger").await;
    window.click("#settings-save").await;
    window.sees("#settings-form", "dipakai 1 produk").await;
    window.quit();
}

/// Chooses what is called so.
async fn choose(window: &Window, css: &str, name: &str) {
    window.until(&format!("document.querySelector({})", json!(css))).await;
    let script = format!(
        "const list = document.querySelector({});
         list.value = [...list.options].find(option => option.text.includes({})).value;
         list.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        json!(css),
        json!(name)
    );
    window.run(&script).await;
}
