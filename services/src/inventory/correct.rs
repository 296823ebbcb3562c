//! Staff change the numbers: by a difference, by a count that nobody overtook, and the limits beside them.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::VariantId;
use domain::events::Happening;
use domain::inventory::{
    CorrectStock, CountStock, ListMovements, MOST_AN_ORDER, MOST_UNITS, Movement, MovementPage, MovementReason,
    SetStockLimits, StockRow,
};
use domain::message::Message;
use domain::orders::Actor;
use domain::page::Position;
use domain::staff::{Permission, Staff};
use domain::text::Reason;
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::{self, Shift};
use super::{has_room, row, warn_when_low};
use crate::database::{Transaction, repeat_while_busy};
use crate::error::{Error, Result};
use crate::{Shop, audit, events, orders};

const MOVEMENTS_PER_PAGE: u32 = 50;

/// Changes the number on hand by a difference. `Refused(UnitsArePromised)` when promised units would be among the
/// missing ones.
#[instrument(skip_all, fields(variant.id = %request.variant_id, staff.id = %staff.id))]
pub async fn correct(shop: &Shop, staff: &Staff, request: CorrectStock) -> Result<StockRow> {
    staff.require(Permission::ChangeStock)?;
    if request.delta == 0 || request.delta.unsigned_abs() > MOST_UNITS {
        return Err(Error::field("delta", Message::NotADifference { most: MOST_UNITS }));
    }
    let note = Reason::parse(&request.note).map_err(|message| Error::field("note", message))?;
    repeat_while_busy!(correct_once(shop, staff, &request, &note))
}

/// Makes the number on hand what was counted. `Refused(StockHasChanged)` when it is not what the desk showed any more.
#[instrument(skip_all, fields(variant.id = %request.variant_id, staff.id = %staff.id))]
pub async fn count(shop: &Shop, staff: &Staff, request: CountStock) -> Result<StockRow> {
    staff.require(Permission::ChangeStock)?;
    if request.counted > MOST_UNITS {
        return Err(Error::field("counted", Message::NotAQuantity { most: MOST_UNITS }));
    }
    let note = match request.note.trim() {
        "" => None,
        text => Some(Reason::parse(text).map_err(|message| Error::field("note", message))?),
    };
    repeat_while_busy!(count_once(shop, staff, &request, note.as_ref()))
}

/// Sets the low-stock limit, and how many units one order may have.
#[instrument(skip_all, fields(variant.id = %request.variant_id, staff.id = %staff.id))]
pub async fn set_limits(shop: &Shop, staff: &Staff, request: SetStockLimits) -> Result<StockRow> {
    staff.require(Permission::ChangeStock)?;
    let SetStockLimits { variant_id: _, low_stock_limit, min_quantity, max_quantity } = request;
    if min_quantity == 0 || min_quantity > max_quantity || max_quantity > MOST_AN_ORDER {
        return Err(Error::field("max_quantity", Message::NotLimits { most: MOST_AN_ORDER }));
    }
    if low_stock_limit > MOST_UNITS {
        return Err(Error::field("low_stock_limit", Message::NotAQuantity { most: MOST_UNITS }));
    }

    repeat_while_busy!(set_limits_once(shop, staff, request))
}

async fn set_limits_once(shop: &Shop, staff: &Staff, request: SetStockLimits) -> Result<StockRow> {
    let SetStockLimits { variant_id, low_stock_limit, min_quantity, max_quantity } = request;
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    // The variant before its stock, as everybody who sells it locks them.
    queries::lock_variant(&mut tx, variant_id).await?.ok_or(Error::NotFound(Message::NoSuchVariant))?;
    let before = row(&mut tx, variant_id).await?;
    queries::set_limits(&mut tx, variant_id, low_stock_limit, min_quantity, max_quantity).await?;
    events::record(&mut tx, &Happening::StockChanged { variant_id }, now).await?;
    let after = row(&mut tx, variant_id).await?;
    let limits = |row: &StockRow| {
        json!({
            "low_stock_limit": row.stock.low_stock_limit,
            "min_quantity": row.min_quantity,
            "max_quantity": row.max_quantity,
        })
    };
    let (was, is) = (limits(&before), limits(&after));
    audit::record(&mut tx, staff, AuditAction::SetStockLimits, &subject(&after), &was, &is, now).await?;
    tx.commit().await?;

    shop.feed.wake();
    Ok(after)
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

async fn correct_once(shop: &Shop, staff: &Staff, request: &CorrectStock, note: &Reason) -> Result<StockRow> {
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let before = row(&mut tx, request.variant_id).await?;
    let actor = Actor::Staff(staff.name.clone());
    let line = queries::Movement {
        variant: request.variant_id,
        delta: i64::from(request.delta),
        reason: MovementReason::Corrected,
        order: None,
        actor: &actor,
        note: Some(note.as_str()),
        at: now,
    };
    change(&mut tx, &line, &before.sku).await?;
    has_room(&mut tx, request.variant_id, "delta").await?;
    finish(shop, tx, staff, AuditAction::CorrectStock, (i64::from(request.delta), note.as_str()), before, now).await
}

async fn count_once(shop: &Shop, staff: &Staff, request: &CountStock, note: Option<&Reason>) -> Result<StockRow> {
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    // The count stands against a number that somebody saw: the lock keeps it from moving while it is compared.
    let counters = queries::lock_counters(&mut tx, request.variant_id).await?;
    let counters = counters.ok_or(Error::NotFound(Message::NoSuchVariant))?;
    if counters.on_hand != i64::from(request.seen_on_hand) {
        let on_hand = u32::try_from(counters.on_hand).map_err(Error::internal)?;
        return Err(Error::Refused(Message::StockHasChanged { on_hand }));
    }
    let before = row(&mut tx, request.variant_id).await?;
    let delta = i64::from(request.counted) - counters.on_hand;
    if delta == 0 {
        return Ok(before);
    }
    let (actor, note) = (Actor::Staff(staff.name.clone()), note.map(Reason::as_str));
    let line = queries::Movement {
        variant: request.variant_id,
        delta,
        reason: MovementReason::Counted,
        order: None,
        actor: &actor,
        note,
        at: now,
    };
    change(&mut tx, &line, &before.sku).await?;
    finish(shop, tx, staff, AuditAction::CountStock, (delta, note.unwrap_or_default()), before, now).await
}

async fn finish(
    shop: &Shop,
    mut tx: Transaction,
    staff: &Staff,
    action: AuditAction,
    (delta, note): (i64, &str),
    before: StockRow,
    now: DateTime<Utc>,
) -> Result<StockRow> {
    let variant_id: VariantId = before.variant_id;
    events::record(&mut tx, &Happening::StockChanged { variant_id }, now).await?;
    if delta < 0 {
        warn_when_low(&mut tx, variant_id, now).await?;
    }
    let after = row(&mut tx, variant_id).await?;
    let is = after.stock.on_hand;
    let (was, is) = (json!({ "on_hand": i64::from(is) - delta }), json!({ "on_hand": is, "note": note }));
    audit::record(&mut tx, staff, action, &subject(&after), &was, &is, now).await?;
    tx.commit().await?;

    shop.feed.wake();
    Ok(after)
}

fn movement(row: queries::MovementRow) -> Result<Movement> {
    Ok(Movement {
        at: row.at,
        delta: row.delta,
        on_hand: row.on_hand,
        reason: row.reason,
        order: row.order_id.zip(row.number),
        actor: orders::actor(&row.actor_kind, row.actor_name)?,
        note: row.note,
    })
}
