//! From text to rows: the separator is found out, and each row remembers its line.

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord};
use domain::imports::Separator;
use domain::message::Message;

/// The most rows of a file.
pub(super) const MOST_ROWS: usize = 200_000;
/// The most columns of a file.
const MOST_COLUMNS: usize = 1_000;
/// How many rows are looked at to find the separator.
const LOOKED_AT: usize = 50;

/// A file as rows under named columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) separator: Separator,
    /// As they are written, without blanks around them.
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A row that has something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Where it begins in the file, counted from one.
    pub(super) line: u32,
    /// As many as there are columns.
    pub(super) cells: Vec<String>,
    /// What stands behind the last column.
    pub(super) beyond: Vec<String>,
}

/// Reads a text as rows, or says why it is none.
pub(super) fn read(text: &str) -> Result<Table, Message> {
    let (told, text, skipped) = told_separator(text);
    let separator = told.unwrap_or_else(|| found_separator(text));
    if let Some(line) = open_quote(text, byte_of(separator)) {
        return Err(Message::QuoteNotClosed { line: line + skipped });
    }
    let mut records = reader(text, separator).into_records();
    let header = records.next().and_then(Result::ok).ok_or(Message::FileIsEmpty)?;
    let columns: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    if columns.len() > MOST_COLUMNS {
        return Err(Message::TooManyColumns { most: MOST_COLUMNS });
    }
    let mut seen = HashSet::new();
    for name in columns.iter().filter(|name| !name.is_empty()) {
        if !seen.insert(name.to_lowercase()) {
            return Err(Message::ColumnTwice { column: name.clone() });
        }
    }
    let mut rows = Vec::new();
    let mut lines = Lines::of(text, skipped);
    for record in records {
        // A text of ours is read without failing: it is UTF-8, and rows may be of any length.
        let Ok(record) = record else { return Err(Message::FileIsNoText) };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(Message::TooManyRows { most: MOST_ROWS });
        }
        let line = record.position().map_or(0, |position| lines.at(position.byte()));
        rows.push(row(&record, columns.len(), line));
    }
    if rows.is_empty() { Err(Message::FileHasNoRows) } else { Ok(Table { separator, columns, rows }) }
}

fn row(record: &StringRecord, columns: usize, line: u32) -> Row {
    let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
    let beyond = cells.split_off(cells.len().min(columns));
    cells.resize(columns, String::new());
    let beyond = beyond.into_iter().filter(|cell| !cell.trim().is_empty()).collect();
    Row { line, cells, beyond }
}

/// Counts lines as an editor does, from one; rows are asked for in their order.
struct Lines<'a> {
    text: &'a [u8],
    counted: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str, skipped: usize) -> Self {
        Self { text: text.as_bytes(), counted: 0, line: u32::try_from(skipped).unwrap_or_default() + 1 }
    }

    /// The line of what begins behind the breaks at that place.
    fn at(&mut self, place: u64) -> u32 {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        while let Some(byte) = self.text.get(self.counted) {
            if self.counted >= place && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.counted += 1;
            let ends = *byte == b'\n' || (*byte == b'\r' && self.text.get(self.counted) != Some(&b'\n'));
            self.line = self.line.saturating_add(u32::from(ends));
        }
        self.line
    }
}

fn reader(text: &str, separator: Separator) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(byte_of(separator)).flexible(true).has_headers(false).from_reader(text.as_bytes())
}

const fn byte_of(separator: Separator) -> u8 {
    match separator {
        Separator::Comma => b',',
        Separator::Semicolon => b';',
        Separator::Tab => b'\t',
    }
}

/// Excel writes `sep=;` in a line of its own, and reads it.
fn told_separator(text: &str) -> (Option<Separator>, &str, usize) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let told = match first.trim_end_matches('\r').trim_matches('"') {
        "sep=," => Some(Separator::Comma),
        "sep=;" => Some(Separator::Semicolon),
        "sep=\t" => Some(Separator::Tab),
        _ => None,
    };
    if told.is_some() { (told, rest, 1) } else { (None, text, 0) }
}

/// The one by which most rows have as many cells as the first, and at least two; of several, the one with the most.
fn found_separator(text: &str) -> Separator {
    let fit = |separator: &Separator| {
        let lengths: Vec<usize> =
            reader(text, *separator).into_records().take(LOOKED_AT).flatten().map(|record| record.len()).collect();
        let columns = lengths.first().copied().unwrap_or_default();
        let alike = lengths.iter().filter(|length| **length == columns).count();
        (columns > 1, alike, columns)
    };
    let candidates = [Separator::Tab, Separator::Semicolon, Separator::Comma];
    candidates.into_iter().max_by_key(fit).unwrap_or(Separator::Comma)
}

