//! The same without a window.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use sqlx::MySqlPool;
use tempfile::TempDir;

use crate::demo;
use crate::running::built;
use crate::shop::TestShop;

const PASSWORD: &str = "warung kopi di tugu";

fn storefront(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(built("storefront"));
    command.args(arguments).arg("--data-dir").arg(folder).env_remove("DATABASE_URL").stdin(Stdio::null());
    command.env("ETALASE_MYSQLD", demo::server().path()).env("ETALASE_OWNER_PASSWORD", PASSWORD);
    command.env("ETALASE_LOG", "error");
    command
}

/// What a run says on stdout, with its exit code.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = storefront(folder, arguments).output().unwrap();
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(!stderr.contains("panicked"), "{stderr}");
    (status.code(), if stdout.is_empty() { stderr } else { stdout })
}

/// An empty shop that was set up, and a place for files beside it.
fn empty_shop() -> (TempDir, TempDir) {
    let (shop, files) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let named =
        ["--shop-name", "Kopi Tugu", "--owner-name", "Dewi", "--owner-email", "dewi@example.com", "--language", "en"];
    let (code, said) = run(shop.path(), &[&["set-up"][..], &named].concat());
    assert_eq!(code, Some(0), "{said}");
    (shop, files)
}

#[test]
fn the_exit_code_tells_whether_all_some_or_none_of_a_file_is_in() {
    let (shop, files) = empty_shop();
    let write = |name: &str, text: &str| {
        let path = files.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let good = write("good.csv", "product,name,sku,price,stock,shelf\nteko,Teko,TEKO,45000,3,A1\n");
    let mixed = write("mixed.csv", "product,name,sku,price\nkopi,Kopi,KOPI,85000\nbaru,Baru,BARU,gratis\n");
    let bad = write("bad.csv", "product,name,sku,price\nbaru,Baru,BARU,gratis\n");

    let (code, said) = run(shop.path(), &["import", "products", &good, "--check"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Nothing was saved yet. New products: 1."), "{said}");
    let (code, said) = run(shop.path(), &["import", "products", &good]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("New products: 1. Changed: 0. Unchanged: 0."), "{said}");
    assert!(said.contains("Left out: column “shelf”, 1 cell, in line 2 (“A1”)."), "{said}");
    let (code, said) = run(shop.path(), &["import", "products", &mixed]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("Line 3, column “price”: Enter a valid amount."), "{said}");
    let (code, said) = run(shop.path(), &["import", "products", &bad]);
    assert_eq!(code, Some(1), "{said}");
    let (code, said) = run(shop.path(), &["import", "shopify", &good]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("The column “Handle” is missing."), "{said}");
    let (code, said) = run(shop.path(), &["import", "products", "/nowhere/goods.csv"]);
    assert!(code == Some(1) && said.contains("/nowhere/goods.csv cannot be read"), "{said}");

    let exported = files.path().join("all.csv");
    let (code, said) = run(shop.path(), &["export", "products", exported.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("2 products written to"), "{said}");
    let text = std::fs::read_to_string(&exported).unwrap();
    assert!(text.starts_with("\u{feff}product,name:id,name:en,"), "{text}");
    let (code, said) = run(shop.path(), &["import", "products", exported.to_str().unwrap()]);
    assert!(code == Some(0) && said.contains("Unchanged: 2."), "{said}");
    assert!(
        std::fs::read_dir(files.path()).unwrap().all(|file| !file
            .unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with(".part"))
    );
}

#[test]
fn a_shop_that_nobody_set_up_says_how_instead_of_taking_goods() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("goods.csv");
    std::fs::write(&file, "name,price\nTeko,1\n").unwrap();
    let data = folder.path().join("shop");
    let (code, said) = run(&data, &["import", "products", file.to_str().unwrap()]);
    assert!(code == Some(1) && said.contains("storefront set-up"), "{said}");
}

/// Killed as by a power cut, in the middle: every product is whole or not there, and the same file goes on.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_import_that_is_killed_leaves_all_or_nothing_of_each_product_and_goes_on(db: MySqlPool) {
    const PRODUCTS: i64 = 600;
    let shop = TestShop::open(db).await;
    let files = tempfile::tempdir().unwrap();
    let file = files.path().join("many.csv");
    let product = |n: i64| {
        let first = format!("p{n},Barang {n},Ukuran,P-{n}-S,S,1000,{}\n", n + 1);
        first + &format!("p{n},,,P-{n}-M,M,1000,{}\n", n + 1)
    };
    let rows: String = (0..PRODUCTS).map(product).collect();
    std::fs::write(&file, format!("product,name,option1,sku,option1_value,price,stock\n{rows}")).unwrap();
    let (file, url) = (file.to_str().unwrap().to_owned(), shop.database_url());
    let arguments = ["import", "products", &file, "--database-url", &url];

    let mut child =
        storefront(shop.folder.path(), &arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let products = "select count(*) from products";
    while shop.count(products).await < 20 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was cut short");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What the database was told before the end, it does.
    let busy = "select count(*) from information_schema.processlist where db = database() and id <> connection_id()
                and command <> 'Sleep'";
    while shop.count(busy).await > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let known = shop.count(products).await;
    assert!(known < PRODUCTS, "{known}");
    // Both variants and their units, or none of it.
    let whole =
        "select count(*) from products p where 2 = (select count(*) from variants v join stock s on s.variant_id = v.id
                 where v.product_id = p.id and s.on_hand = substr(p.slug, 2) + 1)";
    assert_eq!(shop.count(whole).await, known);
    shop.assert_stock_adds_up().await;

    let folder = shop.folder.path().to_owned();
    let again = move || run(&folder, &["import", "products", &file, "--database-url", &url]);
    let (code, said) = tokio::task::spawn_blocking(again).await.unwrap();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains(&format!("Tetap sama: {known}.")), "{said}");
    assert_eq!((shop.count(products).await, shop.count(whole).await), (PRODUCTS, PRODUCTS));
    shop.assert_stock_adds_up().await;
}
