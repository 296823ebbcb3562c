//! Times as files write them: whole with their zone, or as a day and perhaps a time of the shop's own clock.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use domain::message::Message;

/// The year first: with a day first, nobody knows which of two numbers is the month.
const WITH_TIME: [&str; 4] = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"];

/// When something begins; a day alone is its first moment. Nothing for an empty cell.
pub(super) fn start(cell: &str, utc_offset_minutes: i32) -> Result<Option<DateTime<Utc>>, Message> {
    read(cell, utc_offset_minutes, TimeDelta::zero())
}

/// When something ends; a day alone belongs to it.
pub(super) fn end(cell: &str, utc_offset_minutes: i32) -> Result<Option<DateTime<Utc>>, Message> {
    read(cell, utc_offset_minutes, TimeDelta::days(1))
}

/// The time in one way that [`start`] and [`end`] read back exactly.
pub(super) fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

fn read(cell: &str, utc_offset_minutes: i32, day: TimeDelta) -> Result<Option<DateTime<Utc>>, Message> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(None);
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(cell) {
        return Ok(Some(at.to_utc()));
    }
    let with_time = WITH_TIME.iter().find_map(|form| NaiveDateTime::parse_from_str(cell, form).ok());
    let local = with_time.or_else(|| {
        let date = NaiveDate::parse_from_str(cell, "%Y-%m-%d").ok()?;
        date.and_hms_opt(0, 0, 0)?.checked_add_signed(day)
    });
    let offset = TimeDelta::minutes(i64::from(utc_offset_minutes));
    local
        .and_then(|local| local.checked_sub_signed(offset))
        .map(|at| Some(at.and_utc()))
        .ok_or(Message::NotATimeInAFile)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JAKARTA: i32 = 7 * 60;

    #[test]
    fn times_are_those_of_the_shop_unless_they_name_their_zone() {
        for (cell, at) in [
            ("2026-11-11", "2026-11-10T17:00:00Z"),
            ("2026-11-11 08:30", "2026-11-11T01:30:00Z"),
            ("2026-11-11T08:30:15", "2026-11-11T01:30:15Z"),
            ("2026-11-11T08:30:00+09:00", "2026-11-10T23:30:00Z"),
            ("2026-11-11T08:30:00.000001Z", "2026-11-11T08:30:00.000001Z"),
        ] {
            assert_eq!(start(cell, JAKARTA).unwrap().map(written).as_deref(), Some(at), "{cell}");
        }
        assert_eq!(start(" ", JAKARTA), Ok(None));
    }

    #[test]
    fn the_last_day_belongs_to_what_ends_with_it() {
        let end = |cell| end(cell, JAKARTA).unwrap().map(written);
        assert_eq!(end("2026-11-11").as_deref(), Some("2026-11-11T17:00:00Z"));
        assert_eq!(end("2026-11-11 23:59:59").as_deref(), Some("2026-11-11T16:59:59Z"));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for cell in ["11.11", "11/12/2026", "11/12/2026 08:30", "2026-13-01", "besok", "2026-02-30 10:00"] {
            assert_eq!(start(cell, JAKARTA), Err(Message::NotATimeInAFile), "{cell}");
        }
    }
}
