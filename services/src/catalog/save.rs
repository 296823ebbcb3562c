//! How a product is changed: all of it, or nothing. Nobody but this, [`making`] and `changing` writes products.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::{CategoryId, ProductDocument, ProductId, SaveProduct, SavedProduct, StoredProduct, suggest};
use domain::events::About;
use domain::locale::Locale;
use domain::message::Message;
use domain::problem::FieldProblem;
use domain::staff::{Permission, Staff};
use domain::text::{self, Slug, TaxClassKey};
use sqlx::MySqlConnection;
use tracing::instrument;

use super::parts::json;
use super::queries::document::lock_product;
use super::queries::store::{self as queries, ProductRow};
use super::{load, making, parts, taxes};
use crate::database::{StaffWork, transact};
use crate::error::{Error, Result};
use crate::{Shop, database, events, settings};

/// Adds a product, or makes one what the document says. What is stored keeps its ids and its stock.
///
/// When somebody saved since the version that was edited, nothing is changed, and the answer is what is stored now, unless
/// that is what was asked for. `Invalid` tells all that is wrong with the document, each at its path. `Refused` when a
/// variant would go that has units on the shelf whose place is not said, or units that are promised.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn save(shop: &Shop, staff: &Staff, request: SaveProduct) -> Result<SavedProduct> {
    save_of(shop, staff, request, None).await
}

/// The same for a product that an import brings from the past; nothing means now.
pub async fn save_of(
    shop: &Shop,
    staff: &Staff,
    request: SaveProduct,
    made_at: Option<DateTime<Utc>>,
) -> Result<SavedProduct> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    if !request.received.is_empty() || !request.moved_stock.is_empty() {
        staff.require(Permission::ChangeStock)?;
    }
    let saved = transact!(writer, |work| { save_within(work, &request, made_at).await })?;
    Ok(saved)
}

/// The same within a unit of work that does more.
pub(crate) async fn save_within(
    work: &mut StaffWork,
    request: &SaveProduct,
    made_at: Option<DateTime<Utc>>,
) -> Result<SavedProduct> {
    let Some(id) = request.product_id else {
        let made = making::make_within(work, std::slice::from_ref(request), made_at).await?.pop();
        let made = made.ok_or_else(|| Error::internal("nothing was made"))?;
        return Ok(SavedProduct::Saved(Box::new(made)));
    };
    // What has no SKU gets one, and that one gives way when it is taken.
    let typed = typed_skus(&request.document);
    let mut wanted = request.document.clone().tidied().map_err(Error::Invalid)?;

    // The locks in their order: settings, category, product, variants, stock.
    keep_named(work, &[&wanted]).await?;
    if !lock_product(work, id).await? {
        return Err(Error::NotFound(Message::NoSuchProduct));
    }
    let before = load::stored(work, id).await?;
    if wanted.slug.is_empty() && suggest::slug_of(&before.document.name) == suggest::slug_of(&wanted.name) {
        wanted.slug.clone_from(&before.document.slug);
    }
    wanted = wanted.adopting(&before.document);
    if wanted == before.document && request.received.is_empty() {
        // A double click is one wish.
        return Ok(SavedProduct::Saved(Box::new(before)));
    }
    if before.version != request.version {
        return Ok(SavedProduct::ChangedMeanwhile(Box::new(before)));
    }
    write(work, &before, &mut wanted, &typed).await?;
    parts::store(work, id, &before.document, &wanted, request).await?;
    let stored = load::stored(work, id).await?;
    record(work, &before, &stored).await?;
    Ok(SavedProduct::Saved(Box::new(stored)))
}

/// Which of its variants brought a SKU.
pub(super) fn typed_skus(document: &ProductDocument) -> Vec<bool> {
    document.variants.iter().map(|variant| !text::is_empty(&variant.sku)).collect()
}

/// Nobody deletes the tax classes and categories that the documents name until the transaction ends. Settings come before
/// categories.
pub(super) async fn keep_named(work: &mut StaffWork, documents: &[&ProductDocument]) -> Result<()> {
    if documents.iter().any(|document| document.tax_class.is_some()) {
        let settings = settings::lock(work).await?;
        documents.iter().try_for_each(|document| taxes::check(&settings, document.tax_class.as_ref()))?;
    }
    let categories: BTreeSet<CategoryId> = documents.iter().filter_map(|document| document.category).collect();
    if categories.is_empty() || queries::keep_categories(work, &json(&categories)?).await?.len() == categories.len() {
        return Ok(());
    }
    Err(Error::field("category", Message::NoSuchCategory))
}

