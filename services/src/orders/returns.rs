//! Returns: units come back, never more than went; they go on the shelf again or not, and money goes back or not.

use std::collections::BTreeMap;

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::money::Money;
use domain::orders::{
    Actor, HistoryKind, HistoryNote, LineUnits, OrderDetail, OrderEvent, OrderId, Return, ReturnOrder, ReturnedUnits,
    listed_units, take_back,
};
use domain::payments::RefundReason;
use domain::staff::{Permission, Staff};
use domain::text::{IdempotencyKey, Reason};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::{self, LockedOrder, returns};
use super::{Step, advance, bill, load, lock, note, parcels, prices, rest};
use crate::actor;
use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::money::refunds::{self, Ask};
use crate::{Shop, events, inventory, money, secrets};

/// Notes that units came back, puts on the shelf what can be sold again, and gives their price back if asked to. The
/// same key is the same return.
///
/// When the last unit is back, the order is returned.
#[instrument(skip_all, fields(order.id = %request.order_id, staff.id = %staff.id))]
pub async fn take(shop: &Shop, staff: &Staff, request: ReturnOrder) -> Result<OrderDetail> {
    let writer = shop.staff(staff, Permission::MoveOrders)?;
    if request.refund {
        staff.require(Permission::RefundOrders)?;
    }
    let why = Reason::optional(&request.note).map_err(|message| Error::field("note", message))?;
    let key = IdempotencyKey::parse(&request.key).map_err(|message| Error::field("key", message))?;
    transact!(writer, |work| {
        let now = work.now();
        let order = lock(work, request.order_id).await?;
        let key_hash = secrets::digest(key.as_str().as_bytes());
        if returns::is_known(work, order.id, &key_hash).await? {
            super::touch(work, order.id).await?;
            let detail = load(work, order.id).await?;
            return Ok(detail);
        }

        let units: Vec<LineUnits> =
            request.lines.iter().map(|line| LineUnits { line_id: line.line_id, quantity: line.quantity }).collect();
        let units: Vec<LineUnits> = units.into_iter().filter(|units| units.quantity > 0).collect();
        let lines = parcels::whereabouts(work, order.id).await?;
        let is_everything = take_back(&lines, &units).map_err(|refused| Error::field("lines", refused.message()))?;

        let actor = work.actor();
        let why = why.as_ref().map(Reason::as_str);
        let id = returns::insert(work, order.id, &key_hash, why, &actor, now).await?;
        for line in request.lines.iter().filter(|line| line.quantity > 0) {
            returns::insert_line(work, id, *line).await?;
        }
        let amount = match request.refund {
            true => Some(refund(work, &order, &units, id.get(), &actor).await?),
            false => None,
        };
        let subject = Subject::new(SubjectKind::Order, order.id, &order.number);
        let back: u32 = units.iter().map(|units| units.quantity).sum();
        let after = json!({
            "units_back": back, "lines": request.lines, "note": why, "refund": request.refund, "amount": amount,
        });
        work.record(AuditAction::ReturnOrder, &subject, &(), &after).await?;
        if bill::is_paid_at_the_door_later(work, &order).await? {
            // What was refused at the door is not collected there.
            let price = prices::price_of(work, order.id, &units).await?;
            rest::write_off(work, &order, price, &units).await?;
        }
        tell(work, &order, &units, amount, &actor).await?;
        if is_everything {
            let step = Step { event: OrderEvent::EverythingReturned, actor: &actor, note: why };
            advance(work, &order, step).await?;
        } else {
            events::record(work, &order.moved()).await?;
        }
        // The counters come last.
        let mut restocked = BTreeMap::new();
        for line in returns::restocked(work, id).await? {
            *restocked.entry(line.variant_id).or_insert(0) += line.quantity;
        }
        inventory::take_back(work, order.id, &restocked, &actor).await?;
        let detail = load(work, order.id).await?;

        Ok(detail)
    })
}

/// The returns of an order, oldest first.
pub(super) async fn of(conn: &mut MySqlConnection, order: OrderId) -> Result<Vec<Return>> {
    let lines = returns::lines(conn, order).await?;
    let rows = returns::of_order(conn, order).await?.into_iter().map(|row| {
        let of_this = lines.iter().filter(|line| line.of == row.id);
        let units = |line: &returns::ReturnLineRow| ReturnedUnits {
            line_id: line.line,
            quantity: line.quantity,
            restock: line.restocked,
        };
        Ok(Return {
            id: row.id,
            note: row.note,
            lines: of_this.map(units).collect(),
            actor: actor::read(&row.actor_kind, row.actor_name)?,
            at: row.at,
        })
    });
    rows.collect()
}

/// Notes what came back, and what of the money goes back with it. Why they came back is the desk's alone.
async fn tell(
    work: &mut Work,
    order: &LockedOrder,
    units: &[LineUnits],
    amount: Option<Money>,
    actor: &Actor,
) -> Result<()> {
    let lines = queries::lines(work, order.id).await?;
    let named = units.iter().filter_map(|units| {
        let line = lines.iter().find(|line| line.id == units.line_id)?;
        Some((line.sku.as_str(), units.quantity))
    });
    let units = listed_units(named);
    let told = match amount {
        Some(amount) => HistoryNote::CameBackPaid { units, amount: amount.display(order.currency) },
        None => HistoryNote::CameBack { units },
    };
    note(work, order, HistoryKind::CameBack, &told, actor).await
}

/// What the buyer paid for the units goes back, as far as there is money that can.
async fn refund(work: &mut Work, order: &LockedOrder, units: &[LineUnits], id: u64, actor: &Actor) -> Result<Money> {
    let amount = prices::price_of(work, order.id, units).await?.min(money::balance(work, order.id).await?.left());
    if amount == Money::ZERO {
        return Err(Error::Refused(domain::message::Message::NothingToRefund));
    }
    let ask = Ask {
        key: &format!("return-{id}"),
        amount: Some(amount),
        units,
        reason: &RefundReason::CameBack.text(order.locale),
        actor,
    };
    refunds::request(work, order, ask).await?;
    Ok(amount)
}
