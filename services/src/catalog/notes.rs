//! What staff should know of a product: a note that the desk shows, and no page or API of the shop.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::{GetStaffNote, ProductId, SetStaffNote, StaffNote};
use domain::events::About;
use domain::message::Message;
use domain::staff::{Permission, Staff};
use domain::text::Reason;
use serde_json::json;
use tracing::instrument;

use crate::database::transact;
use crate::error::{Error, Result};
use crate::{Shop, events};

mod queries;

/// What staff should know of a product.
pub async fn show(shop: &Shop, staff: &Staff, request: GetStaffNote) -> Result<StaffNote> {
    staff.require(Permission::ViewStock)?;
    let row = queries::noted(&mut *shop.db.acquire().await?, request.product_id).await?;
    let row = row.ok_or(Error::NotFound(Message::NoSuchProduct))?;
    Ok(shown(request.product_id, row.note.as_deref()))
}

/// Writes a product's note anew; an empty one takes it away.
///
/// `Refused(ChangedMeanwhile)` when somebody wrote another since.
#[instrument(skip_all, fields(staff.id = %staff.id, product.id = %request.product_id))]
pub async fn set(shop: &Shop, staff: &Staff, request: SetStaffNote) -> Result<StaffNote> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let wanted = request.read().map_err(Error::Invalid)?;
    transact!(writer, |work| {
        let now = work.now();
        let row = queries::lock_noted(work, request.product_id).await?;
        let row = row.ok_or(Error::NotFound(Message::NoSuchProduct))?;
        let (stored, wanted) = (row.note.as_deref(), wanted.as_ref().map(Reason::as_str));
        if stored == wanted {
            // A double click is one wish.
            return Ok(shown(request.product_id, stored));
        }
        if stored.unwrap_or_default() != request.seen {
            return Err(Error::Refused(Message::ChangedMeanwhile));
        }

        queries::set_note(work, request.product_id, wanted, now).await?;
        let subject = Subject::new(SubjectKind::Product, request.product_id, row.slug);
        let (before, after) = (json!({ "note": stored }), json!({ "note": wanted }));
        events::record(work, &About::Product(request.product_id).into()).await?;
        work.record(AuditAction::SetStaffNote, &subject, &before, &after).await?;
        Ok(shown(request.product_id, wanted))
    })
}

fn shown(product_id: ProductId, note: Option<&str>) -> StaffNote {
    StaffNote { product_id, note: note.unwrap_or_default().to_owned() }
}
