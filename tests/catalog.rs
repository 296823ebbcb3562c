//! What shoppers find, and how products come into being.

use domain::catalog::{CreateCategory, CreateProduct, ListProducts, NewOptionValue, NewPicture, ProductStatus, Sort};
use domain::locale::{Locale, Translated};
use domain::money::Money;
use domain::page::PageNumber;
use services::{Error, catalog};
use sqlx::MySqlPool;

use crate::shop::{TestShop, category, option, product, variant};

mod bulk;
mod categories;
mod coming_back;
mod editing;
mod listing;
mod notes;
mod racing;
mod removing;
mod reshaping;
mod selling;
mod texts;
mod undo;

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_product_shows_its_options_and_variants(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut colour = option("Warna", &["Indigo", "Putih"]);
    colour.values[0] = NewOptionValue { value: Translated::same("Indigo"), swatch: Some("#2b3a67".to_owned()) };
    let wanted = CreateProduct {
        options: vec![colour, option("Ukuran", &["S", "M"])],
        variants: vec![variant("A-S", &[0, 0], 100), variant("A-M", &[0, 1], 100), variant("B-M", &[1, 1], 120)],
        ..product("shirt", 0)
    };
    catalog::create(&shop, &shop.owner, wanted, None).await.unwrap();
    shop.stocked("A-M", 4).await;

    let shown = catalog::product(&shop, "shirt").await.unwrap();

    assert_eq!(shown.options.iter().map(|o| o.values.len()).collect::<Vec<_>>(), [2, 2]);
    let texts: Vec<_> = shown.variants.iter().map(|v| shown.options_text(v, Locale::Indonesian)).collect();
    assert_eq!(texts, ["Indigo / S", "Indigo / M", "Putih / M"]);
    assert_eq!(shown.variants.iter().map(|v| v.available).collect::<Vec<_>>(), [0, 4, 0]);
    let page = catalog::page(&shop, ListProducts::default()).await.unwrap();
    assert_eq!(page.items[0].swatches, ["#2b3a67"]);
    assert!(page.items[0].has_price_range);
}

/// Checklist 13. Pitfall B17.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_card_shows_the_lowest_price_of_one_variant_that_can_be_bought(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut cheap = variant("CHEAP", &[0], 80_000);
    cheap.compare_at_price = Some(Money::minor(200_000));
    let mut dear = variant("DEAR", &[1], 100_000);
    dear.compare_at_price = Some(Money::minor(120_000));
    let wanted = CreateProduct {
        options: vec![option("Ukuran", &["S", "M"])],
        variants: vec![cheap, dear],
        ..product("shirt", 0)
    };
    catalog::create(&shop, &shop.owner, wanted, None).await.unwrap();
    let card = async || catalog::page(&shop, ListProducts::default()).await.unwrap().items.remove(0);
    let prices = async || {
        let card = card().await;
        (card.price.get(), card.compare_at_price.map(Money::get), card.available)
    };

    assert_eq!(prices().await, (80_000, Some(200_000), 0), "the lowest of all when all are sold out");
    shop.stocked("DEAR", 3).await;
    assert_eq!(prices().await, (100_000, Some(120_000), 3), "never one variant's price with another's old one");
    shop.stocked("CHEAP", 1).await;
    assert_eq!(prices().await, (80_000, Some(200_000), 4));
}

