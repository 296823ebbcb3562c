//! The SQL of returns.

use chrono::{DateTime, Utc};
use domain::catalog::VariantId;
use domain::orders::{Actor, OrderId, OrderLineId, ReturnId, ReturnedUnits};
use sqlx::MySqlConnection;

use crate::actor;

/// A return without what came.
pub(in crate::orders) struct ReturnRow {
    pub(in crate::orders) id: ReturnId,
    pub(in crate::orders) note: Option<String>,
    pub(in crate::orders) actor_kind: String,
    pub(in crate::orders) actor_name: Option<String>,
    pub(in crate::orders) at: DateTime<Utc>,
}

/// What came back.
pub(in crate::orders) struct ReturnLineRow {
    pub(in crate::orders) of: ReturnId,
    pub(in crate::orders) line: OrderLineId,
    pub(in crate::orders) quantity: u32,
    pub(in crate::orders) restocked: bool,
}

/// Units that go on the shelf again.
pub(in crate::orders) struct RestockedRow {
    pub(in crate::orders) variant_id: VariantId,
    pub(in crate::orders) quantity: u32,
}

pub(in crate::orders) async fn is_known(
    conn: &mut MySqlConnection,
    order: OrderId,
    key_hash: &[u8; 32],
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        "select exists(select 1 from returns where order_id = ? and key_hash = ?) as `is_known!: bool`",
        order,
        key_hash.as_slice(),
    )
    .fetch_one(conn)
    .await
}

pub(in crate::orders) async fn insert(
    conn: &mut MySqlConnection,
    order: OrderId,
    key_hash: &[u8; 32],
    note: Option<&str>,
    actor: &Actor,
    now: DateTime<Utc>,
) -> sqlx::Result<ReturnId> {
    let (actor_kind, actor_name) = actor::columns(actor);
    let done = sqlx::query!(
        "insert into returns (order_id, key_hash, note, actor_kind, actor_name, created_at)
         values (?, ?, ?, ?, ?, ?)",
        order,
        key_hash.as_slice(),
        note,
        actor_kind,
        actor_name,
        now,
    )
    .execute(conn)
    .await?;
    Ok(ReturnId::new(done.last_insert_id()))
}

pub(in crate::orders) async fn insert_line(
    conn: &mut MySqlConnection,
    of: ReturnId,
    units: ReturnedUnits,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into return_lines (return_id, order_line_id, quantity, restocked) values (?, ?, ?, ?)",
        of,
        units.line_id,
        units.quantity,
        units.restock,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::orders) async fn restocked(conn: &mut MySqlConnection, of: ReturnId) -> sqlx::Result<Vec<RestockedRow>> {
    sqlx::query_as!(
        RestockedRow,
        "select l.variant_id as `variant_id: _`, r.quantity as `quantity: _`
         from return_lines r join order_lines l on l.id = r.order_line_id
         where r.return_id = ? and r.restocked order by l.variant_id",
        of,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::orders) async fn of_order(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Vec<ReturnRow>> {
    sqlx::query_as!(
        ReturnRow,
        "select id as `id: _`, note as `note: _`, actor_kind as `actor_kind: _`, actor_name as `actor_name: _`,
                created_at as `at: _`
         from returns where order_id = ? order by id",
        order,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::orders) async fn lines(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Vec<ReturnLineRow>> {
    sqlx::query_as!(
        ReturnLineRow,
        "select rl.return_id as `of: _`, rl.order_line_id as `line: _`, rl.quantity as `quantity: _`,
                rl.restocked as `restocked: _`
         from return_lines rl join returns r on r.id = rl.return_id
         where r.order_id = ? order by rl.return_id, rl.order_line_id",
        order,
    )
    .fetch_all(conn)
    .await
}
