//! Invoices: one an order, numbered without gaps within a year of the shop's calendar.

use chrono::{Datelike, TimeDelta};
use domain::orders::OrderId;

use super::queries;
use crate::database::Work;
use crate::error::Result;

/// Gives the order its invoice, unless it has one. The caller has the order's lock.
///
/// The counter's row stays locked until the caller's transaction ends: a number is either on a committed invoice or
/// free again, so that numbers have no gaps.
pub(super) async fn issue(work: &mut Work, order: OrderId, utc_offset_minutes: i32) -> Result<()> {
    let now = work.now();
    if queries::invoices::of(work, order).await?.is_some() {
        return Ok(());
    }
    let year = (now + TimeDelta::minutes(i64::from(utc_offset_minutes))).year();
    let sequence = queries::invoices::take_number(work, year).await?;
    queries::invoices::insert(work, order, year, sequence, now).await?;
    Ok(())
}
