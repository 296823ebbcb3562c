//! Dates as people read them, on the shop's own clock.

use chrono::{DateTime, Datelike, FixedOffset, Offset, TimeDelta, Timelike, Utc};
use domain::locale::Locale;

/// A day: `4 Juli 2026`, `4 July 2026`.
pub(crate) fn day(at: DateTime<Utc>, offset_minutes: i32, locale: Locale) -> String {
    let local = at.with_timezone(&clock(offset_minutes));
    format!("{} {} {}", local.day(), locale.month(local.month0()), local.year())
}

/// A time of day with its zone: `pukul 09.05 WIB`, `09:05 WIB`.
pub(crate) fn time(at: DateTime<Utc>, offset_minutes: i32, locale: Locale) -> String {
    let local = at.with_timezone(&clock(offset_minutes));
    let zone = zone(offset_minutes);
    match locale {
        Locale::Indonesian => format!("pukul {:02}.{:02} {zone}", local.hour(), local.minute()),
        Locale::English => format!("{:02}:{:02} {zone}", local.hour(), local.minute()),
    }
}

/// A day and a time: `4 Juli 2026 pukul 09.05 WIB`, `4 July 2026, 09:05 WIB`.
pub(crate) fn moment(at: DateTime<Utc>, offset_minutes: i32, locale: Locale) -> String {
    let between = match locale {
        Locale::Indonesian => " ",
        Locale::English => ", ",
    };
    format!("{}{between}{}", day(at, offset_minutes, locale), time(at, offset_minutes, locale))
}

/// When something that lasts until an instant ends, shortly: `11 Nov 23.59 WIB`, `11 Nov, 23:59 WIB`. The year is told where it
/// is another one than now; an end at midnight is the last minute of the day before.
pub(crate) fn end(at: DateTime<Utc>, now: DateTime<Utc>, offset_minutes: i32, locale: Locale) -> String {
    let zone = clock(offset_minutes);
    let exact = at.with_timezone(&zone);
    let is_midnight = exact.num_seconds_from_midnight() == 0;
    let local = if is_midnight { exact - TimeDelta::minutes(1) } else { exact };
    let month = locale.month(local.month0());
    let month = month.get(..3).unwrap_or(month);
    let year =
        if local.year() == now.with_timezone(&zone).year() { String::new() } else { format!(" {}", local.year()) };
    let (day, hour, minute, zone) = (local.day(), local.hour(), local.minute(), self::zone(offset_minutes));
    match locale {
        Locale::Indonesian => format!("{day} {month}{year} {hour:02}.{minute:02} {zone}"),
        Locale::English => format!("{day} {month}{year}, {hour:02}:{minute:02} {zone}"),
    }
}

/// What a machine reads in a `datetime` attribute.
pub(crate) fn machine(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An offset that no clock has counts as none.
fn clock(offset_minutes: i32) -> FixedOffset {
    FixedOffset::east_opt(offset_minutes.saturating_mul(60)).unwrap_or_else(|| Utc.fix())
}

/// Indonesia's three zones have names; others show their distance.
fn zone(offset_minutes: i32) -> String {
    match offset_minutes {
        420 => "WIB".to_owned(),
        480 => "WITA".to_owned(),
        540 => "WIT".to_owned(),
        0 => "UTC".to_owned(),
        minutes => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use domain::locale::Locale;

    use super::{day, end, machine, moment, time};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_the_shops_day_and_not_greenwichs() {
        let late = at("2026-12-31T17:30:00Z");
        assert_eq!(day(late, 420, Locale::Indonesian), "1 Januari 2027");
        assert_eq!(day(late, 0, Locale::English), "31 December 2026");
    }

    /// Checklist 117.
    #[test]
    fn moments_read_as_in_each_language() {
        let noon = at("2026-05-04T02:05:59Z");
        assert_eq!(moment(noon, 420, Locale::Indonesian), "4 Mei 2026 pukul 09.05 WIB");
        assert_eq!(moment(noon, 480, Locale::English), "4 May 2026, 10:05 WITA");
        assert_eq!(time(noon, -210, Locale::English), "22:35 UTC-03:30");
        assert_eq!(machine(noon), "2026-05-04T02:05:59Z");
    }

    #[test]
    fn an_end_is_told_as_shops_tell_it() {
        let now = at("2026-11-01T00:00:00Z");
        let end = |until: &str, locale| end(at(until), now, 420, locale);
        assert_eq!(end("2026-11-11T17:00:00Z", Locale::Indonesian), "11 Nov 23.59 WIB");
        assert_eq!(end("2026-11-11T16:59:00Z", Locale::Indonesian), "11 Nov 23.59 WIB");
        assert_eq!(end("2026-11-11T02:05:59Z", Locale::English), "11 Nov, 09:05 WIB");
        assert_eq!(end("2026-12-31T17:00:00Z", Locale::English), "31 Dec, 23:59 WIB");
        assert_eq!(end("2027-08-17T03:00:00Z", Locale::Indonesian), "17 Agu 2027 10.00 WIB");
    }

    #[test]
    fn an_impossible_offset_is_no_offset() {
        assert_eq!(day(at("2026-08-17T00:00:00Z"), i32::MAX, Locale::Indonesian), "17 Agustus 2026");
    }
}
