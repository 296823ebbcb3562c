//! How a product comes into being: all of it, or nothing.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::{CreateProduct, NewOption, NewVariant, OptionId, OptionValueId, ProductId};
use domain::events::About;
use domain::locale::Translated;
use domain::message::Message;
use domain::money::Money;
use domain::problem::{FieldProblem, Fields};
use domain::staff::{Permission, Staff};
use domain::text::{self, Sku, Slug, TaxClassKey};
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::{self, NewProductRow, NewVariantRow};
use super::taxes;
use crate::database::{StaffWork, Work, transact};
use crate::error::{Error, Result};
use crate::{Shop, database, events, media, settings};

/// The most characters of a description in one language.
const MOST_DESCRIPTION: usize = 20_000;

/// An option's id and those of its values.
type StoredOption = (OptionId, Vec<OptionValueId>);

/// Adds a product with its options, variants and pictures. Its stock starts at zero.
///
/// `made_at` dates products that an import brings from the past; nothing means now.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn create(
    shop: &Shop,
    staff: &Staff,
    request: CreateProduct,
    made_at: Option<DateTime<Utc>>,
) -> Result<ProductId> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let request = tidied(request).map_err(Error::Invalid)?;
    let id = transact!(writer, |work| { insert(work, &request, made_at).await })?;
    shop.snapshot.categories.forget();
    Ok(id)
}

/// The same inside a unit of work of somebody who may do it; whoever commits it forgets what is kept of the categories.
pub(crate) async fn write(
    work: &mut StaffWork,
    request: CreateProduct,
    made_at: Option<DateTime<Utc>>,
) -> Result<ProductId> {
    insert(work, &tidied(request).map_err(Error::Invalid)?, made_at).await
}

async fn insert(work: &mut StaffWork, request: &CreateProduct, made_at: Option<DateTime<Utc>>) -> Result<ProductId> {
    let now = work.now();
    if request.tax_class.is_some() {
        taxes::check(&settings::lock(work).await?, request.tax_class.as_ref())?;
    }
    let row = NewProductRow {
        category: request.category.as_deref().and_then(database::key),
        slug: &request.slug,
        name: &request.name,
        description: &request.description,
        search_text: &search_text(request),
        status: request.status,
        tax_class: request.tax_class.as_ref().map(TaxClassKey::as_str),
        created_at: made_at.unwrap_or(now),
    };
    let id = match queries::insert_product(work, &row).await {
        Err(error) if database::is_duplicate_of(&error, "products_slug") => {
            return Err(Error::field("slug", Message::AlreadyTaken));
        }
        other => other?,
    };
    let options = insert_options(work, id, &request.options).await?;
    for (position, variant) in (0..).zip(&request.variants) {
        insert_variant(work, id, position, variant, &request.options, &options).await?;
    }
    insert_pictures(work, id, request, &options).await?;
    let subject = Subject::new(SubjectKind::Product, id, &request.slug);
    events::record(work, &About::Product(id).into()).await?;
    work.record(AuditAction::CreateProduct, &subject, &(), request).await?;
    Ok(id)
}

/// Gives a product that has no pictures those of the shop before this one, in their order.
pub(crate) async fn show_former(work: &mut Work, product: ProductId, keys: &[String], alt: &Translated) -> Result<()> {
    if queries::has_pictures(work, product).await? {
        return Ok(());
    }
    for (position, key) in (0..).zip(keys) {
        let id = media::find(work, key).await?.ok_or(Error::field("pictures", Message::NoSuchPicture))?;
        queries::insert_picture(work, product, position, id, alt, None).await?;
    }
    queries::choose_pictures(work, product).await?;
    events::record(work, &About::Product(product).into()).await
}

/// A name in both languages, each with something to read and not too long.
pub(super) fn name(name: &Translated, most: usize) -> std::result::Result<Translated, Message> {
    for text in name.each() {
        if text::is_empty(text) {
            return Err(Message::Required);
        }
    }
    name.read(|text| text::line_up_to(text, most))
}

/// Takes over what was read of a text, or notes what is wrong with it.
fn keep<T>(fields: &mut Fields, field: &str, text: &mut T, read: std::result::Result<T, Message>) {
    if let Some(read) = fields.take(field, read) {
        *text = read;
    }
}

/// A line in each language that may be empty.
fn line(text: &Translated, most: usize) -> std::result::Result<Translated, Message> {
    text.read(|wording| text::line_up_to(wording, most))
}

