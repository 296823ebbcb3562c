//! Numbers that a file tells: brought to the shelf by the ledger, as every other change is.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::VariantId;
use domain::events::About;
use domain::inventory::MovementReason;
use domain::message::Message;
use serde_json::json;

use super::correct::change;
use super::{has_room, queries, warn_when_low};
use crate::database::StaffWork;
use crate::error::{Error, Result};
use crate::events;

/// What a file tells of a variant's units.
#[derive(Clone, Debug)]
pub(crate) struct ToldUnits {
    pub(crate) variant: VariantId,
    pub(crate) sku: String,
    pub(crate) units: u32,
    /// What stood there when the file was written: then only the difference is brought, and no sale since is lost.
    pub(crate) seen: Option<u32>,
    /// Whether the variant is new: its units came in, and were not miscounted.
    pub(crate) is_new: bool,
}

/// What a number on hand becomes when a file tells it, which saw that it was another before.
pub(crate) fn told_after(on_hand: i64, units: u32, seen: Option<u32>) -> i64 {
    seen.map_or(i64::from(units), |seen| on_hand + i64::from(units) - i64::from(seen))
}

/// Brings the numbers on hand to what a file tells. The caller has the locks of what lies before stock.
///
/// `Refused(UnitsArePromised)` when promised units would be among the missing ones.
pub(crate) async fn bring(work: &mut StaffWork, mut told: Vec<ToldUnits>, note: &str) -> Result<()> {
    // Ascending, as everybody locks them.
    told.sort_by_key(|told| told.variant);
    for told in &told {
        let counters = queries::lock_counters(work, told.variant).await?;
        let on_hand = counters.ok_or(Error::NotFound(Message::NoSuchVariant))?.on_hand;
        let delta = told_after(on_hand, told.units, told.seen) - on_hand;
        if delta == 0 {
            continue;
        }
        let reason = if told.is_new { MovementReason::Received } else { MovementReason::Corrected };
        let (now, actor) = (work.now(), work.actor());
        let line = queries::Movement {
            variant: told.variant,
            delta,
            reason,
            order: None,
            actor: &actor,
            note: Some(note),
            at: now,
        };
        change(work, &line, &told.sku).await?;
        has_room(work, told.variant, "stock").await?;
        events::record(work, &About::Variant(told.variant).into()).await?;
        if delta < 0 {
            warn_when_low(work, told.variant).await?;
        }
        let action = if told.is_new { AuditAction::ReceiveStock } else { AuditAction::CorrectStock };
        let subject = Subject::new(SubjectKind::Variant, told.variant, &told.sku);
        let (was, is) = (json!({ "on_hand": on_hand }), json!({ "on_hand": on_hand + delta, "note": note }));
        work.record(action, &subject, &was, &is).await?;
    }
    Ok(())
}
