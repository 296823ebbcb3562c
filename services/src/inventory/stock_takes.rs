//! Stock-takes: count, look at the differences, apply them together.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::About;
use domain::id::StockTakeId;
use domain::inventory::stock_takes::{
    AbandonStockTake, ApplyStockTake, CountInStockTake, GetStockTake, ListStockTakes, StartStockTake, StockTake,
    StockTakeLine, StockTakeRow, StockTakeStatus,
};
use domain::inventory::{MOST_UNITS, MovementReason};
use domain::message::Message;
use domain::money::Money;
use domain::staff::{Permission, Staff};
use domain::text::{PersonName, Sku};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::correct::change;
use super::queries::{self, takes};
use super::warn_when_low;
use crate::database::transact;
use crate::error::{Error, Result};
use crate::{Shop, events};

/// The newest stock-takes.
pub async fn list(shop: &Shop, staff: &Staff, _: ListStockTakes) -> Result<Vec<StockTakeRow>> {
    staff.require(Permission::ViewStock)?;
    Ok(takes::rows(&mut *shop.db.acquire().await?, None).await?)
}

/// A stock-take with its differences, the greatest first.
pub async fn show(shop: &Shop, staff: &Staff, request: GetStockTake) -> Result<StockTake> {
    staff.require(Permission::ViewStock)?;
    load(&mut *shop.db.acquire().await?, request.stock_take_id).await
}

/// Begins one.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn start(shop: &Shop, staff: &Staff, request: StartStockTake) -> Result<StockTake> {
    let writer = shop.staff(staff, Permission::ChangeStock)?;
    let name = PersonName::parse(&request.name).map_err(|message| Error::field("name", message))?;

    transact!(writer, |work| {
        let now = work.now();
        let id = takes::insert(work, name.as_str(), &staff.name, now).await?;
        let after = json!({ "status": StockTakeStatus::Open });
        events::record(work, &About::StockTake(id).into()).await?;
        work.record(AuditAction::StartStockTake, &subject(id, name.as_str()), &(), &after).await?;
        let made = load(work, id).await?;
        Ok(made)
    })
}

/// Notes a count, or replaces it.
#[instrument(skip_all, fields(stock_take.id = %request.stock_take_id, staff.id = %staff.id))]
pub async fn count(shop: &Shop, staff: &Staff, request: CountInStockTake) -> Result<StockTake> {
    let writer = shop.staff(staff, Permission::ChangeStock)?;
    if request.counted > MOST_UNITS {
        return Err(Error::field("counted", Message::NotAQuantity { most: MOST_UNITS }));
    }

    let unknown = || Error::field("sku", Message::NoSuchVariant);
    let sku = Sku::typed(&request.sku).map_err(|_| unknown())?;

    transact!(writer, |work| {
        let now = work.now();
        let locked = lock_open(work, request.stock_take_id).await?;
        let variant = takes::variant_of(work, sku.as_str()).await?.ok_or_else(unknown)?;
        let before = takes::counted(work, request.stock_take_id, variant).await?;
        takes::count(work, request.stock_take_id, variant, request.counted, &staff.name, now).await?;
        let subject = subject(request.stock_take_id, &locked.name);
        let before = before.map(|counted| json!({ "sku": sku, "counted": counted }));
        let after = json!({ "sku": sku, "counted": request.counted });
        events::record(work, &About::StockTake(request.stock_take_id).into()).await?;
        work.record(AuditAction::CountStock, &subject, &before, &after).await?;
        let take = load(work, request.stock_take_id).await?;
        Ok(take)
    })
}

