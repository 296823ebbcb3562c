//! Stock from the open window: goods come in, are corrected and limited, and a shelf is counted.

use serde_json::json;

use crate::window::Window;

/// What stands at a place of the screen, as a number.
async fn number(window: &Window, css: &str) -> i64 {
    window.until(&format!("document.querySelector({})", json!(css))).await;
    let text = window.run(&format!("return document.querySelector({}).innerText;", json!(css))).await;
    text.as_str().unwrap().replace('−', "-").trim().parse().unwrap()
}

#[tokio::test]
async fn goods_come_in_and_are_corrected_and_the_ledger_says_so() {
    let window = Window::of_demo_owner().await;
    window.click("#nav-stock").await;
    let row = "#stock-rows tr[data-sku]";
    window.until(&format!("document.querySelector('{row}')")).await;
    window.click(&format!("{row} [data-test=variant]")).await;
    window.until("document.querySelector('#ledger-rows tr')").await;
    let on_hand = "#variant [data-test=on-hand]";
    let before = number(&window, on_hand).await;

    window.click("#receive-stock").await;
    window.fill("#receive-quantity", "5").await;
    window.fill("#receive-note", "SJ-77").await;
    window.click("#receive-confirm").await;
    window.sees(on_hand, &(before + 5).to_string()).await;
    window.sees("#ledger-rows tr[data-reason=received]", "SJ-77").await;

    window.click("#correct-stock").await;
    window.fill("#correct-delta", "-2").await;
    window.click("#correct-confirm").await;
    window.sees("#correct-dialog .has-error", "Wajib diisi").await;
    window.fill("#correct-note", "Sobek di gudang").await;
    window.photograph("correct", "light").await;
    window.click("#correct-confirm").await;
    window.sees(on_hand, &(before + 3).to_string()).await;
    window.sees("#ledger-rows tr[data-reason=corrected]", "Sobek di gudang").await;

    window.click("#count-stock").await;
    window.fill("#count-counted", &(before + 1).to_string()).await;
    window.click("#count-confirm").await;
    window.sees(on_hand, &(before + 1).to_string()).await;

    window.click("#set-limits").await;
    window.fill("#limits-most", "2000").await;
    window.click("#limits-confirm").await;
    window.until("document.querySelector('#limits-dialog .problem-line, #limits-dialog .has-error')").await;
    window.fill("#limits-low", "4").await;
    window.fill("#limits-most", "7").await;
    window.click("#limits-confirm").await;
    window.sees("#variant [data-test=low-limit]", "4").await;
    window.sees("#variant [data-test=most]", "7").await;
    window.until("!document.querySelector('[data-test=toast]')").await;
    window.photograph("variant-ledger", "light").await;
    window.quit();
}

#[tokio::test]
async fn a_shelf_is_counted_and_its_differences_are_applied() {
    let window = Window::of_demo_owner().await;
    window.click("#nav-stock").await;
    window.until("document.querySelectorAll('#stock-rows tr[data-sku]').length > 3").await;
    let skus =
        window.run("return [...document.querySelectorAll('#stock-rows tr[data-sku]')].map((it) => it.dataset.sku);");
    let skus = skus.await;
    let (first, second) = (skus[0].as_str().unwrap().to_owned(), skus[1].as_str().unwrap().to_owned());

    window.click("#to-stock-takes").await;
    window.click("#begin-stock-take").await;
    window.fill("#begin-name", "Rak A").await;
    window.click("#begin-confirm").await;
    window.sees("#stock-take h1", "Rak A").await;
    // Scanners and people write it as they like; what is found is told by its name.
    window.fill("#take-sku", &first.to_lowercase()).await;
    window.until("document.querySelector('[data-test=take-found]')").await;
    window.click("#take-record").await;
    window.until("document.activeElement?.id === 'take-counted'").await;
    window.fill("#take-counted", "1000").await;
    window.click("#take-record").await;
    let line = format!("#take-lines tr[data-sku='{first}']");
    let expected = number(&window, &format!("{line} [data-test=expected]")).await;
    window.until("document.activeElement?.id === 'take-sku'").await;
    // A second count takes the place of the first.
    window.click(&format!("{line} [data-test=count-again]")).await;
    window.fill("#take-counted", &(expected + 2).to_string()).await;
    window.click("#take-record").await;
    window.until(&format!("document.querySelector(\"{line}[data-delta='2']\")")).await;
    window.fill("#take-sku", "tidak ada yang bernama begini").await;
    window.until("document.querySelector('[data-test=take-none]')").await;
    window.fill("#take-sku", "kemeja").await;
    window.photograph("stock-take-search", "light").await;
    window.click("#take-finds .find").await;
    window.until("document.activeElement?.id === 'take-counted' && document.querySelector('#take-sku').value").await;
    window.fill("#take-sku", &second).await;
    window.fill("#take-counted", "0").await;
    window.click("#take-record").await;
    let other = format!("#take-lines tr[data-sku='{second}']");
    let gone = number(&window, &format!("{other} [data-test=expected]")).await;
    window.click(&format!("{other} [data-test=count-again]")).await;
    window.fill("#take-counted", &gone.to_string()).await;
    window.click("#take-record").await;
    window.until(&format!("document.querySelector(\"{other}[data-delta='0']\")")).await;
    window.sees("#stock-take [data-test=differences]", "1").await;
    for (language, suffix) in [("en", "-en"), ("id", "")] {
        for theme in ["light", "dark"] {
            window.wear(language, theme).await;
            window.photograph(&format!("stock-take{suffix}"), theme).await;
            window.fits("stock-take").await;
        }
    }

    window.click("#apply-take").await;
    window.photograph("apply", "dark").await;
    window.click("#close-take-confirm").await;
    window.until("document.querySelector('#stock-take [data-test=status][data-status=applied]')").await;
    window.until("!document.querySelector('#take-sku, #apply-take')").await;
    window.click(&format!("{line} a.product-name")).await;
    window.sees("#variant [data-test=sku]", &first).await;
    window.sees("#ledger-rows tr[data-reason=counted]", "+2").await;
    window.sees("#ledger-rows tr[data-reason=counted]", "Rak A").await;

    window.goes_to("stock-takes", "#/stock-takes").await;
    window.click("#begin-stock-take").await;
    window.click("#begin-confirm").await;
    window.click("#abandon-take").await;
    window.click("#close-take-confirm").await;
    window.until("document.querySelector('#stock-take [data-test=status][data-status=abandoned]')").await;
    window.quit();
}

#[tokio::test]
async fn a_note_to_staff_is_written_on_a_product_and_kept_in_the_history() {
    let window = Window::of_demo_owner().await;
    window.goes_to("variant", "#/stock/1").await;
    window.sees("#staff-note [data-test=staff-note]", "Belum ada catatan").await;
    window.click("#set-staff-note").await;
    window.fill("#staff-note-text", &"panjang ".repeat(63)).await;
    window.click("#staff-note-confirm").await;
    window.sees("#staff-note-dialog .has-error", "500").await;
    window.fill("#staff-note-text", "Mudah pecah, bungkus dua lapis").await;
    window.photograph("staff-note", "light").await;
    window.click("#staff-note-confirm").await;
    window.sees("#staff-note [data-test=staff-note]", "Mudah pecah, bungkus dua lapis").await;
    window.until("!document.querySelector('[data-test=toast]')").await;
    window.photograph("variant-note", "light").await;

    window.goes_to("audit", "#/history").await;
    window.sees("#audit-rows tr[data-action=set_staff_note]", "Mudah pecah, bungkus dua lapis").await;
    window.quit();
}
