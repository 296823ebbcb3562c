//! A table that is asked by the names of its columns, and that remembers what nobody asked for.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

use domain::imports::LeftOut;
use domain::message::Message;
use domain::text;

use super::table::{Row, Table};

/// How much of a cell is shown as an example.
const LONGEST_EXAMPLE: usize = 80;

/// A table and the names of its columns.
pub(super) struct Sheet {
    columns: Vec<String>,
    places: HashMap<String, usize>,
    /// A column that says what another one says.
    twice: Option<String>,
    asked: Vec<Cell<bool>>,
    /// By place of the column and reason.
    left: RefCell<BTreeMap<(usize, String), LeftOut>>,
}

impl Sheet {
    /// The sheet of a table; `named` gives a column the name by which it is asked for.
    pub(super) fn of(table: &Table, named: impl Fn(&str) -> Option<String>) -> Self {
        let name = |column: &String| named(column).unwrap_or_else(|| column.to_lowercase());
        let mut places = HashMap::new();
        let mut twice = None;
        for (place, column) in table.columns.iter().enumerate().filter(|(_, column)| !column.is_empty()) {
            if places.insert(name(column), place).is_some() {
                twice = twice.or_else(|| Some(column.clone()));
            }
        }
        Self {
            columns: table.columns.clone(),
            places,
            twice,
            asked: table.columns.iter().map(|_| Cell::new(false)).collect(),
            left: RefCell::default(),
        }
    }

    /// A column that says what another one says already, in other words.
    pub(super) fn asked_twice(&self) -> Option<String> {
        self.twice.clone()
    }

    /// Whether there is a column of that name.
    pub(super) fn has(&self, column: &str) -> bool {
        self.places.contains_key(&column.to_lowercase())
    }

    /// A cell without the blanks around it; empty where there is no such column.
    pub(super) fn cell<'row>(&self, row: &'row Row, column: &str) -> &'row str {
        self.told(row, column).unwrap_or_default()
    }

    /// The same; nothing where there is no such column.
    pub(super) fn told<'row>(&self, row: &'row Row, column: &str) -> Option<&'row str> {
        let place = *self.places.get(&column.to_lowercase())?;
        self.asked[place].set(true);
        row.cells.get(place).map(|cell| cell.trim())
    }

    /// A cell that has something in it.
    pub(super) fn filled<'row>(&self, row: &'row Row, column: &str) -> Option<&'row str> {
        self.told(row, column).filter(|cell| !text::is_empty(cell))
    }

    /// The names under which the file itself has its columns, with the names by which they are asked for.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(String::as_str)
    }

    /// What the file calls a column.
    pub(super) fn called(&self, column: &str) -> String {
        let place = self.places.get(&column.to_lowercase());
        place.map_or_else(|| column.to_owned(), |place| self.columns[*place].clone())
    }

    /// Notes that a cell is not taken in.
    pub(super) fn leave(&self, row: &Row, column: &str, why: Message) {
        if let Some(place) = self.places.get(&column.to_lowercase()) {
            self.asked[*place].set(true);
            self.note(*place, row, why);
        }
    }

    /// Notes a cell that says something other than what is a matter of course.
    pub(super) fn expect(&self, row: &Row, column: &str, usual: &[&str]) {
        let is_usual = |cell: &str| usual.iter().any(|usual| cell.eq_ignore_ascii_case(usual));
        if self.filled(row, column).is_some_and(|cell| !is_usual(cell)) {
            self.leave(row, column, Message::NoPlaceForIt);
        }
    }

    /// All that was left out: what was noted, and every column that nobody asked for.
    pub(super) fn left_out(self, rows: &[Row]) -> Vec<LeftOut> {
        for (place, asked) in self.asked.iter().enumerate() {
            for row in rows.iter().filter(|_| !asked.get()) {
                if row.cells.get(place).is_some_and(|cell| !text::is_empty(cell)) {
                    self.note(place, row, Message::NoPlaceForIt);
                }
            }
        }
        self.left.into_inner().into_values().collect()
    }

    fn note(&self, place: usize, row: &Row, why: Message) {
        let column = self.columns.get(place).filter(|name| !name.is_empty()).cloned();
        let column = column.unwrap_or_else(|| format!("({})", place + 1));
        let example = row.cells.get(place).map(|cell| example(cell));
        let mut left = self.left.borrow_mut();
        let known = left.entry((place, format!("{why:?}"))).or_insert_with(|| LeftOut {
            column,
            why,
            cells: 0,
            line: row.line,
            example: example.unwrap_or_default(),
        });
        known.cells += 1;
    }
}

/// The beginning of a cell, to be shown.
pub(super) fn example(cell: &str) -> String {
    cell.trim().chars().take(LONGEST_EXAMPLE).collect()
}
