//! Many products at once: in the order of the file, each whole or not at all, whoever else writes meanwhile.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::imports::{FileForm, Verdict};
use domain::message::Message;
use services::imports::{self, Fetcher, Import, Pictures, Reach};
use services::testing::database;
use sqlx::MySqlPool;

use super::{apply, bring, counts, read, troubles};
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
