//! Many products at once: in the order of the file, each whole or not at all, whoever else writes meanwhile.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::catalog::{ListChanges, UndoChange};
use domain::imports::{FileForm, Verdict};
use domain::message::Message;
use domain::payments::PaymentMethod;
use services::catalog;
use services::imports::{self, Fetcher, Import, Pictures, Reach};
use services::testing::database;
use sqlx::MySqlPool;

use super::{apply, bring, counts, export, read, troubles};
use crate::shop::TestShop;

/// A file of products whose numbers are these, with a SKU of the same number and as many units.
fn file(name: &str, numbers: std::ops::Range<u32>) -> String {
    let rows: String = numbers.map(|n| format!("{name}{n},Barang {name}{n},SKU-{n},{},{n}\n", 1_000 + n)).collect();
    format!("product,name:id,sku,price,stock\n{rows}")
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn products_are_made_in_the_order_of_the_file(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let report = apply(&shop, FileForm::Products, &file("barang-", 0..130)).await;
    assert_eq!(counts(&report), [130, 0, 0, 0], "{report:?}");
    let slugs: Vec<String> = sqlx::query_scalar("select cast(slug as char) from products order by id")
        .fetch_all(&database(&shop))
        .await
        .unwrap();
    assert_eq!(slugs, (0..130).map(|n| format!("barang-{n}")).collect::<Vec<_>>());
    let told =
        "select count(*) from audit where action = 'create_product' and json_length(after_content, '$.variants') = 1";
    assert_eq!(shop.count(told).await, 130, "each stands in the history");
    let shelves = "select count(*) from stock s join variants v on v.id = s.variant_id
                   where s.on_hand = cast(substring(v.sku, 5) as unsigned)";
    assert_eq!(shop.count(shelves).await, 130);
    shop.assert_stock_adds_up().await;
}

/// What one names that another of the same file is about, is there when it is looked for.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn products_of_a_file_know_those_before_them(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let text = "product,name:id,sku,price,related\n\
                teko,Teko,TEKO,50000,\n\
                cangkir,Cangkir,CANGKIR,20000,teko\n\
                teko-kedua,Teko lagi,TEKO,60000,\n\
                piring,Piring,PIRING,30000,mangkuk\n\
                mangkuk,Mangkuk,MANGKUK,25000,cangkir\n";
    let report = apply(&shop, FileForm::Products, text).await;
    assert_eq!(counts(&report), [4, 0, 0, 1], "{report:?}");
    assert_eq!(troubles(&report)[0].0, 4, "the SKU of line 2 is no other product's");
    let beside = "select count(*) from related_products r join products p on p.id = r.product_id
                  join products o on o.id = r.related_id
                  where (p.slug, o.slug) in (('cangkir', 'teko'), ('piring', 'mangkuk'), ('mangkuk', 'cangkir'))";
    assert_eq!(shop.count(beside).await, 3);
    let once = "select count(*) from products where version = 1";
    assert_eq!(shop.count(once).await, 3, "only who names one behind it is saved twice");
}

/// What is planned while others are still being written knows those too: about a hundred are written at once.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn products_of_a_long_file_know_those_that_are_being_written(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for near in 95..105_u32 {
        let rows: String = (0..130)
            .map(|n| {
                let beside = if n == near || n == near + 7 { format!("b{near}-{}", n - 1) } else { String::new() };
                let sku = if n == near + 20 { near - 1 } else { n };
                format!("b{near}-{n},Barang {near} {n},SKU-{near}-{sku},1000,{beside}\n")
            })
            .collect();
        let report = apply(&shop, FileForm::Products, &format!("product,name:id,sku,price,related\n{rows}")).await;
        assert_eq!(counts(&report), [129, 0, 0, 1], "{report:?}");
        assert_eq!(troubles(&report)[0].0, near + 22, "the SKU is that of line {}", near + 1);
    }
    let beside = "select count(*) from related_products r join products p on p.id = r.product_id
                  join products o on o.id = r.related_id where p.version = 1 and
                  substring_index(p.slug, '-', -1) = substring_index(o.slug, '-', -1) + 1";
    assert_eq!(shop.count(beside).await, 20);
}

