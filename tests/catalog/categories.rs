//! The tree of categories, as staff order it.

use domain::catalog::{
    CategoryId, CategoryRow, DeleteCategory, GoodsSort, InCategory, ListCategories, ListGoods, MoveCategory,
    SaveCategory, SaveProduct,
};
use domain::locale::Translated;
use domain::message::Message;
use domain::money::BasisPoints;
use domain::pricing::VoucherKind;
use domain::vouchers::SaveVoucher;
use services::{Error, catalog, vouchers};
use sqlx::MySqlPool;

use super::editing::{changed, saved, shirt};
use crate::shop::TestShop;

async fn shelf(shop: &TestShop, name: &str, parent_id: Option<CategoryId>) -> services::Result<CategoryRow> {
    catalog::save_category(shop, &shop.owner, new(name, parent_id)).await
}

fn new(name: &str, parent_id: Option<CategoryId>) -> SaveCategory {
    let name = Translated::same(name);
    SaveCategory { category_id: None, version: 0, parent_id, slug: String::new(), name, picture: None }
}

fn of(row: &CategoryRow) -> SaveCategory {
    SaveCategory {
        category_id: Some(row.id),
        version: row.version,
        parent_id: None,
        slug: row.slug.clone(),
        name: row.name.clone(),
        picture: None,
    }
}

/// The tree with an indent for each level.
async fn drawn(shop: &TestShop) -> Vec<String> {
    let tree = catalog::categories_of_desk(shop, &shop.owner, ListCategories {}).await.unwrap();
    tree.0.iter().map(|row| format!("{}{}", "-".repeat(tree.level(row.id) - 1), row.name.id)).collect()
}

fn refused<T: std::fmt::Debug>(outcome: services::Result<T>) -> Message {
    match outcome {
        Err(Error::Refused(message) | Error::NotFound(message)) => message,
        Err(Error::Invalid(mut problems)) => problems.remove(0).message,
        other => panic!("{other:?}"),
    }
}

