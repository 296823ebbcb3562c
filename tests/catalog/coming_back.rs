//! Products and categories that were deleted come back.

use domain::catalog::{
    BulkChange, CategoryId, ChangeOf, ChangeState, DeleteCategory, DeleteProduct, Did, ListCategories, PictureDocument,
    ProductDocument, ProductStatus, SaveProduct, StoredProduct, UndoVerdict,
};
use domain::inventory::CorrectStock;
use domain::locale::Translated;
use domain::message::Message;
use domain::money::Money;
use domain::payments::PaymentMethod;
use domain::pricing::VoucherKind;
use services::{Error, catalog, inventory, vouchers};
use sqlx::MySqlPool;

use super::bulk::{now, plain, those};
use super::editing::{changed, saved, shirt, stocked, webp};
use super::undo::{detail, newest, totals, undo};
use crate::shop::{TestShop, category};

/// Checklist 98. A product that was deleted comes back whole, with the units that lay on its shelf.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_deleted_product_comes_back_whole(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shelf = catalog::create_category(&shop, &shop.owner, category("shirts")).await.unwrap();
    let files = domain::media::WIDTHS.map(|width| (width, webp(width)));
    let files = files.each_ref().map(|(width, bytes)| (*width, bytes.as_slice()));
    services::media::adopt(&shop, &shop.owner, "depan", &files).await.unwrap();
    let other = plain(&shop, "Topi", 10_000).await;
    let mut wanted = shirt(150_000);
    wanted.category = Some(shelf);
    wanted.note = "Pemasok: Bu Tini".to_owned();
    wanted.related = vec![other.product_id];
    wanted.pictures = vec![PictureDocument {
        key: "depan".to_owned(),
        alt: Translated::same("Depan"),
        centre: Default::default(),
        shows: Some((0, 1)),
    }];
    wanted.variants[0].picture = Some(0);
    let made = stocked(&shop, wanted, 3).await;
    let made = changed(&shop, &made, |it| it.slug = "kemeja-lama".to_owned()).await.unwrap();
    let made = changed(&shop, &made, |it| it.slug = "kemeja-baru".to_owned()).await.unwrap();
    let other = changed(&shop, &other, |it| it.related = vec![made.product_id]).await.unwrap();
    let correct = CorrectStock { variant_id: made.document.variants[1].id.unwrap(), delta: -3, note: "x".to_owned() };
    inventory::correct(&shop, &shop.owner, correct).await.unwrap();
    let before = now(&shop, made.product_id).await;

    let gone = DeleteProduct { product_id: before.product_id, version: before.version };
    catalog::delete(&shop, &shop.owner, gone).await.unwrap();
    assert_eq!(now(&shop, other.product_id).await.document.related, []);
    let id = newest(&shop).await;
    let row = detail(&shop, id).await;
    assert_eq!(row.change.what, ChangeOf::DeletedProduct { name: before.document.name.clone() });
    assert_eq!(row.products[0].did, Did::Deleted);

    let answer = undo(&shop, id).await.unwrap();

    assert_eq!((totals(&answer), answer.kept.len()), ((1, 0, 0), 0));
    let back = catalog::product(&shop, "kemeja-baru").await.unwrap();
    let back = now(&shop, back.id).await;
    assert_eq!(bare(&back.document), bare(&before.document));
    assert_eq!(back.created_at, before.created_at);
    let units = |stored: &StoredProduct| stored.stock.iter().map(|stock| stock.on_hand).collect::<Vec<_>>();
    assert_eq!(units(&back), [3, 0, 3, 3]);
    assert_eq!(now(&shop, other.product_id).await.document.related, [back.product_id]);
    for old in ["kemeja", "kemeja-lama"] {
        assert_eq!(catalog::moved_product(&shop, old).await.unwrap().as_deref(), Some("kemeja-baru"), "{old}");
    }
    shop.assert_stock_adds_up().await;
    assert!(undo(&shop, id).await.unwrap().already);
    assert_eq!(shop.count("select count(*) from products").await, 2);
}

