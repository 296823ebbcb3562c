//! Dates and times as the shop's owner reads them: on the shop's clock, in the reader's language.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Timelike, Utc};
use domain::locale::Locale;

mod typed;

const MONTHS_ID_SHORT: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];
const MONTHS_EN_SHORT: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS_ID: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// How a reader wants instants: the shop's clock, and a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Calendar {
    /// Minutes that the shop's clock is ahead of UTC.
    pub(crate) utc_offset_minutes: i32,
    pub(crate) locale: Locale,
}

impl Calendar {
    /// An instant in a list: `Hari ini 14.05`, `21 Nov 09.12`, `3 Des 2025`.
    pub(crate) fn brief(self, at: DateTime<Utc>) -> String {
        self.brief_at(at, now())
    }

    /// An instant in full: `22 November 2026, 14.05`.
    pub(crate) fn full(self, at: DateTime<Utc>) -> String {
        let local = self.local(at);
        let month = self.locale.month(local.month0());
        format!("{} {month} {}, {}", local.day(), local.year(), self.clock(local))
    }

    /// A day on an axis: `22 Nov`.
    pub(crate) fn tick(self, day: NaiveDate) -> String {
        format!("{} {}", day.day(), self.pick(&MONTHS_ID_SHORT, &MONTHS_EN_SHORT, day.month0()))
    }

    /// A day in words: `Minggu, 22 November`.
    pub(crate) fn day(self, day: NaiveDate) -> String {
        let name = self.pick(&DAYS_ID, &DAYS_EN, day.weekday().num_days_from_monday());
        format!("{name}, {} {}", day.day(), self.locale.month(day.month0()))
    }

    /// Today, in words.
    pub(crate) fn today(self) -> String {
        self.day(self.local(now()).date())
    }

    /// Whether it is still to come.
    pub(crate) fn is_ahead(self, at: DateTime<Utc>) -> bool {
        now() < at
    }

    fn brief_at(self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let (local, today) = (self.local(at), self.local(now).date());
        let clock = self.clock(local);
        let date = self.tick(local.date());
        match (today - local.date()).num_days() {
            0 => match self.locale {
                Locale::Indonesian => format!("Hari ini {clock}"),
                Locale::English => format!("Today {clock}"),
            },
            1 => match self.locale {
                Locale::Indonesian => format!("Kemarin {clock}"),
                Locale::English => format!("Yesterday {clock}"),
            },
            _ if local.year() == today.year() => format!("{date} {clock}"),
            _ => format!("{date} {}", local.year()),
        }
    }

    fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        at.naive_utc() + Duration::minutes(i64::from(self.utc_offset_minutes))
    }

    /// Indonesian parts hours and minutes with a full stop.
    fn clock(self, local: NaiveDateTime) -> String {
        let mark = match self.locale {
            Locale::Indonesian => '.',
            Locale::English => ':',
        };
        format!("{:02}{mark}{:02}", local.hour(), local.minute())
    }

    fn pick(self, indonesian: &[&'static str], english: &[&'static str], index: u32) -> &'static str {
        let names = match self.locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        };
        names.get(index as usize).copied().unwrap_or_default()
    }
}

/// The window's own clock, which decides only what is called today.
#[cfg(target_arch = "wasm32")]
fn now() -> DateTime<Utc> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are whole and fit for ages")]
    let milliseconds = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}

#[cfg(not(target_arch = "wasm32"))]
fn now() -> DateTime<Utc> {
    DateTime::default()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use domain::locale::Locale;

    use super::Calendar;

    const JAKARTA: Calendar = Calendar { utc_offset_minutes: 7 * 60, locale: Locale::Indonesian };

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn today_begins_at_midnight_of_the_shops_clock() {
        let now = at("2026-11-22T18:00:00Z");
        assert_eq!(JAKARTA.brief_at(at("2026-11-22T17:05:00Z"), now), "Hari ini 00.05");
        assert_eq!(JAKARTA.brief_at(at("2026-11-22T16:59:00Z"), now), "Kemarin 23.59");
        assert_eq!(JAKARTA.brief_at(at("2026-10-01T02:00:00Z"), now), "1 Okt 09.00");
        assert_eq!(JAKARTA.brief_at(at("2025-12-03T02:00:00Z"), now), "3 Des 2025");
    }

    #[test]
    fn a_date_in_full_is_in_the_readers_language() {
        assert_eq!(JAKARTA.full(at("2026-08-17T03:00:00Z")), "17 Agustus 2026, 10.00");
        let english = Calendar { locale: Locale::English, ..JAKARTA };
        assert_eq!(english.full(at("2026-08-17T03:00:00Z")), "17 August 2026, 10:00");
    }
}
