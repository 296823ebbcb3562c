//! Cells on their way between a grid and a spreadsheet: text with tabs between columns, quoted where a cell has a tab, a
//! quote or a line break of its own, as spreadsheets put it into the clipboard.

use csv::{ReaderBuilder, WriterBuilder};

use super::area::{Area, Place, Size};

/// A new text for a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) place: Place,
    pub(crate) text: String,
}

/// What pasting does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pasted {
    pub(crate) edits: Vec<Edit>,
    /// Cells that found no place in the grid.
    pub(crate) left_out: usize,
}

/// The cells as a spreadsheet takes them.
pub(crate) fn written(cells: Vec<Vec<String>>) -> String {
    if let [row] = cells.as_slice()
        && let [text] = row.as_slice()
        && !is_several(text)
    {
        return text.clone();
    }
    let mut writer = WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    for row in cells {
        // Memory takes whatever is written.
        let _ = writer.write_record(&row);
    }
    let written = writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    written.strip_suffix('\n').map(str::to_owned).unwrap_or(written)
}

/// The cells of what a spreadsheet gave.
pub(crate) fn read(text: &str) -> Vec<Vec<String>> {
    // One cell is what it is, also when it is empty or begins with a quote.
    if !is_several(text) {
        return vec![vec![text.to_owned()]];
    }
    let mut reader =
        ReaderBuilder::new().delimiter(b'\t').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

fn is_several(text: &str) -> bool {
    text.contains(['\t', '\n', '\r'])
}

/// Puts cells where the cursor is. A single cell fills everything that is chosen.
pub(crate) fn pasted(cells: &[Vec<String>], area: Area, size: Size) -> Pasted {
    if let [row] = cells
        && let [text] = row.as_slice()
    {
        let edits = places(area).map(|place| Edit { place, text: text.trim().to_owned() }).collect();
        return Pasted { edits, left_out: 0 };
    }
    let mut pasted = Pasted::default();
    let (top, left) = (*area.rows().start(), *area.columns().start());
    for (down, row) in cells.iter().enumerate() {
        for (along, text) in row.iter().enumerate() {
            let place = Place { row: top + down, column: left + along };
            if place.row < size.row && place.column < size.column {
                pasted.edits.push(Edit { place, text: text.trim().to_owned() });
            } else if !text.trim().is_empty() {
                pasted.left_out += 1;
            }
        }
    }
    pasted
}

/// Puts the uppermost chosen cell of each column into those below it; when one row is chosen, the row above it.
pub(crate) fn filled_down(area: Area, text: impl Fn(Place) -> String) -> Vec<Edit> {
    let rows = area.rows();
    let (from, first) = if rows.start() == rows.end() {
        match rows.start().checked_sub(1) {
            Some(above) => (above, *rows.start()),
            None => return Vec::new(),
        }
    } else {
        (*rows.start(), rows.start() + 1)
    };
    let below = (first..=*rows.end()).flat_map(|row| area.columns().map(move |column| Place { row, column }));
    below.map(|place| Edit { place, text: text(Place { row: from, ..place }) }).collect()
}

/// Every chosen cell.
pub(crate) fn places(area: Area) -> impl Iterator<Item = Place> {
    area.rows().flat_map(move |row| area.columns().map(move |column| Place { row, column }))
}

#[cfg(test)]
mod tests {
    use super::super::area::{Area, Place, Size};
    use super::{Edit, filled_down, pasted, read, written};

    const SIZE: Size = Size { row: 3, column: 2 };

    fn at(row: usize, column: usize) -> Place {
        Place { row, column }
    }

    fn rows(cells: &[&[&str]]) -> Vec<Vec<String>> {
        cells.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn cells_come_back_from_a_spreadsheet_as_they_went() {
        for cells in [
            rows(&[&["1.000", "A-1"], &["2.000", ""]]),
            rows(&[&["two\nlines", "a \"quote\""], &["tab\there", "'00123"]]),
            rows(&[&["1E5"], &["00123"]]),
            rows(&[&[""]]),
            rows(&[&["\"quoted\""]]),
        ] {
            let text = written(cells.clone());
            assert_eq!(read(&text), cells, "{text:?}");
        }
        assert_eq!(read("a\tb\r\nc\td\r\n"), rows(&[&["a", "b"], &["c", "d"]]), "as Excel ends lines");
        assert_eq!(read("5\" x 7\""), rows(&[&["5\" x 7\""]]));
        assert_eq!(read("1\t\n\t2"), rows(&[&["1", ""], &["", "2"]]), "an empty cell is one, too");
    }

    #[test]
    fn what_is_pasted_begins_at_the_cursor_and_what_finds_no_place_is_counted() {
        let block = rows(&[&["1", "2", "3"], &["4", "5", "6"]]);
        let done = pasted(&block, Area::at(at(2, 0)), SIZE);
        let edit = |row, column, text: &str| Edit { place: at(row, column), text: text.to_owned() };
        assert_eq!(done.edits, [edit(2, 0, "1"), edit(2, 1, "2")]);
        assert_eq!(done.left_out, 4);
    }

    #[test]
    fn one_cell_fills_all_that_is_chosen() {
        let done = pasted(&rows(&[&[" 7 "]]), Area::all(SIZE), SIZE);
        assert_eq!((done.edits.len(), done.left_out), (6, 0));
        assert!(done.edits.iter().all(|edit| edit.text == "7"));
    }

    #[test]
    fn filling_down_takes_the_uppermost_row_or_the_one_above() {
        let text = |place: Place| format!("{}-{}", place.row, place.column);
        let chosen = Area::at(at(0, 0)).stretched(at(2, 1));
        let texts: Vec<String> = filled_down(chosen, text).into_iter().map(|edit| edit.text).collect();
        assert_eq!(texts, ["0-0", "0-1", "0-0", "0-1"]);
        assert_eq!(filled_down(Area::at(at(1, 1)), text), [Edit { place: at(1, 1), text: "0-1".to_owned() }]);
        assert_eq!(filled_down(Area::at(at(0, 1)), text), []);
    }
}
