//! Staff edit products: what is saved is what is stored, and two people lose nothing of each other.

use chrono::{DateTime, TimeDelta, Utc};
use domain::catalog::{
    Centre, GetProduct, ListProducts, OptionDocument, PictureDocument, ProductDocument, ProductStatus, ReceivedUnits,
    Sale, SaveProduct, SavedProduct, StoredProduct, ValueDocument, differences,
};
use domain::inventory::SetStockLimits;
use domain::locale::Translated;
use domain::message::Message;
use domain::money::Money;
use domain::staff::{Role, Staff};
use services::{Error, carts, catalog, inventory};
use sqlx::MySqlPool;

use crate::shop::TestShop;

/// A shirt in two colours and two sizes, at that price.
pub(super) fn shirt(price: i64) -> ProductDocument {
    let mut shirt =
        ProductDocument::draft(Translated { id: "Kemeja".to_owned(), en: "Shirt".to_owned() }, Money::minor(price));
    shirt.status = ProductStatus::Active;
    shirt.add_option(option("Warna", &["Merah", "Biru"]));
    shirt.add_option(option("Ukuran", &["S", "M"]));
    shirt.generate().unwrap();
    shirt
}

pub(super) fn option(name: &str, values: &[&str]) -> OptionDocument {
    let value = |text: &&str| ValueDocument { value: Translated::same(*text), ..ValueDocument::default() };
    OptionDocument {
        name: Translated::same(name),
        values: values.iter().map(value).collect(),
        ..OptionDocument::default()
    }
}

/// Saves, or panics with what is wrong.
pub(super) async fn saved(shop: &TestShop, request: SaveProduct) -> StoredProduct {
    catalog::save(shop, &shop.owner, request).await.unwrap().saved().unwrap()
}

/// A new product with so many units of each of its variants.
pub(super) async fn stocked(shop: &TestShop, document: ProductDocument, units: u32) -> StoredProduct {
    let received = (0..document.variants.len()).map(|variant| ReceivedUnits { variant, quantity: units });
    saved(shop, SaveProduct { received: received.collect(), ..SaveProduct::new(document) }).await
}

/// Changes a product as it is stored.
pub(super) async fn changed(
    shop: &TestShop,
    stored: &StoredProduct,
    change: impl FnOnce(&mut ProductDocument),
) -> services::Result<StoredProduct> {
    let mut document = stored.document.clone();
    change(&mut document);
    let saved = catalog::save(shop, &shop.owner, SaveProduct::of(stored, document)).await?;
    Ok(saved.saved().unwrap())
}

pub(super) fn webp(width: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(width, width / 4 * 5).write_to(&mut bytes, image::ImageFormat::WebP).unwrap();
    bytes.into_inner()
}

async fn opened(shop: &TestShop, stored: &StoredProduct) -> StoredProduct {
    catalog::edited(shop, &shop.owner, GetProduct { product_id: stored.product_id }).await.unwrap()
}

