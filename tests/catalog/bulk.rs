//! One change for many products: what is shown is what is done.

use std::collections::BTreeMap;

use domain::audit::{AuditAction, ListAudit, SubjectKind};
use domain::catalog::bulk::{Direction, MOST_ROWS, Rounding, SaleStep, Step};
use domain::catalog::{
    ApplyBulk, BulkChange, BulkOutcome, BulkPreview, BulkVerdict, CategoryId, GetProduct, InCategory, ListGoods,
    PreviewBulk, ProductDocument, ProductId, ProductStatus, SaveProduct, Selection, ShowBulkRows, StoredProduct,
};
use domain::events::{About, Happening};
use domain::locale::Translated;
use domain::message::Message;
use domain::money::{BasisPoints, Money};
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use domain::staff::{Role, Staff};
use services::{Error, Result, Shop, audit, carts, catalog};
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use super::editing::{changed, saved, shirt, stocked};
use crate::shop::{TestShop, category};

/// A product of one variant at that price.
pub(super) async fn plain(shop: &TestShop, name: &str, price: i64) -> StoredProduct {
    let document = ProductDocument::draft(Translated::same(name), Money::minor(price));
    let document = ProductDocument { status: ProductStatus::Active, ..document };
    stocked(shop, document, 5).await
}

pub(super) fn up(amount: i64) -> BulkChange {
    let by = Step::Amount(Money::minor(amount));
    BulkChange::Price { direction: Direction::Up, by, rounding: Rounding::None }
}

pub(super) fn those(products: &[&StoredProduct]) -> Selection {
    Selection::Ids(products.iter().map(|stored| stored.product_id).collect())
}

pub(super) async fn preview(shop: &TestShop, selection: Selection, change: &BulkChange) -> BulkPreview {
    let request = PreviewBulk { selection, change: change.clone() };
    catalog::preview_bulk(shop, &shop.owner, request).await.unwrap()
}

pub(super) async fn apply(shop: &TestShop, seen: &BulkPreview, change: &BulkChange, key: &str) -> Result<BulkOutcome> {
    let request = ApplyBulk { change: change.clone(), products: seen.changing.clone(), key: key.to_owned() };
    catalog::apply_bulk(shop, &shop.owner, request).await
}

/// Previews and applies.
pub(super) async fn done(shop: &TestShop, selection: Selection, change: &BulkChange, key: &str) -> BulkOutcome {
    let seen = preview(shop, selection, change).await;
    apply(shop, &seen, change, key).await.unwrap()
}

pub(super) async fn now(shop: &TestShop, id: ProductId) -> StoredProduct {
    catalog::edited(shop, &shop.owner, GetProduct { product_id: id }).await.unwrap()
}

fn prices(stored: &StoredProduct) -> Vec<i64> {
    stored.document.variants.iter().map(|variant| variant.price.get()).collect()
}

