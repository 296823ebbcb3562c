//! How products are taxed. Whoever names a class has the lock of the settings, so that no class goes away under it.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::{GetTaxClass, ProductId, ProductTax, SetTaxClass};
use domain::events::About;
use domain::message::Message;
use domain::settings::Settings;
use domain::staff::{Permission, Staff};
use domain::text::TaxClassKey;
use serde_json::json;
use tracing::instrument;

use super::queries::taxes as queries;
use crate::database::transact;
use crate::error::{Error, Result};
use crate::{Shop, events, settings};

/// How a product is taxed, and how it could be.
pub async fn tax_class(shop: &Shop, staff: &Staff, request: GetTaxClass) -> Result<ProductTax> {
    staff.require(Permission::ViewStock)?;
    let settings = settings::get(shop).await?;
    let row = queries::taxed(&mut *shop.db.acquire().await?, request.product_id).await?;
    let row = row.ok_or(Error::NotFound(Message::NoSuchProduct))?;
    Ok(shown(request.product_id, settings::tax_class_of(row.tax_class)?, &settings))
}

/// Puts a product into a tax class. Orders keep the taxes that they were placed with.
///
/// `Invalid` for a class that the settings do not have; `Refused(ChangedMeanwhile)` when somebody chose another since.
#[instrument(skip_all, fields(staff.id = %staff.id, product.id = %request.product_id))]
pub async fn set_tax_class(shop: &Shop, staff: &Staff, request: SetTaxClass) -> Result<ProductTax> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    transact!(writer, |work| {
        let now = work.now();
        let settings = settings::lock(work).await?;
        let row = queries::lock_taxed(work, request.product_id).await?;
        let row = row.ok_or(Error::NotFound(Message::NoSuchProduct))?;
        let stored = settings::tax_class_of(row.tax_class)?;
        let wanted = request.tax_class.as_ref();
        if stored.as_ref() == wanted {
            // A double click is one wish.
            return Ok(shown(request.product_id, stored, &settings));
        }
        if stored != request.seen {
            return Err(Error::Refused(Message::ChangedMeanwhile));
        }
        check(&settings, wanted)?;

        queries::set_tax_class(work, request.product_id, wanted.map(TaxClassKey::as_str), now).await?;
        let subject = Subject::new(SubjectKind::Product, request.product_id, row.slug);
        let (before, after) = (json!({ "tax_class": stored }), json!({ "tax_class": wanted }));
        events::record(work, &About::Product(request.product_id).into()).await?;
        work.record(AuditAction::SetTaxClass, &subject, &before, &after).await?;
        Ok(shown(request.product_id, wanted.cloned(), &settings))
    })
}

/// Refuses a class that the settings do not have. The caller has their lock.
pub(super) fn check(settings: &Settings, tax_class: Option<&TaxClassKey>) -> Result<()> {
    let is_known = |key: &TaxClassKey| settings.tax.classes.iter().any(|class| class.key == *key);
    if tax_class.is_none_or(is_known) { Ok(()) } else { Err(Error::field("tax_class", Message::NotAChoice)) }
}

fn shown(product_id: ProductId, tax_class: Option<TaxClassKey>, settings: &Settings) -> ProductTax {
    let classes = settings.tax.classes.iter().map(|class| (class.key.clone(), class.name.clone())).collect();
    ProductTax { product_id, tax_class, classes }
}