/// Checklist row 100. Pitfall B9.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn categories_are_added_renamed_and_unique_among_their_siblings(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let tops = shelf(&shop, " Atasan ", None).await.unwrap();
    assert_eq!((tops.slug.as_str(), tops.name.id.as_str()), ("atasan", "Atasan"));
    assert_eq!(refused(shelf(&shop, "ATASAN", None).await), Message::AlreadyTaken);
    assert_eq!(refused(shelf(&shop, "\u{200b}", None).await), Message::Required);
    let below = shelf(&shop, "Atasan", Some(tops.id)).await.unwrap();
    assert_eq!(below.slug, "atasan-2");

    let wanted = SaveCategory { name: Translated::same("Baju"), slug: "baju".to_owned(), ..of(&tops) };
    let renamed = catalog::save_category(&shop, &shop.owner, wanted.clone()).await.unwrap();
    assert_eq!((renamed.slug.as_str(), renamed.version), ("baju", 2));
    assert_eq!(catalog::moved_category(&shop, "atasan").await.unwrap().as_deref(), Some("baju"));
    // A double click is one wish; another wish on what was seen before is refused.
    assert_eq!(catalog::save_category(&shop, &shop.owner, wanted).await.unwrap(), renamed);
    let late = SaveCategory { name: Translated::same("Kaus"), ..of(&tops) };
    assert_eq!(refused(catalog::save_category(&shop, &shop.owner, late).await), Message::ChangedMeanwhile);
    let taken = SaveCategory { slug: "atasan-2".to_owned(), ..of(&renamed) };
    assert_eq!(refused(catalog::save_category(&shop, &shop.owner, taken).await), Message::AlreadyTaken);
    assert_eq!(drawn(&shop).await, ["Baju", "-Atasan"]);
    let names: Vec<_> = catalog::categories(&shop).await.unwrap().iter().map(|row| row.name.id.clone()).collect();
    assert_eq!(names, ["Baju", "Atasan"], "the shop hears of it at once");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_tree_has_three_levels_and_no_circle(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let one = shelf(&shop, "1", None).await.unwrap().id;
    let two = shelf(&shop, "2", Some(one)).await.unwrap().id;
    let three = shelf(&shop, "3", Some(two)).await.unwrap().id;
    let other = shelf(&shop, "O", None).await.unwrap().id;
    assert_eq!(refused(shelf(&shop, "4", Some(three)).await), Message::CategoryTooDeep { most: 3 });
    let put = async |category_id, parent_id| {
        catalog::move_category(&shop, &shop.owner, MoveCategory { category_id, parent_id, before: None }).await
    };
    assert_eq!(refused(put(one, Some(three)).await), Message::CategoryInItself);
    assert_eq!(refused(put(one, Some(one)).await), Message::CategoryInItself);
    assert_eq!(refused(put(one, Some(other)).await), Message::CategoryTooDeep { most: 3 });
    assert_eq!(refused(put(one, Some(CategoryId::new(99))).await), Message::NoSuchCategory);
    put(two, Some(other)).await.unwrap();
    assert_eq!(drawn(&shop).await, ["1", "O", "-2", "--3"]);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn categories_stand_where_they_were_put(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut ids = Vec::new();
    for name in ["A", "B", "C", "D"] {
        ids.push(shelf(&shop, name, None).await.unwrap().id);
    }
    let put = async |category_id, parent_id, before| {
        catalog::move_category(&shop, &shop.owner, MoveCategory { category_id, parent_id, before }).await.unwrap();
    };
    put(ids[3], None, Some(ids[0])).await;
    assert_eq!(drawn(&shop).await, ["D", "A", "B", "C"]);
    put(ids[3], None, None).await;
    put(ids[0], Some(ids[1]), None).await;
    put(ids[2], Some(ids[1]), Some(ids[0])).await;
    assert_eq!(drawn(&shop).await, ["B", "-C", "-A", "D"]);
    let rows = shop.count("select count(*) from audit").await;
    put(ids[2], Some(ids[1]), Some(ids[0])).await;
    assert_eq!(shop.count("select count(*) from audit").await, rows, "what stands there already is not moved");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_goods_of_a_deleted_category_go_where_the_owner_says(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let tops = shelf(&shop, "Atasan", None).await.unwrap();
    let shirts = shelf(&shop, "Kemeja", Some(tops.id)).await.unwrap();
    let hats = shelf(&shop, "Topi", None).await.unwrap();
    let stored = saved(&shop, SaveProduct::new(shirt(1))).await;
    let stored = changed(&shop, &stored, |shirt| shirt.category = Some(tops.id)).await.unwrap();
    let mut voucher = SaveVoucher::for_everybody("ATASAN", VoucherKind::Percent(BasisPoints::new(1_000)));
    voucher.terms.categories = vec![tops.id];
    vouchers::save(&shop, &shop.owner, voucher).await.unwrap();
    let delete = async |row: &CategoryRow, goods_to| {
        let wanted = DeleteCategory { category_id: row.id, version: row.version, goods_to };
        catalog::delete_category(&shop, &shop.owner, wanted).await
    };

    // Without another category the voucher would be for everything.
    assert_eq!(refused(delete(&tops, None).await), Message::CategoryHasVouchers { code: "ATASAN".to_owned() });
    assert_eq!(refused(delete(&tops, Some(tops.id)).await), Message::NoSuchCategory);
    delete(&tops, Some(hats.id)).await.unwrap();

    assert_eq!(drawn(&shop).await, ["Kemeja", "Topi"]);
    let list = ListGoods { category: InCategory::Of(hats.id), sort: GoodsSort::Name, ..ListGoods::default() };
    let rows = catalog::goods(&shop, &shop.owner, list).await.unwrap().rows;
    assert_eq!(rows[0].id, stored.product_id);
    assert_eq!(rows[0].version, stored.version + 1);
    assert_eq!(
        shop.count("select cast(category_id as signed) from voucher_categories").await.unsigned_abs(),
        hats.id.get()
    );
    assert_eq!(catalog::moved_category(&shop, "kemeja").await.unwrap(), None);

    delete(&shirts, None).await.unwrap();
    let late = SaveProduct::of(&stored, stored.document.clone());
    let late = catalog::save(&shop, &shop.owner, late).await.unwrap_err();
    assert_eq!(late.fields()[0].field, "category", "a category that is gone cannot be chosen");
}