/// The line of a quotation mark that opens a cell and is never closed: it would swallow every row behind it.
fn open_quote(text: &str, separator: u8) -> Option<usize> {
    enum At {
        Start,
        Plain,
        Quoted {
            since: usize,
        },
        /// Behind a quotation mark in a quoted cell: the end, or half of a doubled one.
        Behind {
            since: usize,
        },
    }
    let mut at = At::Start;
    let mut lines = Lines::of(text, 0);
    for (place, byte) in text.bytes().enumerate() {
        at = match (at, byte) {
            (At::Start, b'"') => At::Quoted { since: lines.at(place as u64) as usize },
            (At::Quoted { since }, b'"') => At::Behind { since },
            (At::Behind { since }, b'"') => At::Quoted { since },
            (quoted @ At::Quoted { .. }, _) => quoted,
            (_, b'\n' | b'\r') => At::Start,
            (_, byte) if byte == separator => At::Start,
            (At::Start | At::Plain | At::Behind { .. }, _) => At::Plain,
        };
    }
    if let At::Quoted { since } = at { Some(since) } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(table: &Table) -> Vec<Vec<&str>> {
        table.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
    }

    #[test]
    fn each_separator_is_found_out() {
        for (separator, mark) in [(Separator::Comma, ","), (Separator::Semicolon, ";"), (Separator::Tab, "\t")] {
            let text = format!("sku{mark}name{mark}price\nA1{mark}\"a, b; c\td\"{mark}1.5\n");
            let table = read(&text).unwrap();
            assert_eq!((table.separator, cells(&table)), (separator, vec![vec!["A1", "a, b; c\td", "1.5"]]));
        }
        // A decimal comma in every row is no column.
        let table = read("sku;price\nA;1,5\nB;2,5\n").unwrap();
        assert_eq!((table.separator, table.columns.len()), (Separator::Semicolon, 2));
        assert_eq!(read("sku\nA1\n").unwrap().columns, ["sku"]);
    }

    #[test]
    fn a_line_that_names_the_separator_is_obeyed_and_counted() {
        let table = read("sep=;\r\nsku;name\r\nA,1;B\r\n").unwrap();
        assert_eq!((table.rows[0].line, cells(&table)), (3, vec![vec!["A,1", "B"]]));
        assert_eq!(read("sep=;\r\nsku;name\r\nA;\"B\r\n"), Err(Message::QuoteNotClosed { line: 3 }));
    }

    #[test]
    fn line_breaks_and_quotes_in_cells_stay_and_lines_are_counted_on() {
        let table = read("a,b\r\n\"one\r\ntwo\",\"say \"\"hi\"\"\"\r\n\r\n , \r\n19\" wide,x\r\n").unwrap();
        assert_eq!(cells(&table), [["one\r\ntwo", "say \"hi\""], ["19\" wide", "x"]]);
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 6]);
    }

    #[test]
    fn rows_of_another_length_lose_nothing() {
        let table = read("a,b\n1\n1,2,3,,4\n").unwrap();
        assert_eq!(cells(&table), [["1", ""], ["1", "2"]]);
        assert_eq!(table.rows[1].beyond, ["3", "4"]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told_by_its_line() {
        assert_eq!(read("a,b\n1,\"two\n3,4\n5,6\n"), Err(Message::QuoteNotClosed { line: 2 }));
        assert_eq!(read("a,b\n\"x\ny\",\"two\n3,4\n"), Err(Message::QuoteNotClosed { line: 3 }));
    }

    #[test]
    fn a_file_without_rows_or_with_a_column_twice_is_refused() {
        assert_eq!(read("a,b\n\n,\n"), Err(Message::FileHasNoRows));
        assert_eq!(read("a,b,A\n1,2,3\n"), Err(Message::ColumnTwice { column: "A".to_owned() }));
        assert_eq!(read(&",".repeat(1_000)), Err(Message::TooManyColumns { most: 1_000 }));
        let long = format!("a\n{}", "x\n".repeat(MOST_ROWS + 1));
        assert_eq!(read(&long), Err(Message::TooManyRows { most: MOST_ROWS }));
    }

    proptest! {
        #[test]
        fn whatever_is_written_as_rows_is_read_as_the_same_rows(
            rows in proptest::collection::vec(proptest::collection::vec("[a-z,;\t\"\r\n é]{0,8}x", 3), 1..6)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["one", "two", "three"]).unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let table = read(&text).unwrap();
            prop_assert_eq!(table.rows.into_iter().map(|row| row.cells).collect::<Vec<_>>(), rows);
        }
    }
}