/// What the preview shows is what is stored, and everybody sees it: pages, carts, the list and the editor.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_shown_is_what_is_done(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (one, two) = (stocked(&shop, shirt(149_000), 3).await, plain(&shop, "Topi", 45_250).await);
    let other = plain(&shop, "Kaus", 70_000).await;
    let cart = shop.cart(two.document.variants[0].id.unwrap(), 2).await;
    let by = Step::Percent(BasisPoints::new(1_000));
    let change = BulkChange::Price { direction: Direction::Up, by, rounding: Rounding::End900 };

    let seen = preview(&shop, those(&[&one, &two]), &change).await;
    assert_eq!((seen.totals.products, seen.totals.changing, seen.totals.variants), (2, 2, 5));
    let mut told = BTreeMap::new();
    for row in &seen.rows {
        let BulkVerdict::Changes(differences) = &row.verdict else { panic!("{row:?}") };
        assert_eq!(row.skus.len(), differences.len());
        for difference in differences {
            assert_eq!(difference.path[2], "price");
            told.insert(difference.path[1].clone(), difference.after.clone().unwrap().as_i64().unwrap());
        }
    }
    assert_eq!(shop.count("select count(*) from changes").await, 0, "a preview writes nothing");

    let outcome = apply(&shop, &seen, &change, "k").await.unwrap();
    assert_eq!((outcome.changed, outcome.left_out), (2, 0));
    for (before, price) in [(&one, 163_900), (&two, 49_900)] {
        let after = now(&shop, before.product_id).await;
        assert_eq!(after.version, before.version + 1);
        for variant in &after.document.variants {
            assert_eq!(variant.price.get(), price);
            assert_eq!(told[&format!("#{}", variant.id.unwrap())], price);
        }
        let mut same = after.document.clone();
        same.variants.iter_mut().zip(&before.document.variants).for_each(|(is, was)| is.price = was.price);
        assert_eq!(same, before.document, "nothing else moved");
        assert_eq!(after.stock, before.stock);
    }
    assert_eq!(now(&shop, other.product_id).await, other);
    assert_eq!(catalog::product(&shop, &two.document.slug).await.unwrap().variants[0].price.get(), 49_900);
    assert_eq!(carts::show(&shop, &cart).await.unwrap().lines[0].unit_price.get(), 49_900);
    let goods = catalog::goods(&shop, &shop.owner, ListGoods::default()).await.unwrap();
    assert_eq!(goods.rows.iter().map(|row| row.from_price.get()).collect::<Vec<_>>(), [70_000, 49_900, 163_900]);
    // An editor that was open meanwhile is told.
    let late = SaveProduct::of(&two, ProductDocument { note: "lama".to_owned(), ..two.document.clone() });
    assert!(catalog::save(&shop, &shop.owner, late).await.unwrap().saved().is_none());
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_cannot_change_is_named_and_left(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let cheap = plain(&shop, "Murah", 5_000).await;
    let dear = plain(&shop, "Mahal", 50_000).await;
    let on_sale = plain(&shop, "Promo", 50_000).await;
    let on_sale = changed(&shop, &on_sale, |it| {
        let price = Money::minor(45_000);
        it.variants[0].sale = Some(domain::catalog::Sale { price, from: None, until: None });
    })
    .await
    .unwrap();
    let by = Step::Amount(Money::minor(5_000));
    let down = BulkChange::Price { direction: Direction::Down, by, rounding: Rounding::None };

    let seen = preview(&shop, those(&[&cheap, &dear, &on_sale]), &down).await;
    assert_eq!(seen.refused, [cheap.product_id, on_sale.product_id]);
    assert_eq!(seen.changing.iter().map(|seen| seen.product_id).collect::<Vec<_>>(), [dear.product_id]);
    assert_eq!((seen.totals.changing, seen.totals.refused, seen.totals.staying), (1, 2, 0));
    let request = ShowBulkRows { change: down.clone(), products: seen.refused.clone() };
    let rows = catalog::bulk_rows(&shop, &shop.owner, request).await.unwrap();
    let why = |verdict: &BulkVerdict| {
        let BulkVerdict::Refused(refusals) = verdict else { panic!("{verdict:?}") };
        (refusals[0].sku.clone().unwrap(), refusals[0].why.clone())
    };
    assert_eq!(why(&rows[0].verdict), ("MURAH".to_owned(), Message::PriceGoesToNothing));
    assert_eq!(why(&rows[1].verdict), ("PROMO".to_owned(), Message::SaleIsNotBelow));
    // Whoever sends them all the same is told the same.
    let mut all = seen.clone();
    all.changing.push(domain::catalog::SeenProduct { product_id: cheap.product_id, version: cheap.version });
    let outcome = apply(&shop, &all, &down, "k").await.unwrap();
    assert_eq!((outcome.changed, outcome.left_out), (1, 1));
    assert_eq!(outcome.left_out_first[0].why, Message::PriceGoesToNothing);
    assert_eq!(prices(&now(&shop, cheap.product_id).await), [5_000]);
    assert_eq!(prices(&now(&shop, dear.product_id).await), [45_000]);

    let off = done(&shop, those(&[&dear, &on_sale]), &BulkChange::SaleOff, "off").await;
    assert_eq!((off.changed, off.left_out), (1, 0));
    assert_eq!(now(&shop, on_sale.product_id).await.document.variants[0].sale, None);
}

