//! The SQL of parcels.

use chrono::{DateTime, Utc};
use domain::money::Money;
use domain::orders::{Actor, LineUnits, OrderId, OrderLineId, ParcelId, Whereabouts};
use sqlx::MySqlConnection;

use crate::actor;

/// A parcel without what is in it.
pub(in crate::orders) struct ParcelRow {
    pub(in crate::orders) id: ParcelId,
    pub(in crate::orders) courier: Option<String>,
    pub(in crate::orders) tracking_number: Option<String>,
    pub(in crate::orders) actor_kind: String,
    pub(in crate::orders) actor_name: Option<String>,
    pub(in crate::orders) at: DateTime<Utc>,
}

/// What is in a parcel.
pub(in crate::orders) struct ParcelLineRow {
    pub(in crate::orders) parcel: ParcelId,
    pub(in crate::orders) line: OrderLineId,
    pub(in crate::orders) quantity: u32,
}

/// Where the units of an order's lines are; who writes has the order's lock.
pub(in crate::orders) async fn whereabouts(
    conn: &mut MySqlConnection,
    order: OrderId,
) -> sqlx::Result<Vec<Whereabouts>> {
    sqlx::query_as!(
        Whereabouts,
        "select l.id as `line_id: _`, l.quantity as `quantity: _`, l.called_off as `called_off: _`,
                cast((select coalesce(sum(p.quantity), 0) from parcel_lines p where p.order_line_id = l.id) as unsigned)
                    as `shipped!: u32`,
                cast((select coalesce(sum(r.quantity), 0) from return_lines r where r.order_line_id = l.id) as unsigned)
                    as `returned!: u32`
         from order_lines l where l.order_id = ? order by l.id",
        order,
    )
    .fetch_all(conn)
    .await
}

/// Notes units that will not leave any more.
pub(in crate::orders) async fn call_off(conn: &mut MySqlConnection, units: LineUnits) -> sqlx::Result<()> {
    sqlx::query!("update order_lines set called_off = called_off + ? where id = ?", units.quantity, units.line_id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes units whose price is not to be paid, or goes back.
pub(in crate::orders) async fn set_not_due(conn: &mut MySqlConnection, units: LineUnits) -> sqlx::Result<()> {
    sqlx::query!("update order_lines set not_due = not_due + ? where id = ?", units.quantity, units.line_id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes what of an order is not to be paid, or goes back, in all.
pub(in crate::orders) async fn set_called_off(
    conn: &mut MySqlConnection,
    order: OrderId,
    amount: Money,
) -> sqlx::Result<()> {
    sqlx::query!("update orders set called_off_amount = ? where id = ?", amount, order).execute(conn).await?;
    Ok(())
}

pub(in crate::orders) async fn insert(
    conn: &mut MySqlConnection,
    order: OrderId,
    courier: Option<&str>,
    tracking_number: Option<&str>,
    actor: &Actor,
    now: DateTime<Utc>,
) -> sqlx::Result<ParcelId> {
    let (actor_kind, actor_name) = actor::columns(actor);
    let done = sqlx::query!(
        "insert into parcels (order_id, courier, tracking_number, actor_kind, actor_name, created_at)
         values (?, ?, ?, ?, ?, ?)",
        order,
        courier,
        tracking_number,
        actor_kind,
        actor_name,
        now,
    )
    .execute(conn)
    .await?;
    Ok(ParcelId::new(done.last_insert_id()))
}

pub(in crate::orders) async fn insert_line(
    conn: &mut MySqlConnection,
    parcel: ParcelId,
    units: LineUnits,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into parcel_lines (parcel_id, order_line_id, quantity) values (?, ?, ?)",
        parcel,
        units.line_id,
        units.quantity,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::orders) async fn of_order(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Vec<ParcelRow>> {
    sqlx::query_as!(
        ParcelRow,
        "select id as `id: _`, courier as `courier: _`, tracking_number as `tracking_number: _`,
                actor_kind as `actor_kind: _`, actor_name as `actor_name: _`, created_at as `at: _`
         from parcels where order_id = ? order by id",
        order,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::orders) async fn lines(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Vec<ParcelLineRow>> {
    sqlx::query_as!(
        ParcelLineRow,
        "select pl.parcel_id as `parcel: _`, pl.order_line_id as `line: _`, pl.quantity as `quantity: _`
         from parcel_lines pl join parcels p on p.id = pl.parcel_id
         where p.order_id = ? order by pl.parcel_id, pl.order_line_id",
        order,
    )
    .fetch_all(conn)
    .await
}
