//! The owner's own goods from the open window: a first product in an empty shop, two people on one product, and whatever is
//! typed and not saved yet.

use std::path::{Path, PathBuf};

use reqwest::Method;
use serde_json::{Value, json};

use crate::demo::PASSWORD;
use crate::window::Window;

pub(crate) const PHOTOGRAPHS: [&str; 6] = [
    "kaus-katun-hitam-1",
    "kaus-katun-putih-1",
    "kaus-katun-putih-2",
    "kaus-katun-terakota-1",
    "kebaya-sekar-putih-1",
    "gaun-kemeja-biru-1",
];

/// Keys that a browser's driver calls by a sign of their own.
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const TAB: &str = "\u{e004}";
pub(crate) const DOWN: &str = "\u{e015}";
pub(crate) const UP: &str = "\u{e013}";
pub(crate) const SHIFT: &str = "\u{e008}";
pub(crate) const CONTROL: &str = "\u{e009}";

/// Presses keys where the cursor is, one after the other, while another one is held.
pub(crate) async fn press_with(window: &Window, held: Option<&str>, keys: &[&str]) {
    let mut actions = Vec::new();
    actions.extend(held.map(|key| json!({ "type": "keyDown", "value": key })));
    for key in keys {
        actions.push(json!({ "type": "keyDown", "value": key }));
        actions.push(json!({ "type": "keyUp", "value": key }));
    }
    actions.extend(held.map(|key| json!({ "type": "keyUp", "value": key })));
    let keyboard = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
    window.command(Method::POST, "/actions", &keyboard).await;
}

pub(crate) async fn press(window: &Window, keys: &[&str]) {
    press_with(window, None, keys).await;
}