async fn insert_options(
    conn: &mut MySqlConnection,
    product: ProductId,
    options: &[NewOption],
) -> Result<Vec<StoredOption>> {
    let mut stored = Vec::new();
    for (position, option) in (0..).zip(options) {
        let id = queries::insert_option(conn, product, position, &option.name).await?;
        let mut values = Vec::new();
        for (position, value) in (0..).zip(&option.values) {
            values.push(queries::insert_value(conn, id, position, &value.value, value.swatch.as_deref()).await?);
        }
        stored.push((id, values));
    }
    Ok(stored)
}

async fn insert_variant(
    conn: &mut MySqlConnection,
    product: ProductId,
    position: u32,
    variant: &NewVariant,
    options: &[NewOption],
    stored: &[StoredOption],
) -> Result<()> {
    let chosen: Vec<_> =
        variant.values.iter().zip(stored).map(|(at, (option, values))| (*option, values[*at])).collect();
    let words = |locale| {
        let values = variant.values.iter().zip(options).map(|(at, option)| option.values[*at].value.wording(locale));
        values.collect::<Vec<_>>().join(" / ")
    };
    let row = NewVariantRow {
        product,
        sku: &variant.sku,
        position,
        chosen: &chosen,
        options: &Translated::of(words),
        price: variant.price,
        compare_at: variant.compare_at_price,
        weight_grams: variant.weight_grams,
        low_stock_limit: variant.low_stock_limit,
    };
    match queries::insert_variant(conn, &row).await {
        Err(error) if database::is_duplicate_of(&error, "variants_sku") => {
            Err(Error::field("variants.sku", Message::AlreadyTaken))
        }
        Err(error) if database::is_duplicate_of(&error, "variants_choice") => {
            Err(Error::field("variants.values", Message::AlreadyTaken))
        }
        other => Ok(other.map(drop)?),
    }
}

async fn insert_pictures(
    conn: &mut MySqlConnection,
    product: ProductId,
    request: &CreateProduct,
    stored: &[StoredOption],
) -> Result<()> {
    for (position, picture) in (0..).zip(&request.pictures) {
        let id = media::find(conn, &picture.key).await?.ok_or(Error::field("pictures", Message::NoSuchPicture))?;
        let shows = picture.shows.map(|(option, value)| stored[option].1[value]);
        queries::insert_picture(conn, product, position, id, &picture.alt, shows).await?;
    }
    Ok(queries::choose_pictures(conn, product).await?)
}

fn tidied(mut request: CreateProduct) -> std::result::Result<CreateProduct, Vec<FieldProblem>> {
    let mut fields = Fields::default();
    let read = Slug::parse(&request.slug).map(String::from);
    keep(&mut fields, "slug", &mut request.slug, read);
    let read = name(&request.name, 200);
    keep(&mut fields, "name", &mut request.name, read);
    let read = request.description.read(|text| text::lines_up_to(text, MOST_DESCRIPTION));
    keep(&mut fields, "description", &mut request.description, read);
    for option in &mut request.options {
        let read = line(&option.name, 60);
        keep(&mut fields, "options.name", &mut option.name, read);
        for value in &mut option.values {
            let read = line(&value.value, 60);
            keep(&mut fields, "options.values", &mut value.value, read);
        }
    }
    if request.variants.is_empty() {
        fields.take::<()>("variants", Err(Message::Required));
    }
    for variant in &mut request.variants {
        let read = Sku::parse(&variant.sku).map(String::from);
        keep(&mut fields, "variants.sku", &mut variant.sku, read);
        let fits = variant.values.len() == request.options.len()
            && variant.values.iter().zip(&request.options).all(|(at, option)| *at < option.values.len());
        if !fits {
            fields.take::<()>("variants.values", Err(Message::NotAChoice));
        }
        let fits = |former: Money| former > variant.price && former.is_ordinary();
        if !variant.price.is_ordinary() || !variant.compare_at_price.is_none_or(fits) {
            fields.take::<()>("variants.price", Err(Message::NotAnAmount));
        }
    }
    for picture in &mut request.pictures {
        let read = line(&picture.alt, 250);
        keep(&mut fields, "pictures.alt", &mut picture.alt, read);
        let fits = picture.shows.is_none_or(|(option, value)| {
            request.options.get(option).is_some_and(|option| value < option.values.len())
        });
        if !fits {
            fields.take::<()>("pictures.shows", Err(Message::NotAChoice));
        }
    }
    let problems = fields.into_problems();
    if problems.is_empty() { Ok(request) } else { Err(problems) }
}

/// Names, descriptions, option values and SKUs, so that one `like` finds any of them.
fn search_text(request: &CreateProduct) -> String {
    let own = request.name.each().chain(request.description.each());
    let values = request.options.iter().flat_map(|option| &option.values).flat_map(|value| value.value.each());
    let skus = request.variants.iter().map(|variant| variant.sku.as_str());
    own.chain(values).chain(skus).map(text::search_words).collect::<Vec<_>>().join("\n")
}
