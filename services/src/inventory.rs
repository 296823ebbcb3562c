//! Stock: counters that no interleaving can break, and the ledger behind them.
//!
//! A unit is taken only by one conditional update whose affected rows decide. Variants are always locked in ascending
//! order, and the counters are touched last in a transaction, so that a hot row is held only for the commit.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::catalog::VariantId;
use domain::events::{About, Happening};
use domain::inventory::{Discrepancy, ListStock, MovementReason, ReceiveStock, StockPage, StockRow};
use domain::locale::Locale;
use domain::message::Message;
use domain::orders::{Actor, OrderId, StockEffect};
use domain::page::Position;
use domain::staff::{Permission, Staff};
use domain::text::Reason;
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::{Shop, database, events};

mod correct;
pub(crate) mod holds;
mod queries;
mod read;
pub mod stock_takes;
mod told;
mod within;

pub use correct::{correct, count, movements, set_limits};
pub(crate) use queries::telling::NewlyLow;
pub(crate) use told::{Brought, ToldUnits, bring, told_after};
pub(crate) use within::{FirstUnits, locked, move_all, receivable, receive_first, receive_within};

const PER_PAGE: u32 = 50;
/// The most units of one delivery.
const MOST_RECEIVED: u32 = 1_000_000;
/// The most units of one variant.
const MOST_ON_HAND: u32 = 1_000_000_000;

/// A page of variants with their stock.
pub async fn page(shop: &Shop, staff: &Staff, request: ListStock) -> Result<StockPage> {
    staff.require(Permission::ViewStock)?;
    let filter = queries::Filter {
        search: database::search_pattern(request.search.as_deref()),
        filter: request.filter,
        variant: None,
        locale: staff.locale,
        limit: PER_PAGE,
        offset: request.page.offset(PER_PAGE),
    };
    let mut conn = shop.db.acquire().await?;
    let total = queries::count(&mut conn, &filter).await?;
    let rows = queries::rows(&mut conn, &filter).await?;
    Ok(StockPage {
        rows: rows.into_iter().map(read::row).collect::<Result<_>>()?,
        position: Position { page: request.page, per_page: PER_PAGE, total },
    })
}

/// Adds units that came in.
#[instrument(skip_all, fields(variant.id = %request.variant_id, staff.id = %staff.id))]
pub async fn receive(shop: &Shop, staff: &Staff, request: ReceiveStock) -> Result<StockRow> {
    let writer = shop.staff(staff, Permission::ChangeStock)?;
    if !(1..=MOST_RECEIVED).contains(&request.quantity) {
        return Err(Error::field("quantity", Message::NotAQuantity { most: MOST_RECEIVED }));
    }
    let note = Reason::optional(&request.note).map_err(|message| Error::field("note", message))?;
    transact!(writer, |work| {
        let now = work.now();
        let note = note.as_ref().map(Reason::as_str);
        let movement = queries::Movement {
            variant: request.variant_id,
            delta: i64::from(request.quantity),
            reason: MovementReason::Received,
            order: None,
            actor: &work.actor(),
            note,
            at: now,
        };
        if queries::available(work, request.variant_id).await?.is_none() {
            return Err(Error::NotFound(Message::NoSuchVariant));
        }
        queries::insert_movement(work, &movement).await?;
        put_on_shelf(work, request.variant_id, i64::from(request.quantity)).await?;
        has_room(work, request.variant_id, "quantity").await?;
        events::record(work, &About::Variant(request.variant_id).into()).await?;
        let row = row(work, request.variant_id).await?;
        let subject = Subject::new(SubjectKind::Variant, row.variant_id, &row.sku);
        let before = json!({ "on_hand": row.stock.on_hand.saturating_sub(request.quantity) });
        let after = json!({ "on_hand": row.stock.on_hand, "note": note });
        work.record(AuditAction::ReceiveStock, &subject, &before, &after).await?;

        Ok(row)
    })
}

/// Adds units that came in at some time in the past, before the shop was here.
pub async fn import(shop: &Shop, staff: &Staff, sku: &str, quantity: u32, at: DateTime<Utc>) -> Result<()> {
    transact!(shop.import(staff, Permission::ChangeStock)?, |work| { receive_former(work, sku, quantity, at).await })
}

