//! What goes out comes back.

use domain::catalog::{GoodsSort, ListGoods, Selection};
use domain::imports::{ExportWhat, FileForm};
use domain::locale::Locale;
use services::catalog;
use sqlx::MySqlPool;

use super::{apply, counts, export, export_of, tables};
use crate::shop::TestShop;

/// Goods with everything that a file can say, and with what spreadsheets would run or change.
const GOODS: &str = "product,name:id,name:en,description:id,description:en,category,category_path:id,category_path:en,status,publish_at,seo_title:id,seo_text:en,note,related,option1:id,option1:en,option1_values:id,option1_values:en,option1_swatches,option2:id,option2_values:id,sku,option1_value:id,option2_value:id,barcode,price,compare_at_price,cost,sale_price,sale_from,sale_until,weight_grams,min_quantity,max_quantity,low_stock_limit,stock\n\
    kemeja,'=Kemeja,Shirt,\"# Linen\n\n- lembut\n  - sekali\",,kemeja,Pakaian > Kemeja,Clothing > Shirts,active,2026-11-11T00:00:00Z,Judul,Text,'+catatan,teko|kopi,Warna,Colour,Merah|Biru|Hijau,Red|Blue|,#aa0000||,Ukuran,S|M,'00123,Merah,M,8991234567891,129000,150000,70000,99000,2026-11-11,2026-11-12,250,2,10,4,7\n\
    kemeja,,,,,,,,,,,,,,,,,,,,,'1E5,Biru,S,,129000,,,,,,250,1,20,3,0\n\
    teko,Teko,,,,,Dapur,,draft,,,,,,,,,,,,,TEKO,,,,45000,,,,,,900,1,20,3,2\n\
    kopi,Kopi,,,,,,,archived,,,,,kemeja,,,,,,,,KOPI,,,,85000,,,,,,250,1,20,3,0\n";

/// Pitfall S15. Checklist 93. Checklist 97.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_export_that_is_taken_in_again_changes_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let report = apply(&shop, FileForm::Products, GOODS).await;
    assert_eq!(counts(&report), [3, 0, 0, 0], "{report:?}");
    assert_eq!(report.left_out, []);

    let written = export(&shop).await;
    let before = tables(&shop).await;
    let again = apply(&shop, FileForm::Products, &written).await;
    assert_eq!(counts(&again), [0, 0, 3, 0], "{again:?}");
    assert_eq!((again.left_out.as_slice(), tables(&shop).await), (&[][..], before));
    assert_eq!(export(&shop).await, written);
    // What a spreadsheet would run or shorten stands behind an apostrophe.
    for cell in ["'=Kemeja", "'+catatan", "'00123", "'1E5", "'8991234567891"] {
        assert!(written.contains(cell), "{cell}: {written}");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_was_marked_is_written_alone_and_what_was_left_out_is_not(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    apply(&shop, FileForm::Products, GOODS).await;
    let found = ListGoods { sort: GoodsSort::Name, ..ListGoods::default() };
    let rows = catalog::goods(&shop, &shop.owner, found.clone()).await.unwrap().rows;
    let id_of = |name: &str| rows.iter().find(|row| row.name.wording(Locale::Indonesian) == name).unwrap().id;
    let names = async |chosen: Selection| -> Vec<String> {
        let text = export_of(&shop, ExportWhat::Chosen(Box::new(chosen))).await;
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let names = reader.records().map(|row| row.unwrap()[1].to_owned());
        names.filter(|name| !name.is_empty()).collect()
    };
    assert_eq!(names(Selection::Ids(vec![id_of("Teko"), id_of("Kopi")])).await, ["Teko", "Kopi"]);
    let but_one = Selection::Found { list: found, except: vec![id_of("Kopi")] };
    let listed = rows.iter().filter(|row| row.id != id_of("Kopi")).map(|row| row.name.wording(Locale::Indonesian));
    let listed: Vec<String> = listed.map(|name| name.replace('=', "'=")).collect();
    assert_eq!((names(but_one).await, listed.len()), (listed, 2), "in the order of the list");
    assert_eq!(names(Selection::Ids(Vec::new())).await, [""; 0]);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_export_makes_the_same_goods_in_an_empty_shop(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    apply(&shop, FileForm::Products, GOODS).await;
    let written = export(&shop).await;
    // Emptied as if it were another shop; the ledger and the history of the first one go with it.
    let database = services::testing::database(&shop);
    for table in [
        "related_products",
        "stock_movements",
        "stock",
        "variant_values",
        "variants",
        "product_pictures",
        "option_values",
        "product_options",
        "old_addresses",
        "product_texts",
        "products",
    ] {
        sqlx::query(sqlx::AssertSqlSafe(format!("delete from {table}"))).execute(&database).await.unwrap();
    }
    sqlx::query("delete from categories where parent_id is not null").execute(&database).await.unwrap();
    sqlx::query("delete from categories").execute(&database).await.unwrap();

    let report = apply(&shop, FileForm::Products, &written).await;
    assert_eq!(counts(&report), [3, 0, 0, 0], "{report:?}");
    assert_eq!(export(&shop).await, written);
    shop.assert_stock_adds_up().await;
}
