//! The owner's numbers. Sales count orders that are paid or paid at the door, and not cancelled.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::orders::OrderStatus;
use domain::reports::{Comparison, Dashboard, DaySales, MoneyToCheck};
use domain::staff::{Permission, Staff};
use sqlx::MySqlConnection;

use crate::error::Result;
use crate::{Shop, inventory, memberships, money, orders, payments, settings};

const CHART_DAYS: i64 = 30;
const FEW: u32 = 6;

/// The dashboard, in the shop's own days.
pub async fn dashboard(shop: &Shop, staff: &Staff) -> Result<Dashboard> {
    staff.require(Permission::ViewDashboard)?;
    let settings = settings::get(shop).await?;
    let offset = TimeDelta::minutes(i64::from(settings.utc_offset_minutes));

    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let today = (now + offset).date_naive();
    let midnight = start_of(today, offset);
    let day = TimeDelta::days(1);
    let week = TimeDelta::days(7);
    let monday = midnight - TimeDelta::days(6);

    let counts = orders::counts(&mut conn).await?;
    let count = |status: OrderStatus| counts.get(&status).copied().unwrap_or_default();
    let (low_stock_count, low_stock) = inventory::low(&mut conn, staff.locale, FEW).await?;
    let first = today - TimeDelta::days(CHART_DAYS - 1);
    let by_day = orders::sales_by_day(&mut conn, start_of(first, offset), settings.utc_offset_minutes).await?;
    let by_day: BTreeMap<_, _> = by_day.into_iter().map(|row| (row.day, row)).collect();
    let days = first.iter_days().take_while(|day| *day <= today).map(|day| {
        by_day.get(&day).map_or(DaySales { day, sales: domain::money::Money::ZERO, orders: 0 }, |row| DaySales {
            day,
            sales: row.sales,
            orders: row.orders,
        })
    });

    Ok(Dashboard {
        today: compare(&mut conn, (midnight, now), (midnight - day, now - day)).await?,
        week: compare(&mut conn, (monday, now), (monday - week, now - week)).await?,
        to_ship: count(OrderStatus::Processing),
        awaiting_payment: count(OrderStatus::PendingPayment),
        needs_review: MoneyToCheck {
            orders: money::checking::needing_review(&mut conn).await?,
            memberships: memberships::needing_review(&mut conn).await?,
            notices: payments::count_stuck(&mut conn).await?,
            proofs: payments::count_waiting_proofs(&mut conn).await?,
        },
        low_stock_count,
        low_stock,
        days: days.collect(),
        latest_orders: orders::latest(&mut conn, FEW).await?,
    })
}

/// Midnight of a day of the shop's clock.
fn start_of(day: NaiveDate, offset: TimeDelta) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() - offset
}

async fn compare(
    conn: &mut MySqlConnection,
    span: (DateTime<Utc>, DateTime<Utc>),
    before: (DateTime<Utc>, DateTime<Utc>),
) -> Result<Comparison> {
    let moment = TimeDelta::microseconds(1);
    let current = orders::sales(conn, span.0, span.1 + moment).await?;
    let earlier = orders::sales(conn, before.0, before.1 + moment).await?;
    Ok(Comparison {
        sales: current.sales,
        orders: current.orders,
        sales_before: earlier.sales,
        orders_before: earlier.orders,
    })
}