/// A document without the numbers that the database gave.
fn bare(document: &ProductDocument) -> ProductDocument {
    let mut bare = document.clone();
    for option in &mut bare.options {
        option.id = None;
        option.values.iter_mut().for_each(|value| value.id = None);
    }
    bare.variants.iter_mut().for_each(|variant| variant.id = None);
    bare
}

/// What others have taken by then is named, and everything else comes back.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_deleted_product_gives_way_to_who_took_its_place(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shelf = catalog::create_category(&shop, &shop.owner, category("shirts")).await.unwrap();
    let before = saved(&shop, SaveProduct::new(ProductDocument { category: Some(shelf), ..shirt(1) })).await;
    let gone = DeleteProduct { product_id: before.product_id, version: 1 };
    catalog::delete(&shop, &shop.owner, gone).await.unwrap();
    let id = newest(&shop).await;
    let mut taker = ProductDocument::draft(Translated::same("X"), Money::minor(1));
    taker.slug = "kemeja".to_owned();
    taker.variants[0].sku = before.document.variants[2].sku.clone();
    saved(&shop, SaveProduct::new(taker)).await;
    let row = DeleteCategory { category_id: shelf, version: 1, goods_to: None };
    catalog::delete_category(&shop, &shop.owner, row).await.unwrap();

    let answer = undo(&shop, id).await.unwrap();

    assert_eq!(totals(&answer), (0, 1, 0));
    let Some(UndoVerdict::Partly(kept)) = &answer.kept[0].undone else { panic!("{answer:?}") };
    let whys: Vec<_> = kept.iter().map(|kept| kept.why.clone()).collect();
    let sku = before.document.variants[2].sku.clone();
    assert_eq!(whys, [Message::CategoryIsGone, Message::AddressTakenSince, Message::SkuTakenSince { sku }]);
    let back = catalog::product(&shop, "kemeja-2").await.unwrap();
    assert_eq!(back.variants.len(), 4);
}

/// A sold product was archived, and is on sale again.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_archived_product_is_on_sale_again(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (sold, new) = (plain(&shop, "Topi", 10_000).await, stocked(&shop, shirt(150_000), 2).await);
    shop.order(sold.document.variants[0].id.unwrap(), 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let seen = super::bulk::preview(&shop, those(&[&sold, &new]), &BulkChange::Delete).await;
    assert_eq!((seen.totals.changing, seen.totals.archived), (2, 1));
    let outcome = super::bulk::apply(&shop, &seen, &BulkChange::Delete, "k").await.unwrap();
    assert_eq!(now(&shop, sold.product_id).await.document.status, ProductStatus::Archived);
    catalog::product(&shop, &new.document.slug).await.unwrap_err();

    let answer = undo(&shop, outcome.change_id.unwrap()).await.unwrap();

    assert_eq!(totals(&answer), (2, 0, 0));
    assert_eq!(now(&shop, sold.product_id).await.document, sold.document);
    let back = catalog::product(&shop, &new.document.slug).await.unwrap();
    assert_eq!((back.variants.len(), back.available()), (4, 8));

    let stored = now(&shop, sold.product_id).await;
    let gone = DeleteProduct { product_id: stored.product_id, version: stored.version };
    catalog::delete(&shop, &shop.owner, gone).await.unwrap();
    let id = newest(&shop).await;
    let named = ChangeOf::ArchivedProduct { name: sold.document.name.clone() };
    assert_eq!(detail(&shop, id).await.change.what, named);
    undo(&shop, id).await.unwrap();
    assert_eq!(now(&shop, sold.product_id).await.document, sold.document);
    shop.assert_stock_adds_up().await;
}

async fn shelves(shop: &TestShop) -> Vec<(u64, Option<u64>, String, u32)> {
    let tree = catalog::categories_of_desk(shop, &shop.owner, ListCategories {}).await.unwrap();
    let told =
        |row: domain::catalog::CategoryRow| (row.id.get(), row.parent_id.map(CategoryId::get), row.slug, row.products);
    tree.0.into_iter().map(told).collect()
}

