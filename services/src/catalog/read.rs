//! From rows to what the catalogue shows.

use domain::catalog::{
    Category, OptionValue, OptionValueId, ProductCard, ProductDetail, ProductOption, ProductPicture, Rating, Variant,
};
use domain::locale::Translated;
use domain::media::Picture;

use super::queries::{CardRow, CategoryRow, OptionRow, PictureRow, ProductRow, VariantRow};
use crate::error::{Error, Result};

pub(super) fn category(row: CategoryRow) -> Category {
    Category {
        id: row.id,
        slug: row.slug,
        name: Translated { id: row.name_id, en: row.name_en },
        products: u32::try_from(row.products).unwrap_or_default(),
        picture: picture(row.picture_key, row.alt_id, row.alt_en),
    }
}

pub(super) fn card(row: CardRow) -> Result<ProductCard> {
    Ok(ProductCard {
        id: row.id,
        slug: row.slug,
        name: Translated { id: row.name_id, en: row.name_en },
        category: Translated {
            id: row.category_id_text.unwrap_or_default(),
            en: row.category_en_text.unwrap_or_default(),
        },
        category_slug: row.category_slug.unwrap_or_default(),
        price: row.price,
        compare_at_price: row.compare_at,
        has_price_range: row.lowest != row.highest,
        available: units(row.available)?,
        picture: picture(row.picture_key, row.alt_id, row.alt_en),
        second_picture: picture(row.second_key, row.second_alt_id, row.second_alt_en),
        swatches: row.swatches.unwrap_or_default().split(',').filter(|s| !s.is_empty()).map(str::to_owned).collect(),
    })
}

pub(super) fn detail(
    row: ProductRow,
    pictures: Vec<PictureRow>,
    options: Vec<OptionRow>,
    variants: Vec<VariantRow>,
    rating: Option<Rating>,
) -> Result<ProductDetail> {
    let mut grouped: Vec<ProductOption> = Vec::new();
    for row in options {
        if grouped.last().is_none_or(|option| option.id != row.option_id) {
            let name = Translated { id: row.name_id, en: row.name_en };
            grouped.push(ProductOption { id: row.option_id, name, values: Vec::new() });
        }
        if let Some(option) = grouped.last_mut() {
            let value = Translated { id: row.value_id_text, en: row.value_en_text };
            option.values.push(OptionValue { id: row.value_id, value, swatch: row.swatch });
        }
    }
    let pictures = pictures.into_iter().map(|row| ProductPicture {
        picture: Picture { key: row.picture_key, alt: Translated { id: row.alt_id, en: row.alt_en } },
        shows: row.shows,
    });
    Ok(ProductDetail {
        id: row.id,
        slug: row.slug,
        name: Translated { id: row.name_id, en: row.name_en },
        description: Translated { id: row.description_id, en: row.description_en },
        category: Translated {
            id: row.category_id_text.unwrap_or_default(),
            en: row.category_en_text.unwrap_or_default(),
        },
        category_slug: row.category_slug.unwrap_or_default(),
        pictures: pictures.collect(),
        options: grouped,
        variants: variants.into_iter().map(variant).collect::<Result<_>>()?,
        rating,
    })
}

fn variant(row: VariantRow) -> Result<Variant> {
    let values = row.choice.split('-').filter(|id| !id.is_empty()).map(|id| id.parse::<OptionValueId>());
    Ok(Variant {
        id: row.id,
        sku: row.sku,
        values: values.collect::<std::result::Result<_, _>>().map_err(Error::internal)?,
        price: row.price,
        compare_at_price: row.compare_at,
        weight_grams: row.weight_grams,
        available: units(row.available)?,
        min_quantity: row.min_quantity,
        max_quantity: row.max_quantity,
    })
}

fn picture(key: Option<String>, alt_id: Option<String>, alt_en: Option<String>) -> Option<Picture> {
    Some(Picture { key: key?, alt: Translated { id: alt_id.unwrap_or_default(), en: alt_en.unwrap_or_default() } })
}

fn units(count: i64) -> Result<u32> {
    u32::try_from(count).map_err(Error::internal)
}
