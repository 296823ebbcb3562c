//! Instants as people type them: on the shop's clock, as the browser's fields write them or as a spreadsheet does.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use domain::message::Message;
use domain::vouchers::{end_through, last_minute};

use super::Calendar;

/// How the browser writes a time of a day.
const STAMP: &str = "%Y-%m-%dT%H:%M";
/// How it stands in a cell.
const CELL: &str = "%Y-%m-%d %H:%M";
/// How else people write one.
const TIMES: [&str; 6] = [STAMP, CELL, "%Y-%m-%d %H.%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M", "%Y-%m-%d %H:%M:%S"];
const DAYS: [&str; 3] = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"];

impl Calendar {
    /// As the browser's field for a time takes it.
    pub(crate) fn stamp(self, at: DateTime<Utc>) -> String {
        self.local(at).format(STAMP).to_string()
    }

    /// Reads what such a field gives.
    pub(crate) fn instant(self, text: &str) -> Result<DateTime<Utc>, Message> {
        let local = NaiveDateTime::parse_from_str(text.trim(), STAMP).map_err(|_| Message::NotATime)?;
        self.universal(local)
    }

    /// As it stands in a cell.
    pub(crate) fn cell(self, at: DateTime<Utc>) -> String {
        self.local(at).format(CELL).to_string()
    }

    /// The end of something as it stands in a cell: the last minute of it.
    pub(crate) fn end_cell(self, end: DateTime<Utc>) -> String {
        self.cell(last_minute(end))
    }

    /// Reads a cell: a time of a day, or a day from its beginning.
    pub(crate) fn read_cell(self, text: &str) -> Result<DateTime<Utc>, Message> {
        self.universal(read(text)?.unwrap_or_else(|day| day.and_time(NaiveTime::MIN)))
    }

    /// Reads a cell that says when something ends: through that minute, or through that day.
    pub(crate) fn read_end_cell(self, text: &str) -> Result<DateTime<Utc>, Message> {
        match read(text)? {
            Ok(minute) => end_through(self.universal(minute)?),
            Err(day) => day.succ_opt().and_then(|next| self.universal(next.and_time(NaiveTime::MIN)).ok()),
        }
        .ok_or(Message::NotATime)
    }

    fn universal(self, local: NaiveDateTime) -> Result<DateTime<Utc>, Message> {
        let ahead = TimeDelta::minutes(i64::from(self.utc_offset_minutes));
        local.checked_sub_signed(ahead).map(|at| at.and_utc()).ok_or(Message::NotATime)
    }
}

/// A time of a day, or else a day.
fn read(text: &str) -> Result<Result<NaiveDateTime, NaiveDate>, Message> {
    let text = text.trim();
    if let Some(time) = TIMES.iter().find_map(|shape| NaiveDateTime::parse_from_str(text, shape).ok()) {
        return Ok(Ok(time));
    }
    DAYS.iter().find_map(|shape| NaiveDate::parse_from_str(text, shape).ok()).map(Err).ok_or(Message::NotATime)
}

#[cfg(test)]
mod tests {
    use domain::locale::Locale;
    use domain::message::Message;

    use super::Calendar;

    const JAKARTA: Calendar = Calendar { utc_offset_minutes: 7 * 60, locale: Locale::Indonesian };

    #[test]
    fn a_cell_is_read_on_the_shops_clock_however_people_write_it() {
        for text in ["2026-11-11 00:00", "2026-11-11T00:00", "2026-11-11", "11/11/2026", " 11/11/2026 00.00 "] {
            assert_eq!(JAKARTA.read_cell(text).unwrap().to_rfc3339(), "2026-11-10T17:00:00+00:00", "{text}");
        }
        for text in ["", "11.11", "2026-02-30", "soon", "2026-11-11 25:00"] {
            assert_eq!(JAKARTA.read_cell(text), Err(Message::NotATime), "{text}");
        }
    }

    #[test]
    fn an_end_holds_through_its_minute_or_its_day_and_reads_as_it_was_typed() {
        let day = JAKARTA.read_end_cell("2026-11-11").unwrap();
        assert_eq!(day.to_rfc3339(), "2026-11-11T17:00:00+00:00");
        assert_eq!(JAKARTA.end_cell(day), "2026-11-11 23:59");
        assert_eq!(JAKARTA.read_end_cell(&JAKARTA.end_cell(day)), Ok(day));
        let minute = JAKARTA.read_end_cell("2026-11-11 20:30").unwrap();
        assert_eq!(JAKARTA.end_cell(minute), "2026-11-11 20:30");
    }
}
