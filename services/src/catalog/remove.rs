//! Products that go, and copies of those that are there.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::{
    DeleteProduct, DeletedProduct, DuplicateProduct, ProductDocument, ProductId, ProductStatus, SaveProduct,
    SavedProduct, StoredProduct,
};
use domain::events::About;
use domain::locale::{Locale, Translated};
use domain::message::Message;
use domain::staff::{Permission, Staff};
use serde_json::json;
use tracing::instrument;

use super::queries::document::lock_product;
use super::queries::remove as queries;
use super::queries::variants::lock_variants;
use super::{load, save};
use crate::database::{StaffWork, transact};
use crate::error::{Error, Result};
use crate::{Shop, events};

/// Deletes a product of a version, or archives it when an order, a cart, a review or a stock-take names it; says which.
///
/// `Refused(ChangedMeanwhile)` when somebody saved it since it was read.
#[instrument(skip_all, fields(staff.id = %staff.id, product.id = %request.product_id))]
pub async fn delete(shop: &Shop, staff: &Staff, request: DeleteProduct) -> Result<DeletedProduct> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let DeleteProduct { product_id: id, version } = request;
    let outcome = transact!(writer, |work| {
        if !lock_product(work, id).await? {
            return Err(Error::NotFound(Message::NoSuchProduct));
        }
        let before = load::stored(work, id).await?;
        if before.version != version {
            return Err(Error::Refused(Message::ChangedMeanwhile));
        }
        // Nobody orders what is locked, and a counter that is locked moves no more.
        lock_variants(work, id).await?;
        queries::lock_stock(work, id).await?;
        if queries::is_named(work, id).await? {
            archive(work, &before).await?;
            Ok(DeletedProduct::Archived)
        } else {
            delete_whole(work, &before).await?;
            Ok(DeletedProduct::Deleted)
        }
    })?;
    shop.snapshot.categories.forget();
    Ok(outcome)
}

/// Adds a draft that is like a product, without its stock, its codes and its address.
#[instrument(skip_all, fields(staff.id = %staff.id, product.id = %request.product_id))]
pub async fn duplicate(shop: &Shop, staff: &Staff, request: DuplicateProduct) -> Result<StoredProduct> {
    staff.require(Permission::ChangeCatalog)?;
    let model = load::stored(&mut *shop.db.acquire().await?, request.product_id).await?;
    match save::save(shop, staff, SaveProduct::new(copy_of(model.document))).await? {
        SavedProduct::Saved(stored) => Ok(*stored),
        SavedProduct::ChangedMeanwhile(_) => Err(Error::Refused(Message::ChangedMeanwhile)),
    }
}

fn copy_of(mut document: ProductDocument) -> ProductDocument {
    document.name = Translated::of(|locale| copied_name(document.name.wording(locale), locale));
    document.slug.clear();
    document.status = ProductStatus::Draft;
    document.publish_at = None;
    for option in &mut document.options {
        option.id = None;
        option.values.iter_mut().for_each(|value| value.id = None);
    }
    for variant in &mut document.variants {
        variant.id = None;
        variant.sku.clear();
        variant.barcode.clear();
    }
    document
}

fn copied_name(name: &str, locale: Locale) -> String {
    if name.is_empty() {
        return String::new();
    }
    let mark = match locale {
        Locale::Indonesian => " (salinan)",
        Locale::English => " (copy)",
    };
    let kept: String = name.chars().take(ProductDocument::MOST_NAME - mark.len()).collect();
    format!("{}{mark}", kept.trim_end())
}

async fn archive(work: &mut StaffWork, before: &StoredProduct) -> Result<()> {
    let now = work.now();
    if before.document.status == ProductStatus::Archived {
        return Ok(());
    }
    queries::archive(work, before.product_id, now).await?;
    let (was, is) = (json!({ "status": before.document.status }), json!({ "status": ProductStatus::Archived }));
    record(work, AuditAction::ArchiveProduct, before, &was, &is).await
}

async fn delete_whole(work: &mut StaffWork, before: &StoredProduct) -> Result<()> {
    let id: ProductId = before.product_id;
    queries::delete_parts(work, id).await?;
    queries::delete_product(work, id).await?;
    record(work, AuditAction::DeleteProduct, before, &json!(before.document), &json!(null)).await
}

async fn record(
    work: &mut StaffWork,
    action: AuditAction,
    product: &StoredProduct,
    before: &serde_json::Value,
    after: &serde_json::Value,
) -> Result<()> {
    let subject = Subject::new(SubjectKind::Product, product.product_id, product.document.slug.as_str());
    events::record(work, &About::Product(product.product_id).into()).await?;
    events::record(work, &About::Stock.into()).await?;
    work.record(action, &subject, before, after).await
}
