//! Calling off the rest: what has not left of an order stays here, and its money goes back; what has left goes on.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::money::Money;
use domain::orders::{Actor, CallOffRest, LineUnits, OrderDetail, OrderEvent, is_all_back, rest};
use domain::settings::Settings;
use domain::staff::{Permission, Staff};
use domain::text::Reason;
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::{LockedOrder, parcels as queries};
use super::{Step, advance, load, lock, parcels};
use crate::database::repeat_while_busy;
use crate::error::{Error, Result};
use crate::{Shop, audit, payments, settings};

/// Calls off everything of an order that has not left. It can be bought again, and what was paid for it goes back.
///
/// When all that had left is back already, the order is returned.
#[instrument(skip_all, fields(order.id = %request.order_id, staff.id = %staff.id))]
pub async fn call_off(shop: &Shop, staff: &Staff, request: CallOffRest) -> Result<OrderDetail> {
    staff.require(Permission::MoveOrders)?;
    let reason = Reason::parse(&request.reason).map_err(|message| Error::field("reason", message))?;
    let settings = settings::get(shop).await?;
    repeat_while_busy!(call_off_once(shop, staff, &request, &reason, &settings))
}

async fn call_off_once(
    shop: &Shop,
    staff: &Staff,
    request: &CallOffRest,
    reason: &Reason,
    settings: &Settings,
) -> Result<OrderDetail> {
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let order = lock(&mut tx, request.order_id).await?;
    order.status.after(OrderEvent::RestCalledOff)?;

    let whereabouts = parcels::whereabouts(&mut tx, order.id).await?;
    let units = rest(&whereabouts);
    let worth = payments::worth_of_rest(&mut tx, order.id, &whereabouts).await?;
    for line in &units {
        queries::call_off(&mut tx, *line).await?;
    }
    write_off(&mut tx, &order, worth.amount, &worth.units).await?;
    let actor = Actor::Staff(staff.name.clone());
    let note = Some(reason.as_str());
    let order = lock(&mut tx, order.id).await?;
    let step = Step { event: OrderEvent::RestCalledOff, actor: &actor, note, settings, now };
    let mut reached = advance(&mut tx, &order, step).await?.to;
    if is_all_back(&parcels::whereabouts(&mut tx, order.id).await?) {
        let order = lock(&mut tx, order.id).await?;
        let step = Step { event: OrderEvent::EverythingReturned, actor: &actor, note: None, settings, now };
        reached = advance(&mut tx, &order, step).await?.to;
    }
    let subject = Subject::new(SubjectKind::Order, order.id, &order.number);
    let called_off: u32 = units.iter().map(|units| units.quantity).sum();
    let after = json!({ "status": reached, "note": note, "called_off": called_off, "amount": worth.amount });
    let before = json!({ "status": order.status });
    audit::record(&mut tx, staff, AuditAction::MoveOrder, &subject, &before, &after, now).await?;
    let detail = load(&mut tx, order.id).await?;
    tx.commit().await?;

    shop.feed.wake();
    Ok(detail)
}

/// Notes that these units of a locked order are not to be paid, or that their price goes back.
pub(super) async fn write_off(
    conn: &mut MySqlConnection,
    order: &LockedOrder,
    worth: Money,
    units: &[LineUnits],
) -> Result<()> {
    for line in units {
        queries::set_not_due(conn, *line).await?;
    }
    let amount = order.called_off.plus(worth).ok_or_else(|| Error::internal("an order is worth more than it costs"))?;
    Ok(queries::set_called_off(conn, order.id, amount).await?)
}
