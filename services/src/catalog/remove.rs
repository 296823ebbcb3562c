//! Products that go, and copies of those that are there.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::{
    ChangeId, ChangeOf, DeleteProduct, DeletedProduct, DuplicateProduct, ProductDocument, ProductId, ProductStatus,
    SaveProduct, SavedProduct, StoredProduct,
};
use domain::events::About;
use domain::locale::{Locale, Translated};
use domain::message::Message;
use domain::staff::{Permission, Staff};
use serde_json::json;
use tracing::instrument;

use super::parts::json as json_text;
use super::queries::document::lock_product;
use super::queries::remove as queries;
use super::undo::Gone;
use super::{load, save, undo};
use crate::database::{StaffWork, transact};
use crate::error::{Error, Result};
use crate::{Shop, events};

/// Deletes a product of a version, or archives it when an order, a cart, a review or a stock-take names it; says which. Both
/// can be taken back.
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
        lock(work, &[id]).await?;
        let name = before.document.name.clone();
        if is_named(work, id).await? {
            if before.document.status == ProductStatus::Archived {
                return Ok(DeletedProduct::Archived);
            }
            let change = undo::begin(work, &ChangeOf::ArchivedProduct { name }, None).await?;
            archive(work, change, &before).await?;
            undo::finish(work, change, 1, None).await?;
            Ok(DeletedProduct::Archived)
        } else {
            let change = undo::begin(work, &ChangeOf::DeletedProduct { name }, None).await?;
            delete_noted(work, change, &[id]).await?;
            undo::finish(work, change, 1, None).await?;
            record(work, AuditAction::DeleteProduct, &before, &json!(before.document), &json!(null)).await?;
            Ok(DeletedProduct::Deleted)
        }
    })?;
    Ok(outcome)
}

/// Nobody orders what is locked, and a counter that is locked moves no more. The caller has the locks of the products.
pub(super) async fn lock(work: &mut StaffWork, ids: &[ProductId]) -> Result<()> {
    let variants = json_text(&queries::variant_ids(work, &json_text(&ids)?).await?)?;
    queries::lock_variants(work, &variants).await?;
    Ok(queries::lock_stock(work, &variants).await?)
}

/// Whether something names it that is not its own. The caller has its locks.
pub(super) async fn is_named(work: &mut StaffWork, id: ProductId) -> Result<bool> {
    Ok(!queries::named(work, &json_text(&[id])?).await?.is_empty())
}

/// Deletes products that nothing names, and notes what they were. The caller has their locks.
pub(super) async fn delete_noted(work: &mut StaffWork, change: ChangeId, ids: &[ProductId]) -> Result<()> {
    // Documents are large: some at a time.
    for some in ids.chunks(500) {
        let list = json_text(&some)?;
        let beside = queries::beside(work, &list).await?;
        let addresses = queries::old_addresses(work, &list).await?;
        let of = |id: ProductId| -> (Vec<ProductId>, Vec<String>) {
            let beside =
                beside.iter().filter(|(own, other)| *own == id && !ids.contains(other)).map(|(_, other)| *other);
            let addresses = addresses.iter().filter(|(own, _)| *own == id).map(|(_, slug)| slug.clone());
            (beside.collect(), addresses.collect())
        };
        let gone: Vec<Gone> = load::many(work, some)
            .await?
            .into_iter()
            .map(|stored| {
                let (beside, addresses) = of(stored.product_id);
                Gone::of(stored, beside, addresses)
            })
            .collect();
        undo::note_gone(work, change, &gone).await?;
        queries::delete(work, &list).await?;
    }
    Ok(())
}

/// Deletes a product of which nothing is kept. The caller has its locks, and nothing names it.
pub(super) async fn delete_for_good(work: &mut StaffWork, before: &StoredProduct) -> Result<()> {
    queries::delete(work, &json_text(&[before.product_id])?).await?;
    record(work, AuditAction::DeleteProduct, before, &json!(before.document), &json!(null)).await
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

async fn archive(work: &mut StaffWork, change: ChangeId, before: &StoredProduct) -> Result<()> {
    let now = work.now();
    queries::archive(work, before.product_id, now).await?;
    let archived = ProductDocument { status: ProductStatus::Archived, ..before.document.clone() };
    undo::note_changed(work, change, before, &archived).await?;
    let (was, is) = (json!({ "status": before.document.status }), json!({ "status": ProductStatus::Archived }));
    record(work, AuditAction::ArchiveProduct, before, &was, &is).await
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
