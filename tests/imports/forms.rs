//! The three forms, as shops find them: what comes in, what is listed, and what a second time changes.

use domain::catalog::{GetProduct, InCategory, ListGoods, ProductStatus, StoredProduct};
use domain::imports::{Encoding, FileForm, Separator, Verdict};
use domain::message::Message;
use domain::money::Money;
use domain::text::TaxClassKey;
use services::imports::{self, Mapping};
use services::{Error, catalog};
use sqlx::MySqlPool;

use super::{apply, bring, counts, export, read, tables, troubles};
use crate::shop::TestShop;

const SHOPIFY: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Status\n\
    kopi-gayo,Kopi Gayo,\"<p>Dari <b>Aceh</b>,\nsangrai sedang.</p>\",Kebun,Kopi,\"kopi, arabika\",true,Ukuran,250 g,KG-250,260.0,12,85000.00,95000.00,http://127.0.0.1:9/kopi.jpg,active\n\
    kopi-gayo,,,,,,,,1 kg,1E5,1020.0,0,310000.00,,,\n\
    teko,Teko Enamel,,Kebun,,,true,Title,Default Title,00123,900.0,3,129000.00,,,draft\n";

/// The product that has the SKU.
async fn product(shop: &TestShop, sku: &str) -> StoredProduct {
    let product_id = shop.product_of(shop.by_sku(sku).await).await;
    catalog::edited(shop, &shop.owner, GetProduct { product_id }).await.unwrap()
}

