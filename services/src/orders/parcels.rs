//! Parcels: units leave with a courier, some or all of what is left, never more than was ordered.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::orders::{Actor, LineUnits, OrderDetail, OrderEvent, OrderId, Parcel, ShipOrder, Whereabouts, pack};
use domain::staff::{Permission, Staff};
use domain::text::{CourierName, TrackingNumber};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::{self, parcels};
use super::{Step, advance, load, lock};
use crate::Shop;
use crate::actor;
use crate::database::{Work, transact};
use crate::error::{Error, Result};

/// Notes that a parcel is with the courier.
#[instrument(skip_all, fields(order.id = %request.order_id, staff.id = %staff.id))]
pub async fn ship(shop: &Shop, staff: &Staff, request: ShipOrder) -> Result<OrderDetail> {
    let writer = shop.staff(staff, Permission::MoveOrders)?;
    let label = Label::read(&request)?;
    transact!(writer, |work| {
        let order = lock(work, request.order_id).await?;
        order.status.after(OrderEvent::HandedToCourier)?;

        let lines = whereabouts(work, order.id).await?;
        let (packed, event) =
            pack(&lines, request.lines.as_deref()).map_err(|refused| Error::field("lines", refused.message()))?;
        let courier = label.courier.as_ref().map(CourierName::as_str);
        let tracking = label.tracking.as_ref().map(TrackingNumber::as_str);
        let actor = work.actor();
        write(work, order.id, &packed, (courier, tracking), &actor).await?;
        let step = advance(work, &order, Step { event, actor: &actor, note: tracking }).await?;
        let subject = Subject::new(SubjectKind::Order, order.id, &order.number);
        let units: u32 = packed.iter().map(|units| units.quantity).sum();
        let after = json!({ "status": step.to, "note": tracking, "courier": courier, "units": units });
        let before = json!({ "status": order.status });
        work.record(AuditAction::MoveOrder, &subject, &before, &after).await?;
        let detail = load(work, order.id).await?;

        Ok(detail)
    })
}

/// Where the units of a locked order are.
pub(super) async fn whereabouts(conn: &mut MySqlConnection, order: OrderId) -> Result<Vec<Whereabouts>> {
    Ok(parcels::whereabouts(conn, order).await?)
}

/// The parcels of an order, oldest first.
pub(super) async fn of(conn: &mut MySqlConnection, order: OrderId) -> Result<Vec<Parcel>> {
    let lines = parcels::lines(conn, order).await?;
    let rows = parcels::of_order(conn, order).await?.into_iter().map(|row| {
        let of_this = lines.iter().filter(|line| line.parcel == row.id);
        Ok(Parcel {
            id: row.id,
            courier: row.courier,
            tracking_number: row.tracking_number,
            lines: of_this.map(|line| LineUnits { line_id: line.line, quantity: line.quantity }).collect(),
            actor: actor::read(&row.actor_kind, row.actor_name)?,
            at: row.at,
        })
    });
    rows.collect()
}

/// Everything that is left of an imported order goes into one parcel.
pub(super) async fn import(work: &mut Work, order: OrderId, tracking: Option<&str>) -> Result<()> {
    let lines = whereabouts(work, order).await?;
    let (packed, _) = pack(&lines, None).map_err(|refused| Error::field("lines", refused.message()))?;
    write(work, order, &packed, (None, tracking), &Actor::Import).await
}

/// What stands on a parcel.
struct Label {
    courier: Option<CourierName>,
    tracking: Option<TrackingNumber>,
}

impl Label {
    fn read(request: &ShipOrder) -> Result<Self> {
        let tracking = TrackingNumber::optional(&request.tracking_number)
            .map_err(|message| Error::field("tracking_number", message))?;
        let courier = CourierName::optional(&request.courier).map_err(|message| Error::field("courier", message))?;
        Ok(Self { courier, tracking })
    }
}

async fn write(
    work: &mut Work,
    order: OrderId,
    packed: &[LineUnits],
    (courier, tracking): (Option<&str>, Option<&str>),
    actor: &Actor,
) -> Result<()> {
    let now = work.now();
    let parcel = parcels::insert(work, order, courier, tracking, actor, now).await?;
    for units in packed {
        parcels::insert_line(work, parcel, *units).await?;
    }
    if tracking.is_some() {
        queries::set_tracking(work, order, tracking).await?;
    }
    Ok(())
}
