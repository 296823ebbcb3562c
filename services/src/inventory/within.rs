//! Stock moves that belong to something greater, such as saving a product: they happen in its unit of work, or not at all.

use domain::catalog::VariantId;
use domain::inventory::MovementReason;
use domain::message::Message;
use serde::Serialize;

use super::queries;
use super::{MOST_ON_HAND, MOST_RECEIVED, correct, has_room, put_on_shelf};
use crate::database::StaffWork;
use crate::error::{Error, Result};

/// The counters of a variant while nobody else moves them.
#[derive(Clone, Copy)]
pub(crate) struct Counters {
    pub(crate) on_hand: u32,
    pub(crate) reserved: u32,
}

/// A variant's counters, which stay so until the transaction ends.
pub(crate) async fn locked(work: &mut StaffWork, variant: VariantId) -> Result<Counters> {
    let row = queries::lock_counters(work, variant).await?.ok_or(Error::NotFound(Message::NoSuchVariant))?;
    Ok(Counters {
        on_hand: u32::try_from(row.on_hand).map_err(Error::internal)?,
        reserved: u32::try_from(row.reserved).map_err(Error::internal)?,
    })
}

/// Puts all units of a variant to another one: a line in the ledger of each. `Refused(UnitsArePromised)` when some belong
/// to a buyer.
pub(crate) async fn move_all(work: &mut StaffWork, (from, sku): (VariantId, &str), to: VariantId) -> Result<()> {
    // In ascending order, as everybody takes them.
    if to < from {
        locked(work, to).await?;
    }
    let left = locked(work, from).await?;
    if left.reserved > 0 {
        return Err(Error::Refused(Message::UnitsArePromised { sku: sku.to_owned(), reserved: left.reserved }));
    }
    if left.on_hand == 0 {
        return Ok(());
    }
    let (now, actor) = (work.now(), work.actor());
    let note = format!("{sku} →");
    let line = |variant, delta| queries::Movement {
        variant,
        delta,
        reason: MovementReason::Corrected,
        order: None,
        actor: &actor,
        note: Some(&note),
        at: now,
    };
    let units = i64::from(left.on_hand);
    correct::change(work, &line(from, -units), sku).await?;
    correct::change(work, &line(to, units), sku).await?;
    has_room(work, to, "moved_stock").await
}

/// The first units of a variant that came into being in this unit of work.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct FirstUnits {
    pub(crate) variant: VariantId,
    /// At least one.
    pub(crate) units: u32,
}

/// Puts the first units of new variants on their shelves, all of them at once: nobody else knows of these counters yet.
pub(crate) async fn receive_first(work: &mut StaffWork, mut first: Vec<FirstUnits>, note: Option<&str>) -> Result<()> {
    if first.is_empty() {
        return Ok(());
    }
    if first.iter().any(|first| first.units > MOST_ON_HAND) {
        return Err(Error::Refused(Message::ShelfIsFull { most: MOST_ON_HAND }));
    }
    first.sort_unstable_by_key(|first| first.variant);
    let (now, actor, units) = (work.now(), work.actor(), serde_json::to_string(&first)?);
    queries::insert_first_movements(work, &units, &actor, note, now).await?;
    if queries::fill_first(work, &units).await? == first.len() as u64 {
        return Ok(());
    }
    Err(Error::internal("the shelf of a new variant is not empty"))
}

/// Refuses what is no delivery.
pub(crate) fn receivable(quantity: u32) -> Result<()> {
    if (1..=MOST_RECEIVED).contains(&quantity) {
        return Ok(());
    }
    Err(Error::field("received", Message::NotAQuantity { most: MOST_RECEIVED }))
}

/// Adds units that came in.
pub(crate) async fn receive_within(work: &mut StaffWork, variant: VariantId, quantity: u32) -> Result<()> {
    receivable(quantity)?;
    let (now, actor) = (work.now(), work.actor());
    let line = queries::Movement {
        variant,
        delta: i64::from(quantity),
        reason: MovementReason::Received,
        order: None,
        actor: &actor,
        note: None,
        at: now,
    };
    queries::insert_movement(work, &line).await?;
    put_on_shelf(work, variant, i64::from(quantity)).await?;
    has_room(work, variant, "received").await
}
