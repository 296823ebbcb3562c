//! Reads everything that is embedded and holds it against the promises of the types.

use std::collections::BTreeSet;

use crate::{
    PlannedStatus, categories, customers, picture_files, planned_orders, planned_reviews, products, reviews, shop,
};

#[test]
fn the_shop_is_large_enough_to_be_believed() {
    let products = products();
    let variants: Vec<_> = products.iter().flat_map(|product| &product.variants).collect();
    assert_eq!(categories().len(), 6);
    assert!(products.len() >= 24);
    assert!(variants.len() >= 80);
    assert!(variants.iter().any(|variant| variant.stock == 0));
    assert!(products.iter().any(|product| product.compare_at.is_some()));
    assert!(products.iter().any(|product| product.variants.len() == 1));
    assert_eq!(customers().len(), 12);
    assert!(reviews().len() >= 40);
}

#[test]
fn settings_are_complete() {
    let shop = shop();
    for text in shop.tagline.each().chain(shop.about.each()).chain([&*shop.name, &shop.email, &shop.phone]) {
        assert!(!text.trim().is_empty());
    }
    assert!(shop.delivery.near_price < shop.delivery.far_price && shop.delivery.far_price < shop.delivery.free_from);
    assert!(shop.postal_code.len() == 5 && !shop.delivery.near_cities.is_empty());
}

#[test]
fn slugs_and_skus_are_unique() {
    let products = products();
    assert_unique(products.iter().map(|product| &product.slug));
    assert_unique(products.iter().flat_map(|product| &product.variants).map(|variant| &variant.sku));
    assert_unique(products.iter().flat_map(|product| &product.pictures).map(|picture| &picture.key));
    assert_unique(categories().iter().map(|category| &category.slug));
    assert_unique(customers().iter().map(|customer| &customer.handle));
    assert_unique(customers().iter().map(|customer| &customer.email));
}

#[test]
fn every_text_is_there_in_both_languages() {
    for product in products() {
        let mut texts: Vec<&str> = product.name.each().chain(product.description.each()).collect();
        texts.extend(product.pictures.iter().flat_map(|picture| picture.alt.each()));
        for option in &product.options {
            texts.extend(option.name.each());
            texts.extend(option.values.iter().flat_map(|value| [value.id.as_str(), &value.en]));
        }
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{}", product.slug);
    }
    for category in categories() {
        for text in category.name.each().chain(category.description.each()) {
            assert!(!text.trim().is_empty(), "{}", category.slug);
        }
    }
}

#[test]
fn memberships_name_plans_and_customers_that_are_there() {
    let (plans, customers) = (crate::plans(), customers());
    assert_unique(plans.iter().map(|plan| &plan.key));
    let asked: Vec<_> = plans.iter().map(|plan| (plan.period.as_str(), plan.price, plan.percent_off)).collect();
    assert_eq!(asked, [("monthly", 29_000, 500), ("yearly", 299_000, 1_000)]);
    for bought in crate::purchases() {
        assert!(plans.iter().any(|plan| plan.key == bought.plan), "{}", bought.plan);
        assert!(customers.iter().any(|customer| customer.handle == bought.customer), "{}", bought.customer);
    }
    assert!(crate::purchases().is_sorted_by_key(|bought| std::cmp::Reverse(bought.days_ago)));
}

#[test]
fn vouchers_name_categories_and_occasions_that_are_there() {
    let (vouchers, slugs) = (crate::vouchers(), categories().into_iter().map(|category| category.slug));
    let slugs: BTreeSet<_> = slugs.collect();
    assert_unique(vouchers.iter().map(|voucher| &voucher.code));
    for voucher in vouchers {
        assert!(voucher.categories.iter().all(|slug| slugs.contains(slug)), "{}", voucher.code);
        let occasion = voucher.occasion.as_deref().map(str::parse::<domain::vouchers::Occasion>);
        assert!(occasion.is_none_or(|occasion| occasion.is_ok()), "{}", voucher.code);
        assert!(voucher.percent_off.is_none() || voucher.amount_off.is_none(), "{}", voucher.code);
    }
}

