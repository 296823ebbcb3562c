//! The same from the command line, from a live database, and with the replaced shop's own data where they are at hand.

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use services::reference::{self, HowTo};
use services::testing;
use sqlx::MySqlPool;
use tokio::process::Command;

use super::former_shop::{Data, broken, small};
use crate::running::built;
use crate::shop::TestShop;

/// Runs `storefront import reference` on the shop of a test.
async fn run(shop: &TestShop, from: &str, more: &[&str]) -> Output {
    Command::new(built("storefront"))
        .args(["import", "reference", from, "--data-dir", shop.folder.path().to_str().unwrap()])
        .args(["--database-url", &shop.database_url(), "--log", "error"])
        .args(more)
        .env_remove("DATABASE_URL")
        .kill_on_drop(true)
        .output()
        .await
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_command_line_says_what_came_and_what_did_not(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let file = |data: &Data, name: &str| {
        let path = shop.folder.path().join(name);
        std::fs::write(&path, data.bytes()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (good, bad) = (file(&small(), "good.json"), file(&broken(), "bad.json"));

    let looked = run(&shop, &good, &["--check"]).await;
    assert_eq!(looked.status.code(), Some(0), "{looked:?}");
    assert!(said(&looked).contains("Pesanan: 5 akan dibawa, 0 sudah ada, 0 ditolak"), "{}", said(&looked));
    assert_eq!(shop.count("select count(*) from orders").await, 0);

    let done = run(&shop, &good, &[]).await;
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert!(said(&done).contains("Pesanan: 5 dibawa"), "{}", said(&done));
    let more = run(&shop, &bad, &[]).await;
    assert_eq!(more.status.code(), Some(2), "{more:?}");
    assert!(said(&more).contains("Pesanan 21: Ditolak: Status “Entah” tidak dikenal."), "{}", said(&more));

    let other = shop.folder.path().join("other.json");
    std::fs::write(&other, b"{\"users\": 5").unwrap();
    for (from, word) in [
        (other.to_str().unwrap(), "not complete JSON"),
        ("/nowhere/data.json", "cannot be read"),
        ("mysql://a:b@127.0.0.1:9/none", "does not answer"),
    ] {
        let failed = run(&shop, from, &[]).await;
        assert_eq!(failed.status.code(), Some(1), "{failed:?}");
        let sentence = String::from_utf8(failed.stderr).unwrap();
        assert!(sentence.contains(word), "{sentence}");
    }
}

/// Checklist 124.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn pictures_come_with_the_first_run_or_a_later_one(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let file = shop.folder.path().join("data.json");
    std::fs::write(&file, small().bytes()).unwrap();
    let folder = shop.folder.path().join("foto");
    std::fs::create_dir(&folder).unwrap();
    let drawn = image::RgbImage::from_fn(40, 50, |x, y| {
        image::Rgb([u8::try_from(x * 6).unwrap(), u8::try_from(y * 5).unwrap(), 9])
    });
    drawn.save(folder.join("kemeja.png")).unwrap();
    std::fs::write(folder.join("sabuk.png"), b"no picture").unwrap();
    let (file, folder) = (file.to_str().unwrap(), folder.to_str().unwrap());

    assert!(said(&run(&shop, file, &[]).await).contains("3 gambar belum dibawa"));
    let done = run(&shop, file, &["--pictures", folder]).await;
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    assert!(said(&done).contains("Gambar: 1 dibawa, 0 sudah ada, 2 ditolak"), "{}", said(&done));
    assert!(said(&done).contains("Berkas kemeja-2.png tidak ada"), "{}", said(&done));
    assert_eq!(shop.count("select count(*) from product_pictures").await, 1);
    assert_eq!(shop.count("select count(*) from variants where shown_picture is not null").await, 3);
}

/// Checklist 124.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_live_database_is_read_as_its_file_is(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut data = small();
    for row in data.table("users").iter_mut() {
        row["password"] = Value::from(super::former_shop::HASH);
    }
    let name = format!("former_{}", std::process::id());
    fill(&shop, &name, &data).await;
    let url = shop.database_url();
    let (address, options) = url.split_once('?').unwrap();
    let (address, _) = address.rsplit_once('/').unwrap();
    let former = reference::live(&format!("{address}/{name}?{options}")).await.unwrap();
    let drop = sqlx::AssertSqlSafe(format!("drop database {name}"));
    sqlx::query(drop).execute(&testing::database(&shop)).await.unwrap();

    let report = reference::import(&shop, &shop.owner, &former, HowTo::default()).await.unwrap();
    assert!(report.is_all_in(), "{:#?}", report.remarks);
    assert_eq!(shop.counted().await, data.counted());
    assert_eq!(shop.count("select count(*) from accounts where password_hash like 'scrypt:%'").await, 3);
    assert_eq!(shop.count("select count(*) from mail_outbox").await, 0);
    for (sku, units) in data.shelves() {
        assert_eq!(shop.stock(shop.by_sku(&sku).await).await.0, units, "{sku}");
    }
    shop.assert_stock_adds_up().await;
}

/// A database with those tables: amounts are decimals, lists are JSON, and everything else is what it looks like.
async fn fill(shop: &TestShop, name: &str, data: &Data) {
    let db = testing::database(shop);
    let run = async |sql: String| sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&db).await.unwrap();
    run(format!("create database {name}")).await;
    for (table, rows) in &data.0 {
        let rows = rows.as_array().unwrap();
        let columns: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
        let typed = columns.iter().map(|column| {
            let kind = match column.as_str() {
                "price" | "discount_price" | "subtotal" | "discount_amount" | "shipping_cost" | "total_amount"
                | "amount" | "discount_percent" => "decimal(10,2)",
                "id" | "user_id" | "product_id" | "variant_id" | "order_id" | "quantity" | "stock" => "int",
                column if column.ends_with("_date") || column.ends_with("_at") || column == "timestamp" => "datetime",
                "additional_image_urls" => "json",
                _ => "text",
            };
            format!("`{column}` {kind} null")
        });
        run(format!("create table {name}.`{table}` ({})", typed.collect::<Vec<_>>().join(", "))).await;
        for row in rows {
            let values = columns.iter().map(|column| match &row[column.as_str()] {
                Value::Null => "null".to_owned(),
                Value::String(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''")),
                other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                    format!("'{other}'")
                }
            });
            run(format!("insert into {name}.`{table}` values ({})", values.collect::<Vec<_>>().join(", "))).await;
        }
    }
}

/// The data that the program was written for: 28 orders that stand, with 35 units, worth Rp 11.189.750.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_replaced_shop_itself_is_counted_to_the_rupiah(db: MySqlPool) {
    let Some(file) = own_data().filter(|file| file.is_file()) else {
        eprintln!("skipped: the replaced shop's data are not here; name them in ETALASE_REFERENCE_FILE");
        return;
    };
    let shop = TestShop::open(db).await;
    let former = reference::Former::read(&std::fs::read(file).unwrap()).unwrap();
    let report = reference::import(&shop, &shop.owner, &former, HowTo::default()).await.unwrap();
    assert!(report.is_all_in(), "{:#?}", report.remarks);
    assert_eq!(shop.counted().await, (28, 35, 11_189_750));
    assert_eq!(shop.count("select count(*) from accounts").await, 12);
    assert_eq!(shop.count("select count(*) from customer_vouchers").await, 21);
    shop.assert_stock_adds_up().await;
}

fn own_data() -> Option<PathBuf> {
    let beside = || {
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(|it| it.join("shared/reference/import/data.json"))
    };
    std::env::var_os("ETALASE_REFERENCE_FILE").map(PathBuf::from).or_else(beside)
}