/// Every other kind of change, and what a document that was changed so looks like.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn each_kind_of_change_does_what_it_says(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut settings = shop.settings().await;
    settings.tax = domain::pricing::TaxRules::ppn();
    services::settings::save(&shop, &shop.owner, settings).await.unwrap();
    let shelf = catalog::create_category(&shop, &shop.owner, category("hats")).await.unwrap();
    let class = domain::text::TaxClassKey::parse("standard").unwrap();
    let hat = plain(&shop, "Topi", 40_000).await;
    let until = chrono::DateTime::parse_from_rfc3339("2040-11-12T00:00:00Z").unwrap().to_utc();
    let price = SaleStep::PercentOff(BasisPoints::new(2_500));
    let sale = BulkChange::SaleOn { price, rounding: Rounding::To500, from: None, until: Some(until) };
    let limits = BulkChange::Limits { fewest: Some(2), most: Some(6), low_stock_limit: Some(9) };
    for (number, change) in (0..).zip([
        sale,
        limits,
        BulkChange::Category(Some(shelf)),
        BulkChange::TaxClass(Some(class.clone())),
        BulkChange::Status(ProductStatus::Draft),
    ]) {
        let outcome = done(&shop, those(&[&hat]), &change, &format!("k{number}")).await;
        assert_eq!(outcome.changed, 1, "{change:?}");
        // Once more changes nothing, and says so before.
        let again = preview(&shop, those(&[&hat]), &change).await;
        assert_eq!((again.totals.staying, again.changing.len()), (1, 0), "{change:?}");
    }
    let after = now(&shop, hat.product_id).await;
    let variant = &after.document.variants[0];
    assert_eq!(variant.sale.map(|sale| (sale.price.get(), sale.until)), Some((30_000, Some(until))));
    assert_eq!((variant.min_quantity, variant.max_quantity, variant.low_stock_limit), (2, 6, 9));
    assert_eq!((after.document.category, after.document.tax_class.as_ref()), (Some(shelf), Some(&class)));
    assert_eq!((after.document.status, after.version), (ProductStatus::Draft, hat.version + 5));

    for (change, message) in [
        (BulkChange::Category(Some(CategoryId::new(99))), Message::NoSuchCategory),
        (BulkChange::TaxClass(Some(domain::text::TaxClassKey::parse("nope").unwrap())), Message::NotAChoice),
    ] {
        let request = PreviewBulk { selection: those(&[&hat]), change: change.clone() };
        let refused = catalog::preview_bulk(&shop, &shop.owner, request).await.unwrap_err();
        assert_eq!(refused.fields()[0].message, message);
        let request = ApplyBulk { change, products: again(&after), key: "x".to_owned() };
        let refused = catalog::apply_bulk(&shop, &shop.owner, request).await.unwrap_err();
        assert_eq!(refused.fields()[0].message, message);
    }
}

fn again(stored: &StoredProduct) -> Vec<domain::catalog::SeenProduct> {
    vec![domain::catalog::SeenProduct { product_id: stored.product_id, version: stored.version }]
}

/// All that were found, but for some; what comes to the list after the preview is not touched, and what
/// somebody saved since is left out and named.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn all_that_were_found_are_those_of_the_preview(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut shirts = Vec::new();
    for number in 0..MOST_ROWS + 5 {
        shirts.push(plain(&shop, &format!("Kemeja {number}"), 10_000).await);
    }
    let hat = plain(&shop, "Topi", 10_000).await;
    let list = ListGoods { search: Some("kemeja".to_owned()), category: InCategory::Nowhere, ..ListGoods::default() };
    let except = vec![shirts[3].product_id];
    let seen = preview(&shop, Selection::Found { list, except }, &up(1)).await;
    assert_eq!((seen.changing.len(), seen.rows.len()), (shirts.len() - 1, MOST_ROWS));
    let rest: Vec<_> = seen.changing[MOST_ROWS..].iter().map(|seen| seen.product_id).collect();
    let request = ShowBulkRows { change: up(1), products: rest.clone() };
    let rows = catalog::bulk_rows(&shop, &shop.owner, request).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.product_id).collect::<Vec<_>>(), rest);

    let late = plain(&shop, "Kemeja baru", 10_000).await;
    changed(&shop, &shirts[7], |shirt| shirt.note = "diubah".to_owned()).await.unwrap();
    let gone = domain::catalog::DeleteProduct { product_id: shirts[9].product_id, version: shirts[9].version };
    catalog::delete(&shop, &shop.owner, gone).await.unwrap();

    let outcome = apply(&shop, &seen, &up(1), "k").await.unwrap();
    assert_eq!((outcome.changed, outcome.left_out), (u32::try_from(shirts.len() - 3).unwrap(), 2));
    let left: Vec<_> = outcome.left_out_first.iter().map(|left| (left.product_id, left.why.clone())).collect();
    assert_eq!(
        left,
        [(shirts[7].product_id, Message::ChangedSincePreview), (shirts[9].product_id, Message::ProductWasDeleted)]
    );
    for untouched in [&shirts[3], &shirts[7], &hat, &late] {
        assert_eq!(prices(&now(&shop, untouched.product_id).await), [10_000]);
    }
    let raised = "select count(*) from variants where price_amount = 10001";
    assert_eq!(shop.count(raised).await, i64::try_from(shirts.len() - 3).unwrap());
}

