//! Calling off the rest: what has not left of an order stays here, and its money goes back; what has left goes on.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::money::Money;
use domain::orders::{
    Actor, CallOffRest, LineUnits, OrderDetail, OrderEvent, OrderStatus, StockEffect, is_all_back, rest,
};
use domain::staff::{Permission, Staff};
use domain::text::Reason;
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::{LockedOrder, parcels as queries};
use super::{Step, advance, load, lock, parcels, prices};
use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::{Shop, inventory};

/// Calls off everything of an order that has not left. It can be bought again, and what was paid for it goes back.
///
/// When all that had left is back already, the order is returned.
#[instrument(skip_all, fields(order.id = %request.order_id, staff.id = %staff.id))]
pub async fn call_off(shop: &Shop, staff: &Staff, request: CallOffRest) -> Result<OrderDetail> {
    let writer = shop.staff(staff, Permission::MoveOrders)?;
    let reason = Reason::parse(&request.reason).map_err(|message| Error::field("reason", message))?;
    transact!(writer, |work| {
        let order = lock(work, request.order_id).await?;
        order.status.after(OrderEvent::RestCalledOff)?;

        let whereabouts = parcels::whereabouts(work, order.id).await?;
        let units = rest(&whereabouts);
        let price = prices::price_of_rest(work, order.id, &whereabouts).await?;
        for line in &units {
            queries::call_off(work, *line).await?;
        }
        write_off(work, &order, price.amount, &price.units).await?;
        let actor = work.actor();
        let note = Some(reason.as_str());
        let order = lock(work, order.id).await?;
        let reached = end(work, &order, &actor, note).await?;
        let subject = Subject::new(SubjectKind::Order, order.id, &order.number);
        let called_off: u32 = units.iter().map(|units| units.quantity).sum();
        let after = json!({ "status": reached, "note": note, "called_off": called_off, "amount": price.amount });
        let before = json!({ "status": order.status });
        work.record(AuditAction::MoveOrder, &subject, &before, &after).await?;
        let detail = load(work, order.id).await?;

        Ok(detail)
    })
}

/// Calls off what has not left of a locked order and whose price went back, so that it is not sent, and puts it on the shelf
/// again. Returns how many units. When nothing is left to go after others have left, the order goes on without it; one of
/// which nothing has left is for a person to call off.
pub(crate) async fn keep_back(work: &mut Work, order: &LockedOrder, why: &str) -> Result<u32> {
    if !matches!(order.status, OrderStatus::Processing | OrderStatus::PartiallyShipped) {
        return Ok(0);
    }
    let whereabouts = parcels::whereabouts(work, order.id).await?;
    let units = prices::unpaid_rest(work, order.id, &whereabouts).await?;
    if units.is_empty() {
        return Ok(0);
    }
    for line in &units {
        queries::call_off(work, *line).await?;
    }
    let actor = work.actor();
    let is_over = rest(&parcels::whereabouts(work, order.id).await?).is_empty();
    if is_over && order.status == OrderStatus::PartiallyShipped {
        end(work, order, &actor, Some(why)).await?;
    } else {
        inventory::apply(work, order.id, StockEffect::RestockRest, &actor).await?;
    }
    Ok(units.iter().map(|units| units.quantity).sum())
}

/// What has left goes on without the rest that was called off; when that is back already, the order is returned.
async fn end(work: &mut Work, order: &LockedOrder, actor: &Actor, note: Option<&str>) -> Result<OrderStatus> {
    let reached = advance(work, order, Step { event: OrderEvent::RestCalledOff, actor, note }).await?.to;
    if !is_all_back(&parcels::whereabouts(work, order.id).await?) {
        return Ok(reached);
    }
    let order = lock(work, order.id).await?;
    Ok(advance(work, &order, Step { event: OrderEvent::EverythingReturned, actor, note: None }).await?.to)
}

/// Notes that these units of a locked order are not to be paid, or that their price goes back.
pub(super) async fn write_off(
    conn: &mut MySqlConnection,
    order: &LockedOrder,
    price: Money,
    units: &[LineUnits],
) -> Result<()> {
    for line in units {
        queries::set_not_due(conn, *line).await?;
    }
    let amount = order.called_off.plus(price).ok_or_else(|| Error::internal("units cost more than their order"))?;
    Ok(queries::set_called_off(conn, order.id, amount).await?)
}