/// Puts the differences into the ledger, all or none, once.
///
/// `Refused(StockTakeHasChanged)` when something was counted since the version that was looked at,
/// `Refused(UnitsArePromised)` when promised units would be among the missing ones.
#[instrument(skip_all, fields(stock_take.id = %request.stock_take_id, staff.id = %staff.id))]
pub async fn apply(shop: &Shop, staff: &Staff, request: ApplyStockTake) -> Result<StockTake> {
    let writer = shop.staff(staff, Permission::ChangeStock)?;
    transact!(writer, |work| {
        let now = work.now();
        let locked = lock_open(work, request.stock_take_id).await?;
        if locked.version != request.version {
            return Err(Error::Refused(Message::StockTakeHasChanged));
        }
        takes::close(work, request.stock_take_id, StockTakeStatus::Applied, &staff.name, now).await?;

        let actor = work.actor();
        let mut differences = 0_u32;
        // In ascending order of variants, as every path locks them.
        for line in takes::lines(work, request.stock_take_id).await?.into_iter().map(line) {
            if line.delta() == 0 {
                continue;
            }
            differences += 1;
            let movement = queries::Movement {
                variant: line.variant_id,
                delta: line.delta(),
                reason: MovementReason::Counted,
                order: None,
                actor: &actor,
                note: Some(&locked.name),
                at: now,
            };
            change(work, &movement, &line.sku).await?;
            events::record(work, &About::Variant(line.variant_id).into()).await?;
            if line.delta() < 0 {
                warn_when_low(work, line.variant_id).await?;
            }
        }
        let subject = subject(request.stock_take_id, &locked.name);
        let was = json!({ "status": locked.status });
        let is = json!({ "status": StockTakeStatus::Applied, "differences": differences });
        events::record(work, &About::StockTake(request.stock_take_id).into()).await?;
        work.record(AuditAction::CloseStockTake, &subject, &was, &is).await?;
        let take = load(work, request.stock_take_id).await?;

        Ok(take)
    })
}

/// Gives a stock-take up.
#[instrument(skip_all, fields(stock_take.id = %request.stock_take_id, staff.id = %staff.id))]
pub async fn abandon(shop: &Shop, staff: &Staff, request: AbandonStockTake) -> Result<StockTake> {
    let writer = shop.staff(staff, Permission::ChangeStock)?;

    transact!(writer, |work| {
        let now = work.now();
        let locked = lock_open(work, request.stock_take_id).await?;
        takes::close(work, request.stock_take_id, StockTakeStatus::Abandoned, &staff.name, now).await?;
        let subject = subject(request.stock_take_id, &locked.name);
        let (was, is) = (json!({ "status": locked.status }), json!({ "status": StockTakeStatus::Abandoned }));
        events::record(work, &About::StockTake(request.stock_take_id).into()).await?;
        work.record(AuditAction::CloseStockTake, &subject, &was, &is).await?;
        let take = load(work, request.stock_take_id).await?;
        Ok(take)
    })
}

async fn lock_open(conn: &mut MySqlConnection, id: StockTakeId) -> Result<takes::Locked> {
    let locked = takes::lock(conn, id).await?.ok_or(Error::NotFound(Message::NoSuchStockTake))?;
    if locked.status == StockTakeStatus::Open { Ok(locked) } else { Err(Error::Refused(Message::StockTakeIsClosed)) }
}

async fn load(conn: &mut MySqlConnection, id: StockTakeId) -> Result<StockTake> {
    let row = takes::rows(conn, Some(id)).await?.into_iter().next();
    let row = row.ok_or(Error::NotFound(Message::NoSuchStockTake))?;
    let mut lines: Vec<StockTakeLine> = takes::lines(conn, id).await?.into_iter().map(line).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.delta().unsigned_abs()));
    let value = lines.iter().map(|line| line.price.get().checked_mul(line.delta()).map(Money::minor));
    let value = value.collect::<Option<Vec<_>>>().and_then(Money::sum).unwrap_or_default();
    Ok(StockTake { row, lines, value })
}

fn line(row: takes::LineRow) -> StockTakeLine {
    StockTakeLine {
        variant_id: row.variant_id,
        product: row.name,
        options: row.options,
        sku: row.sku,
        counted: row.counted,
        expected: row.expected,
        counted_by: row.counted_by,
        counted_at: row.counted_at,
        on_hand: row.on_hand,
        reserved: row.reserved,
        price: row.price,
    }
}

fn subject(id: StockTakeId, name: &str) -> Subject {
    Subject { kind: SubjectKind::StockTake, id: id.to_string(), name: name.to_owned() }
}