/// Pitfall B25.
#[test]
fn prices_are_sound() {
    for product in products() {
        assert!((49_000..=899_000).contains(&product.price), "{}", product.slug);
        assert!(product.compare_at.is_none_or(|was| was > product.price), "{}", product.slug);
        assert!(product.weight_grams > 0 && product.popularity > 0, "{}", product.slug);
    }
}

/// Pitfall B25.
#[test]
fn every_variant_has_one_value_for_each_option_and_no_two_are_alike() {
    for product in products() {
        assert!(!product.variants.is_empty(), "{}", product.slug);
        assert_unique(product.variants.iter().map(|variant| &variant.options));
        for variant in &product.variants {
            assert_eq!(variant.options.len(), product.options.len(), "{}", variant.sku);
            for (chosen, option) in variant.options.iter().zip(&product.options) {
                assert!(option.values.iter().any(|value| value.id == *chosen), "{}: {chosen}", variant.sku);
            }
        }
        for swatch in product.options.iter().flat_map(|option| &option.values).filter_map(|value| value.swatch.as_ref())
        {
            let digits = swatch.strip_prefix('#').unwrap();
            assert!(digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()), "{swatch}");
        }
    }
}

#[test]
fn every_product_is_on_a_shelf_and_every_shelf_shows_one_of_its_products() {
    let products = products();
    let categories = categories();
    for product in &products {
        assert!(categories.iter().any(|category| category.slug == product.category), "{}", product.slug);
    }
    for category in &categories {
        let mut theirs = products.iter().filter(|product| product.category == category.slug);
        let shown = theirs.any(|product| product.pictures.iter().any(|picture| picture.key == category.picture));
        assert!(shown, "{} shows {}", category.slug, category.picture);
    }
}

#[test]
fn every_picture_is_in_the_store_in_all_widths() {
    let files: BTreeSet<&str> = picture_files().map(|(name, _)| name).collect();
    for product in products() {
        assert!(product.pictures.len() >= 2, "{}", product.slug);
        for picture in &product.pictures {
            for width in [400, 800, 1200] {
                let name = format!("{}-{width}.webp", picture.key);
                assert!(files.contains(name.as_str()), "{name} is missing");
            }
            if let Some(colour) = &picture.shows {
                let known = product.options.iter().flat_map(|option| &option.values).any(|value| value.id == *colour);
                assert!(known, "{} shows {colour}", picture.key);
            }
        }
    }
}

#[test]
fn the_pictures_are_webp_and_fit_into_a_program() {
    let mut total = 0;
    for (name, bytes) in picture_files() {
        assert!(bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"), "{name}");
        total += bytes.len();
    }
    assert!(total < 9_000_000, "{total} bytes");
}

/// Pitfall B25.
#[test]
fn every_review_follows_a_completed_order_with_that_product() {
    let orders = planned_orders();
    let products = products();
    let planned = planned_reviews();
    assert_eq!(planned.len(), reviews().len());
    assert_unique(planned.iter().map(|planned| (&planned.review.product, &planned.review.customer)));
    for planned in planned {
        let order = &orders[planned.order];
        let product = products.iter().find(|product| product.slug == planned.review.product).unwrap();
        assert_eq!((&order.customer, order.status), (&planned.review.customer, PlannedStatus::Completed));
        assert!(order.lines.iter().any(|line| product.variants.iter().any(|variant| variant.sku == line.sku)));
        assert!(planned.written.rank() >= order.completed.unwrap().rank());
        assert!((1..=5).contains(&planned.review.rating) && ["id", "en"].contains(&planned.review.language.as_str()));
    }
}

#[test]
fn customers_can_be_reached() {
    for customer in customers() {
        assert!(customer.email.ends_with("@example.com"), "{}", customer.email);
        assert!(customer.phone.starts_with("+62-8"), "{}", customer.phone);
        assert!(customer.postal_code.len() == 5 && customer.postal_code.bytes().all(|byte| byte.is_ascii_digit()));
        assert!(customer.favours > 0 && !customer.province.is_empty());
    }
}

fn assert_unique<T: Ord + std::fmt::Debug>(values: impl Iterator<Item = T>) {
    let mut seen = BTreeSet::new();
    for value in values {
        let shown = format!("{value:?}");
        assert!(seen.insert(value), "{shown} is there twice");
    }
}
