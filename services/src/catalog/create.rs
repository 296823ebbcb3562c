//! Products that a demo shop or an import describes without ids: each becomes a document, and is saved as any other.

use chrono::{DateTime, Utc};
use domain::catalog::{
    Centre, CreateProduct, NewOption, NewPicture, NewVariant, OptionDocument, PictureDocument, ProductDocument,
    ProductId, SaveProduct, SavedProduct, ValueDocument, VariantDocument,
};
use domain::message::Message;
use domain::staff::Staff;
use domain::text;

use super::{queries, save};
use crate::Shop;
use crate::error::{Error, Result};

/// Adds a product with its options, variants and pictures. Its stock starts at zero.
///
/// `made_at` dates products that an import brings from the past; nothing means now. What is wrong is told as by
/// [`save::save`].
pub async fn create(
    shop: &Shop,
    staff: &Staff,
    request: CreateProduct,
    made_at: Option<DateTime<Utc>>,
) -> Result<ProductId> {
    let category = match request.category.as_deref().filter(|slug| !text::is_empty(slug)) {
        Some(slug) => {
            let known = queries::category_by_slug(&mut *shop.db.acquire().await?, slug).await?;
            Some(known.ok_or(Error::field("category", Message::NoSuchCategory))?)
        }
        None => None,
    };
    let document = ProductDocument {
        slug: request.slug,
        description: request.description,
        category,
        status: request.status,
        tax_class: request.tax_class,
        options: request.options.into_iter().map(option).collect(),
        variants: request.variants.into_iter().map(variant).collect(),
        pictures: request.pictures.into_iter().map(picture).collect(),
        ..ProductDocument::draft(request.name, domain::money::Money::ZERO)
    };
    match save::save_of(shop, staff, SaveProduct::new(document), made_at).await? {
        SavedProduct::Saved(stored) => Ok(stored.product_id),
        SavedProduct::ChangedMeanwhile(_) => Err(Error::Refused(Message::ChangedMeanwhile)),
    }
}

fn option(new: NewOption) -> OptionDocument {
    let value =
        |value: domain::catalog::NewOptionValue| ValueDocument { id: None, value: value.value, swatch: value.swatch };
    OptionDocument { id: None, name: new.name, values: new.values.into_iter().map(value).collect() }
}

fn variant(new: NewVariant) -> VariantDocument {
    VariantDocument {
        values: new.values,
        sku: new.sku,
        compare_at_price: new.compare_at_price,
        weight_grams: new.weight_grams,
        low_stock_limit: new.low_stock_limit,
        ..VariantDocument::at(new.price)
    }
}

fn picture(new: NewPicture) -> PictureDocument {
    PictureDocument { key: new.key, alt: new.alt, centre: Centre::default(), shows: new.shows }
}