/// Checklist 7. Checklist 9. Checklist 10. Pitfall P3.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_list_is_searched_filtered_sorted_and_paged(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    catalog::create_category(&shop, &shop.owner, category("atasan")).await.unwrap();
    for (sku, price) in [("AA", 300), ("BB", 100), ("CC", 200)] {
        let mut wanted = product(sku, price);
        wanted.category = (sku != "CC").then(|| "atasan".to_owned());
        catalog::create(&shop, &shop.owner, wanted, None).await.unwrap();
    }
    let mut hidden = product("DRAFT", 1);
    hidden.status = ProductStatus::Draft;
    catalog::create(&shop, &shop.owner, hidden, None).await.unwrap();
    let slugs = async |request: ListProducts| -> Vec<String> {
        catalog::page(&shop, request).await.unwrap().items.into_iter().map(|item| item.slug).collect()
    };
    let by = |sort| ListProducts { sort, ..ListProducts::default() };
    let search = |text: &str| ListProducts { search: Some(text.to_owned()), ..by(Sort::PriceAscending) };

    assert_eq!(slugs(by(Sort::PriceAscending)).await, ["bb", "cc", "aa"]);
    assert_eq!(slugs(by(Sort::PriceDescending)).await, ["aa", "cc", "bb"]);
    assert_eq!(slugs(by(Sort::Newest)).await, ["cc", "bb", "aa"]);
    assert_eq!(slugs(search("barang b")).await, ["bb"]);
    for nothing in ["%", "_", "\\", "' or 1=1 -- ", "<script>", "DRAFT"] {
        assert!(slugs(search(nothing)).await.is_empty(), "{nothing}");
    }
    let category = |slug: &str| ListProducts { category: Some(slug.to_owned()), ..by(Sort::PriceAscending) };
    assert_eq!(slugs(category("atasan")).await, ["bb", "aa"]);
    assert!(slugs(category("nowhere")).await.is_empty());

    let second = ListProducts { page: PageNumber::new(2), per_page: 2, ..by(Sort::PriceAscending) };
    assert_eq!(slugs(second.clone()).await, ["aa"]);
    let beyond = catalog::page(&shop, ListProducts { page: PageNumber::new(u32::MAX), ..second }).await.unwrap();
    assert!(beyond.items.is_empty() && beyond.position.is_beyond());
    assert_eq!(beyond.position.total, 3);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_search_finds_the_goods_of_a_category_by_its_name_in_either_language(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let name = Translated { id: "Kemeja".to_owned(), en: "Shirts".to_owned() };
    let shelf = CreateCategory { slug: "atasan".to_owned(), name };
    catalog::create_category(&shop, &shop.owner, shelf).await.unwrap();
    for (sku, is_shelved) in [("AA", true), ("BB", false), ("CC", true)] {
        let category = is_shelved.then(|| "atasan".to_owned());
        catalog::create(&shop, &shop.owner, CreateProduct { category, ..product(sku, 100) }, None).await.unwrap();
    }
    let found = async |text: &str| {
        let request = ListProducts { search: Some(text.to_owned()), sort: Sort::Newest, ..ListProducts::default() };
        let page = catalog::page(&shop, request).await.unwrap();
        let slugs: Vec<String> = page.items.into_iter().map(|item| item.slug).collect();
        assert_eq!(page.position.total, u64::try_from(slugs.len()).unwrap(), "{text}");
        slugs
    };

    for word in ["kemeja", "Kemeja", "shirts", "SHIRT"] {
        assert_eq!(found(word).await, ["cc", "aa"], "{word}");
    }
    assert_eq!(found("bb").await, ["bb"], "a product without a category is found by its own name");
    for nothing in ["atasan", "kem%ja", "shirt_", "\"en\"", "{", ","] {
        assert!(found(nothing).await.is_empty(), "{nothing}");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_wrong_product_is_refused_whole(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("TAKEN", 100, 0).await;
    let mut cases: Vec<(&str, CreateProduct)> = Vec::new();
    let sound = product("NEW", 100);
    cases.push(("slug", CreateProduct { slug: "taken".to_owned(), ..sound.clone() }));
    cases.push(("slug", CreateProduct { slug: "../etc".to_owned(), ..sound.clone() }));
    cases.push(("name", CreateProduct { name: Translated::default(), ..sound.clone() }));
    let long = "x".repeat(61);
    for (field, option) in
        [("options[0].name", option(&long, &["Merah"])), ("options[0].values[0].value", option("Warna", &[&long]))]
    {
        let variants = vec![variant("NEW", &[0], 1)];
        cases.push((field, CreateProduct { options: vec![option], variants, ..sound.clone() }));
    }
    let long = NewPicture { key: "new".to_owned(), alt: Translated::same("x".repeat(251)), shows: None };
    cases.push(("pictures[0].alt", CreateProduct { pictures: vec![long], ..sound.clone() }));
    cases.push(("variants", CreateProduct { variants: Vec::new(), ..sound.clone() }));
    cases.push(("variants[0].sku", CreateProduct { variants: vec![variant("TAKEN", &[], 1)], ..sound.clone() }));
    cases.push(("variants[0].values", CreateProduct { variants: vec![variant("NEW", &[0], 1)], ..sound.clone() }));
    cases.push(("variants[0].price", CreateProduct { variants: vec![variant("NEW", &[], -1)], ..sound.clone() }));
    // A price that no sum of a full cart could still hold is a slip of the finger.
    for price in [1_000_000_000_001, i64::MAX] {
        cases
            .push(("variants[0].price", CreateProduct { variants: vec![variant("NEW", &[], price)], ..sound.clone() }));
    }
    let mut former = variant("NEW", &[], 100);
    former.compare_at_price = Some(Money::minor(i64::MAX));
    cases.push(("variants[0].compare_at_price", CreateProduct { variants: vec![former], ..sound.clone() }));
    let twins = vec![variant("ONE", &[], 1), variant("TWO", &[], 1)];
    cases.push(("variants[1].values", CreateProduct { variants: twins, ..sound.clone() }));

    for (field, wanted) in cases {
        let refused = catalog::create(&shop, &shop.owner, wanted, None).await.unwrap_err();
        let Error::Invalid(problems) = refused else { panic!("{field}: {refused:?}") };
        assert!(problems.iter().any(|problem| problem.field == field), "{field}: {problems:?}");
    }
    assert_eq!(shop.count("select count(*) from products").await, 1);
    assert_eq!(shop.count("select count(*) from variants").await, 1);
}

/// Checklist 10. Pitfall P5.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_sells_comes_first_after_the_night(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("QUIET", 100, 9).await;
    let loved = shop.variant("LOVED", 100, 9).await;
    shop.order(loved, 3, domain::payments::PaymentMethod::CashOnDelivery).await.unwrap();

    services::jobs::run_due_work(&shop).await.unwrap();

    let page = catalog::page(&shop, ListProducts::default()).await.unwrap();
    assert_eq!(page.items.iter().map(|item| item.slug.as_str()).collect::<Vec<_>>(), ["loved", "quiet"]);
}