pub(crate) async fn types(window: &Window, text: &str) {
    let keys: Vec<String> = text.chars().map(String::from).collect();
    press(window, &keys.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

/// Chooses files where a product's pictures are added, as the system's dialog would.
async fn choose_files(window: &Window, files: &[PathBuf]) {
    choose_at(window, "#add-pictures", files).await;
}

/// Waits until a product has so many pictures. They are taken one after the other, and each is waited for.
pub(crate) async fn takes_pictures(window: &Window, many: usize) {
    for count in 1..=many {
        let taken = "document.querySelectorAll('#product-pictures [data-test=picture]').length";
        window.until(&format!("{taken} >= {count}")).await;
    }
}

async fn choose_at(window: &Window, css: &str, files: &[PathBuf]) {
    window.until(&format!("document.querySelector('{css}')")).await;
    let chosen = json!({ "using": "css selector", "value": css });
    let element = window.command(Method::POST, "/element", &chosen).await;
    let element = element.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned();
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    window.command(Method::POST, &format!("/element/{element}/value"), &json!({ "text": names.join("\n") })).await;
}

/// The text of a cell of the table of variants.
pub(crate) async fn cell(window: &Window, row: usize, column: usize) -> String {
    let script = format!(
        "const it = document.querySelector('[data-place=\"{row}:{column}\"]');\
         return it.querySelector('input')?.value ?? it.innerText.trim();"
    );
    window.run(&script).await.as_str().unwrap().to_owned()
}

pub(crate) async fn sees_cell(window: &Window, row: usize, column: usize, text: &str) {
    let expression = format!(
        "((it) => it && (it.querySelector('input')?.value ?? it.innerText.trim()) === {})\
         (document.querySelector('[data-place=\"{row}:{column}\"]'))",
        json!(text)
    );
    window.until(&expression).await;
}

pub(crate) fn place(row: usize, column: usize) -> String {
    format!("[data-place='{row}:{column}']")
}

/// An empty shop whose owner is signed in.
pub(crate) async fn empty_shop() -> Window {
    let window = Window::open(&[]).await;
    set_up(&window).await;
    window
}

pub(crate) async fn set_up(window: &Window) {
    window.fill("#set-up-owner-name", "Rina Hapsari").await;
    window.fill("#set-up-email", "rina@example.com").await;
    window.fill("#set-up-password", PASSWORD).await;
    window.fill("#set-up-shop-name", "Toko Rina").await;
    window.click("label.choice:has(#set-up-start-empty)").await;
    window.click("#set-up-submit").await;
    window.sees("#shop-name", "Toko Rina").await;
}

/// Makes a product with one variant, and goes to it.
pub(crate) async fn simple_product(window: &Window, name: &str) {
    window.goes_to("product", "#/new-product").await;
    window.fill("#product-name-id", name).await;
    window.click(&place(0, 0)).await;
    types(window, "50000").await;
    press(window, &[TAB]).await;
    press_with(window, Some(CONTROL), &["s"]).await;
    window.until("/^#\\/products\\/\\d+$/.test(location.hash)").await;
    window.sees("#product h1", name).await;
}

/// Sends a command as another window of the shop does; waits for its answer.
pub(crate) async fn as_another(window: &Window, name: &str, request: &Value) -> Value {
    let command = json!({ "command": { "name": name, "request": request } });
    window
        .run(&format!(
            "window.answered = null; window.__TAURI__.core.invoke('ask_shop', {command})\
             .then((it) => {{ window.answered = it; }}, (it) => {{ window.answered = {{ refused: it }}; }});"
        ))
        .await;
    window.until("window.answered !== null").await;
    window.run("return window.answered;").await
}

/// Pitfall B1.
#[tokio::test]
async fn who_leaves_what_is_not_saved_is_asked_first_and_loses_nothing_by_staying() {
    let window = empty_shop().await;
    simple_product(&window, "Cangkir").await;
    let product = window.address().await;
    window.fill("#product-name-id", "Cangkir Tanah").await;
    window.click("#nav-orders").await;
    window.click("#leave-stay").await;
    assert_eq!(window.address().await, product);
    assert_eq!(window.run("return document.querySelector('#product-name-id').value;").await, json!("Cangkir Tanah"));

    window.run("history.back();").await;
    window.click("#leave-save").await;
    window.until("!document.querySelector('#product-form')").await;
    window.goes_to("product", &product).await;
    window.sees("#product h1", "Cangkir Tanah").await;

    window.fill("#product-name-id", "Cangkir Lain").await;
    window.click("#nav-orders").await;
    window.click("#leave-leave").await;
    window.until("document.querySelector('#orders')").await;
    window.goes_to("product", &product).await;
    window.sees("#product h1", "Cangkir Tanah").await;

    // Neither signing out nor closing the window loses it.
    window.fill("#product-name-id", "Cangkir Biru").await;
    window.click("#sign-out").await;
    window.click("#leave-stay").await;
    window.close();
    window.click("#leave-stay").await;
    assert_eq!(window.run("return document.querySelector('#product-name-id').value;").await, json!("Cangkir Biru"));
    window
        .ends_by(async |window| {
            window.close();
            window.until("document.querySelector('#leave-leave')").await;
            // The window is gone before a click of the driver has its answer.
            window.run("setTimeout(() => document.querySelector('#leave-leave').click(), 200);").await;
        })
        .await;
}

/// Pitfall B11. Checklist 95. A picture that was just added becomes the main one; another goes; and so they stand afterwards,
/// for staff and shoppers. One that is narrower than the shop's narrowest file is shown, too.
#[tokio::test]
async fn pictures_are_put_in_order_and_taken_away_and_stay_so() {
    let window = empty_shop().await;
    simple_product(&window, "Vas").await;
    let product = window.address().await;
    let folder = tempfile::tempdir().unwrap();
    let narrow = folder.path().join("kecil.png");
    image::RgbImage::from_fn(120, 150, |x, y| image::Rgb([200, u8::try_from(x).unwrap(), u8::try_from(y).unwrap()]))
        .save(&narrow)
        .unwrap();
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("../images/store");
    let photograph = |name: &str| store.join(format!("{name}-1200.webp")).canonicalize().unwrap();
    let files = [photograph(PHOTOGRAPHS[0]), photograph(PHOTOGRAPHS[1]), narrow];
    choose_files(&window, &files).await;
    let tiles = "#product-pictures [data-test=picture]";
    takes_pictures(&window, 3).await;
    press_with(&window, Some(CONTROL), &["s"]).await;
    window.until("document.querySelector('#save-bar').dataset.changed === 'false'").await;
    let shown = format!(
        "return [...document.querySelectorAll('{tiles} img')].map((it) => it.src.split('/').pop().replace(/-\\d+\\.webp$/, ''));"
    );
    let first = window.run(&shown).await;
    window.until(&format!("[...document.querySelectorAll('{tiles} img')].every((it) => it.naturalWidth > 0)")).await;

    // A new one behind the others becomes the main one at once; the second of the old ones goes.
    choose_files(&window, &[photograph(PHOTOGRAPHS[4])]).await;
    window.until(&format!("document.querySelectorAll('{tiles}').length === 4")).await;
    window.click(".picture:nth-child(4) .picture-tools button:nth-child(2)").await;
    window.until("document.querySelector('.picture:nth-child(1) .picture-place').innerText.trim() !== '1'").await;
    window.click(".picture:nth-child(3) .picture-tools button:last-child").await;
    window.until(&format!("document.querySelectorAll('{tiles}').length === 3")).await;
    let wanted = window.run(&shown).await;
    assert_eq!((&wanted[1], &wanted[2]), (&first[0], &first[2]), "the new one stands before the others");
    press_with(&window, Some(CONTROL), &["s"]).await;
    window.until("document.querySelector('#save-bar').dataset.changed === 'false'").await;

    window.goes_to("products", "#/products").await;
    window.goes_to("product", &product).await;
    window.until(&format!("document.querySelectorAll('{tiles}').length === 3")).await;
    assert_eq!(window.run(&shown).await, wanted, "as it was left");
    let id: u64 = product.trim_start_matches("#/products/").parse().unwrap();
    let stored = as_another(&window, "GetProduct", &json!({ "product_id": id })).await;
    let keys: Vec<Value> =
        stored["document"]["pictures"].as_array().unwrap().iter().map(|it| it["key"].clone()).collect();
    assert_eq!(json!(keys), wanted);
    window.quit();
}

/// Checklist 100.
#[tokio::test]
async fn a_category_gets_a_picture_and_shows_it() {
    let window = empty_shop().await;
    window.goes_to("categories", "#/categories").await;
    window.click("#add-category").await;
    window.fill("#category-name-id", "Pakaian").await;
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("../images/store");
    let photograph = store.join(format!("{}-1200.webp", PHOTOGRAPHS[3])).canonicalize().unwrap();
    choose_at(&window, "#add-category-picture", &[photograph]).await;
    window.until("document.querySelector('[data-test=category-picture] img')?.naturalWidth > 0").await;
    window.photograph("category-picture", "light").await;
    window.click("#category-confirm").await;
    window.until("document.querySelector('[data-category=pakaian] img')?.naturalWidth > 0").await;
    window.click("[data-test=edit-category]").await;
    window.click("[data-test=category-picture] button").await;
    window.click("#category-confirm").await;
    window
        .until("!document.querySelector('#category-dialog') && !document.querySelector('[data-category=pakaian] img')")
        .await;
    window.quit();
}

/// Checklist 99.
#[tokio::test]
async fn who_saves_second_chooses_field_by_field_what_two_people_changed() {
    let window = empty_shop().await;
    simple_product(&window, "Teko").await;
    let id: u64 = window.address().await.trim_start_matches("#/products/").parse().unwrap();
    let stored = as_another(&window, "GetProduct", &json!({ "product_id": id })).await;
    window.fill("#product-name-id", "Teko Saya").await;
    window.click(&place(0, 4)).await;
    types(&window, "900").await;
    press(&window, &[ENTER]).await;

    let mut document = stored["document"].clone();
    document["name"]["id"] = json!("Teko Lain");
    document["variants"][0]["price"] = json!(75_000);
    let theirs = json!({ "product_id": id, "version": stored["version"], "document": document });
    let saved = as_another(&window, "SaveProduct", &theirs).await;
    assert!(saved.get("saved").is_some(), "{saved}");
    window.sees("[data-test=changed-meanwhile]", "diubah orang lain").await;
    press_with(&window, Some(CONTROL), &["s"]).await;
    window.sees("#conflict-dialog", "Teko Lain").await;
    window.photograph("conflict", "light").await;
    let choices = "return [...document.querySelectorAll('[data-test=choice]')].map((it) => it.dataset.path);";
    assert_eq!(window.run(choices).await, json!(["name.id"]), "only what both changed");
    window.click("#choice-0-theirs").await;
    window.click("#conflict-confirm").await;
    window.sees("#product h1", "Teko Lain").await;
    window.until("document.querySelector('#save-bar').dataset.changed === 'false'").await;
    sees_cell(&window, 0, 0, "75.000").await;
    sees_cell(&window, 0, 4, "900").await;
    let now = as_another(&window, "GetProduct", &json!({ "product_id": id })).await;
    assert_eq!(now["document"]["variants"][0]["weight_grams"], json!(900), "mine was kept beside theirs");
    assert_eq!(now["document"]["variants"][0]["price"], json!(75_000));
    window.quit();
}

/// Checklist 100.
#[tokio::test]
async fn categories_are_made_moved_and_deleted_with_the_keyboard() {
    let window = empty_shop().await;
    window.goes_to("categories", "#/categories").await;
    for name in ["Pakaian", "Kemeja"] {
        window.click("#add-category").await;
        window.fill("#category-name-id", name).await;
        window.click("#category-confirm").await;
        window.until("!document.querySelector('#category-dialog')").await;
    }
    window.sees(".tree > li:nth-child(2)", "Kemeja").await;
    let focus = "document.querySelectorAll('[data-test=edit-category]')[1].focus();";
    window.run(focus).await;
    press_with(&window, Some("\u{e00a}"), &["\u{e014}"]).await;
    window.sees(".tree .tree [data-test=edit-category]", "Kemeja").await;
    window.click("[data-category=pakaian] [data-test=delete-category]").await;
    window.click("#delete-category-confirm").await;
    window.until("document.querySelectorAll('.tree > li').length === 1").await;
    window.sees(".tree > li", "Kemeja").await;
    window.quit();
}