/// The same inside a unit of work.
pub(crate) async fn receive_former(work: &mut Work, sku: &str, quantity: u32, at: DateTime<Utc>) -> Result<()> {
    let variant = queries::takes::variant_of(work, sku).await?.ok_or(Error::NotFound(Message::NoSuchVariant))?;
    let movement = queries::Movement {
        variant,
        delta: i64::from(quantity),
        reason: MovementReason::Received,
        order: None,
        actor: &Actor::Import,
        note: None,
        at,
    };
    queries::insert_movement(work, &movement).await?;
    put_on_shelf(work, variant, i64::from(quantity)).await
}

/// Does to an order's units what its move names.
pub(crate) async fn apply(work: &mut Work, order: OrderId, effect: StockEffect, actor: &Actor) -> Result<()> {
    match effect {
        StockEffect::Nothing => Ok(()),
        StockEffect::Sell => sell(work, order, actor).await,
        StockEffect::Release => holds::release_order(work, order).await,
        StockEffect::Restock => restock(work, order, actor).await,
        StockEffect::RestockRest => restock_rest(work, order, actor).await,
        StockEffect::SellAgain => holds::sell_again(work, order, actor).await,
    }
}

/// Variants whose counters and ledger disagree at this moment.
pub(crate) async fn discrepancies(conn: &mut MySqlConnection) -> Result<Vec<Discrepancy>> {
    Ok(queries::discrepancies(conn).await?)
}

/// What the newest check found, for the owner to decide about.
pub(crate) async fn noted_discrepancies(conn: &mut MySqlConnection) -> Result<Vec<Discrepancy>> {
    Ok(queries::noted_discrepancies(conn).await?)
}

/// Keeps what a check found in place of what the one before did; an event tells when there is anything new.
///
/// Nothing is mended: a person counts, and corrects.
pub(crate) async fn note_discrepancies(work: &mut Work, found: &[Discrepancy]) -> Result<()> {
    let now = work.now();
    let known = queries::noted_discrepancies(work).await?;
    queries::clear_discrepancies(work).await?;
    for row in found {
        queries::note_discrepancy(work, row, now).await?;
    }
    let Some(new) = found.iter().find(|row| !known.contains(row)) else { return Ok(()) };
    let told = Happening::StockDisagrees { sku: new.sku.clone(), count: found.len() as u64 };
    events::record(work, &told).await
}

/// How many variants are at or below their limit, and the first few.
pub(crate) async fn low(conn: &mut MySqlConnection, locale: Locale, limit: u32) -> Result<(u64, Vec<StockRow>)> {
    let filter = queries::Filter {
        search: String::new(),
        filter: domain::inventory::StockFilter::Low,
        variant: None,
        locale,
        limit,
        offset: 0,
    };
    let total = queries::count(conn, &filter).await?;
    let rows = queries::rows(conn, &filter).await?;
    Ok((total, rows.into_iter().map(read::row).collect::<Result<_>>()?))
}

/// Variants that came to their limit and that the owner was not told of.
pub(crate) async fn newly_low(conn: &mut MySqlConnection, limit: u32) -> Result<Vec<NewlyLow>> {
    Ok(queries::telling::newly_low(conn, limit).await?)
}

/// Those that the owner was told of and that are above their limit again.
pub(crate) async fn risen(conn: &mut MySqlConnection) -> Result<Vec<VariantId>> {
    Ok(queries::telling::risen(conn).await?)
}

/// Forgets that the owner was told of one: the next time it is news again.
pub(crate) async fn forget_told(conn: &mut MySqlConnection, variant: VariantId) -> Result<()> {
    Ok(queries::telling::forget_told(conn, variant).await?)
}

/// Notes that the owner is told of one. False when that was done before.
pub(crate) async fn note_told(work: &mut Work, variant: VariantId) -> Result<bool> {
    let now = work.now();
    Ok(queries::telling::note_told(work, variant, now).await?)
}

