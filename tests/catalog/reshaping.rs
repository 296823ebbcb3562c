//! Options come and go, and nobody's units are lost.

use domain::catalog::{MovedStock, ProductDocument, SaveProduct, StoredProduct, VariantId};
use domain::inventory::{ListMovements, MovementReason};
use domain::locale::{Locale, Translated};
use domain::message::Message;
use domain::money::Money;
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use services::{Error, carts, catalog, checkout, inventory};
use sqlx::MySqlPool;

use super::editing::{changed, option, saved, shirt, stocked};
use crate::shop::{TestShop, request};

fn simple() -> ProductDocument {
    let mut simple = ProductDocument::draft(Translated::same("Topi"), Money::minor(50_000));
    simple.status = domain::catalog::ProductStatus::Active;
    simple
}

fn ids(stored: &StoredProduct) -> Vec<VariantId> {
    stored.document.variants.iter().filter_map(|variant| variant.id).collect()
}

fn units(stored: &StoredProduct) -> Vec<u32> {
    stored.stock.iter().map(|stock| stock.on_hand).collect()
}

fn refusal(outcome: services::Result<StoredProduct>) -> Message {
    match outcome {
        Err(Error::Refused(message)) => message,
        other => panic!("{other:?}"),
    }
}

/// Checklist row 96. Pitfall B4. Stock stays through a change of kind, both ways.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_simple_product_gets_a_choice_and_loses_it_with_all_its_units(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let plain = stocked(&shop, simple(), 7).await;
    let own = ids(&plain)[0];

    let with_sizes = changed(&shop, &plain, |topi| {
        topi.add_option(option("Ukuran", &["S", "M"]));
        topi.generate().unwrap();
    })
    .await
    .unwrap();
    assert_eq!((ids(&with_sizes)[0], units(&with_sizes)), (own, vec![7, 0]));
    let other = inventory::receive(
        &shop,
        &shop.owner,
        domain::inventory::ReceiveStock { variant_id: ids(&with_sizes)[1], quantity: 5, note: String::new() },
    );
    other.await.unwrap();

    // Five units would be nowhere: it is refused, and nothing is changed.
    let back = |topi: &mut ProductDocument| drop(topi.remove_option(0));
    let sku = with_sizes.document.variants[1].sku.clone();
    let refused = changed(&shop, &with_sizes, back).await;
    assert_eq!(refusal(refused), Message::VariantHasStock { sku: sku.clone(), on_hand: 5 });
    assert_eq!(shop.stock(ids(&with_sizes)[1]).await, (5, 0));

    // They go where the owner says.
    let mut document = with_sizes.document.clone();
    let alike = document.remove_option(0);
    let moved_stock: Vec<_> = alike.iter().map(|(gone, to)| MovedStock { from: gone.id.unwrap(), to: *to }).collect();
    let plain = saved(&shop, SaveProduct { moved_stock, ..SaveProduct::of(&with_sizes, document) }).await;
    assert_eq!((ids(&plain), units(&plain)), (vec![own], vec![12]));
    assert_eq!(plain.document.options, []);
    let ledger = ListMovements { variant_id: own, page: PageNumber::FIRST };
    let ledger = inventory::movements(&shop, &shop.owner, ledger).await.unwrap();
    let newest = &ledger.movements[0];
    assert_eq!((newest.delta, newest.reason), (5, MovementReason::Corrected));
    assert!(newest.note.as_deref().is_some_and(|note| note.contains(&sku)), "{:?}", newest.note);
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn options_and_values_change_their_names_and_places_and_every_variant_stays_itself(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let stored = stocked(&shop, shirt(150_000), 3).await;
    let meaning = |stored: &StoredProduct| {
        let mut all: Vec<_> = stored
            .document
            .variants
            .iter()
            .map(|variant| {
                let mut words: Vec<_> = variant
                    .values
                    .iter()
                    .zip(&stored.document.options)
                    .map(|(at, option)| option.values[*at].id.unwrap())
                    .collect();
                words.sort_unstable();
                (variant.id.unwrap(), variant.sku.clone(), words)
            })
            .collect();
        all.sort();
        all
    };
    let before = meaning(&stored);

    let turned = changed(&shop, &stored, |shirt| {
        shirt.move_option(0, 1);
        shirt.move_value(0, 1, 0);
        shirt.options[0].name = Translated::same("Size");
        shirt.options[1].values[0].value = Translated::same("Merah tua");
        shirt.variants.reverse();
    })
    .await
    .unwrap();

    assert_eq!(meaning(&turned), before);
    let shown = catalog::product(&shop, "kemeja").await.unwrap();
    let texts: Vec<_> = shown.variants.iter().map(|variant| shown.options_text(variant, Locale::English)).collect();
    assert_eq!(texts, ["M / Biru", "S / Biru", "M / Merah tua", "S / Merah tua"]);
    shop.assert_stock_adds_up().await;
}

