//! Invoices: one an order, numbered without gaps within a year of the shop's calendar.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use domain::orders::OrderId;
use sqlx::MySqlConnection;

use super::queries;
use crate::error::Result;

/// Gives the order its invoice, unless it has one. The caller has the order's lock.
///
/// The counter's row stays locked until the caller's transaction ends: a number is either on a committed invoice or
/// free again, so that numbers have no gaps.
pub(super) async fn issue(
    conn: &mut MySqlConnection,
    order: OrderId,
    utc_offset_minutes: i32,
    now: DateTime<Utc>,
) -> Result<()> {
    if queries::invoices::of(conn, order).await?.is_some() {
        return Ok(());
    }
    let year = (now + TimeDelta::minutes(i64::from(utc_offset_minutes))).year();
    let sequence = queries::invoices::take_number(conn, year).await?;
    queries::invoices::insert(conn, order, year, sequence, now).await?;
    Ok(())
}