/// Checklist 93. Checklist 97. Goods from a file are goods as typed ones are.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_file_of_shopify_becomes_products_with_variants_categories_and_stock(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let report = apply(&shop, FileForm::Shopify, SHOPIFY).await;
    assert_eq!((counts(&report), report.rows), ([2, 0, 0, 0], 3), "{report:?}");

    let coffee = product(&shop, "1E5").await;
    assert_eq!((coffee.document.slug.as_str(), coffee.document.status), ("kopi-gayo", ProductStatus::Active));
    assert_eq!(coffee.document.description.id, "Dari **Aceh**, sangrai sedang.");
    let variants: Vec<_> = coffee
        .document
        .variants
        .iter()
        .zip(&coffee.stock)
        .map(|(variant, stock)| (variant.sku.as_str(), variant.price.get(), variant.weight_grams, stock.on_hand))
        .collect();
    assert_eq!(variants, [("KG-250", 85_000, 260, 12), ("1E5", 310_000, 1020, 0)]);
    assert_eq!(coffee.document.variants[0].compare_at_price, Some(Money::minor(95_000)));
    let pot = product(&shop, "00123").await;
    assert_eq!((pot.document.status, pot.document.options.len()), (ProductStatus::Draft, 0));
    let coffees = ListGoods { category: InCategory::Of(coffee.document.category.unwrap()), ..ListGoods::default() };
    assert_eq!(catalog::goods(&shop, &shop.owner, coffees).await.unwrap().rows.len(), 1);
    shop.assert_stock_adds_up().await;
    assert_eq!(shop.count("select count(*) from stock_movements where note = 'goods.csv'").await, 2);

    let listed: Vec<_> = report.left_out.iter().map(|left| (left.column.as_str(), left.cells)).collect();
    assert_eq!(listed, [("Vendor", 2), ("Tags", 1)]);
    assert_eq!(report.missing_pictures.len(), 1);
    assert_eq!(report.missing_pictures[0].why, Message::PictureIsPrivate);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_same_file_a_second_time_changes_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let first = read(&shop, FileForm::Shopify, SHOPIFY).await;
    let said = bring(&shop, &first, true).await.unwrap();
    assert_eq!(shop.count("select count(*) from products").await, 0, "a check writes nothing");
    let done = bring(&shop, &first, false).await.unwrap();
    assert_eq!(said, done, "a check says what an import does");

    let before = tables(&shop).await;
    let again = bring(&shop, &first, false).await.unwrap();
    assert_eq!(counts(&again), [0, 0, 2, 0], "{again:?}");
    assert_eq!(tables(&shop).await, before);

    let dearer = SHOPIFY.replace("85000.00", "87500.00").replace("00123,900.0,3", "00123,900.0,5");
    let changed = apply(&shop, FileForm::Shopify, &dearer).await;
    assert_eq!(counts(&changed), [0, 2, 0, 0]);
    let Verdict::Changed { differences, stock } = &changed.products[0].verdict else { panic!("{changed:?}") };
    let paths: Vec<_> = differences.iter().map(|difference| difference.path.last().unwrap().as_str()).collect();
    assert_eq!((paths, stock.len()), (vec!["price"], 0));
    let Verdict::Changed { differences, stock } = &changed.products[1].verdict else { panic!("{changed:?}") };
    assert_eq!((differences.len(), stock[0].before, stock[0].after), (0, 3, 5));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_file_of_woocommerce_brings_its_tree_of_categories_and_goods_beside_each_other(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let text = "ID,Type,SKU,Name,Published,Description,Stock,Weight (kg),Sale price,Regular price,Categories,Images,Parent,Upsells,Position,Attribute 1 name,Attribute 1 value(s)\n\
        1,variable,mug,Mug,1,\"Satu\\n\\nDua\",,,,,Dapur > Gelas,,,teko,0,Warna,\"Biru, Merah\"\n\
        2,variation,MUG-B,,1,,4,.35,39000,45000,,,mug,,1,Warna,Biru\n\
        3,variation,MUG-M,,1,,0,.35,,45000,,,id:1,,2,Warna,Merah\n\
        4,simple,teko,Teko,1,,2,.9,,129000,Dapur,,,mug,0,,\n\
        5,grouped,set,Satu Set,1,,,,,,,,,,0,,\n\
        6,variation,hilang-1,,1,,1,,,1000,,,hilang,,0,Warna,Biru\n";
    let report = apply(&shop, FileForm::WooCommerce, text).await;
    assert_eq!(counts(&report), [2, 0, 0, 2], "{report:?}");
    assert_eq!(
        troubles(&report),
        [(6, "Type".to_owned(), Message::GroupsAreNoProducts), (7, "Parent".to_owned(), Message::NoSuchParent)]
    );
    let (mug, pot) = (product(&shop, "MUG-B").await, product(&shop, "TEKO").await);
    assert_eq!(mug.document.description.id, "Satu\n\nDua");
    assert_eq!(mug.document.variants[0].sale.map(|sale| sale.price), Some(Money::minor(39_000)));
    assert_eq!(
        (mug.document.related.as_slice(), pot.document.related.as_slice()),
        (&[pot.product_id][..], &[mug.product_id][..])
    );
    let tree = catalog::categories_of_desk(&shop, &shop.owner, domain::catalog::ListCategories {}).await.unwrap();
    let path: Vec<_> = tree.path(mug.document.category.unwrap()).iter().map(|row| row.name.id.as_str()).collect();
    assert_eq!((path, tree.0.len()), (vec!["Dapur", "Gelas"], 2));

    let before = tables(&shop).await;
    let again = apply(&shop, FileForm::WooCommerce, text).await;
    assert_eq!(counts(&again), [0, 0, 2, 2], "{again:?}");
    assert_eq!(tables(&shop).await, before);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_list_that_somebody_typed_is_understood_in_their_words(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let text = "Nama Produk;Kode Barang;Harga;Stok;Berat (gram);Kategori;Rak\r\n\
                Teh Melati – 50 g;TM-50;Rp 12.500;40;60;Minuman > Teh;A1\r\n\
                Gula “Batu”;;9.000;;500;;\r\n";
    let windows = text.replace('–', "\u{96}").replace('“', "\u{93}").replace('”', "\u{94}");
    let bytes: Vec<u8> = windows.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let file = imports::read(&shop, FileForm::Products, bytes, Mapping::new()).await.unwrap();
    let report = bring(&shop, &file, false).await.unwrap();
    assert_eq!((report.encoding, report.separator), (Encoding::Windows1252, Separator::Semicolon));
    assert_eq!(counts(&report), [2, 0, 0, 0], "{report:?}");
    assert_eq!(report.left_out.iter().map(|left| left.column.as_str()).collect::<Vec<_>>(), ["Rak"]);
    let tea = product(&shop, "TM-50").await;
    assert_eq!((tea.document.name.id.as_str(), tea.stock[0].on_hand), ("Teh Melati – 50 g", 40));
    assert_eq!(product(&shop, "GULA-BATU").await.document.variants[0].price, Money::minor(9_000));

    // By its name, as the file has nothing else of it.
    let again = bring(&shop, &file, false).await.unwrap();
    assert_eq!(counts(&again), [0, 0, 2, 0], "{again:?}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn columns_that_nobody_knows_are_mapped_or_left_out(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let text = "Benda,Kulak,Jual,stock\nTeko,60000,129000,5\n";
    let map = [("Benda", Some("name")), ("Kulak", Some("cost")), ("Jual", Some("price")), ("stock", None)];
    let map = map.map(|(column, ours)| (column.to_owned(), ours.map(str::to_owned)));
    let bytes = || text.as_bytes().to_vec();
    let refused = imports::read(&shop, FileForm::Products, bytes(), Mapping::new()).await.unwrap_err();
    assert!(matches!(refused, Error::Unusable(Message::NotAProductFile)), "{refused:?}");
    let file = imports::read(&shop, FileForm::Products, bytes(), Mapping::from(map)).await.unwrap();
    let report = bring(&shop, &file, false).await.unwrap();
    assert_eq!(counts(&report), [1, 0, 0, 0], "{report:?}");
    let pot = product(&shop, "TEKO").await;
    assert_eq!((pot.document.variants[0].cost, pot.stock[0].on_hand), (Some(Money::minor(60_000)), 0));
    assert_eq!(report.left_out.iter().map(|left| left.column.as_str()).collect::<Vec<_>>(), ["stock"]);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_file_that_is_none_is_refused_with_what_to_do(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for (form, bytes, message) in [
        (FileForm::Products, &b""[..], Message::FileIsEmpty),
        (FileForm::Products, b"PK\x03\x04", Message::FileIsASpreadsheet),
        (FileForm::Products, b"a,b\n1,2\n", Message::NotAProductFile),
        (FileForm::Products, b"sku,price\n", Message::FileHasNoRows),
        (FileForm::Products, b"name,nama,price\nx,y,1\n", Message::ColumnTwice { column: "nama".to_owned() }),
        (FileForm::Shopify, b"sku,price\nA,1\n", Message::ColumnMissing { column: "Handle".to_owned() }),
        (FileForm::WooCommerce, b"SKU,Name\nA,B\n", Message::ColumnMissing { column: "Type".to_owned() }),
    ] {
        let refused = imports::read(&shop, form, bytes.to_vec(), Mapping::new()).await.unwrap_err();
        assert!(matches!(&refused, Error::Unusable(said) if *said == message), "{refused:?} is not {message:?}");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_sku_of_another_product_and_a_class_that_is_not_there_are_told_at_their_cells(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("TAKEN", 10_000, 1).await;
    let text = "product,name:id,sku,price,tax_class\nbaru,Baru,taken,1000,\nlain,Lain,LAIN,1000,mewah\nsatu,Satu,SATU,1000,\ndua,Dua,satu,1000,\n";
    let report = apply(&shop, FileForm::Products, text).await;
    assert_eq!(counts(&report), [1, 1, 0, 2], "{report:?}");
    assert_eq!(
        troubles(&report),
        [
            (3, "tax_class".to_owned(), Message::NoSuchTaxClass),
            (5, "sku".to_owned(), Message::SkuTwiceInFile { line: 4 })
        ]
    );
    // The known SKU is the product, under its new address and name.
    assert_eq!(product(&shop, "TAKEN").await.document.slug, "baru");
    let two = "product,name:id,sku,price\nbaru,Baru,TAKEN,1000\nbaru,,SATU,1000\n";
    let report = apply(&shop, FileForm::Products, two).await;
    let name = "Satu".to_owned();
    assert_eq!(troubles(&report), [(3, "sku".to_owned(), Message::SkuInOtherProduct { name })]);
    assert!(TaxClassKey::parse("mewah").is_ok());
    assert!(export(&shop).await.contains("SATU"));
}