/// Checklist 93.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn everything_that_is_saved_is_there_again(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let other = saved(&shop, SaveProduct::new(ProductDocument::draft(Translated::same("Topi"), Money::minor(1)))).await;
    for key in ["depan", "belakang"] {
        let files = domain::media::WIDTHS.map(|width| (width, webp(width)));
        let files = files.each_ref().map(|(width, bytes)| (*width, bytes.as_slice()));
        services::media::adopt(&shop, &shop.owner, key, &files).await.unwrap();
    }
    let at = |day: u32| DateTime::parse_from_rfc3339(&format!("2040-11-{day}T00:00:00.123456Z")).unwrap().to_utc();
    let mut wanted = shirt(150_000);
    wanted.description = Translated::same("# Adem\n\n- katun\n    - linen");
    wanted.seo_title = Translated::same("Kemeja adem");
    wanted.seo_text = Translated { id: "Kemeja untuk hari panas.".to_owned(), en: String::new() };
    wanted.publish_at = Some(at(10));
    wanted.note = "Pemasok: Bu Tini".to_owned();
    wanted.related = vec![other.product_id];
    wanted.options[0].values[0].swatch = Some("#aa1133".to_owned());
    let picture = |key: &str, shows| PictureDocument {
        key: key.to_owned(),
        alt: Translated::same(key),
        centre: Centre { x: 300, y: 700 },
        shows,
    };
    wanted.pictures = vec![picture("depan", Some((0, 1))), picture("belakang", None)];
    let first = &mut wanted.variants[0];
    first.sku = "KM-1".to_owned();
    first.barcode = "4006381333931".to_owned();
    first.compare_at_price = Some(Money::minor(200_000));
    first.cost = Some(Money::minor(90_000));
    first.sale = Some(Sale { price: Money::minor(111_000), from: Some(at(11)), until: Some(at(12)) });
    (first.weight_grams, first.min_quantity, first.max_quantity, first.low_stock_limit) = (250, 2, 8, 5);
    first.picture = Some(1);

    let stored = saved(&shop, SaveProduct::new(wanted.clone())).await;

    let opened = opened(&shop, &stored).await;
    assert_eq!(opened, stored);
    assert_eq!(opened.document.slug, "kemeja");
    assert_eq!(opened.version, 1);
    assert_eq!(opened.related, [Translated::same("Topi")]);
    let skus: Vec<_> = opened.document.variants.iter().map(|variant| variant.sku.as_str()).collect();
    assert_eq!(skus, ["KM-1", "KEMEJA-MERAH-M", "KEMEJA-BIRU-S", "KEMEJA-BIRU-M"]);
    // But for ids, the address and SKUs that nobody typed, it is what was asked for.
    let bare = {
        let mut bare = opened.document.clone();
        bare.slug.clear();
        bare.options.iter_mut().for_each(|option| {
            option.id = None;
            option.values.iter_mut().for_each(|value| value.id = None);
        });
        bare.variants.iter_mut().for_each(|variant| variant.id = None);
        bare.variants.iter_mut().skip(1).for_each(|variant| variant.sku.clear());
        bare
    };
    assert_eq!(differences(&wanted, &bare), []);
    assert_eq!(shop.count("select cast(version as signed) from products where slug = 'topi'").await, 1);
}

/// Checklist 99. Pitfall B9. A save that changes nothing succeeds, and writes nothing.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn saving_what_is_stored_already_changes_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let stored = saved(&shop, SaveProduct::new(shirt(150_000))).await;
    let rows = shop.count("select count(*) from audit").await;

    let again = saved(&shop, SaveProduct::of(&stored, stored.document.clone())).await;
    assert_eq!(again, stored);
    // Also by somebody who has an older version of it and means the same.
    let late = SaveProduct { version: 0, ..SaveProduct::of(&stored, stored.document.clone()) };
    assert_eq!(saved(&shop, late).await, stored);
    assert_eq!(shop.count("select count(*) from audit").await, rows);
}

/// Checklist 99. Who saves second is shown what is stored now, and loses nothing.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn who_saves_second_sees_what_the_first_changed(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let seen = saved(&shop, SaveProduct::new(shirt(150_000))).await;
    let first = changed(&shop, &seen, |shirt| shirt.name.en = "Blouse".to_owned()).await.unwrap();

    let mut mine = seen.document.clone();
    mine.variants[1].price = Money::minor(99_000);
    let answer = catalog::save(&shop, &shop.owner, SaveProduct::of(&seen, mine.clone())).await.unwrap();

    let SavedProduct::ChangedMeanwhile(current) = answer else { panic!("{answer:?}") };
    assert_eq!(*current, first);
    let theirs: Vec<_> = differences(&seen.document, &current.document).into_iter().map(|d| d.path).collect();
    let ours: Vec<_> = differences(&seen.document, &mine).into_iter().map(|d| d.path).collect();
    assert_eq!(theirs, [["name", "en"].map(str::to_owned).to_vec()]);
    assert_eq!(ours.len(), 1, "{ours:?}");
    // The choice is made, and saved on top of what was shown.
    let both = changed(&shop, &current, |shirt| shirt.variants[1].price = Money::minor(99_000)).await.unwrap();
    assert_eq!((both.document.name.en.as_str(), both.version), ("Blouse", 3));
}

