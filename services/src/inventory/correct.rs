//! Staff change the numbers: by a difference, by a count that nobody overtook, and the limits beside them.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::VariantId;
use domain::events::About;
use domain::inventory::{
    CorrectStock, CountStock, ListMovements, MOST_AN_ORDER, MOST_UNITS, Movement, MovementPage, MovementReason,
    SetStockLimits, StockRow,
};
use domain::message::Message;
use domain::page::Position;
use domain::staff::{Permission, Staff};
use domain::text::Reason;
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::{self, Shift};
use super::{has_room, row, warn_when_low};
use crate::actor;
use crate::database::{StaffWork, transact};
use crate::error::{Error, Result};
use crate::{Shop, events};

const MOVEMENTS_PER_PAGE: u32 = 50;

/// Changes the number on hand by a difference. `Refused(UnitsArePromised)` when promised units would be among the
/// missing ones.
#[instrument(skip_all, fields(variant.id = %request.variant_id, staff.id = %staff.id))]
pub async fn correct(shop: &Shop, staff: &Staff, request: CorrectStock) -> Result<StockRow> {
    let writer = shop.staff(staff, Permission::ChangeStock)?;
    if request.delta == 0 || request.delta.unsigned_abs() > MOST_UNITS {
        return Err(Error::field("delta", Message::NotADifference { most: MOST_UNITS }));
    }
    let note = Reason::parse(&request.note).map_err(|message| Error::field("note", message))?;
    transact!(writer, |work| {
        let now = work.now();
        let before = row(work, request.variant_id).await?;
        let actor = work.actor();
        let line = queries::Movement {
            variant: request.variant_id,
            delta: i64::from(request.delta),
            reason: MovementReason::Corrected,
            order: None,
            actor: &actor,
            note: Some(note.as_str()),
            at: now,
        };
        change(work, &line, &before.sku).await?;
        has_room(work, request.variant_id, "delta").await?;
        finish(work, AuditAction::CorrectStock, (i64::from(request.delta), note.as_str()), before).await
    })
}

/// Makes the number on hand what was counted. `Refused(StockHasChanged)` when it is not what the desk showed any more.
#[instrument(skip_all, fields(variant.id = %request.variant_id, staff.id = %staff.id))]
pub async fn count(shop: &Shop, staff: &Staff, request: CountStock) -> Result<StockRow> {
    let writer = shop.staff(staff, Permission::ChangeStock)?;
    if request.counted > MOST_UNITS {
        return Err(Error::field("counted", Message::NotAQuantity { most: MOST_UNITS }));
    }
    let note = Reason::optional(&request.note).map_err(|message| Error::field("note", message))?;
    transact!(writer, |work| {
        let now = work.now();
        // The count stands against a number that somebody saw: the lock keeps it from moving while it is compared.
        let counters = queries::lock_counters(work, request.variant_id).await?;
        let counters = counters.ok_or(Error::NotFound(Message::NoSuchVariant))?;
        if counters.on_hand != i64::from(request.seen_on_hand) {
            let on_hand = u32::try_from(counters.on_hand).map_err(Error::internal)?;
            return Err(Error::Refused(Message::StockHasChanged { on_hand }));
        }
        let before = row(work, request.variant_id).await?;
        let delta = i64::from(request.counted) - counters.on_hand;
        if delta == 0 {
            return Ok(before);
        }
        let (actor, note) = (work.actor(), note.as_ref().map(Reason::as_str));
        let line = queries::Movement {
            variant: request.variant_id,
            delta,
            reason: MovementReason::Counted,
            order: None,
            actor: &actor,
            note,
            at: now,
        };
        change(work, &line, &before.sku).await?;
        finish(work, AuditAction::CountStock, (delta, note.unwrap_or_default()), before).await
    })
}

