//! Returns: units come back, never more than went; they go on the shelf again or not, and money goes back or not.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::money::Money;
use domain::orders::{
    Actor, HistoryKind, HistoryNote, LineUnits, OrderDetail, OrderEvent, OrderId, Return, ReturnOrder, ReturnedUnits,
    listed_units, take_back,
};
use domain::payments::RefundReason;
use domain::settings::Settings;
use domain::staff::{Permission, Staff};
use domain::text::{IdempotencyKey, Reason};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::{self, LockedOrder, returns};
use super::{Step, advance, load, lock, note, parcels, rest};
use crate::database::repeat_while_busy;
use crate::error::{Error, Result};
use crate::{Shop, audit, events, inventory, payments, secrets, settings};

/// Notes that units came back, puts on the shelf what can be sold again, and gives their price back if asked to. The
/// same key is the same return.
///
/// When the last unit is back, the order is returned.
#[instrument(skip_all, fields(order.id = %request.order_id, staff.id = %staff.id))]
pub async fn take(shop: &Shop, staff: &Staff, request: ReturnOrder) -> Result<OrderDetail> {
    staff.require(Permission::MoveOrders)?;
    if request.refund {
        staff.require(Permission::RefundOrders)?;
    }
    let why = match request.note.trim() {
        "" => None,
        text => Some(Reason::parse(text).map_err(|message| Error::field("note", message))?),
    };
    let key = IdempotencyKey::parse(&request.key).map_err(|message| Error::field("key", message))?;
    let settings = settings::get(shop).await?;
    repeat_while_busy!(take_once(shop, staff, &request, why.as_ref(), &key, &settings))
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
            actor: super::actor(&row.actor_kind, row.actor_name)?,
            at: row.at,
        })
    });
    rows.collect()
}

async fn take_once(
    shop: &Shop,
    staff: &Staff,
    request: &ReturnOrder,
    why: Option<&Reason>,
    key: &IdempotencyKey,
    settings: &Settings,
) -> Result<OrderDetail> {
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let order = lock(&mut tx, request.order_id).await?;
    let key_hash = secrets::digest(key.as_str().as_bytes());
    if returns::is_known(&mut tx, order.id, &key_hash).await? {
        super::touch(&mut tx, order.id, now).await?;
        let detail = load(&mut tx, order.id).await?;
        tx.commit().await?;
        return Ok(detail);
    }

    let units: Vec<LineUnits> =
        request.lines.iter().map(|line| LineUnits { line_id: line.line_id, quantity: line.quantity }).collect();
    let units: Vec<LineUnits> = units.into_iter().filter(|units| units.quantity > 0).collect();
    let lines = parcels::whereabouts(&mut tx, order.id).await?;
    let is_everything = take_back(&lines, &units).map_err(|refused| Error::field("lines", refused.message()))?;

    let actor = Actor::Staff(staff.name.clone());
    let why = why.map(Reason::as_str);
    let id = returns::insert(&mut tx, order.id, &key_hash, why, &actor, now).await?;
    for line in request.lines.iter().filter(|line| line.quantity > 0) {
        returns::insert_line(&mut tx, id, *line).await?;
    }
    let amount = match request.refund {
        true => Some(refund(&mut tx, &order, &units, id.get(), &actor, now).await?),
        false => None,
    };
    let subject = Subject::new(SubjectKind::Order, order.id, &order.number);
    let back: u32 = units.iter().map(|units| units.quantity).sum();
    let after = json!({
        "units_back": back, "lines": request.lines, "note": why, "refund": request.refund, "amount": amount,
    });
    audit::record(&mut tx, staff, AuditAction::ReturnOrder, &subject, &(), &after, now).await?;
    if payments::is_paid_at_the_door_later(&mut tx, &order).await? {
        // What was refused at the door is not collected there.
        let worth = payments::worth(&mut tx, order.id, &units).await?;
        rest::write_off(&mut tx, &order, worth, &units).await?;
    }
    tell(&mut tx, &order, &units, amount, &actor, now).await?;
    if is_everything {
        let step = Step { event: OrderEvent::EverythingReturned, actor: &actor, note: why, settings, now };
        advance(&mut tx, &order, step).await?;
    } else {
        events::record(&mut tx, &order.moved(order.status), now).await?;
    }
    // The counters come last.
    let mut restocked = BTreeMap::new();
    for line in returns::restocked(&mut tx, id).await? {
        *restocked.entry(line.variant_id).or_insert(0) += line.quantity;
    }
    inventory::take_back(&mut tx, order.id, &restocked, &actor, now).await?;
    let detail = load(&mut tx, order.id).await?;
    tx.commit().await?;

    shop.feed.wake();
    Ok(detail)
}

/// Notes what came back, and what of the money goes back with it. Why they came back is the desk's alone.
async fn tell(
    conn: &mut MySqlConnection,
    order: &LockedOrder,
    units: &[LineUnits],
    amount: Option<Money>,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<()> {
    let lines = queries::lines(conn, order.id).await?;
    let named = units.iter().filter_map(|units| {
        let line = lines.iter().find(|line| line.id == units.line_id)?;
        Some((line.sku.as_str(), units.quantity))
    });
    let units = listed_units(named);
    let told = match amount {
        Some(amount) => HistoryNote::CameBackPaid { units, amount: amount.display(order.currency) },
        None => HistoryNote::CameBack { units },
    };
    note(conn, order, HistoryKind::CameBack, &told, actor, now).await
}

/// What the buyer paid for the units goes back, as far as there is money that can.
async fn refund(
    conn: &mut MySqlConnection,
    order: &LockedOrder,
    units: &[LineUnits],
    id: u64,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Money> {
    let amount = payments::worth(conn, order.id, units).await?.min(payments::balance(conn, order.id).await?.left());
    if amount == Money::ZERO {
        return Err(Error::Refused(domain::message::Message::NothingToRefund));
    }
    let ask = payments::Ask {
        key: &format!("return-{id}"),
        amount: Some(amount),
        units,
        reason: &RefundReason::CameBack.text(order.locale),
        actor,
        now,
    };
    payments::request_refund(conn, order, ask).await?;
    Ok(amount)
}
