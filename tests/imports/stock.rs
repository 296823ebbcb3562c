//! Numbers of a file reach the shelf by the ledger, and undo no sale.

use domain::imports::{FileForm, Verdict};
use domain::inventory::CorrectStock;
use domain::message::Message;
use domain::payments::PaymentMethod;
use services::inventory;
use sqlx::MySqlPool;

use super::{apply, counts, export, troubles, verdict};
use crate::shop::TestShop;

/// Pitfall M10: only the difference between what the file saw and what it says is brought.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_was_sold_since_an_export_stays_sold(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let text = "product,name:id,sku,price,stock\nteko,Teko,TEKO,45000,10\n";
    apply(&shop, FileForm::Products, text).await;
    let variant = shop.by_sku("TEKO").await;
    let written = export(&shop).await;
    let sold = CorrectStock { variant_id: variant, delta: -3, note: "Terjual di toko".to_owned() };
    inventory::correct(&shop, &shop.owner, sold).await.unwrap();

    let same = apply(&shop, FileForm::Products, &written).await;
    assert_eq!((counts(&same), shop.stock(variant).await), ([0, 0, 1, 0], (7, 0)));
    let more = apply(&shop, FileForm::Products, &written.replace(",10,10,", ",15,10,")).await;
    assert_eq!((counts(&more), shop.stock(variant).await), ([0, 1, 0, 0], (12, 0)), "{more:?}");
    // A file that has seen nothing is a count.
    let counted = apply(&shop, FileForm::Products, text).await;
    let Verdict::Changed { stock, .. } = verdict(&counted, "Teko") else { panic!("{counted:?}") };
    assert_eq!((stock[0].before, stock[0].after, shop.stock(variant).await), (12, 10, (10, 0)));
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_number_below_what_is_promised_refuses_the_whole_product(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let variant = shop.variant("TEKO", 45_000, 5).await;
    shop.order(variant, 2, PaymentMethod::Demo).await.unwrap();
    let text = "product,name:id,sku,price,stock\nbaru,Teko Baru,TEKO,50000,1\nlain,Lain,LAIN,1000,4\n";
    let report = apply(&shop, FileForm::Products, text).await;
    assert_eq!(counts(&report), [1, 0, 0, 1], "{report:?}");
    let promised = Message::UnitsArePromised { sku: "TEKO".to_owned(), reserved: 2 };
    assert_eq!(troubles(&report), [(2, String::new(), promised)]);
    assert_eq!(shop.stock(variant).await, (5, 2));
    let untouched = "select count(*) from variants where sku = 'TEKO' and price_amount = 45000";
    assert_eq!(shop.count(untouched).await, 1, "neither its price nor anything else was saved");
    shop.assert_stock_adds_up().await;
}
