//! The desk's list of products: found, filtered, sorted, and paged by key.

use domain::catalog::{
    GoodsRow, GoodsSort, InCategory, ListGoods, ProductDocument, ProductStatus, ReceivedUnits, SaveCategory,
    SaveProduct, StockState,
};
use domain::locale::Translated;
use domain::money::Money;
use services::catalog;
use sqlx::MySqlPool;

use super::editing::{changed, saved, shirt, stocked};
use crate::shop::TestShop;

async fn found(shop: &TestShop, list: ListGoods) -> Vec<String> {
    let rows = catalog::goods(shop, &shop.owner, list).await.unwrap().rows;
    rows.into_iter().map(|row| row.name.id).collect()
}

fn named(name: &str, price: i64) -> ProductDocument {
    ProductDocument::draft(Translated { id: name.to_owned(), en: format!("Thing {name}") }, Money::minor(price))
}

/// Checklist rows 89 and 90.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn products_are_found_by_name_sku_and_barcode_while_typing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut hat = named("Topi 100%", 50_000);
    hat.variants[0].sku = "TP_1".to_owned();
    hat.variants[0].barcode = "4006381333931".to_owned();
    saved(&shop, SaveProduct::new(hat)).await;
    saved(&shop, SaveProduct::new(named("Kemeja", 150_000))).await;
    let search =
        async |text: &str| found(&shop, ListGoods { search: Some(text.to_owned()), ..ListGoods::default() }).await;
    for text in ["top", "TOPI", "thing topi", "tp_1", "40063813", " topi ", "100%"] {
        assert_eq!(search(text).await, ["Topi 100%"], "{text}");
    }
    for nothing in ["zzz", "tpx1", "to%i", "{", "\"id\""] {
        assert!(search(nothing).await.is_empty(), "{nothing}");
    }
    assert_eq!(search("\u{200b}").await, ["Kemeja", "Topi 100%"], "nothing to look for is everything");
    // A retired SKU is not a product's any more.
    let stored = saved(&shop, SaveProduct::new(shirt(1))).await;
    assert_eq!(search("biru-m").await, ["Kemeja"]);
    changed(&shop, &stored, |shirt| drop(shirt.variants.pop())).await.unwrap();
    assert!(search("biru-m").await.is_empty());
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_row_tells_price_stock_and_status(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut wanted = shirt(150_000);
    wanted.variants[3].price = Money::minor(175_000);
    let received = vec![ReceivedUnits { variant: 0, quantity: 9 }, ReceivedUnits { variant: 1, quantity: 2 }];
    saved(&shop, SaveProduct { received, ..SaveProduct::new(wanted) }).await;
    let GoodsRow { from_price, to_price, variants, sku, stock, on_hand, available, status, .. } =
        catalog::goods(&shop, &shop.owner, ListGoods::default()).await.unwrap().rows.remove(0);
    assert_eq!((from_price.get(), to_price.get(), variants), (150_000, 175_000, 4));
    assert_eq!((sku.as_str(), on_hand, available), ("KEMEJA-MERAH-S", 11, 11));
    assert_eq!((stock, status), (StockState::Low, ProductStatus::Active));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_list_is_filtered_by_shelf_status_and_stock(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shelf = async |name: &str, parent_id| {
        let (slug, name) = (String::new(), Translated::same(name));
        let wanted = SaveCategory { category_id: None, version: 0, parent_id, slug, name, picture: None };
        catalog::save_category(&shop, &shop.owner, wanted).await.unwrap().id
    };
    let tops = shelf("Atasan", None).await;
    let shirts = shelf("Kemeja", Some(tops)).await;
    let put = async |name: &str, category, status, units| {
        let document = ProductDocument { category, status, ..named(name, 1) };
        if units > 0 { stocked(&shop, document, units).await } else { saved(&shop, SaveProduct::new(document)).await }
    };
    put("A", Some(tops), ProductStatus::Active, 50).await;
    put("B", Some(shirts), ProductStatus::Draft, 2).await;
    put("C", None, ProductStatus::Active, 0).await;
    let by = |list: ListGoods| ListGoods { sort: GoodsSort::Name, descending: false, ..list };
    let shelved = async |category| found(&shop, by(ListGoods { category, ..ListGoods::default() })).await;
    assert_eq!(shelved(InCategory::Of(tops)).await, ["A", "B"], "with the category's children");
    assert_eq!(shelved(InCategory::Of(shirts)).await, ["B"]);
    assert_eq!(shelved(InCategory::Nowhere).await, ["C"]);
    assert_eq!(shelved(InCategory::Any).await, ["A", "B", "C"]);
    let draft = Some(ProductStatus::Draft);
    assert_eq!(found(&shop, by(ListGoods { status: draft, ..ListGoods::default() })).await, ["B"]);
    for (stock, expected) in [(StockState::Enough, "A"), (StockState::Low, "B"), (StockState::Out, "C")] {
        let list = by(ListGoods { stock: Some(stock), ..ListGoods::default() });
        assert_eq!(found(&shop, list).await, [expected], "{stock}");
    }
}

/// Pitfall P3. Each page begins behind the last row of the one before, in every order, and no product is on two or on none.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn pages_by_key_show_every_product_once_in_every_order(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for number in 0..120_u32 {
        let name = format!("Barang {:02}", number * 7 % 40);
        let document = named(&name, i64::from(number * 13 % 5));
        stocked(&shop, document, number * 11 % 6 + 1).await;
    }
    for sort in GoodsSort::ALL {
        for descending in [false, true] {
            let mut rows: Vec<GoodsRow> = Vec::new();
            let mut list = ListGoods { sort: *sort, descending, ..ListGoods::default() };
            loop {
                let page = catalog::goods(&shop, &shop.owner, list.clone()).await.unwrap();
                rows.extend(page.rows);
                list.after = page.next;
                if list.after.is_none() {
                    break;
                }
            }
            let mut ids: Vec<_> = rows.iter().map(|row| row.id).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!((rows.len(), ids.len()), (120, 120), "{sort} {descending}");
            if descending {
                rows.reverse();
            }
            let in_order = match sort {
                GoodsSort::Newest => rows.is_sorted_by_key(|row| row.id),
                GoodsSort::Name => rows.is_sorted_by_key(|row| (row.name.id.clone(), row.id)),
                GoodsSort::Price => rows.is_sorted_by_key(|row| (row.from_price, row.id)),
                GoodsSort::Stock => rows.is_sorted_by_key(|row| (row.available, row.id)),
                GoodsSort::Updated => rows.is_sorted_by_key(|row| (row.updated_at, row.id)),
                GoodsSort::Category | GoodsSort::Status => rows.is_sorted_by_key(|row| row.id),
            };
            assert!(in_order, "{sort} {descending}");
        }
    }
}
