//! The history of the desk: what staff changed, written in the transaction of the change, with the values before and
//! after.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use domain::audit::{AuditPage, AuditRow, ListAudit, Subject};
use domain::page::Position;
use domain::staff::{Permission, Staff};
use serde_json::Value;

use crate::actor;
use crate::error::Result;
use crate::{Shop, database, settings};

mod changes;
mod queries;

const PER_PAGE: u32 = 25;

/// A page of the history, newest first.
pub async fn page(shop: &Shop, staff: &Staff, request: ListAudit) -> Result<AuditPage> {
    staff.require(Permission::ViewHistory)?;
    let offset = TimeDelta::minutes(i64::from(settings::get(shop).await?.utc_offset_minutes));
    let midnight = |day: NaiveDate| within_reach(day).and_time(NaiveTime::MIN).and_utc() - offset;
    let filter = queries::Filter {
        staff: request.staff_id,
        subject: request.subject,
        search: database::search_pattern(request.search.as_deref()),
        from: request.from.map(midnight),
        before: request.to.and_then(|day| day.succ_opt()).map(midnight),
        limit: PER_PAGE,
        offset: request.page.offset(PER_PAGE),
    };
    let mut conn = shop.db.acquire().await?;
    let total = queries::count(&mut conn, &filter).await?;
    let rows = queries::rows(&mut conn, &filter).await?;
    let people = queries::people(&mut conn).await?;
    Ok(AuditPage {
        rows: rows.into_iter().map(read).collect::<Result<_>>()?,
        position: Position { page: request.page, per_page: PER_PAGE, total },
        people: people.into_iter().map(|row| (row.id, row.name)).collect(),
    })
}

/// The day, or the nearest one that a database can tell: beyond it is no history.
fn within_reach(day: NaiveDate) -> NaiveDate {
    let day_of = |year, month, of_month| NaiveDate::from_ymd_opt(year, month, of_month).unwrap_or(day);
    day.clamp(day_of(1970, 1, 1), day_of(9999, 12, 31))
}

fn read(row: queries::Row) -> Result<AuditRow> {
    let value = |text: Option<String>| text.map_or(Ok(Value::Null), |text| serde_json::from_str(&text));
    Ok(AuditRow {
        id: row.id,
        at: row.at,
        actor: actor::read(&row.actor_kind, row.actor_name)?,
        action: row.action,
        subject: Subject { kind: row.subject_kind, id: row.subject_id, name: row.subject_name },
        changes: changes::between(&value(row.before)?, &value(row.after)?),
    })
}