/// Two variants that change their SKUs with each other, and one that takes what another chose, are no two of a kind.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn variants_may_swap_what_is_unique(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let stored = saved(&shop, SaveProduct::new(shirt(150_000))).await;
    let skus = |stored: &StoredProduct| -> Vec<String> {
        stored.document.variants.iter().map(|variant| variant.sku.clone()).collect()
    };
    let mut expected = skus(&stored);
    expected.swap(0, 1);
    let swapped = changed(&shop, &stored, |shirt| {
        let sku = std::mem::take(&mut shirt.variants[0].sku);
        shirt.variants[0].sku = std::mem::replace(&mut shirt.variants[1].sku, sku);
    })
    .await
    .unwrap();
    assert_eq!(skus(&swapped), expected);
    let turned = changed(&shop, &swapped, |shirt| {
        let values = shirt.variants[0].values.clone();
        shirt.variants[0].values = std::mem::replace(&mut shirt.variants[1].values, values);
    });
    let turned = turned.await.unwrap();
    assert_eq!(ids(&turned), ids(&stored));
    assert_eq!(turned.document.variants[0].values, stored.document.variants[1].values);
}

/// Checklist row 97. Pitfall M13. What was sold keeps its variant, also when no shopper sees it any more.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_sold_variant_that_goes_keeps_its_orders_and_comes_back_by_its_sku(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let stored = stocked(&shop, shirt(150_000), 1).await;
    let red = ids(&stored)[0];
    let sku = stored.document.variants[0].sku.clone();
    let placed = shop.order(red, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let key = shop.cart(ids(&stored)[1], 1).await;

    // The last one was sold: its shelf is empty, and it may go.
    let without = changed(&shop, &stored, |shirt| drop(shirt.variants.remove(0))).await.unwrap();
    assert_eq!(ids(&without), ids(&stored)[1..]);
    assert_eq!(catalog::product(&shop, "kemeja").await.unwrap().variants.len(), 3);
    let line = &shop.detail(&placed).await.lines[0];
    assert_eq!((line.sku.as_str(), line.quantity), (sku.as_str(), 1));

    // The order is called off: its unit is on the shelf of who has it, and the books add up.
    let cancel = domain::orders::CancelOrder { order_id: shop.id(&placed).await, reason: "habis".to_owned() };
    services::orders::cancel(&shop, &shop.owner, cancel).await.unwrap();
    assert_eq!(shop.stock(red).await, (1, 0));
    shop.assert_stock_adds_up().await;

    // One with its SKU is that one again, with its units.
    let again = changed(&shop, &without, |shirt| {
        let mut red = stored.document.variants[0].clone();
        red.id = None;
        shirt.variants.insert(0, red);
    });
    let again = again.await.unwrap();
    assert_eq!((ids(&again), units(&again)), (ids(&stored), vec![1; 4]));
    carts::show(&shop, &key).await.unwrap();
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_variant_in_a_cart_goes_and_the_cart_says_so(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut document = shirt(150_000);
    document.variants.truncate(2);
    let stored = stocked(&shop, document, 1).await;
    let [kept, gone] = ids(&stored)[..] else { panic!() };
    let key = shop.cart(gone, 1).await;
    let empty = domain::inventory::CorrectStock { variant_id: gone, delta: -1, note: "rusak".to_owned() };
    inventory::correct(&shop, &shop.owner, empty).await.unwrap();

    let without = changed(&shop, &stored, |shirt| drop(shirt.variants.remove(1))).await.unwrap();

    assert_eq!(ids(&without), [kept]);
    let cart = carts::show(&shop, &key).await.unwrap();
    assert_eq!(cart.lines.len(), 1, "what somebody wanted is not taken out in silence");
    assert_eq!(cart.lines[0].available, 0);
    checkout::place(&shop, &key, "k", request(PaymentMethod::CashOnDelivery)).await.unwrap_err();
    carts::set_line(&shop, &key, gone, 1).await.unwrap_err();
}

/// Units of a till or of an unpaid order are promised: their variant stays until they are free.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_variant_with_promised_units_does_not_go(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let stored = stocked(&shop, shirt(150_000), 1).await;
    let red = ids(&stored)[0];
    let sku = stored.document.variants[0].sku.clone();
    let key = shop.cart(red, 1).await;
    checkout::open(&shop, &key).await.unwrap();

    let mut document = stored.document.clone();
    document.variants.remove(0);
    let refused = changed(&shop, &stored, |shirt| drop(shirt.variants.remove(0))).await;
    assert_eq!(refusal(refused), Message::UnitsArePromised { sku: sku.clone(), reserved: 1 });
    let moved_stock = vec![MovedStock { from: red, to: 0 }];
    let request = SaveProduct { moved_stock, ..SaveProduct::of(&stored, document) };
    let refused = catalog::save(&shop, &shop.owner, request).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::UnitsArePromised { .. })), "{refused:?}");
    assert_eq!(shop.stock(red).await, (1, 1));
    shop.assert_stock_adds_up().await;
}

