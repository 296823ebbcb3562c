//! The former shop's tables as they stand in a file: rows of names and values. Numbers are read as they are written,
//! never through floating point, and a value that cannot be read is none.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use domain::message::Message;
use domain::money::{BasisPoints, Money};
use domain::text;
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// The tables that such a shop cannot be without.
const NEEDED: [&str; 3] = ["users", "products", "orders"];

/// All that is known of the former shop.
#[derive(Clone, Debug, Default)]
pub struct Former {
    tables: BTreeMap<String, Vec<Row>>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) struct Row(Map<String, Value>);

/// An amount of whole rupiah, and whether there was a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) money: Money,
    pub(super) is_rounded: bool,
}

impl Former {
    /// Reads a `data.json`.
    ///
    /// `Unusable` when it is no such file.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let whole: Value = serde_json::from_slice(bytes).map_err(|error| {
            Error::Unusable(Message::NotJson { line: error.line() as u64, column: error.column() as u64 })
        })?;
        let Value::Object(tables) = whole else { return Err(Error::Unusable(Message::NotAFormerShop)) };
        Self::of(tables.into_iter().filter_map(|(name, rows)| match rows {
            Value::Array(rows) => Some((name, rows)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => None,
        }))
    }

    /// The same of rows that come from elsewhere.
    pub(super) fn of(tables: impl IntoIterator<Item = (String, Vec<Value>)>) -> Result<Self> {
        let rows = |rows: Vec<Value>| {
            rows.into_iter().filter_map(|row| if let Value::Object(row) = row { Some(Row(row)) } else { None })
        };
        let tables: BTreeMap<_, Vec<_>> =
            tables.into_iter().map(|(name, found)| (name, rows(found).collect())).collect();
        if NEEDED.iter().any(|name| !tables.contains_key(*name)) {
            return Err(Error::Unusable(Message::NotAFormerShop));
        }
        Ok(Self { tables })
    }

    /// The rows of a table; one that is not there has none.
    pub(super) fn table(&self, name: &str) -> &[Row] {
        self.tables.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Former {
    /// The rows of a table by a number that they have.
    pub(super) fn by(&self, table: &str, column: &str) -> HashMap<u64, Vec<&Row>> {
        let mut rows: HashMap<u64, Vec<&Row>> = HashMap::new();
        for row in self.table(table) {
            rows.entry(row.number(column).unwrap_or_default()).or_default().push(row);
        }
        rows
    }
}

impl Row {
    /// The text of a column, without blanks at its ends; an empty one is none.
    pub(super) fn text(&self, column: &str) -> Option<String> {
        let text = match self.0.get(column)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        (!text::is_empty(&text)).then_some(text)
    }

    /// A text exactly as it stands.
    pub(super) fn verbatim(&self, column: &str) -> Option<&str> {
        self.0.get(column)?.as_str()
    }

    /// A number that a row is known by.
    pub(super) fn number(&self, column: &str) -> Option<u64> {
        let hundredths = self.hundredths(column)?.0;
        u64::try_from(hundredths / 100).ok().filter(|number| *number > 0 && *number < 1 << 48)
    }

    /// A whole number.
    pub(super) fn whole(&self, column: &str) -> Option<i64> {
        Some(self.hundredths(column)?.0 / 100)
    }

    /// An amount; the old shop kept hundredths of a rupiah, and half of one counts as one.
    pub(super) fn amount(&self, column: &str) -> Option<Amount> {
        let (hundredths, is_cut) = self.hundredths(column)?;
        let half = if hundredths < 0 { -50 } else { 50 };
        let money = Money::minor((hundredths + half) / 100);
        Some(Amount { money, is_rounded: is_cut || hundredths % 100 != 0 })
    }

    /// A percentage.
    pub(super) fn percent(&self, column: &str) -> Option<BasisPoints> {
        u32::try_from(self.hundredths(column)?.0).ok().map(BasisPoints::new)
    }

    /// A yes or no.
    pub(super) fn flag(&self, column: &str) -> bool {
        match self.0.get(column) {
            Some(Value::Bool(is_so)) => *is_so,
            Some(Value::String(word)) if word.eq_ignore_ascii_case("true") => true,
            _ => self.whole(column).is_some_and(|number| number != 0),
        }
    }

    /// An instant that was noted by a clock so many minutes east of UTC.
    pub(super) fn time(&self, column: &str, utc_offset_minutes: i32) -> Option<DateTime<Utc>> {
        let text = self.text(column)?.replace('T', " ");
        let text = text.trim_end_matches('Z');
        let shown = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f")
            .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M"))
            .ok()
            .or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))?;
        let at = shown.checked_sub_signed(TimeDelta::minutes(i64::from(utc_offset_minutes)))?.and_utc();
        // What both databases can keep, and what no clock of such a shop ever showed.
        (DateTime::UNIX_EPOCH..DateTime::from_timestamp(4_102_444_800, 0)?).contains(&at).then_some(at)
    }

    /// A list of texts, written as one or as JSON within a text.
    pub(super) fn list(&self, column: &str) -> Vec<String> {
        let parsed;
        let list = match self.0.get(column) {
            Some(Value::Array(list)) => list,
            Some(Value::String(text)) => match serde_json::from_str::<Value>(text) {
                Ok(Value::Array(list)) => {
                    parsed = list;
                    &parsed
                }
                _ => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let texts = list.iter().filter_map(Value::as_str).map(str::trim);
        texts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
    }

    /// A decimal number in hundredths, and whether anything but zeros was cut off behind them.
    fn hundredths(&self, column: &str) -> Option<(i64, bool)> {
        let text = self.text(column)?;
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 15 || !are_digits(whole) || !are_digits(fraction) {
            return None;
        }
        let cents: String = fraction.chars().chain("00".chars()).take(2).collect();
        let number: i64 = format!("{whole}{cents}").parse().ok()?;
        let is_cut = fraction.bytes().skip(2).any(|byte| byte != b'0');
        Some((if is_negative { -number } else { number }, is_cut))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};
    use domain::money::{BasisPoints, Money};
    use serde_json::{Value, json};

    use super::{Amount, Former, Row};
    use crate::error::Error;

    fn row(value: Value) -> Row {
        Row(serde_json::from_value(value).unwrap())
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let amount = |value: Value| row(json!({ "a": value })).amount("a");
        let exactly = |units| Some(Amount { money: Money::minor(units), is_rounded: false });
        let about = |units| Some(Amount { money: Money::minor(units), is_rounded: true });
        assert_eq!(amount(json!(299_000)), exactly(299_000));
        assert_eq!(amount(json!("299000.00")), exactly(299_000));
        assert_eq!(amount(json!(299_000.0)), exactly(299_000));
        assert_eq!(amount(json!("284050.50")), about(284_051));
        assert_eq!(amount(json!("-0.49")), about(0));
        assert_eq!(amount(json!("0.001")), about(0));
        for bad in [json!("1,000"), json!("Rp 5"), json!(""), json!(null), json!(1e30), json!([1]), json!("1e5")] {
            assert_eq!(amount(bad.clone()), None, "{bad}");
        }
        assert_eq!(row(json!({ "p": "7.5" })).percent("p"), Some(BasisPoints::new(750)));
        assert_eq!(row(json!({ "p": -1 })).percent("p"), None);
        assert_eq!((row(json!({ "id": "12" })).number("id"), row(json!({ "id": 0 })).number("id")), (Some(12), None));
    }

    #[test]
    fn the_former_clock_becomes_utc() {
        let at = |text: &str| row(json!({ "t": text })).time("t", 420);
        let wanted = Utc.with_ymd_and_hms(2025, 10, 20, 3, 30, 0).unwrap();
        for text in ["2025-10-20 10:30:00", "2025-10-20T10:30:00", "2025-10-20 10:30", "2025-10-20 10:30:00.000000"] {
            assert_eq!(at(text), Some(wanted), "{text}");
        }
        assert_eq!(at("2025-10-20"), Some(Utc.with_ymd_and_hms(2025, 10, 19, 17, 0, 0).unwrap()));
        for bad in ["0000-00-00 00:00:00", "20/10/2025", "soon", "9999-12-31 23:59:59"] {
            assert_eq!(at(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_list_may_be_a_text() {
        for list in [json!(["a.jpg", " b.jpg ", ""]), json!("[\"a.jpg\", \"b.jpg\"]")] {
            assert_eq!(row(json!({ "l": list })).list("l"), ["a.jpg", "b.jpg"]);
        }
        assert!(row(json!({ "l": "a.jpg" })).list("l").is_empty());
    }

    #[test]
    fn only_the_data_of_such_a_shop_are_taken() {
        assert!(Former::read(br#"{"users": [], "products": [], "orders": [], "more": 5}"#).is_ok());
        for other in ["{", "[]", "{\"users\": []}", "\"users\"", ""] {
            assert!(matches!(Former::read(other.as_bytes()), Err(Error::Unusable(_))), "{other}");
        }
    }
}
