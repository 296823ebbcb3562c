//! The SQL of stock-takes.

use chrono::{DateTime, Utc};
use domain::catalog::VariantId;
use domain::id::StockTakeId;
use domain::inventory::stock_takes::{StockTakeRow, StockTakeStatus};
use domain::locale::Translated;
use domain::money::Money;
use sqlx::MySqlConnection;

use crate::database::key;

pub(in crate::inventory) struct LineRow {
    pub(in crate::inventory) variant_id: VariantId,
    pub(in crate::inventory) name: Translated,
    pub(in crate::inventory) options: Translated,
    pub(in crate::inventory) sku: String,
    pub(in crate::inventory) counted: u32,
    pub(in crate::inventory) expected: i64,
    pub(in crate::inventory) counted_by: String,
    pub(in crate::inventory) counted_at: DateTime<Utc>,
    pub(in crate::inventory) on_hand: i64,
    pub(in crate::inventory) reserved: i64,
    pub(in crate::inventory) price: Money,
}

/// A stock-take under lock.
pub(in crate::inventory) struct Locked {
    pub(in crate::inventory) name: String,
    pub(in crate::inventory) status: StockTakeStatus,
    pub(in crate::inventory) version: u32,
}

pub(in crate::inventory) async fn insert(
    conn: &mut MySqlConnection,
    name: &str,
    by: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<StockTakeId> {
    let done = sqlx::query!(
        "insert into stock_takes (name, status, started_by, started_at) values (?, 'open', ?, ?)",
        name,
        by,
        now,
    )
    .execute(conn)
    .await?;
    Ok(StockTakeId::new(done.last_insert_id()))
}

pub(in crate::inventory) async fn lock(conn: &mut MySqlConnection, id: StockTakeId) -> sqlx::Result<Option<Locked>> {
    sqlx::query_as!(
        Locked,
        "select name as `name: _`, status as `status: _`, version as `version: _`
         from stock_takes where id = ? for update",
        id,
    )
    .fetch_optional(conn)
    .await
}

/// What was counted of a variant so far. The caller has the stock-take's lock.
pub(in crate::inventory) async fn counted(
    conn: &mut MySqlConnection,
    id: StockTakeId,
    variant: VariantId,
) -> sqlx::Result<Option<u32>> {
    sqlx::query_scalar!(
        "select counted as `counted: _` from stock_take_lines where stock_take_id = ? and variant_id = ?",
        id,
        variant,
    )
    .fetch_optional(conn)
    .await
}

/// Notes a count beside what should be on the shelf at this moment: what is on hand, and what was sold but has not left.
pub(in crate::inventory) async fn count(
    conn: &mut MySqlConnection,
    id: StockTakeId,
    variant: VariantId,
    counted: u32,
    by: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into stock_take_lines (stock_take_id, variant_id, counted, expected, counted_by, counted_at)
         select ?, s.variant_id, ?,
                s.on_hand + (select cast(coalesce(sum(l.quantity - l.called_off
                                 - (select coalesce(sum(pl.quantity), 0) from parcel_lines pl
                                    where pl.order_line_id = l.id)), 0) as signed)
                             from order_lines l join orders o on o.id = l.order_id
                             where l.variant_id = s.variant_id
                               and o.status in ('processing', 'partially_shipped')),
                ?, ?
         from stock s where s.variant_id = ?
         on duplicate key update counted = values(counted), expected = values(expected),
             counted_by = values(counted_by), counted_at = values(counted_at)",
        id,
        counted,
        by,
        now,
        variant,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("update stock_takes set version = version + 1 where id = ?", id).execute(conn).await?;
    Ok(())
}

pub(in crate::inventory) async fn close(
    conn: &mut MySqlConnection,
    id: StockTakeId,
    status: StockTakeStatus,
    by: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update stock_takes set status = ?, closed_by = ?, closed_at = ? where id = ?", status, by, now, id)
        .execute(conn)
        .await?;
    Ok(())
}

/// The newest, or the one that is asked for.
pub(in crate::inventory) async fn rows(
    conn: &mut MySqlConnection,
    id: Option<StockTakeId>,
) -> sqlx::Result<Vec<StockTakeRow>> {
    sqlx::query_as!(
        StockTakeRow,
        "select t.id as `id: _`, t.name as `name: _`, t.status as `status: _`, t.version as `version: _`,
                cast((select count(*) from stock_take_lines l where l.stock_take_id = t.id) as unsigned)
                    as `lines!: _`,
                cast((select count(*) from stock_take_lines l
                      where l.stock_take_id = t.id and l.counted <> l.expected) as unsigned) as `differences!: _`,
                t.started_by as `started_by: _`, t.started_at as `started_at: _`, t.closed_at as `closed_at: _`
         from stock_takes t
         where ? is null or t.id = ?
         order by t.started_at desc, t.id desc limit 100",
        id,
        id,
    )
    .fetch_all(conn)
    .await
}

/// The lines in ascending order of variants.
pub(in crate::inventory) async fn lines(conn: &mut MySqlConnection, id: StockTakeId) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as!(
        LineRow,
        "select l.variant_id as `variant_id: _`, p.name as `name: _`, v.options as `options: _`,
                v.sku as `sku: _`,
                l.counted as `counted: _`, l.expected as `expected: _`, l.counted_by as `counted_by: _`,
                l.counted_at as `counted_at: _`, s.on_hand as `on_hand: _`, s.reserved as `reserved: _`,
                v.price_amount as `price: _`
         from stock_take_lines l
         join variants v on v.id = l.variant_id
         join products p on p.id = v.product_id
         join stock s on s.variant_id = v.id
         where l.stock_take_id = ? order by l.variant_id",
        id,
    )
    .fetch_all(conn)
    .await
}

pub(in crate::inventory) async fn variant_of(conn: &mut MySqlConnection, sku: &str) -> sqlx::Result<Option<VariantId>> {
    let Some(sku) = key(sku) else { return Ok(None) };
    sqlx::query_scalar!("select id as `id: _` from variants where sku = ?", sku).fetch_optional(conn).await
}