/// Checklist 100. A category that was deleted is back in its place, with what stood in it, its vouchers and its addresses.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_deleted_category_comes_back_with_its_goods(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let owner = &shop.owner;
    let made = async |slug: &str, parent: Option<CategoryId>| {
        let request = domain::catalog::SaveCategory {
            category_id: None,
            version: 0,
            parent_id: parent,
            slug: slug.to_owned(),
            name: Translated::same(slug),
            picture: None,
        };
        catalog::save_category(&shop, owner, request).await.unwrap().id
    };
    let (first, mid, last) = (made("first", None).await, made("mid", None).await, made("last", None).await);
    made("below", Some(mid)).await;
    let renamed = domain::catalog::SaveCategory {
        category_id: Some(mid),
        version: 1,
        parent_id: None,
        slug: "middle".to_owned(),
        name: Translated::same("middle"),
        picture: None,
    };
    catalog::save_category(&shop, owner, renamed).await.unwrap();
    let mut hats = Vec::new();
    for name in ["Topi", "Peci", "Caping"] {
        let document = ProductDocument::draft(Translated::same(name), Money::minor(1));
        hats.push(saved(&shop, SaveProduct::new(ProductDocument { category: Some(mid), ..document })).await);
    }
    let mut voucher = crate::vouchers::voucher("TOPI", VoucherKind::FreeDelivery);
    voucher.terms.categories = vec![mid];
    vouchers::save(&shop, owner, voucher).await.unwrap();
    let before = shelves(&shop).await;

    let request = DeleteCategory { category_id: mid, version: 2, goods_to: Some(last) };
    catalog::delete_category(&shop, owner, request).await.unwrap();
    let id = newest(&shop).await;
    let gone = ChangeOf::DeletedCategory { name: Translated::same("middle"), goods_to: Some(Translated::same("last")) };
    assert_eq!(detail(&shop, id).await.change.what, gone);
    // One of its goods finds another place meanwhile.
    changed(&shop, &now(&shop, hats[2].product_id).await, |it| it.category = Some(first)).await.unwrap();

    let answer = undo(&shop, id).await.unwrap();

    assert_eq!(totals(&answer), (2, 0, 1));
    let placed = |rows: &[(u64, Option<u64>, String, u32)]| -> Vec<_> {
        rows.iter().map(|row| (row.0, row.1, row.2.clone())).collect()
    };
    assert_eq!(placed(&shelves(&shop).await), placed(&before));
    for (hat, shelf) in hats.iter().zip([mid, mid, first]) {
        assert_eq!(now(&shop, hat.product_id).await.document.category, Some(shelf));
    }
    assert_eq!(catalog::moved_category(&shop, "mid").await.unwrap().as_deref(), Some("middle"));
    let rows =
        "select count(*) from voucher_categories c join categories k on k.id = c.category_id where k.slug = 'middle'";
    assert_eq!(shop.count(rows).await, 1);
    assert_eq!(shop.count("select count(*) from voucher_categories").await, 1);

    // Where another one has its name by then, nothing is done, and it can be tried again.
    let request = DeleteCategory { category_id: mid, version: 3, goods_to: None };
    let refused = catalog::delete_category(&shop, owner, request).await;
    assert!(matches!(refused, Err(Error::Refused(Message::CategoryHasVouchers { .. }))), "{refused:?}");
    let request = DeleteCategory { category_id: mid, version: 3, goods_to: Some(first) };
    catalog::delete_category(&shop, owner, request).await.unwrap();
    let id = newest(&shop).await;
    let other = made("middle", None).await;
    let refused = undo(&shop, id).await;
    assert!(matches!(refused, Err(Error::Refused(Message::CategoryNameClashes { .. }))), "{refused:?}");
    assert_eq!(detail(&shop, id).await.change.state, ChangeState::Open);
    let request = DeleteCategory { category_id: other, version: 1, goods_to: None };
    catalog::delete_category(&shop, owner, request).await.unwrap();
    assert_eq!(totals(&undo(&shop, id).await.unwrap()), (2, 0, 0));
}