/// A double click is one wish, whatever became of the first answer.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_same_wish_is_done_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let hat = plain(&shop, "Topi", 10_000).await;
    let seen = preview(&shop, those(&[&hat]), &up(5)).await;
    let mut tries = JoinSet::new();
    for _ in 0..4 {
        let (inner, owner) = (Shop::clone(&shop), shop.owner.clone());
        let request = ApplyBulk { change: up(5), products: seen.changing.clone(), key: "k".to_owned() };
        tries.spawn(async move { catalog::apply_bulk(&inner, &owner, request).await.unwrap() });
    }
    let outcomes = tries.join_all().await;
    assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0] && outcome.changed == 1), "{outcomes:?}");
    assert_eq!(prices(&now(&shop, hat.product_id).await), [10_005]);
    assert_eq!(shop.count("select count(*) from changes").await, 1);
    let other = apply(&shop, &seen, &up(6), "k").await;
    assert!(matches!(other, Err(Error::Unusable(Message::KeyReused))), "{other:?}");
}

/// Two changes at once beside an editor and a shopper: each product has what one of them gave it, and the versions tell of
/// every one.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn two_changes_at_once_lose_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut hats = Vec::new();
    for number in 0..12 {
        hats.push(plain(&shop, &format!("Topi {number}"), 10_000).await);
    }
    let all: Vec<&StoredProduct> = hats.iter().collect();
    let seen = preview(&shop, those(&all), &up(1)).await;
    let save = async {
        let mut saved = 0;
        for hat in &hats {
            let wanted = SaveProduct::of(hat, ProductDocument { note: "baru".to_owned(), ..hat.document.clone() });
            saved += u32::from(catalog::save(&shop, &shop.owner, wanted).await.unwrap().saved().is_some());
        }
        saved
    };
    let buy = async {
        for hat in &hats {
            let variant = hat.document.variants[0].id.unwrap();
            shop.order(variant, 1, PaymentMethod::CashOnDelivery).await.unwrap();
        }
    };
    let (change, other) = (up(1), up(100));
    let (one, two, saves, ()) =
        tokio::join!(apply(&shop, &seen, &change, "one"), apply(&shop, &seen, &other, "two"), save, buy);
    let (one, two) = (one.unwrap().changed, two.unwrap().changed);
    assert_eq!(one + two + saves, 12, "each product was changed by one of them alone");
    let mut raised = (0, 0, 0);
    for hat in &hats {
        let after = now(&shop, hat.product_id).await;
        assert_eq!(after.version, hat.version + 1);
        match (prices(&after)[0], after.document.note.as_str()) {
            (10_001, "") => raised.0 += 1,
            (10_100, "") => raised.1 += 1,
            (10_000, "baru") => raised.2 += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(raised, (one, two, saves));
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_history_and_other_desks_hear_of_it_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (hat, shirt) = (plain(&shop, "Topi", 10_000).await, plain(&shop, "Kemeja", 10_000).await);
    let mut heard = shop.subscribe();
    let outcome = done(&shop, those(&[&hat, &shirt]), &up(5), "k").await;
    let what = tokio::time::timeout(std::time::Duration::from_secs(5), async {
        loop {
            let what = heard.recv().await.unwrap().what;
            if what == Happening::from(About::Goods) {
                break;
            }
        }
    });
    what.await.unwrap();
    // The history of a product shows it, too: by the product's name.
    let list = |search: Option<&str>| ListAudit {
        staff_id: None,
        subject: Some(SubjectKind::Change),
        search: search.map(str::to_owned),
        from: None,
        to: None,
        page: PageNumber::FIRST,
    };
    for (search, found) in [(None, 1), (Some("topi"), 1), (Some("sepatu"), 0)] {
        let page = audit::page(&shop, &shop.owner, list(search)).await.unwrap();
        assert_eq!(page.position.total, found, "{search:?}");
        for row in page.rows {
            assert_eq!(row.action, AuditAction::BulkChange);
            assert_eq!(row.subject.id, outcome.change_id.unwrap().to_string());
        }
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn who_may_not_change_goods_changes_none(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let hat = plain(&shop, "Topi", 10_000).await;
    let clerk = Staff { role: Role::Staff, ..shop.owner.clone() };
    let seen = PreviewBulk { selection: those(&[&hat]), change: up(1) };
    assert!(matches!(catalog::preview_bulk(&shop, &clerk, seen).await, Err(Error::Forbidden(_))));
    let request = ApplyBulk { change: up(1), products: again(&hat), key: "k".to_owned() };
    assert!(matches!(catalog::apply_bulk(&shop, &clerk, request).await, Err(Error::Forbidden(_))));
    assert_eq!(now(&shop, hat.product_id).await, hat);
    let too_many = Selection::Ids((1..=20_001).map(ProductId::new).collect());
    let request = PreviewBulk { selection: too_many, change: up(1) };
    let refused = catalog::preview_bulk(&shop, &shop.owner, request).await.unwrap_err();
    assert_eq!(refused.fields()[0].message, Message::TooManyProducts { most: 20_000 });
    saved(&shop, SaveProduct::of(&hat, ProductDocument { note: "x".to_owned(), ..hat.document.clone() })).await;
}