/// The SKUs from 50 to 99 are in both files.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn two_files_at_once_bring_every_sku_once_and_refuse_nothing_else(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (one, other) = (file("satu-", 0..100), file("dua-", 50..150));
    let (one, other) = (read(&shop, FileForm::Products, &one).await, read(&shop, FileForm::Products, &other).await);
    let (one, other) = tokio::join!(bring(&shop, &one, false), bring(&shop, &other, false));
    let (one, other) = (one.unwrap(), other.unwrap());
    let [new_one, .., refused_one] = counts(&one);
    let [new_other, .., refused_other] = counts(&other);
    assert_eq!((new_one + new_other, refused_one + refused_other), (150, 50), "{one:?}\n{other:?}");
    assert_eq!(shop.count("select count(distinct sku) from variants").await, 150);
    for (_, column, message) in troubles(&one).into_iter().chain(troubles(&other)) {
        assert_eq!(column, "sku");
        let is_taken = matches!(message, Message::AlreadyTaken | Message::SkuInOtherProduct { .. });
        assert!(is_taken, "{message:?}");
    }
    let whole =
        "select count(*) from products p join variants v on v.product_id = p.id join stock s on s.variant_id = v.id
                 join product_texts t on t.product_id = p.id";
    assert_eq!(shop.count(whole).await, 150);
    assert_eq!(shop.count("select count(*) from products").await, 150);
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_import_that_is_called_off_leaves_whole_products_and_goes_on_later(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let file = read(&shop, FileForm::Products, &file("barang-", 0..300)).await;
    let heard = AtomicU32::new(0);
    let watch = |done: u32, of: u32| {
        assert!(of == 300 && done >= heard.swap(done, Ordering::Relaxed));
        if done > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let pictures = Pictures { files: None, fetcher: &Fetcher::new(Reach::Internet) };
    let import = Import { file: &file, pictures, name: "goods.csv", watch: &watch };
    let report = imports::apply(&shop, &shop.owner, import).await.unwrap();
    let (done, counted) = (heard.load(Ordering::Relaxed), report.counts());
    assert!((1..300).contains(&done), "{done}");
    assert_eq!((counted.new, counted.not_reached), (done, 300 - done));
    assert_eq!(shop.count("select count(*) from products").await, i64::from(done));
    assert_eq!(report.products.last().unwrap().verdict, Verdict::NotReached);
    shop.assert_stock_adds_up().await;

    let rest = bring(&shop, &file, false).await.unwrap();
    assert_eq!(counts(&rest), [300 - done, 0, done, 0]);
    shop.assert_stock_adds_up().await;
}

/// Prices, a barcode, words and numbers of many; of one, units are promised that the file takes away, and of one the SKU is
/// another.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn fields_of_many_are_changed_together_and_one_is_refused_alone(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let row = |n: u32, name: &str, sku: &str, price: u32, stock: u32, barcode: &str| {
        format!("barang-{n},{name} {n},{sku}-{n},{price},{stock},{barcode},active\n")
    };
    let head = "product,name:id,sku,price,stock,barcode,status\n";
    let before: String = (0..130).map(|n| row(n, "Barang", "SKU", 1_000 + n, n, "")).collect();
    assert_eq!(counts(&apply(&shop, FileForm::Products, &format!("{head}{before}")).await), [130, 0, 0, 0]);
    let written = export(&shop).await;
    let promised = shop.by_sku("SKU-7").await;
    shop.order(promised, 3, PaymentMethod::Demo).await.unwrap();

    let after: String = (0..130)
        .map(|n| match n {
            3 => row(n, "Barang", "SKU", 1_000 + n, n, ""),
            5 => row(n, "Guci", "SKU", 2_000 + n, n, ""),
            7 => row(n, "Barang", "SKU", 2_000 + n, 1, ""),
            8 => row(n, "Barang", "SKU", 2_000 + n, 20, ""),
            9 => row(n, "Barang", "LAIN", 2_000 + n, n, ""),
            11 => row(n, "Barang", "SKU", 1_000 + n, n, "RAK-11"),
            _ => row(n, "Barang", "SKU", 2_000 + n, n, ""),
        })
        .collect();
    let report = apply(&shop, FileForm::Products, &format!("{head}{after}")).await;
    assert_eq!(counts(&report), [0, 128, 1, 1], "{report:?}");
    let sku = "SKU-7".to_owned();
    assert_eq!(troubles(&report), [(9, String::new(), Message::UnitsArePromised { sku, reserved: 3 })]);

    let as_told = "select count(*) from products p join variants v on v.product_id = p.id
                   where p.version = 2 and p.from_amount = v.price_amount and v.retired_at is null
                     and v.price_amount = 2000 + cast(substring(p.slug, 8) as unsigned)";
    assert_eq!(shop.count(as_told).await, 127);
    let untouched = "select count(*) from products p join variants v on v.product_id = p.id
                     where p.version = 1 and v.price_amount < 2000 and p.slug in ('barang-3', 'barang-7')";
    assert_eq!(shop.count(untouched).await, 2);
    let found = "select (select count(*) from products where desk_text like '%rak-11%')
                      + (select count(*) from products p join product_texts t on t.product_id = p.id
                         where p.desk_text like '%guci%' and t.search_text like '%guci%')";
    assert_eq!(shop.count(found).await, 2, "what they are found by is changed with them");
    let told = "select count(*) from audit a join products p on p.id = a.subject_id and p.slug = a.subject_name
                where a.action = 'save_product' and a.subject_kind = 'product'
                  and json_extract(a.before_content, '$.variants[0].price') = 1000 + substring(p.slug, 8)
                  and json_extract(a.after_content, '$.variants[0].price') = 2000 + substring(p.slug, 8)";
    assert_eq!(shop.count(told).await, 127, "each stands in the history");
    assert_eq!(shop.stock(shop.by_sku("SKU-8").await).await, (20, 0));
    let corrected = "select count(*) from audit where action = 'correct_stock' and subject_name = 'SKU-8'";
    assert_eq!(shop.count(corrected).await, 1);
    shop.assert_stock_adds_up().await;

    let change = catalog::changes(&shop, &shop.owner, ListChanges { after: None }).await.unwrap().rows.remove(0);
    assert_eq!(change.products, 128);
    let answer = catalog::undo(&shop, &shop.owner, UndoChange { change_id: change.id }).await.unwrap();
    assert!(answer.kept.is_empty(), "{answer:?}");
    assert_eq!(export(&shop).await, written);
    shop.assert_stock_adds_up().await;
}

/// Whoever comes second looks anew at what the other one saved meanwhile.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn two_files_at_once_with_other_prices_are_both_taken_in(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    apply(&shop, FileForm::Products, &file("barang-", 0..130)).await;
    let priced = |price: u32, column: &str, value: u32| -> String {
        let rows: String = (0..130).map(|n| format!("barang-{n},SKU-{n},{},{value}\n", price + n)).collect();
        format!("product,sku,price,{column}\n{rows}")
    };
    let (one, other) = (priced(5_000, "weight_grams", 50), priced(5_000, "cost", 700));
    let (one, other) = (read(&shop, FileForm::Products, &one).await, read(&shop, FileForm::Products, &other).await);
    let (one, other) = tokio::join!(bring(&shop, &one, false), bring(&shop, &other, false));
    for report in [one.unwrap(), other.unwrap()] {
        assert_eq!(counts(&report), [0, 130, 0, 0], "{report:?}");
    }
    let both = "select count(*) from products p join variants v on v.product_id = p.id
                where v.price_amount = 5000 + cast(substring(v.sku, 5) as unsigned) and v.weight_grams = 50
                  and v.cost_amount = 700 and p.from_amount = v.price_amount and p.version = 3";
    assert_eq!(shop.count(both).await, 130);
}
