//! Numbers that a file tells: brought to the shelf by the ledger, as every other change is.

use std::collections::HashMap;

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::VariantId;
use domain::events::About;
use domain::inventory::MovementReason;
use domain::message::Message;
use serde_json::json;

use super::correct::change;
use super::{MOST_ON_HAND, queries, warn_when_low};
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

/// Units on hand of a variant before and after they were brought to what was told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Brought {
    pub(crate) variant: VariantId,
    pub(crate) before: u32,
    pub(crate) after: u32,
}

/// Brings the numbers on hand to what a file tells, and tells those that changed. The caller has the locks of what lies before
/// stock.
///
/// `Refused(UnitsArePromised)` when promised units would be among the missing ones.
pub(crate) async fn bring(work: &mut StaffWork, mut told: Vec<ToldUnits>, note: &str) -> Result<Vec<Brought>> {
    // Ascending, as everybody locks them. Nobody else knows of a new one yet.
    told.sort_by_key(|told| told.variant);
    let known: Vec<VariantId> = told.iter().filter(|told| !told.is_new).map(|told| told.variant).collect();
    let mut counters: HashMap<VariantId, i64> = HashMap::new();
    if !known.is_empty() {
        counters.extend(queries::lock_all_on_hand(work, &serde_json::to_string(&known)?).await?);
    }
    let mut brought = Vec::new();
    for told in &told {
        let on_hand = match told.is_new {
            true => 0,
            false => *counters.get(&told.variant).ok_or(Error::NotFound(Message::NoSuchVariant))?,
        };
        let after = told_after(on_hand, told.units, told.seen);
        if after == on_hand {
            continue;
        }
        if after > i64::from(MOST_ON_HAND) {
            return Err(Error::Refused(Message::ShelfIsFull { most: MOST_ON_HAND }));
        }
        let (now, actor) = (work.now(), work.actor());
        let line = queries::Movement {
            variant: told.variant,
            delta: after - on_hand,
            reason: if told.is_new { MovementReason::Received } else { MovementReason::Corrected },
            order: None,
            actor: &actor,
            note: Some(note),
            at: now,
        };
        change(work, &line, &told.sku).await?;
        let units = |count: i64| u32::try_from(count).map_err(Error::internal);
        brought.push(Brought { variant: told.variant, before: units(on_hand)?, after: units(after)? });
        if after < on_hand {
            warn_when_low(work, told.variant).await?;
        }
        if !told.is_new {
            let subject = Subject::new(SubjectKind::Variant, told.variant, &told.sku);
            let (was, is) = (json!({ "on_hand": on_hand }), json!({ "on_hand": after, "note": note }));
            work.record(AuditAction::CorrectStock, &subject, &was, &is).await?;
        }
    }
    if !brought.is_empty() {
        events::record(work, &About::Stock.into()).await?;
    }
    Ok(brought)
}
