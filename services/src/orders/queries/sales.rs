//! The SQL that sums up sales: orders that are paid or paid at the door, without what was called off.

use chrono::{DateTime, NaiveDate, Utc};
use domain::money::Money;
use sqlx::MySqlConnection;

/// Sales of a span.
pub(crate) struct SalesRow {
    pub(crate) sales: Money,
    pub(crate) orders: u64,
}

/// Sales of a day of the shop's clock.
pub(crate) struct DayRow {
    pub(crate) day: NaiveDate,
    pub(crate) sales: Money,
    pub(crate) orders: u64,
}

pub(in crate::orders) async fn between(
    conn: &mut MySqlConnection,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<SalesRow> {
    sqlx::query_as!(
        SalesRow,
        "select cast(coalesce(sum(total_amount - called_off_amount), 0) as signed) as `sales!: _`,
                cast(count(*) as unsigned) as `orders!: _`
         from orders
         where placed_at >= ? and placed_at < ? and status in ('processing', 'partially_shipped', 'shipped', 'completed')",
        from,
        to,
    )
    .fetch_one(conn)
    .await
}

pub(in crate::orders) async fn by_day(
    conn: &mut MySqlConnection,
    from: DateTime<Utc>,
    utc_offset_minutes: i32,
) -> sqlx::Result<Vec<DayRow>> {
    sqlx::query_as!(
        DayRow,
        "select t.day as `day!: _`, cast(sum(t.amount) as signed) as `sales!: _`,
                cast(count(*) as unsigned) as `orders!: _`
         from (select date(date_add(placed_at, interval ? minute)) as day,
                      total_amount - called_off_amount as amount
               from orders
               where placed_at >= ? and status in ('processing', 'partially_shipped', 'shipped', 'completed')) t
         group by t.day order by t.day",
        utc_offset_minutes,
        from,
    )
    .fetch_all(conn)
    .await
}