/// Sets the low-stock limit, and how many units one order may have.
#[instrument(skip_all, fields(variant.id = %request.variant_id, staff.id = %staff.id))]
pub async fn set_limits(shop: &Shop, staff: &Staff, request: SetStockLimits) -> Result<StockRow> {
    let writer = shop.staff(staff, Permission::ChangeStock)?;
    let SetStockLimits { variant_id: _, low_stock_limit, min_quantity, max_quantity } = request;
    if min_quantity == 0 || min_quantity > max_quantity || max_quantity > MOST_AN_ORDER {
        return Err(Error::field("max_quantity", Message::NotLimits { most: MOST_AN_ORDER }));
    }
    if low_stock_limit > MOST_UNITS {
        return Err(Error::field("low_stock_limit", Message::NotAQuantity { most: MOST_UNITS }));
    }

    transact!(writer, |work| {
        let SetStockLimits { variant_id, low_stock_limit, min_quantity, max_quantity } = request;
        // The product, then the variant, then its stock, as everybody who changes or sells it locks them.
        queries::raise_version(work, variant_id).await?;
        queries::lock_variant(work, variant_id).await?.ok_or(Error::NotFound(Message::NoSuchVariant))?;
        let before = row(work, variant_id).await?;
        queries::set_limits(work, variant_id, low_stock_limit, min_quantity, max_quantity).await?;
        events::record(work, &About::Variant(variant_id).into()).await?;
        let after = row(work, variant_id).await?;
        let limits = |row: &StockRow| {
            json!({
                "low_stock_limit": row.stock.low_stock_limit,
                "min_quantity": row.min_quantity,
                "max_quantity": row.max_quantity,
            })
        };
        let (was, is) = (limits(&before), limits(&after));
        work.record(AuditAction::SetStockLimits, &subject(&after), &was, &is).await?;

        Ok(after)
    })
}

/// A variant's ledger, newest first.
pub async fn movements(shop: &Shop, staff: &Staff, request: ListMovements) -> Result<MovementPage> {
    staff.require(Permission::ViewStock)?;
    let mut conn = shop.db.acquire().await?;
    let row = row(&mut conn, request.variant_id).await?;
    let total = queries::count_movements(&mut conn, request.variant_id).await?;
    let offset = request.page.offset(MOVEMENTS_PER_PAGE);
    let movements = queries::movements(&mut conn, request.variant_id, MOVEMENTS_PER_PAGE, offset).await?;
    let waiting = queries::waiting(&mut conn, request.variant_id).await?;
    Ok(MovementPage {
        row,
        waiting,
        movements: movements.into_iter().map(movement).collect::<Result<_>>()?,
        position: Position { page: request.page, per_page: MOVEMENTS_PER_PAGE, total },
    })
}

/// What the history of the desk calls a variant.
pub(super) fn subject(row: &StockRow) -> Subject {
    Subject { kind: SubjectKind::Variant, id: row.variant_id.to_string(), name: row.sku.clone() }
}

/// Writes the ledger and moves the number on hand; says when promised units stand in the way.
pub(super) async fn change(conn: &mut MySqlConnection, line: &queries::Movement<'_>, sku: &str) -> Result<()> {
    queries::insert_movement(conn, line).await?;
    let shift = Shift { variant: line.variant, on_hand: line.delta, reserved: 0 };
    if queries::shift(conn, shift).await? {
        return Ok(());
    }
    let counters = queries::lock_counters(conn, line.variant).await?.ok_or(Error::NotFound(Message::NoSuchVariant))?;
    let reserved = u32::try_from(counters.reserved).map_err(Error::internal)?;
    Err(Error::Refused(Message::UnitsArePromised { sku: sku.to_owned(), reserved }))
}

async fn finish(
    work: &mut StaffWork,
    action: AuditAction,
    (delta, note): (i64, &str),
    before: StockRow,
) -> Result<StockRow> {
    let variant_id: VariantId = before.variant_id;
    events::record(work, &About::Variant(variant_id).into()).await?;
    if delta < 0 {
        warn_when_low(work, variant_id).await?;
    }
    let after = row(work, variant_id).await?;
    let is = after.stock.on_hand;
    let (was, is) = (json!({ "on_hand": i64::from(is) - delta }), json!({ "on_hand": is, "note": note }));
    work.record(action, &subject(&after), &was, &is).await?;
    Ok(after)
}

fn movement(row: queries::MovementRow) -> Result<Movement> {
    Ok(Movement {
        at: row.at,
        delta: row.delta,
        on_hand: row.on_hand,
        reason: row.reason,
        order: row.order_id.zip(row.number),
        actor: actor::read(&row.actor_kind, row.actor_name)?,
        note: row.note,
    })
}
