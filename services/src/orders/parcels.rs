//! Parcels: units leave with a courier, some or all of what is left, never more than was ordered.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::orders::{Actor, LineUnits, OrderDetail, OrderEvent, OrderId, Parcel, ShipOrder, Whereabouts, pack};
use domain::settings::Settings;
use domain::staff::{Permission, Staff};
use domain::text::{CourierName, TrackingNumber};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::{self, parcels};
use super::{Step, advance, load, lock};
use crate::database::repeat_while_busy;
use crate::error::{Error, Result};
use crate::{Shop, audit, settings};

/// Notes that a parcel is with the courier.
#[instrument(skip_all, fields(order.id = %request.order_id, staff.id = %staff.id))]
pub async fn ship(shop: &Shop, staff: &Staff, request: ShipOrder) -> Result<OrderDetail> {
    staff.require(Permission::MoveOrders)?;
    let label = Label::read(&request)?;
    let settings = settings::get(shop).await?;
    repeat_while_busy!(ship_once(shop, staff, &request, &label, &settings))
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
            actor: super::actor(&row.actor_kind, row.actor_name)?,
            at: row.at,
        })
    });
    rows.collect()
}

/// Everything that is left of an imported order goes into one parcel.
pub(super) async fn import(
    conn: &mut MySqlConnection,
    order: OrderId,
    tracking: Option<&str>,
    at: DateTime<Utc>,
) -> Result<()> {
    let lines = whereabouts(conn, order).await?;
    let (packed, _) = pack(&lines, None).map_err(|refused| Error::field("lines", refused.message()))?;
    write(conn, order, &packed, (None, tracking), &Actor::Import, at).await
}

/// What stands on a parcel.
struct Label {
    courier: Option<CourierName>,
    tracking: Option<TrackingNumber>,
}

impl Label {
    fn read(request: &ShipOrder) -> Result<Self> {
        let tracking = match request.tracking_number.trim() {
            "" => None,
            text => Some(TrackingNumber::parse(text).map_err(|message| Error::field("tracking_number", message))?),
        };
        let courier = match request.courier.trim() {
            "" => None,
            text => Some(CourierName::parse(text).map_err(|message| Error::field("courier", message))?),
        };
        Ok(Self { courier, tracking })
    }
}

async fn ship_once(
    shop: &Shop,
    staff: &Staff,
    request: &ShipOrder,
    label: &Label,
    settings: &Settings,
) -> Result<OrderDetail> {
    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let order = lock(&mut tx, request.order_id).await?;
    order.status.after(OrderEvent::HandedToCourier)?;

    let lines = whereabouts(&mut tx, order.id).await?;
    let (packed, event) =
        pack(&lines, request.lines.as_deref()).map_err(|refused| Error::field("lines", refused.message()))?;
    let courier = label.courier.as_ref().map(CourierName::as_str);
    let tracking = label.tracking.as_ref().map(TrackingNumber::as_str);
    let actor = Actor::Staff(staff.name.clone());
    write(&mut tx, order.id, &packed, (courier, tracking), &actor, now).await?;
    let step = advance(&mut tx, &order, Step { event, actor: &actor, note: tracking, settings, now }).await?;
    let subject = Subject::new(SubjectKind::Order, order.id, &order.number);
    let units: u32 = packed.iter().map(|units| units.quantity).sum();
    let after = json!({ "status": step.to, "note": tracking, "courier": courier, "units": units });
    let before = json!({ "status": order.status });
    audit::record(&mut tx, staff, AuditAction::MoveOrder, &subject, &before, &after, now).await?;
    let detail = load(&mut tx, order.id).await?;
    tx.commit().await?;

    shop.feed.wake();
    Ok(detail)
}

async fn write(
    conn: &mut MySqlConnection,
    order: OrderId,
    packed: &[LineUnits],
    (courier, tracking): (Option<&str>, Option<&str>),
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<()> {
    let parcel = parcels::insert(conn, order, courier, tracking, actor, now).await?;
    for units in packed {
        parcels::insert_line(conn, parcel, *units).await?;
    }
    if tracking.is_some() {
        queries::set_tracking(conn, order, tracking).await?;
    }
    Ok(())
}
