//! An import is taken back: what it made goes, what it changed is what it was, and units that it brought leave the shelf.

use domain::catalog::{
    ChangeOf, ChangeState, GetProduct, ListChanges, ListGoods, SaveProduct, StoredProduct, UndoAnswer, UndoChange,
    UndoVerdict,
};
use domain::imports::FileForm;
use domain::message::Message;
use domain::payments::PaymentMethod;
use services::catalog;
use sqlx::MySqlPool;

use super::{apply, counts, export};
use crate::shop::TestShop;

const BEFORE: &str = "product,name:id,description:id,category_path:id,option1:id,option1_values:id,sku,option1_value:id,price,weight_grams,stock\n\
    kemeja,Kemeja,Adem,Atasan,Warna,Merah|Biru,K-1,Merah,129000,250,7\n\
    kemeja,,,,,,K-2,Biru,129000,250,3\n\
    teko,Teko,,Dapur,,,TEKO,,45000,900,2\n\
    kopi,Kopi,,,,,KOPI,,85000,250,0\n";

/// Another price, a colour more, other words, a new shelf, a new product, and other numbers on the shelf.
const AFTER: &str = "product,name:id,description:id,category_path:id,option1:id,option1_values:id,sku,option1_value:id,price,weight_grams,stock\n\
    kemeja,Kemeja Linen,Adem sekali,Linen,Warna,Merah|Biru|Hijau,K-1,Merah,139000,250,9\n\
    kemeja,,,,,,K-2,Biru,129000,250,3\n\
    kemeja,,,,,,K-3,Hijau,149000,250,4\n\
    teko,Teko,,Dapur,,,TEKO,,47000,900,1\n\
    gelas,Gelas,,Dapur,,,GELAS,,15000,100,6\n";

/// Every product as it is stored, without what counts changes.
async fn goods(shop: &TestShop) -> Vec<StoredProduct> {
    let page = catalog::goods(shop, &shop.owner, ListGoods::default()).await.unwrap();
    let mut goods = Vec::new();
    for row in page.rows {
        let stored = catalog::edited(shop, &shop.owner, GetProduct { product_id: row.id }).await.unwrap();
        goods.push(StoredProduct { version: 0, updated_at: stored.created_at, ..stored });
    }
    goods
}

async fn undo_newest(shop: &TestShop) -> UndoAnswer {
    let rows = catalog::changes(shop, &shop.owner, ListChanges { after: None }).await.unwrap().rows;
    assert_eq!(rows[0].what, ChangeOf::Import { file: "goods.csv".to_owned() });
    catalog::undo(shop, &shop.owner, UndoChange { change_id: rows[0].id }).await.unwrap()
}

fn totals(answer: &UndoAnswer) -> (u32, u32, u32) {
    let ChangeState::Undone { totals, .. } = &answer.change.state else { panic!("{answer:?}") };
    (totals.given_back, totals.partly, totals.kept)
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_import_that_is_taken_back_leaves_the_goods_as_they_were(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    assert_eq!(counts(&apply(&shop, FileForm::Products, BEFORE).await), [3, 0, 0, 0]);
    let (before, written) = (goods(&shop).await, export(&shop).await);
    let shelves = shop.count("select count(*) from categories").await;

    assert_eq!(counts(&apply(&shop, FileForm::Products, AFTER).await), [1, 2, 0, 0]);
    assert_ne!(export(&shop).await, written);
    let answer = undo_newest(&shop).await;

    assert_eq!((answer.change.products, totals(&answer), answer.kept.as_slice()), (3, (3, 0, 0), &[][..]));
    assert_eq!(goods(&shop).await, before);
    assert_eq!(export(&shop).await, written);
    assert_eq!(shop.count("select count(*) from categories").await, shelves);
    shop.assert_stock_adds_up().await;

    // The file that made them all, taken back as well, leaves nothing.
    let first = catalog::changes(&shop, &shop.owner, ListChanges { after: None }).await.unwrap().rows.pop().unwrap();
    let answer = catalog::undo(&shop, &shop.owner, UndoChange { change_id: first.id }).await.unwrap();
    // Two were changed since, and are what they were made as.
    assert_eq!(totals(&answer), (3, 0, 0));
    let left =
        "select (select count(*) from products) + (select count(*) from categories) + (select count(*) from variants)";
    assert_eq!(shop.count(left).await, 0);
}

/// Pitfall M10. What was edited and sold since stays, and says why.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_moved_on_since_an_import_stays(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    apply(&shop, FileForm::Products, BEFORE).await;
    apply(&shop, FileForm::Products, AFTER).await;
    let goods = goods(&shop).await;
    let [glass, _, pot, shirt] = &goods[..] else { panic!("{goods:?}") };
    for (id, field) in [(glass.product_id, 0), (shirt.product_id, 1)] {
        let stored = catalog::edited(&shop, &shop.owner, GetProduct { product_id: id }).await.unwrap();
        let mut document = stored.document.clone();
        match field {
            0 => document.note = "pecah belah".to_owned(),
            _ => document.name.id = "Kemeja Katun".to_owned(),
        }
        document.status = domain::catalog::ProductStatus::Active;
        catalog::save(&shop, &shop.owner, SaveProduct::of(&stored, document)).await.unwrap().saved().unwrap();
    }
    // Of the three green shirts that came, some are sold.
    let green = shirt.document.variants[2].id.unwrap();
    shop.order(green, 1, PaymentMethod::CashOnDelivery).await.unwrap();

    let answer = undo_newest(&shop).await;

    let verdict = |id| answer.kept.iter().find(|it| it.product_id == id).map(|it| it.undone.clone().unwrap());
    let by = Message::ChangedSinceBy { name: shop.owner.name.clone() };
    assert_eq!(verdict(glass.product_id), Some(UndoVerdict::Kept(by)));
    assert_eq!(verdict(pot.product_id), None);
    assert!(verdict(shirt.product_id).is_some());
    let shirt = catalog::edited(&shop, &shop.owner, GetProduct { product_id: shirt.product_id }).await.unwrap();
    assert_eq!((&*shirt.document.name.id, shirt.document.variants.len()), ("Kemeja Katun", 3));
    shop.assert_stock_adds_up().await;
}