/// Held units leave the shelf.
async fn sell(work: &mut Work, order: OrderId, actor: &Actor) -> Result<()> {
    let now = work.now();
    let held = holds::end(work, order).await?;
    for hold in &held {
        let movement = queries::Movement {
            variant: hold.variant_id,
            delta: -i64::from(hold.quantity),
            reason: MovementReason::Sold,
            order: Some(order),
            actor,
            note: None,
            at: now,
        };
        queries::insert_movement(work, &movement).await?;
    }
    for hold in &held {
        let units = -i64::from(hold.quantity);
        let change = queries::Shift { variant: hold.variant_id, on_hand: units, reserved: units };
        if !queries::shift(work, change).await? {
            return Err(Error::internal(format!("variant {} holds less than order {order} does", hold.variant_id)));
        }
        warn_when_low(work, hold.variant_id).await?;
    }
    Ok(())
}

/// Sold units go back on the shelf.
async fn restock(work: &mut Work, order: OrderId, actor: &Actor) -> Result<()> {
    let now = work.now();
    for sold in queries::sold(work, order).await? {
        let movement = queries::Movement {
            variant: sold.variant_id,
            delta: i64::from(sold.quantity),
            reason: MovementReason::Restocked,
            order: Some(order),
            actor,
            note: None,
            at: now,
        };
        queries::insert_movement(work, &movement).await?;
        put_on_shelf(work, sold.variant_id, i64::from(sold.quantity)).await?;
    }
    Ok(())
}

/// Sold units that are called off go back on the shelf.
async fn restock_rest(work: &mut Work, order: OrderId, actor: &Actor) -> Result<()> {
    let units = queries::called_off(work, order).await?;
    let units = units.into_iter().map(|row| (row.variant_id, row.quantity)).collect();
    put_back(work, order, &units, MovementReason::Restocked, actor).await
}

/// Units that a buyer sent back go on the shelf again.
pub(crate) async fn take_back(work: &mut Work, order: OrderId, units: &holds::Units, actor: &Actor) -> Result<()> {
    put_back(work, order, units, MovementReason::Returned, actor).await
}

async fn put_back(
    work: &mut Work,
    order: OrderId,
    units: &holds::Units,
    reason: MovementReason,
    actor: &Actor,
) -> Result<()> {
    let now = work.now();
    for (variant, quantity) in units {
        let movement = queries::Movement {
            variant: *variant,
            delta: i64::from(*quantity),
            reason,
            order: Some(order),
            actor,
            note: None,
            at: now,
        };
        queries::insert_movement(work, &movement).await?;
    }
    for (variant, quantity) in units {
        put_on_shelf(work, *variant, i64::from(*quantity)).await?;
    }
    Ok(())
}

/// More units than before; the caller has written the ledger.
async fn put_on_shelf(conn: &mut MySqlConnection, variant: VariantId, units: i64) -> Result<()> {
    if queries::shift(conn, queries::Shift { variant, on_hand: units, reserved: 0 }).await? {
        return Ok(());
    }
    Err(Error::internal(format!("variant {variant} has no stock row")))
}

/// Refuses a shelf with more on it than any shelf has, at the field that says how much more.
async fn has_room(conn: &mut MySqlConnection, variant: VariantId, field: &str) -> Result<()> {
    match queries::lock_counters(conn, variant).await? {
        Some(counters) if counters.on_hand > i64::from(MOST_ON_HAND) => {
            Err(Error::field(field, Message::ShelfIsFull { most: MOST_ON_HAND }))
        }
        Some(_) | None => Ok(()),
    }
}

/// Tells the desk when a sale brings a variant to its limit.
pub(crate) async fn warn_when_low(work: &mut Work, variant: VariantId) -> Result<()> {
    let Some(low) = queries::if_low(work, variant).await? else { return Ok(()) };
    let available = u32::try_from(low.available).map_err(Error::internal)?;
    events::record(work, &Happening::StockLow { variant_id: variant, sku: low.sku, available }).await
}

async fn row(conn: &mut MySqlConnection, variant: VariantId) -> Result<StockRow> {
    let filter = queries::Filter {
        search: String::new(),
        filter: domain::inventory::StockFilter::All,
        variant: Some(variant),
        // One row has no order.
        locale: Locale::Indonesian,
        limit: 1,
        offset: 0,
    };
    let row = queries::rows(conn, &filter).await?.into_iter().next();
    read::row(row.ok_or(Error::NotFound(Message::NoSuchVariant))?)
}