/// Writes what the product has one of. It gets its address here, and its variants the SKUs that nobody typed.
async fn write(
    work: &mut StaffWork,
    before: &StoredProduct,
    wanted: &mut ProductDocument,
    typed: &[bool],
) -> Result<()> {
    let (now, id) = (work.now(), before.product_id);
    let is_chosen = !wanted.slug.is_empty();
    if !is_chosen {
        wanted.slug = free_slug(work, &suggest::slug_of(&wanted.name), Some(id), &[]).await?;
    }
    settle_skus(work, before, wanted, typed).await?;
    let row = ProductRow {
        category: wanted.category,
        slug: &wanted.slug,
        name: &wanted.name,
        seo_title: &wanted.seo_title,
        seo_text: &wanted.seo_text,
        desk_text: &desk_text(wanted),
        status: wanted.status,
        publish_at: wanted.publish_at,
        tax_class: wanted.tax_class.as_ref().map(TaxClassKey::as_str),
        note: note(wanted),
        from_price: wanted.from_price(),
    };
    queries::update_product(work, id, &row, now).await.map_err(|error| address_taken(error, is_chosen))?;
    queries::update_texts(work, id, &wanted.description, &search_text(wanted)).await?;
    let left = before.document.slug.as_str();
    if left != wanted.slug {
        queries::take_addresses(work, &json(&[&wanted.slug])?).await?;
        queries::leave_address(work, left, id, now).await?;
    }
    Ok(())
}

/// Somebody else has that address. One that nobody chose gives way: the whole is done again, and finds the other.
pub(super) fn address_taken(error: sqlx::Error, is_chosen: bool) -> Error {
    match database::is_duplicate_of(&error, "products_slug") {
        true if is_chosen => Error::field("slug", Message::AlreadyTaken),
        true => Error::Busy(error),
        false => error.into(),
    }
}

/// What staff should know of it.
pub(super) fn note(document: &ProductDocument) -> Option<&str> {
    Some(document.note.as_str()).filter(|note| !note.is_empty())
}

/// The first address that is like that and nobody has or had, nor one of those `beside` it.
pub(super) async fn free_slug(
    conn: &mut MySqlConnection,
    wanted: &str,
    own: Option<ProductId>,
    beside: &[String],
) -> Result<String> {
    let taken = queries::slugs_like(conn, wanted, own.unwrap_or(ProductId::new(0))).await?;
    let slug = suggest::untaken(wanted, |slug| taken.iter().chain(beside).any(|other| other == slug));
    Slug::parse(&slug).map(String::from).map_err(|_| Error::internal(format!("`{slug}` is no address")))
}

/// Refuses SKUs that other products have, and finds others for those that nobody typed.
async fn settle_skus(
    conn: &mut MySqlConnection,
    before: &StoredProduct,
    wanted: &mut ProductDocument,
    typed: &[bool],
) -> Result<()> {
    use super::queries::variants as queries;
    let known: Vec<&str> = before.document.variants.iter().map(|variant| variant.sku.as_str()).collect();
    let new: Vec<&str> = wanted.variants.iter().map(|v| v.sku.as_str()).filter(|sku| !known.contains(sku)).collect();
    if new.is_empty() {
        return Ok(());
    }
    let id = before.product_id;
    let taken = queries::taken_skus(conn, id, &json(&new)?).await?;
    let mut problems = Vec::new();
    for at in 0..wanted.variants.len() {
        let sku = wanted.variants[at].sku.clone();
        if !taken.contains(&sku) {
            continue;
        }
        if typed.get(at).copied().unwrap_or_default() {
            problems.push(FieldProblem::new(format!("variants[{at}].sku"), Message::AlreadyTaken));
        } else {
            let others = queries::skus_like(conn, &sku).await?;
            let own = |candidate: &str| wanted.variants.iter().any(|variant| variant.sku == candidate);
            let is_taken = |candidate: &str| own(candidate) || others.iter().any(|other| other == candidate);
            wanted.variants[at].sku = suggest::untaken(&sku, is_taken);
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let skus: Vec<&str> = wanted.variants.iter().map(|variant| variant.sku.as_str()).collect();
    Ok(queries::free_skus(conn, id, &json(&skus)?).await?)
}

/// Tells the history and the other desks of a change.
async fn record(work: &mut StaffWork, before: &StoredProduct, after: &StoredProduct) -> Result<()> {
    let id = after.product_id;
    let subject = Subject::new(SubjectKind::Product, id, after.document.slug.as_str());
    events::record(work, &About::Product(id).into()).await?;
    let units = |stored: &StoredProduct| -> Vec<_> {
        stored.document.variants.iter().zip(&stored.stock).map(|(v, stock)| (v.id, stock.on_hand)).collect()
    };
    if units(before) != units(after) {
        events::record(work, &About::Stock.into()).await?;
    }
    work.record(AuditAction::SaveProduct, &subject, &before.document, &after.document).await
}

/// Names, descriptions, option values and SKUs, so that one `like` finds any of them.
pub(super) fn search_text(document: &ProductDocument) -> String {
    let own = document.name.each().chain(document.description.each());
    let values = document.options.iter().flat_map(|option| &option.values).flat_map(|value| value.value.each());
    let skus = document.variants.iter().map(|variant| variant.sku.as_str());
    own.chain(values).chain(skus).map(text::search_words).collect::<Vec<_>>().join("\n")
}

/// The name in each language, SKUs and barcodes, line by line: what staff look for, and sort by.
pub(super) fn desk_text(document: &ProductDocument) -> String {
    let names = Locale::ALL.iter().map(|locale| document.name.get(*locale));
    let skus = document.variants.iter().map(|variant| variant.sku.as_str());
    let barcodes = document.variants.iter().map(|variant| variant.barcode.as_str()).filter(|code| !code.is_empty());
    names.chain(skus).chain(barcodes).map(text::search_words).collect::<Vec<_>>().join("\n")
}
