//! Products that go, and copies.

use domain::catalog::{
    DeleteProduct, DeletedProduct, DuplicateProduct, GetProduct, ProductStatus, SaveProduct, StoredProduct,
};
use domain::message::Message;
use domain::payments::PaymentMethod;
use services::{Error, carts, catalog};
use sqlx::MySqlPool;

use super::editing::{changed, saved, shirt, stocked};
use crate::shop::TestShop;

fn deletion(stored: &StoredProduct) -> DeleteProduct {
    DeleteProduct { product_id: stored.product_id, version: stored.version }
}

/// Checklist row 98. Pitfalls M12 and B12.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_unsold_product_is_deleted_and_a_sold_one_archived(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let other = saved(&shop, SaveProduct::new(shirt(1))).await;
    let unsold = stocked(&shop, shirt(150_000), 3).await;
    changed(&shop, &other, |shirt| shirt.related = vec![unsold.product_id]).await.unwrap();
    let unsold = changed(&shop, &unsold, |shirt| shirt.slug = "blus".to_owned()).await.unwrap();
    let sold = stocked(&shop, shirt(150_000), 3).await;
    let placed = shop.order(sold.document.variants[1].id.unwrap(), 1, PaymentMethod::CashOnDelivery).await.unwrap();

    assert_eq!(catalog::delete(&shop, &shop.owner, deletion(&unsold)).await.unwrap(), DeletedProduct::Deleted);
    assert_eq!(catalog::delete(&shop, &shop.owner, deletion(&sold)).await.unwrap(), DeletedProduct::Archived);

    assert_eq!(shop.count("select count(*) from products").await, 2);
    let gone = catalog::edited(&shop, &shop.owner, GetProduct { product_id: unsold.product_id }).await;
    assert!(matches!(gone, Err(Error::NotFound(Message::NoSuchProduct))), "{gone:?}");
    let kept = catalog::edited(&shop, &shop.owner, GetProduct { product_id: sold.product_id }).await.unwrap();
    assert_eq!((kept.document.status, kept.is_sold), (ProductStatus::Archived, true));
    assert_eq!(kept.version, sold.version + 1);
    catalog::product(&shop, &sold.document.slug).await.unwrap_err();
    assert_eq!(shop.detail(&placed).await.lines[0].name.id, "Kemeja");
    assert_eq!(catalog::moved_product(&shop, "kemeja-2").await.unwrap(), None);
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_somebody_wants_is_kept(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let stored = stocked(&shop, shirt(150_000), 3).await;
    let key = shop.cart(stored.document.variants[0].id.unwrap(), 1).await;
    assert_eq!(catalog::delete(&shop, &shop.owner, deletion(&stored)).await.unwrap(), DeletedProduct::Archived);
    assert_eq!(carts::show(&shop, &key).await.unwrap().lines[0].available, 0);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_product_that_somebody_just_changed_does_not_go(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let seen = saved(&shop, SaveProduct::new(shirt(1))).await;
    changed(&shop, &seen, |shirt| shirt.note = "jangan dihapus".to_owned()).await.unwrap();
    let refused = catalog::delete(&shop, &shop.owner, deletion(&seen)).await;
    assert!(matches!(refused, Err(Error::Refused(Message::ChangedMeanwhile))), "{refused:?}");
    let never = DeleteProduct { product_id: domain::catalog::ProductId::new(99), version: 1 };
    let refused = catalog::delete(&shop, &shop.owner, never).await;
    assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_copy_is_a_draft_with_codes_and_stock_of_its_own(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut wanted = shirt(150_000);
    wanted.variants[0].barcode = "4006381333931".to_owned();
    wanted.name.id = "K".repeat(200);
    let model = stocked(&shop, wanted, 3).await;

    let copy = DuplicateProduct { product_id: model.product_id };
    let copy = catalog::duplicate(&shop, &shop.owner, copy).await.unwrap();

    assert_eq!(copy.document.status, ProductStatus::Draft);
    assert_eq!(copy.document.name.en, "Shirt (copy)");
    assert!(copy.document.name.id.ends_with("K (salinan)") && copy.document.name.id.chars().count() == 200);
    assert_ne!(copy.document.slug, model.document.slug);
    assert_eq!(copy.stock.iter().map(|stock| stock.on_hand).collect::<Vec<_>>(), [0; 4]);
    for (own, other) in copy.document.variants.iter().zip(&model.document.variants) {
        assert!(own.sku != other.sku && own.id != other.id && own.barcode.is_empty());
        assert_eq!((own.price, &own.values), (other.price, &other.values));
    }
    let again = DuplicateProduct { product_id: model.product_id };
    catalog::duplicate(&shop, &shop.owner, again).await.unwrap();
}
