//! Many people at once: two who save, and staff who save beside shoppers who buy.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::catalog::{GetProduct, SaveProduct, SavedProduct, StoredProduct};
use domain::money::Money;
use domain::payments::PaymentMethod;
use services::{Shop, catalog};
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use super::editing::{option, saved, shirt, stocked};
use crate::shop::TestShop;

/// Checklist 99. Pitfall M10. Of many who save one version, one is first, and each other is told what there is now.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn of_many_who_save_at_once_one_is_first(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let seen = saved(&shop, SaveProduct::new(shirt(1))).await;
    let mut tries = JoinSet::new();
    for number in 0..8 {
        let mut mine = seen.document.clone();
        mine.note = format!("catatan {number}");
        mine.add_option(option(&format!("Motif {number}"), &["Polos"]));
        let (shop, owner, wanted) = (Shop::clone(&shop), shop.owner.clone(), SaveProduct::of(&seen, mine));
        tries.spawn(async move { catalog::save(&shop, &owner, wanted).await });
    }
    let outcomes = tries.join_all().await;
    let (mut first, mut late) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome.unwrap() {
            SavedProduct::Saved(stored) => first.push(stored),
            SavedProduct::ChangedMeanwhile(stored) => late.push(stored),
        }
    }
    assert_eq!((first.len(), late.len()), (1, 7));
    assert!(late.iter().all(|stored| *stored == first[0]), "each sees what the first stored");
    let now = GetProduct { product_id: seen.product_id };
    assert_eq!(catalog::edited(&shop, &shop.owner, now).await.unwrap(), *first[0]);
}

/// Equal names at one moment: each product gets an address and SKUs of its own, and none is refused.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn equal_products_at_once_get_addresses_and_skus_of_their_own(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut tries = JoinSet::new();
    for _ in 0..6 {
        let (shop, owner) = (Shop::clone(&shop), shop.owner.clone());
        tries.spawn(async move { catalog::save(&shop, &owner, SaveProduct::new(shirt(1))).await });
    }
    let stored: Vec<StoredProduct> =
        tries.join_all().await.into_iter().map(|saved| saved.unwrap().saved().unwrap()).collect();
    let mut slugs: Vec<_> = stored.iter().map(|stored| stored.document.slug.as_str()).collect();
    slugs.sort_unstable();
    assert_eq!(slugs, ["kemeja", "kemeja-2", "kemeja-3", "kemeja-4", "kemeja-5", "kemeja-6"]);
    let mut skus: Vec<_> = stored.iter().flat_map(|stored| &stored.document.variants).map(|v| v.sku.as_str()).collect();
    skus.sort_unstable();
    skus.dedup();
    assert_eq!(skus.len(), 24);
}

/// Pitfall M10. Staff save again and again while shoppers buy: every sale stays, and the ledger adds up.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_sale_is_lost_while_staff_save(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let stored = stocked(&shop, shirt(150_000), 30).await;
    let variants: Vec<_> = stored.document.variants.iter().filter_map(|variant| variant.id).collect();
    let buying = async {
        let mut bought = 0;
        for round in 0..24 {
            let variant = variants[round % variants.len()];
            if shop.order(variant, 1, PaymentMethod::CashOnDelivery).await.is_ok() {
                bought += 1;
            }
        }
        bought
    };
    let saving = async {
        let mut now = stored.clone();
        for round in 0..24 {
            let mut document = now.document.clone();
            document.variants[0].price = Money::minor(150_000 + i64::from(round));
            if round % 3 == 0 {
                document.move_value(1, 0, 1);
            }
            if round % 4 == 0 {
                document.move_option(0, 1);
            }
            now = saved(&shop, SaveProduct::of(&now, document)).await;
        }
        now
    };
    let (bought, now) = tokio::join!(buying, saving);
    let left = catalog::edited(&shop, &shop.owner, GetProduct { product_id: now.product_id }).await.unwrap();
    let left: u32 = left.stock.iter().map(|stock| stock.on_hand).sum();
    assert!(bought > 0, "nobody bought anything");
    assert_eq!(left, 120 - bought);
    shop.assert_stock_adds_up().await;
}

/// Who opens a product while it is saved sees one version of it, whole: never the prices of one and the words of another.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn who_opens_a_product_while_it_is_saved_sees_one_version(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let first = saved(&shop, SaveProduct::new(shirt(1_000))).await;
    let wanted = GetProduct { product_id: first.product_id };
    let saving = async {
        let mut now = first;
        for round in 1..=40 {
            let mut document = now.document.clone();
            document.note = format!("{}", 1_000 + round);
            document.variants.iter_mut().for_each(|variant| variant.price = Money::minor(1_000 + round));
            now = saved(&shop, SaveProduct::of(&now, document)).await;
        }
        now.version
    };
    let last = AtomicU64::new(0);
    let looking = async {
        while last.load(Ordering::Relaxed) == 0 {
            let seen = catalog::edited(&shop, &shop.owner, wanted).await.unwrap();
            let note = if seen.document.note.is_empty() { "1000" } else { seen.document.note.as_str() };
            for variant in &seen.document.variants {
                assert_eq!(variant.price.get().to_string(), note, "version {}", seen.version);
            }
        }
    };
    let saving = async { last.store(saving.await, Ordering::Relaxed) };
    tokio::join!(saving, looking);
}
