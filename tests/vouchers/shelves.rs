//! Vouchers for a category cover what stands below it, wherever the tree is moved.

use domain::catalog::{CategoryId, CreateProduct, MoveCategory, SaveCategory};
use domain::locale::Translated;
use domain::message::Message;
use domain::money::Money;
use domain::payments::PaymentMethod;
use services::{catalog, checkout};
use sqlx::MySqlPool;

use super::using::{place, wanted};
use super::{TENTH, field, save, voucher};
use crate::shop::{TestShop, product};

async fn shelf(shop: &TestShop, name: &str, parent_id: Option<CategoryId>) -> CategoryId {
    let (slug, name) = (name.to_lowercase(), Translated::same(name));
    let wanted = SaveCategory { category_id: None, version: 0, parent_id, slug, name, picture: None };
    catalog::save_category(shop, &shop.owner, wanted).await.unwrap().id
}

/// Checklist 59.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_voucher_for_a_category_is_for_its_children_too(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let clothes = shelf(&shop, "Pakaian", None).await;
    let tops = shelf(&shop, "Atasan", Some(clothes)).await;
    shelf(&shop, "Kemeja", Some(tops)).await;
    let bags = shelf(&shop, "Tas", None).await;
    for (sku, category, price) in [("SHIRT", "kemeja", 200_000), ("BAG", "tas", 100_000)] {
        let wanted = CreateProduct { category: Some(category.to_owned()), ..product(sku, price) };
        catalog::create(&shop, &shop.owner, wanted, None).await.unwrap();
        shop.stocked(sku, 9).await;
    }
    let (shirt, bag) = (shop.by_sku("SHIRT").await, shop.by_sku("BAG").await);
    for (code, category) in [("PAKAIAN", clothes), ("ATASAN", tops), ("TAS", bags)] {
        let mut wanted = voucher(code, TENTH);
        wanted.terms.categories = vec![category];
        save(&shop, wanted).await;
    }
    let key = shop.cart(shirt, 1).await;
    services::carts::set_line(&shop, &key, bag, 1).await.unwrap();
    let off = async |code: &str| {
        let quote = checkout::quote(&shop, &key, &super::using::BANDUNG, code).await;
        quote.map(|quote| quote.totals.voucher_discount.get()).map_err(|refused| field(refused).message)
    };

    for (code, taken) in [("PAKAIAN", 20_000), ("ATASAN", 20_000), ("TAS", 10_000)] {
        assert_eq!(off(code).await, Ok(taken), "{code}");
    }
    // What moves to another shelf takes its goods along.
    let moved = MoveCategory { category_id: tops, parent_id: Some(bags), before: None };
    catalog::move_category(&shop, &shop.owner, moved).await.unwrap();
    assert_eq!(off("PAKAIAN").await, Err(Message::VoucherForOtherGoods));
    assert_eq!(off("TAS").await, Ok(30_000));

    let placed = place(&shop, &key, wanted("siti@example.com", "TAS", PaymentMethod::CashOnDelivery)).await.unwrap();
    assert_eq!(placed.totals.voucher_discount, Money::minor(30_000));
    let shares: Vec<i64> = shop.detail(&placed).await.lines.iter().map(|line| line.voucher_discount.get()).collect();
    assert_eq!(shares, [20_000, 10_000]);
}
