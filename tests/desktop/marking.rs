//! Many products at once in the open window: marked, changed with a preview, and given back.

use serde_json::{Value, json};

use crate::goods::{as_another, press, press_with};
use crate::imports::looked_at;
use crate::window::Window;

const SHIFT: &str = "\u{e008}";
const DOWN: &str = "\u{e015}";

/// The prices of the first product of the list, from the lowest to the highest.
async fn prices(window: &Window) -> (i64, i64) {
    let list = json!({
        "search": null, "category": "any", "status": null, "stock": null, "sort": "name", "descending": false, "after": null,
    });
    let page: Value = as_another(window, "ListGoods", &list).await;
    let row = &page["rows"][0];
    (row["from_price"].as_i64().unwrap(), row["to_price"].as_i64().unwrap())
}

async fn marks(window: &Window) -> Value {
    window.run("return [...document.querySelectorAll('#product-rows .mark')].filter((it) => it.checked).length;").await
}

/// Checklist 91.
#[tokio::test]
async fn marked_products_are_changed_after_a_preview_and_given_back() {
    let window = Window::of_demo_owner().await;
    window.goes_to("products", "#/products?sort=name").await;
    window.until("document.querySelectorAll('#product-rows tr[data-product]').length > 5").await;

    // One by one, a range with Shift, and on with the keys.
    window.click("#product-rows tr:nth-child(1) .mark").await;
    let range = "const box = document.querySelector('#product-rows tr:nth-child(4) .mark');\
        box.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: true }));";
    window.run(range).await;
    window.sees("[data-test=marked]", "4 produk dipilih").await;
    assert_eq!(marks(&window).await, json!(4));
    window.run("document.querySelector('#product-rows tr:nth-child(4) .row-link').focus();").await;
    press_with(&window, Some(SHIFT), &[DOWN]).await;
    window.sees("[data-test=marked]", "5 produk dipilih").await;
    window.run("document.querySelector('#product-rows tr:nth-child(2) .row-link').focus();").await;
    press(&window, &["x"]).await;
    window.sees("[data-test=marked]", "4 produk dipilih").await;

    // All that were found, also those that are not on this page.
    window.click("#mark-all").await;
    window.sees("[data-test=marked]", "Semua 29 produk yang ditemukan dipilih").await;
    looked_at(&window, "products-marked").await;

    let before = prices(&window).await;
    window.click("#bulk-price").await;
    window.fill("#bulk-value", "10").await;
    window.click("#bulk-rounding option[value=end_900]").await;
    looked_at(&window, "bulk-fields").await;
    window.click("#bulk-confirm").await;
    window.sees("[data-test=bulk-sum]", "Belum ada yang disimpan").await;
    window.until("document.querySelector('#bulk-rows [data-test=bulk-changes] ins')").await;
    looked_at(&window, "bulk-preview").await;
    assert_eq!(prices(&window).await, before, "nothing is saved yet");
    window.click("#bulk-apply").await;
    window.sees("[data-test=toast]", "produk diubah").await;
    let after = prices(&window).await;
    assert!(before < after && after.0 % 1_000 == 900 && after.1 % 1_000 == 900, "{before:?} {after:?}");

    window.click("[data-test=toast-undo]").await;
    window.sees("[data-test=toast]", "kembali seperti semula").await;
    assert_eq!(prices(&window).await, before);
    window.quit();
}

/// Checklist 91. Checklist 98. Checklist 100.
#[tokio::test]
async fn what_was_deleted_comes_back_from_the_list_of_changes_and_what_moved_on_is_named() {
    let window = Window::of_demo_owner().await;
    window.goes_to("products", "#/products?sort=name").await;
    for row in [1, 2] {
        window.click(&format!("#product-rows tr:nth-child({row}) .mark")).await;
    }
    window.click("#bulk-status").await;
    window.click("#bulk-chosen option[value=draft]").await;
    window.click("#bulk-confirm").await;
    window.click("#bulk-apply").await;
    window.sees("[data-test=toast]", "2 produk diubah").await;

    // Somebody changes one of them since.
    let page = as_another(
        &window,
        "ListGoods",
        &json!({
            "search": null, "category": "any", "status": "draft", "stock": null, "sort": "name", "descending": false,
            "after": null,
        }),
    )
    .await;
    let id = page["rows"][0]["id"].clone();
    let stored = as_another(&window, "GetProduct", &json!({ "product_id": id })).await;
    let mut document = stored["document"].clone();
    document["status"] = json!("archived");
    let wish = json!({ "product_id": id, "version": stored["version"], "document": document });
    assert!(as_another(&window, "SaveProduct", &wish).await.get("saved").is_some());

    window.click("#to-changes").await;
    window.sees("#change-rows tr:first-child", "Status menjadi Draf").await;
    looked_at(&window, "changes").await;
    window.click("#change-rows tr:first-child [data-test=undo]").await;
    window.click("#undo-confirm").await;
    window.sees("[data-test=toast]", "1 produk kembali seperti semula, 1 tidak sepenuhnya").await;
    window.click("#change-rows tr:first-child .row-link").await;
    window.click("#change-kept").await;
    window.sees("#changed-rows [data-test=undone]", "Sudah diubah lagi oleh").await;
    looked_at(&window, "change").await;

    // A category that is deleted comes back by the toast.
    window.goes_to("categories", "#/categories").await;
    window.until("document.querySelector('.tree-row')").await;
    let first = window.run("return document.querySelector('.tree-row').dataset.category;").await;
    let first = first.as_str().unwrap().to_owned();
    window.click(&format!("[data-category='{first}'] [data-test=delete-category]")).await;
    window.click("#delete-category-confirm").await;
    window.until(&format!("!document.querySelector(\"[data-category='{first}']\")")).await;
    window.click("[data-test=toast-undo]").await;
    window.until(&format!("document.querySelector(\"[data-category='{first}']\")")).await;
    window.quit();
}