/// Pitfall B16. A product that nobody could buy cannot be saved.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_last_variant_does_not_go(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let stored = saved(&shop, SaveProduct::new(simple())).await;
    let refused = changed(&shop, &stored, |topi| topi.variants.clear()).await.unwrap_err();
    assert_eq!(refused.fields()[0].field, "variants");
    // A variant that nobody ever named leaves no row.
    let two = changed(&shop, &stored, |topi| {
        topi.add_option(option("Ukuran", &["S", "M"]));
        topi.generate().unwrap();
    });
    let two = two.await.unwrap();
    changed(&shop, &two, |topi| drop(topi.remove_value(0, 1))).await.unwrap();
    assert_eq!(shop.count("select count(*) from variants").await, 1);
    assert_eq!(shop.count("select count(*) from stock").await, 1);
    assert_eq!(shop.count("select count(*) from option_values").await, 1);
}

/// What comes from a file has no ids: what is called the same is the same.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_document_without_ids_is_of_the_product_that_is_stored(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let stored = stocked(&shop, shirt(150_000), 2).await;
    let mut bare = stored.document.clone();
    bare.options.iter_mut().for_each(|option| {
        option.id = None;
        option.values.iter_mut().for_each(|value| value.id = None);
    });
    bare.variants.iter_mut().for_each(|variant| variant.id = None);
    assert_eq!(saved(&shop, SaveProduct::of(&stored, bare.clone())).await, stored);

    bare.variants[2].price = Money::minor(9_000);
    let after = saved(&shop, SaveProduct::of(&stored, bare)).await;
    assert_eq!((ids(&after), units(&after)), (ids(&stored), vec![2; 4]));
    assert_eq!(after.document.variants[2].price, Money::minor(9_000));
}
