//! From rows to what the catalogue shows.

use std::cmp::Reverse;

use chrono::DateTime;
use domain::catalog::{
    Category, OptionValue, OptionValueId, ProductCard, ProductDetail, ProductOption, ProductPicture, Rating, Variant,
};
use domain::reviews::Review;
use serde::de::DeserializeOwned;

use super::queries::detail::{PictureItem, ProductRow, ReviewItem, ValueItem, VariantItem};
use super::queries::{CardRow, CategoryRow};
use crate::error::{Error, Result};

/// Rows in the order of their positions as a tree, where each counts what stands below it, and is shown by it when it has no
/// picture of its own.
pub(super) fn categories(rows: Vec<CategoryRow>) -> Vec<Category> {
    let rows: Vec<Category> = rows.into_iter().map(category).collect();
    let mut tree = Vec::with_capacity(rows.len());
    for row in rows.iter().filter(|row| row.parent_id.is_none()) {
        grow(&mut tree, &rows, row);
    }
    tree
}

/// Puts a category with all below it behind the others. The tree has no circle.
fn grow(tree: &mut Vec<Category>, rows: &[Category], row: &Category) {
    let at = tree.len();
    tree.push(row.clone());
    for below in rows.iter().filter(|below| below.parent_id == Some(row.id)) {
        let place = tree.len();
        grow(tree, rows, below);
        let (products, picture) = (tree[place].products, tree[place].picture.clone());
        tree[at].products = tree[at].products.saturating_add(products);
        tree[at].picture = tree[at].picture.take().or(picture);
    }
}

fn category(row: CategoryRow) -> Category {
    Category {
        id: row.id,
        parent_id: row.parent_id,
        slug: row.slug,
        name: row.name,
        products: u32::try_from(row.products).unwrap_or_default(),
        picture: row.picture,
    }
}

pub(super) fn card(row: CardRow) -> Result<ProductCard> {
    Ok(ProductCard {
        id: row.id,
        slug: row.slug,
        name: row.name,
        category: row.category.unwrap_or_default(),
        category_slug: row.category_slug.unwrap_or_default(),
        price: row.price,
        compare_at_price: row.compare_at,
        has_price_range: row.lowest != row.highest,
        available: units(row.available)?,
        picture: row.picture,
        second_picture: row.second_picture,
        swatches: row.swatches.unwrap_or_default().split(',').filter(|s| !s.is_empty()).map(str::to_owned).collect(),
    })
}

pub(super) fn detail(row: ProductRow) -> Result<(ProductDetail, Vec<Review>)> {
    let mut pictures: Vec<PictureItem> = list(row.pictures.as_deref())?;
    pictures.sort_by_key(|picture| picture.position);
    let mut values: Vec<ValueItem> = list(row.values.as_deref())?;
    values.sort_by_key(|value| (value.option_position, value.option, value.position));
    let mut variants: Vec<VariantItem> = list(row.variants.as_deref())?;
    variants.sort_by_key(|variant| (variant.position, variant.id));
    let mut reviews: Vec<ReviewItem> = list(row.newest.as_deref())?;
    reviews.sort_by_key(|review| Reverse((review.at, review.id)));

    let places: Vec<u32> = pictures.iter().map(|picture| picture.position).collect();
    let pictures = pictures.into_iter().map(|item| ProductPicture { picture: item.picture, shows: item.shows });
    let detail = ProductDetail {
        id: row.id,
        slug: row.slug,
        name: row.name,
        description: row.description,
        seo_title: row.seo_title,
        seo_text: row.seo_text,
        category: row.category.unwrap_or_default(),
        category_slug: row.category_slug.unwrap_or_default(),
        pictures: pictures.collect(),
        options: options(values),
        variants: variants.into_iter().map(|item| variant(item, &places)).collect::<Result<_>>()?,
        rating: (row.reviews > 0).then_some(Rating { average_hundredths: row.average_hundredths, count: row.reviews }),
    };
    Ok((detail, reviews.into_iter().map(review).collect::<Result<_>>()?))
}

/// The values under their options; both come in their order.
fn options(values: Vec<ValueItem>) -> Vec<ProductOption> {
    let mut grouped: Vec<ProductOption> = Vec::new();
    for item in values {
        if grouped.last().is_none_or(|option| option.id != item.option) {
            grouped.push(ProductOption { id: item.option, name: item.name, values: Vec::new() });
        }
        if let Some(option) = grouped.last_mut() {
            option.values.push(OptionValue { id: item.id, value: item.value, swatch: item.swatch });
        }
    }
    grouped
}

fn list<T: DeserializeOwned>(json: Option<&str>) -> Result<Vec<T>> {
    json.map_or(Ok(Vec::new()), |json| Ok(serde_json::from_str(json)?))
}

fn review(item: ReviewItem) -> Result<Review> {
    let at = DateTime::from_timestamp_micros(item.at);
    let created_at = at.ok_or_else(|| Error::internal("a review is of no time"))?;
    Ok(Review { id: item.id, name: item.name, rating: item.rating, body: item.body, created_at })
}

/// A variant; `places` are the positions of the product's pictures in their order.
fn variant(item: VariantItem, places: &[u32]) -> Result<Variant> {
    let values = item.choice.split('-').filter(|id| !id.is_empty()).map(|id| id.parse::<OptionValueId>());
    Ok(Variant {
        id: item.id,
        sku: item.sku,
        values: values.collect::<std::result::Result<_, _>>().map_err(Error::internal)?,
        price: item.price,
        compare_at_price: item.compare_at,
        sale_until: item.sale_until.and_then(DateTime::from_timestamp_micros),
        picture: item.picture.and_then(|shown| places.iter().position(|place| *place == shown)),
        weight_grams: item.weight_grams,
        available: units(item.available)?,
        min_quantity: item.min_quantity,
        max_quantity: item.max_quantity,
    })
}

fn units(count: i64) -> Result<u32> {
    u32::try_from(count).map_err(Error::internal)
}
