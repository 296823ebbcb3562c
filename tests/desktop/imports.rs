//! Files in the open window: chosen in the system's own dialog, looked at, taken in, told, written out.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::axe;
use crate::goods::{as_another, empty_shop};
use crate::window::Window;

const CHOOSE: &str = "Pilih file untuk diimpor";
const CHOOSE_FOLDER: &str = "Pilih folder gambar";
const SAVE: &str = "Simpan file";

/// As many products as take their time.
const MANY: usize = 3_000;

/// A table of one's own: a column that nobody knows, a picture beside it, and one bad price.
const GOODS: &str = "Nama;Harga;Kode barang;Stok;Gambar;Rak\n\
    Cangkir Tanah;45000;CT-1;12;cangkir.webp;A1\n\
    Teko Tanah;=1+1;TT-1;4;;B2\n\
    Piring Tanah;38.500;PT-1;7;;A3\n";

async fn brings(window: &Window, file: &Path) {
    window.click("#choose-file").await;
    window.answer_dialog(CHOOSE, file);
    window.until("document.querySelector('#import-file')").await;
}

/// Waits until nothing moves any more.
async fn settles(window: &Window) {
    window.until("!document.querySelector('#import-progress') && document.querySelector('#import-file')").await;
}

fn beside(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

/// Checklist 93. Checklist 94.
#[tokio::test]
async fn a_table_with_its_pictures_is_looked_at_taken_in_and_told() {
    let window = empty_shop().await;
    let folder = tempfile::tempdir().unwrap();
    let table = beside(folder.path(), "barang.csv", GOODS);
    let pictures = folder.path().join("gambar");
    fs::create_dir(&pictures).unwrap();
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("../images/store");
    fs::copy(store.join("kaus-katun-hitam-1-1200.webp"), pictures.join("cangkir.webp")).unwrap();

    window.goes_to("products", "#/products").await;
    window.click("#import-first").await;
    looked_at(&window, "import-start").await;
    brings(&window, &table).await;
    settles(&window).await;
    window.sees("#import-file [data-test=separator]", "Titik koma").await;
    window.sees("#import-sum [data-test=sum]", "2 produk baru").await;
    window.sees("#import-sum [data-test=refused]", "1 produk ditolak").await;
    window.sees("#imported-rows tr[data-verdict=refused]", "Teko Tanah").await;
    window.sees("#left-out", "Rak").await;
    window.sees("#missing-pictures", "cangkir.webp").await;
    assert_eq!(products(&window).await, 0, "nothing is saved yet");

    window.click("#add-folder").await;
    window.answer_dialog(CHOOSE_FOLDER, &pictures);
    window.until("!document.querySelector('#missing-pictures')").await;
    settles(&window).await;
    looked_at(&window, "import-preview").await;
    window.click("#show-refused").await;
    window.until("document.querySelectorAll('#imported-rows tr').length === 1").await;

    window.click("#run-import").await;
    window.sees("#import-sum h2", "Impor selesai").await;
    window.sees("#import-sum [data-test=sum]", "2 produk baru").await;
    looked_at(&window, "import-done").await;
    let told = folder.path().join("perbaikan.csv");
    window.click("#save-troubles").await;
    window.answer_dialog(SAVE, &told);
    window.sees("[data-test=toast]", "perbaikan.csv").await;
    let told = fs::read_to_string(&told).unwrap();
    assert!(told.contains("3,Teko Tanah,Harga,"), "{told}");

    window.goes_to("products", "#/products").await;
    window.sees("#product-rows", "Cangkir Tanah").await;
    window.until("document.querySelector('#product-rows img')?.naturalWidth > 0").await;

    // And out again, without any loss.
    // First a part: what is marked is offered first.
    window.click("#product-rows tr:first-child [data-test=mark]").await;
    window.click("#export").await;
    window.until("document.querySelector('#export-which').value === 'marked'").await;
    window.click("#export-confirm").await;
    window.answer_dialog(SAVE, &folder.path().join("satu.csv"));
    window.sees("[data-test=toast]", "1 produk disimpan di satu.csv").await;
    window.click("#mark-none").await;
    window.click("#export").await;
    window.click("#export-confirm").await;
    let exported = folder.path().join("semua.csv");
    window.answer_dialog(SAVE, &exported);
    window.sees("[data-test=toast]", "2 produk disimpan di semua.csv").await;
    window.goes_to("import", "#/import").await;
    window.click("#put-away").await;
    brings(&window, &exported).await;
    settles(&window).await;
    window.sees("#import-sum [data-test=sum]", "0 produk baru, 0 akan diubah, 2 tetap sama").await;

    // All of it can be taken back.
    window.goes_to("changes", "#/changes").await;
    window.sees("#change-rows tr:first-child", "Impor barang.csv").await;
    window.click("#change-rows tr:first-child [data-test=undo]").await;
    window.click("#undo-confirm").await;
    window.sees("[data-test=toast]", "2 produk kembali seperti semula").await;
    assert_eq!(products(&window).await, 0);
    window.quit();
}

#[tokio::test]
async fn columns_that_nobody_knows_are_told_and_a_long_import_goes_on_while_one_does_other_things() {
    let window = empty_shop().await;
    let folder = tempfile::tempdir().unwrap();
    let mut text = "Barang,Jual,Kode\n".to_owned();
    for number in 0..MANY {
        text.push_str(&format!("Barang {number},{},B-{number}\n", 10_000 + number));
    }
    let table = beside(folder.path(), "gudang.csv", &text);
    window.goes_to("import", "#/import").await;
    brings(&window, &table).await;
    settles(&window).await;
    window.sees("#import-columns", "Barang").await;
    window.click("#column-0 option[value='name:id']").await;
    window.click("#column-1 option[value=price]").await;
    window.click("#map-columns").await;
    new_products(&window, MANY).await;
    window.sees("#imported-rows", "Barang 49").await;
    window.click("[data-test=next-page]").await;
    window.sees("[data-test=range]", "51–100 dari").await;

    window.click("#run-import").await;
    window.until("document.querySelector('#import-progress progress')").await;
    window.goes_to("orders", "#/orders").await;
    window.goes_to("import", "#/import").await;
    window.click("#stop-import").await;
    window.sees("#import-sum h2", "Impor dihentikan").await;
    window.sees("#import-sum [data-test=not-reached]", "belum sempat").await;
    let some = products(&window).await;
    assert!(some < MANY, "it was stopped: {some}");

    // The same file goes on where it ended.
    window.click("#put-away").await;
    brings(&window, &table).await;
    settles(&window).await;
    window.click("#column-0 option[value='name:id']").await;
    window.click("#column-1 option[value=price]").await;
    window.click("#map-columns").await;
    new_products(&window, MANY - some).await;
    window.click("#run-import").await;
    window.until("document.querySelector('#import-progress')").await;
    // Who closes the shop meanwhile leaves every product whole.
    window.quit();
}

/// Waits until so many products would be made.
async fn new_products(window: &Window, count: usize) {
    let sum = "document.querySelector('#import-sum [data-test=sum]')?.innerText.replaceAll('.', '')";
    window.until(&format!("{sum}.startsWith('{count} produk baru')")).await;
}

async fn products(window: &Window) -> usize {
    let mut after = Value::Null;
    let mut count = 0;
    loop {
        let list = json!({
            "search": null, "category": "any", "status": null, "stock": null, "sort": "newest", "descending": true,
            "after": after,
        });
        let page = as_another(window, "ListGoods", &list).await;
        count += page["rows"].as_array().unwrap().len();
        after = page["next"].clone();
        if after.is_null() {
            return count;
        }
    }
}

/// Pictures of a screen in both languages and themes, on a small window and on a large one.
pub(crate) async fn looked_at(window: &Window, picture: &str) {
    for (width, height) in [(1024, 768), (1920, 1080)] {
        window.size(width, height).await;
        for (language, suffix) in [("en", "-en"), ("id", "")] {
            for theme in ["dark", "light"] {
                window.wear(language, theme).await;
                window.photograph(&format!("{picture}{suffix}"), theme).await;
                window.fits(picture).await;
                axe::finds_nothing(window, picture).await;
            }
        }
    }
    window.size(1280, 800).await;
}