/// What has a door of its own is part of the product too: a note or a limit in between is not overwritten.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_note_a_tax_class_and_a_limit_raise_the_version(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let seen = saved(&shop, SaveProduct::new(shirt(150_000))).await;
    let note = domain::catalog::SetStaffNote {
        product_id: seen.product_id,
        note: "mudah pecah".to_owned(),
        seen: String::new(),
    };
    catalog::notes::set(&shop, &shop.owner, note).await.unwrap();
    let variant_id = seen.document.variants[0].id.unwrap();
    let limits = SetStockLimits { variant_id, low_stock_limit: 9, min_quantity: 2, max_quantity: 4 };
    inventory::set_limits(&shop, &shop.owner, limits).await.unwrap();

    let mut mine = seen.document.clone();
    mine.name.en = "Blouse".to_owned();
    let answer = catalog::save(&shop, &shop.owner, SaveProduct::of(&seen, mine)).await.unwrap();
    let SavedProduct::ChangedMeanwhile(current) = answer else { panic!("{answer:?}") };
    assert_eq!((current.document.note.as_str(), current.version), ("mudah pecah", 3));
    assert_eq!(current.document.variants[0].low_stock_limit, 9);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_address_is_made_of_the_name_and_the_old_one_is_remembered(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let first = saved(&shop, SaveProduct::new(shirt(1))).await;
    let second = saved(&shop, SaveProduct::new(shirt(1))).await;
    assert_eq!((first.document.slug.as_str(), second.document.slug.as_str()), ("kemeja", "kemeja-2"));
    let taken = changed(&shop, &second, |shirt| shirt.slug = "kemeja".to_owned()).await.unwrap_err();
    assert_eq!(taken.fields()[0].field, "slug");

    let first = changed(&shop, &first, |shirt| shirt.slug = "blus".to_owned()).await.unwrap();
    assert_eq!(catalog::moved_product(&shop, "kemeja").await.unwrap().as_deref(), Some("blus"));
    let first = changed(&shop, &first, |shirt| shirt.slug = "blus-baru".to_owned()).await.unwrap();
    for old in ["kemeja", "blus"] {
        assert_eq!(catalog::moved_product(&shop, old).await.unwrap().as_deref(), Some("blus-baru"), "{old}");
    }
    // An address of old is not given away by itself, but to who asks for it.
    let third = saved(&shop, SaveProduct::new(shirt(1))).await;
    assert_eq!(third.document.slug, "kemeja-3");
    changed(&shop, &third, |shirt| shirt.slug = "blus".to_owned()).await.unwrap();
    assert_eq!(catalog::moved_product(&shop, "blus").await.unwrap(), None);
    // And back again.
    let back = changed(&shop, &first, |shirt| shirt.slug = "kemeja".to_owned()).await.unwrap();
    assert_eq!(back.document.slug, "kemeja");
    assert_eq!(catalog::moved_product(&shop, "blus-baru").await.unwrap().as_deref(), Some("kemeja"));
    assert_eq!(catalog::moved_product(&shop, "kemeja").await.unwrap(), None);
    // A draft's address leads nowhere: nobody may see it.
    changed(&shop, &back, |shirt| shirt.status = ProductStatus::Draft).await.unwrap();
    assert_eq!(catalog::moved_product(&shop, "blus-baru").await.unwrap(), None);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_product_is_in_the_shop_from_its_date_on(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let wanted = ProductDocument { publish_at: Some(Utc::now() + TimeDelta::hours(1)), ..shirt(150_000) };
    let stored = stocked(&shop, wanted, 5).await;
    let variant = stored.document.variants[0].id.unwrap();
    let shown = async || catalog::page(&shop, ListProducts::default()).await.unwrap().items.len();
    assert_eq!(shown().await, 0);
    catalog::product(&shop, "kemeja").await.unwrap_err();
    let key = carts::create(&shop).await.unwrap();
    carts::add(&shop, &key, variant, 1).await.unwrap_err();
    assert!(catalog::all_slugs(&shop).await.unwrap().is_empty());

    let now = Some(Utc::now() - TimeDelta::seconds(1));
    changed(&shop, &stored, |shirt| shirt.publish_at = now).await.unwrap();
    assert_eq!(shown().await, 1);
    catalog::product(&shop, "kemeja").await.unwrap();
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_wrong_is_told_at_its_field_and_nothing_is_stored(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    saved(&shop, SaveProduct::new(shirt(1))).await;
    let count = async || shop.count("select count(*) from products").await;
    let wrong = async |change: fn(&mut ProductDocument)| {
        let mut wanted = shirt(1);
        change(&mut wanted);
        let refused = catalog::save(&shop, &shop.owner, SaveProduct::new(wanted)).await.unwrap_err();
        refused.fields().iter().map(|problem| (problem.field.clone(), problem.message.clone())).collect::<Vec<_>>()
    };
    let one = |field: &str, message: Message| vec![(field.to_owned(), message)];
    assert_eq!(wrong(|d| d.slug = "kemeja".to_owned()).await, one("slug", Message::AlreadyTaken));
    let sku = wrong(|d| d.variants[2].sku = "kemeja-merah-s".to_owned()).await;
    assert_eq!(sku, one("variants[2].sku", Message::AlreadyTaken));
    let category = wrong(|d| d.category = Some(domain::catalog::CategoryId::new(99))).await;
    assert_eq!(category, one("category", Message::NoSuchCategory));
    let class = wrong(|d| d.tax_class = Some(domain::text::TaxClassKey::parse("nope").unwrap())).await;
    assert_eq!(class, one("tax_class", Message::NotAChoice));
    let related = wrong(|d| d.related = vec![domain::catalog::ProductId::new(99)]).await;
    assert_eq!(related, one("related", Message::NoSuchProduct));
    let picture = wrong(|d| {
        let (alt, centre) = (Translated::default(), Centre::default());
        d.pictures = vec![PictureDocument { key: "nope".to_owned(), alt, centre, shows: None }];
    });
    assert_eq!(picture.await, one("pictures[0].key", Message::NoSuchPicture));
    let foreign = wrong(|d| d.variants[1].id = Some(domain::catalog::VariantId::new(1))).await;
    assert_eq!(foreign, one("variants[1].id", Message::NotAChoice));
    let foreign = wrong(|d| d.options[1].id = Some(domain::catalog::OptionId::new(1))).await;
    assert_eq!(foreign, one("options[1].id", Message::NotAChoice));
    assert_eq!(count().await, 1);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn who_may_not_change_stock_saves_no_stock_with_a_product(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let clerk = Staff { role: Role::Staff, ..shop.owner.clone() };
    let refused = catalog::save(&shop, &clerk, SaveProduct::new(shirt(1))).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_name_in_one_language_is_shown_in_the_other(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut wanted = shirt(1);
    wanted.name.en.clear();
    wanted.options[0].values[0].value = Translated { id: "Merah".to_owned(), en: String::new() };
    let stored = stocked(&shop, wanted, 1).await;
    let shown = catalog::product(&shop, "kemeja").await.unwrap();
    assert_eq!(shown.name.get(domain::locale::Locale::English), "Kemeja");
    let rows: Vec<(String,)> = sqlx::query_as("select options from variants where id = ?")
        .bind(stored.document.variants[0].id.unwrap().get())
        .fetch_all(&services::testing::database(&shop))
        .await
        .unwrap();
    assert_eq!(rows[0].0, r#"{"id":"Merah / S","en":"Merah / S"}"#);
}
