//! The desk's list of products: found, filtered, sorted, and paged by key.

use domain::catalog::{
    DeleteProduct, GetProduct, GoodsRow, GoodsSort, InCategory, ListGoods, ProductDocument, ProductStatus,
    ReceivedUnits, SaveCategory, SaveProduct, StockState,
};
use domain::inventory::CorrectStock;
use domain::locale::Translated;
use domain::money::Money;
use services::catalog;
use sqlx::MySqlPool;

use super::editing::{changed, saved, shirt, stocked};
use crate::shop::TestShop;

async fn found(shop: &TestShop, list: ListGoods) -> Vec<String> {
    names_of(catalog::goods(shop, &shop.owner, list).await.unwrap().rows)
}

fn names_of(rows: Vec<GoodsRow>) -> Vec<String> {
    rows.into_iter().map(|row| row.name.id).collect()
}

fn named(name: &str, price: i64) -> ProductDocument {
    ProductDocument::draft(Translated { id: name.to_owned(), en: format!("Thing {name}") }, Money::minor(price))
}

/// Checklist 89.
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

/// Checklist 90.
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

/// Checklist 89.
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

/// Checklist 89. A variant that is sold no more counts for nothing.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_state_of_stock_that_a_list_asks_for_is_the_one_that_its_rows_show(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let stored = stocked(&shop, shirt(150_000), 50).await;
    let rest = stored.document.variants[3].sku.clone();
    let state = async |stock| found(&shop, ListGoods { stock: Some(stock), ..ListGoods::default() }).await.len();
    assert_eq!((state(StockState::Enough).await, state(StockState::Low).await), (1, 0), "all that was received");
    let last = stored.document.variants[3].id.unwrap();
    let correct = CorrectStock { variant_id: last, delta: -50, note: "rusak".to_owned() };
    services::inventory::correct(&shop, &shop.owner, correct).await.unwrap();
    assert_eq!((state(StockState::Enough).await, state(StockState::Low).await), (0, 1));
    let now = catalog::edited(&shop, &shop.owner, GetProduct { product_id: stored.product_id }).await.unwrap();
    changed(&shop, &now, |shirt| shirt.variants.retain(|variant| variant.sku != rest)).await.unwrap();
    let rows = catalog::goods(&shop, &shop.owner, ListGoods::default()).await.unwrap().rows;
    assert_eq!((rows[0].variants, rows[0].stock), (3, StockState::Enough));
    assert_eq!((state(StockState::Enough).await, state(StockState::Low).await), (1, 0));
}

/// Checklist 89. Names are sorted as people of that language do, and found whatever their marks and capitals.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_list_sorts_and_finds_words_as_the_database_does(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for name in ["Zebra", "émail", "Über", "apel", "Straße", "UBI"] {
        saved(&shop, SaveProduct::new(named(name, 1))).await;
    }
    let by_name = ListGoods { sort: GoodsSort::Name, descending: false, ..ListGoods::default() };
    assert_eq!(found(&shop, by_name.clone()).await, ["apel", "émail", "Straße", "Über", "UBI", "Zebra"]);
    for (typed, expected) in [("UBER", "Über"), ("strasse", "Straße"), ("EMAIL", "émail")] {
        let list = ListGoods { search: Some(typed.to_owned()), ..by_name.clone() };
        assert_eq!(found(&shop, list).await, [expected], "{typed}");
    }
}

/// What another process saves, deletes and makes shows here, when its event is heard.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_changes_elsewhere_shows_in_the_list_of_this_process(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let options = services::testing::database(&shop).connect_options();
    let pool = MySqlPool::connect_with((*options).clone()).await.unwrap();
    let other = services::testing::open(pool, shop.folder.path()).await.unwrap();
    let cup = saved(&shop, SaveProduct::new(named("Cangkir", 1))).await;
    let pot = saved(&shop, SaveProduct::new(named("Teko", 2))).await;
    let _events = other.subscribe();
    let sees = async |names: &[&str]| {
        let list = ListGoods { sort: GoodsSort::Name, descending: false, ..ListGoods::default() };
        let began = std::time::Instant::now();
        while names_of(catalog::goods(&other, &shop.owner, list.clone()).await.unwrap().rows) != names {
            assert!(began.elapsed().as_secs() < 20, "{names:?}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    sees(&["Cangkir", "Teko"]).await;
    changed(&shop, &cup, |cup| cup.name = Translated::same("Zaitun")).await.unwrap();
    sees(&["Teko", "Zaitun"]).await;
    let gone = DeleteProduct { product_id: pot.product_id, version: pot.version };
    catalog::delete(&shop, &shop.owner, gone).await.unwrap();
    sees(&["Zaitun"]).await;
    saved(&shop, SaveProduct::new(named("Apel", 3))).await;
    sees(&["Apel", "Zaitun"]).await;
}

/// Checklist 89. Pitfall P3. Each page begins behind the last row of the one before, in every order, and no product is on
/// two or on none.
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
